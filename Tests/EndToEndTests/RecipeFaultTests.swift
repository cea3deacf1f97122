import Foundation
import PersonaRecords
import TestSupport
import Testing

/// A server that breaks one rule per persona: each row is rejected under the name of that rule, and the others pass.
@Suite struct RecipeFaultTests {
  /// What the server says to the persona of a number; others get the good answer.
  private typealias Faults = [(reason: String, answer: ServerAnswer)]

  private static func number(of call: ModelServer.Call) -> Int? {
    // The last one: examples stand before it.
    guard let range = call.lastMessage.range(of: "Worker number ", options: .backwards) else { return nil }
    return Int(call.lastMessage[range.upperBound...].prefix { $0.isNumber })
  }

  private static func personas(_ count: Int) -> String {
    (0..<count).map {
      "{\"persona\":\"Worker number \($0) who ties up container ships in the old harbour and sings at the evening shift\"}\n"
    }.joined()
  }

  private func reasons(
    _ recipe: String, mode: String = "zero-shot", good: ServerAnswer, _ faults: Faults
  ) async throws -> [String: Int] {
    let script: ModelServer.Answer = { call in
      guard let number = Self.number(of: call), number < faults.count else { return good }
      return faults[number].answer
    }
    return try await ModelServer.with(answer: script) { server in
      try await inFreshFolder { program in
        var program = program
        program.environment = ["OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"]
        try program.write("personas.jsonl", Self.personas(faults.count + 2))
        try program.write("r.yaml", recipe)
        #expect(try await program.run("hub", "import", "personas.jsonl").code == 0)
        let result = try await program.run(
          "synthesize", "--recipe", "r.yaml", "--mode", mode, "--count", "100", "--near-copies", "off", "-o", "o.jsonl",
          "--json")
        #expect(result.code == 0, "\(result.err)")
        #expect(result.count("accepted") == 2, "\(result.out)")
        // What is rejected is kept aside, whole.
        let run = try #require(
          try FileManager.default.contentsOfDirectory(
            atPath: program.folder.appending(path: "hub/runs").path
          ).first { $0.hasPrefix("synthesize") })
        #expect(try program.lines("hub/runs/\(run)/rejected.jsonl").count == faults.count)
        return (result.json["rejected"] as? [String: Int]) ?? [:]
      }
    }
  }

  private func expect(_ found: [String: Int], _ faults: Faults) {
    let wanted = Dictionary(faults.map { ($0.reason, 1) }) { $0 + $1 }
    #expect(found == wanted)
  }

  @Test func everyCheckOfATextRejectsUnderItsName() async throws {
    let good = "Of 12 cranes at the harbour 5 work at night and the others stand still. How many of them stand still?"
    let recipe = """
      name: all-checks
      description: every check that looks at a text
      variables: { label: question }
      prompt: |
        {{persona}}
        Write down a small sum about cranes or ropes that somebody who works there might do in the head.
      demonstrations:
        - "persona": A cook
          output: "Text: A cook peels 40 potatoes in the time in which her son peels 25 of them, and both go on until noon."
      answer: { marker: "Text:" }
      checks:
        - no-refusal
        - no-markup
        - no-prompt-leak
        - no-solution
        - no-introduction
        - no-persona-copy: { maximum-share: 0.8 }
        - no-demonstration-copy: { maximum-share: 0.5 }
        - no-repetition
        - language: { is: English }
        - omits: { words: "{{label}}, sum" }
        - questions: { maximum: 2 }
        - has-number
        - uses: { words: "harbour, ship" }
        - length: { minimum: 40, maximum: 400 }
      """
    let persona = "Worker number 5 who ties up container ships in the old harbour and sings at the evening shift"
    let texts: [(String, String)] = [
      ("no-refusal", "I'm sorry, but I cannot write about the 12 cranes of a harbour, however many stand still."),
      ("no-markup", good + " <script>alert(1)</script>"),
      ("no-prompt-leak", "Harbour: 3 times a small sum about cranes or ropes that somebody who works there might do."),
      ("no-solution", good + "\nAnswer: 7"),
      ("no-introduction", "As a worker at the harbour I count 12 cranes. " + good),
      ("no-persona-copy", "There are 3 of them: \(persona.lowercased())."),
      (
        "no-demonstration-copy",
        "A cook peels 40 potatoes in the time in which her son peels 25 of them at the harbour."
      ),
      ("no-repetition", String(repeating: "The harbour has 12 cranes at night. ", count: 3)),
      (
        "language",
        "Im Hafen stehen 12 Kräne, und 5 davon arbeiten in der Nacht. Wie viele stehen dann noch still? (harbour)"
      ),
      ("omits", good + " That is a fair question."), ("questions", "\(good) Which? And at the harbour: why?"),
      ("has-number", "Of a dozen cranes at the harbour some work at night. How many of them stand still?"),
      ("uses", "Of 12 cranes at the quay 5 work at night and the others stand still. How many of them stand still?"),
      ("length", "12 cranes at the harbour: how many?"), ("length", good + (0..<200).map { " \($0)" }.joined()),
    ]
    var faults: Faults = texts.map { ($0, .text("Text: " + $1)) }
    faults += [
      ("marker-missing", .text(good)), ("empty", .text("Text:   ")),
      ("answered-twice", .text("Text: \(good)\nText: \(good)")),
      (
        "cut-by-length",
        .completion(content: .string("Text: " + good), finishReason: .string("length"))
      ),
      (
        "content-filter",
        .completion(content: .string("Text: " + good), finishReason: .string("content_filter"))
      ),
    ]
    let found = try await reasons(recipe, mode: "persona-enhanced-few-shot", good: .text("Text: " + good), faults)
    expect(found, faults)
  }

  @Test func everyFaultOfJSONIsRejectedUnderItsName() async throws {
    let recipe = """
      name: json-checks
      description: an answer in JSON
      prompt: "{{persona}} Score it."
      answer:
        json:
          type: object
          properties: { note: { type: string }, points: { type: integer } }
          required: [note, points]
          additionalProperties: false
      checks:
        - score: { of: points, minimum: 3 }
        - length: { of: note, minimum: 5 }
      """
    let good = "{\"note\":\"all is well\",\"points\":4}"
    let faults: Faults = [
      ("not-json", .text("It is well, four points.")), ("not-json", .text("{\"note\":\"all is we")),
      ("schema", .text("{\"note\":\"all is well\"}")),
      ("schema", .text("{\"note\":\"all is well\",\"points\":4,\"x\":1}")),
      ("answered-twice", .text(good + "\n" + good)), ("score", .text("{\"note\":\"all is well\",\"points\":2}")),
      ("length", .text("{\"note\":\"ok\",\"points\":4}")),
    ]
    expect(try await reasons(recipe, good: .text(good), faults), faults)
  }

  @Test func everyFaultOfPartsAndCodeIsRejectedUnderItsName() async throws {
    let recipe = """
      name: code-checks
      description: parts, code and a scene
      prompt: "{{persona}} Write it."
      answer: { sections: [Scene, { name: Code, code: python }, { name: Tests, code: python }] }
      checks:
        - turns: { of: scene, minimum: 2, maximum: 4, speakers: 2 }
        - code-parses: { of: code }
        - tests-pass: { code: code, tests: tests, minimum: 1 }
      """
    func answer(_ scene: String, _ code: String, _ tests: String) -> ServerAnswer {
      .text("Scene:\n\(scene)\nCode:\n```python\n\(code)\n```\nTests:\n```python\n\(tests)\n```")
    }
    let scene = "ANN: Cast off?\nBEN: Not yet."
    let code = "def ropes(n):\n    return 2 * n"
    let tests = "assert ropes(3) == 6"
    let faults: Faults = [
      ("turns", answer("ANN: Cast off?\nANN: Well?", code, tests)),
      ("code-parses", answer(scene, "def ropes(n)\n    return", tests)),
      ("tests-pass", answer(scene, "def ropes(n):\n    return n", tests)),
      ("tests-pass", answer(scene, code, "assert True")),
      ("code-missing", .text("Scene:\n\(scene)\nCode: none\nTests:\n```python\n\(tests)\n```")),
      ("section-missing", .text("Scene:\n\(scene)\nCode:\n```python\n\(code)\n```")),
      ("answered-twice", .text("Scene:\n\(scene)\nScene:\n\(scene)")),
    ]
    expect(try await reasons(recipe, good: answer(scene, code, tests), faults), faults)
  }

  /// Every check there is stands in one of the recipes above.
  @Test func noCheckIsForgotten() throws {
    let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    let checks = try String(
      contentsOf: Program.package.appending(path: "Sources/Stages/2-Synthesis/4-Checks/OutputCheck.swift"),
      encoding: .utf8)
    for line in checks.split(separator: "\n") where line.hasPrefix("  case ") && !line.contains(".") {
      let words = line.split { " \"=".contains($0) }
      let name = String(words.last ?? "")
      #expect(source.contains("\"\(name)\","), "no fault breaks \(name)")
    }
  }
}
