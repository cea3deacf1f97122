/// One short description of a person, with where it came from.
public struct Persona: JSONLineRecord, Equatable {
  /// How a persona arose. One shape for all three kinds; what does not apply is `""` or 0.
  public struct Origin: Sendable, Equatable, Hashable {
    public enum Kind: String, Sendable {
      /// Text-to-Persona (Section 2.1): `document`, `passage`, `verb`, `file` and `row` say from which text.
      case text
      /// Persona-to-Persona (Section 2.2): `parent` and `relation`.
      case relation
      /// Read from a file of personas: `file` and `row`.
      case imported = "import"
    }

    public var kind: Kind
    public var document: String
    public var passage: Int
    public var verb: String
    /// Id of the persona this one is related to.
    public var parent: String
    public var relation: String
    public var file: String
    public var row: Int

    public init(
      kind: Kind, document: String = "", passage: Int = 0, verb: String = "", parent: String = "",
      relation: String = "", file: String = "", row: Int = 0
    ) {
      self.kind = kind
      self.document = document
      self.passage = passage
      self.verb = verb
      self.parent = parent
      self.relation = relation
      self.file = file
      self.row = row
    }
  }

  public var id: PersonaID
  /// The description; key `persona` in files, as in the data released with the paper.
  public var text: String
  public var origin: Origin
  /// Rounds of Persona-to-Persona between this persona and a text: 0 for Text-to-Persona and imports.
  public var iteration: Int
  public var model: String

  public init(text: String, origin: Origin, iteration: Int = 0, model: String = "") {
    self.id = PersonaID(describing: text)
    self.text = text
    self.origin = origin
    self.iteration = iteration
    self.model = model
  }

  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id.description)
      line.member("persona", text)
      line.key("origin")
      origin.write(to: &line)
      line.member("iteration", iteration)
      line.member("model", model)
    }
  }

  /// - Throws: `Problem` when `persona` is missing or empty, a field has another type, or `id` is not that of the text.
  public init(json: JSONValue) throws(Problem) {
    guard case .object(let members) = json else {
      throw Problem("a row should be an object and is \(json.kindName)", consequence: .rejectRow)
    }
    guard json["persona"] != nil else {
      throw Problem(
        "field \"persona\" is missing (this row has: \(members.map(\.key).joined(separator: ", ").cut()))",
        advice: "add the field, or name yours with --persona-field", consequence: .rejectRow)
    }
    let text = try json.string("persona")
    self.init(
      text: text, origin: try Origin(json: json["origin"] ?? .object([])), iteration: try json.int("iteration"),
      model: try json.string("model"))
    if let stated = json["id"]?.stringValue, let statedID = PersonaID(stated), statedID != id {
      throw Problem(
        "the id \(stated) is not that of the description",
        advice: "the row was edited: drop its id, and import it again",
        consequence: .rejectRow)
    }
  }
}

extension Persona.Origin: JSONLineRecord {
  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("kind", kind.rawValue)
      line.member("document", document)
      line.member("passage", passage)
      line.member("verb", verb)
      line.member("parent", parent)
      line.member("relation", relation)
      line.member("file", file)
      line.member("row", row)
    }
  }

  public init(json: JSONValue) throws(Problem) {
    let kindName = try json.string("kind")
    guard let kind = kindName.isEmpty ? .imported : Kind(rawValue: kindName) else {
      throw Problem("origin kind \"\(kindName.cut())\" is none of text, relation, import", consequence: .rejectRow)
    }
    self.init(
      kind: kind, document: try json.string("document"), passage: try json.int("passage"),
      verb: try json.string("verb"),
      parent: try json.string("parent"), relation: try json.string("relation"), file: try json.string("file"),
      row: try json.int("row"))
  }
}
