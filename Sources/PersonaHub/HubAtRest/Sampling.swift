import HubStore
import Languages
import PersonaRecords
import Sampler
import ShardFiles

/// A seeded sample of a hub, or of any JSON lines file: uniform, weighted, or stratified by any field.
public struct HubSample: Sendable {
  public struct Settings: Sendable {
    public var count: Int
    public var seed: UInt64 = 0
    /// Field by whose values the sample is spread evenly, such as `language`, `iteration` or `origin.verb`.
    public var stratifyBy: String?
    /// Field that weighs the rows: its number, or what `weights` says of its value.
    public var weightBy: String?
    /// Weights by value; values that are not named weigh 1.
    public var weights: [String: Double] = [:]

    public init(count: Int) { self.count = count }
  }

  private let settings: Settings

  public init(settings: Settings) { self.settings = settings }

  /// Draws from a hub; rows come in the order of the sample, one line each.
  /// - Throws: `Problem`; `Stopped` when asked to stop.
  public func run(_ context: FlowContext, onLine: (ArraySlice<UInt8>) throws -> Void) throws -> Outcome {
    let hub = try Hub.open(at: context.hubPath)
    let total = hub.manifest.rowCount
    var collector = Sampler.Collector<[UInt8]>(Sampler(count: settings.count, seed: settings.seed))
    var read = 0
    try hub.forEachPersona { persona, row in
      try Self.tick(row, total, context)
      let line = persona.jsonLine
      try add(line, id: persona.id, text: persona.text, to: &collector)
      read = row + 1
    }
    return try finish(collector, read: read, failures: FailureCount(), onLine)
  }

  /// Draws from a JSON lines file; lines are copied byte for byte, and what cannot be read is counted.
  public func run(
    _ files: LineFilePass, _ context: FlowContext, onLine: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Outcome {
    var collector = Sampler.Collector<[UInt8]>(Sampler(count: settings.count, seed: settings.seed))
    var read = 0
    var unreadable = 0
    try files.forEachRow { row, line, value in
      try Self.tick(row.index, nil, context)
      read += 1
      // Equal texts on two lines are two rows here: the line's number tells them apart.
      let id = PersonaID(describing: row.text)
      let rowID = PersonaID(high: id.high, low: id.low ^ StableHash.mix(UInt64(row.index)))
      try add(Array(line), id: rowID, text: row.text, value: value, to: &collector)
    } unreadable: { _ in
      unreadable += 1
    }
    return try finish(
      collector, read: read, failures: FailureCount(failed: unreadable, total: read + unreadable), onLine)
  }

  private func add(
    _ line: [UInt8], id: PersonaID, text: String, value: JSONValue? = nil,
    to collector: inout Sampler.Collector<[UInt8]>
  ) throws(Problem) {
    guard settings.stratifyBy != nil || settings.weightBy != nil else {
      collector.add(id: id, row: line)
      return
    }
    // A line of our own making or one that was parsed before: it is JSON.
    guard let row = value ?? (try? JSONValue(utf8: line)) else { return }
    let stratum = settings.stratifyBy.map { Self.text(of: $0, in: row, persona: text) } ?? ""
    collector.add(id: id, weight: weight(of: row, text: text), stratum: stratum, row: line)
  }

  private func weight(of row: JSONValue, text: String) -> Double {
    guard let field = settings.weightBy else { return 1 }
    let value = Self.text(of: field, in: row, persona: text)
    return settings.weights.isEmpty ? Double(value) ?? 0 : settings.weights[value] ?? 1
  }

  /// The value at a dotted path as text; `language` is guessed where the row does not state it.
  static func text(of path: String, in row: JSONValue, persona: String) -> String {
    var value: JSONValue? = row
    for key in path.split(separator: ".") { value = value?[String(key)] }
    switch value {
    case .string(let text)?: return text
    case .number(let spelling)?: return spelling
    case .bool(let flag)?: return String(flag)
    default: return path == "language" ? LanguageGuess.language(of: persona) : ""
    }
  }

  private func finish(
    _ collector: Sampler.Collector<[UInt8]>, read: Int, failures: FailureCount,
    _ onLine: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Outcome {
    let rows = collector.candidates()
    var strata = Tally()
    for candidate in rows {
      try onLine(candidate.row[...])
      if settings.stratifyBy != nil { strata[candidate.stratum.isEmpty ? "(none)" : candidate.stratum] += 1 }
    }
    var summary = Summary(title: "sample")
    summary.add("read", "rows read", read)
    summary.add("sampled", "rows drawn", rows.count)
    summary.add("strata", "drawn, by \(settings.stratifyBy ?? "")", strata)
    return Outcome(summary: summary, failures: failures)
  }

  private static func tick(_ row: Int, _ total: Int?, _ context: FlowContext) throws {
    guard row.isMultiple(of: 4096) else { return }
    if context.isStopping() { throw Stopped() }
    context.onProgress(FlowProgress(step: "sample", done: row, total: total))
  }
}
