/// A key that cannot be printed: every text form of it says only that it is there.
package struct APIKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The environment variable it was read from, for messages.
  package let variable: String
  private let secret: String

  /// Takes a key as it stood in the environment; white space around it (a line end from a file) is dropped.
  /// - Returns: nil when nothing is left.
  package init?(_ value: String?, variable: String) {
    let characters = (value ?? "").unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = characters.lastIndex(where: { !$0.properties.isWhitespace }) else { return nil }
    self.secret = String(characters[...last])
    self.variable = variable
  }

  package var description: String { "(key from \(variable))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// Whether it can stand in an HTTP header: visible ASCII only.
  var isSendable: Bool { secret.utf8.allSatisfy { (0x21...0x7E).contains($0) } }

  /// The header's value; the only place where the key leaves this type.
  var authorization: String { "Bearer \(secret)" }

  /// The text with everything that shows a part of the key blotted out: any eight characters in a row that stand in the
  /// key (all of a shorter key), and words that show its start before a row of stars, as servers echo it.
  package func redact(_ text: String) -> String {
    let key = Array(secret.utf8)
    let bytes = Array(text.utf8)
    let width = min(8, key.count)
    guard bytes.count >= width else { return text }
    var windows: Set<[UInt8]> = []
    for start in 0...(key.count - width) { windows.insert(Array(key[start..<start + width])) }
    var isSecret = [Bool](repeating: false, count: bytes.count)
    for start in 0...(bytes.count - width) where windows.contains(Array(bytes[start..<start + width])) {
      // A short key such as `x` must stand alone, or every message would be blots.
      if key.count < 8, !Self.standsAlone(start..<start + width, in: bytes) { continue }
      for place in start..<start + width { isSecret[place] = true }
    }
    Self.markStarredWords(in: bytes, key: key, &isSecret)
    guard isSecret.contains(true) else { return text }
    var result: [UInt8] = []
    for (place, byte) in bytes.enumerated() {
      if !isSecret[place] {
        result.append(byte)
      } else if place == 0 || !isSecret[place - 1] {
        result.append(contentsOf: "[key]".utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func standsAlone(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    (range.lowerBound == 0 || !isWordByte(bytes[range.lowerBound - 1]))
      && (range.upperBound == bytes.count || !isWordByte(bytes[range.upperBound]))
  }

  private static func markStarredWords(in bytes: [UInt8], key: [UInt8], _ isSecret: inout [Bool]) {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, isWordByte(bytes[end]) || bytes[end] == UInt8(ascii: "*") { end += 1 }
      let word = bytes[start..<end]
      if let star = word.firstIndex(of: UInt8(ascii: "*")), star > start, key.starts(with: bytes[start..<star]) {
        for place in start..<end { isSecret[place] = true }
      }
      start = max(end, start + 1)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
