import Foundation
import PersonaRecords
import Testing

/// The schema that editors are given says what the reader says: no more, no less.
@Suite struct RecipeSchemaTests {
  /// The project's Python with a validator of JSON Schema; nil without it.
  private static let python: URL? = {
    let program = Program.package.appending(path: ".tools/bin/python3")
    let check = Process()
    check.executableURL = program
    check.arguments = ["-c", "import jsonschema, yaml"]
    check.standardError = FileHandle.nullDevice
    guard (try? check.run()) != nil else { return nil }
    check.waitUntilExit()
    return check.terminationStatus == 0 ? program : nil
  }()

  private static let good = """
    name: card
    description: A card
    prompt: "{{persona}} writes a card."
    variables: { tone: [dry, warm] }
    answer: { sections: [Title, Text] }
    checks: [no-refusal]

    """

  /// What the schema says of each file: "" or the mistake.
  private func validated(_ files: [String], in program: Program) async throws -> [String: String] {
    try program.write("schema.json", try await program.run("recipes", "schema").out)
    let process = Process()
    process.executableURL = Self.python
    process.arguments =
      [Program.package.appending(path: "Tests/EndToEndTests/validate-recipes.py").path, "schema.json"] + files
    process.currentDirectoryURL = program.folder
    process.environment = program.bareEnvironment
    let result = await (try Program.Running(process, input: Data())).end()
    #expect(result.code == 0, "\(result.err.suffix(600))")
    return result.json as? [String: String] ?? [:]
  }

