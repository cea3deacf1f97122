import VectorLanes

/// Row-major numbers in single precision, in memory of their own: what several threads fill in places of their own.
@safe final class FloatMatrix {
  let rows: Int
  let columns: Int
  let base: UnsafeMutablePointer<Float>

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    let bytes = max(rows * columns, 1) * MemoryLayout<Float>.stride
    // Safe: memory of this object alone, given back in `deinit`; zero is a value of all its numbers.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    unsafe base = memory.assumingMemoryBound(to: Float.self)
  }

  deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }

  /// Where a row begins; one behind the last is allowed.
  func row(_ number: Int) -> UnsafeMutablePointer<Float> {
    precondition(number >= 0 && number <= rows, "a row of the matrix")
    // Safe: checked above.
    return unsafe base + number * columns
  }

  func copy(_ number: Int) -> [Float] {
    precondition(number >= 0 && number < rows, "a row of the matrix")
    // Safe: `columns` numbers from the row's start on.
    return unsafe Array(UnsafeBufferPointer(start: row(number), count: columns))
  }
}

/// Vectors as the tile loops want to read them: in panels of 32, dimension by dimension; each vector has a number of its
/// own. Panels are handed out one after the other and never move. Memory: 4 × `dimension` + 4 bytes for each place.
@safe final class VectorPanels {
  static let width = Int(VECTOR_LANES_PANEL)
  private static let panelsPerSlab = 64

  let dimension: Int
  private(set) var count = 0
  private var slabs: [FloatMatrix] = []
  /// By panel and column: the number of the vector.
  private(set) var owners: [UInt32] = []

  init(dimension: Int) { self.dimension = dimension }

  /// A panel of zeros.
  func add() -> Int {
    if count % Self.panelsPerSlab == 0 {
      slabs.append(FloatMatrix(rows: Self.panelsPerSlab, columns: dimension * Self.width))
    }
    owners.append(contentsOf: repeatElement(.max, count: Self.width))
    count += 1
    return count - 1
  }

  func address(of panel: Int) -> UnsafeMutablePointer<Float> {
    precondition(panel >= 0 && panel < count, "a panel")
    return unsafe slabs[panel / Self.panelsPerSlab].row(panel % Self.panelsPerSlab)
  }

  /// Puts a vector of `dimension` numbers into one column.
  func put(_ vector: UnsafePointer<Float>, owner: Int, panel: Int, column: Int) {
    precondition(column >= 0 && column < Self.width, "a column of the panel")
    let target = unsafe address(of: panel) + column
    // Safe: the panel has `dimension` × `width` numbers.
    for place in 0..<dimension { unsafe target[place * Self.width] = vector[place] }
    owners[panel * Self.width + column] = UInt32(owner)
  }

  /// Panels of the rows of a matrix, in order; the owner of each is its row.
  convenience init(rows: FloatMatrix, count: Int? = nil) {
    self.init(dimension: rows.columns)
    for row in 0..<(count ?? rows.rows) {
      if row % Self.width == 0 { _ = add() }
      unsafe put(rows.row(row), owner: row, panel: row / Self.width, column: row % Self.width)
    }
  }
}

/// Products of many vectors with the 32 of a panel.
enum VectorTiles {
  /// Queries that are worth handing over at once: with 32 numbers each they fill a part of the cache next to the processor.
  static let queriesAtOnce = 256

  /// Room for the hits of `queriesAtOnce` queries in one panel.
  @safe final class Hits {
    let base: UnsafeMutablePointer<vector_lanes_hit>

    init() { unsafe base = .allocate(capacity: VectorTiles.queriesAtOnce * VectorPanels.width) }

    deinit { unsafe base.deallocate() }
  }

  /// Calls `body` with the place of a query and the owner of a column for each pair whose product is above the limit; for
  /// each query in the order of columns.
  /// - Parameters:
  ///   - queries: row-major, `count` × the panels' dimension; at most `queriesAtOnce`.
  ///   - limit: above 0, so that columns nobody owns are never hit.
  @inline(__always)
  static func forEachAbove(
    _ limit: Float, queries: UnsafePointer<Float>, count: Int, panels: VectorPanels, panel: Int, hits: Hits,
    _ body: (_ query: Int, _ owner: Int) -> Void
  ) {
    precondition(count <= queriesAtOnce && limit > 0, "room for all hits")
    // Safe: the queries have `count` × `dimension` numbers, the panel `dimension` × 32, the hits room for all pairs.
    let found = unsafe vector_lanes_above(
      queries, count, panels.dimension, panels.address(of: panel), limit, hits.base)
    for place in 0..<found {
      let hit = unsafe hits.base[place]
      body(Int(hit.query), Int(panels.owners[panel * VectorPanels.width + Int(hit.column)]))
    }
  }

  /// Products of queries with all panels: `products[q * stride + c]`, c counting columns over all panels.
  static func products(
    queries: UnsafePointer<Float>, count: Int, panels: VectorPanels, into products: UnsafeMutablePointer<Float>,
    stride: Int
  ) {
    precondition(stride >= panels.count * VectorPanels.width, "room for all columns")
    for panel in 0..<panels.count {
      // Safe: the products of this panel stand in 32 columns of their own.
      unsafe vector_lanes_products(
        queries, count, panels.dimension, panels.address(of: panel), products + panel * VectorPanels.width, stride)
    }
  }
}
