package import TextLanes

/// Some hundred lines of a JSON lines file, and where the text at one key stands in each.
///
/// Flat objects without escapes, by far the most, are understood on the way, 64 bytes at a time; whoever reads a batch asks
/// the full parser about the others. What is said here is what the full parser would say.
package struct LineBatch {
  /// The first `count` are the lines, in bytes from the first one at hand.
  package private(set) var lines = [text_row](repeating: text_row(), count: Self.capacity)
  package private(set) var count = 0
  /// The number of the first line, counted from 1, and its place in the stream.
  package private(set) var firstNumber = 0
  package private(set) var byteOffset = 0
  private let key: [UInt8]
  private let findsLinesOnly: Bool

  private static let capacity = 2048
  /// Places are numbers of 32 bits; what is longer goes line by line.
  static let largestByteCount = 1 << 30

  /// - Parameter findsLinesOnly: lines are not looked into before `understand` asks for one; those that may be blank are, and
  ///   every other is taken for a row.
  package init(key: String, findsLinesOnly: Bool = false) {
    self.key = Array(key.utf8)
    self.findsLinesOnly = findsLinesOnly
  }

  mutating func clear() { count = 0 }

  /// - Parameter window: bytes, and `ByteStream.slack` more.
  /// - Returns: bytes up to the end of the last line.
  mutating func find(in window: Span<UInt8>, byteOffset: Int, firstNumber: Int) -> Int {
    self.byteOffset = byteOffset
    self.firstNumber = firstNumber
    var taken = 0
    let length = min(window.count - ByteStream.slack, Self.largestByteCount)
    let key = key
    let find = unsafe findsLinesOnly ? text_lanes_lines : text_lanes_rows
    unsafe window.withUnsafeBufferPointer { window in
      unsafe key.withUnsafeBufferPointer { key in
        unsafe lines.withUnsafeMutableBufferPointer { lines in
          // A key without bytes has no address; another one, of which nothing is read, does no harm.
          guard let bytes = window.baseAddress, let rows = lines.baseAddress else { return }
          // Safe: `length` bytes and the slack are inside the window, and `lines` has room for its count.
          count = unsafe find(bytes, length, key.baseAddress ?? bytes, key.count, rows, lines.count, &taken)
        }
      }
    }
    return taken
  }

  /// Looks into a line that was only found, as all are looked into where not only lines are found.
  /// - Parameter window: the bytes that the batch was found in.
  package mutating func understand(_ row: Int, in window: Span<UInt8>) {
    guard lines[row].kind == text_row_line else { return }
    let whole = whole(row)
    let key = key
    var line = text_row()
    unsafe window.extracting(whole).withUnsafeBufferPointer { bytes in
      unsafe key.withUnsafeBufferPointer { key in
        guard let first = bytes.baseAddress else { return }
        var taken = 0
        // Safe: the line lies inside the window, which has the slack behind it; there is room for one row.
        _ = unsafe text_lanes_rows(first, bytes.count, key.baseAddress ?? first, key.count, &line, 1, &taken)
      }
    }
    lines[row].kind = line.kind
    guard line.text != 0 else { return }
    lines[row].text = line.text + UInt32(whole.lowerBound)
    lines[row].text_end = line.text_end + UInt32(whole.lowerBound)
  }

  /// A line was understood: it is a row, with or without the key. Where only lines are found, it may be no row yet.
  @inline(__always)
  package func isUnderstood(_ row: Int) -> Bool { lines[row].kind != 0 }

  /// Where the text at the key stands among the bytes at hand; nil when it has to be looked for.
  @inline(__always)
  package func text(_ row: Int) -> Range<Int>? {
    let line = lines[row]
    return line.text == 0 ? nil : Int(line.text)..<Int(line.text_end)
  }

  /// Where the line stands among the bytes at hand, its end included.
  @inline(__always)
  package func whole(_ row: Int) -> Range<Int> { Int(lines[row].line)..<Int(lines[row].line_end) + 1 }
}
