import PersonaRecords

extension VectorSurvivorSearch.Reach {
  /// The sine of the angle of a cosine: the width at which nothing above it is missed.
  package static func exactWidth(_ threshold: Float) -> Float { (1 - threshold * threshold).squareRoot() }

  /// Whether every pair above the threshold is compared.
  package func isExact(at threshold: Float) -> Bool { cells.count == 1 || width >= Self.exactWidth(threshold) }

  /// What a choice of width rests on.
  private enum Calibration {
    static let sampledRows = 4096
    /// Partners of one row that count; in a cluster of a million copies more would say nothing new.
    static let partnersPerRow = 64
    static let partnersPerRowAndPart = 4
    /// The share of pairs that may lie behind borders that are further away.
    static let missedShare = 0.005
    /// Where the sample has no pairs at all.
    static let shareOfExactWidth: Float = 0.4
    static let panelsAtOnce = 16
  }

  /// Sets the width by pairs that lie above the threshold in truth: some rows are compared with all others, and what is
  /// looked at is how far their partners' cells are.
  /// - Parameter onProgress: told how many rows have gone by; what it throws ends the work.
  package mutating func calibrate(
    for vectors: VectorRows, threshold: Float, seed: UInt64, _ loop: ParallelLoop,
    onProgress: (_ rows: Int) throws -> Void
  ) rethrows {
    let exact = Self.exactWidth(threshold)
    width = exact
    guard cells.count > 1 else { return }
    var random = SeededRandom(seed: seed, purpose: "width")
    let sample = VectorSample.rows(min(Calibration.sampledRows, vectors.count), of: vectors.count, &random)
    var distances: [Float] = []
    try forEachPair(of: sample, vectors, threshold, loop, onProgress: onProgress) { distances.append($0) }
    distances.sort()
    guard !distances.isEmpty else {
      width = exact * Calibration.shareOfExactWidth
      return
    }
    let enough = distances[Int((Double(distances.count - 1) * (1 - Calibration.missedShare)).rounded(.up))]
    width = min(exact, enough)
  }

  /// Finds partners of sampled rows among all rows, and tells how far each is behind the border of the row's own cell.
  private func forEachPair(
    of sample: [Int], _ vectors: VectorRows, _ threshold: Float, _ loop: ParallelLoop,
    onProgress: (Int) throws -> Void, _ body: (Float) -> Void
  ) rethrows {
    let queries = projection.project(sample, of: vectors, loop)
    let homes = homes(of: queries)
    let short = FloatMatrix(rows: VectorSurvivorSearch.blockSize, columns: projection.length)
    var partners = [Int](repeating: 0, count: sample.count)
    var unbounded = self
    // No cells beside each row's own are wanted here.
    unbounded.width = -1
    for start in stride(from: 0, to: vectors.count, by: VectorSurvivorSearch.blockSize) {
      let rows = start..<min(start + VectorSurvivorSearch.blockSize, vectors.count)
      let block = VectorBlock(rows, of: vectors, unbounded, into: short, loop)
      let panels = VectorPanels(rows: short, count: rows.count)
      let counted = partners
      let found = loop.map(
        (panels.count + Calibration.panelsAtOnce - 1) / Calibration.panelsAtOnce, scratch: VectorTiles.Hits.init
      ) { part, hits in
        let first = part * Calibration.panelsAtOnce
        let some = first..<min(first + Calibration.panelsAtOnce, panels.count)
        return pairs(queries, sample, panels, some, vectors, threshold, start, counted, hits)
      }
      for pair in found.joined() where partners[pair.query] < Calibration.partnersPerRow {
        partners[pair.query] += 1
        let home = Int(block.homes[pair.row - start])
        body(cells.distance(of: queries.copy(pair.query), home: homes[pair.query], toBorderOf: home))
      }
      try onProgress(rows.upperBound)
    }
  }

  private struct Pair {
    let query: Int
    let row: Int
  }

  private func pairs(
    _ queries: FloatMatrix, _ sample: [Int], _ panels: VectorPanels, _ some: Range<Int>, _ vectors: VectorRows,
    _ threshold: Float, _ start: Int, _ counted: [Int], _ hits: VectorTiles.Hits
  ) -> [Pair] {
    var pairs: [Pair] = []
    var own = [Int](repeating: 0, count: sample.count)
    for first in stride(from: 0, to: sample.count, by: VectorTiles.queriesAtOnce) {
      let count = min(VectorTiles.queriesAtOnce, sample.count - first)
      for panel in some {
        unsafe VectorTiles.forEachAbove(
          threshold - VectorProjection.margin, queries: queries.row(first), count: count, panels: panels, panel: panel,
          hits: hits
        ) { place, owner in
          let query = first + place
          let row = start + owner
          guard own[query] < Calibration.partnersPerRowAndPart, counted[query] < Calibration.partnersPerRow,
            row != sample[query], vectors.cosine(sample[query], row) > threshold
          else { return }
          own[query] += 1
          pairs.append(Pair(query: query, row: row))
        }
      }
    }
    return pairs
  }

  private func homes(of short: FloatMatrix) -> [Int] {
    var homes: [Int] = []
    unsafe cells.forEach(short.base, count: short.rows, width: -1, cells.makeScratch()) { _, home, _ in
      homes.append(home)
    }
    return homes
  }
}
