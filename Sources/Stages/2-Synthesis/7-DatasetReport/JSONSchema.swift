package import PersonaRecords

/// The part of JSON Schema that says what a model's JSON should look like.
///
/// Understood: `type`, `properties`, `required`, `additionalProperties`, `items`, `enum`, `const`, `anyOf`, `minLength`,
/// `maxLength`, `minimum`, `maximum`, `minItems`, `maxItems`. A keyword beyond these is refused when the schema is read: a
/// rule that is passed over would make rows valid that are not.
package indirect enum JSONSchema: Sendable, Equatable {
  case anything
  case nothing
  case rules(Rules)

  package struct Rules: Sendable, Equatable {
    var types: [String]?
    var properties: [(name: String, schema: JSONSchema)] = []
    var required: [String] = []
    var additional: JSONSchema = .anything
    var items: JSONSchema = .anything
    var choices: [JSONValue]?
    var anyOf: [JSONSchema] = []
    /// Limits by keyword.
    var limits: [(keyword: String, value: Double)] = []

    package static func == (one: Rules, other: Rules) -> Bool {
      one.types == other.types && one.required == other.required && one.additional == other.additional
        && one.items == other.items && one.choices == other.choices && one.anyOf == other.anyOf
        && one.properties.elementsEqual(other.properties) { $0.name == $1.name && $0.schema == $1.schema }
        && one.limits.elementsEqual(other.limits) { $0.keyword == $1.keyword && $0.value == $1.value }
    }
  }

  /// Why a value does not fit.
  package struct Failure: Error, Sendable, Equatable {
    /// The rule, without numbers of places, so that equal failures can be counted together.
    package let reason: String
    /// True when it is about which keys the outermost object has.
    package let isAboutKeys: Bool
  }

  private static let types: Set = ["string", "number", "integer", "boolean", "null", "array", "object"]
  private static let annotations: Set = [
    "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
  ]
  private static let limitKeywords: Set = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"]

  // MARK: Reading

  /// - Parameter path: where in the schema this part stands, for messages.
  /// - Throws: `Problem` that names the part that is not understood.
  package init(json: JSONValue, path: String = "schema") throws(Problem) {
    if let flag = json.boolValue {
      self = flag ? .anything : .nothing
      return
    }
    guard let members = json.objectValue else {
      throw Problem(
        "\(path) should be an object and is \(json.kindName)", advice: "see docs/datasets.md for what is understood",
        consequence: .wrongUsage)
    }
    var rules = Rules()
    for member in members where !Self.annotations.contains(member.key) {
      try rules.read(member, path: path)
    }
    self = .rules(rules)
  }

  fileprivate static func problem(_ what: String) -> Problem {
    Problem(what, advice: "see docs/datasets.md for what is understood", consequence: .wrongUsage)
  }

  // MARK: Checking

  /// The first rule that a value breaks; nil when it fits.
  /// - Parameter path: where in the value this part stands; `""` for all of it.
  package func failure(of value: JSONValue, path: String = "") -> Failure? {
    func failure(_ what: String, isAboutKeys: Bool = false) -> Failure {
      Failure(reason: (path.isEmpty ? "the value" : path) + " " + what, isAboutKeys: isAboutKeys && path.isEmpty)
    }
    switch self {
    case .anything: return nil
    case .nothing: return failure("is not allowed")
    case .rules(let rules):
      if let types = rules.types, !types.contains(where: { Self.fits(value, $0) }) {
        return failure("should be \(types.joined(separator: " or ")) and is \(Self.typeName(value))")
      }
      if let choices = rules.choices, !choices.contains(value) {
        return failure("is none of \(choices.map(\.line).joined(separator: ", ").cut(to: 80))")
      }
      for (keyword, limit) in rules.limits {
        if Self.breaks(value, keyword, limit) { return failure("breaks \(keyword) \(JSONLine.spelling(limit))") }
      }
      if let members = value.objectValue {
        let missing = rules.required.filter { value[$0] == nil }
        if !missing.isEmpty { return failure("lacks \(missing.joined(separator: ", "))", isAboutKeys: true) }
        let known = Set(rules.properties.map(\.name))
        let unknown = members.map(\.key).filter { !known.contains($0) }
        if rules.additional == .nothing, !unknown.isEmpty {
          return failure("has more keys: \(unknown.joined(separator: ", ").cut(to: 80))", isAboutKeys: true)
        }
        for (name, schema) in rules.properties {
          guard let part = value[name] else { continue }
          if let failure = schema.failure(of: part, path: path.isEmpty ? name : "\(path).\(name)") { return failure }
        }
        for name in unknown {
          let place = path.isEmpty ? "*" : "\(path).*"
          if let part = value[name], let failure = rules.additional.failure(of: part, path: place) { return failure }
        }
      }
      for element in value.arrayValue ?? [] {
        if let failure = rules.items.failure(of: element, path: path + "[]") { return failure }
      }
      if !rules.anyOf.isEmpty, rules.anyOf.allSatisfy({ $0.failure(of: value, path: path) != nil }) {
        return failure("fits none of anyOf")
      }
      return nil
    }
  }

  private static func fits(_ value: JSONValue, _ type: String) -> Bool {
    type == typeName(value) || type == "integer" && value.doubleValue.map { $0 == $0.rounded() } ?? false
  }

  private static func typeName(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  private static func breaks(_ value: JSONValue, _ keyword: String, _ limit: Double) -> Bool {
    switch (keyword, value) {
    case ("minLength", .string(let text)): Double(text.unicodeScalars.count) < limit
    case ("maxLength", .string(let text)): Double(text.unicodeScalars.count) > limit
    case ("minItems", .array(let elements)): Double(elements.count) < limit
    case ("maxItems", .array(let elements)): Double(elements.count) > limit
    case ("minimum", .number): value.doubleValue ?? .nan < limit
    case ("maximum", .number): value.doubleValue ?? .nan > limit
    default: false
    }
  }
}

extension JSONSchema.Rules {
  fileprivate mutating func read(_ member: JSONValue.Member, path: String) throws(Problem) {
    let place = "\(path).\(member.key)"
    let value = member.value
    switch member.key {
    case "type":
      let names = value.stringValue.map { [$0] } ?? value.arrayValue?.compactMap(\.stringValue) ?? []
      guard !names.isEmpty, names.allSatisfy({ JSONSchema.isType($0) }) else {
        throw JSONSchema.problem("\(place) should name types of JSON")
      }
      types = names
    case "properties":
      guard let members = value.objectValue else { throw JSONSchema.problem("\(place) should be an object") }
      for member in members {
        properties.append((member.key, try JSONSchema(json: member.value, path: "\(place).\(member.key)")))
      }
    case "required":
      guard let names = value.arrayValue, names.allSatisfy({ $0.stringValue != nil }) else {
        throw JSONSchema.problem("\(place) should be an array of keys")
      }
      required = names.compactMap(\.stringValue)
    case "additionalProperties": additional = try JSONSchema(json: value, path: place)
    case "items": items = try JSONSchema(json: value, path: place)
    case "enum":
      guard let values = value.arrayValue, !values.isEmpty else {
        throw JSONSchema.problem("\(place) should be an array of values")
      }
      choices = values
    case "const": choices = [value]
    case "anyOf":
      guard let parts = value.arrayValue, !parts.isEmpty else {
        throw JSONSchema.problem("\(place) should be an array of schemas")
      }
      for part in parts { anyOf.append(try JSONSchema(json: part, path: place)) }
    default:
      guard JSONSchema.isLimit(member.key) else { throw JSONSchema.problem("\(place) is not understood") }
      guard let limit = value.doubleValue else { throw JSONSchema.problem("\(place) should be a number") }
      limits.append((member.key, limit))
    }
  }
}

extension JSONSchema {
  fileprivate static func isType(_ name: String) -> Bool { types.contains(name) }
  fileprivate static func isLimit(_ keyword: String) -> Bool { limitKeywords.contains(keyword) }

  /// A tool interface as the paper's prompt asks for it: six keys and no others. The released data has `return` and
  /// `depend` as texts, lists and objects too, so what the paper says of `input_args` is allowed for these as well.
  /// Source: arXiv 2406.20094, Section 4.6.
  package static let toolInterface: JSONSchema = {
    let name = JSONSchema.rules(Rules(types: ["string"], limits: [("minLength", 1)]))
    let parts = JSONSchema.rules(Rules(types: ["string", "array", "object"]))
    let keys = ["name", "description", "function_name", "input_args", "return", "depend"]
    return .rules(
      Rules(
        types: ["object"], properties: keys.enumerated().map { ($1, $0 < 3 ? name : parts) }, required: keys,
        additional: .nothing))
  }()
}

extension JSONLine {
  /// A number as JSON writes it.
  static func spelling(_ number: Double) -> String {
    var line = JSONLine()
    line.value(number)
    return line.text
  }
}
