import Foundation
import JSONSchemas
import PersonaRecords
import Testing

/// Random schemas of the part that is read, and random values: Python's jsonschema finds the same faults at the same places.
struct PeerTests {
  /// The project's Python with jsonschema; nil without it.
  private static let python: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let program = package.appending(path: ".tools/bin/python3")
    let check = Process()
    check.executableURL = program
    check.arguments = ["-c", "import jsonschema"]
    check.standardError = FileHandle.nullDevice
    guard (try? check.run()) != nil else { return nil }
    check.waitUntilExit()
    return check.terminationStatus == 0 ? program : nil
  }()

  private struct Pair {
    let schema: JSONValue
    let value: JSONValue
  }

  /// What jsonschema says of each pair: places with keywords, or nil where it takes the schema for none.
  private func told(of pairs: [Pair]) throws -> [Set<String>?] {
    let file = FileManager.default.temporaryDirectory.appending(path: "pairs-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    let lines = pairs.map { pair in
      JSONValue.object([.init("schema", pair.schema), .init("value", pair.value)]).line + "\n"
    }
    try lines.joined().write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = Self.python
    process.arguments = [
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "faults.py").path, file.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      try JSONValue(text: String(line)).arrayValue.map { faults in
        Set(faults.map { fault in (fault.arrayValue ?? []).compactMap(\.stringValue).joined(separator: " ") })
      }
    }
  }

  @Test(.enabled(if: python != nil, "jsonschema is not installed: run Scripts/setup --tests"), arguments: [1, 2])
  func jsonschemaFindsTheSameFaults(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var pairs: [Pair] = []
    for _ in 0..<300 {
      let schema = chance.schema(depth: 3)
      for _ in 0..<4 { pairs.append(Pair(schema: schema, value: chance.value(for: schema, depth: 3))) }
    }
    let expected = try told(of: pairs)
    #expect(expected.count == pairs.count)
    var fitting = 0
    var keywords: Set<String> = []
    for (pair, expected) in zip(pairs, expected) {
      let schema = try JSONSchema(pair.schema)
      let faults = schema.faults(in: pair.value)
      let found = Set(faults.map { "\($0.place) \($0.keyword)" })
      #expect(found == expected, "seed \(seed): \(pair.value.line) by \(pair.schema.line)")
      #expect(schema.fault(in: pair.value) == faults.first)
      #expect(schema.faults(in: pair.value, upTo: 2) == Array(faults.prefix(2)))
      keywords.formUnion(faults.map(\.keyword))
      if faults.isEmpty { fitting += 1 }
    }
    // Neither all fit nor none, and every rule is broken somewhere.
    #expect((pairs.count / 10...pairs.count * 9 / 10).contains(fitting), "\(fitting)")
    #expect(keywords == Set(JSONSchema.keywords).subtracting(["properties", "items"]).union(["false"]), "\(keywords)")
  }

  /// A keyword with a value that it cannot have: what jsonschema refuses is refused here.
  @Test(.enabled(if: python != nil, "jsonschema is not installed: run Scripts/setup --tests"), arguments: [4, 5])
  func whatJsonschemaRefusesIsRefused(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var pairs: [Pair] = []
    for _ in 0..<300 {
      let schema = chance.schema(depth: 2)
      guard let members = schema.objectValue, let keyword = chance.random.pick(JSONSchema.keywords) else { continue }
      let broken = members.filter { $0.key != keyword } + [.init(keyword, chance.value(depth: 2))]
      pairs.append(Pair(schema: .object(broken), value: .null))
    }
    var refused = 0
    for (pair, expected) in zip(pairs, try told(of: pairs)) where expected == nil {
      refused += 1
      #expect(throws: JSONSchema.Mistakes.self, "\(pair.schema.line)") { try JSONSchema(pair.schema) }
    }
    #expect(refused > 100, "\(refused)")
  }
}

