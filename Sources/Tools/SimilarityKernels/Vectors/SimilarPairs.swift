import PersonaRecords

/// Pairs of rows with a wanted cosine, found without comparing everything.
///
/// Rows stand in a random order. The first few are compared with each other, all of them, by short products that never
/// miss a pair (`VectorProjection`); if too few pairs are found, twice as many rows are taken, and so on. Of the pairs found
/// those are given out whose random numbers, drawn for each pair from the seed, are least.
///
/// *What distribution they have:* every pair of the collection whose cosine is within the tolerance is equally likely to be
/// among the rows that are compared, for those are the first of a random order. As of the pairs found there only some are
/// given out, pairs of rows that have very many such partners have a slightly smaller chance than others: where they are
/// compared, more is found. The pairs are not independent either: rows occur in several of them more often than in a
/// collection searched through. Both fade with `oversampling`, and are gone when all rows were compared: then the pairs are
/// a plain random sample of all there are.
package enum SimilarPairs {
  package struct Pair: Sendable, Equatable {
    /// The row that stands first in the collection.
    package var one: Int
    package var other: Int
    package var cosine: Float

    package init(one: Int, other: Int, cosine: Float) {
      self.one = one
      self.other = other
      self.cosine = cosine
    }
  }

  package struct Found: Sendable, Equatable {
    /// In random order.
    package var pairs: [Pair]
    /// Rows that were compared with each other.
    package var comparedRows: Int
    /// Pairs with the wanted cosine among these rows.
    package var pairCount: Int
  }

  /// Pairs that are looked for, for each that is wanted.
  private static let oversampling = 4
  private static let firstRows = 1024
  private static let panelsAtOnce = 32

  /// - Parameters:
  ///   - cosine: what pairs should have, above the tolerance.
  ///   - tolerance: how far they may be from it, either way.
  ///   - wanted: at most so many; fewer when the collection has not as many.
  ///   - onProgress: told how many pairs were found among how many rows; what it throws ends the work.
  package static func find(
    cosine: Float, tolerance: Float, count wanted: Int, in vectors: VectorRows, seed: UInt64, _ loop: ParallelLoop,
    onProgress: (_ pairs: Int, _ rows: Int) throws -> Void
  ) rethrows -> Found {
    var found = Found(pairs: [], comparedRows: 0, pairCount: 0)
    guard wanted > 0, vectors.count > 1 else { return found }
    var random = SeededRandom(seed: seed, purpose: "pairs")
    var order = Array(UInt32(0)..<UInt32(vectors.count))
    // Below this limit padding would be proposed too; then all pairs of a panel are, and few rows are enough.
    let limit = cosine - tolerance - VectorProjection.margin
    precondition(limit > 0, "cosines above 0")
    let projection = VectorProjection.choose(
      for: vectors, threshold: cosine - tolerance, comparedShare: 1, seed: seed, loop)
    let panels = VectorPanels(dimension: projection.length)
    let one = FloatMatrix(rows: 1, columns: vectors.dimension)
    let short = FloatMatrix(rows: 1, columns: projection.length)
    var lottery = Lottery(size: wanted, seed: random.next())
    var rows = 0
    while rows < vectors.count, found.pairCount < wanted * oversampling || rows < firstRows {
      let target = min(vectors.count, max(firstRows, rows * 2))
      // A random order is made only as far as it is wanted.
      for place in rows..<target {
        order.swapAt(place, place + random.below(vectors.count - place))
        let row = Int(order[place])
        unsafe projection.project(row..<row + 1, of: vectors, long: one, into: short.base)
        if place % VectorPanels.width == 0 { _ = panels.add() }
        unsafe panels.put(
          short.base, owner: place, panel: place / VectorPanels.width, column: place % VectorPanels.width)
      }
      try compare(rows..<target, order, vectors, projection, panels, limit, cosine, tolerance, loop) { pair in
        found.pairCount += 1
        lottery.draw(pair)
      } onRows: {
        try onProgress(found.pairCount, $0)
      }
      rows = target
    }
    found.comparedRows = rows
    found.pairs = lottery.winners
    return found
  }

  /// Rows at some places of the order with all rows before each.
  private static func compare(
    _ places: Range<Int>, _ order: [UInt32], _ vectors: VectorRows, _ projection: VectorProjection,
    _ panels: VectorPanels, _ limit: Float, _ cosine: Float, _ tolerance: Float, _ loop: ParallelLoop,
    _ body: (Pair) -> Void, onRows: (Int) throws -> Void
  ) rethrows {
    let step = VectorTiles.queriesAtOnce
    for first in stride(from: places.lowerBound, to: places.upperBound, by: step) {
      let some = first..<min(first + step, places.upperBound)
      let queries = projection.project(order[some].map { Int($0) }, of: vectors, loop)
      let needed = (some.upperBound + VectorPanels.width - 1) / VectorPanels.width
      let parts = loop.map((needed + panelsAtOnce - 1) / panelsAtOnce, scratch: VectorTiles.Hits.init) { part, hits in
        var pairs: [Pair] = []
        for panel in part * panelsAtOnce..<min((part + 1) * panelsAtOnce, needed) {
          unsafe VectorTiles.forEachAbove(
            limit, queries: queries.base, count: some.count, panels: panels, panel: panel, hits: hits
          ) { query, place in
            guard place < first + query else { return }
            let row = Int(order[first + query])
            let other = Int(order[place])
            let found = vectors.cosine(row, other)
            guard abs(found - cosine) <= tolerance else { return }
            pairs.append(Pair(one: min(row, other), other: max(row, other), cosine: found))
          }
        }
        return pairs
      }
      for pair in parts.joined() { body(pair) }
      try onRows(some.upperBound)
    }
  }

  /// Keeps the pairs with the least tickets; a pair's ticket depends on the seed and its rows alone.
  private struct Lottery {
    let size: Int
    let seed: UInt64
    private var entries: [(ticket: UInt64, pair: Pair)] = []

    init(size: Int, seed: UInt64) {
      self.size = size
      self.seed = seed
    }

    mutating func draw(_ pair: Pair) {
      let rows = UInt64(pair.one) << 32 | UInt64(pair.other)
      entries.append((StableHash.mix(StableHash.mix(rows) ^ seed), pair))
      if entries.count >= 4 * size + 1024 { cut() }
    }

    private mutating func cut() {
      entries.sort { ($0.ticket, $0.pair.one, $0.pair.other) < ($1.ticket, $1.pair.one, $1.pair.other) }
      entries.removeLast(max(entries.count - size, 0))
    }

    var winners: [Pair] {
      var all = self
      all.cut()
      return all.entries.map(\.pair)
    }
  }
}
