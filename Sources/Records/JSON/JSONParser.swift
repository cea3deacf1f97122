/// Reads one JSON text (RFC 8259) from UTF-8 bytes.
///
/// Strict where silence would corrupt data: invalid UTF-8, lone surrogates, control characters inside strings, trailing
/// text and nesting beyond `maximumDepth` are errors that name the byte. It never traps, whatever the bytes.
public struct JSONParser<Bytes: RandomAccessCollection> where Bytes.Element == UInt8, Bytes.Index == Int {
  /// Deeper nesting is refused, so that hostile input cannot exhaust the stack.
  public static var maximumDepth: Int { 256 }

  let bytes: Bytes
  var position: Int
  let end: Int

  public init(_ bytes: Bytes) {
    self.bytes = bytes
    self.position = bytes.startIndex
    self.end = bytes.endIndex
  }

  /// The one value the text holds.
  /// - Throws: `JSONSyntaxError`.
  public mutating func parse() throws(JSONSyntaxError) -> JSONValue {
    let value = try parsePrefix()
    guard position == end else { throw failure("text after the end of the value") }
    return value
  }

  /// The value at the start of the text; `position` is left behind it and the white space that follows.
  ///
  /// For replies in which a model wrote prose around its JSON.
  public mutating func parsePrefix() throws(JSONSyntaxError) -> JSONValue {
    skipWhitespace()
    let value = try value(depth: 0)
    skipWhitespace()
    return value
  }

  private func failure(_ reason: String) -> JSONSyntaxError {
    JSONSyntaxError(byteOffset: position - bytes.startIndex, reason: reason)
  }

  private mutating func skipWhitespace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard position < end else { throw failure("the text ends where a value should stand") }
    guard depth < Self.maximumDepth else { throw failure("nested deeper than \(Self.maximumDepth) levels") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("not JSON")
    }
  }

  private mutating func word(_ spelling: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    let expected = spelling.description.utf8
    guard end - position >= expected.count, bytes[position..<position + expected.count].elementsEqual(expected) else {
      throw failure("not JSON")
    }
    position += expected.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    skipWhitespace()
    if position < end, bytes[position] == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipWhitespace()
      guard position < end, bytes[position] == UInt8(ascii: "\"") else { throw failure("a key should stand here") }
      let key = try string()
      skipWhitespace()
      guard position < end, bytes[position] == UInt8(ascii: ":") else { throw failure("\":\" should stand here") }
      position += 1
      skipWhitespace()
      members.append(JSONValue.Member(key, try value(depth: depth + 1)))
      skipWhitespace()
      guard position < end else { throw failure("the text ends inside an object") }
      switch bytes[position] {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return .object(members)
      default: throw failure("\",\" or \"}\" should stand here")
      }
    }
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipWhitespace()
    if position < end, bytes[position] == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      skipWhitespace()
      elements.append(try value(depth: depth + 1))
      skipWhitespace()
      guard position < end else { throw failure("the text ends inside an array") }
      switch bytes[position] {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return .array(elements)
      default: throw failure("\",\" or \"]\" should stand here")
      }
    }
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let wholeStart = position
    skipDigits()
    guard position > wholeStart else { throw failure("a digit should stand here") }
    if bytes[wholeStart] == UInt8(ascii: "0"), position - wholeStart > 1 {
      throw failure("a number starts with a needless 0")
    }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let fractionStart = position
      skipDigits()
      guard position > fractionStart else { throw failure("a digit should stand here") }
    }
    if position < end, bytes[position] == UInt8(ascii: "e") || bytes[position] == UInt8(ascii: "E") {
      position += 1
      if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
      let exponentStart = position
      skipDigits()
      guard position > exponentStart else { throw failure("a digit should stand here") }
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func skipDigits() {
    while position < end, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] { position += 1 }
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
          throw failure("invalid UTF-8 in a string that ends")
        }
        position += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start) }
      if byte < 0x20 { throw failure("a raw control character in a string") }
      position += 1
    }
    throw failure("the text ends inside a string")
  }

  private mutating func stringWithEscapes(from start: Int) throws(JSONSyntaxError) -> String {
    var unescaped = Array(bytes[start..<position])
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: unescaped, as: UTF8.self) else {
          throw failure("invalid UTF-8 in a string that ends")
        }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        position += 1
        guard position < end else { throw failure("the text ends inside a string") }
        switch bytes[position] {
        case UInt8(ascii: "\""): unescaped.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): unescaped.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
          try appendUnicodeEscape(to: &unescaped)
          continue
        default: throw failure("unknown escape in a string")
        }
        position += 1
      case 0..<0x20: throw failure("a raw control character in a string")
      default:
        unescaped.append(byte)
        position += 1
      }
    }
    throw failure("the text ends inside a string")
  }

  /// At entry `position` is on the `u`; at exit behind the escape (behind both of a surrogate pair).
  private mutating func appendUnicodeEscape(to unescaped: inout [UInt8]) throws(JSONSyntaxError) {
    var code = UInt32(try fourHexDigits())
    if (0xD800..<0xDC00).contains(code) {
      guard end - position >= 2, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") else {
        throw failure("a lone surrogate in a string")
      }
      position += 1
      let low = UInt32(try fourHexDigits())
      guard (0xDC00..<0xE000).contains(low) else { throw failure("a lone surrogate in a string") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw failure("a lone surrogate in a string") }
    unescaped.append(contentsOf: String(scalar).utf8)
  }

  private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt16 {
    position += 1
    guard end - position >= 4 else { throw failure("the text ends inside an escape") }
    var code: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
        throw failure("a hexadecimal digit should stand here")
      }
      code = code << 4 | UInt16(digit)
      position += 1
    }
    return code
  }
}

extension JSONValue {
  /// Reads the one value that these UTF-8 bytes hold.
  /// - Throws: `JSONSyntaxError` with the byte at which the text is broken.
  public init(utf8 bytes: some RandomAccessCollection<UInt8>) throws(JSONSyntaxError) {
    var parser = JSONParser(Array(bytes))
    self = try parser.parse()
  }

  /// Reads the one value that this text holds.
  public init(text: String) throws(JSONSyntaxError) {
    var parser = JSONParser(Array(text.utf8))
    self = try parser.parse()
  }
}
