/// One JSON value as it stood in the text: object keys keep their order, numbers keep their spelling.
///
/// Foundation's decoder neither keeps the order of keys nor says at which byte a text is broken; files that are copied
/// with "whatever other keys they have" need both.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// The number as written, for example `1e-3`; `doubleValue` reads it.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One key of an object with its value. A key that stands twice is kept twice; `subscript` finds the last, as most
  /// readers do.
  public struct Member: Sendable, Equatable {
    public let key: String
    public let value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of the last member with this key; nil when this is no object or has no such key.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var boolValue: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  public var doubleValue: Double? {
    if case .number(let spelling) = self { Double(spelling) } else { nil }
  }

  /// The whole number this spells, `12` and `12.0` alike; nil for fractions and what does not fit.
  public var intValue: Int? {
    guard case .number(let spelling) = self else { return nil }
    return Int(spelling) ?? Double(spelling).flatMap { Int(exactly: $0) }
  }

  public var arrayValue: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  public var objectValue: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// What kind of value this is, in the words a message to the user needs.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// Why a text is not JSON, and at which byte.
public struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
  public let byteOffset: Int
  public let reason: String

  public init(byteOffset: Int, reason: String) {
    self.byteOffset = byteOffset
    self.reason = reason
  }

  public var description: String { "\(reason) at byte \(byteOffset + 1)" }
}
