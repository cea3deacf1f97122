import MinHashLanes

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
  private let multipliers: [UInt32]
  private let offsets: [UInt32]

  /// - Precondition: `length` is a positive multiple of 8.
  package init(length: Int, seed: UInt64 = 0) {
    precondition(length > 0 && length % 8 == 0, "signatures are made eight values at a time")
    self.length = length
    var state = WordHash.mix(seed &+ 1)
    func next() -> UInt32 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return UInt32(truncatingIfNeeded: WordHash.mix(state) >> 32)
    }
    var multipliers: [UInt32] = []
    var offsets: [UInt32] = []
    for _ in 0..<length / 8 {
      for _ in 0..<8 { multipliers.append(next() | 1) }
      for _ in 0..<8 { offsets.append(next()) }
    }
    self.multipliers = multipliers
    self.offsets = offsets
  }

  /// Writes the signature of one set, as many slots at a time as the processor at hand can.
  ///
  /// - Parameters:
  ///   - elements: 64-bit hashes of the elements; repeats do no harm.
  ///   - signature: `length` slots, overwritten. No elements leave all slots at `UInt32.max`.
  /// - Complexity: O(`elements.count` × `length`), no allocation.
  package func sign(_ elements: Span<UInt64>, into signature: inout MutableSpan<UInt32>) {
    precondition(signature.count == length, "one slot for each hash function")
    unsafe signature.withUnsafeMutableBufferPointer { slots in
      // Safe: `length` slots, as was just checked.
      if let slots = slots.baseAddress { unsafe sign(elements, slots) }
    }
  }

  /// The same into a stretch of a longer array.
  /// - Precondition: there are `length` slots from `start` on.
  package func sign(_ elements: Span<UInt64>, into slots: inout [UInt32], at start: Int) {
    precondition(start >= 0 && start + length <= slots.count, "one slot for each hash function")
    unsafe slots.withUnsafeMutableBufferPointer { slots in
      // Safe: `length` slots from `start` on, as was just checked.
      if let slots = slots.baseAddress { unsafe sign(elements, slots + start) }
    }
  }

  private func sign(_ elements: Span<UInt64>, _ slots: UnsafeMutablePointer<UInt32>) {
    // Safe: all four buffers outlive the call, and the call reads and writes `length` values and `count` elements.
    unsafe elements.withUnsafeBufferPointer { elements in
      unsafe multipliers.withUnsafeBufferPointer { multipliers in
        unsafe offsets.withUnsafeBufferPointer { offsets in
          guard let factors = multipliers.baseAddress, let shifts = offsets.baseAddress else { return }
          // An empty span may have no address; another one, which is not read, does no harm in its place.
          let first = unsafe elements.baseAddress ?? UnsafeRawPointer(factors).assumingMemoryBound(to: UInt64.self)
          unsafe minhash_lanes_sign(factors, shifts, length, first, elements.count, slots)
        }
      }
    }
  }

  /// `sign` slot by slot, as the definition reads: what tests compare `sign` with.
  package func reference(_ elements: [UInt64]) -> [UInt32] {
    (0..<length).map { slot in
      elements.map { multipliers[slot] &* Self.narrow($0) &+ offsets[slot] }.min() ?? .max
    }
  }

  /// The share of equal slots of two signatures.
  package static func estimatedJaccard(_ one: [UInt32], _ other: [UInt32]) -> Double {
    precondition(one.count == other.count && !one.isEmpty, "signatures of one length")
    return Double(zip(one, other).count { $0 == $1 }) / Double(one.count)
  }

  private static func narrow(_ element: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: element ^ element >> 32) }
}
