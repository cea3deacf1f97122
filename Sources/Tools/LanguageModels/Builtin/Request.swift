import PersonaRecords

/// A prompt as the analyser understands it.
struct Request {
  /// What stands between the first line `<text>` and the last line `</text>`; nil without such lines.
  var text: String? { blocks["text"] }
  var persona: String? { blocks["persona"] }
  /// What stands between the tags of `blockNames`, by name; examples are cut out and kept nowhere.
  let blocks: [String: String]
  /// The prompt without the blocks it carries: what is asked, in the asker's words only.
  ///
  /// A text may hold "likely to write this text" or "Describe 9" itself; only the words around it are a request.
  let instruction: String
  let messages: [BuiltinModel.Message]
  let schemaName: String
  /// The JSON schema asked for, where the caller has it.
  let schema: JSONValue?
  let seed: UInt64
  let sampleNumber: Int

  init(
    messages: [BuiltinModel.Message], schemaName: String, schema: JSONValue? = nil, seed: UInt64, sampleNumber: Int
  ) {
    let prompt = messages.last { $0.role == "user" }?.content ?? messages.last?.content ?? ""
    var bytes = Array(prompt.utf8)
    blocks = Self.cutBlocks(from: &bytes)
    instruction = String(decoding: bytes, as: UTF8.self)
    count = Self.count(in: bytes)
    verb = Self.verb(in: bytes)
    isCoarse = PlainSearch.first(Self.broad, in: bytes) != nil
    self.messages = messages
    self.schemaName = schemaName
    self.schema = schema
    self.seed = seed
    self.sampleNumber = sampleNumber
  }

  /// Whether the asker's own words hold all of these.
  func asks(for marks: String...) -> Bool {
    schemaName.isEmpty && marks.allSatisfy { instruction.contains($0) }
  }

  /// A block without the white space at its ends; `""` where there is none.
  func block(_ name: String) -> String { blocks[name]?.trimmingWhitespace() ?? "" }

  /// What follows `Name: ` on the first line of the instruction that begins so; nil without such a line.
  func setting(_ name: String) -> String? {
    for line in instruction.split(separator: "\n") {
      let plain = line.drop { $0 == " " || $0 == "-" || $0 == "*" }
      guard plain.hasPrefix(name + ":") else { continue }
      let value = String(plain.dropFirst(name.utf8.count + 1)).trimmingWhitespace()
      if !value.isEmpty { return value }
    }
    return nil
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

  private static let blockNames = [
    "examples", "text", "persona", "lore", "interface", "subject", "question", "conversation", "output",
  ]
  private static let tags = blockNames.map { (name: $0, open: Array("<\($0)>".utf8), close: Array("</\($0)>".utf8)) }

  /// Takes every block out of the prompt: what stands between `<name>` at a line's start and the last `</name>` at a
  /// line's start.
  ///
  /// The block that opens first is cut first, with whatever tags stand inside: an example's persona is not the persona,
  /// and a text's examples are none. Of several blocks of one name the first counts.
  private static func cutBlocks(from bytes: inout [UInt8]) -> [String: String] {
    var blocks: [String: String] = [:]
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x3C, let tag = tags.first(where: { stands($0.open, at: place, in: bytes) }) else {
        place += 1
        continue
      }
      let start = place + tag.open.count
      var end = bytes.count - tag.close.count
      while end >= start, !stands(tag.close, at: end, in: bytes) { end -= 1 }
      guard end >= start else {
        place += 1
        continue
      }
      if tag.name != "examples", blocks[tag.name] == nil {
        blocks[tag.name] = String(decoding: bytes[start..<end], as: UTF8.self)
      }
      bytes.removeSubrange(place..<(end + tag.close.count))
    }
    return blocks
  }

  private static func stands(_ mark: [UInt8], at place: Int, in bytes: [UInt8]) -> Bool {
    guard bytes[place] == 0x3C, place == 0 || bytes[place - 1] == 0x0A, place + mark.count <= bytes.count else {
      return false
    }
    for offset in mark.indices where bytes[place + offset] != mark[offset] { return false }
    return true
  }
}
