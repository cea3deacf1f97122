import PersonaRecords

/// Vectors that are near to each other where texts share words: every word has a direction of its own, drawn from its letters, and
/// a text is the sum of its words. No meaning is in them.
enum WordVectors {
  /// A row of length 1. Fewer dimensions are the start of more, brought to length 1 again.
  static func vector(of text: String, dimensions: Int) -> [Float] {
    var words = text.lowercased().split { !$0.isLetter && !$0.isNumber }[...]
    // A text without words is its own word.
    if words.isEmpty { words = [text[...]] }
    var sum = [Double](repeating: 0, count: dimensions)
    for word in words {
      var random = SeededRandom(seed: StableHash.of(word.utf8), purpose: "word")
      for place in sum.indices { sum[place] += random.unit() * 2 - 1 }
    }
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // Never zero but for one dimension in 2^53; a unit vector even then.
    guard length > 0 else { return [1] + [Float](repeating: 0, count: dimensions - 1) }
    return sum.map { Float($0 / length) }
  }
}
