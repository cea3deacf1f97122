package import PersonaRecords
package import SimilarityKernels

/// Semantic dedup: rows whose vectors point the same way leave, all but the first of each group.
///
/// ```swift
/// let dedup = SemanticDedup(SemanticDedup.Settings(threshold: 0.9))
/// let result = try dedup.run(vectors)              // one decision per row, in input order
/// let verdict = SemanticDedup.verdict(id: ids[7], result.decisions[7]) { ids[$0] }
/// print(result.recall.recall, result.recall.standardError)
/// ```
///
/// A row is dropped when a row kept before it has a cosine above the threshold, which is its representative: the first that
/// was found. The decision is one fixed-order product of the stored vectors, so nothing is dropped wrongly; the search for
/// pairs may miss some, and says how many (`RecallEstimate`). Where it misses more than `minRecall` allows it looks further
/// and does its work again. The same vectors, settings and seed give the same decisions with any number of threads.
///
/// Memory beside the vectors, which may be a mapped file: for each kept row 4 × length + 4 bytes, for length see
/// `VectorProjection` (132 to 516 bytes for 384 dimensions at 0.9 to 0.7), 8 bytes for each row, and at most 100 MB.
/// Source: arXiv 2406.20094, Section 2.3 (cosine above 0.9; 0.5 where fewer, more different personas are wanted).
package struct SemanticDedup: Sendable {
  /// The name of this step in verdicts.
  package static let stage = "semantic-dedup"
  /// The reason in verdicts.
  package static let reason = "same-meaning"

  package struct Settings: Sendable {
    /// Cosine above which two rows mean the same.
    package var threshold: Float
    /// Compares whatever could be a pair: recall is 1, and the work grows with the square of the rows.
    package var isExact = false
    /// The least share of rows to go that do go.
    package var minRecall = 0.99
    package var threads = 2
    package var seed: UInt64 = 0
    /// Bytes for the short vectors of kept rows: if all rows were kept, they stay below it.
    package var memory = 2 << 30
    /// Cells of the search; nil leaves it to the number of rows. Few rows are compared without cells, which is exact.
    package var cells: Int?

    package init(threshold: Float) { self.threshold = threshold }
  }

  /// How far the work is.
  package struct Progress: Sendable {
    package enum Phase: String, Sendable {
      case prepare = "preparing"
      case compare = "comparing"
      case check = "estimating recall"
    }
    package var phase: Phase
    /// Rows that this phase is done with.
    package var rows: Int
    /// Share of this phase that is done.
    package var share: Double
  }

  package struct Result: Sendable {
    /// One for each row, in input order.
    package var decisions: [VectorDecision]
    package var recall: RecallEstimate
    /// True when every possible pair was compared, so that recall is 1 by construction.
    package var isExact: Bool
    /// How often the search was widened.
    package var widened: Int
    package var cells: Int
    /// Numbers in a short vector.
    package var length: Int
    /// Of the exact width, the share that was taken.
    package var width: Double

    package var kept: Int { decisions.count { $0.isKept } }
  }

  let settings: Settings

  /// - Throws: `Problem` when a setting makes no sense.
  package init(_ settings: Settings) throws(Problem) {
    guard settings.threshold >= 0.05, settings.threshold < 1 else {
      throw Problem(
        "a semantic threshold is a cosine from 0.05 to below 1, and is \(settings.threshold)",
        advice: "the paper takes 0.9, and 0.5 for fewer and more different personas", consequence: .wrongUsage)
    }
    guard settings.minRecall >= 0, settings.minRecall <= 1 else {
      throw Problem(
        "the least recall is a share from 0 to 1, and is \(settings.minRecall)", advice: "0.99 is usual",
        consequence: .wrongUsage)
    }
    guard settings.threads > 0 else {
      throw Problem("there must be at least one thread", consequence: .wrongUsage)
    }
    self.settings = settings
  }

  /// Rows below which all pairs are compared: that takes a second then.
  private static let fewRows = 65_536

  /// Decides on all rows.
  /// - Parameters:
  ///   - keptCount: so many rows at the start are kept without being compared with each other: a collection that is
  ///     deduplicated already. In input order the result is that of one run over all, as far as recall goes.
  ///   - onWiden: told the recall that was too low, before the search is done again.
  ///   - onProgress: what it throws ends the work.
  package func run(
    _ vectors: VectorRows, keptCount: Int = 0, onWiden: (RecallEstimate) -> Void = { _ in },
    onProgress: (Progress) throws -> Void = { _ in }
  ) throws -> Result {
    let total = max(vectors.count, 1)
    func report(_ phase: Progress.Phase, _ rows: Int) throws {
      try onProgress(Progress(phase: phase, rows: rows, share: min(Double(rows) / Double(total), 1)))
    }
    let loop = ParallelLoop(threads: settings.threads)
    let cells =
      settings.isExact
      ? 1 : settings.cells ?? (vectors.count > Self.fewRows ? VectorCells.count(forRows: vectors.count) : 1)
    try report(.prepare, 0)
    let projection = VectorProjection.choose(
      for: vectors, threshold: settings.threshold, comparedShare: cells > 1 ? 0.04 : 1,
      longest: max(settings.memory / total / 4, 32), seed: settings.seed, loop)
    var reach = VectorSurvivorSearch.Reach(
      projection: projection,
      cells: VectorCells(count: cells, of: vectors, projection: projection, seed: settings.seed, loop),
      width: VectorSurvivorSearch.Reach.exactWidth(settings.threshold))
    if !settings.isExact {
      try reach.calibrate(for: vectors, threshold: settings.threshold, seed: settings.seed, loop) {
        try report(.prepare, $0)
      }
    }
    var widened = 0
    while true {
      var search = VectorSurvivorSearch(
        vectors, threshold: settings.threshold, reach: reach, keptCount: keptCount, loop)
      try search.run { try report(.compare, $0) }
      let isExact = reach.isExact(at: settings.threshold)
      let kept = search.decisions.count { $0.isKept }
      let recall =
        isExact
        ? RecallEstimate(dropped: vectors.count - kept, kept: kept, sampled: kept, missedInSample: 0)
        : try search.recall(seed: settings.seed) { try report(.check, Int($0 * Double(total))) }
      if isExact || recall.recall >= settings.minRecall {
        return Result(
          decisions: search.decisions, recall: recall, isExact: isExact, widened: widened, cells: reach.cells.count,
          length: projection.length,
          width: Double(reach.width / VectorSurvivorSearch.Reach.exactWidth(settings.threshold)))
      }
      onWiden(recall)
      widened += 1
      reach.width = min(
        max(reach.width * 1.25, 0.05), VectorSurvivorSearch.Reach.exactWidth(settings.threshold))
    }
  }

  /// The decision on a row as a record.
  /// - Parameter representative: the id of a row; asked for the one that this row repeats.
  package static func verdict(
    id: String, _ decision: VectorDecision, representative: (Int) -> String
  ) -> Verdict {
    guard let row = decision.representative else { return Verdict(id: id, stage: stage, keep: true) }
    return Verdict(
      id: id, stage: stage, keep: false, reason: reason, representative: representative(row),
      similarity: Double(decision.cosine))
  }
}
