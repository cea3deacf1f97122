package import PersonaRecords

extension JSONSchema {
  /// Reads a schema.
  /// - Throws: every place of it that is not understood.
  package init(_ json: JSONValue) throws(Mistakes) {
    var reader = SchemaReader()
    let schema = reader.schema(json, at: JSONPointer())
    guard reader.mistakes.isEmpty else { throw Mistakes(reader.mistakes) }
    self = schema
  }
}

/// Reads a schema part by part; what is not understood is noted, and takes anything.
private struct SchemaReader {
  var mistakes: [JSONSchema.Mistake] = []

  private mutating func note(_ what: String, at place: JSONPointer, _ advice: String) {
    mistakes.append(.init(what, at: place, advice))
  }

  mutating func schema(_ json: JSONValue, at place: JSONPointer) -> JSONSchema {
    if let flag = json.boolValue { return flag ? .anything : .nothing }
    guard let members = json.objectValue else {
      note(
        "a schema is keys and values, and this is \(json.kindName)", at: place,
        "write for example {\"type\": \"string\"}")
      return .anything
    }
    var rules = JSONSchema.Rules()
    var seen: Set<String> = []
    for member in members {
      guard seen.insert(member.key).inserted else {
        note("it stands there twice", at: place / member.key, "leave one of them out")
        continue
      }
      read(member, into: &rules, at: place / member.key)
    }
    return .rules(rules)
  }

  private mutating func read(_ member: JSONValue.Member, into rules: inout JSONSchema.Rules, at place: JSONPointer) {
    let value = member.value
    switch member.key {
    case "type": rules.types = types(value, at: place)
    case "properties":
      guard let members = value.objectValue else {
        return note("properties should be keys and schemas", at: place, "write {\"name\": {\"type\": \"string\"}}")
      }
      for member in members {
        if rules.property(member.key) != nil {
          note("it stands there twice", at: place / member.key, "leave one of them out")
        }
        rules.properties.append((member.key, schema(member.value, at: place / member.key)))
      }
    case "required":
      guard let names = value.arrayValue?.map(\.stringValue), !names.contains(nil) else {
        return note("required should be a list of names", at: place, "write [\"name\"]")
      }
      rules.required = names.compactMap(\.self)
      if Set(rules.required).count < names.count { note("a name stands there twice", at: place, "leave one out") }
    case "additionalProperties": rules.additional = schema(value, at: place)
    case "items": rules.items = schema(value, at: place)
    case "enum":
      guard let values = value.arrayValue, !values.isEmpty else {
        return note("enum should be a list of what is allowed", at: place, "write for example [\"yes\", \"no\"]")
      }
      rules.choices = values
    case "const": rules.constant = value
    case "anyOf":
      guard let parts = value.arrayValue, !parts.isEmpty else {
        return note(
          "anyOf should be a list of schemas", at: place, "write [{\"type\": \"string\"}, {\"type\": \"null\"}]")
      }
      for (index, part) in parts.enumerated() { rules.anyOf.append(schema(part, at: place / index)) }
    default: limit(member, into: &rules, at: place)
    }
  }

  private mutating func types(_ value: JSONValue, at place: JSONPointer) -> [JSONType]? {
    let names = value.stringValue.map { [$0] } ?? value.arrayValue?.map { $0.stringValue ?? $0.line } ?? []
    let types = names.compactMap(JSONType.init)
    guard types.count == names.count, !types.isEmpty else {
      note(
        "there is no type \(value.line.cut(to: 40))", at: place,
        "the types are: \(JSONType.allCases.map(\.rawValue).joined(separator: ", "))")
      return nil
    }
    if Set(types).count < types.count { note("a type stands there twice", at: place, "leave one out") }
    return types
  }

  private mutating func limit(
    _ member: JSONValue.Member, into rules: inout JSONSchema.Rules, at place: JSONPointer
  ) {
    guard let keyword = JSONSchema.Limit.Keyword(rawValue: member.key) else {
      if JSONSchema.annotations.contains(member.key) { return }
      let known = (JSONSchema.keywords + JSONSchema.annotations).sorted()
      return note(
        "\"\(member.key.cut(to: 40))\" is no keyword that is checked here", at: place,
        "the keywords are: \(known.joined(separator: ", "))")
    }
    guard case .number(let spelling) = member.value, let number = Double(spelling), number.isFinite,
      !keyword.isCount || number >= 0 && number == number.rounded()
    else {
      return note(
        "\(member.key) should be a \(keyword.isCount ? "whole number from 0" : "number")", at: place,
        "write for example \(member.key): 1")
    }
    rules.limits.append(.init(keyword: keyword, value: number, spelling: spelling))
  }
}
