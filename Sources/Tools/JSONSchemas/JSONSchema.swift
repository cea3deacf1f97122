package import PersonaRecords

/// The part of JSON Schema (draft 2020-12) that says what a model's JSON should look like.
///
/// Read: `type`, `properties`, `required`, `additionalProperties`, `items`, `enum`, `const`, `anyOf`, `minLength`,
/// `maxLength`, `minimum`, `maximum`, `minItems`, `maxItems`, and schemas that are `true` or `false`. Words for people
/// (`title`, `description` …) are passed over. Every other keyword is refused when the schema is read: a rule that is passed
/// over would let wrong data pass.
package indirect enum JSONSchema: Sendable {
  case anything
  case nothing
  case rules(Rules)

  package struct Rules: Sendable {
    package var types: [JSONType]?
    package var properties: [(name: String, schema: JSONSchema)] = []
    package var required: [String] = []
    /// What properties of other names must be.
    package var additional: JSONSchema = .anything
    package var items: JSONSchema = .anything
    package var choices: [JSONValue]?
    package var constant: JSONValue?
    package var anyOf: [JSONSchema] = []
    package var limits: [Limit] = []

    package init(types: [JSONType]? = nil) { self.types = types }

    package func property(_ name: String) -> JSONSchema? { properties.first { $0.name == name }?.schema }

    package func limit(_ keyword: Limit.Keyword) -> Double? { limits.first { $0.keyword == keyword }?.value }
  }

  package struct Limit: Sendable {
    package enum Keyword: String, Sendable, CaseIterable {
      case minLength, maxLength, minItems, maxItems, minimum, maximum

      /// Whether it counts something, and is a whole number from 0.
      var isCount: Bool { self != .minimum && self != .maximum }
    }

    package let keyword: Keyword
    package let value: Double
    /// As it was written.
    let spelling: String

    package init(_ keyword: Keyword, _ value: Int) {
      self.init(keyword: keyword, value: Double(value), spelling: "\(value)")
    }

    init(keyword: Keyword, value: Double, spelling: String) {
      self.keyword = keyword
      self.value = value
      self.spelling = spelling
    }
  }

  /// Keywords with an effect.
  package static let keywords =
    [
      "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf",
    ] + Limit.Keyword.allCases.map(\.rawValue)

  /// Keywords for people and tools, which say nothing about a value.
  package static let annotations = [
    "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
  ]
}

/// The types that JSON Schema tells apart.
package enum JSONType: String, Sendable, CaseIterable {
  case string, number, integer, boolean, null, array, object

  /// The type of a value; never `integer`, of which every value is a number.
  package init(of value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool: .boolean
      case .number: .number
      case .string: .string
      case .array: .array
      case .object: .object
      }
  }

  /// `2.0` is an integer, as drafts from 6 on have it.
  package func holds(_ value: JSONValue) -> Bool {
    guard self == .integer else { return self == JSONType(of: value) }
    guard let number = value.doubleValue else { return false }
    return number.isFinite && number == number.rounded()
  }
}

extension JSONSchema {
  /// What is wrong with a schema, and where in it.
  package struct Mistake: Sendable, Equatable, CustomStringConvertible {
    package let place: JSONPointer
    package let what: String
    package let advice: String

    package init(_ what: String, at place: JSONPointer, _ advice: String) {
      self.place = place
      self.what = what
      self.advice = advice
    }

    package var description: String { "\(place.steps.isEmpty ? "the schema" : "\(place)"): \(what)" }
  }

  /// All that is wrong with a schema; never empty.
  package struct Mistakes: Error, Sendable {
    package let all: [Mistake]

    package init(_ all: [Mistake]) { self.all = all }
  }
}
