/// Finds the survivors among unit vectors: greedy in input order, each row against the rows kept before it.
///
/// A row is dropped when a kept row before it has a cosine above the threshold; its representative is the first such row
/// that is found. So no row is dropped without a kept neighbour, whatever was not found.
///
/// Rows go by in blocks. Those of a block are compared with the kept rows of earlier blocks, cell by cell in panels of short
/// vectors, and what remains of them with itself. Short products only propose (`VectorProjection`): what is above
/// the threshold less a margin is decided by `VectorRows.cosine`. Which pairs are compared depends on cells, width and the order
/// of rows alone, so the decisions are the same with any number of threads.
///
/// Memory for each kept row: `CellIndex`; for each row 8 bytes of decisions; one block of short vectors.
package struct VectorSurvivorSearch {
  /// Which rows are compared.
  package struct Reach: Sendable {
    package var projection: VectorProjection
    package var cells: VectorCells
    /// How far borders may be away behind which is looked; the sine of the threshold's angle makes the search exact.
    package var width: Float

    package init(projection: VectorProjection, cells: VectorCells, width: Float) {
      self.projection = projection
      self.cells = cells
      self.width = width
    }
  }

  let vectors: VectorRows
  let threshold: Float
  let reach: Reach
  let keptCount: Int
  let loop: ParallelLoop
  private(set) var index: CellIndex
  package private(set) var decisions: [VectorDecision]

  static let blockSize = 8192
  /// Rows whose pairs are looked at together inside a block.
  static let stepSize = VectorTiles.queriesAtOnce

  /// - Parameters:
  ///   - threshold: above 0.01 and below 1; a pair counts when its cosine is above it.
  ///   - keptCount: so many rows at the start are kept without being compared with each other.
  package init(
    _ vectors: VectorRows, threshold: Float, reach: Reach, keptCount: Int = 0, _ loop: ParallelLoop
  ) {
    precondition(threshold > 0.01 && threshold < 1, "a threshold that proposals can stay below")
    self.vectors = vectors
    self.threshold = threshold
    self.reach = reach
    self.keptCount = keptCount
    self.loop = loop
    index = CellIndex(cells: reach.cells.count, length: reach.projection.length)
    decisions = [VectorDecision](repeating: .kept, count: vectors.count)
  }

  var limit: Float { threshold - VectorProjection.margin }

  /// Decides on all rows.
  /// - Parameter onProgress: told after each block how many rows are decided on; what it throws ends the search.
  package mutating func run(onProgress: (_ rows: Int) throws -> Void) rethrows {
    let short = FloatMatrix(rows: Self.blockSize, columns: reach.projection.length)
    for start in stride(from: 0, to: vectors.count, by: Self.blockSize) {
      let block = VectorBlock(start..<min(start + Self.blockSize, vectors.count), of: vectors, reach, into: short, loop)
      compareWithEarlier(block)
      let kept = compareWithin(block)
      for row in kept { unsafe index.add(block.vector(row), row: row, cell: Int(block.homes[row - start])) }
      try onProgress(block.rows.upperBound)
    }
  }

  /// The definition, pair by pair: what tests compare the search with.
  package static func reference(_ vectors: VectorRows, threshold: Float, keptCount: Int = 0) -> [VectorDecision] {
    var decisions = [VectorDecision](repeating: .kept, count: vectors.count)
    var kept: [Int] = []
    for row in 0..<vectors.count {
      if row >= keptCount, let first = kept.first(where: { vectors.cosine($0, row) > threshold }) {
        decisions[row] = VectorDecision(representative: first, cosine: vectors.cosine(first, row))
      } else {
        kept.append(row)
      }
    }
    return decisions
  }

  // MARK: - Against earlier blocks

  /// Rows of a block that look into one cell: at most `queriesAtOnce`.
  private struct Visit {
    let cell: Int
    let rows: Range<Int>
  }

  private struct Drop {
    let row: Int
    let decision: VectorDecision
  }

  @safe private final class Scratch {
    let queries: FloatMatrix
    let hits = VectorTiles.Hits()
    var isDropped = [Bool](repeating: false, count: VectorTiles.queriesAtOnce)

    init(length: Int) { queries = FloatMatrix(rows: VectorTiles.queriesAtOnce, columns: length) }
  }

  private mutating func compareWithEarlier(_ block: VectorBlock) {
    guard index.rowCount > 0, block.rows.upperBound > keptCount else { return }
    let visitors = block.visitors(cells: reach.cells.count, from: keptCount)
    var visits: [Visit] = []
    for cell in 0..<reach.cells.count where index.rows(in: cell) > 0 {
      let all = visitors.ends[cell]..<visitors.ends[cell + 1]
      for first in stride(from: all.lowerBound, to: all.upperBound, by: VectorTiles.queriesAtOnce) {
        visits.append(Visit(cell: cell, rows: first..<min(first + VectorTiles.queriesAtOnce, all.upperBound)))
      }
    }
    let length = reach.projection.length
    func makeScratch() -> Scratch { Scratch(length: length) }
    let drops = loop.map(visits.count, scratch: makeScratch) { number, scratch in
      let visit = visits[number]
      return self.drops(of: visitors.rows[visit.rows], among: index.panels(of: visit.cell), block, scratch)
    }
    for drop in drops.joined() { decisions[drop.row] = decisions[drop.row].orEarlier(drop.decision) }
  }

  private func drops(
    of rows: ArraySlice<UInt32>, among panels: [Int], _ block: VectorBlock, _ scratch: Scratch
  ) -> [Drop] {
    let length = reach.projection.length
    for (place, row) in rows.enumerated() {
      // Safe: the scratch has room for `queriesAtOnce` vectors, and there are at most as many rows.
      unsafe scratch.queries.row(place).update(from: block.vector(Int(row)), count: length)
      scratch.isDropped[place] = false
    }
    var drops: [Drop] = []
    for panel in panels {
      unsafe VectorTiles.forEachAbove(
        limit, queries: scratch.queries.base, count: rows.count, panels: index.panels, panel: panel, hits: scratch.hits
      ) { query, owner in
        // Rows of a cell ascend, so the first that is above the threshold is the representative.
        guard !scratch.isDropped[query] else { return }
        let row = Int(rows[rows.startIndex + query])
        let cosine = vectors.cosine(row, owner)
        guard cosine > threshold else { return }
        scratch.isDropped[query] = true
        drops.append(Drop(row: row, decision: VectorDecision(representative: owner, cosine: cosine)))
      }
    }
    return drops
  }

  // MARK: - Within a block

  /// Panels that one thread looks through at a time.
  private static let panelsAtOnce = 16

  /// - Returns: the rows that are kept, ascending.
  private mutating func compareWithin(_ block: VectorBlock) -> [Int] {
    let alive = block.rows.filter { decisions[$0].isKept }
    let length = reach.projection.length
    let earlier = VectorPanels(dimension: length)
    let queries = FloatMatrix(rows: Self.stepSize, columns: length)
    let hits = VectorTiles.Hits()
    var kept: [Int] = []
    for first in stride(from: 0, to: alive.count, by: Self.stepSize) {
      let step = alive[first..<min(first + Self.stepSize, alive.count)]
      for (place, row) in step.enumerated() {
        unsafe queries.row(place).update(from: block.vector(row), count: length)
      }
      if let last = step.last, last >= keptCount {
        dropCopies(of: earlier, step, queries)
        dropCopiesAmong(step, queries, hits)
      }
      for (place, row) in step.enumerated() where decisions[row].isKept {
        if kept.count % VectorPanels.width == 0 { _ = earlier.add() }
        unsafe earlier.put(
          queries.row(place), owner: row, panel: earlier.count - 1, column: kept.count % VectorPanels.width)
        kept.append(row)
      }
    }
    return kept
  }

  /// Rows of a step against those kept before it in the block.
  private mutating func dropCopies(of earlier: VectorPanels, _ step: ArraySlice<Int>, _ queries: FloatMatrix) {
    let parts = (earlier.count + Self.panelsAtOnce - 1) / Self.panelsAtOnce
    let drops = loop.map(parts, scratch: VectorTiles.Hits.init) { part, hits in
      var drops = [VectorDecision](repeating: .kept, count: step.count)
      let first = part * Self.panelsAtOnce
      for panel in first..<min(first + Self.panelsAtOnce, earlier.count) {
        unsafe VectorTiles.forEachAbove(
          limit, queries: queries.base, count: step.count, panels: earlier, panel: panel, hits: hits
        ) { query, owner in
          let row = step[step.startIndex + query]
          guard drops[query].isKept, row >= keptCount else { return }
          let cosine = vectors.cosine(row, owner)
          if cosine > threshold { drops[query] = VectorDecision(representative: owner, cosine: cosine) }
        }
      }
      return drops
    }
    for part in drops {
      for (query, row) in step.enumerated() { decisions[row] = decisions[row].orEarlier(part[query]) }
    }
  }

  /// Rows of a step against each other.
  private mutating func dropCopiesAmong(_ step: ArraySlice<Int>, _ queries: FloatMatrix, _ hits: VectorTiles.Hits) {
    let panels = VectorPanels(rows: queries, count: step.count)
    var proposed: [(query: Int, other: Int)] = []
    for panel in 0..<panels.count {
      unsafe VectorTiles.forEachAbove(
        limit, queries: queries.base, count: step.count, panels: panels, panel: panel, hits: hits
      ) { query, owner in
        if owner < query { proposed.append((query, owner)) }
      }
    }
    // A row must be decided on before it can be a representative.
    proposed.sort { $0 < $1 }
    for pair in proposed {
      let row = step[step.startIndex + pair.query]
      let other = step[step.startIndex + pair.other]
      guard row >= keptCount, decisions[row].isKept, decisions[other].isKept else { continue }
      let cosine = vectors.cosine(row, other)
      if cosine > threshold { decisions[row] = VectorDecision(representative: other, cosine: cosine) }
    }
  }
}
