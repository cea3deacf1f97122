public import PersonaRecords
import ShardFiles

/// One pass over a JSON lines file that keeps some lines, byte for byte, and sets the others aside with their verdicts.
///
/// Three files come out, each written beside and renamed at the end: the kept lines, the dropped rows
/// (`{"verdict":…,"row":…}`), and, when there are any, the lines that could not be read.
public struct LineFilePass: Sendable {
  /// One row as a filter sees it.
  public struct Row: Sendable {
    /// The row's own `id`, else `FILE:LINE`.
    public let id: String
    public let text: String
    /// Counted from 0 over the readable rows.
    public let index: Int
  }

  /// What the pass counted.
  public struct Totals: Sendable {
    public var read = 0
    public var kept = 0
    public var unreadable = 0
    public var reasons = Tally()

    public var failures: FailureCount { FailureCount(failed: unreadable, total: read + unreadable) }
  }

  public let input: String
  /// nil writes the kept lines with `onLine`.
  public let output: String?
  /// Key of the text in each row.
  public let key: String
  private let onLine: @Sendable (ArraySlice<UInt8>) -> Void
  private let onProgress: @Sendable (FlowProgress) -> Void

  /// - Parameter onLine: gets the kept lines when there is no output file.
  public init(
    input: String, output: String?, key: String = "persona",
    onLine: @escaping @Sendable (ArraySlice<UInt8>) -> Void = { _ in },
    onProgress: @escaping @Sendable (FlowProgress) -> Void = { _ in }
  ) {
    self.input = input
    self.output = output
    self.key = key
    self.onLine = onLine
    self.onProgress = onProgress
  }

  public var droppedPath: String? { output.map { "\($0).dropped.jsonl" } }
  public var unreadablePath: String? { output.map { "\($0).unreadable.jsonl" } }

  /// Calls `body` with every readable row, in order; lines that are not are handed to `unreadable`.
  func forEachRow(
    _ body: (Row, _ line: ArraySlice<UInt8>, _ value: JSONValue) throws -> Void,
    unreadable: (Rejection) throws -> Void
  ) throws {
    var rows = try rows()
    while let event = try rows.next() {
      switch event {
      case .row(let row, let line, let value): try body(row, line, value)
      case .unreadable(let rejection): try unreadable(rejection)
      }
    }
  }

  /// The rows one by one, for those who wait in between.
  func rows() throws(Problem) -> Rows { Rows(pass: self, reader: try JSONLinesReader(path: input)) }

  /// Reads the rows of a file, in order.
  struct Rows {
    enum Event {
      case row(Row, line: ArraySlice<UInt8>, value: JSONValue)
      case unreadable(Rejection)
    }

    private let pass: LineFilePass
    private let reader: JSONLinesReader
    private var index = 0
    private var isTorn = false

    fileprivate init(pass: LineFilePass, reader: JSONLinesReader) {
      self.pass = pass
      self.reader = reader
    }

    mutating func next() throws -> Event? {
      if isTorn { return nil }
      let event: JSONLinesReader.Event?
      do {
        event = try reader.next()
      } catch {
        // A torn file: what was readable has been handed out, and the tear is one unreadable record.
        isTorn = true
        return .unreadable(Rejection(problem: error, file: pass.input))
      }
      switch event {
      case nil: return nil
      case .rejected(let problem): return .unreadable(Rejection(problem: problem, file: pass.input))
      case .row(let row):
        guard let text = row.value[pass.key]?.stringValue else {
          let keys = row.value.objectValue?.map(\.key).joined(separator: ", ") ?? row.value.kindName
          let problem = Problem(
            "field \"\(pass.key)\" is missing or no text (this row has: \(keys.cut()))",
            at: .init(file: pass.input, line: row.number), advice: "add the field, or name yours with --key")
          return .unreadable(Rejection(problem: problem, file: pass.input))
        }
        let id = row.value["id"]?.stringValue ?? "\(pass.input):\(row.number)"
        defer { index += 1 }
        return .row(Row(id: id, text: text, index: index), line: row.bytes, value: row.value)
      }
    }
  }

  /// Keeps the rows for which `judge` gives nil.
  /// - Throws: `Problem` when a file cannot be read or written, `Stopped` when `isStopping` said so; no output then.
  func run(step: String, isStopping: () -> Bool, judge: (Row) throws -> Verdict?) throws -> Totals {
    let kept = try output.map { path throws(Problem) in try ShardWriter(path: path) }
    let dropped = try droppedPath.map { path throws(Problem) in try ShardWriter(path: path) }
    let unreadable = try unreadablePath.map { path throws(Problem) in try ShardWriter(path: path) }
    var totals = Totals()
    try forEachRow { row, line, value in
      if row.index.isMultiple(of: 4096) {
        if isStopping() { throw Stopped() }
        onProgress(FlowProgress(step: step, done: row.index))
      }
      totals.read += 1
      if let verdict = try judge(row) {
        totals.reasons[verdict.reason] += 1
        var record = JSONLine()
        record.object { record in
          record.key("verdict")
          verdict.write(to: &record)
          record.member("row", value)
        }
        try dropped?.append(line: record.bytes)
        return
      }
      totals.kept += 1
      if let kept { try kept.append(line: line) } else { onLine(line) }
    } unreadable: { rejection in
      totals.unreadable += 1
      try unreadable?.append(rejection)
    }
    if totals.unreadable > 0 { _ = try unreadable?.commit() } else { unreadable?.abandon() }
    _ = try dropped?.commit()
    _ = try kept?.commit()
    return totals
  }

  func summary(_ title: String, _ totals: Totals) -> Summary {
    var summary = Summary(title: title)
    summary.add("read", "rows read", totals.read)
    summary.add("kept", "kept", totals.kept)
    summary.add("dropped", "dropped", totals.reasons.total)
    summary.add("unreadable", "rows set aside", totals.unreadable)
    summary.add("reasons", "dropped, by reason", totals.reasons)
    if let output {
      summary.add(file: output, "kept")
      if let droppedPath { summary.add(file: droppedPath, "dropped, with verdicts") }
      if totals.unreadable > 0, let unreadablePath { summary.add(file: unreadablePath, "set aside, with reasons") }
    }
    return summary
  }
}

extension Rejection {
  /// A record that could not be read, with the place the problem names.
  init(problem: Problem, file: String) {
    self.init(
      id: "\(problem.place.file ?? file):\(problem.place.line ?? 0)", reason: "unreadable", detail: problem.what,
      file: problem.place.file ?? file, row: problem.place.line ?? 0)
  }
}
