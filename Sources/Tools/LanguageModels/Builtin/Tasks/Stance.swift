import PersonaRecords

/// How somebody of a walk of life leans when asked about something: the same for equal walks, with some who differ.
struct Stance {
  /// 0 against … 10 for.
  let lean: Int
  let reasons: [String]
  /// A reason beside the first one, whether it is given or not.
  let other: String

  /// - Parameter matter: what is asked about; walks of life differ in what they welcome.
  init(_ world: PersonaWorld, matter: String, _ random: inout SeededRandom) {
    let mood = Int(StableHash.of((world.sector.name + "\u{0}" + matter).utf8) % 7) - 3
    let own = random.below(5) - 2
    lean = min(max(world.sector.openness + mood + own, 0), 10)
    let count = 1 + random.below(3)
    // The first reasons of a walk of life are the ones that most of it would give.
    let pool =
      Array(world.sector.reasons.prefix(4)) + Weaver.drawn(1, of: Array(world.sector.reasons.dropFirst(4)), &random)
    let drawn = Weaver.drawn(4, of: pool, &random)
    reasons = Array(drawn.prefix(count))
    other = drawn.count > 1 ? drawn[1] : drawn[0]
  }

  /// One of four words, in the order for, against, both, neither.
  func word(_ random: inout SeededRandom) -> Int {
    if random.below(16) == 0 { return 3 }
    return lean >= 7 ? 0 : lean <= 3 ? 1 : 2
  }
}

/// A persona's reaction to a product or a policy.
enum Reaction: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.schemaName == "reaction" }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "reaction")
    let subject = request.block("subject")
    let stance = Stance(world, matter: subject, &random)
    let kind = stance.word(&random)
    let words = ["support", "oppose", "mixed", "indifferent"]
    let allowed = request.schema?["properties"]?["stance"]?["enum"]?.arrayValue?.compactMap(\.stringValue) ?? words
    let word = allowed.contains(words[kind]) ? words[kind] : random.pick(allowed) ?? words[kind]
    if world.isChinese { return json(ChineseWriter.reaction(world, kind: kind, &random), word, stance.reasons) }
    world.weaver["x"] = StanceTable.subject(of: subject)
    world.weaver["r"] = stance.reasons[0]
    world.weaver["q"] = stance.other
    var sentences = [world.weaver.one(of: StanceTable.openings[kind], &random)]
    sentences.append(world.weaver.one(of: StanceTable.grounds[kind], &random))
    sentences.append(world.weaver.one(of: StanceTable.details, &random))
    if random.below(2) == 0 { sentences.append(world.weaver.one(of: StanceTable.closings[kind], &random)) }
    return json(sentences.map(\.capitalised).joined(separator: " "), word, stance.reasons)
  }

  private static func json(_ text: String, _ stance: String, _ reasons: [String]) -> String {
    var line = JSONLine()
    line.object { line in
      line.member("reaction", text)
      line.member("stance", stance)
      line.key("reasons")
      line.array { line in for reason in reasons { line.value(reason) } }
    }
    return line.text
  }
}

/// A persona's answer to a question that a panel is asked.
enum PanelAnswer: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { ["panel", "panel_answer"].contains(request.schemaName) }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "panel")
    let question = request.block("question")
    let stance = Stance(world, matter: question, &random)
    let properties = request.schema?["properties"]
    let choices = properties?["choice"]?["enum"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let choice = choices.isEmpty ? nil : choice(choices, stance, world, question, &random)
    let low = properties?["rating"]?["minimum"]?.intValue ?? 1
    let high = max(low, properties?["rating"]?["maximum"]?.intValue ?? 5)
    let rating = low + (min(stance.lean, 10) * (high - low) + 5) / 10
    world.weaver["x"] = StanceTable.subject(of: question)
    world.weaver["r"] = stance.reasons[0]
    world.weaver["q"] = stance.other
    let kind = stance.lean >= 7 ? 0 : stance.lean <= 3 ? 1 : 2
    var sentences: [String] = []
    if let choice {
      world.weaver["choice"] = choice
      sentences.append(world.weaver.one(of: StanceTable.choices, &random))
      sentences.append(world.weaver.one(of: StanceTable.panelGrounds, &random))
    } else {
      sentences.append(world.weaver.one(of: StanceTable.openings[kind], &random))
      sentences.append(world.weaver.one(of: StanceTable.grounds[kind], &random))
    }
    sentences.append(world.weaver.one(of: StanceTable.details, &random))
    let text =
      world.isChinese
      ? ChineseWriter.reaction(world, kind: kind, &random) : sentences.map(\.capitalised).joined(separator: " ")
    var line = JSONLine()
    line.object { line in
      line.member("answer", text)
      if let choice { line.member("choice", choice) }
      if properties == nil || properties?["rating"] != nil { line.member("rating", rating) }
      line.key("reasons")
      line.array { line in for reason in stance.reasons { line.value(reason) } }
    }
    return line.text
  }

  /// Of a walk of life most choose the same; where the choices are a scale, its order follows the lean.
  private static func choice(
    _ choices: [String], _ stance: Stance, _ world: PersonaWorld, _ question: String, _ random: inout SeededRandom
  ) -> String {
    let plain = choices.map { $0.lowercased() }
    if let yes = plain.firstIndex(where: { $0 == "yes" || $0 == "agree" || $0 == "for" || $0 == "support" }),
      let no = plain.firstIndex(where: { $0 == "no" || $0 == "disagree" || $0 == "against" || $0 == "oppose" })
    {
      if stance.lean >= 6 { return choices[yes] }
      if stance.lean <= 4 { return choices[no] }
      let rest = choices.indices.filter { $0 != yes && $0 != no }
      return choices[random.pick(rest) ?? (random.below(2) == 0 ? yes : no)]
    }
    if random.below(10) < 6 {
      return choices[Int(StableHash.of((world.sector.name + question).utf8, seed: 3) % UInt64(choices.count))]
    }
    return choices[random.below(choices.count)]
  }
}
