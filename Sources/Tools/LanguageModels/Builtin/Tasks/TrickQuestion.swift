import PersonaRecords

/// A trick question in the style of Ruozhiba: wordplay, a double meaning, reversed causality, a trap of logic.
enum TrickQuestion: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.asks(for: "Question:") && !request.instruction.contains("Answer:")
      && (request.persona != nil || request.setting("Language") != nil)
  }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "trick")
    let language = request.setting("Language")?.lowercased() ?? "english"
    if language.contains("chinese") || language.contains("中文") || language.contains("mandarin") {
      let weaver = ChineseWorld.weaver(for: world, &random)
      return "Question: " + weaver.one(of: ChineseTricks.templates, &random)
    }
    // What an English sentence says of a thing is said of one that it can hold.
    if world.topic.utf8.count > 40 { world.weaver["k"] = world.reading.domain.field }
    return "Question: " + world.weaver.one(of: EnglishTricks.templates, &random).capitalised
  }
}
