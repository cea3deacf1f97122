import HubStore
public import PersonaRecords
import ShardFiles
import SimilarityKernels
import SurfaceDedup

/// Takes near-copies by surface form out of a hub, or out of any JSON lines file.
/// Source: arXiv 2406.20094, Section 2.3.
public struct Deduplication: Sendable {
  public struct Settings: Sendable {
    /// Jaccard similarity of word sets from which on two texts are copies, as typed: decimals are taken exactly.
    public var threshold = "0.9"
    /// nil chooses by the threshold.
    public var method: String?
    /// `input-order`, `longest` or `shortest`.
    public var prefer = "input-order"

    public init() {}
  }

  private let stageSettings: SurfaceDedup.Settings
  private let settings: Settings

  /// - Throws: `Problem` when threshold, method or preference are none.
  public init(settings: Settings) throws(Problem) {
    self.settings = settings
    var method: SurfaceDedup.Method?
    if let name = settings.method {
      method = SurfaceDedup.Method(rawValue: name)
      guard method != nil else { throw Self.wrong("method", name, SurfaceDedup.Method.allCases.map(\.rawValue)) }
    }
    guard let prefer = SurfaceDedup.Preference(rawValue: settings.prefer) else {
      throw Self.wrong("preference", settings.prefer, SurfaceDedup.Preference.allCases.map(\.rawValue))
    }
    stageSettings = SurfaceDedup.Settings(
      threshold: try JaccardThreshold(settings.threshold), method: method, prefer: prefer)
  }

  /// Dedups a hub; what goes is kept in `dropped/` with its representative and the similarity.
  public func run(_ context: FlowContext) throws -> Outcome {
    let hub = try Hub.open(at: context.hubPath)
    let total = hub.manifest.rowCount
    var dedup = SurfaceDedup(stageSettings)
    var ids: [PersonaID] = []
    try hub.forEachPersona { persona, row in
      try Self.checkStop(row, total, context)
      ids.append(persona.id)
      dedup.add(persona.text)
    }
    let decisions = dedup.decisions()
    var operation = HubOperation(FlowStep.dedup.rawValue)
    for (name, value) in described { operation.add(setting: name, value) }
    let counts = try hub.drop(stage: SurfaceDedup.stage, operation: operation) { _, row in
      dedup.verdict(row: row, decisions[row]) { ids[$0].description }
    }
    var summary = Summary(title: FlowStep.dedup.rawValue)
    summary.add("read", "personas read", counts.rows)
    summary.add("kept", "kept", counts.kept)
    summary.add("dropped", "near-copies dropped", counts.dropped)
    summary.add("reasons", "dropped, by reason", Tally(counts.reasons))
    for (name, value) in described { summary.add(name, name, value) }
    summary.next = ["persona-hub synthesize --recipe math --count 100 -o math.jsonl --hub \(context.hubPath)"]
    return Outcome(summary: summary)
  }

  /// Dedups a JSON lines file; kept lines are copied byte for byte.
  public func run(_ files: LineFilePass, _ context: FlowContext) throws -> Outcome {
    var dedup = SurfaceDedup(stageSettings)
    var ids: [String] = []
    try files.forEachRow { row, _, _ in
      try Self.checkStop(row.index, nil, context)
      ids.append(row.id)
      dedup.add(row.text)
    } unreadable: { _ in
    }
    let decisions = dedup.decisions()
    let totals = try files.run(step: FlowStep.dedup.rawValue, isStopping: context.isStopping) { row in
      guard row.index < decisions.count else {
        throw Problem("the file grew while it was read", at: .init(file: files.input), advice: "run the command again")
      }
      let verdict = dedup.verdict(row: row.index, decisions[row.index]) { ids[$0] }
      return verdict.keep ? nil : verdict
    }
    var summary = files.summary(FlowStep.dedup.rawValue, totals)
    for (name, value) in described { summary.add(name, name, value) }
    return Outcome(summary: summary, failures: totals.failures)
  }

  private var described: [(String, String)] {
    [
      ("threshold", settings.threshold), ("method", stageSettings.method.rawValue),
      ("prefer", stageSettings.prefer.rawValue),
    ]
  }

  private static func wrong(_ what: String, _ name: String, _ known: [String]) -> Problem {
    Problem(
      "there is no \(what) \"\(name.cut(to: 40))\"", advice: "use one of: \(known.joined(separator: ", "))",
      consequence: .wrongUsage)
  }

  private static func checkStop(_ row: Int, _ total: Int?, _ context: FlowContext) throws {
    guard row.isMultiple(of: 4096) else { return }
    if context.isStopping() { throw Stopped() }
    context.onProgress(FlowProgress(step: FlowStep.dedup.rawValue, done: row, total: total))
  }
}
