package import PersonaRecords

/// Reads a JSON lines file row by row; a broken row is handed out with its reason, and the rest goes on.
///
/// Blank lines are skipped. NUL bytes, invalid UTF-8 and lone surrogates are broken rows: what they stood for is unknown,
/// and a guess would be stored as if it were the text.
package final class JSONLinesReader {
  package enum Event {
    case row(Row)
    case rejected(Problem)
  }

  /// One row. `bytes` shares the reader's memory: use it before the next call, or copy it.
  package struct Row {
    /// The line, counted from 1.
    package let number: Int
    /// The line as it stands in the file, without its end.
    package let bytes: ArraySlice<UInt8>
    package let value: JSONValue
  }

  /// A line that is not blank, and not yet parsed.
  package enum RawEvent {
    case line(LineReader.Line)
    case rejected(Problem)
  }

  package let lines: LineReader
  /// The file, for messages.
  package let name: String

  package init(_ lines: LineReader, name: String? = nil) {
    self.lines = lines
    self.name = name ?? lines.stream.name
  }

  /// Reads a file; `-` is standard input.
  package convenience init(path: String, maximumLineBytes: Int = LineReader.defaultMaximumLineBytes) throws(Problem) {
    self.init(try LineReader(path: path, maximumLineBytes: maximumLineBytes))
  }

  /// The next row; nil at the end.
  /// - Throws: `Problem` when the file cannot be read on or its packing is torn; the reader is at its end afterwards.
  package func next() throws(Problem) -> Event? {
    switch try nextLine() {
    case nil: return nil
    case .rejected(let problem): return .rejected(problem)
    case .line(let line):
      do throws(JSONSyntaxError) {
        return .row(Row(number: line.number, bytes: line.bytes, value: try JSONValue(utf8: line.bytes)))
      } catch {
        return .rejected(problem(error, in: line))
      }
    }
  }

  /// The next line that is not blank, for readers that take a few keys out of it with `JSONFieldScanner`.
  package func nextLine() throws(Problem) -> RawEvent? {
    while true {
      switch try lines.next() {
      case nil: return nil
      case .oversize(let line): return .rejected(line.problem(file: name))
      case .line(let line):
        if Self.isBlank(line.bytes) { continue }
        return .line(line)
      }
    }
  }

  package static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// Says why a line is not JSON.
  package func problem(_ error: JSONSyntaxError, in line: LineReader.Line) -> Problem {
    let place = Problem.Place(file: name, line: line.number)
    if line.bytes.contains(0) {
      return Problem(
        "this line holds NUL bytes", at: place, advice: "the file is damaged or not text; write the row anew",
        consequence: .rejectRow)
    }
    return Problem(
      "this line is not valid JSON: \(error)", at: place, advice: "one JSON object per line is expected; mend the row",
      consequence: .rejectRow)
  }
}
