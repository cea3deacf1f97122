import Checks
import PersonaRecords
import Recipes
import Testing

/// How replies are read, and under which name what cannot be read is rejected.
@Suite struct AnswerFormTests {
  private static func form(_ answer: String) throws -> AnswerForm {
    try RecipeTests.read("name: x\ndescription: d\nprompt: \"{{persona}}\"\nanswer:\n\(answer)").steps[0].form
  }

  private static func reading(_ answer: String, _ reply: String) throws -> (text: String?, reason: String?) {
    do {
      return (try form(answer).read(reply).text, nil)
    } catch let mistake as FormMistake {
      return (nil, mistake.reason)
    }
  }

  @Test(
    arguments: [
      ("Poem: five trees", "five trees", nil), ("**Poem:** five trees", "five trees", nil),
      ("poem: five trees", "five trees", nil), ("  ## Poem:\n\nfive trees\n", "five trees", nil),
      ("Sure! Poem: five trees", nil, "marker-missing"), ("five trees", nil, "marker-missing"),
      ("Poem:  \n", nil, "empty"),
      ("Poem: one\n\nPoem: two", nil, "answered-twice"), ("Poem: a poem: about poems", "a poem: about poems", nil),
    ] as [(String, String?, String?)])
  func markers(reply: String, text: String?, reason: String?) throws {
    let found = try Self.reading("  marker: \"Poem:\"", reply)
    #expect(found.text == text && found.reason == reason, "\(found)")
  }

  @Test(
    arguments: [
      ("Title: A\nText: b\nc", "Title: A\n\nText: b\nc", nil),
      ("Here you are:\n**Title:** A\n\n## Text:\nb", "Title: A\n\nText: b", nil),
      ("Text: b\nTitle: A", "Title: A\n\nText: b", nil), ("Title: A", nil, "section-missing"),
      ("Title:\nText: b", nil, "empty"), ("Title: A\nText: b\nTitle: C\nText: d", nil, "answered-twice"),
      ("Title: A\nText: b\n```\nTitle: in code\n```", "Title: A\n\nText: b\n```\nTitle: in code\n```", nil),
    ] as [(String, String?, String?)])
  func sections(reply: String, text: String?, reason: String?) throws {
    let found = try Self.reading("  sections: [Title, Text]", reply)
    #expect(found.text == text && found.reason == reason, "\(found)")
  }

  @Test func sectionsOfCodeLoseTheirFence() throws {
    let form = try Self.form("  sections: [Task, { name: Code, code: python }]\n  text: \"{{task}}\"")
    let answer = try form.read("Task: sum\nCode:\n```python\nx = 1\n\ny = 2\n```\nThat is all.")
    #expect(answer.text == "sum")
    #expect(answer.parts.map(\.text) == ["sum", "x = 1\n\ny = 2"])
    #expect(throws: FormMistake.self) { try form.read("Task: sum\nCode:\nx = 1") }
    #expect(throws: FormMistake.self) { try form.read("Task: sum\nCode:\n```python\nx = 1") }
  }

  @Test(
    arguments: [
      ("```python\nx = 1\n```", "x = 1", nil), ("It is:\n```py\nx\n```\nDone", "x", nil), ("```\nx\n```", "x", nil),
      ("```js\nx\n```", nil, "code-missing"), ("```python\nx", nil, "code-missing"), ("x = 1", nil, "code-missing"),
      ("````python\n```\n````", "```", nil),
    ] as [(String, String?, String?)])
  func code(reply: String, text: String?, reason: String?) throws {
    let found = try Self.reading("  code: python", reply)
    #expect(found.text == text && found.reason == reason, "\(found)")
  }

  private static let schema = """
      json:
        type: object
        properties:
          name: { type: string, minLength: 2 }
          size: { type: integer, minimum: 1, maximum: 9 }
          kind: { enum: [a, b] }
          tags: { type: array, items: { type: string }, maxItems: 2 }
          more: { type: object, additionalProperties: { type: number } }
        required: [name, size]
        additionalProperties: false
    """

