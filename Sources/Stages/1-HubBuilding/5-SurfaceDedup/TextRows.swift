import PersonaRecords
import ShardFiles

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

  /// - Parameter keys: that of the text first; the others may be missing.
  init(path: String, keys: [String]) throws(Problem) {
    self.path = path
    self.key = keys[0]
    reader = try JSONLinesReader(path: path)
    scanner = JSONFieldScanner(keys: keys)
  }

  /// Share of the file that was taken; nil when its size is not known.
  var share: Double? {
    let stream = reader.lines.stream
    return stream.byteCount.map { $0 == 0 ? 1 : Double(stream.bytesTaken) / Double($0) }
  }

  /// The next row; nil at the end. A torn file ends with an unreadable row.
  mutating func next() throws(Problem) -> Row? {
    let row = try nextLine()
    guard case .text(let line)? = row else { return row }
    return scan(line).map(Row.unreadable) ?? row
  }

  /// The next line that is not blank, which nobody has looked into yet; one that is no line at all is unreadable.
  mutating func nextLine() throws(Problem) -> Row? {
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
