import PersonaRecords
import SimilarityKernels

/// Seeded unit vectors that lie in clusters, with near-copies, as embeddings do.
enum TestVectors {
  static func gaussian(_ random: inout SeededRandom) -> Float {
    // Twelve uniform numbers: near enough to a bell, and the same on every machine.
    Float((0..<12).reduce(-6) { sum, _ in sum + random.unit() })
  }

  static func unit(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    return vector.map { Float(Double($0) / length) }
  }

  /// A vector at a given cosine to another.
  static func partner(of vector: [Float], cosine: Float, _ random: inout SeededRandom) -> [Float] {
    var aside = vector.map { _ in gaussian(&random) }
    let share = zip(aside, vector).reduce(0) { $0 + $1.0 * $1.1 }
    aside = unit(zip(aside, vector).map { $0 - share * $1 })
    return unit(zip(vector, aside).map { cosine * $0 + (1 - cosine * cosine).squareRoot() * $1 })
  }

  /// `count` rows around a few dozen directions; about a third of them close to an earlier row.
  static func clustered(_ count: Int, dimension: Int, seed: UInt64, spread: Float = 0.8) -> [[Float]] {
    var random = SeededRandom(seed: seed)
    let centres = (0..<24).map { _ in unit((0..<dimension).map { _ in gaussian(&random) }) }
    let scale = spread / Float(dimension).squareRoot()
    var rows: [[Float]] = []
    for _ in 0..<count {
      if !rows.isEmpty, random.below(3) == 0 {
        let cosine = Float(0.7 + 0.3 * random.unit())
        rows.append(partner(of: rows[random.below(rows.count)], cosine: min(cosine, 0.9999), &random))
      } else {
        let centre = centres[random.below(centres.count)]
        rows.append(unit(centre.map { $0 + scale * gaussian(&random) }))
      }
    }
    return rows
  }

  static func rows(_ vectors: [[Float]], _ element: VectorRows.Element = .float16) -> VectorRows {
    VectorRows(Array(vectors.joined()), dimension: vectors[0].count, element: element)
  }
}
