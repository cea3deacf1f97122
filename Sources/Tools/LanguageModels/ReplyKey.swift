import Crypto
import Foundation
import PersonaRecords

/// The name of a request in the reply store: the first 128 bits of SHA-256 over its canonical JSON line.
///
/// No collision matters: among 10^9 requests the chance that any two differ and share a key is about 1.5 × 10^-21, far
/// below that of a disk returning a wrong byte, and to make one on purpose takes about 2^64 hashes of requests that the
/// forger must then get asked here.
public struct ReplyKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The first 128 bits of SHA-256 over the bytes.
  package init(hashing bytes: [UInt8]) {
    var words: [UInt64] = [0, 0]
    for (place, byte) in SHA256.hash(data: Data(bytes)).prefix(16).enumerated() {
      words[place / 8] = words[place / 8] << 8 | UInt64(byte)
    }
    self.init(high: words[0], low: words[1])
  }

  /// Reads 32 hex digits, as `description` writes them.
  package init?(hex digits: some Collection<UInt8>) {
    guard digits.count == 32 else { return nil }
    var words: [UInt64] = [0, 0]
    for (place, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      words[place / 16] = words[place / 16] << 4 | UInt64(value)
    }
    self.init(high: words[0], low: words[1])
  }

  /// The key as 16 bytes, most significant first: byte order is key order.
  public var bytes: [UInt8] {
    [high, low].flatMap { word in stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) } }
  }

  /// 32 lower-case hex digits.
  public var description: String { HexDigits.of(bytes) }

  public static func < (one: ReplyKey, other: ReplyKey) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}

extension HexDigits {
  /// SHA-256 of the bytes, as 64 digits.
  package static func sha256(of bytes: some Sequence<UInt8>) -> String {
    of(SHA256.hash(data: Data(bytes)))
  }
}
