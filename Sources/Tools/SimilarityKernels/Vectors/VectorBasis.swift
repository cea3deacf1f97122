import PersonaRecords
import VectorLanes

/// The directions in which vectors are largest: the first eigenvectors of their second moments, nearly.
enum VectorBasis {
  /// Rounds of subspace iteration. More would turn the directions a little nearer to the eigenvectors, and change nothing
  /// that depends on them being right.
  private static let rounds = 10

  /// - Returns: `rank` × `dimension`, orthonormal rows, the largest directions first.
  static func directions(
    of vectors: VectorRows, sample: [Int], rank: Int, _ random: inout SeededRandom, _ loop: ParallelLoop
  ) -> FloatMatrix {
    let dimension = vectors.dimension
    let moments = moments(of: vectors, sample: sample, loop)
    let directions = FloatMatrix(rows: rank, columns: dimension)
    for row in 0..<rank {
      for column in 0..<dimension { unsafe directions.row(row)[column] = Float(random.unit() - 0.5) }
    }
    orthonormalise(directions, &random)
    for _ in 0..<rounds {
      // Moments are symmetric, so their rows serve as the columns of a product.
      let panels = VectorPanels(rows: moments)
      let turned = FloatMatrix(rows: rank, columns: panels.count * VectorPanels.width)
      let step = 16
      loop.run((rank + step - 1) / step) { part in
        let first = part * step
        unsafe VectorTiles.products(
          queries: directions.row(first), count: min(step, rank - first), panels: panels, into: turned.row(first),
          stride: turned.columns)
      }
      for row in 0..<rank { unsafe directions.row(row).update(from: turned.row(row), count: dimension) }
      orthonormalise(directions, &random)
    }
    return directions
  }

  /// The sum of x·xᵀ over the sampled rows, `dimension` × `dimension`.
  private static func moments(of vectors: VectorRows, sample: [Int], _ loop: ParallelLoop) -> FloatMatrix {
    let dimension = vectors.dimension
    let across = FloatMatrix(rows: dimension, columns: max(sample.count, 1))
    for (place, row) in sample.enumerated() {
      let vector = vectors.vector(row)
      for column in 0..<dimension { unsafe across.row(column)[place] = vector[column] }
    }
    let panels = VectorPanels(rows: across)
    let wide = FloatMatrix(rows: dimension, columns: panels.count * VectorPanels.width)
    let step = 16
    loop.run((dimension + step - 1) / step) { part in
      let first = part * step
      unsafe VectorTiles.products(
        queries: across.row(first), count: min(step, dimension - first), panels: panels, into: wide.row(first),
        stride: wide.columns)
    }
    let moments = FloatMatrix(rows: dimension, columns: dimension)
    for row in 0..<dimension { unsafe moments.row(row).update(from: wide.row(row), count: dimension) }
    return moments
  }

  /// Gram and Schmidt's method, twice over each row, which leaves nothing but rounding. A row that the others span already
  /// becomes one by chance.
  private static func orthonormalise(_ matrix: FloatMatrix, _ random: inout SeededRandom) {
    let length = matrix.columns
    for row in 0..<matrix.rows {
      let own = unsafe matrix.row(row)
      var norm = unsafe vector_lanes_dot(own, own, length).squareRoot()
      while true {
        // Safe: all rows have `length` numbers.
        if norm > 0 { for place in 0..<length { unsafe own[place] /= norm } }
        for _ in 0..<2 {
          for earlier in 0..<row {
            let other = unsafe matrix.row(earlier)
            let share = unsafe vector_lanes_dot(own, other, length)
            for place in 0..<length { unsafe own[place] -= share * other[place] }
          }
        }
        norm = unsafe vector_lanes_dot(own, own, length).squareRoot()
        // What is left of a row that the others span is rounding.
        if norm > 1e-3 { break }
        for place in 0..<length { unsafe own[place] = Float(random.unit() - 0.5) }
        norm = unsafe vector_lanes_dot(own, own, length).squareRoot()
      }
      for place in 0..<length { unsafe own[place] /= norm }
    }
  }
}
