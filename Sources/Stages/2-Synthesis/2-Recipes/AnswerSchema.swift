import JSONSchemas
package import PersonaRecords

/// The schema of an answer: of an object with properties, each of which becomes a field.
///
/// Recipes may say less than JSON Schema lets them: a part that takes anything, or that nothing can pass, is a slip of the pen.
package struct AnswerSchema: Sendable {
  /// As it was written, and as it is sent to servers.
  package let value: JSONValue
  private let schema: JSONSchema

  /// A property at the top, and how it becomes a field.
  package struct Property: Sendable {
    package let name: String
    /// `string`, `integer`, `number`, `boolean`; `""` for everything else, which is kept as JSON text.
    let type: String
  }

  package let properties: [Property]

  /// - Throws: every mistake, with its place inside the schema.
  init(_ value: JSONValue) throws(JSONSchema.Mistakes) {
    schema = try JSONSchema(value)
    var inspection = Inspection()
    inspection.inspect(schema, at: JSONPointer())
    let members = value["properties"]?.objectValue ?? []
    if value["type"]?.stringValue != "object" || members.isEmpty {
      inspection.note(
        "the schema should be that of an object with properties", at: JSONPointer(),
        "write type: object and properties: …")
    }
    guard inspection.mistakes.isEmpty else { throw JSONSchema.Mistakes(inspection.mistakes) }
    self.value = value
    properties = members.map { member in
      let choices = member.value["enum"]?.arrayValue ?? []
      let isTextual = !choices.isEmpty && choices.allSatisfy { $0.stringValue != nil }
      let type = member.value["type"]?.stringValue ?? (isTextual ? "string" : "")
      return Property(
        name: member.key, type: ["string", "integer", "number", "boolean"].contains(type) ? type : "")
    }
  }

  /// Where and how a value differs from the schema; nil when it does not.
  package func mistake(in value: JSONValue) -> String? { schema.fault(in: value)?.description }
}

/// Looks for parts of a schema that take anything or nothing.
private struct Inspection {
  var mistakes: [JSONSchema.Mistake] = []

  mutating func note(_ what: String, at place: JSONPointer, _ advice: String) {
    mistakes.append(.init(what, at: place, advice))
  }

  mutating func inspect(_ schema: JSONSchema, at place: JSONPointer) {
    guard case .rules(let rules) = schema else {
      return note("a part of an answer's schema is keys and values", at: place, "write for example { type: string }")
    }
    if rules.types == nil, rules.choices == nil, rules.constant == nil, rules.anyOf.isEmpty {
      note("it says neither type nor enum, const or anyOf, so anything would pass", at: place, "say which type it has")
    }
    let pairs: [(JSONSchema.Limit.Keyword, JSONSchema.Limit.Keyword)] = [
      (.minLength, .maxLength), (.minItems, .maxItems), (.minimum, .maximum),
    ]
    for (low, high) in pairs {
      if let least = rules.limit(low), let most = rules.limit(high), least > most {
        note("\(low.rawValue) is above \(high.rawValue), so nothing can pass", at: place / low.rawValue, "swap them")
      }
    }
    for (name, part) in rules.properties { inspect(part, at: place / "properties" / name) }
    for (index, part) in rules.anyOf.enumerated() { inspect(part, at: place / "anyOf" / index) }
    switch rules.items {
    case .anything: break
    case .nothing, .rules: inspect(rules.items, at: place / "items")
    }
    switch rules.additional {
    case .anything: break
    case .rules: inspect(rules.additional, at: place / "additionalProperties")
    case .nothing:
      for (index, name) in rules.required.enumerated() where rules.property(name) == nil {
        note(
          "\"\(name.cut(to: 40))\" is required and not among the properties, so nothing can pass",
          at: place / "required" / index, "add the property")
      }
    }
  }
}

extension AnswerSchema.Property {
  /// The property of an object as a part: a missing one is empty, so that every instance has the same fields.
  func part(of object: JSONValue) -> ReadAnswer.Part {
    let value = object[name]
    switch type {
    case "string":
      let text = value?.stringValue ?? ""
      return .init(name: name, text: text, field: .string(text))
    case "boolean":
      let flag = value?.boolValue ?? false
      return .init(name: name, text: String(flag), field: .bool(flag))
    case "integer", "number":
      var spelling = "0"
      if case .number(let own)? = value { spelling = own }
      return .init(name: name, text: spelling, field: .number(spelling))
    default:
      let text = value?.line ?? ""
      return .init(name: name, text: text, field: .string(text))
    }
  }
}
