/// A named rule that an output must pass, with its limits, as a recipe states it.
public struct Check: Sendable, Equatable {
  public var name: String
  /// Numbers the rule takes, for example `maximum`.
  public var limits: [String: Double]
  /// Words the rule takes, for example `of`, the part of the answer that is looked at. `{{name}}` stands for what was
  /// drawn for that variable.
  public var words: [String: String]

  public init(name: String, limits: [String: Double] = [:], words: [String: String] = [:]) {
    self.name = name
    self.limits = limits
    self.words = words
  }

  /// Names between `{{` and `}}` in what a check is told.
  public static func variables(in text: String) -> [String] {
    text.components(between: "{{", and: "}}")
  }
}

extension String {
  fileprivate func components(between open: String, and close: String) -> [String] {
    var names: [String] = []
    var rest = self[...]
    while let start = rest.firstRange(of: open), let end = rest[start.upperBound...].firstRange(of: close) {
      names.append(String(rest[start.upperBound..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return names
  }
}

/// What a check may be told: those who read recipes learn from it what is a mistake.
public struct CheckShape: Sendable {
  /// Numbers, each with its range.
  public var limits: [String: ClosedRange<Double>]
  /// Words, each with the words there are; nil where any will do.
  public var words: [String: Set<String>?]
  /// What must be said.
  public var required: Set<String>
  /// Of these at least one must be said: without any the check would let everything pass.
  public var oneOf: Set<String>

  public init(
    limits: [String: ClosedRange<Double>] = [:], words: [String: Set<String>?] = [:], required: Set<String> = [],
    oneOf: Set<String> = []
  ) {
    self.limits = limits
    self.words = words
    self.required = required
    self.oneOf = oneOf
  }
}

/// Something that did not make it, with the reason; what a run writes to `rejected.jsonl` and `failed.jsonl`.
public struct Rejection: JSONLineRecord, Equatable {
  /// Id of the document, persona or row concerned.
  public var id: String
  /// The rule or failure by name, short and countable.
  public var reason: String
  /// What happened, for people.
  public var detail: String
  public var file: String
  /// Row counted from 1, or byte offset where the format has no rows; 0 when there is none.
  public var row: Int
  /// What came out, whole, so that nothing paid for is lost.
  public var text: String

  public init(id: String, reason: String, detail: String = "", file: String = "", row: Int = 0, text: String = "") {
    self.id = id
    self.reason = reason
    self.detail = detail
    self.file = file
    self.row = row
    self.text = text
  }

  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id)
      line.member("reason", reason)
      line.member("detail", detail)
      line.member("file", file)
      line.member("row", row)
      line.member("text", text)
    }
  }

  public init(json: JSONValue) throws(Problem) {
    self.init(
      id: try json.string("id"), reason: try json.string("reason"), detail: try json.string("detail"),
      file: try json.string("file"), row: try json.int("row"), text: try json.string("text"))
  }
}
