import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads a file of JSON lines and hands out the bytes of each description, in memory of a few megabytes.
///
/// A line that begins with `{"persona": "` and has no backslash in the text is read in place; any other goes through the
/// full parser.
enum PersonaLines {
  private static let blockSize = 1 << 20

  /// Calls `body` with each line, its end included, until the end of the file.
  static func forEachLine(in path: String, _ body: (Span<UInt8>) throws -> Void) throws {
    guard let file = unsafe fopen(path, "r") else { throw Problem("cannot be read", at: .init(file: path)) }
    defer { unsafe fclose(file) }
    var window: [UInt8] = []
    while true {
      let kept = window.count
      window.append(contentsOf: repeatElement(0, count: blockSize))
      let count = unsafe window.withUnsafeMutableBytes { bytes in
        // Safe: there are `blockSize` bytes behind the kept ones.
        unsafe fread(bytes.baseAddress.map { unsafe $0 + kept }, 1, blockSize, file)
      }
      window.removeLast(blockSize - count)
      if count == 0 { break }
      var start = 0
      while let end = newline(in: window, from: start) {
        try body(window.span.extracting(start..<end + 1))
        start = end + 1
      }
      window.removeSubrange(..<start)
    }
    if !window.isEmpty { try body(window.span) }
  }

  /// Calls `body` with the description of each row.
  static func forEachText(in path: String, _ body: (Span<UInt8>) throws -> Void) throws {
    let prefix = Array("{\"persona\": \"".utf8)
    try forEachLine(in: path) { line in
      var end = prefix.count
      var isPlain = line.count > prefix.count && prefix.indices.allSatisfy { line[$0] == prefix[$0] }
      while isPlain && end < line.count && line[end] != UInt8(ascii: "\"") {
        if line[end] == UInt8(ascii: "\\") { isPlain = false }
        end += 1
      }
      if isPlain && end < line.count {
        try body(line.extracting(prefix.count..<end))
      } else {
        // Safe: the bytes are copied before the closure ends.
        let bytes = unsafe line.withUnsafeBufferPointer { unsafe Array($0) }
        let text = Array(try JSONValue(utf8: bytes[...]).string("persona").utf8)
        try body(text.span)
      }
    }
  }

  private static func newline(in window: [UInt8], from start: Int) -> Int? {
    unsafe window.withUnsafeBytes { bytes -> Int? in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      // Safe: the search stays within the bytes from `start` on.
      guard let found = unsafe memchr(base + start, 10, bytes.count - start) else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
