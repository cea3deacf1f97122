#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds bytes as fast as the C library can.
package enum ByteSearch {
  /// Index of the first `byte`; nil when there is none.
  package static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    // Safe: memchr looks at `count` bytes from `base` on, all inside the buffer, and answers with an address among them.
    guard let hit = unsafe memchr(base, Int32(byte), bytes.count) else { return nil }
    return unsafe UnsafeRawPointer(hit) - base
  }

  /// Whether `byte` stands anywhere in the text's UTF-8.
  package static func contains(_ byte: UInt8, in text: String) -> Bool {
    var text = text
    // Safe: the buffer lives through the closure.
    return text.withUTF8 { unsafe first(byte, in: UnsafeRawBufferPointer($0)) != nil }
  }

  /// Index of the first place where `pattern` begins; nil when it does not occur.
  package static func first(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let lead = pattern.first, bytes.count >= pattern.count else { return nil }
    return unsafe bytes.withUnsafeBytes { raw in
      var from = 0
      let last = raw.count - pattern.count
      while from <= last {
        // Safe: from ≤ last < count.
        guard let step = unsafe first(lead, in: UnsafeRawBufferPointer(rebasing: raw[from...last])) else { return nil }
        let place = from + step
        if unsafe raw[place..<place + pattern.count].elementsEqual(pattern) { return bytes.startIndex + place }
        from = place + 1
      }
      return nil
    }
  }
}
