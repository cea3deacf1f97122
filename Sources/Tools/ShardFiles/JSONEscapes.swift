/// Undoes the escapes of a JSON string.
enum JSONEscapes {
  /// Writes the string without its escapes; nil when an escape is unknown, cut off, or half of a surrogate pair.
  ///
  /// - Parameters:
  ///   - bytes: what stands between the quotes.
  ///   - room: at least as long as `bytes`: no escape grows (the six bytes of `\u1234` become at most three).
  /// - Returns: the number of bytes written.
  static func unescape(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int? {
    let count = bytes.count
    var from = 0
    var to = 0
    while from < count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[from...])
      let plain = unsafe ByteSearch.first(UInt8(ascii: "\\"), in: rest) ?? rest.count
      // Safe: to ≤ from, so `plain` bytes fit wherever they fit in `bytes`.
      unsafe UnsafeMutableRawBufferPointer(rebasing: room[to...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: rest[..<plain]))
      from += plain
      to += plain
      guard from < count else { break }
      guard from + 1 < count else { return nil }
      // Safe: from + 1 < count.
      let letter = unsafe bytes[from + 1]
      from += 2
      if letter == UInt8(ascii: "u") {
        guard let scalar = unsafe scalar(in: bytes, at: &from) else { return nil }
        for byte in Unicode.UTF8.encode(scalar) ?? .init() {
          // Safe: at most half as many bytes are written as were read.
          unsafe room[to] = byte
          to += 1
        }
      } else {
        guard let byte = single(letter) else { return nil }
        // Safe: one byte for the two that were read.
        unsafe room[to] = byte
        to += 1
      }
    }
    return to
  }

  private static func single(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// At entry `from` is behind the `u`; at exit behind the escape, or behind both of a pair.
  private static func scalar(in bytes: UnsafeRawBufferPointer, at from: inout Int) -> Unicode.Scalar? {
    guard let first = unsafe fourHexDigits(in: bytes, at: &from) else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    // Safe: the right side is looked at only when both bytes are there.
    guard from + 1 < bytes.count,
      unsafe bytes[from] == UInt8(ascii: "\\") && bytes[from + 1] == UInt8(ascii: "u")
    else { return nil }
    from += 2
    guard let second = unsafe fourHexDigits(in: bytes, at: &from), (0xDC00..<0xE000).contains(second) else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private static func fourHexDigits(in bytes: UnsafeRawBufferPointer, at from: inout Int) -> UInt32? {
    guard from + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for place in from..<from + 4 {
      // Safe: place < from + 4 ≤ count.
      let digit: UInt8
      switch unsafe bytes[place] {
      case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case let byte where byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      code = code << 4 | UInt32(digit)
    }
    from += 4
    return code
  }
}
