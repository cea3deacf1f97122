import HubStore
public import PersonaRecords
import SemanticDedup
import SimilarityKernels
import VectorFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Takes rows of the same meaning out of a hub or a JSON lines file, by the vectors of its rows.
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
    /// Makes the vectors that are not there.
    public var embedding = Embedding.Settings()
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
    /// nil makes them, beside the output.
    public var vectors: String?
    public var key = "persona"
    /// nil hands the kept lines to `onLine`.
    public var output: String?
    public var onLine: @Sendable (ArraySlice<UInt8>) -> Void = { _ in }

    public init(input: String) { self.input = input }

    var vectorsPath: String { vectors ?? "\(output ?? input).vectors.npy" }
  }

  /// Dedups the file; kept lines are copied byte for byte, dropped rows go beside them with their verdicts.
  /// - Throws: `Problem` when the vectors are not those of this file's rows, `Stopped`; no output then.
  public func run(_ job: FileJob, _ context: FlowContext) async throws -> Outcome {
    let pass = LineFilePass(
      input: job.input, output: job.output, key: job.key, onLine: job.onLine, onProgress: context.onProgress)
    let file = try await open(job, context)
    let result = try decide(file.vectors, at: settings.threshold, context)
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
  public func report(_ job: FileJob, _ context: FlowContext) async throws -> Outcome {
    let file = try await open(job, context)
    var summary = Summary(title: "dedup, semantic, the dial")
    for hundredths in stride(from: 50, through: 95, by: 5) {
      let threshold = Double(hundredths) / 100
      let result = try decide(file.vectors, at: threshold, context)
      summary.add("kept\(threshold)", "stay at \(threshold) (recall \(Self.words(result)))", result.kept)
    }
    summary.add("read", "rows read", file.vectors.count)
    return Outcome(summary: summary)
  }

  /// The dedup that keeps as many rows as it can but at most `count`, by the threshold alone, in hundredths.
  /// - Throws: `Problem` when even 0.1 keeps more.
  public func reaching(
    _ count: Int, _ job: FileJob, _ context: FlowContext
  ) async throws -> SemanticDeduplication {
    let file = try await open(job, context)
    let least = try decide(file.vectors, at: 0.1, context).kept
    guard least <= count else {
      throw Problem(
        "\(least) rows stay even at cosine 0.1, and --target-count asks for \(count)",
        advice: "take a sample of what stays", consequence: .wrongUsage)
    }
    let highest = try ThresholdSearch.highest(from: 10, below: 100) { hundredths in
      try decide(file.vectors, at: Double(hundredths) / 100, context).kept <= count
    }
    var chosen = settings
    chosen.threshold = Double(highest) / 100
    return try SemanticDeduplication(settings: chosen)
  }

  private func decide(
    _ vectors: VectorRows, at threshold: Double, _ context: FlowContext
  ) throws -> SemanticDedup.Result {
    try stage(at: threshold).run(
      vectors,
      onWiden: { recall in
        settings.onNote(
          "recall \(Deduplication.percent(recall.recall)) is too low at \(threshold): looking further, once more")
      },
      onProgress: { progress in
        if context.isStopping() { throw Stopped() }
        context.onProgress(
          FlowProgress(
            step: "dedup \(threshold): \(progress.phase.rawValue)", done: progress.rows, total: vectors.count,
            fraction: progress.share))
      })
  }

  /// Opens the vectors, once the rows of the file are counted; those that nobody named are made, and stay for the next time.
  private func open(_ job: FileJob, _ context: FlowContext) async throws -> VectorFile {
    let embedding = Embedding(settings: settings.embedding)
    var work = Embedding.FileJob(input: job.input, output: job.vectorsPath)
    work.key = job.key
    let texts = try embedding.survey(work, context)
    if job.vectors == nil {
      _ = try await embedding.withModel(context) { model in try await embedding.write(work, texts, model, context) }
    }
    let file = try VectorFile.open(job.vectorsPath, rows: texts.rows)
    if let source = file.description?.source, source.hasPrefix("sha256:"), source != texts.source {
      throw Problem(
        "these vectors are of other texts than those of \(job.input)", at: .init(file: job.vectorsPath),
        advice: "make them again: persona-hub embed \(job.input) -o \(job.vectorsPath)", consequence: .wrongUsage)
    }
    return file
  }

  // MARK: A hub

  /// Dedups a hub; what goes is kept in `dropped/` with its representative and the cosine. Vectors that are missing are made.
  /// - Throws: `Problem`, `Stopped`; the hub is unchanged then.
  public func run(_ context: FlowContext) async throws -> Outcome {
    let embedding = Embedding(settings: settings.embedding)
    return try await embedding.withModel(context) { model in try await run(embedding, model, context) }
  }

  private func run(_ embedding: Embedding, _ model: Embedding.OpenModel, _ context: FlowContext) async throws -> Outcome
  {
    let hub = try Hub.open(at: context.hubPath)
    let (file, made) = try await embedding.vectors(of: hub, model, context)
    let result = try decide(file.vectors, at: settings.threshold, context)
    var operation = HubOperation(FlowStep.semanticDedup.rawValue)
    operation.add(setting: "threshold", "\(settings.threshold)")
    operation.add(setting: "model", model.identity)
    operation.add(setting: "method", result.isExact ? "exact" : "cells")
    // A representative stands before the rows it is named for, so its id is known when they come.
    var ids: [PersonaID] = []
    ids.reserveCapacity(result.decisions.count)
    let counts = try hub.drop(stage: SemanticDedup.stage, operation: operation) { persona, row in
      ids.append(persona.id)
      guard row < result.decisions.count else {
        throw Problem("the hub changed while it was read", at: .init(file: context.hubPath), advice: "run this again")
      }
      return SemanticDedup.verdict(id: ids[row].description, result.decisions[row]) { ids[$0].description }
    }
    var summary = Summary(title: FlowStep.semanticDedup.rawValue)
    summary.add("read", "personas read", counts.rows)
    summary.add("kept", "kept", counts.kept)
    summary.add("dropped", "of the same meaning, dropped", counts.dropped)
    summary.add("embedded", "personas embedded now", made.added)
    summary.add("threshold", "cosine above which rows mean the same", "\(settings.threshold)")
    summary.add("model", "model of the vectors", model.identity)
    summary.add("recall", "recall, estimated", Self.words(result))
    summary.next = ["persona-hub hub sample --diverse 10 --hub \(context.hubPath)"]
    return Outcome(summary: summary)
  }

  private func changed(_ job: FileJob) -> Problem {
    Problem("this file changed while it was read", at: .init(file: job.input), advice: "run this again")
  }

  private static func words(_ result: SemanticDedup.Result) -> String {
    result.isExact
      ? "100%: all was compared"
      : "\(Deduplication.percent(result.recall.recall)) ± \(Deduplication.percent(result.recall.standardError)), "
        + "of \(result.recall.sampled) rows"
  }
}
