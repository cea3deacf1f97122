package import LanguageModels
package import PersonaRecords

/// Asks a model who is close to a persona, and reads the relations out of its reply.
///
/// One call is one step; the rounds (six in the paper), and the rule that no description enters twice, are the flow's.
/// Source: arXiv 2406.20094, Section 2.2.
package struct PersonaToPersona: Sendable {
  package struct Settings: Sendable {
    /// Related personas asked for per persona; the paper does not say how many.
    package var relationsPerPersona = 2
    package var seed: UInt64 = 0
    package var model: String
    package var sampling = Sampling()

    package init(model: String) { self.model = model }
  }

  package let settings: Settings
  private let prompt: PromptTemplate

  /// The variables a prompt may use; `persona` arrives between the tags `<persona>` and `</persona>`.
  package static let promptVariables: Set<String> = ["persona", "count", "granularity"]

  package init(settings: Settings, prompt: PromptTemplate) {
    self.settings = settings
    self.prompt = prompt
  }

  /// What is asked of the model about one persona.
  package func request(about persona: Persona) -> ModelRequest {
    let messages = prompt.messages([
      "persona": .text(fenced(persona.text, tag: "persona")),
      "count": .text(String(settings.relationsPerPersona)),
      "granularity": .text("as specifically as possible"),
    ])
    var sampling = settings.sampling
    sampling.seed = StableHash.mix(persona.id.low ^ StableHash.mix(settings.seed)) >> 33
    return ModelRequest(
      model: settings.model, messages: messages, sampling: sampling,
      format: ReplyFormat.list(name: "related_personas", key: "related", elementKeys: ["relation", "persona"]))
  }

  /// The related personas in a reply, at most as many as were asked for, or why there are none.
  package func read(_ reply: ModelReply, about persona: Persona) -> ReadReply {
    ReadReply.list(in: reply, key: "related", limit: settings.relationsPerPersona) { element in
      guard let description = element["persona"]?.stringValue.flatMap(ReadReply.tidied) else { return nil }
      return Persona(
        text: description,
        origin: Persona.Origin(
          kind: .relation, parent: persona.id.description,
          relation: (element["relation"]?.stringValue)?.collapsingWhitespace() ?? ""),
        iteration: persona.iteration + 1, model: reply.model)
    }
  }
}
