package import PersonaRecords

/// Shorter vectors whose products are never smaller than the cosines of the long ones.
///
/// Let Q be an orthonormal basis of a few dimensions, x₁ = Qᵀx what it holds of a vector x, and x₂ the rest. Then
/// x·y = x₁·y₁ + x₂·y₂ ≤ x₁·y₁ + |x₂||y₂| (Cauchy and Schwarz), and the right side is the product of (x₁, |x₂|) and
/// (y₁, |y₂|): unit vectors of a few dimensions more than none. A pair whose short product is not above the threshold need
/// not be looked at, and nothing is lost by that. The basis spans the directions in which a sample of the rows is largest,
/// which makes |x₂| small; any other basis would be as right, and slower.
@safe package final class VectorProjection: Sendable {
  /// Numbers in a short vector, the length of the rest included.
  package let length: Int
  /// Dimensions of the long vectors.
  package let dimension: Int
  /// The basis as panels of `dimension` numbers; nil when vectors stay as they are.
  private let basis: Panels?

  /// Written while the projection is made, and only read afterwards.
  private struct Panels: @unchecked Sendable {
    let panels: VectorPanels
  }

  /// Added to the square of |x₂|: more than rounding can take away from it.
  private static let slack: Float = 4e-6

  /// What rounding may take from a product; thresholds of proposals are lower by this.
  package static let margin: Float = 1e-3

  /// Vectors as they are.
  init(dimension: Int) {
    self.dimension = dimension
    length = dimension
    basis = nil
  }

  /// - Parameters:
  ///   - directions: `rank` × `dimension`, orthonormal rows, the largest directions first.
  ///   - rank: 31, 63, 95 …: with the length of the rest, whole panels.
  init(directions: FloatMatrix, rank: Int) {
    precondition(rank % VectorPanels.width == VectorPanels.width - 1 && rank <= directions.rows, "whole panels")
    dimension = directions.columns
    length = rank + 1
    basis = Panels(panels: VectorPanels(rows: directions, count: rank))
  }

  /// Writes the short vectors of consecutive rows.
  /// - Parameters:
  ///   - long: scratch with room for the rows in single precision.
  ///   - short: `rows.count` × `length`.
  func project(
    _ rows: Range<Int>, of vectors: VectorRows, long: FloatMatrix, into short: UnsafeMutablePointer<Float>
  ) {
    guard let basis = basis?.panels else {
      unsafe vectors.widen(rows, into: short)
      return
    }
    precondition(rows.count <= long.rows && long.columns == dimension, "room for the rows")
    unsafe vectors.widen(rows, into: long.base)
    // Safe: `length` is the number of columns of all panels together.
    unsafe VectorTiles.products(queries: long.base, count: rows.count, panels: basis, into: short, stride: length)
    for row in 0..<rows.count {
      let vector = unsafe Span(_unsafeStart: long.row(row), count: dimension)
      let part = unsafe Span(_unsafeStart: short + row * length, count: length - 1)
      let rest = FixedProduct.of(vector, vector) - FixedProduct.of(part, part)
      unsafe short[row * length + length - 1] = (max(rest, 0) + Self.slack).squareRoot()
    }
  }

  /// The short vectors of any rows.
  func project(_ rows: [Int], of vectors: VectorRows, _ loop: ParallelLoop) -> FloatMatrix {
    let result = FloatMatrix(rows: rows.count, columns: length)
    func makeScratch() -> FloatMatrix { FloatMatrix(rows: 1, columns: dimension) }
    loop.run(rows.count, scratch: makeScratch) { place, long in
      unsafe project(rows[place]..<rows[place] + 1, of: vectors, long: long, into: result.row(place))
    }
    return result
  }
}

extension VectorProjection {
  /// What comparing costs, in nanoseconds of one core: measured once, and fixed, so that the choice is the same everywhere.
  private enum Cost {
    static let perNumber = 0.0135
    static let perPair = 0.1
    static let perVerification = 150.0
  }

  /// Chooses how short the vectors become, by the time that comparing is going to take.
  ///
  /// - Parameters:
  ///   - threshold: cosine above which pairs are wanted.
  ///   - comparedShare: share of all pairs that are compared at all.
  ///   - longest: no short vector of more numbers.
  package static func choose(
    for vectors: VectorRows, threshold: Float, comparedShare: Double, longest: Int = 384, seed: UInt64,
    _ loop: ParallelLoop
  ) -> VectorProjection {
    let ranks = [31, 63, 95, 127, 191, 255].filter { $0 + 1 < vectors.dimension && $0 < longest }
    guard let largest = ranks.last, vectors.count > 0 else { return VectorProjection(dimension: vectors.dimension) }
    var random = SeededRandom(seed: seed, purpose: "projection")
    let sample = VectorSample.rows(min(vectors.count, 8192), of: vectors.count, &random)
    let directions = VectorBasis.directions(of: vectors, sample: sample, rank: largest, &random, loop)
    let few = VectorSample.rows(min(vectors.count, 2048), of: vectors.count, &random)
    func cost(numbers: Int, passed: Double) -> Double {
      comparedShare * (Double(numbers) * Cost.perNumber + Cost.perPair) + passed * Cost.perVerification
    }
    var best = VectorProjection(dimension: vectors.dimension)
    var least = vectors.dimension <= longest ? cost(numbers: vectors.dimension, passed: 0) : .infinity
    for rank in ranks {
      let projection = VectorProjection(directions: directions, rank: rank)
      let passed = projection.passedShare(few, of: vectors, threshold: threshold, loop)
      let cost = cost(numbers: rank + 1, passed: passed)
      if cost < least || best.length > longest {
        least = cost
        best = projection
      }
    }
    return best
  }

  /// The share of pairs of sampled rows that are proposed.
  private func passedShare(
    _ sample: [Int], of vectors: VectorRows, threshold: Float, _ loop: ParallelLoop
  ) -> Double {
    guard sample.count > 1 else { return 0 }
    let short = project(sample, of: vectors, loop)
    let panels = VectorPanels(rows: short)
    let limit = threshold - Self.margin
    let step = VectorTiles.queriesAtOnce
    let counts = loop.map((sample.count + step - 1) / step, scratch: VectorTiles.Hits.init) { part, hits in
      var count = 0
      let first = part * step
      for panel in 0..<panels.count {
        unsafe VectorTiles.forEachAbove(
          limit, queries: short.row(first), count: min(step, sample.count - first), panels: panels, panel: panel,
          hits: hits
        ) { query, owner in
          if owner < first + query { count += 1 }
        }
      }
      return count
    }
    return Double(counts.reduce(0, +)) / (Double(sample.count) * Double(sample.count - 1) / 2)
  }
}

/// Rows chosen by chance.
package enum VectorSample {
  /// Different rows, ascending; each set of so many is as likely as any other.
  /// - Precondition: at most as many as there are.
  package static func rows(_ wanted: Int, of count: Int, _ random: inout SeededRandom) -> [Int] {
    precondition(wanted >= 0 && wanted <= count, "no more than there are")
    // Floyd's method: one number for each row wanted, however many there are.
    var chosen: Set<Int> = []
    for last in count - wanted..<max(count, 0) {
      let row = random.below(last + 1)
      chosen.insert(chosen.contains(row) ? last : row)
    }
    return chosen.sorted()
  }
}
