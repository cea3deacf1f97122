/// The MinHash sketch of a set: the smallest value of each of many hash functions over its elements.
///
/// The share of equal slots in two signatures estimates the Jaccard similarity of their sets; with 128 slots the
/// standard error is at most 0.045.
/// Source: arXiv 2406.20094, Section 2.3 (1-grams, 128 values); Broder, "On the resemblance and containment of
/// documents", 1997.
package struct MinHasher: Sendable {
  /// Values per signature, a multiple of 8.
  package let length: Int
  /// Hash function s maps the 32-bit element x to multiplier[s] · x + offset[s], modulo 2^32; multipliers are odd.
  private let multipliers: [SIMD8<UInt32>]
  private let offsets: [SIMD8<UInt32>]

  /// - Precondition: `length` is a positive multiple of 8.
  package init(length: Int, seed: UInt64 = 0) {
    precondition(length > 0 && length % 8 == 0, "signatures are made eight values at a time")
    self.length = length
    var state = WordHash.mix(seed &+ 1)
    func next() -> UInt32 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return UInt32(truncatingIfNeeded: WordHash.mix(state) >> 32)
    }
    var multipliers: [SIMD8<UInt32>] = []
    var offsets: [SIMD8<UInt32>] = []
    for _ in 0..<length / 8 {
      multipliers.append(SIMD8((0..<8).map { _ in next() | 1 }))
      offsets.append(SIMD8((0..<8).map { _ in next() }))
    }
    self.multipliers = multipliers
    self.offsets = offsets
  }

  /// Writes the signature of one set, eight slots at a time.
  ///
  /// - Parameters:
  ///   - elements: 64-bit hashes of the elements; repeats do no harm.
  ///   - signature: `length` slots, overwritten. No elements leave all slots at `UInt32.max`.
  /// - Complexity: O(`elements.count` × `length`), no allocation.
  package func sign(_ elements: Span<UInt64>, into signature: inout MutableSpan<UInt32>) {
    precondition(signature.count == length, "one slot for each hash function")
    for group in 0..<length / 8 {
      let multiplier = multipliers[group]
      let offset = offsets[group]
      var smallest = SIMD8<UInt32>(repeating: .max)
      for place in 0..<elements.count {
        let element = SIMD8<UInt32>(repeating: Self.narrow(elements[place]))
        smallest = pointwiseMin(smallest, multiplier &* element &+ offset)
      }
      for lane in 0..<8 { signature[group * 8 + lane] = smallest[lane] }
    }
  }

  /// `sign` slot by slot, as the definition reads: what tests compare `sign` with.
  package func reference(_ elements: [UInt64]) -> [UInt32] {
    (0..<length).map { slot in
      let multiplier = multipliers[slot / 8][slot % 8]
      let offset = offsets[slot / 8][slot % 8]
      return elements.map { multiplier &* Self.narrow($0) &+ offset }.min() ?? .max
    }
  }

  /// The share of equal slots of two signatures.
  package static func estimatedJaccard(_ one: [UInt32], _ other: [UInt32]) -> Double {
    precondition(one.count == other.count && !one.isEmpty, "signatures of one length")
    return Double(zip(one, other).count { $0 == $1 }) / Double(one.count)
  }

  private static func narrow(_ element: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: element ^ element >> 32) }
}
