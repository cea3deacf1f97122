import PersonaRecords

/// The assistant's own turn in a conversation: an outline on what the last user message is about.
enum ChatTurn: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName.isEmpty && !request.instruction.trimmingWhitespace().isEmpty
  }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "chat \(request.messages.count)")
    world.weaver["k"] = ChatTopic.topic(of: request.instruction, world)
    var lines = [world.weaver.one(of: ChatTable.openings, &random).capitalised, ""]
    let points = world.weaver.some(3 + random.below(2), of: ChatTable.points, &random)
    if random.below(3) > 0 {
      lines += points.enumerated().map { "\($0 + 1). \($1.capitalised)" }
    } else {
      lines += points.map { "- \($0.capitalised)" }
    }
    if let fact = random.pick(SectorFacts.facts(of: world.sector.name)) {
      lines += ["", "Worth keeping in mind: \(fact)"]
    }
    lines += ["", world.weaver.one(of: ChatTable.endings, &random).capitalised]
    return lines.joined(separator: "\n")
  }
}

/// What a message is about: a phrase that can be taken up in an answer.
enum ChatTopic {
  static func topic(of message: String, _ world: PersonaWorld) -> String {
    if world.reading.isForeign { return world.topic }
    let scan = TextScan(String(message.prefix(2_000)))
    let phrases = KeyphraseExtractor.keyphrases(of: scan, domainWords: DomainTable.shared.classify(scan).words)
    return phrases.first { TopicVeto.allows($0.bare, role: "") }?.text ?? world.reading.topics.first ?? "your question"
  }
}

enum ChatTable {
  static let openings = [
    "here is how I would [approach|go about] {k}:", "a workable way into {k}, in a few steps:",
    "that depends on what you need {k} for, but these points hold in most cases:",
    "let us break {k} down:", "good that you ask before you start; for {k} I would look at the following:",
    "a short outline on {k}, with the most urgent part first:",
  ]
  static let points = [
    "**Aim.** Say in one sentence what should be different in {n} weeks, and for whom.",
    "**Start.** Note where things stand today, with one figure that you can check later.",
    "**First step.** Choose the smallest piece of {k} that is useful by itself, and finish it.",
    "**People.** Find out who is affected and ask two of them what they would change.",
    "**Time.** Set aside {m} minutes on {n} days; short and regular beats long and rare.",
    "**Risks.** Write down what could go wrong, and what you would notice first.",
    "**Check.** After a week compare with your figure, keep what helped, drop the rest.",
    "**Costs.** List money and hours apart, since the hours are usually forgotten.",
    "**Sources.** Prefer those that say how they know, and look at their dates.",
    "**Alternatives.** Name one other way to reach the same aim, and why you do not take it.",
    "**Notes.** Keep them where others find them, in words that a newcomer understands.",
    "**End.** Decide now when you will stop and look back.",
  ]
  static let endings = [
    "if you tell me more about your circumstances, I can make this more specific.",
    "which of these points is the hardest in your case?",
    "where it touches health, law or large sums, please check with somebody qualified.",
    "shall I turn this into a checklist or a plan by week?",
    "tell me what you have tried already, and I will adjust the list.",
  ]
}
