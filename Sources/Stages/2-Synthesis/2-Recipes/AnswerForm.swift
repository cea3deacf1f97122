package import LanguageModels
package import PersonaRecords

/// How the answer to a prompt is read.
package struct AnswerForm: Sendable {
  package enum Kind: Sendable {
    case whole
    /// The words a good answer starts with; they are taken off.
    case marker(String)
    case sections([Section])
    case json(AnswerSchema, name: String)
    /// The first fenced block of the language; `""` takes any.
    case code(String)
  }

  /// A part that begins with a line `Title: …`.
  package struct Section: Sendable, Equatable {
    package let title: String
    /// Its name among the fields: the title in lower case, with hyphens.
    package let name: String
    /// The language of the code block that it holds; nil for plain text.
    package let code: String?

    package init(title: String, code: String? = nil) {
      self.title = title
      self.code = code
      name = title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
  }

  package let kind: Kind
  /// How the text is put together from the parts; nil where the parts as they came are the text.
  package let layout: PromptTemplate?

  package init(kind: Kind, layout: PromptTemplate? = nil) {
    self.kind = kind
    self.layout = layout
  }

  /// What a server that knows structured output is asked for.
  package var replyFormat: ReplyFormat? {
    guard case .json(let schema, let name) = kind else { return nil }
    return ReplyFormat(name: name, schema: schema.value)
  }

  /// Names of the parts, with which later prompts and checks may refer to them.
  package var partNames: [String] {
    switch kind {
    case .whole, .marker, .code: []
    case .sections(let sections): sections.map(\.name)
    case .json(let schema, _): schema.properties.map(\.name)
    }
  }
}

/// An answer that was understood.
package struct ReadAnswer: Sendable, Equatable {
  /// A part by its name.
  package struct Part: Sendable, Equatable {
    package let name: String
    package let text: String
    /// Of one type for one part of a recipe.
    package let field: JSONValue
  }

  package let text: String
  package let parts: [Part]
}

/// Why an answer was not understood.
package struct FormMistake: Error, Sendable, Equatable {
  /// Short and countable: `marker-missing`, `section-missing`, `not-json`, `schema`, `code-missing`, `answered-twice`, `empty`.
  package let reason: String
  package let detail: String
}

extension AnswerForm {
  /// Reads a reply.
  /// - Throws: the `FormMistake` that says why it cannot be read.
  package func read(_ reply: String) throws(FormMistake) -> ReadAnswer {
    let text: String
    var parts: [ReadAnswer.Part] = []
    switch kind {
    case .whole: text = reply.trimmingWhitespace()
    case .marker(let marker): text = try Self.body(of: reply, marker: marker)
    case .code(let language): text = try Self.code(in: reply, language: language)
    case .sections(let sections):
      let texts = try SectionReader(sections).read(reply)
      parts = zip(sections, texts).map { .init(name: $0.name, text: $1, field: .string($1)) }
      text = zip(sections, texts).map { section, text in
        guard let code = section.code else { return "\(section.title): \(text)" }
        return "\(section.title):\n```\(code)\n\(text)\n```"
      }.joined(separator: "\n\n")
    case .json(let schema, _):
      let value = try Self.json(in: reply)
      if let mistake = schema.mistake(in: value) { throw FormMistake(reason: "schema", detail: mistake) }
      parts = schema.properties.map { $0.part(of: value) }
      text = value.line
    }
    guard !text.isEmpty else { throw FormMistake(reason: "empty", detail: "nothing but white space") }
    guard let layout else { return ReadAnswer(text: text, parts: parts) }
    let places = Dictionary(parts.map { ($0.name, PromptTemplate.Value.text($0.text)) }) { first, _ in first }
    return ReadAnswer(text: layout.messages(places).first?.content ?? "", parts: parts)
  }

  private static func body(of reply: String, marker: String) throws(FormMistake) -> String {
    // Models put the marker in bold or in a heading; that is their layout, not another marker.
    let start = reply.drop { $0.isWhitespace || "*#_>\"“`".contains($0) }
    let head = start.prefix(marker.count)
    guard head.lowercased() == marker.lowercased() else {
      throw FormMistake(reason: "marker-missing", detail: "it does not start with \"\(marker)\"")
    }
    let body = String(start[head.endIndex...].drop { "*_\"”`".contains($0) }).trimmingWhitespace()
    // Most answers do not hold the marker again, and need not be cut into lines.
    let lowered = marker.lowercased()
    guard PlainSearch.first(Array(lowered.utf8), in: Array(body.lowercased().utf8)) != nil else { return body }
    for line in body.split(whereSeparator: \.isNewline).dropFirst()
    where line.drop(while: { $0.isWhitespace || "*#_>".contains($0) }).prefix(marker.count).lowercased() == lowered {
      throw FormMistake(reason: "answered-twice", detail: "\"\(marker)\" begins another line too")
    }
    return body
  }

  static func code(in reply: String, language: String) throws(FormMistake) -> String {
    let blocks = CodeBlocks.read(reply)
    let named = language.isEmpty ? blocks : blocks.filter { $0.language == language.lowercased() }
    if let block = named.first ?? blocks.first(where: { $0.language.isEmpty }) { return block.text }
    throw FormMistake(
      reason: "code-missing", detail: "there is no closed block ```\(language) … ``` in it")
  }

  private static func json(in reply: String) throws(FormMistake) -> JSONValue {
    switch TolerantJSON.read(reply) {
    case .nothing(let why): throw FormMistake(reason: "not-json", detail: why)
    case .value(_, isCutOff: true): throw FormMistake(reason: "not-json", detail: "it is cut off in the middle")
    case .value(let value, isCutOff: false):
      let objects = TolerantJSON.readAll(reply).filter { $0.objectValue?.isEmpty == false }
      guard objects.count < 2 else {
        throw FormMistake(reason: "answered-twice", detail: "\(objects.count) JSON objects stand one after the other")
      }
      return value
    }
  }
}
