import Crypto
import Foundation

/// The content-derived name of a persona: the same description has the same id on every machine.
///
/// The first 128 bits of SHA-256 over the description after NFC and with white space collapsed. Among a billion
/// descriptions the chance that any two differ and share an id is about 10^-21.
public struct PersonaID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The id of a description.
  public init(describing text: String) {
    var words: [UInt64] = [0, 0]
    // ASCII is its own NFC; the general path takes tens of microseconds, which a scan of a hub would feel.
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let canonical = (isASCII ? text : text.precomposedStringWithCanonicalMapping).collapsingWhitespace()
    for (place, byte) in SHA256.hash(data: Data(canonical.utf8)).prefix(16).enumerated() {
      words[place / 8] = words[place / 8] << 8 | UInt64(byte)
    }
    self.init(high: words[0], low: words[1])
  }

  /// Reads the 32 hex digits; nil for anything else.
  public init?(_ digits: String) {
    guard digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
      let low = UInt64(digits.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// 32 lower-case hex digits.
  public var description: String {
    // By hand: an id is written once per row and origin, and `String(_:radix:)` took a third of a row's time.
    unsafe String(unsafeUninitializedCapacity: 32) { bytes in
      for place in 0..<32 {
        let word = place < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (place & 15))) & 15
        // Safe: place < 32, the capacity asked for.
        unsafe bytes[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      return 32
    }
  }

  public static func < (one: PersonaID, other: PersonaID) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}

extension String {
  /// The text with every run of white space (Unicode `White_Space`) as one space, and none at the ends.
  public func collapsingWhitespace() -> String {
    if isCollapsedASCII { return self }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in unicodeScalars {
      if scalar.properties.isWhitespace {
        pendingSpace = !result.isEmpty
      } else {
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// ASCII without white space but single spaces inside: most texts, told apart by one look at the bytes.
  private var isCollapsedASCII: Bool {
    var isAfterSpace = true
    for byte in utf8 {
      guard byte > 0x20 && byte < 0x7F || byte == 0x20 && !isAfterSpace else { return false }
      isAfterSpace = byte == 0x20
    }
    return !isAfterSpace || isEmpty
  }
}
