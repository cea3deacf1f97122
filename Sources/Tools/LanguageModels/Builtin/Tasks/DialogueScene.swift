import PersonaRecords

/// A scene of two speakers, one of them the persona: `Scene: …`, then 6 to 12 lines `NAME: speech`.
enum DialogueScene: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Scene:") }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "scene")
    if world.isChinese { return ChineseWriter.scene(world, &random) }
    // A speaker's name is short: the last words of a long role.
    let one = world.role.split(separator: " ").suffix(3).joined(separator: " ").capitalised
    let others = [
      "Visitor", "Neighbour", "Apprentice", "Colleague", "Inspector", "Newcomer", "Customer", "Cousin", "Courier",
    ]
    let other = Weaver.drawn(1, of: others.filter { !one.contains($0) }, &random)[0]
    world.weaver["other"] = other.lowercased()
    var pairs = [world.weaver.one(of: SceneTable.openings, &random)]
    pairs += world.weaver.some(1 + random.below(4), of: SceneTable.middles, &random)
    pairs.append(world.weaver.one(of: SceneTable.endings, &random))
    var lines = ["Scene: " + world.weaver.one(of: SceneTable.places, &random).capitalised]
    for pair in pairs {
      let speech = pair.split(separator: "/").map { String($0).trimmingWhitespace().capitalised }
      lines.append("\(other): \(speech[0])")
      lines.append("\(one): \(speech[1])")
    }
    return lines.joined(separator: "\n")
  }
}

/// Exchanges: what the other says, `/`, what the persona answers.
enum SceneTable {
  static let places = [
    "the {place}, early on {day1}. A {other} has been waiting at the door.",
    "behind the {place}, between {container} of {item}.",
    "a {day1} in {month}, shortly before closing time at the {place}.",
    "the table in the {place} is covered with notes on {k}.",
    "it is raining. Two people have sought shelter in the {place}.",
    "a long corridor at the {place}; somewhere a telephone rings.",
  ]
  static let openings = [
    "excuse me, are you the one who knows about {k}? / That depends on who is asking. I know a little, and I know whom to ask for the rest.",
    "they told me to come to you about {k}. / Then they were in a hurry to get rid of you. Sit down, mind the {item}.",
    "is it true what they say about {k}? / Some of it. Which half did you hear?",
    "I have [never understood|always wondered about] {k}. / Good. People who have understood it too quickly are hard to help.",
    "have you got a minute? / For {k}, always. For {j}, not before {day2}.",
    "so this is where it all happens. / This is where the {item} stand. It happens mostly in people's heads.",
  ]
  static let middles = [
    "and what do you do when it goes wrong? / I write down what happened, and only then do I get annoyed.",
    "how long did it take you to learn? / {n} years, and I would not call it finished.",
    "my brother says that {j} is all that counts. / Your brother has never had to count {m} {item} before breakfast.",
    "could I try it myself? / Of course. Start with these {n}, and tell me what you notice.",
    "what would you change, if it were up to you? / I would give the {helper} more time. Everything else follows from that.",
    "it looks so simple when you do it. / It is simple. It is only not easy.",
    "they want to stop all this by {month}. / They have wanted that for {n} years. Bring me the list, please.",
    "who taught you? / {name1}, who never explained anything and let me watch everything.",
    "why do you keep all these notes? / Because in {month} I will have forgotten what I am sure of today.",
    "is there money in it? / There are {item} in it. Money is a different department.",
    "what was the worst day? / A {day1}. {n} {container}, one key, and nobody who had it.",
    "do you never get tired of {k}? / Of the meetings, yes. Of the thing itself, no.",
    "and {c1}? / Comes before everything else, whatever the plan says.",
    "I would have thought that machines do this nowadays. / They do the part that is dull. The rest has stayed with us.",
  ]
  static let endings = [
    "may I come back on {day2}? / Bring your questions, and bring gloves.",
    "I think I understand a little better now. / Then go before I spoil it with an explanation. Good luck.",
    "thank you. I should be going. / Take this page along, it has my number on it. Goodbye.",
    "it has stopped raining. / So it has. Give my regards to the others.",
    "you have been very patient. / It was on my way. Mind the step.",
    "well, that is all I wanted to know. / It never is. See you on {day2}.",
  ]
}
