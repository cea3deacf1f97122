import PersonaRecords
import ShardFiles

/// Takes text, id and language out of the fields of a row, by the same rule in every format that has fields.
struct TextFields {
  let textKeys: [String]
  /// In this order: the text keys, then these.
  static let otherKeys = ["id", "language", "lang"]

  var keys: [String] { textKeys + Self.otherKeys.filter { !textKeys.contains($0) } }

  enum Answer: Equatable {
    case text(RawText)
    /// No key holds a string; the reason says what stands there instead, "" when nothing does.
    case missing(reason: String)
  }

  /// - Parameter fields: one for each of `keys`.
  func answer(_ fields: [JSONField], row: Int) -> Answer {
    var reason = ""
    for (key, field) in zip(textKeys, fields) {
      switch field {
      case .string(let text):
        return .text(RawText(id: id(fields), text: text, row: row, language: language(fields)))
      case .absent: continue
      case .number: reason = reason.isEmpty ? "field \"\(key)\" should be a string and is a number" : reason
      case .other(let kind): reason = reason.isEmpty ? "field \"\(key)\" should be a string and is \(kind)" : reason
      }
    }
    return .missing(reason: reason)
  }

  private func field(_ key: String, _ fields: [JSONField]) -> JSONField {
    guard let place = keys.firstIndex(of: key), place < fields.count else { return .absent }
    return fields[place]
  }

  private func id(_ fields: [JSONField]) -> String {
    switch field("id", fields) {
    case .string(let text): text
    case .number(let spelling): spelling
    default: ""
    }
  }

  private func language(_ fields: [JSONField]) -> String {
    field("language", fields).stringValue ?? field("lang", fields).stringValue ?? ""
  }
}

/// Sets rows without the text aside, and says so once for the file when it looks as if no row had it.
struct MissingTextReport {
  /// After so many rows without a single text, the file itself is named.
  private static let patience = 100

  let file: String
  let textKeys: [String]
  let word: String
  private var held: [CorpusRejection] = []
  private var namesSeen: [String] = []
  private var isSettled = false

  init(file: String, textKeys: [String], word: String = "key") {
    self.file = file
    self.textKeys = textKeys
    self.word = word
  }

  /// A row with a text: those before it were exceptions.
  mutating func sawText() -> [CorpusRejection] {
    isSettled = true
    defer { held = [] }
    return held
  }

  /// A row without: what is to be reported now, if anything.
  mutating func sawNone(row: Int, reason: String, names: [String]) -> [CorpusRejection] {
    let shown = names.prefix(12).joined(separator: ", ").cut(to: 200)
    let what =
      reason.isEmpty ? "none of the keys \(textKeys.joined(separator: ", ")) is in this row" : reason
    let rejection = CorpusRejection(
      file: file, row: row, reason: "\(what) (this row has: \(names.isEmpty ? "no keys" : shown))", advice: advice)
    if isSettled { return [rejection] }
    for name in names where !namesSeen.contains(name) && namesSeen.count < 30 { namesSeen.append(name) }
    held.append(rejection)
    return held.count >= Self.patience ? settle(count: "the first \(held.count) rows") : []
  }

  /// The end of the file.
  mutating func finish() -> [CorpusRejection] {
    if isSettled || held.isEmpty { return [] }
    return settle(count: held.count == 1 ? "the 1 row" : "the \(held.count) rows")
  }

  private var advice: String { "name the \(word) that holds the text with --text-key" }

  private mutating func settle(count: String) -> [CorpusRejection] {
    isSettled = true
    defer { held = [] }
    let keys = textKeys.map { "\"\($0)\"" }.joined(separator: ", ")
    let seen = namesSeen.isEmpty ? "none" : namesSeen.joined(separator: ", ").cut(to: 300)
    return [
      CorpusRejection(
        file: file, reason: "none of \(count) has a text under \(keys); the \(word)s seen are: \(seen)", advice: advice)
    ] + held
  }
}

/// The texts of a JSON lines file.
final class JSONLinesTexts: RawTextReader {
  private let rows: JSONLinesReader
  private let file: String
  private let fields: TextFields
  private let scanner: JSONFieldScanner
  private var missing: MissingTextReport
  private var pending: [RawEvent] = []

  init(_ stream: ByteStream, file: String, settings: CorpusSettings, textKeys: [String]? = nil) {
    self.rows = JSONLinesReader(
      LineReader(stream, maximumLineBytes: settings.maximumRecordBytes), name: file)
    self.file = file
    self.fields = TextFields(textKeys: textKeys ?? settings.textKeys)
    self.scanner = JSONFieldScanner(keys: fields.keys)
    self.missing = MissingTextReport(file: file, textKeys: fields.textKeys)
  }

