import PersonaRecords

/// Any JSON schema of a recipe that no other task knows: filled with what the persona's world has.
enum SchemaAnswer: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { !request.schemaName.isEmpty && request.schema != nil }

  static func answer(_ request: Request) -> String {
    guard let schema = request.schema else { return "{}" }
    let (world, random) = PersonaWorld.of(request, purpose: request.schemaName)
    var filler = SchemaFiller(world: world, root: schema, random: random)
    return filler.value(of: schema, name: request.schemaName, depth: 0).line
  }
}

/// Makes a value that a JSON schema accepts: types, enumerations, ranges, lengths, required members.
struct SchemaFiller {
  let world: PersonaWorld
  let root: JSONValue
  var random: SeededRandom

  mutating func value(of schema: JSONValue, name: String, depth: Int) -> JSONValue {
    if let constant = schema["const"] { return constant }
    if let choices = schema["enum"]?.arrayValue, let choice = random.pick(choices) { return choice }
    // A schema that holds itself would never end.
    guard depth < 12 else { return .null }
    if let reference = schema["$ref"]?.stringValue {
      return value(of: definition(reference), name: name, depth: depth + 1)
    }
    for key in ["anyOf", "oneOf", "allOf"] {
      if let first = schema[key]?.arrayValue?.first { return value(of: first, name: name, depth: depth + 1) }
    }
    switch Self.type(of: schema) {
    case "object": return object(schema, depth: depth)
    case "array":
      let least = max(0, schema["minItems"]?.intValue ?? 1)
      let most = max(least, min(schema["maxItems"]?.intValue ?? max(3, least), least + 2, 50))
      let count = min(least + random.below(most - least + 1), 50)
      return .array((0..<count).map { _ in value(of: schema["items"] ?? .null, name: name, depth: depth + 1) })
    case "integer":
      let (low, high) = range(schema)
      return .number("\(low + random.below(high - low + 1))")
    case "number":
      let (low, high) = range(schema)
      return .number("\(low + random.below(high - low + 1))")
    case "boolean": return .bool(random.below(2) == 0)
    case "null": return .null
    default: return .string(text(schema, name: name))
    }
  }

  private static func type(of schema: JSONValue) -> String {
    if let type = schema["type"]?.stringValue { return type }
    if let types = schema["type"]?.arrayValue?.compactMap(\.stringValue) {
      return types.first { $0 != "null" } ?? "null"
    }
    return schema["properties"] != nil ? "object" : schema["items"] != nil ? "array" : "string"
  }

  private func definition(_ reference: String) -> JSONValue {
    var place = root
    for part in reference.split(separator: "/").dropFirst() { place = place[String(part)] ?? .null }
    return place
  }

  private mutating func object(_ schema: JSONValue, depth: Int) -> JSONValue {
    let members = schema["properties"]?.objectValue ?? []
    let required = schema["required"]?.arrayValue?.compactMap(\.stringValue)
    var filled: [JSONValue.Member] = []
    for member in members where required?.contains(member.key) ?? true {
      filled.append(.init(member.key, value(of: member.value, name: member.key, depth: depth + 1)))
    }
    return .object(filled)
  }

  /// Whole numbers that the schema allows.
  private func range(_ schema: JSONValue) -> (low: Int, high: Int) {
    func bound(_ key: String) -> Double? { schema[key]?.doubleValue.map { min(max($0, -1e9), 1e9) } }
    var low = bound("minimum")?.rounded(.up)
    if let open = bound("exclusiveMinimum") { low = max(low ?? -1e9, open.rounded(.down) + 1) }
    var high = bound("maximum")?.rounded(.down)
    if let open = bound("exclusiveMaximum") { high = min(high ?? 1e9, open.rounded(.up) - 1) }
    let from = Int(low ?? min(1, (high ?? 1) - 9))
    return (from, max(from, Int(high ?? Double(from) + 99)))
  }

  private mutating func text(_ schema: JSONValue, name: String) -> String {
    let least = min(schema["minLength"]?.intValue ?? 0, 20_000)
    let most = schema["maxLength"]?.intValue ?? Int.max
    if schema["format"]?.stringValue == "date" { return "2026-0\(1 + random.below(9))-1\(random.below(10))" }
    var text = world.weaver.one(of: WorldTable.values(of: name), &random)
    if text.hasSuffix(".") { text = text.capitalised }
    while text.count < least { text += " " + world.weaver.one(of: WorldTable.sentences, &random).capitalised }
    guard text.count > most else { return text }
    var words = text.prefix(most)
    if let space = words.lastIndex(of: " "), text.distance(from: text.startIndex, to: space) >= max(least, 1) {
      words = words[..<space]
    }
    return String(words)
  }
}
