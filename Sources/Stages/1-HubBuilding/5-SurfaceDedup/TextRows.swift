import PersonaRecords
import ShardFiles
import SimilarityKernels
import TextLanes

/// The rows of a JSON lines file as surface dedup sees them: the line, and where the text stands in it.
struct TextRows {
  enum Row {
    case text(LineReader.Line)
    case unreadable(Problem)
  }

  private let reader: JSONLinesReader
  private let scanner: JSONFieldScanner
  private let path: String
  private let key: String
  private var places: [JSONPlace] = []
  private var room: [UInt8] = []
  /// Lines found together.
  private(set) var batch: LineBatch
  /// Why the file could not be read on, until it is handed out as a row.
  private var failure: Problem?

  /// - Parameter keys: that of the text first; the others may be missing.
  /// - Parameter lineKey: batches find lines only, and tell the place of the text at this key when asked; otherwise they tell
  ///   that of the first key.
  init(path: String, keys: [String], lineKey: String? = nil) throws(Problem) {
    self.path = path
    self.key = keys[0]
    batch = LineBatch(key: lineKey ?? keys[0], findsLinesOnly: lineKey != nil)
    reader = try JSONLinesReader(path: path)
    scanner = JSONFieldScanner(keys: keys)
  }

  /// Share of the file that was taken, the batch at hand included; nil when its size is not known.
  var share: Double? {
    let stream = reader.lines.stream
    guard let byteCount = stream.byteCount else { return nil }
    if byteCount == 0 { return 1 }
    // Of a packed file only what was read ahead is known.
    guard stream.packing == .plain else { return Double(stream.bytesTaken) / Double(byteCount) }
    let taken = batch.count == 0 ? stream.offset : batch.byteOffset + batch.whole(batch.count - 1).upperBound
    return Double(taken) / Double(byteCount)
  }

  /// The next row; nil at the end. A torn file ends with an unreadable row.
  mutating func next() throws(Problem) -> Row? {
    let row = try nextLine()
    guard case .text(let line)? = row else { return row }
    return scan(line).map(Row.unreadable) ?? row
  }

  /// The next line that is not blank, which nobody has looked into yet; one that is no line at all is unreadable.
  mutating func nextLine() throws(Problem) -> Row? {
    if let failure {
      self.failure = nil
      return .unreadable(failure)
    }
    do throws(Problem) {
      switch try reader.nextLine() {
      case nil: return nil
      case .rejected(let problem)?: return .unreadable(problem)
      case .line(let line)?: return .text(line)
      }
    } catch {
      return .unreadable(error)
    }
  }

  /// Finds the next lines, as many as are at hand; after an empty batch comes `nextLine()`.
  mutating func nextBatch() {
    do throws(Problem) { try reader.lines.nextBatch(&batch) } catch { failure = error }
  }

  /// A line of the batch as `nextLine()` would give it; nil for a blank one.
  func row(_ number: Int) -> Row? {
    switch reader.lines.event(number, of: batch) {
    case .oversize(let line): return .unreadable(line.problem(file: reader.name))
    case .line(let line): return JSONLinesReader.isBlank(line.bytes) ? nil : .text(line)
    }
  }

  /// Calls `body` with the bytes that the places of the batch count from, and `ByteStream.slack` more.
  @inline(__always)
  func withBatchWindow<Result>(_ body: (Span<UInt8>) -> Result) -> Result { reader.lines.stream.withWindow(body) }

  /// Looks into a line of the batch, where only lines were found.
  mutating func understand(_ number: Int) {
    let stream = reader.lines.stream
    stream.withWindow { batch.understand(number, in: $0) }
  }

  /// Cuts rows of the batch from one on, as many as go together.
  func cut(from number: Int, with cutter: inout ASCIIRows) -> Int {
    withBatchWindow { cutter.cut($0, batch.lines.span.extracting(number..<batch.count)) }
  }

  /// Finds the text and the other keys in a line.
  /// - Returns: why it is no row; nil when it is one.
  mutating func scan(_ line: LineReader.Line) -> Problem? {
    do throws(JSONSyntaxError) {
      guard try scanner.places(in: line.bytes, into: &places) else { return missing(line) }
    } catch {
      return reader.problem(error, in: line)
    }
    guard case .string = places[0] else { return missing(line) }
    return nil
  }

  /// Calls `body` with the text of the row that came last.
  mutating func withText(of line: LineReader.Line, _ body: (Span<UInt8>) -> Void) {
    guard case .string(let range, let hasEscapes) = places[0] else { return }
    scanner.withText(range, hasEscapes: hasEscapes, in: line.bytes, room: &room, body)
  }

  /// The number at another key of the row that came last.
  func number(_ place: Int, in line: LineReader.Line) -> Double? {
    guard case .number(let range) = places[place] else { return nil }
    return Double(String(decoding: bytes(range, of: line), as: UTF8.self))
  }

  /// The string at another key of the row that came last.
  mutating func string(_ place: Int, in line: LineReader.Line) -> String? {
    guard case .string(let range, let hasEscapes) = places[place] else { return nil }
    var text = ""
    scanner.withText(range, hasEscapes: hasEscapes, in: line.bytes, room: &room) { span in
      var bytes: [UInt8] = []
      for place in 0..<span.count { bytes.append(span[place]) }
      text = String(decoding: bytes, as: UTF8.self)
    }
    return text
  }

  private func bytes(_ range: Range<Int>, of line: LineReader.Line) -> ArraySlice<UInt8> {
    let start = line.bytes.startIndex
    return line.bytes[start + range.lowerBound..<start + range.upperBound]
  }

  private func missing(_ line: LineReader.Line) -> Problem {
    let value = try? JSONValue(utf8: line.bytes)
    let keys = value?.objectValue?.map(\.key).joined(separator: ", ") ?? value?.kindName ?? ""
    return Problem(
      "field \"\(key)\" is missing or no text (this row has: \(keys.cut()))", at: .init(file: path, line: line.number),
      advice: "add the field, or name yours with --key", consequence: .rejectRow)
  }
}
