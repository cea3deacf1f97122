package import PersonaRecords

/// Finds the JSON in what a model wrote: in a code fence, between prose, with small mistakes, or cut off in the middle.
///
/// A reply that is plain JSON is read strictly. Else every `{` and `[` is tried from the left with a reader that forgives
/// (`TolerantJSONParser`), and the longest value wins, so that a footnote mark `[1]` does not. It never traps, whatever
/// the bytes, and takes time proportional to the length of the reply, times `maximumAttempts` at worst.
package enum TolerantJSON {
  package enum Reading: Sendable, Equatable {
    /// The value. With `isCutOff` the text ended inside it, and only what was complete is there.
    case value(JSONValue, isCutOff: Bool)
    /// There is none; the reason is a text for the record.
    case nothing(String)

    package var value: JSONValue? {
      if case .value(let value, _) = self { value } else { nil }
    }
  }

  /// Starts that are tried before the rest is taken for prose.
  static let maximumAttempts = 64

  /// The JSON object or array that the reply holds.
  package static func read(_ reply: String) -> Reading { read(Array(reply.utf8)) }

  /// As above, for bytes that may be no UTF-8.
  package static func read(_ bytes: [UInt8]) -> Reading {
    if let value = try? JSONValue(utf8: bytes), isContainer(value) { return .value(value, isCutOff: false) }
    guard bytes.contains(where: { $0 > 0x20 }) else { return .nothing("the reply is empty") }
    guard let best = candidates(in: bytes).max(by: { $0.rank < $1.rank }) else {
      return .nothing("no JSON object in the reply")
    }
    guard !(best.isCutOff && isEmpty(best.value)) else {
      return .nothing("the reply is cut off before the first complete part of its JSON")
    }
    return .value(best.value, isCutOff: best.isCutOff)
  }

  /// Every JSON object or array that stands in the reply by itself, in order: for models that write one after the other.
  package static func readAll(_ reply: String) -> [JSONValue] {
    candidates(in: Array(reply.utf8)).map(\.value)
  }

  private struct Candidate {
    let value: JSONValue
    let range: Range<Int>
    let isCutOff: Bool

    /// Empty values last; then the longer one; of two equal ones the first (`max` would take the last).
    var rank: (Int, Int, Int) { (TolerantJSON.isEmpty(value) ? 0 : 1, range.count, -range.lowerBound) }
  }

  private static func candidates(in bytes: [UInt8]) -> [Candidate] {
    var found: [Candidate] = []
    var position = 0
    var attempts = 0
    while let start = bytes[position...].firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) {
      attempts += 1
      guard attempts <= maximumAttempts else { break }
      var parser = TolerantJSONParser(bytes, from: start)
      switch parser.parse() {
      case .complete(let value, let end):
        found.append(Candidate(value: value, range: start..<end, isCutOff: false))
        position = end
      case .cutOff(let value):
        // It reaches to the end of the reply, so what follows is inside it.
        found.append(Candidate(value: value, range: start..<bytes.count, isCutOff: true))
        return found
      case .broken:
        position = start + 1
      }
    }
    return found
  }

  private static func isContainer(_ value: JSONValue) -> Bool { value.objectValue != nil || value.arrayValue != nil }

  private static func isEmpty(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let members): members.isEmpty
    case .array(let elements): elements.isEmpty
    default: true
    }
  }
}
