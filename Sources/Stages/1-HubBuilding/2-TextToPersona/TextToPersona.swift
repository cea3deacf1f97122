package import LanguageModels
package import PersonaRecords

/// Asks a model who reads, writes, likes or dislikes a text, and reads personas out of its reply.
///
/// The paper asks with one of several verbs and "as specific as possible"; how verbs are spread over texts it leaves open.
/// Here each passage gets one verb, drawn by seed from `verbs`, unless `asksEveryVerb`.
/// Source: arXiv 2406.20094, Section 2.1.
package struct TextToPersona: Sendable {
  package enum Granularity: String, Sendable, CaseIterable {
    case fine, coarse

    /// The words the prompt carries.
    var wording: String {
      switch self {
      case .fine: "as specifically as possible"
      case .coarse: "in broad terms"
      }
    }
  }

  /// What one description looks like.
  package enum Format: String, Sendable, CaseIterable {
    /// One or two sentences, as in the paper.
    case plain
    /// Role, field, interests and situation, joined into one description.
    case structured
  }

  package struct Settings: Sendable {
    package var verbs: [String] = PaperSettings.verbs
    package var asksEveryVerb = false
    package var granularity = Granularity.fine
    package var personasPerText = 1
    package var format = Format.plain
    package var seed: UInt64 = 0
    package var model: String
    package var sampling = Sampling()

    package init(model: String) { self.model = model }
  }

  /// One call to make: a passage and a verb.
  package struct Question: Sendable {
    package let document: Document
    package let verb: String

    /// A fingerprint of the passage and the verb: the same whenever the corpus is read again.
    package var identity: UInt64 {
      let place = StableHash.of("\(document.id)\u{0}\(document.passage)\u{0}\(verb)".utf8)
      return StableHash.of(document.text.utf8, seed: place)
    }
  }

  package let settings: Settings
  private let prompt: PromptTemplate

  /// The variables a prompt may use; `text` arrives between the tags `<text>` and `</text>`.
  package static let promptVariables: Set<String> = ["text", "verb", "count", "granularity"]

  package init(settings: Settings, prompt: PromptTemplate) {
    self.settings = settings
    self.prompt = prompt
  }

  /// The calls one passage needs, in the order of the verbs.
  package func questions(about document: Document) -> [Question] {
    verbs(for: document).map { Question(document: document, verb: $0) }
  }

  /// What is asked of the model.
  package func request(for question: Question) -> ModelRequest {
    let document = question.document
    let messages = prompt.messages([
      "text": .text(fenced(document.text, tag: "text")),
      "verb": .text(question.verb),
      "count": .text(String(settings.personasPerText)),
      "granularity": .text(settings.granularity.wording),
    ])
    var sampling = settings.sampling
    // One seed per passage and verb, so that neither the order of the corpus nor its size changes a reply.
    sampling.seed =
      StableHash.of("\(document.id)\u{0}\(document.passage)\u{0}\(question.verb)".utf8, seed: settings.seed) >> 33
    return ModelRequest(
      model: settings.model, messages: messages, sampling: sampling, format: Self.replyFormat(settings.format))
  }

  private func verbs(for document: Document) -> [String] {
    if settings.asksEveryVerb { return settings.verbs }
    var random = SeededRandom(seed: settings.seed, purpose: "verb\u{0}\(document.id)\u{0}\(document.passage)")
    return random.pick(settings.verbs).map { [$0] } ?? []
  }

  /// The personas in a reply, at most as many as were asked for, or why there are none.
  package func read(_ reply: ModelReply, to question: Question) -> ReadReply {
    ReadReply.list(in: reply, key: "personas", limit: settings.personasPerText) { element in
      Self.description(in: element).map { text in
        Persona(
          text: text,
          origin: Persona.Origin(
            kind: .text, document: question.document.id, passage: question.document.passage, verb: question.verb,
            file: question.document.source.file, row: question.document.source.row),
          model: reply.model)
      }
    }
  }

  /// A plain element is a string or has `persona`; a structured one is joined from its parts.
  private static func description(in element: JSONValue) -> String? {
    if let text = element.stringValue ?? element["persona"]?.stringValue { return ReadReply.tidied(text) }
    guard let role = element["role"]?.stringValue, !role.isEmpty else { return nil }
    var text = role
    if let field = element["field"]?.stringValue, !field.isEmpty { text += "; field: \(field)" }
    let interests = (element["interests"]?.arrayValue ?? []).compactMap(\.stringValue).filter { !$0.isEmpty }
    if !interests.isEmpty { text += "; interests: \(interests.joined(separator: ", "))" }
    if let situation = element["situation"]?.stringValue, !situation.isEmpty { text += "; situation: \(situation)" }
    return ReadReply.tidied(text)
  }

  private static func replyFormat(_ format: Format) -> ReplyFormat {
    switch format {
    case .plain: ReplyFormat.list(name: "personas", key: "personas", elementKeys: ["persona"])
    case .structured:
      ReplyFormat.list(
        name: "structured_personas", key: "personas", elementKeys: ["role", "field", "situation"],
        listKeys: ["interests"])
    }
  }
}
