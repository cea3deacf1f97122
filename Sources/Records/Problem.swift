/// What went wrong, where, and what to do about it: the one error value that people see.
///
/// Printed as
/// ```
/// personas-0007.jsonl:1048577: field "persona" is missing (this row has: id, text)
///   fix: add the field, or name yours with --persona-field
/// ```
/// Context is added on the way up with `at(_:)`; the first cause is kept.
public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where: any part may be missing.
  public struct Place: Sendable, Equatable, CustomStringConvertible {
    public var file: String?
    /// Counted from 1.
    public var line: Int?
    public var field: String?
    /// Counted from 1; said only where the line is known.
    public var column: Int?

    public init(file: String? = nil, line: Int? = nil, field: String? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.field = field
      self.column = column
    }

    public var description: String {
      var text = file ?? ""
      if let line {
        text += text.isEmpty ? "line \(line)" : ":\(line)"
        if let column { text += ":\(column)" }
      }
      if let field { text += text.isEmpty ? "field \"\(field)\"" : ", field \"\(field)\"" }
      return text
    }
  }

  /// What the one who runs the work does next.
  public enum Consequence: String, Sendable {
    /// This row is set aside with its reason; the rest goes on.
    case rejectRow
    /// The same call may succeed later.
    case retry
    /// The command was typed wrongly: exit code 64.
    case wrongUsage
    /// Nothing more can be done now, and nothing is lost: exit code 75.
    case stopResumable
    /// The command fails: exit code 1.
    case stopRun
  }

  public var what: String
  public var place: Place
  public var advice: String
  public var consequence: Consequence
  public var cause: String

  public init(
    _ what: String, at place: Place = Place(), advice: String = "", consequence: Consequence = .stopRun,
    cause: String = ""
  ) {
    self.what = what
    self.place = place
    self.advice = advice
    self.consequence = consequence
    self.cause = cause
  }

  /// The same problem with a place; parts that were known before are kept.
  public func at(file: String? = nil, line: Int? = nil, field: String? = nil) -> Problem {
    var problem = self
    problem.place.file = place.file ?? file
    problem.place.line = place.line ?? line
    problem.place.field = place.field ?? field
    return problem
  }

  public var description: String {
    var text = place.description
    text += text.isEmpty ? what : ": \(what)"
    if !cause.isEmpty { text += " (\(cause))" }
    if !advice.isEmpty { text += "\n  fix: \(advice)" }
    return text
  }

  /// As one line of JSON: `file`, `line`, `column`, `problem`, `cause`, `fix`; what is not known is `""` or 0.
  public var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("file", place.file ?? "")
      line.member("line", place.line ?? 0)
      line.member("column", place.column ?? 0)
      line.member("problem", what)
      line.member("cause", cause)
      line.member("fix", advice)
    }
    return line.text
  }
}

/// Every problem that was found in one thing; at least one.
public struct Problems: Error, Sendable {
  public let all: [Problem]

  /// - Returns: nil where there is none.
  public init?(_ all: [Problem]) {
    guard !all.isEmpty else { return nil }
    self.all = all
  }

  public init(_ one: Problem) { all = [one] }

  public var first: Problem { all[0] }
}

extension String {
  /// The start of the text on one line, for messages: never more than `limit` characters of somebody's data.
  public func cut(to limit: Int = 120) -> String {
    var result = ""
    var count = 0
    for character in self {
      guard count < limit else { return result + "…" }
      result.append(character.isNewline ? " " : character)
      count += 1
    }
    return result
  }
}
