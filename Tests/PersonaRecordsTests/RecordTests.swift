import PersonaRecords
import Testing

@Suite struct RecordTests {
  @Test func anIDComesFromTheDescriptionAlone() {
    let id = PersonaID(describing: "A night nurse")
    // sha256("A night nurse"), first 128 bits; computed with another program.
    #expect(id.description == "c79f34dd97ffba2b6419a2ebdef0f8f4")
    #expect(PersonaID(describing: "  A night\n nurse ") == id)
    #expect(PersonaID(describing: "Cafe\u{301} owner") == PersonaID(describing: "Caf\u{E9} owner"))
    #expect(PersonaID(describing: "A night nurse.") != id)
    #expect(PersonaID(id.description) == id)
    #expect(PersonaID("xyz") == nil)
  }

  @Test func recordsComeBackAsTheyWere() throws {
    let persona = Persona(
      text: "Says \"hi\" \u{202E} <b>",
      origin: .init(kind: .relation, parent: "0123456789abcdef0123456789abcdef", relation: "sister"), iteration: 3,
      model: "m")
    #expect(try Persona(json: JSONValue(utf8: persona.jsonLine)) == persona)
    let document = Document(
      id: "a", text: "t\n", source: .init(file: "f", row: 9), passage: 2, language: "de")
    #expect(try Document(json: JSONValue(utf8: document.jsonLine)) == document)
    let verdict = Verdict(
      id: "x", stage: "s", keep: false, reason: "r", representative: "y", similarity: 0.9375)
    #expect(try Verdict(json: JSONValue(utf8: verdict.jsonLine)) == verdict)
    let rejection = Rejection(id: "x", reason: "r", detail: "d", file: "f", row: 1, text: "t")
    #expect(try Rejection(json: JSONValue(utf8: rejection.jsonLine)) == rejection)
    let instance = SynthesizedInstance(
      id: "i", recipe: "math", recipeHash: "h", mode: "zero-shot", personaID: persona.id, persona: persona.text,
      messages: [.init(role: .user, content: "q")], text: "a", reasoning: "", fields: [.init("k", .string("v"))],
      model: "m", finishReason: "stop", usage: .init(promptTokens: 3, completionTokens: 4), costInDollars: 0.001)
    #expect(try SynthesizedInstance(json: JSONValue(utf8: instance.jsonLine)) == instance)
  }

  @Test func everyKeyIsAlwaysWrittenWithOneType() throws {
    let bare = try JSONValue(utf8: Persona(text: "x", origin: .init(kind: .text)).jsonLine)
    let full = try JSONValue(
      utf8: Persona(
        text: "x",
        origin: .init(
          kind: .relation, document: "d", passage: 1, verb: "v", parent: "p", relation: "r", file: "f", row: 1),
        iteration: 1, model: "m"
      ).jsonLine)
    #expect(Self.shape(bare) == Self.shape(full))
  }

  @Test func anEditedRowIsNoticed() {
    let line = #"{"id":"00000000000000000000000000000000","persona":"edited"}"#
    #expect(throws: Problem.self) { try Persona(json: JSONValue(text: line)) }
  }

  @Test func problemsSayWhatWhereAndWhatToDo() {
    let problem = Problem("field \"persona\" is missing", advice: "add it").at(file: "p.jsonl", line: 7)
    #expect("\(problem)" == "p.jsonl:7: field \"persona\" is missing\n  fix: add it")
    #expect(problem.at(file: "other").place.file == "p.jsonl")
  }

  @Test func chanceIsTheSameEverywhere() {
    // Known answers of SplitMix64 for seed 1234567.
    var random = SeededRandom(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
  }

  private static func shape(_ value: JSONValue) -> String {
    guard case .object(let members) = value else { return value.kindName }
    return members.map { "\($0.key):\(shape($0.value))" }.joined(separator: ",")
  }
}
