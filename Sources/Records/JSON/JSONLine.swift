/// Builds one JSON text with the keys in the order in which they are written; the same values give the same bytes.
///
/// Only `"`, `\` and control characters are escaped; all else stays UTF-8, so files can be read by people and `grep`.
public struct JSONLine: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  public init() {}

  /// The text so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func object(_ body: (inout JSONLine) -> Void) {
    open(UInt8(ascii: "{"))
    body(&self)
    close(UInt8(ascii: "}"))
  }

  public mutating func array(_ body: (inout JSONLine) -> Void) {
    open(UInt8(ascii: "["))
    body(&self)
    close(UInt8(ascii: "]"))
  }

  public mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func value(_ text: String) {
    separate()
    quote(text)
    needsComma = true
  }

  public mutating func value(_ number: Int) { raw(String(number)) }

  /// Writes the shortest spelling that reads back as the same number; what JSON cannot say (infinite, not a number) is 0.
  public mutating func value(_ number: Double) {
    raw(number.isFinite ? (Int(exactly: number).map(String.init) ?? number.description) : "0")
  }

  public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: raw("null")
    case .bool(let flag): self.value(flag)
    case .number(let spelling): raw(spelling)
    case .string(let text): self.value(text)
    case .array(let elements): array { line in for element in elements { line.value(element) } }
    case .object(let members):
      object { line in
        for member in members {
          line.key(member.key)
          line.value(member.value)
        }
      }
    }
  }

  public mutating func member(_ key: String, _ value: String) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: Double) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: String, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func raw(_ spelling: String) {
    separate()
    bytes.append(contentsOf: spelling.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  /// Most texts have little to escape, so they go over in long pieces. Whether a stretch of 32 bytes has anything is asked
  /// without a branch, which the compiler turns into a comparison of vectors.
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let source = Array(text.utf8)
    var start = 0
    var place = 0
    while place < source.count {
      let end = min(place + 32, source.count)
      let stretch = source.span.extracting(place..<end)
      var found: UInt8 = 0
      for place in 0..<stretch.count { found |= Self.isEscaped(stretch[place]) ? 1 : 0 }
      if found != 0 {
        for place in place..<end where Self.isEscaped(source[place]) {
          bytes.append(contentsOf: source[start..<place])
          escape(source[place])
          start = place + 1
        }
      }
      place = end
    }
    if start == 0 { bytes.append(contentsOf: source) } else { bytes.append(contentsOf: source[start...]) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}

extension JSONValue {
  /// The value on one line, keys in their order.
  public var line: String {
    var line = JSONLine()
    line.value(self)
    return line.text
  }
}

/// A record that has one line of JSON as its form at rest: every key always written, in one order, with one type.
public protocol JSONLineRecord: Sendable {
  /// Writes the record as one JSON object.
  func write(to line: inout JSONLine)

  /// Reads the record; keys it does not know are passed over.
  /// - Throws: `Problem` that names the key that is missing or has another type.
  init(json: JSONValue) throws(Problem)
}

extension JSONLineRecord {
  /// The record as one line, without the line end.
  public var jsonLine: [UInt8] {
    var line = JSONLine()
    write(to: &line)
    return line.bytes
  }
}

extension JSONValue {
  /// The string at `key`; absent reads as `""`, so that files of others and of older versions can be read.
  public func string(_ key: String) throws(Problem) -> String {
    guard let value = self[key] else { return "" }
    guard let text = value.stringValue else {
      throw Problem("field \"\(key)\" should be a string and is \(value.kindName)", consequence: .rejectRow)
    }
    return text
  }

  /// The whole number at `key`; absent reads as 0.
  public func int(_ key: String) throws(Problem) -> Int {
    guard let value = self[key] else { return 0 }
    guard let number = value.intValue else {
      throw Problem("field \"\(key)\" should be a whole number and is \(value.kindName)", consequence: .rejectRow)
    }
    return number
  }

  /// The number at `key`; absent reads as 0.
  public func double(_ key: String) throws(Problem) -> Double {
    guard let value = self[key] else { return 0 }
    guard let number = value.doubleValue else {
      throw Problem("field \"\(key)\" should be a number and is \(value.kindName)", consequence: .rejectRow)
    }
    return number
  }
}