  @Test(
    arguments: [
      ("{\"name\":\"ab\",\"size\":3}", nil), ("Here:\n```json\n{\"name\":\"ab\",\"size\":3}\n```", nil),
      ("{\"name\":\"ab\",\"size\":3,\"tags\":[\"x\"],\"more\":{\"y\":1.5},\"kind\":\"b\"}", nil),
      ("no JSON", "not-json"),
      ("{\"name\":\"ab\",\"si", "not-json"), ("", "not-json"), ("\"{\\\"name\\\":\\\"ab\\\"}\"", "schema"),
      ("{\"name\":\"ab\"}", "schema"), ("{\"name\":\"a\",\"size\":3}", "schema"),
      ("{\"name\":\"ab\",\"size\":10}", "schema"),
      ("{\"name\":\"ab\",\"size\":2.5}", "schema"), ("{\"name\":\"ab\",\"size\":\"3\"}", "schema"),
      ("{\"name\":\"ab\",\"size\":3,\"x\":1}", "schema"), ("{\"name\":\"ab\",\"size\":3,\"kind\":\"c\"}", "schema"),
      ("{\"name\":\"ab\",\"size\":3,\"tags\":[\"x\",\"y\",\"z\"]}", "schema"),
      ("{\"name\":\"ab\",\"size\":3,\"tags\":[1]}", "schema"),
      ("{\"name\":\"ab\",\"size\":3,\"more\":{\"y\":\"z\"}}", "schema"),
      ("{\"name\":\"ab\",\"size\":3}\n{\"name\":\"cd\",\"size\":4}", "answered-twice"), ("[1, 2]", "schema"),
    ] as [(String, String?)])
  func json(reply: String, reason: String?) throws {
    let found = try Self.reading(Self.schema, reply)
    // A JSON text inside a JSON string is read by no rule of ours, so it is no object.
    #expect(
      found.reason == reason || (reason == "schema" && found.reason == "not-json" && reply.hasPrefix("\"")), "\(found)")
  }

  @Test func fieldsAreOfOneShape() throws {
    let form = try Self.form(Self.schema)
    let full = try form.read("{\"name\":\"ab\",\"size\":3,\"tags\":[\"x\"],\"kind\":\"a\"}").parts
    let bare = try form.read("{\"size\":4,\"name\":\"cd\"}").parts
    #expect(full.map(\.name) == ["name", "size", "kind", "tags", "more"] && bare.map(\.name) == full.map(\.name))
    #expect(full.map { $0.field.kindName } == bare.map { $0.field.kindName })
    #expect(bare[2].field == .string("") && full[2].field == .string("a") && full[3].field == .string("[\"x\"]"))
  }

  @Test(arguments: [
    "json: 3", "json: { type: text }", "json: { type: object }", "json: { type: object, properties: { a: {} } }",
    "json: { type: object, properties: { a: { type: string, minLength: 3, maxLength: 2 } } }",
    "json: { type: object, properties: { a: { type: string, pattern: x } } }",
    "json: { type: object, properties: { a: { enum: [] } } }",
    "json: { type: object, properties: { a: { type: string } }, required: [b], additionalProperties: false }",
    "json: { type: object, properties: { a: { type: string, minLength: many } } }", "sections: []", "sections: [题]",
    "marker: \"\"", "json: { type: array, items: { type: string } }", "text: \"{{a}}\"",
  ])
  func whatIsNoFormIsRefusedWithItsPlace(answer: String) throws {
    do {
      _ = try Self.form("  \(answer)")
      Issue.record("\(answer) was taken")
    } catch let problem as Problem {
      #expect((problem.place.line ?? 0) >= 4 && problem.consequence == .wrongUsage, "\(problem)")
    }
  }
}
