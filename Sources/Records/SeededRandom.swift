/// A seeded generator (SplitMix64): the same seed gives the same numbers on every machine and in every version.
///
/// Passed in wherever chance is wanted; nothing here uses the system's generator.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    self.state = seed
  }

  /// A generator for one purpose or one row, independent of all others from the same seed.
  public init(seed: UInt64, purpose: String) {
    self.init(seed: StableHash.of(purpose.utf8, seed: seed))
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return StableHash.mix(state)
  }

  /// A number in `0..<bound`, without modulo bias.
  /// - Precondition: `bound` > 0.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound of at least 1")
    // Lemire's method: the high half of the product is uniform once the few low values that would favour some are redrawn.
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A number in `0..<1` with 53 random bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// One element; nil of an empty collection.
  public mutating func pick<Elements: RandomAccessCollection>(_ elements: Elements) -> Elements.Element? {
    guard !elements.isEmpty else { return nil }
    return elements[elements.index(elements.startIndex, offsetBy: below(elements.count))]
  }
}

/// A 64-bit hash that never changes between runs, machines or versions (Swift's own `Hasher` is seeded per process).
public enum StableHash {
  /// FNV-1a over the bytes, finished with SplitMix64's mixer.
  @inlinable
  public static func of(_ bytes: some Sequence<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var hash = 0xCBF2_9CE4_8422_2325 ^ mix(seed)
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix(hash)
  }

  /// A bijection on 64 bits whose outputs look random.
  @inlinable
  public static func mix(_ value: UInt64) -> UInt64 {
    var word = value
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
