/// The Word_Break classes that occur in ASCII, one bit each, so that the rules become bit tests.
enum ASCIIKind {
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  static let connector: UInt8 = 4
  static let inWord: UInt8 = 7
  private static let midLetter: UInt8 = 8
  private static let midNumber: UInt8 = 16
  private static let midBoth: UInt8 = 32
  static let betweenLetters = midLetter | midBoth
  static let betweenDigits = midNumber | midBoth

  static func of(_ wordBreak: WordBreakClass) -> UInt8 {
    switch wordBreak {
    case .letter: letter
    case .numeric: digit
    case .connector: connector
    case .midLetter: midLetter
    case .midNumber: midNumber
    case .midNumberLetter, .singleQuote: midBoth
    default: 0
    }
  }
}

/// Eight bytes of ASCII looked at together; the first byte is the lowest.
struct ASCIIEight {
  /// How many bytes from the first on are letters, digits or low lines.
  let length: Int
  /// These bytes, small letters for capitals, and zero behind them.
  let lowercase: UInt64
  /// True when one of them is a letter or a digit.
  let bearsMeaning: Bool

  @inline(__always)
  init(_ bytes: UInt64) {
    let letters = bytes.letters
    let digits = bytes.high(from: 0x30, to: 0x39)
    let others = ~(letters | digits | bytes.high(from: 0x5F, to: 0x5F)) & UInt64.highBits
    length = others.trailingZeroBitCount / 8
    // No byte is other than these: all eight are taken. Shifting by 64 gives 0, so the mask is all ones then.
    let mask = (1 << UInt64(length * 8)) &- 1 as UInt64
    lowercase = (bytes | letters >> 2) & mask
    bearsMeaning = (letters | digits) & mask != 0
  }
}

extension UInt64 {
  fileprivate static let ones: UInt64 = 0x0101_0101_0101_0101
  fileprivate static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The high bit of each byte from `first` to `last`; no byte of this word has its own high bit set, so no sum carries.
  @inline(__always)
  fileprivate func high(from first: UInt64, to last: UInt64) -> UInt64 {
    (self &+ (Self.ones &* (0x80 - first))) & ~(self &+ (Self.ones &* (0x7F - last))) & Self.highBits
  }

  /// The high bit of each byte that is a letter: with bit 5 set capitals become small letters, and nothing else does.
  @inline(__always)
  fileprivate var letters: UInt64 { (self | (Self.ones &* 0x20)).high(from: 0x61, to: 0x7A) }

  /// The first `count` bytes with small letters for capitals, and zero behind them.
  @inline(__always)
  func lowercased(count: Int) -> UInt64 {
    let lowercase = self | letters >> 2
    return count < 8 ? lowercase & ((1 << UInt64(count * 8)) &- 1) : lowercase
  }
}

extension Span<UInt8> {
  /// True when no byte is 128 or more.
  var isASCII: Bool {
    // Safe: read within `count` only, below.
    let bytes = unsafe self.bytes
    var seen: UInt64 = 0
    var place = 0
    while place + 8 <= count {
      // Safe: place + 8 <= count.
      seen |= unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      place += 8
    }
    while place < count {
      seen |= UInt64(self[place])
      place += 1
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }

  /// Eight bytes from a place on, the first one lowest, and zero beyond the end.
  @inline(__always)
  func eight(from place: Int) -> UInt64 {
    if place + 8 <= count {
      // Safe: place + 8 <= count.
      return UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    var eight: UInt64 = 0
    for offset in 0..<Swift.max(0, count - place) { eight |= UInt64(self[place + offset]) << UInt64(offset * 8) }
    return eight
  }
}
