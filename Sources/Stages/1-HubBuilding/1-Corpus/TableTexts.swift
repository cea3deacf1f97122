import PersonaRecords
import ShardFiles

/// The texts of a CSV or TSV file (RFC 4180: fields may be quoted and hold separators, quotes and line breaks).
final class TableTexts: RawTextReader {
  private let records: SeparatedRecords
  private let file: String
  private let fields: TextFields
  private var columns: [Int?] = []
  private var headerCount = 0
  private var row = 0
  private var isFinished = false

  init(_ stream: ByteStream, file: String, separator: UInt8, settings: CorpusSettings) {
    self.records = SeparatedRecords(stream, separator: separator, maximumBytes: settings.maximumRecordBytes)
    self.file = file
    self.fields = TextFields(textKeys: settings.textKeys)
  }

  func next() throws(Problem) -> RawEvent? {
    if isFinished { return nil }
    if headerCount == 0, let rejection = try readHeader() {
      isFinished = true
      return .rejected(rejection)
    }
    guard !isFinished, let event = try records.next() else {
      isFinished = true
      return nil
    }
    row += 1
    switch event {
    case .tooLong(let byteOffset, let line):
      return .rejected(
        CorpusRejection(
          file: file, row: row, byteOffset: byteOffset,
          reason:
            "the record that begins in line \(line) does not end: its quote is not closed, or it is over the limit",
          advice: "close the quote, or raise the limit for one record; reading went on in the next line"))
    case .record(let record):
      guard record.fields.count == headerCount else {
        return .rejected(
          CorpusRejection(
            file: file, row: row, byteOffset: record.byteOffset,
            reason:
              "this row (line \(record.line)) has \(record.fields.count) fields, and the header has \(headerCount)",
            advice: "quote fields that hold the separator"))
      }
      return read(record)
    }
  }

  private func read(_ record: SeparatedRecords.Record) -> RawEvent {
    var found: [JSONField] = []
    for column in columns {
      guard let column else {
        found.append(.absent)
        continue
      }
      guard let text = String(validating: record.fields[column], as: UTF8.self) else {
        return .rejected(
          CorpusRejection(
            file: file, row: row, byteOffset: record.byteOffset,
            reason: "invalid UTF-8 in column \(column + 1) of line \(record.line)",
            advice: "convert the file to UTF-8, for example with iconv"))
      }
      found.append(.string(text))
    }
    switch fields.answer(found, row: row) {
    case .text(let text): return .text(text)
    case .missing: return .other
    }
  }

  /// Reads the header row and finds the columns; what is wrong when there is no text column.
  private func readHeader() throws(Problem) -> CorpusRejection? {
    guard case .record(let header)? = try records.next() else {
      isFinished = true
      return nil
    }
    headerCount = header.fields.count
    let names = header.fields.map { String(decoding: $0, as: UTF8.self).collapsingWhitespace() }
    columns = fields.keys.map { key in names.firstIndex(of: key) }
    if columns.prefix(fields.textKeys.count).contains(where: { $0 != nil }) { return nil }
    let keys = fields.textKeys.map { "\"\($0)\"" }.joined(separator: ", ")
    return CorpusRejection(
      file: file, row: 0,
      reason: "no column is called \(keys); the columns are: \(names.joined(separator: ", ").cut(to: 300))",
      advice: "name the column that holds the text with --text-key")
  }
}

/// Cuts a stream into records and fields, in memory bounded by the longest record that is allowed.
final class SeparatedRecords {
  struct Record {
    let fields: [[UInt8]]
    /// The line in which it begins, counted from 1.
    let line: Int
    let byteOffset: Int
  }

  enum Event {
    case record(Record)
    case tooLong(byteOffset: Int, line: Int)
  }

  private enum State {
    case fieldStart, plain, quoted, behindQuote
  }

  private let stream: ByteStream
  private let separator: UInt8
  private let limit: Int
  private var line = 1
  private var isAtStart = true

  init(_ stream: ByteStream, separator: UInt8, maximumBytes: Int) {
    self.stream = stream
    self.separator = separator
    self.limit = maximumBytes
  }

  /// The next record that is not an empty line; nil at the end.
  func next() throws(Problem) -> Event? {
    if isAtStart {
      isAtStart = false
      if try stream.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { stream.consume(3) }
    }
    while true {
      let byteOffset = stream.offset
      guard let (fields, length, isWhole) = try scan() else {
        if stream.availableCount == 0 { return nil }
        let event = Event.tooLong(byteOffset: byteOffset, line: line)
        try skipLine()
        return event
      }
      let firstLine = line
      line += stream.available.prefix(length).count { $0 == 0x0A }
      stream.consume(length)
      if fields.count == 1 && fields[0].isEmpty {
        if isWhole { continue }
        return nil
      }
      return .record(Record(fields: fields, line: firstLine, byteOffset: byteOffset))
    }
  }

  /// Finds the end of the record at the front; nil when it does not end within the limit.
  private func scan() throws(Problem) -> (fields: [[UInt8]], length: Int, endsWithLine: Bool)? {
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var state = State.fieldStart
    var place = 0
    while true {
      let bytes = stream.available
      let base = bytes.startIndex
      while place < bytes.count {
        let byte = bytes[base + place]
        switch state {
        case .fieldStart where byte == UInt8(ascii: "\""):
          state = .quoted
          place += 1
        case .quoted:
          let end = stream.position(of: UInt8(ascii: "\""), from: place) ?? bytes.count
          field += bytes[(base + place)..<(base + end)]
          place = end
          if end < bytes.count {
            state = .behindQuote
            place += 1
          }
        case .behindQuote where byte == UInt8(ascii: "\""):
          field.append(byte)
          state = .quoted
          place += 1
        case .fieldStart, .plain, .behindQuote:
          // Text behind a closing quote is against the rules; most readers append it, and so do we.
          state = .plain
          var end = base + place
          while end < bytes.endIndex, bytes[end] != separator, bytes[end] != 0x0A { end += 1 }
          field += bytes[(base + place)..<end]
          place = end - base
          guard place < bytes.count else { continue }
          let isLineEnd = bytes[end] == 0x0A
          if isLineEnd && field.last == 0x0D { field.removeLast() }
          fields.append(field)
          field = []
          state = .fieldStart
          place += 1
          if isLineEnd { return (fields, place, true) }
        }
      }
      if place > limit { return nil }
      guard try stream.fill() else {
        if state == .quoted { return nil }
        if field.last == 0x0D { field.removeLast() }
        return (fields + [field], place, false)
      }
    }
  }

  private func skipLine() throws(Problem) {
    line += 1
    while true {
      if let end = stream.position(of: 0x0A) {
        stream.consume(end + 1)
        return
      }
      stream.consume(stream.availableCount)
      guard try stream.fill() else { return }
    }
  }
}
