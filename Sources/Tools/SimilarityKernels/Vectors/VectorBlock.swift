/// Consecutive rows as short vectors, each with its own cell and the cells it looks into.
@safe struct VectorBlock {
  let rows: Range<Int>
  let homes: [UInt32]
  /// Cells that each row looks into, row after row.
  private let cells: [UInt32]
  private let cellEnds: [Int]
  private let short: FloatMatrix

  private static let rowsAtOnce = 256

  /// - Parameter short: room for as many short vectors as there are rows; the block's until the next one is made in it.
  init(
    _ rows: Range<Int>, of vectors: VectorRows, _ reach: VectorSurvivorSearch.Reach, into short: FloatMatrix,
    _ loop: ParallelLoop
  ) {
    precondition(rows.count <= short.rows && short.columns == reach.projection.length, "room for all rows")
    self.rows = rows
    self.short = short
    func makeScratch() -> Scratch { Scratch(dimension: vectors.dimension, cells: reach.cells) }
    let parts = loop.map(
      (rows.count + Self.rowsAtOnce - 1) / Self.rowsAtOnce,
      scratch: makeScratch
    ) { part, scratch in
      let first = part * Self.rowsAtOnce
      let count = min(Self.rowsAtOnce, rows.count - first)
      let from = rows.lowerBound + first
      unsafe reach.projection.project(from..<from + count, of: vectors, long: scratch.long, into: short.row(first))
      var result = Part()
      guard reach.cells.count > 1 else {
        result.homes = Array(repeating: 0, count: count)
        result.cells = result.homes
        result.counts = Array(repeating: 1, count: count)
        return result
      }
      unsafe reach.cells.forEach(short.row(first), count: count, width: reach.width, scratch.cells) {
        _, home, cells in
        result.homes.append(UInt32(home))
        result.cells.append(contentsOf: cells)
        result.counts.append(cells.count)
      }
      return result
    }
    homes = parts.flatMap(\.homes)
    cells = parts.flatMap(\.cells)
    var ends = [0]
    ends.reserveCapacity(rows.count + 1)
    for part in parts { for count in part.counts { ends.append(ends[ends.count - 1] + count) } }
    cellEnds = ends
  }

  private struct Part {
    var homes: [UInt32] = []
    var cells: [UInt32] = []
    var counts: [Int] = []
  }

  @safe private final class Scratch {
    let long: FloatMatrix
    let cells: VectorCells.Scratch

    init(dimension: Int, cells: VectorCells) {
      long = FloatMatrix(rows: VectorBlock.rowsAtOnce, columns: dimension)
      self.cells = cells.makeScratch()
    }
  }

  func vector(_ row: Int) -> UnsafePointer<Float> {
    precondition(rows.contains(row), "a row of the block")
    return unsafe UnsafePointer(short.row(row - rows.lowerBound))
  }

  /// For each cell the rows that look into it, ascending: those from `start` on.
  func visitors(cells count: Int, from start: Int) -> (rows: [UInt32], ends: [Int]) {
    var ends = [Int](repeating: 0, count: count + 1)
    let first = max(start, rows.lowerBound)
    for place in cellEnds[first - rows.lowerBound]..<cells.count { ends[Int(cells[place]) + 1] += 1 }
    for cell in 0..<count { ends[cell + 1] += ends[cell] }
    var next = ends
    var visitors = [UInt32](repeating: 0, count: ends[count])
    for row in first..<rows.upperBound {
      let place = row - rows.lowerBound
      for cell in cells[cellEnds[place]..<cellEnds[place + 1]] {
        visitors[next[Int(cell)]] = UInt32(row)
        next[Int(cell)] += 1
      }
    }
    return (visitors, ends)
  }
}
