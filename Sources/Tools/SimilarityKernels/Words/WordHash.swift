/// The hash of shingles: fixed for all machines and versions, and local to this module so that it is inlined.
///
/// A text of up to seven bytes is one chunk, and its hash a bijection of that chunk: such texts never share a hash. The top
/// byte of their chunk is zero, while longer texts enter the same bijection with the top bit set: so short and long texts
/// never share one either. Only two texts of eight bytes or more can, and `CollisionCheck` looks for those.
enum WordHash {
  /// How longer texts are hashed: another seed, another hash. Short texts keep theirs.
  struct Seed: Sendable, Equatable {
    var start: UInt64
    /// Bits of the hash of longer texts that count: all of them but in tests, which want collisions.
    var mask: UInt64

    init(_ number: UInt64, mask: UInt64 = .max) {
      start = number == 0 ? 0x9E37_79B9_7F4A_7C15 : WordHash.mix(number)
      self.mask = mask
    }

    /// - Parameter hashBits: so many bits count.
    init(_ number: UInt64, hashBits: Int) {
      self.init(number, mask: hashBits < 64 ? (1 << UInt64(hashBits)) - 1 : .max)
    }
  }

  /// Takes in eight bytes: the two halves of a full product, folded.
  @inline(__always)
  static func step(_ hash: UInt64, _ chunk: UInt64) -> UInt64 {
    let product = (hash ^ chunk).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low ^ chunk
  }

  /// The hash of a text of one chunk.
  @inline(__always)
  static func short(_ chunk: UInt64) -> UInt64 { mix(chunk &+ 0x9E37_79B9_7F4A_7C15) }

  /// The hash of a text of several chunks that went through `step`.
  @inline(__always)
  static func long(_ state: UInt64, _ seed: Seed) -> UInt64 {
    short((mix(state) & seed.mask) | 1 << 63)
  }

  /// A bijection of 64 bits that leaves nothing of their order (SplitMix64's).
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var word = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
