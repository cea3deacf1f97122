import PersonaRecords

/// A prompt as the analyser understands it.
struct Request {
  /// What stands between the first line `<text>` and the last line `</text>`; nil without such lines.
  let text: String?
  let persona: String?
  /// The prompt without the text or persona it carries: what is asked, in the asker's words only.
  ///
  /// A text may hold "likely to write this text" or "Describe 9" itself; only the words around it are a request.
  let instruction: String
  let schemaName: String
  let seed: UInt64
  let sampleNumber: Int

  init(messages: [BuiltinModel.Message], schemaName: String, seed: UInt64, sampleNumber: Int) {
    let prompt = messages.last { $0.role == "user" }?.content ?? messages.last?.content ?? ""
    var bytes = Array(prompt.utf8)
    text = Self.cut("text", from: &bytes)
    persona = Self.cut("persona", from: &bytes)
    instruction = String(decoding: bytes, as: UTF8.self)
    count = Self.count(in: bytes)
    verb = Self.verb(in: bytes)
    isCoarse = PlainSearch.first(Self.broad, in: bytes) != nil
    self.schemaName = schemaName
    self.seed = seed
    self.sampleNumber = sampleNumber
  }

  /// The number after "Describe ", from 1 to 50; 1 when there is none.
  let count: Int
  /// The verb of "likely to VERB this text".
  let verb: String
  let isCoarse: Bool

  private static let describe = Array("Describe ".utf8)
  private static let likely = Array("likely to ".utf8)
  private static let thisText = Array(" this text".utf8)
  private static let broad = Array("in broad terms".utf8)

  private static func count(in bytes: [UInt8]) -> Int {
    guard let place = PlainSearch.first(describe, in: bytes) else { return 1 }
    let digits = bytes[(place + describe.count)...].prefix { $0 >= 0x30 && $0 <= 0x39 }.prefix(6)
    return min(max(Int(String(decoding: digits, as: UTF8.self)) ?? 1, 1), 50)
  }

  private static func verb(in bytes: [UInt8]) -> String {
    guard let place = PlainSearch.first(likely, in: bytes),
      let end = PlainSearch.first(thisText, in: bytes, from: place + likely.count)
    else { return "read" }
    let words = bytes[(place + likely.count)..<end]
    guard !words.isEmpty, words.count <= 40 else { return "read" }
    let verb = String(decoding: words, as: UTF8.self).collapsingWhitespace().lowercased()
    // The verb becomes part of a sentence: letters and spaces only.
    let isPlain = verb.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == " " || $0 == "-" }
    return verb.isEmpty || !isPlain ? "read" : verb
  }

  /// Takes what stands between `<name>` at a line's start and the last `</name>` at a line's start out of the prompt.
  private static func cut(_ name: String, from bytes: inout [UInt8]) -> String? {
    let open = Array("<\(name)>".utf8)
    let close = Array("</\(name)>".utf8)
    var start: Int?
    var place = 0
    while place + open.count <= bytes.count, start == nil {
      if stands(open, at: place, in: bytes) { start = place }
      place += 1
    }
    guard let start else { return nil }
    var end = bytes.count - close.count
    while end >= start + open.count, !stands(close, at: end, in: bytes) { end -= 1 }
    guard end >= start + open.count else { return nil }
    let block = String(decoding: bytes[(start + open.count)..<end], as: UTF8.self)
    bytes.removeSubrange(start..<(end + close.count))
    return block
  }

  private static func stands(_ mark: [UInt8], at place: Int, in bytes: [UInt8]) -> Bool {
    guard bytes[place] == 0x3C, place == 0 || bytes[place - 1] == 0x0A, place + mark.count <= bytes.count else {
      return false
    }
    for offset in mark.indices where bytes[place + offset] != mark[offset] { return false }
    return true
  }
}
