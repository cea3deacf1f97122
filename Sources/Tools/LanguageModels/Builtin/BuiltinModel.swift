package import PersonaRecords

/// The embedded default behind the model door: a deterministic text analyser, not a language model.
///
/// It knows a few tasks, each in a file of `Tasks/`, and answers from the input's own words, an inventory of
/// occupations and life situations, and templates. No network, no key, no chance but the seed.
package struct BuiltinModel: Sendable {
  package struct Message: Sendable {
    package let role: String
    package let content: String

    package init(role: String, content: String) {
      self.role = role
      self.content = content
    }
  }

  package init() {}

  /// The reply's text; the same input gives the same bytes on every machine.
  ///
  /// - Parameters:
  ///   - messages: the conversation; the last user message is read.
  ///   - schemaName: the name of the JSON schema asked for, `""` for free text. It tells the task; without it the
  ///     words of the prompt do.
  ///   - schema: that schema, where the caller has it; a task that is not known by its name is answered from it.
  package func answer(
    messages: [Message], schemaName: String, schema: JSONValue? = nil, seed: UInt64, sampleNumber: Int
  ) -> String {
    let request = Request(
      messages: messages, schemaName: schemaName, schema: schema, seed: seed, sampleNumber: sampleNumber)
    for task in Self.tasks where task.accepts(request) { return task.answer(request) }
    return Self.introduction
  }

  /// In the order in which they are asked whether they know the request.
  private static let tasks: [any BuiltinTask.Type] = [
    StructuredPersonas.self, TextPersonas.self, RelatedPersonas.self,
    ToolInterface.self, ToolCode.self, Reaction.self, PanelAnswer.self, Judgement.self,
    MathProblem.self, LogicPuzzle.self, SpatialPuzzle.self, UserPrompt.self,
    UserTurn.self, RolePlayTurn.self, LabelledText.self, DialogueScene.self, CodeProblem.self, KnowledgeArticle.self,
    ReadingMaterial.self, GameCharacter.self, TrickQuestion.self,
    SchemaAnswer.self, FreeText.self, ChatTurn.self,
  ]

  static let introduction = """
    This is builtin, a deterministic text analyser and not a language model: it answers what persona-hub asks, from the \
    words of the prompt and from templates, and it cannot answer an empty one.
    """
}

/// One kind of request that `BuiltinModel` can answer.
protocol BuiltinTask: SendableMetatype {
  static func accepts(_ request: Request) -> Bool
  static func answer(_ request: Request) -> String
}
