/// A row and its cosine to what was asked for.
package struct NearRow: Sendable, Equatable {
  package var row: Int
  package var cosine: Float

  package init(row: Int, cosine: Float) {
    self.row = row
    self.cosine = cosine
  }

  /// Larger cosines first, and of equal ones the row that stands first.
  static func stands(_ one: NearRow, before other: NearRow) -> Bool {
    one.cosine != other.cosine ? one.cosine > other.cosine : one.row < other.row
  }
}

extension VectorRows {
  private static let rowsAtOnce = 8192

  /// The rows with the largest cosines to a vector, the largest first: all rows are looked at, so the answer is exact, and the
  /// same with any number of threads.
  ///
  /// - Parameters:
  ///   - vector: `dimension` numbers, of length 1 for the products to be cosines.
  ///   - wanted: at most so many.
  /// - Complexity: reads every row once, in order.
  package func nearest(to vector: [Float], count wanted: Int, _ loop: ParallelLoop) -> [NearRow] {
    guard wanted > 0 else { return [] }
    let parts = loop.map((count + Self.rowsAtOnce - 1) / Self.rowsAtOnce, scratch: NearList.init) { part, _ in
      let list = NearList()
      let first = part * Self.rowsAtOnce
      for row in first..<min(first + Self.rowsAtOnce, count) {
        list.add(NearRow(row: row, cosine: cosine(vector.span, row: row)), keeping: wanted)
      }
      return list.rows
    }
    let best = NearList()
    for row in parts.joined() { best.add(row, keeping: wanted) }
    return best.rows.sorted(by: NearRow.stands)
  }

  /// The rows with the largest cosines to one of them, which is not among them.
  package func nearest(toRow row: Int, count wanted: Int, _ loop: ParallelLoop) -> [NearRow] {
    Array(nearest(to: vector(row), count: wanted + 1, loop).filter { $0.row != row }.prefix(wanted))
  }
}

/// The best rows so far, as a heap with the worst of them at its top.
private final class NearList {
  private(set) var rows: [NearRow] = []

  @inline(__always)
  func add(_ row: NearRow, keeping wanted: Int) {
    if rows.count < wanted {
      rows.append(row)
      rise(from: rows.count - 1)
    } else if NearRow.stands(row, before: rows[0]) {
      rows[0] = row
      sink()
    }
  }

  private func rise(from start: Int) {
    var place = start
    while place > 0, NearRow.stands(rows[(place - 1) / 2], before: rows[place]) {
      rows.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private func sink() {
    var place = 0
    while true {
      var worst = place
      for child in 2 * place + 1...2 * place + 2
      where child < rows.count && NearRow.stands(rows[worst], before: rows[child]) { worst = child }
      guard worst != place else { return }
      rows.swapAt(place, worst)
      place = worst
    }
  }
}
