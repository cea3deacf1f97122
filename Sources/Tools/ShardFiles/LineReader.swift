package import PersonaRecords

/// Reads a stream line by line, in memory bounded by the longest line that is allowed.
///
/// Lines end with LF or CRLF, which is not part of them; the last one may do without. A UTF-8 byte order mark at the
/// start of the stream is dropped. A line that breaks off because the file is torn is not handed out: the `Problem` tells of it.
package final class LineReader {
  /// One line, or what is known of one that is too long.
  package enum Event {
    case line(Line)
    case oversize(OversizeLine)
  }

  /// A line without its end. `bytes` shares the reader's memory: use it before the next call, or copy it.
  package struct Line {
    /// Counted from 1.
    package let number: Int
    /// Place of the line's first byte in the unpacked stream.
    package let byteOffset: Int
    package let bytes: ArraySlice<UInt8>
  }

  /// A line over the limit; it was passed over without being held in memory.
  package struct OversizeLine: Sendable, Equatable {
    package let number: Int
    package let byteOffset: Int
    package let byteCount: Int
    package let limit: Int

    package func problem(file: String) -> Problem {
      Problem(
        "this line has \(byteCount) bytes (from byte \(byteOffset) on), and at most \(limit) are read",
        at: .init(file: file, line: number), advice: "split the line, or raise the limit for one record",
        consequence: .rejectRow)
    }
  }

  package static let defaultMaximumLineBytes = 64 << 20

  package let stream: ByteStream
  package let maximumLineBytes: Int
  private var number = 0
  private var isAtStart = true
  private var isFinished = false
  /// Bytes of the batch that was found last; they are passed over when something else is asked for.
  private var batchByteCount = 0

  package init(_ stream: ByteStream, maximumLineBytes: Int = defaultMaximumLineBytes) {
    self.stream = stream
    self.maximumLineBytes = maximumLineBytes
  }

  /// Reads a file; `-` is standard input.
  package convenience init(path: String, maximumLineBytes: Int = defaultMaximumLineBytes) throws(Problem) {
    self.init(try ByteStream(path: path), maximumLineBytes: maximumLineBytes)
  }

  /// The next line; nil at the end.
  /// - Throws: `Problem` when the file cannot be read on or its packing is torn; the reader is at its end afterwards.
  package func next() throws(Problem) -> Event? {
    if isFinished { return nil }
    do throws(Problem) {
      try begin()
      return try nextLine()
    } catch {
      isFinished = true
      throw error
    }
  }

  /// Passes over a byte order mark, and over the lines of the last batch.
  private func begin() throws(Problem) {
    if isAtStart {
      isAtStart = false
      if try stream.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { stream.consume(3) }
    }
    stream.consume(batchByteCount)
    batchByteCount = 0
  }

  /// Finds the next lines, as many as are at hand and have an end; the last line of the stream may have none, and a very
  /// long one is never at hand, so after an empty batch comes `next()`.
  ///
  /// The lines stand in the stream's window until something else is asked for. Events and batches may take turns.
  /// - Throws: `Problem` as `next()`.
  package func nextBatch(_ batch: inout LineBatch) throws(Problem) {
    batch.clear()
    if isFinished { return }
    do throws(Problem) {
      try begin()
      var searched = 0
      while stream.position(of: UInt8(ascii: "\n"), from: searched) == nil {
        searched = stream.availableCount
        if searched > maximumLineBytes || searched > LineBatch.largestByteCount { return }
        guard try stream.fill() else { return }
      }
    } catch {
      isFinished = true
      throw error
    }
    batchByteCount = stream.withWindow { batch.find(in: $0, byteOffset: stream.offset, firstNumber: number + 1) }
    number += batch.count
  }

  /// A line of the last batch as an event.
  package func event(_ row: Int, of batch: borrowing LineBatch) -> Event {
    let place = batch.whole(row)
    let start = stream.available.startIndex
    var bytes = stream.available[start + place.lowerBound..<start + place.upperBound - 1]
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    let number = batch.firstNumber + row
    let byteOffset = batch.byteOffset + place.lowerBound
    if bytes.count > maximumLineBytes {
      return .oversize(
        OversizeLine(number: number, byteOffset: byteOffset, byteCount: bytes.count, limit: maximumLineBytes))
    }
    return .line(Line(number: number, byteOffset: byteOffset, bytes: bytes))
  }

  private func nextLine() throws(Problem) -> Event? {
    var searched = 0
    while true {
      if let length = stream.position(of: UInt8(ascii: "\n"), from: searched) {
        return take(length, behind: length + 1)
      }
      searched = stream.availableCount
      // One byte more than the limit may be the CR of a CRLF whose LF is still to come.
      if searched > maximumLineBytes + 1 { return try skipLongLine() }
      guard try stream.fill() else { break }
    }
    isFinished = true
    return searched == 0 ? nil : take(searched, behind: searched)
  }

  private func take(_ length: Int, behind next: Int) -> Event {
    number += 1
    let byteOffset = stream.offset
    var bytes = stream.available.prefix(length)
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    stream.consume(next)
    if bytes.count > maximumLineBytes {
      return .oversize(
        OversizeLine(number: number, byteOffset: byteOffset, byteCount: bytes.count, limit: maximumLineBytes))
    }
    return .line(Line(number: number, byteOffset: byteOffset, bytes: bytes))
  }

  private func skipLongLine() throws(Problem) -> Event {
    number += 1
    let byteOffset = stream.offset
    var length = 0
    var last: UInt8 = 0
    while true {
      if let rest = stream.position(of: UInt8(ascii: "\n")) {
        if rest > 0 { last = stream.available[stream.available.startIndex + rest - 1] }
        length += rest
        stream.consume(rest + 1)
        break
      }
      length += stream.availableCount
      last = stream.available.last ?? last
      stream.consume(stream.availableCount)
      guard try stream.fill() else {
        isFinished = true
        break
      }
    }
    if last == UInt8(ascii: "\r") { length -= 1 }
    return .oversize(
      OversizeLine(number: number, byteOffset: byteOffset, byteCount: length, limit: maximumLineBytes))
  }
}
