import PersonaRecords

/// Something that the persona would want to read, a short story or an explainer: `Title: …`, then `Text: …`.
enum ReadingMaterial: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Title:", "Text:") }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "reading")
    if world.isChinese { return ChineseWriter.article(world, &random, section: "Text") }
    let facts = Weaver.drawn(2, of: SectorFacts.facts(of: world.sector.name), &random)
    if random.below(5) < 3 { return story(&world, facts, &random) }
    return explainer(&world, facts, &random)
  }

  private static func story(
    _ world: inout PersonaWorld, _ facts: [String], _ random: inout SeededRandom
  ) -> String {
    let title = world.weaver.one(of: StoryTable.titles, &random)
    world.weaver["fact"] = facts[0]
    var first = [world.weaver.one(of: StoryTable.openings, &random)]
    first.append(world.weaver.one(of: StoryTable.settings, &random))
    var second = [world.weaver.one(of: StoryTable.troubles, &random)]
    second += world.weaver.some(2, of: StoryTable.middles, &random)
    let advice = world.weaver.one(of: StoryTable.advice, &random)
    let third = world.weaver.some(2, of: StoryTable.turns, &random)
    let last = world.weaver.one(of: StoryTable.endings, &random)
    let paragraphs = [first, second, [advice], third + [last]].map { $0.map(\.capitalised).joined(separator: " ") }
    return "Title: \(title.capitalised)\nText: \(paragraphs.joined(separator: "\n\n"))"
  }

  private static func explainer(
    _ world: inout PersonaWorld, _ facts: [String], _ random: inout SeededRandom
  ) -> String {
    let title = world.weaver.one(of: StoryTable.explainerTitles, &random)
    var paragraphs: [[String]] = [
      world.weaver.some(2, of: StoryTable.explainerOpenings, &random),
      [facts[0]] + world.weaver.some(2, of: StoryTable.explanations, &random),
      [facts[1]] + world.weaver.some(2, of: StoryTable.practice, &random),
    ]
    paragraphs.append([world.weaver.one(of: StoryTable.explainerEndings, &random)])
    let text = paragraphs.map { $0.map(\.capitalised).joined(separator: " ") }.joined(separator: "\n\n")
    return "Title: \(title.capitalised)\nText: \(text)"
  }
}
