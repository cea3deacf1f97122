import PersonaRecords

/// The lines of a conversation: who speaks, and what is said, which may run over several lines.
struct Transcript {
  private(set) var turns: [(speaker: String, text: String)] = []

  init(_ text: String, speakers: [String]) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let speaker = speakers.first(where: { line.hasPrefix($0 + ":") }) {
        turns.append((speaker, String(line.dropFirst(speaker.count + 1)).trimmingWhitespace()))
      } else if !turns.isEmpty {
        turns[turns.count - 1].text += "\n" + line
      }
    }
  }

  func said(by speaker: String) -> [String] { turns.filter { $0.speaker == speaker }.map(\.text) }

  /// A phrase of the last thing that a speaker said, to be taken up.
  static func phrase(of text: String, _ random: inout SeededRandom) -> String? {
    let plain = String(text.filter { !"*#`_".contains($0) }.prefix(1_500))
    let scan = TextScan(plain)
    let phrases = KeyphraseExtractor.keyphrases(of: scan, domainWords: DomainTable.shared.classify(scan).words)
      .filter { TopicVeto.allows($0.bare, role: "") }.map(\.text)
    if let phrase = random.pick(phrases.prefix(3)) { return phrase }
    // No noun phrase: the end of a sentence is quoted.
    let words = plain.split(whereSeparator: { $0.isWhitespace }).suffix(5)
    return words.count >= 2 ? "“\(words.joined(separator: " ").filter { !".!?“”\"".contains($0) })”" : nil
  }
}

/// The next message of the user whom the persona describes: `User message: …`.
enum UserTurn: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "User message:") }

  static func answer(_ request: Request) -> String {
    let talk = Transcript(request.block("conversation"), speakers: ["User", "Assistant"])
    var (world, random) = PersonaWorld.of(request, purpose: "turn \(talk.turns.count)")
    let own = talk.said(by: "User")
    guard let last = talk.said(by: "Assistant").last else {
      return "User message: " + UserPrompt.body(world, seed: random.next())
    }
    if own.count >= 3, own.count >= 5 || random.below(6 - own.count) == 0 {
      return "User message: " + world.weaver.one(of: TurnTable.goodbyes, &random).capitalised
    }
    world.weaver["p"] = Transcript.phrase(of: last, &random) ?? "your last point"
    let asked = fresh(TurnTable.followUps, among: own, world.weaver, &random)
    return "User message: " + asked + " " + fresh(TurnTable.asides, among: own, world.weaver, &random)
  }

  /// A line that shares few words with what was said before.
  static func fresh(
    _ templates: [String], among earlier: [String], _ weaver: Weaver, _ random: inout SeededRandom
  ) -> String {
    let before = earlier.map { Set($0.lowercased().split { !$0.isLetter }) }
    var best = (text: "", overlap: 2.0)
    for _ in 0..<6 where best.overlap > 0.4 {
      let text = weaver.one(of: templates, &random).capitalised
      let words = Set(text.lowercased().split { !$0.isLetter })
      let overlap =
        before.map { Double($0.intersection(words).count) / Double(max(1, $0.union(words).count)) }.max() ?? 0
      if overlap < best.overlap { best = (text, overlap) }
    }
    return best.text
  }
}

/// What the persona says next to another person: `Reply: …`.
enum RolePlayTurn: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Reply:") }

  static func answer(_ request: Request) -> String {
    let talk = Transcript(request.block("conversation"), speakers: ["Them", "You"])
    var (world, random) = PersonaWorld.of(request, purpose: "reply \(talk.turns.count)")
    let own = talk.said(by: "You")
    guard let last = talk.said(by: "Them").last else {
      let templates = own.isEmpty ? TurnTable.greetings : TurnTable.musings
      return "Reply: " + UserTurn.fresh(templates, among: own, world.weaver, &random)
    }
    if own.count >= 6, random.below(2) == 0 {
      return "Reply: " + UserTurn.fresh(TurnTable.farewells, among: own, world.weaver, &random)
    }
    world.weaver["p"] = Transcript.phrase(of: last, &random) ?? "what you say"
    let answer = UserTurn.fresh(TurnTable.replies, among: own, world.weaver, &random)
    let more = UserTurn.fresh(TurnTable.musings, among: own, world.weaver, &random)
    return "Reply: " + answer + " " + more
  }
}

