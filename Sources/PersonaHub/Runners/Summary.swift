public import PersonaRecords

/// What a piece of work did, in the order in which it is told: the table at its end, and its `--json`.
public struct Summary: Sendable {
  public struct Figure: Sendable {
    /// Name in JSON, camel case.
    public let key: String
    /// Words for people.
    public let label: String
    public let value: JSONValue
  }

  public struct Breakdown: Sendable {
    public let key: String
    public let label: String
    public let tally: Tally
  }

  public var title: String
  public private(set) var figures: [Figure] = []
  public private(set) var breakdowns: [Breakdown] = []
  /// What only JSON tells.
  public private(set) var details: [(key: String, value: JSONValue)] = []
  /// Files made, with what they hold.
  public private(set) var files: [(label: String, path: String)] = []
  /// Commands that make sense next.
  public var next: [String] = []
  /// Things to know, for example that `builtin` is not a language model.
  public var notes: [String] = []

  public init(title: String) { self.title = title }

  public mutating func add(_ key: String, _ label: String, _ value: Int) {
    figures.append(Figure(key: key, label: label, value: .number(String(value))))
  }

  public mutating func add(_ key: String, _ label: String, _ value: Double) {
    var line = JSONLine()
    line.value(value)
    figures.append(Figure(key: key, label: label, value: .number(line.text)))
  }

  public mutating func add(_ key: String, _ label: String, _ value: String) {
    figures.append(Figure(key: key, label: label, value: .string(value)))
  }

  /// Counts by name; left out of the table when empty, an empty object in JSON.
  public mutating func add(_ key: String, _ label: String, _ tally: Tally) {
    breakdowns.append(Breakdown(key: key, label: label, tally: tally))
  }

  /// Something of a shape that a table has no place for: it stands in JSON alone.
  public mutating func add(detail key: String, _ value: JSONValue) { details.append((key, value)) }

  public mutating func add(file path: String, _ label: String) {
    files.append((label, path))
  }

  /// The whole summary as one JSON object; stable keys.
  public var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("step", title)
      for figure in figures { line.member(figure.key, figure.value) }
      for breakdown in breakdowns {
        line.key(breakdown.key)
        line.object { line in
          for (name, count) in breakdown.tally.ranked { line.member(name, count) }
        }
      }
      for detail in details { line.member(detail.key, detail.value) }
      line.key("files")
      line.array { line in for file in files { line.value(file.path) } }
    }
    return line.text
  }
}

/// Items of a run that never came to an end: calls that never succeeded, records that could not be read.
public struct FailureCount: Sendable, Equatable {
  public var failed: Int
  public var total: Int

  public init(failed: Int = 0, total: Int = 0) {
    self.failed = failed
    self.total = total
  }

  /// Whether more failed than the share that is allowed.
  public func exceeds(_ allowedShare: Double) -> Bool {
    failed > 0 && Double(failed) > allowedShare * Double(max(total, 1))
  }
}