  @Test(.enabled(if: python != nil, "jsonschema and pyyaml are not installed: run Scripts/setup --tests"))
  func everyRecipeThatComesWithTheProgramIsValid() async throws {
    try await inFreshFolder { program in
      var files: [String] = []
      for line in try await program.run("recipes", "list").out.split(separator: "\n") {
        let name = String(line.prefix { $0 != "\t" })
        try program.write("\(name).yaml", try await program.run("recipes", "show", name).out)
        files.append("\(name).yaml")
      }
      #expect(files.count > 10)
      try program.write("begun.yaml", try await program.run("recipes", "new", "begun").out)
      let examples = Program.package.appending(path: "docs/examples")
      let names = try FileManager.default.contentsOfDirectory(atPath: examples.path).filter { $0.hasSuffix(".yaml") }
      #expect(!names.isEmpty)
      files += ["begun.yaml"] + names.map { examples.appending(path: $0).path }
      let found = try await validated(files, in: program)
      for file in files { #expect(found[file]?.isEmpty == true, "\(file): \(found[file] ?? "not looked at")") }
    }
  }

  /// Lines in the place of others of the good recipe, each a mistake that both have to see.
  private static let mistakes: [(name: String, old: String, new: String)] = [
    ("unknown-key", "checks:", "cheks:"),
    ("unknown-check", "no-refusal", "no-nonsense"),
    ("unknown-mode", "checks:", "modes: [one-shot]\nchecks:"),
    ("unknown-kind", "{ tone: [dry, warm] }", "{ tone: { pick: [dry, warm] } }"),
    ("two-kinds", "{ tone: [dry, warm] }", "{ tone: { value: dry, choose: [dry, warm] } }"),
    ("taken-name", "{ tone:", "{ persona:"),
    ("two-forms", "{ sections: [Title, Text] }", "{ sections: [Title, Text], marker: \"Card:\" }"),
    ("layout-without-parts", "{ sections: [Title, Text] }", "{ marker: \"Card:\", text: \"{{title}}\" }"),
    ("no-prompt", "prompt:", "description2:"),
    ("unknown-limit", "[no-refusal]", "[length: { least: 3 }]"), ("no-limit", "[no-refusal]", "[length]"),
    ("no-maximum", "[no-refusal]", "[questions: { counting: marks }]"),
    ("impossible-limit", "[no-refusal]", "[no-persona-copy: { maximum-share: 7 }]"),
    ("limit-missing", "[no-refusal]", "[score: { of: text }]"),
    ("language-unknown", "[no-refusal]", "[language: { is: Klingon }]"),
    ("two-checks-in-one", "[no-refusal]", "[{ length: { minimum: 3 }, no-refusal: {} }]"),
    ("temperature", "checks:", "sampling: { temperature: 3 }\nchecks:"),
    ("step-without-prompt", "checks:", "then: [{ name: code }]\nchecks:"),
    ("demonstration-without-output", "checks:", "demonstrations: [{ persona: a man }]\nchecks:"),
    (
      "schema-keyword", "{ sections: [Title, Text] }",
      "{ json: { type: object, properties: { a: { type: string, pattern: x } } } }"
    ),
    ("schema-of-a-list", "{ sections: [Title, Text] }", "{ json: { type: array, items: { type: string } } }"),
  ]

  @Test(.enabled(if: python != nil, "jsonschema and pyyaml are not installed: run Scripts/setup --tests"))
  func whatTheReaderRefusesTheSchemaRefuses() async throws {
    try await inFreshFolder { program in
      try program.write("good.yaml", Self.good)
      #expect(try await program.run("recipes", "check", "good.yaml").code == 0)
      for (name, old, new) in Self.mistakes {
        #expect(Self.good.contains(old), "\(name) changes nothing")
        try program.write("\(name).yaml", Self.good.replacing(old, with: new))
        let result = try await program.run("recipes", "check", "\(name).yaml")
        #expect(result.code == 64, "\(name): \(result.err)")
      }
      let found = try await validated(["good.yaml"] + Self.mistakes.map { "\($0.name).yaml" }, in: program)
      #expect(found["good.yaml"]?.isEmpty == true, "\(found["good.yaml"] ?? "")")
      for (name, _, _) in Self.mistakes { #expect(found["\(name).yaml"]?.isEmpty == false, "\(name) is let through") }
    }
  }

  /// What may stand in a recipe of name, description and prompt, each to be taken by both.
  private static let additions = [
    "variables: { tone: dry, none: , n: 5, b: true, y: { range: [50, 300], step: 50 }, l: { text: long } }",
    "variables: { tone: [dry, { value: odd, weight: 0.2 }], t: { column: name, of: towns.csv }, l: { file: lore.md } }",
    "variables: { r: [a, b], t: { when: r, is: { a: [x, y], b: z }, otherwise: { range: [1, 2] } } }",
    "modes: [zero-shot]", "answer: {}", "checks: []", "demonstrations: [{ output: x }]",
    "demonstrations: { count: 3, list: [{ persona: p, output: x }] }",
    "demonstrations: { file: cards.jsonl, persona: who, output: text }", "answer: { code: '' }",
    "answer: { json: { type: object, properties: { a: { enum: [x, y] }, c: { type: array, items: { type: integer } } } } }",
    "answer: { sections: [A, { name: B b, code: python }], text: '{{b-b}}' }",
    "checks: [no-persona-copy, no-persona-copy: {}, length: { minimum: 3 }, language: { is: persona }]",
    "variables: { lang: [English] }\nchecks: [language: { is: '{{lang}}' }, omits: { words: '{{lang}}' }]",
    "sampling: { temperature: 0, top-p: 1, max-tokens: 5, stop: END }", "sampling: { stop: [a, b] }",
    "answer: { marker: 'X:', name: problem }\nthen: [{ name: s, prompt: '{{problem}}', checks: [code-parses] }]",
    "answer: { json: { type: object, properties: { s: { type: integer } } } }\nchecks: [score: { of: s, minimum: 3 }]",
  ]

  @Test(.enabled(if: python != nil, "jsonschema and pyyaml are not installed: run Scripts/setup --tests"))
  func whatTheReaderTakesTheSchemaTakes() async throws {
    try await inFreshFolder { program in
      try program.write("towns.csv", "name,inhabitants\nOdd,7\n")
      try program.write("lore.md", "A world.")
      try program.write("cards.jsonl", "{\"who\":\"a man\",\"text\":\"a card\"}\n")
      for (place, addition) in Self.additions.enumerated() {
        try program.write(
          "\(place).yaml",
          "name: card\ndescription: A card\nprompt: \"{{persona}} writes a card.\"\n\(addition)\n")
        let result = try await program.run("recipes", "check", "\(place).yaml")
        #expect(result.code == 0, "\(addition): \(result.err)")
      }
      let found = try await validated(Self.additions.indices.map { "\($0).yaml" }, in: program)
      for (place, addition) in Self.additions.enumerated() {
        #expect(found["\(place).yaml"]?.isEmpty == true, "\(addition): \(found["\(place).yaml"] ?? "")")
      }
    }
  }

  /// The names that the reader lists when it is given one that it does not know.
  private func told(_ old: String, _ new: String, after words: String, _ program: Program) async throws -> Set<String> {
    try program.write("asking.yaml", Self.good.replacing(old, with: new))
    let result = try await program.run("recipes", "check", "asking.yaml")
    let list = result.err.components(separatedBy: words).dropFirst().first?.split(separator: "\n").first ?? ""
    #expect(!list.isEmpty, "\(new): \(result.err)")
    return Set(list.components(separatedBy: ", "))
  }

  private func names(_ schema: JSONValue?) -> Set<String> {
    Set((schema?["properties"]?.objectValue ?? []).map(\.key))
  }

  @Test func itsNamesAreThoseOfTheReader() async throws {
    try await inFreshFolder { program in
      let schema = try JSONValue(text: try await program.run("recipes", "schema").out)
      let parts = try #require(schema["$defs"])
      #expect(names(schema) == (try await told("checks:", "cheks:", after: "the keys here are: ", program)))
      #expect(
        names(parts["step"])
          == (try await told("checks:", "then: [{ nam: code }]\nchecks:", after: "the keys here are: ", program)))
      #expect(
        names(parts["sampling"])
          == (try await told("checks:", "sampling: { heat: 1 }\nchecks:", after: "the keys here are: ", program)))
      #expect(names(parts["answer"]) == (try await told("sections:", "parts:", after: "the keys here are: ", program)))
      let modes = parts["mode"]?["enum"]?.arrayValue?.compactMap(\.stringValue) ?? []
      #expect(
        Set(modes) == (try await told("checks:", "modes: [one-shot]\nchecks:", after: "the modes are: ", program)))
      let kinds: [String: String] = ["longText": "text", "longFile": "file"]
      let drawn = try await told("[dry, warm]", "{ pick: 1 }", after: "say one of: ", program)
      #expect(Set(["value", "choose", "range", "column", "when"] + kinds.values) == drawn)
      for kind in drawn {
        let own = kinds.first { $0.value == kind }?.key ?? kind
        #expect(parts[own]?["required"]?.arrayValue?.first?.stringValue == kind)
      }
      #expect(
        names(parts["jsonSchema"])
          == (try await told(
            "{ sections: [Title, Text] }", "{ json: { type: object, kind: x } }", after: "the keywords are: ", program))
      )
    }
  }

  @Test func itsChecksAreThoseOfTheReader() async throws {
    try await inFreshFolder { program in
      let schema = try JSONValue(text: try await program.run("recipes", "schema").out)
      let check = try #require(schema["$defs"]?["check"]?["anyOf"]?.arrayValue)
      let all = try await told("no-refusal", "no-nonsense", after: "the checks are: ", program)
      #expect(names(check.last) == all)
      var bare: Set<String> = []
      for name in all {
        let own = check.last?["properties"]?[name]
        #expect(
          names(own) == (try await told("[no-refusal]", "[\(name): { x: 1 }]", after: "the keys here are: ", program)),
          "\(name)")
        if own?["required"] == nil, own?["anyOf"] == nil { bare.insert(name) }
      }
      // A check that needs nothing may stand as a name alone.
      #expect(Set(check.first?["enum"]?.arrayValue?.compactMap(\.stringValue) ?? []) == bare)
      let languages = check.last?["properties"]?["language"]?["properties"]?["is"]?["anyOf"]?.arrayValue?.first
      var known = try await told("[no-refusal]", "[language: { is: Klingon }]", after: "one of: ", program)
      known.remove("or a variable as \"{{name}}\"")
      #expect(Set(languages?["enum"]?.arrayValue?.compactMap(\.stringValue) ?? []) == known)
    }
  }
}
