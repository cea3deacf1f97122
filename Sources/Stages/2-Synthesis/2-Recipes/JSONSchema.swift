package import PersonaRecords

/// The part of JSON Schema that recipes may use: what model servers understand too.
///
/// A keyword that is not checked here is refused when the recipe is read, so that no rule is silently without effect.
package struct JSONSchema: Sendable {
  /// As it was written, and as it is sent to servers.
  package let value: JSONValue

  /// A property at the top, and how it becomes a field.
  package struct Property: Sendable {
    package let name: String
    /// `string`, `integer`, `number`, `boolean`; `""` for everything else, which is kept as JSON text.
    let type: String
  }

  package let properties: [Property]

  /// - Throws: `Problem` that names the place inside the schema.
  package init(_ value: JSONValue) throws(Problem) {
    try Self.inspect(value, path: "schema")
    guard value["type"]?.stringValue == "object", let members = value["properties"]?.objectValue, !members.isEmpty
    else {
      throw Problem(
        "the schema should be that of an object with properties", advice: "write type: object and properties: …",
        consequence: .wrongUsage)
    }
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
  package func mistake(in value: JSONValue) -> String? { Self.mistake(in: value, by: self.value, path: "") }

  private static let types: Set<String> = ["object", "array", "string", "integer", "number", "boolean", "null"]
  private static let keywords: Set<String> = [
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "minLength", "maxLength",
    "minItems", "maxItems", "minimum", "maximum", "anyOf", "title", "description", "examples", "default",
  ]
  private static let counts: Set<String> = ["minLength", "maxLength", "minItems", "maxItems"]

  private static func inspect(_ schema: JSONValue, path: String) throws(Problem) {
    func problem(_ what: String, _ advice: String) -> Problem {
      Problem("\(path): \(what)", advice: advice, consequence: .wrongUsage)
    }
    guard let members = schema.objectValue else {
      throw problem("a schema is keys and values, and this is \(schema.kindName)", "write for example { type: string }")
    }
    for member in members {
      guard keywords.contains(member.key) else {
        throw problem(
          "\"\(member.key.cut(to: 40))\" is no keyword that is checked here",
          "the keywords are: \(keywords.sorted().joined(separator: ", "))")
      }
      if counts.contains(member.key) || member.key == "minimum" || member.key == "maximum" {
        guard let number = member.value.doubleValue, number.isFinite, !counts.contains(member.key) || number >= 0 else {
          throw problem("\(member.key) should be a number", "write for example \(member.key): 1")
        }
      }
    }
    if let type = schema["type"] {
      let names = type.stringValue.map { [$0] } ?? type.arrayValue?.compactMap(\.stringValue) ?? []
      if names.isEmpty || !types.isSuperset(of: names) {
        throw problem(
          "there is no type \(type.line.cut(to: 40))", "the types are: \(types.sorted().joined(separator: ", "))")
      }
    } else if schema["enum"] == nil, schema["const"] == nil, schema["anyOf"] == nil {
      throw problem("it says neither type nor enum, const or anyOf, so anything would pass", "say which type it has")
    }
    if let choices = schema["enum"], choices.arrayValue?.isEmpty ?? true {
      throw problem("enum should be a list of what is allowed", "write for example enum: [yes, no]")
    }
    for (low, high) in [("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum")] {
      if let least = schema[low]?.doubleValue, let most = schema[high]?.doubleValue, least > most {
        throw problem("\(low) is above \(high), so nothing can pass", "swap them")
      }
    }
    try inspectParts(of: schema, path: path)
  }

  private static func inspectParts(of schema: JSONValue, path: String) throws(Problem) {
    let properties = schema["properties"]
    for member in properties?.objectValue ?? [] { try inspect(member.value, path: "\(path).\(member.key)") }
    if let properties, properties.objectValue == nil {
      throw Problem("\(path): properties should be keys and schemas", consequence: .wrongUsage)
    }
    if let items = schema["items"] { try inspect(items, path: "\(path).items") }
    for (place, part) in (schema["anyOf"]?.arrayValue ?? []).enumerated() {
      try inspect(part, path: "\(path).anyOf[\(place)]")
    }
    if let more = schema["additionalProperties"], more.boolValue == nil {
      try inspect(more, path: "\(path).additionalProperties")
    }
    if let required = schema["required"] {
      guard let names = required.arrayValue?.compactMap(\.stringValue), names.count == required.arrayValue?.count else {
        throw Problem("\(path): required should be a list of names", consequence: .wrongUsage)
      }
      for name in names where properties?[name] == nil && schema["additionalProperties"]?.boolValue == false {
        throw Problem(
          "\(path): \"\(name.cut(to: 40))\" is required and not among the properties, so nothing can pass",
          advice: "add the property", consequence: .wrongUsage)
      }
    }
  }
}

extension JSONSchema {
  private static func mistake(in value: JSONValue, by schema: JSONValue, path: String) -> String? {
    let here = path.isEmpty ? "the whole" : path
    if let choices = schema["anyOf"]?.arrayValue {
      if choices.contains(where: { mistake(in: value, by: $0, path: path) == nil }) { return nil }
      return "\(here) is none of what is allowed there"
    }
    if let constant = schema["const"], constant.line != value.line {
      return "\(here) is not \(constant.line.cut(to: 40))"
    }
    if let choices = schema["enum"]?.arrayValue, !choices.contains(where: { $0.line == value.line }) {
      return "\(here) is \(value.line.cut(to: 40)), none of \(JSONValue.array(choices).line.cut(to: 80))"
    }
    if let type = schema["type"] {
      let names = type.stringValue.map { [$0] } ?? type.arrayValue?.compactMap(\.stringValue) ?? []
      if !names.contains(where: { isOf($0, value) }) {
        return "\(here) should be of type \(names.joined(separator: " or ")), and is \(value.kindName)"
      }
    }
    switch value {
    case .string(let text): return outside(Double(text.unicodeScalars.count), schema, "Length", "characters", here)
    case .number(let spelling):
      guard let number = Double(spelling) else { return nil }
      if let least = schema["minimum"]?.doubleValue, number < least {
        return "\(here) is \(spelling), below the minimum"
      }
      if let most = schema["maximum"]?.doubleValue, number > most { return "\(here) is \(spelling), above the maximum" }
      return nil
    case .array(let elements):
      if let wrong = outside(Double(elements.count), schema, "Items", "items", here) { return wrong }
      guard let items = schema["items"] else { return nil }
      for (place, element) in elements.enumerated() {
        if let wrong = mistake(in: element, by: items, path: "\(path)[\(place)]") { return wrong }
      }
      return nil
    case .object(let members): return mistake(in: members, of: value, by: schema, path: path)
    case .null, .bool: return nil
    }
  }

  private static func mistake(
    in members: [JSONValue.Member], of value: JSONValue, by schema: JSONValue, path: String
  ) -> String? {
    func inside(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    for name in schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where value[name] == nil {
      return "\(inside(name)) is missing"
    }
    let properties = schema["properties"]
    var seen: Set<String> = []
    for member in members {
      guard seen.insert(member.key).inserted else { return "\(inside(member.key.cut(to: 40))) stands there twice" }
      if let own = properties?[member.key] {
        if let wrong = mistake(in: member.value, by: own, path: inside(member.key)) { return wrong }
      } else if let more = schema["additionalProperties"] {
        if more.boolValue == false { return "\(inside(member.key.cut(to: 40))) is no property that is asked for" }
        if more.boolValue == nil, let wrong = mistake(in: member.value, by: more, path: inside(member.key)) {
          return wrong
        }
      }
    }
    return nil
  }

  private static func outside(
    _ count: Double, _ schema: JSONValue, _ what: String, _ unit: String, _ here: String
  ) -> String? {
    if let least = schema["min\(what)"]?.doubleValue, count < least {
      return "\(here) has \(Int(count)) \(unit), fewer than asked"
    }
    if let most = schema["max\(what)"]?.doubleValue, count > most {
      return "\(here) has \(Int(count)) \(unit), more than asked"
    }
    return nil
  }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool),
      ("null", .null):
      true
    case ("integer", .number(let spelling)): Double(spelling).map { $0 == $0.rounded() } ?? false
    default: false
    }
  }
}

extension JSONSchema.Property {
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