  func next() throws(Problem) -> RawEvent? {
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      guard let event = try rows.nextLine() else {
        pending = missing.finish().map(RawEvent.rejected)
        return pending.isEmpty ? nil : pending.removeFirst()
      }
      switch event {
      case .rejected(let problem): return .rejected(CorpusRejection(problem, file: file))
      case .line(let line):
        if let event = read(line) { return event }
      }
    }
  }

  /// The line's event; nil when what there is to say stands in `pending`.
  private func read(_ line: LineReader.Line) -> RawEvent? {
    do throws(JSONSyntaxError) {
      guard let found = try scanner.fields(in: line.bytes) else {
        let kind = try JSONValue(utf8: line.bytes).kindName
        return .rejected(
          CorpusRejection(
            file: file, row: line.number, byteOffset: 0, reason: "this row is \(kind), and an object is needed",
            advice: "write one JSON object per line"))
      }
      switch fields.answer(found, row: line.number) {
      case .text(let text):
        let before = missing.sawText()
        if before.isEmpty { return .text(text) }
        pending = before.map(RawEvent.rejected) + [.text(text)]
      case .missing(let reason):
        // The whole row is read only now that its keys are needed for the message.
        let names = try JSONValue(utf8: line.bytes).objectValue?.map(\.key) ?? []
        pending = missing.sawNone(row: line.number, reason: reason, names: names).map(RawEvent.rejected)
      }
      return nil
    } catch {
      return .rejected(CorpusRejection(rows.problem(error, in: line), file: file, byteOffset: line.byteOffset))
    }
  }
}

/// The texts of a file that is one JSON array, or of objects that were printed over several lines.
final class JSONTexts: RawTextReader {
  private let stream: ByteStream
  private let file: String
  private let limit: Int
  private let fields: TextFields
  private var missing: MissingTextReport
  private var row = 0
  private var isFinished = false
  private var pending: [RawEvent] = []

  init(_ stream: ByteStream, file: String, settings: CorpusSettings) {
    self.stream = stream
    self.file = file
    self.limit = settings.maximumRecordBytes
    self.fields = TextFields(textKeys: settings.textKeys)
    self.missing = MissingTextReport(file: file, textKeys: fields.textKeys)
  }

  func next() throws(Problem) -> RawEvent? {
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      if isFinished { return nil }
      guard try skipToElement() else {
        isFinished = true
        pending = missing.finish().map(RawEvent.rejected)
        continue
      }
      row += 1
      let offset = stream.offset
      guard let length = try elementLength() else {
        isFinished = true
        return .rejected(
          CorpusRejection(
            file: file, row: row, byteOffset: offset,
            reason:
              "element \(row), from byte \(offset) on, does not end within \(limit) bytes or before the file does",
            advice: "mend the file there; what follows was not read"))
      }
      let bytes = stream.available.prefix(length)
      let event = read(bytes)
      stream.consume(length)
      if let event { return event }
    }
  }

  /// Passes over what stands between elements; false at the end.
  private func skipToElement() throws(Problem) -> Bool {
    while true {
      let between = stream.available.prefix { byte in
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
          || byte == 0xEF || byte == 0xBB || byte == 0xBF
      }
      stream.consume(between.count)
      if stream.availableCount > 0 { return true }
      guard try stream.fill() else { return false }
    }
  }

  /// The number of bytes of the element at the front: up to the bracket that closes it, or the end of a simple value.
  private func elementLength() throws(Problem) -> Int? {
    var place = 0
    var depth = 0
    var isInString = false
    while true {
      let bytes = stream.available
      let base = bytes.startIndex
      while place < bytes.count {
        let byte = bytes[base + place]
        place += 1
        if isInString {
          if byte == UInt8(ascii: "\\") { place += 1 }
          if byte == UInt8(ascii: "\"") {
            isInString = false
            if depth == 0 { return place }
          }
          continue
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          depth -= 1
          if depth == 0 { return place }
          if depth < 0 { return place - 1 > 0 ? place - 1 : place }
        case UInt8(ascii: ","), 0x0A: if depth == 0 { return place - 1 > 0 ? place - 1 : place }
        default: break
        }
      }
      if place > limit { return nil }
      guard try stream.fill() else { return nil }
    }
  }

  private func read(_ bytes: ArraySlice<UInt8>) -> RawEvent? {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(utf8: bytes)
    } catch {
      return .rejected(
        CorpusRejection(
          file: file, row: row, byteOffset: stream.offset, reason: "element \(row) is not valid JSON: \(error)",
          advice: "mend the element"))
    }
    if case .string(let text) = value { return .text(RawText(text: text, row: row)) }
    guard case .object(let members) = value else {
      return .rejected(
        CorpusRejection(
          file: file, row: row, reason: "element \(row) is \(value.kindName), and an object or a string is needed",
          advice: "write an array of objects"))
    }
    switch fields.answer(fields.keys.map { JSONField(value[$0]) }, row: row) {
    case .text(let text):
      let before = missing.sawText()
      if before.isEmpty { return .text(text) }
      pending = before.map(RawEvent.rejected) + [.text(text)]
    case .missing(let reason):
      pending = missing.sawNone(row: row, reason: reason, names: members.map(\.key)).map(RawEvent.rejected)
    }
    return nil
  }
}
