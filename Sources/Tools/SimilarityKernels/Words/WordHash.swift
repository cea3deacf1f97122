/// The hash of shingles: fixed for all machines and versions, and local to this module so that it is inlined.
enum WordHash {
  static let start: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Takes in eight bytes: the two halves of a full product, folded.
  @inline(__always)
  static func step(_ hash: UInt64, _ chunk: UInt64) -> UInt64 {
    let product = (hash ^ chunk).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low ^ chunk
  }

  @inline(__always)
  static func finish(_ hash: UInt64) -> UInt64 {
    var word = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    word = (word ^ word >> 29) &* 0xE703_7ED1_A0B4_28DB
    return word ^ word >> 32
  }

  /// 64 random-looking bits for a word's number; different numbers have different bits (SplitMix64's bijection).
  @inline(__always)
  static func spread(_ number: UInt32) -> UInt64 { mix(UInt64(number) &+ 0x9E37_79B9_7F4A_7C15) }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var word = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
