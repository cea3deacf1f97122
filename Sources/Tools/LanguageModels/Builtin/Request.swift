import PersonaRecords

/// A prompt as the analyser understands it.
struct Request {
  let prompt: String
  let schemaName: String
  let seed: UInt64
  let sampleNumber: Int

  init(messages: [BuiltinModel.Message], schemaName: String, seed: UInt64, sampleNumber: Int) {
    prompt = messages.last { $0.role == "user" }?.content ?? messages.last?.content ?? ""
    self.schemaName = schemaName
    self.seed = seed
    self.sampleNumber = sampleNumber
  }

  /// What stands between the first line `<text>` and the last line `</text>`; nil without such lines.
  var text: String? { block("text") }
  var persona: String? { block("persona") }

  /// The prompt without the text or persona it carries: what is asked, in the asker's words only.
  ///
  /// A text may hold "likely to write this text" or "Describe 9" itself; only the words around it are a request.
  var instruction: String {
    var instruction = prompt
    for name in ["text", "persona"] {
      if let range = blockRange(name, in: instruction) { instruction.replaceSubrange(range, with: "") }
    }
    return instruction
  }

  /// The number after "Describe ", from 1 to 50; 1 when there is none.
  var count: Int {
    guard let range = instruction.firstRange(of: "Describe ") else { return 1 }
    let digits = instruction[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
    return min(max(Int(digits) ?? 1, 1), 50)
  }

  /// The verb of "likely to VERB this text".
  var verb: String {
    let words = instruction
    guard let end = words.firstRange(of: " this text"), let start = words.firstRange(of: "likely to ") else {
      return "read"
    }
    guard start.upperBound < end.lowerBound else { return "read" }
    let verb = String(words[start.upperBound..<end.lowerBound]).collapsingWhitespace().lowercased()
    return verb.isEmpty || verb.utf8.count > 40 ? "read" : verb
  }

  var isCoarse: Bool { instruction.contains("in broad terms") }

  private func block(_ name: String) -> String? {
    guard let range = blockRange(name, in: prompt) else { return nil }
    let open = prompt.index(range.lowerBound, offsetBy: name.utf8.count + 3, limitedBy: range.upperBound)
    let close = prompt.index(range.upperBound, offsetBy: -(name.utf8.count + 3), limitedBy: range.lowerBound)
    guard let open, let close, open <= close else { return "" }
    return String(prompt[open..<close])
  }

  /// From `<name>` at a line's start to the last `</name>` at a line's start.
  private func blockRange(_ name: String, in text: String) -> Range<String.Index>? {
    let bytes = Array(text.utf8)
    let open = Array("<\(name)>".utf8)
    let close = Array("</\(name)>".utf8)
    guard let start = Self.firstLine(open, in: bytes), let end = Self.lastLine(close, in: bytes),
      start + open.count <= end
    else { return nil }
    let view = text.utf8
    let from = view.index(view.startIndex, offsetBy: start)
    let to = view.index(view.startIndex, offsetBy: end + close.count)
    return from..<to
  }

  private static func firstLine(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.indices.first { ($0 == 0 || bytes[$0 - 1] == 0x0A) && bytes[$0...].starts(with: mark) }
  }

  private static func lastLine(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.indices.last { ($0 == 0 || bytes[$0 - 1] == 0x0A) && bytes[$0...].starts(with: mark) }
  }
}
