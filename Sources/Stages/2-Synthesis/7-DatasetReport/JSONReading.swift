package import PersonaRecords

/// A text that may be JSON, in the ways in which models and released files write it.
package struct JSONReading: Sendable {
  /// The text was a JSON string that holds the text proper, as in the data released with the paper.
  package let isEncodedTwice: Bool
  /// The JSON stood in a code fence.
  package let isFenced: Bool
  /// The text proper: decoded, with its fence.
  package let text: String
  /// What was read; nil when the text does not begin like an object or an array.
  package let value: Result<JSONValue, JSONSyntaxError>?

  package init(_ raw: String) {
    var text = raw
    var isEncodedTwice = false
    if Self.start(of: raw.utf8) == UInt8(ascii: "\""), let inner = try? JSONValue(utf8: Array(raw.utf8)).stringValue {
      text = inner
      isEncodedTwice = true
    }
    self.text = text
    self.isEncodedTwice = isEncodedTwice
    let body = Self.withoutFence(text)
    isFenced = body != nil
    let bytes = Array((body ?? text).utf8)
    let start = Self.start(of: bytes)
    guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else {
      value = nil
      return
    }
    value = Result { () throws(JSONSyntaxError) in try JSONValue(utf8: bytes) }
  }

  private static func start(of bytes: some Sequence<UInt8>) -> UInt8? { bytes.first { $0 > 0x20 } }

  /// What stands between the lines of a code fence; nil without one.
  private static func withoutFence(_ text: String) -> String? {
    let trimmed = text.trimmingWhitespace()
    guard trimmed.hasPrefix("```"), let end = trimmed.firstIndex(where: \.isNewline) else { return nil }
    let body = trimmed[end...]
    return String(body.hasSuffix("```") ? body.dropLast(3) : body)
  }
}
