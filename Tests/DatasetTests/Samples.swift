import PersonaRecords

extension SynthesizedInstance {
  /// An instance of our own, with what a test wants to be special about it.
  static func sample(
    persona: String = "A beekeeper who counts mites", messages: [Message]? = nil, text: String = "How many hives?",
    fields: [JSONValue.Member] = [], recipe: String = "math", model: String = "some-model", cost: Double = 0.25
  ) -> SynthesizedInstance {
    SynthesizedInstance(
      id: "0123", recipe: recipe, recipeHash: String(repeating: "ab", count: 32), mode: "zero-shot",
      personaID: PersonaID(describing: persona), persona: persona,
      messages: messages ?? [
        Message(role: .system, content: "You write problems."), Message(role: .user, content: "Write one."),
      ],
      text: text, reasoning: "", fields: fields, model: model, finishReason: "stop",
      usage: TokenUsage(promptTokens: 3, completionTokens: 2), costInDollars: cost)
  }

  /// The same with a conversation of so many messages.
  static func conversation(_ count: Int) -> SynthesizedInstance {
    let turns = (0..<count).map {
      #"{"role":"\#($0.isMultiple(of: 2) ? "user" : "assistant")","content":"say \#($0)"}"#
    }
    return .sample(fields: [.init("turns", .string("[\(turns.joined(separator: ","))]"))])
  }
}
