public import PersonaRecords
import SemanticDedup
import SimilarityKernels
import VectorFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Takes rows of the same meaning out of a JSON lines file, by the vectors of its rows.
/// Source: arXiv 2406.20094, Section 2.3.
public struct SemanticDeduplication: Sendable {
  public struct Settings: Sendable {
    /// Cosine above which two rows mean the same.
    public var threshold = 0.9
    /// Compares whatever could be a pair.
    public var isExact = false
    /// The least share of rows to go that do go; below it the search is widened and done again.
    public var minRecall = 0.99
    /// Bytes to stay below, beside the vectors, which are mapped.
    public var memory = 2 << 30
    /// Told when a search is widened.
    public var onNote: @Sendable (String) -> Void = { _ in }

    public init() {}
  }

  private let settings: Settings

  /// - Throws: `Problem` when a setting makes no sense.
  public init(settings: Settings) throws(Problem) {
    self.settings = settings
    _ = try stage(at: settings.threshold)
  }

  private func stage(at threshold: Double) throws(Problem) -> SemanticDedup {
    var stage = SemanticDedup.Settings(threshold: Float(threshold))
    stage.isExact = settings.isExact
    stage.minRecall = settings.minRecall
    stage.memory = settings.memory / 2
    stage.threads = max(ProcessInfo.processInfo.activeProcessorCount, 1)
    return try SemanticDedup(stage)
  }

  /// A JSON lines file, the vectors of its readable rows in their order, and where the kept lines go.
  public struct FileJob: Sendable {
    public var input: String
    public var vectors: String
    public var key = "persona"
    /// nil hands the kept lines to `onLine`.
    public var output: String?
    public var onLine: @Sendable (ArraySlice<UInt8>) -> Void = { _ in }

    public init(input: String, vectors: String) {
      self.input = input
      self.vectors = vectors
    }
  }

  /// Dedups the file; kept lines are copied byte for byte, dropped rows go beside them with their verdicts.
  /// - Throws: `Problem` when the vectors are not those of this file's rows, `Stopped`; no output then.
  public func run(_ job: FileJob, _ context: FlowContext) throws -> Outcome {
    let pass = LineFilePass(
      input: job.input, output: job.output, key: job.key, onLine: job.onLine, onProgress: context.onProgress)
    let file = try open(job, pass, context)
    let result = try decide(file, at: settings.threshold, context)
    let wanted = Set(result.decisions.compactMap(\.representative))
    var names: [Int: String] = [:]
    let totals = try pass.run(step: "dedup: writing", isStopping: context.isStopping) { row in
      guard row.index < result.decisions.count else { throw changed(job) }
      if wanted.contains(row.index) { names[row.index] = row.id }
      let decision = result.decisions[row.index]
      guard !decision.isKept else { return nil }
      // Representatives are kept rows before this one, so their names are known.
      return SemanticDedup.verdict(id: row.id, decision) { names[$0] ?? "\(job.input):row \($0 + 1)" }
    }
    var summary = pass.summary("dedup, semantic", totals)
    summary.add("threshold", "cosine above which rows mean the same", "\(settings.threshold)")
    summary.add("model", "model of the vectors", file.description?.model ?? "unknown")
    summary.add("recall", "recall, estimated", Self.words(result))
    return Outcome(summary: summary, failures: totals.failures)
  }

  /// How many rows stay at each threshold from 0.5 to 0.95; nothing is written.
  public func report(_ job: FileJob, _ context: FlowContext) throws -> Outcome {
    let file = try open(job, LineFilePass(input: job.input, output: nil, key: job.key), context)
    var summary = Summary(title: "dedup, semantic, the dial")
    for hundredths in stride(from: 50, through: 95, by: 5) {
      let threshold = Double(hundredths) / 100
      let result = try decide(file, at: threshold, context)
      summary.add("kept\(threshold)", "stay at \(threshold) (recall \(Self.words(result)))", result.kept)
    }
    summary.add("read", "rows read", file.vectors.count)
    return Outcome(summary: summary)
  }

  /// The dedup that keeps as many rows as it can but at most `count`, by the threshold alone, in hundredths.
  /// - Throws: `Problem` when even 0.1 keeps more.
  public func reaching(_ count: Int, _ job: FileJob, _ context: FlowContext) throws -> SemanticDeduplication {
    let file = try open(job, LineFilePass(input: job.input, output: nil, key: job.key), context)
    var low = 10
    var high = 100
    let least = try decide(file, at: 0.1, context).kept
    guard least <= count else {
      throw Problem(
        "\(least) rows stay even at cosine 0.1, and --target-count asks for \(count)",
        advice: "take a sample of what stays", consequence: .wrongUsage)
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try decide(file, at: Double(middle) / 100, context).kept <= count { low = middle } else { high = middle }
    }
    var chosen = settings
    chosen.threshold = Double(low) / 100
    return try SemanticDeduplication(settings: chosen)
  }

  private func decide(
    _ file: VectorFile, at threshold: Double, _ context: FlowContext
  ) throws -> SemanticDedup.Result {
    try stage(at: threshold).run(
      file.vectors,
      onWiden: { recall in
        settings.onNote("recall \(Self.percent(recall.recall)) is too low at \(threshold): looking further, once more")
      },
      onProgress: { progress in
        if context.isStopping() { throw Stopped() }
        context.onProgress(
          FlowProgress(
            step: "dedup \(threshold): \(progress.phase.rawValue)", done: progress.rows, total: file.vectors.count,
            fraction: progress.share))
      })
  }

  /// Opens the vectors, once the rows of the file are counted.
  private func open(_ job: FileJob, _ pass: LineFilePass, _ context: FlowContext) throws -> VectorFile {
    var rows = 0
    try pass.forEachRow { row, _, _ in
      rows += 1
      if row.index.isMultiple(of: 4096) {
        if context.isStopping() { throw Stopped() }
        context.onProgress(FlowProgress(step: "dedup: reading", done: row.index))
      }
    } unreadable: { _ in
    }
    return try VectorFile.open(job.vectors, rows: rows)
  }

  private func changed(_ job: FileJob) -> Problem {
    Problem("this file changed while it was read", at: .init(file: job.input), advice: "run this again")
  }

  private static func words(_ result: SemanticDedup.Result) -> String {
    result.isExact
      ? "100%: all was compared"
      : "\(percent(result.recall.recall)) ± \(percent(result.recall.standardError)), of \(result.recall.sampled) rows"
  }

  private static func percent(_ share: Double) -> String { "\(Double(Int((share * 10_000).rounded())) / 100)%" }
}