/// Draws schemas and values from a small world, so that they meet.
private struct Chance {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed, purpose: "schemas") }

  private static let keys = ["a", "b", "c", "x/y", "~", "é"]
  private static let texts = ["", "a", "b", "é", "e\u{301}", "ab😀c", "1"]
  private static let numbers = [
    "-1", "0", "1", "1.0", "2", "2.5", "1e1", "-0.0", "9007199254740993", "9007199254740992",
  ]

  private mutating func isChosen(_ share: Double) -> Bool { random.unit() < share }

  private mutating func some<Element>(of all: [Element], _ share: Double) -> [Element] {
    all.filter { _ in isChosen(share) }
  }

  mutating func value(depth: Int) -> JSONValue {
    switch random.below(depth > 0 ? 7 : 5) {
    case 0: return .null
    case 1: return .bool(isChosen(0.5))
    case 2, 3: return .number(random.pick(Self.numbers) ?? "0")
    case 4: return .string(random.pick(Self.texts) ?? "")
    case 5: return .array((0..<random.below(4)).map { _ in value(depth: depth - 1) })
    default: return .object(some(of: Self.keys, 0.4).map { .init($0, value(depth: depth - 1)) })
    }
  }

  /// A value that often fits, at least in part.
  mutating func value(for schema: JSONValue, depth: Int) -> JSONValue {
    guard !isChosen(0.1), schema.objectValue != nil else { return value(depth: min(depth, 1)) }
    if let constant = schema["const"], isChosen(0.8) { return constant }
    if let choices = schema["enum"]?.arrayValue, isChosen(0.8) { return random.pick(choices) ?? .null }
    if let parts = schema["anyOf"]?.arrayValue, isChosen(0.5), let part = random.pick(parts) {
      return value(for: part, depth: depth)
    }
    let type = schema["type"]?.stringValue ?? random.pick(schema["type"]?.arrayValue ?? [])?.stringValue
    switch type {
    case "string": return .string(random.pick(Self.texts) ?? "")
    case "number": return .number(random.pick(Self.numbers) ?? "0")
    case "integer": return .number(random.pick(["0", "1", "2", "1.0", "1e1"]) ?? "0")
    case "boolean": return .bool(isChosen(0.5))
    case "null": return .null
    case "array":
      return .array((0..<random.below(4)).map { _ in value(for: schema["items"] ?? .object([]), depth: depth - 1) })
    default:
      let names = (schema["properties"]?.objectValue ?? []).map(\.key) + some(of: Self.keys, 0.1)
      var seen: Set<String> = []
      return .object(
        names.filter { seen.insert($0).inserted && !isChosen(0.15) }.map { name in
          .init(name, value(for: schema["properties"]?[name] ?? .object([]), depth: depth - 1))
        })
    }
  }

  mutating func schema(depth: Int) -> JSONValue {
    if isChosen(0.04) { return .bool(isChosen(0.5)) }
    var members: [JSONValue.Member] = []
    let types =
      depth > 0 ? ["object", "array", "string", "number"] : ["string", "number", "integer", "boolean", "null"]
    let type = random.pick(types) ?? "string"
    if isChosen(0.8) {
      let names = [type] + (isChosen(0.2) ? some(of: ["null", "integer"].filter { $0 != type }, 0.6) : [])
      members.append(.init("type", names.count == 1 ? .string(type) : .array(names.map { .string($0) })))
    }
    if type == "object" {
      let names = some(of: Self.keys, 0.5)
      members.append(.init("properties", .object(names.map { .init($0, schema(depth: depth - 1)) })))
      if isChosen(0.5) { members.append(.init("required", .array(some(of: Self.keys, 0.2).map { .string($0) }))) }
      if isChosen(0.4) {
        members.append(.init("additionalProperties", isChosen(0.5) ? .bool(false) : schema(depth: depth - 1)))
      }
    }
    if type == "array" {
      members.append(.init("items", schema(depth: depth - 1)))
      if isChosen(0.3) { members.append(.init("minItems", .number(random.pick(["0", "1", "2.0"]) ?? "0"))) }
      if isChosen(0.3) { members.append(.init("maxItems", .number(random.pick(["1", "2", "3"]) ?? "3"))) }
    }
    if isChosen(0.3) { members.append(.init("minLength", .number("\(random.below(3))"))) }
    if isChosen(0.2) { members.append(.init("maxLength", .number("\(random.below(5))"))) }
    if isChosen(0.3) { members.append(.init("minimum", .number(random.pick(Self.numbers) ?? "0"))) }
    if isChosen(0.2) { members.append(.init("maximum", .number(random.pick(Self.numbers) ?? "0"))) }
    if isChosen(0.1) { members.append(.init("enum", .array((0...random.below(3)).map { _ in value(depth: 1) }))) }
    if isChosen(0.05) { members.append(.init("const", value(depth: 2))) }
    if depth > 0, isChosen(0.2) {
      members.append(.init("anyOf", .array((0...random.below(2)).map { _ in schema(depth: depth - 1) })))
    }
    if isChosen(0.2) { members.append(.init("title", .string("of no effect"))) }
    return .object(members)
  }
}
