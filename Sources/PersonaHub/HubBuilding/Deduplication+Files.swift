import PersonaRecords
import SimilarityKernels
import SurfaceDedup

extension Deduplication {
  /// A JSON lines file to dedup, and where the results go.
  public struct FileJob: Sendable {
    public var input: String
    /// Key of the text in each row.
    public var key = "persona"
    /// nil hands the kept lines to `onLine`.
    public var output: String?
    /// Groups of copies, one JSON object per line.
    public var clusters: String?
    public var onLine: @Sendable (ArraySlice<UInt8>) -> Void = { _ in }

    public init(input: String) { self.input = input }

    /// Where the work in progress of a run too large for the memory lies.
    var workPath: String { "\(output ?? input).dedup-work" }
  }

  /// Dedups a JSON lines file; kept lines are copied byte for byte.
  /// - Throws: `Problem`, `Stopped`; no output then, and the same command goes on from what is finished.
  public func run(_ job: FileJob, _ context: FlowContext) throws -> Outcome {
    let outputs = FileDedup.Outputs(
      kept: job.output, dropped: job.output.map { "\($0).dropped.jsonl" },
      unreadable: job.output.map { "\($0).unreadable.jsonl" }, clusters: job.clusters)
    let counts = try fileDedup(job, context).run(to: outputs, workPath: job.workPath, onLine: job.onLine)
    var summary = Summary(title: FlowStep.dedup.rawValue)
    summary.add("read", "rows read", counts.read)
    summary.add("kept", "kept", counts.kept)
    summary.add("dropped", "dropped", counts.sameWords + counts.nearCopies)
    summary.add("unreadable", "rows set aside", counts.unreadable)
    var reasons = Tally()
    if counts.sameWords > 0 { reasons["same-words"] = counts.sameWords }
    if counts.nearCopies > 0 { reasons["near-copy"] = counts.nearCopies }
    summary.add("reasons", "dropped, by reason", reasons)
    for (name, value) in described { summary.add(name, name, value) }
    if let output = outputs.kept { summary.add(file: output, "kept") }
    if let dropped = outputs.dropped { summary.add(file: dropped, "dropped, with verdicts") }
    if let clusters = outputs.clusters { summary.add(file: clusters, "clusters") }
    if counts.unreadable > 0, let path = outputs.unreadable { summary.add(file: path, "set aside, with reasons") }
    return Outcome(
      summary: summary, failures: FailureCount(failed: counts.unreadable, total: counts.read + counts.unreadable))
  }

  /// How many rows of a file stay at each threshold from 0.5 to 0.95; nothing is written.
  public func report(_ job: FileJob, _ context: FlowContext) throws -> Outcome {
    var summary = Summary(title: "dedup, the dial")
    let dials = try stride(from: 50, through: 95, by: 5).map { try at($0) }
    let work = WorkFolder(path: "\(job.workPath)-report", stamp: "")
    defer { work.remove() }
    let (rows, kept) = try fileDedup(job, context).keptCounts(dials.map { $0.0.stageSettings }, work)
    for ((dedup, threshold), kept) in zip(dials, kept) {
      let recall =
        dedup.stageSettings.method == .exact
        ? "all copies found" : "\(Self.percent(dedup.missRate)) missed at the threshold"
      summary.add(
        "kept\(threshold)", "stay at \(threshold) (\(dedup.stageSettings.method.rawValue), \(recall))", kept)
    }
    summary.add("read", "rows read", rows)
    summary.next = ["persona-hub dedup \(job.input) -o kept.jsonl --threshold 0.9"]
    return Outcome(summary: summary)
  }

  /// The dedup that keeps as many rows as it can but at most `count`, by the threshold alone, in hundredths.
  /// - Throws: `Problem` when even 0.3 keeps more.
  public func reaching(_ count: Int, _ job: FileJob, _ context: FlowContext) throws -> Deduplication {
    let low = 30
    // At `low` at most `count` rows stay; 1.01 stands for no dedup at all.
    let least = try at(low).0.count(job, context).kept
    guard least <= count else {
      throw Problem(
        "\(least) rows stay even at threshold 0.3, and --target-count asks for \(count)",
        advice: "take a sample of what stays: persona-hub dedup, then head", consequence: .wrongUsage)
    }
    return try at(
      ThresholdSearch.highest(from: low, below: 101) { try at($0).0.count(job, context).kept <= count }
    ).0
  }

  private func at(_ hundredths: Int) throws(Problem) -> (Deduplication, String) {
    let digits = String(hundredths % 100)
    var settings = settings
    settings.threshold = hundredths == 100 ? "1" : "0." + (digits.count == 1 ? "0" : "") + digits
    return (try Deduplication(settings: settings), settings.threshold)
  }

  private func count(_ job: FileJob, _ context: FlowContext) throws -> (rows: Int, kept: Int) {
    let work = WorkFolder(path: "\(job.workPath)-\(settings.threshold)", stamp: "")
    defer { work.remove() }
    var reader = try fileDedup(job, context).decide(work)
    var counts = (rows: 0, kept: 0)
    while let decision = try reader.nextDecision() {
      counts.rows += 1
      if decision.isKept { counts.kept += 1 }
    }
    return counts
  }

  /// Writes MinHash signatures and nothing else: a matrix of `uint32` in NumPy's format, a row for each readable row.
  public func writeSignatures(_ job: FileJob, to path: String, _ context: FlowContext) throws -> Outcome {
    let counts = try SignatureFile(
      input: job.input, key: job.key, shingling: stageSettings.shingling,
      hasher: MinHasher(length: stageSettings.signatureLength)
    ).write(to: path) { rows, share in
      if context.isStopping() { throw Stopped() }
      context.onProgress(FlowProgress(step: "dedup: signing", done: rows, fraction: share))
    }
    var summary = Summary(title: "dedup, signatures")
    summary.add("signed", "rows signed", counts.signed)
    summary.add("unreadable", "rows set aside", counts.unreadable)
    summary.add("length", "values per signature", stageSettings.signatureLength)
    summary.add(file: path, "signatures")
    return Outcome(
      summary: summary, failures: FailureCount(failed: counts.unreadable, total: counts.signed + counts.unreadable))
  }

  private func fileDedup(_ job: FileJob, _ context: FlowContext) -> FileDedup {
    let step = "\(FlowStep.dedup.rawValue) \(settings.threshold)"
    var dedup = FileDedup(
      input: job.input, key: job.key, preferredField: preferredField, settings: stageSettings, memory: usableMemory
    ) { progress in
      if context.isStopping() { throw Stopped() }
      let done = progress.phase == .join ? Int((progress.share ?? 0) * 100) : progress.rows
      context.onProgress(
        FlowProgress(
          step: "\(step): \(progress.phase.rawValue)", done: done, total: progress.phase == .join ? 100 : nil,
          fraction: progress.share))
    }
    dedup.onForecast = note
    return dedup
  }
}
