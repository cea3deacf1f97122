import PersonaRecords

/// Reads one JSON value from bytes and forgives what models get wrong.
///
/// Forgiven: trailing and missing commas, comments, single and typographic quotes, bare keys, Python's `True`, `False`
/// and `None`, raw line breaks and unescaped quotes inside strings, unknown escapes and lone surrogates (U+FFFD), numbers
/// such as `+5` and `.5`, an array closed by `}`, and a text that ends too early. Of the latter, what was complete is
/// kept: an array drops the element in which the text ends, an object the member.
struct TolerantJSONParser {
  enum Outcome: Equatable {
    /// `end` is the index behind the value.
    case complete(JSONValue, end: Int)
    case cutOff(JSONValue)
    case broken
  }

  private struct Broken: Error {}

  /// Deeper nesting is taken for noise, so that hostile input cannot exhaust the stack.
  static let maximumDepth = 128

  let bytes: [UInt8]
  var position: Int
  /// The end of the text was reached inside a value.
  private var isCutOff = false

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    self.position = start
  }

  mutating func parse() -> Outcome {
    do {
      let value = try value(depth: 0)
      guard isCutOff else {
        return value.map { .complete($0, end: position) } ?? .broken
      }
      return value.map { .cutOff($0) } ?? .broken
    } catch {
      return .broken
    }
  }

  /// - Returns: nil when the text ended before anything was complete; then `isCutOff` is set.
  private mutating func value(depth: Int) throws(Broken) -> JSONValue? {
    skipBlank()
    guard let byte = current else { return cut() }
    guard depth < Self.maximumDepth else { throw Broken() }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number()
    default:
      if let quote = openingQuote() { return string(quote, isKey: false).map { .string($0) } }
      return try word()
    }
  }

  private mutating func object(depth: Int) throws(Broken) -> JSONValue? {
    position += 1
    var members: [JSONValue.Member] = []
    while true {
      skipBlankAndCommas()
      guard let byte = current else {
        isCutOff = true
        return .object(members)
      }
      if byte == UInt8(ascii: "}") {
        position += 1
        return .object(members)
      }
      guard let key = try key() else { return .object(members) }
      skipBlank()
      guard let colon = current else {
        isCutOff = true
        return .object(members)
      }
      guard colon == UInt8(ascii: ":") else { throw Broken() }
      position += 1
      if let value = try value(depth: depth + 1) { members.append(JSONValue.Member(key, value)) }
      if isCutOff { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(Broken) -> JSONValue? {
    position += 1
    var elements: [JSONValue] = []
    while true {
      skipBlankAndCommas()
      guard let byte = current else {
        isCutOff = true
        return .array(elements)
      }
      if byte == UInt8(ascii: "]") {
        position += 1
        return .array(elements)
      }
      // A forgotten bracket: the brace belongs to the object around.
      if byte == UInt8(ascii: "}"), depth > 0 { return .array(elements) }
      let element = try value(depth: depth + 1)
      if isCutOff { return .array(elements) }
      if let element { elements.append(element) }
    }
  }

  private mutating func key() throws(Broken) -> String? {
    if let quote = openingQuote() { return string(quote, isKey: true) }
    let start = position
    while let byte = current, Self.isNameByte(byte) { position += 1 }
    guard position > start else { throw Broken() }
    if current == nil { isCutOff = true }
    return isCutOff ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func number() throws(Broken) -> JSONValue? {
    let start = position
    while let byte = current, Self.isNumberByte(byte) { position += 1 }
    // More digits may have been to come.
    guard current != nil else { return cut() }
    let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
    if let value = try? JSONValue(text: spelling) { return value }
    guard let number = Double(spelling), number.isFinite else { throw Broken() }
    var line = JSONLine()
    line.value(number)
    return .number(line.text)
  }

  private mutating func word() throws(Broken) -> JSONValue? {
    let start = position
    while let byte = current, Self.isNameByte(byte) { position += 1 }
    guard position > start else { throw Broken() }
    guard current != nil else { return cut() }
    switch String(decoding: bytes[start..<position], as: UTF8.self) {
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case "null", "None", "NULL", "nil", "undefined", "NaN": return .null
    default: throw Broken()
    }
  }

  private mutating func cut() -> JSONValue? {
    isCutOff = true
    return nil
  }
}

// MARK: - Bytes between values

extension TolerantJSONParser {
  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func starts(with text: StaticString, at place: Int) -> Bool {
    let expected = text.description.utf8
    return bytes.count - place >= expected.count && bytes[place..<place + expected.count].elementsEqual(expected)
  }

  private mutating func skipBlank() { position = afterBlank(position) }

  private mutating func skipBlankAndCommas() {
    while true {
      skipBlank()
      guard current == UInt8(ascii: ",") else { return }
      position += 1
    }
  }

  /// The first place from `start` on that is neither white space nor comment.
  private func afterBlank(_ start: Int) -> Int {
    var place = start
    while place < bytes.count {
      if bytes[place] <= 0x20 {
        place += 1
      } else if starts(with: "\u{A0}", at: place) {
        place += 2
      } else if starts(with: "\u{FEFF}", at: place) {
        place += 3
      } else if starts(with: "//", at: place) {
        place = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      } else if starts(with: "/*", at: place) {
        place += 2
        while place < bytes.count, !starts(with: "*/", at: place) { place += 1 }
        place = min(place + 2, bytes.count)
      } else {
        return place
      }
    }
    return place
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}

// MARK: - Strings

extension TolerantJSONParser {
  private enum Quote {
    case double, single, typographic
  }

  /// Steps over an opening quote, if one stands here.
  private mutating func openingQuote() -> Quote? {
    if current == UInt8(ascii: "\"") {
      position += 1
      return .double
    }
    if current == UInt8(ascii: "'") {
      position += 1
      return .single
    }
    if starts(with: "\u{201C}", at: position) {
      position += 3
      return .typographic
    }
    return nil
  }

  /// The string from behind its opening quote; nil when the text ends inside it.
  private mutating func string(_ quote: Quote, isKey: Bool) -> String? {
    var text: [UInt8] = []
    while let byte = current {
      if let width = closingWidth(quote, isKey: isKey) {
        position += width
        return String(decoding: text, as: UTF8.self)
      }
      position += 1
      if byte == UInt8(ascii: "\\") {
        guard current != nil else { break }
        appendEscape(to: &text)
      } else {
        text.append(byte)
      }
    }
    isCutOff = true
    return nil
  }

  /// How many bytes the closing quote takes that stands here; nil when none does, or one that belongs to the text: behind
  /// the last quote of a string comes what can follow a string, and nothing else.
  private func closingWidth(_ quote: Quote, isKey: Bool) -> Int? {
    let width: Int
    switch quote {
    case .double:
      guard bytes[position] == UInt8(ascii: "\"") else { return nil }
      width = 1
    case .single:
      guard bytes[position] == UInt8(ascii: "'") else { return nil }
      width = 1
    case .typographic:
      guard starts(with: "\u{201D}", at: position) else { return nil }
      width = 3
    }
    let next = afterBlank(position + width)
    guard next < bytes.count else { return width }
    if isKey { return bytes[next] == UInt8(ascii: ":") ? width : nil }
    switch bytes[next] {
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return width
    case UInt8(ascii: ","): return canFollowComma(afterBlank(next + 1)) ? width : nil
    case UInt8(ascii: "\""):
      // A forgotten comma, if the next string stands on a line of its own.
      return bytes[position..<next].contains(0x0A) ? width : nil
    default: return nil
    }
  }

  private func canFollowComma(_ place: Int) -> Bool {
    guard place < bytes.count else { return true }
    switch bytes[place] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"),
      UInt8(ascii: "]"), UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return true
    default:
      if starts(with: "\u{201C}", at: place) { return true }
      let name = bytes[place...].prefix(while: Self.isNameByte)
      let behind = afterBlank(name.endIndex)
      if behind < bytes.count, bytes[behind] == UInt8(ascii: ":"), !name.isEmpty { return true }
      return ["true", "false", "null", "True", "False", "None"].contains(String(decoding: name, as: UTF8.self))
    }
  }

  /// At entry `position` is behind the backslash; at exit behind the escape.
  private mutating func appendEscape(to text: inout [UInt8]) {
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"), 0x0A: text.append(byte)
    case UInt8(ascii: "u"):
      guard let unit = hexDigits() else {
        text.append(contentsOf: "\\u".utf8)
        return
      }
      text.append(contentsOf: String(scalar(from: unit)).utf8)
    default:
      // LaTeX in a reply, `\alpha` say: both characters are meant.
      text.append(UInt8(ascii: "\\"))
      text.append(byte)
    }
  }

  private mutating func scalar(from unit: UInt32) -> Unicode.Scalar {
    if (0xD800..<0xDC00).contains(unit), starts(with: "\\u", at: position) {
      let start = position
      position += 2
      if let low = hexDigits(), (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      {
        return scalar
      }
      position = start
    }
    return Unicode.Scalar(unit) ?? "\u{FFFD}"
  }

  /// Reads four hexadecimal digits, or nothing.
  private mutating func hexDigits() -> UInt32? {
    guard bytes.count - position >= 4 else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    position += 4
    return unit
  }
}
