import PersonaRecords

/// Cells of vectors that point in similar directions, by spherical k-means on short vectors.
///
/// A vector lives in the cell whose centre has the largest product with it. Partners of a vector live in its own cell or in
/// one behind a border that is not far: let a and b be the centres of x's cell and another one. The border between them is
/// the plane through 0 whose normal is a − b, and x is x·(a − b)/|a − b| away from it. If y, at an angle of at most θ from x, lives
/// in the cell of b, it stands on the other side, so by the triangle inequality of angles x is at most sin θ away. A
/// search that looks behind all borders at most sin θ away is exact; with a smaller *width* it is faster and may miss pairs.
@safe package final class VectorCells: Sendable {
  package let count: Int
  private let centres: Centres

  /// Written while the cells are made, and only read afterwards.
  private struct Centres: @unchecked Sendable {
    /// `count` × length; the number that stands for the rest is 0, so products with short vectors are those of directions.
    let matrix: FloatMatrix
    let panels: VectorPanels
    /// |a − b| of any two.
    let distances: FloatMatrix
  }

  /// More cells would take more memory for the distances between them than they save.
  package static let largestCount = 4096
  private static let rounds = 8
  private static let trainedOnPerCell = 128
  private static let rowsAtOnce = 64

  /// About a thousand rows in each cell. Smaller cells have centres of little meaning, and partners further from each other.
  package static func count(forRows rows: Int) -> Int { min(largestCount, max(1, rows / 32_768) * 32) }

  /// Trains on a sample of the rows; the same rows and seed give the same cells with any number of threads.
  package init(
    count wanted: Int, of vectors: VectorRows, projection: VectorProjection, seed: UInt64, _ loop: ParallelLoop
  ) {
    var random = SeededRandom(seed: seed, purpose: "cells")
    let sample = VectorSample.rows(
      min(vectors.count, max(wanted, 1) * Self.trainedOnPerCell), of: vectors.count, &random)
    let count = max(1, min(wanted, sample.count))
    self.count = count
    let short = projection.project(sample, of: vectors, loop)
    let hasRest = projection.length < projection.dimension
    let directions = projection.length - (hasRest ? 1 : 0)
    let centres = FloatMatrix(rows: count, columns: projection.length)
    let starts = VectorSample.rows(count, of: max(sample.count, count), &random)
    for (cell, start) in starts.enumerated() where start < sample.count {
      unsafe Self.set(centres.row(cell), to: short.row(start), directions)
    }
    var homes = [Int](repeating: 0, count: sample.count)
    for _ in 0..<(count > 1 ? Self.rounds : 0) {
      let panels = VectorPanels(rows: centres)
      homes = Self.homes(of: short, count: sample.count, among: count, panels, loop)
      Self.move(centres, to: short, homes, directions, &random)
    }
    self.centres = Centres(
      matrix: centres, panels: VectorPanels(rows: centres), distances: Self.distances(between: centres, loop))
  }

  /// Makes the centres the directions of the sums of their cells; a cell without vectors begins anew at one of them.
  private static func move(
    _ centres: FloatMatrix, to short: FloatMatrix, _ homes: [Int], _ directions: Int, _ random: inout SeededRandom
  ) {
    var sizes = [Int](repeating: 0, count: centres.rows)
    // Safe: rows of both matrices have `columns` numbers, and `directions` is at most that.
    unsafe centres.base.update(repeating: 0, count: centres.rows * centres.columns)
    for (row, cell) in homes.enumerated() {
      sizes[cell] += 1
      let sum = unsafe centres.row(cell)
      let vector = unsafe short.row(row)
      for place in 0..<directions { unsafe sum[place] += vector[place] }
    }
    for cell in 0..<centres.rows {
      let centre = unsafe centres.row(cell)
      if sizes[cell] == 0 {
        unsafe set(centre, to: short.row(random.below(short.rows)), directions)
      } else {
        unsafe set(centre, to: centre, directions)
      }
    }
  }

  /// Scales the directions of a vector to length 1.
  private static func set(
    _ centre: UnsafeMutablePointer<Float>, to vector: UnsafeMutablePointer<Float>, _ directions: Int
  ) {
    // Safe: both have at least `directions` numbers.
    let span = unsafe Span(_unsafeStart: UnsafePointer(vector), count: directions)
    let norm = FixedProduct.of(span, span).squareRoot()
    let factor = norm > 0 ? 1 / norm : 0
    for place in 0..<directions { unsafe centre[place] = vector[place] * factor }
  }

  private static func distances(between centres: FloatMatrix, _ loop: ParallelLoop) -> FloatMatrix {
    let panels = VectorPanels(rows: centres)
    let distances = FloatMatrix(rows: centres.rows, columns: panels.count * VectorPanels.width)
    loop.run(centres.rows) { cell in
      let row = unsafe distances.row(cell)
      unsafe VectorTiles.products(
        queries: centres.row(cell), count: 1, panels: panels, into: row, stride: distances.columns)
      for other in 0..<distances.columns { unsafe row[other] = max(2 - 2 * row[other], 0).squareRoot() }
    }
    return distances
  }

  private static func homes(
    of short: FloatMatrix, count: Int, among cells: Int, _ panels: VectorPanels, _ loop: ParallelLoop
  ) -> [Int] {
    func makeScratch() -> Scratch { Scratch(columns: panels.count * VectorPanels.width) }
    let parts = loop.map(
      (count + rowsAtOnce - 1) / rowsAtOnce, scratch: makeScratch
    ) { part, scratch in
      let first = part * rowsAtOnce
      let rows = min(rowsAtOnce, count - first)
      unsafe VectorTiles.products(
        queries: short.row(first), count: rows, panels: panels, into: scratch.products.base,
        stride: scratch.products.columns)
      return (0..<rows).map { unsafe largest(scratch.products.row($0), cells) }
    }
    return parts.flatMap { $0 }
  }

  /// The place of the largest number, the first of equal ones.
  private static func largest(_ numbers: UnsafePointer<Float>, _ count: Int) -> Int {
    var lanes = SIMD16<Float>(repeating: -.infinity)
    var place = 0
    while place + 16 <= count {
      // Safe: 16 numbers from `place` on.
      lanes = pointwiseMax(
        lanes, unsafe UnsafeRawPointer(numbers + place).loadUnaligned(as: SIMD16<Float>.self))
      place += 16
    }
    var most = lanes.max()
    while place < count {
      most = unsafe max(most, numbers[place])
      place += 1
    }
    for place in 0..<count where unsafe numbers[place] == most { return place }
    return 0
  }

  /// Products of a few vectors with all centres.
  @safe final class Scratch {
    fileprivate let products: FloatMatrix

    fileprivate init(columns: Int) { products = FloatMatrix(rows: VectorCells.rowsAtOnce, columns: columns) }
  }

  func makeScratch() -> Scratch { Scratch(columns: centres.distances.columns) }

  /// For each vector its own cell, and then all cells behind borders at most `width` away, its own among them.
  /// - Parameters:
  ///   - vectors: row-major short vectors.
  ///   - body: called once for each vector, in order.
  func forEach(
    _ vectors: UnsafePointer<Float>, count total: Int, width: Float, _ scratch: Scratch,
    _ body: (_ vector: Int, _ home: Int, _ cells: [UInt32]) -> Void
  ) {
    var cells: [UInt32] = []
    for first in stride(from: 0, to: total, by: Self.rowsAtOnce) {
      let rows = min(Self.rowsAtOnce, total - first)
      // Safe: `rows` vectors of the matrix's length from `first` on; the scratch has room for their products.
      unsafe VectorTiles.products(
        queries: vectors + first * centres.matrix.columns, count: rows, panels: centres.panels,
        into: scratch.products.base, stride: scratch.products.columns)
      for row in 0..<rows {
        let products = unsafe scratch.products.row(row)
        let home = unsafe Self.largest(products, count)
        cells.removeAll(keepingCapacity: true)
        if width >= 0 { unsafe near(home, products, width, &cells) }
        body(first + row, home, cells)
      }
    }
  }

  private func near(_ home: Int, _ products: UnsafePointer<Float>, _ width: Float, _ cells: inout [UInt32]) {
    let distances = unsafe UnsafePointer(centres.distances.row(home))
    let own = unsafe products[home]
    var cell = 0
    while cell < count {
      // Safe: both rows have room for whole panels, so 16 numbers from each multiple of 16 on.
      let others = unsafe UnsafeRawPointer(products + cell).loadUnaligned(as: SIMD16<Float>.self)
      let between = unsafe UnsafeRawPointer(distances + cell).loadUnaligned(as: SIMD16<Float>.self)
      let isNear = SIMD16<Float>(repeating: own) - others .<= between * width + 1e-6
      if any(isNear) {
        for lane in 0..<min(16, count - cell) where isNear[lane] { cells.append(UInt32(cell + lane)) }
      }
      cell += 16
    }
  }

  /// How far a vector is from the border between its own cell and another; 0 for its own.
  func distance(of vector: [Float], home: Int, toBorderOf cell: Int) -> Float {
    guard home != cell else { return 0 }
    let own = FixedProduct.of(vector.span, centres.matrix.copy(home).span)
    let other = FixedProduct.of(vector.span, centres.matrix.copy(cell).span)
    let between = unsafe centres.distances.row(home)[cell]
    return between > 0 ? (own - other) / between : 0
  }
}