/// Lines of conversations. `{p}` is a phrase of what was said last.
enum TurnTable {
  static let followUps = [
    "you mentioned {p}. How would that work out if {k} took up half of my week?",
    "[good|all right], but can you say more about {p}? I have to explain it to {n} {helper} on {day1}.",
    "what would you do about {p} if there were only {m} minutes left for {k}?",
    "I am not sure that {p} fits our {place}. Could you give me an example that has to do with {k}?",
    "before I start with {p}: what is the one thing that usually goes wrong, and does it affect {k}?",
    "can you turn the part about {p} into a short list about {k} that I can hang up beside the {item}?",
    "and how does {p} go together with {j}? That is what worries me most in my work on {k}.",
    "suppose that {p} does not work. What would be the second best way for {k}?",
    "that helps. Please go through {p} once more, step by step, with {k} as the example.",
    "I talked about {p} with {name1}, who has doubts because of {j}. What can I answer, seeing that {k} come{s} first?",
    "could {p} wait until {month}? Until then I have my hands full with {k}.",
    "is there a cheaper way to get the same as with {p}? We have ${m} left for {k}.",
    "how will I notice early enough that {p} does not help with {k}?",
  ]
  static let asides = [
    "I am asking because of {c1}.", "there are {n} of us who need to know.", "we meet again on {day1}.",
    "please keep {j} in mind.", "I have about {m} minutes left today.", "{name1} would like to know that as well.",
    "last time it was {c2} that stopped us.", "a rough answer is fine.", "at the {place} we are all beginners in this.",
    "I would like to try it before {month}.",
  ]
  static let goodbyes = [
    "thank you, that was clear. I will tell {name2} about it when we sit down over {j}.",
    "thanks, I can take it from here: first {k}, then {j}.",
    "perfect, thanks. The {helper} will be glad to hear it, {name3} above all, who worries about {k}.",
    "I think that is everything on {k}. Thank you, and have a good {day2}!",
    "thanks, that is all I needed. I will try it with {k} on {day1}.",
    "that answers it, thank you. Now back to {k}, and to {name1}, who is waiting [at the {place}|with the {item}].",
    "very helpful, thanks. If {k} give{s} me trouble again, I will come back on {day1}.",
    "thank you, I have enough for {k} [now|until {day2}]. {c1} can wait. Goodbye!",
    "great, no more questions for today. {name1} and I will start with {k} [right away|on {day1}]. Thanks!",
  ]
  static let greetings = [
    "hello! I have just come from the {place}, and my head is full of {k}. How has your {day1} been?",
    "nice to meet you. I spend most of my {day1}s with {k}, and the rest of the week with {c1}; what about you?",
    "good to see you again. Did you ever find out more about {j}? I am still busy with {k}, and so [is {name1}|are the {helper}].",
    "is this seat free? I need a rest after {m} minutes of talk about {k} with {name1}.",
    "you look like somebody who has an opinion on {k}. Am I right? {name1} and I disagree about {c1}, too.",
    "hi! {name1} told me that you might know something about {k} [or|and] {c1}.",
  ]
  static let replies = [
    "{p}, yes, I know what you mean.", "I would have said the same about {p} {n} years ago.",
    "funny that you bring up {p}; we had that at the {place} on {day1}.", "what you say about {p} makes me curious.",
    "with {p} I have had less luck, to be honest.", "{p}? Tell me how you got into that.",
    "I had not thought about {p} like that.",
    "let us not be too hard on {p}.", "that reminds me of {k}: it is just like {p}.",
    "I am not so sure about {p}, but go on.", "you should have seen me with {p}, it took {n} attempts.",
  ]
  static let musings = [
    "for me, everything comes back to {k} in the end.", "last {month} it was {j} that kept me awake.",
    "the {helper} at the {place} would laugh if they heard us.",
    "how do you find the time for all that, with no {helper} to help? I hardly manage {k}.",
    "I could show you how we do it with the {item}, if you like.", "do you think {k} will matter in {n} years?",
    "my friend {name2}, who knows {k}, says that one should sleep on such things.",
    "have you ever tried it the other way round? With {k} that worked.",
    "I have {n} stories about {k}, and not all of them end well.",
    "what would you do in my place, with {j} and {k} on one afternoon?",
    "there is more to {k} than people think.", "and who helps you when it gets too much? I have {name1} for {k}.",
  ]
  static let farewells = [
    "I should be going, the {item} will not count themselves. It was good to talk to you!",
    "it is late, and {k} will not wait. Let us go on about this on {day1}.",
    "I have to leave now. Say hello to {name1} from me!",
    "that was a good talk. Next time you must tell me about {j}.",
  ]
}
