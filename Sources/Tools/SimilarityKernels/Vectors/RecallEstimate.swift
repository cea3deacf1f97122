import PersonaRecords

/// The share of rows that should go and did go, estimated on a sample.
///
/// A row that was kept although a row kept before it is above the threshold was missed. Of the kept rows a sample is
/// compared with all kept rows before each, which is exact; the share of missed ones among them, times the kept rows,
/// estimates how many were missed in all. Recall is dropped / (dropped + missed).
package struct RecallEstimate: Sendable, Equatable {
  /// Rows dropped, all of them rightly: that is decided, not estimated.
  package let dropped: Int
  package let kept: Int
  /// Kept rows that were looked at.
  package let sampled: Int
  /// Of these, the ones that should have gone.
  package let missedInSample: Int

  package init(dropped: Int, kept: Int, sampled: Int, missedInSample: Int) {
    self.dropped = dropped
    self.kept = kept
    self.sampled = sampled
    self.missedInSample = missedInSample
  }

  private var missed: Double { sampled == 0 ? 0 : Double(kept) * Double(missedInSample) / Double(sampled) }

  /// 1 when nothing was to be found.
  package var recall: Double { missed == 0 ? 1 : Double(dropped) / (Double(dropped) + missed) }

  /// Standard error of `recall`; 0 when all kept rows were looked at. With no missed row in the sample it is what half a
  /// missed row in it would give, not 0.
  package var standardError: Double {
    guard sampled > 0, sampled < kept else { return 0 }
    let share = max(Double(missedInSample), 0.5) / Double(sampled)
    let whole = 1 - Double(sampled) / Double(kept)
    let error = (share * (1 - share) / Double(sampled) * whole).squareRoot()
    let all = Double(dropped) + Double(kept) * share
    // The derivative of dropped / (dropped + kept · share) by the share.
    return Double(dropped) * Double(kept) * error / (all * all)
  }
}

extension VectorSurvivorSearch {
  /// Rows that an estimate looks at: at 1% of rows missed and one row in ten dropped, a standard error of 0.3%.
  private static let sampledRows = 8192

  /// Estimates the recall of the search that was run, by kept rows that are compared with all kept rows before them.
  /// - Parameter onProgress: told the share that is done; what it throws ends the work.
  package func recall(
    seed: UInt64, sampling wanted: Int? = nil, onProgress: (_ share: Double) throws -> Void
  ) rethrows -> RecallEstimate {
    let kept = decisions.indices.filter { decisions[$0].isKept && $0 >= keptCount }
    var random = SeededRandom(seed: seed, purpose: "recall")
    let chosen = VectorSample.rows(min(wanted ?? Self.sampledRows, kept.count), of: kept.count, &random)
    let sample = chosen.map { kept[$0] }
    let queries = reach.projection.project(sample, of: vectors, loop)
    var isMissed = [Bool](repeating: false, count: sample.count)
    let step = 1024
    let pieces = (index.panels.count + step - 1) / step
    for piece in 0..<pieces {
      let panels = piece * step..<min((piece + 1) * step, index.panels.count)
      let groups = (sample.count + VectorTiles.queriesAtOnce - 1) / VectorTiles.queriesAtOnce
      let missedBefore = isMissed
      let found = loop.map(groups, scratch: VectorTiles.Hits.init) { group, hits in
        missed(queries, sample, group, panels, missedBefore, hits)
      }
      for query in found.joined() { isMissed[query] = true }
      try onProgress(Double(piece + 1) / Double(pieces))
    }
    let dropped = decisions.count { !$0.isKept }
    return RecallEstimate(
      dropped: dropped, kept: kept.count, sampled: sample.count, missedInSample: isMissed.count { $0 })
  }

  /// Queries of a group that have a kept row before them above the threshold in some panels.
  private func missed(
    _ queries: FloatMatrix, _ sample: [Int], _ group: Int, _ panels: Range<Int>, _ missedBefore: [Bool],
    _ hits: VectorTiles.Hits
  ) -> [Int] {
    let first = group * VectorTiles.queriesAtOnce
    let count = min(VectorTiles.queriesAtOnce, sample.count - first)
    var isMissed = Array(missedBefore[first..<first + count])
    var found: [Int] = []
    for panel in panels {
      unsafe VectorTiles.forEachAbove(
        limit, queries: queries.row(first), count: count, panels: index.panels, panel: panel, hits: hits
      ) { place, owner in
        let row = sample[first + place]
        guard owner < row, !isMissed[place], vectors.cosine(row, owner) > threshold else { return }
        isMissed[place] = true
        found.append(first + place)
      }
    }
    return found
  }
}
