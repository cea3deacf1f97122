/// Tokens as this server counts them: four bytes of UTF-8 each, rounded up, and four more for every message.
package enum TokenCount {
  package static func of(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

  static func of(_ messages: [ChatCall.Message]) -> Int {
    messages.reduce(0) { $0 + 4 + of($1.content) }
  }

  /// The text as far as so many tokens reach, never through the middle of a character's bytes; nil where all of it fits.
  package static func cut(_ text: String, to tokens: Int) -> String? {
    guard of(text) > tokens else { return nil }
    let bytes = text.utf8
    var end = bytes.index(bytes.startIndex, offsetBy: tokens * 4)
    // A byte 10xxxxxx continues a character that began before it.
    while end > bytes.startIndex, bytes[end] & 0xC0 == 0x80 { bytes.formIndex(before: &end) }
    return String(text[..<end])
  }
}
