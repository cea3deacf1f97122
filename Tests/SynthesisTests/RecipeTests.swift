import Checks
import Foundation
import LanguageModels
import PersonaRecords
import Recipes
import Testing

@Suite struct RecipeTests {
  static let good = """
    name: haiku
    description: A short poem
    variables:
      season: [spring, { value: winter, weight: 3 }]
      lines: { range: [3, 5] }
      mood: { when: season, is: { winter: [dark, bright] }, otherwise: mild }
      place: { text: "A harbour.\\nTwo cranes." }
    prompt: |
      --- user ---
      {{place}}
      {{persona}}
      Write a {{mood}} poem of {{lines}} lines about {{season}}. Begin with "Poem:".
    demonstrations:
      - persona: A smith
        output: "Poem: sparks in the rain"
      - output: the kettle sings
    sampling: { temperature: 0.5, stop: ["END"] }
    answer:
      marker: "Poem:"
    checks:
      - length: { minimum: 10, maximum: 90 }
      - omits: { words: "{{season}}" }
      - no-refusal
    then:
      - name: title
        prompt: |
          {{answer}}
          A title for it.
    """

  static func read(_ text: String, sources: RecipeFile.Sources = .none) throws(Problem) -> Recipe {
    try RecipeFile.read(text, file: "r.yaml", knownChecks: OutputCheck.shapes, sources: sources)
  }

  private func problem(_ text: String) -> Problem? {
    do {
      _ = try Self.read(text)
      return nil
    } catch {
      return error
    }
  }

  private static func persona(_ text: String) -> Persona { Persona(text: text, origin: .init(kind: .imported)) }

  private static func prompt(
    _ recipe: Recipe, _ persona: Persona, _ mode: PromptMode = .zeroShot, number: Int = 0
  ) throws -> String {
    let request = try recipe.request(
      step: 0, of: recipe.assignment(of: persona, number: number, seed: 1), after: [], mode: mode, model: "m",
      overrides: .init(), seed: 1)
    return request.messages.map(\.content).joined(separator: "\n")
  }

  @Test func aGoodRecipeIsRead() throws {
    let recipe = try Self.read(Self.good)
    #expect(recipe.name == "haiku")
    #expect(recipe.steps.map(\.name) == ["answer", "title"])
    #expect(
      recipe.steps[0].checks == [
        Check(name: "length", limits: ["minimum": 10, "maximum": 90]),
        Check(name: "omits", words: ["words": "{{season}}"]), Check(name: "no-refusal"),
      ])
    #expect(recipe.steps[0].sampling.stop == ["END"])
    #expect(recipe.hash.utf8.count == 64)
    #expect(recipe.demonstrations.all[1].output == "Poem: the kettle sings", "a demonstration gets its marker")
  }

  @Test func aPersonaIsNeverATemplateAndClosesNoTag() throws {
    let hostile = Self.persona(
      "Loves {{persona}} and </persona> tags, {{#season}}x{{/season}}\n- yaml: [1\n</place> <examples>")
    let prompt = try Self.prompt(try Self.read(Self.good), hostile)
    #expect(prompt.contains("{{persona}}") && prompt.contains("{{#season}}"))
    #expect(prompt.components(separatedBy: "</persona>").count == 2)
  }

  @Test func variablesAreDrawnBySeedRecordedAndDependOnEachOther() throws {
    let recipe = try Self.read(Self.good)
    var seasons: [String: Int] = [:]
    for place in 0..<600 {
      let persona = Self.persona("Somebody of number \(place)")
      let drawn = recipe.assignment(of: persona, number: 0, seed: 9).values
      #expect(drawn == recipe.assignment(of: persona, number: 0, seed: 9).values)
      #expect(drawn.map(\.name) == ["season", "lines", "mood", "place"])
      seasons[drawn[0].text, default: 0] += 1
      #expect((3...5).contains(Int(drawn[1].text) ?? 0) && drawn[1].field == .number(drawn[1].text))
      #expect(drawn[0].text == "winter" ? ["dark", "bright"].contains(drawn[2].text) : drawn[2].text == "mild")
      #expect(drawn[3].field == .string("the recipe's own"))
    }
    // Binomial with p = 0.75: four standard deviations are 42 of 600.
    #expect(abs((seasons["winter"] ?? 0) - 450) < 43, "\(seasons)")
    let persona = Self.persona("One with many instances")
    let draws = Set((0..<40).map { recipe.assignment(of: persona, number: $0, seed: 9).values.map(\.text) })
    #expect(draws.count > 3, "instances of one persona differ")
  }

  @Test func theThreeModesShowWhatTheySay() throws {
    let recipe = try Self.read(Self.good)
    let persona = Self.persona("A person")
    #expect(!(try Self.prompt(recipe, persona)).contains("<examples>"))
    let few = try Self.prompt(recipe, persona, .fewShot)
    #expect(few.contains("sparks in the rain") && few.contains("the kettle sings") && !few.contains("A smith"))
    // One of the two has no persona.
    let obstacle = try #require(recipe.obstacle(to: .personaEnhancedFewShot))
    #expect(obstacle.what.contains("demonstration 2") && obstacle.consequence == .wrongUsage)
    var told = recipe.demonstrations
    told.all[1].persona = "A cook with </persona> in it"
    let enhanced = try Self.prompt(recipe.demonstrating(told), persona, .personaEnhancedFewShot)
    #expect(enhanced.contains("A smith"))
    #expect(enhanced.components(separatedBy: "</persona>").count == 4, "two examples and the persona itself")
    told.count = 1
    let one = try Self.prompt(recipe.demonstrating(told), persona, .fewShot)
    #expect(one.contains("sparks in the rain") != one.contains("the kettle sings"))
  }

  @Test func theUserSetsVariables() throws {
    let recipe = try Self.read(Self.good).setting(
      [("season", "autumn"), ("lines", "7")], blocks: [("place", "A quay </place>", "quay.md")])
    let drawn = recipe.assignment(of: Self.persona("A person"), number: 0, seed: 1).values
    #expect(drawn.map(\.text).prefix(3) == ["autumn", "7", "mild"])
    #expect(drawn[3].field == .string("quay.md"))
    #expect(try Self.prompt(recipe, Self.persona("A person")).components(separatedBy: "</place>").count == 2)
    for (name, text) in [("sesaon", "x"), ("lines", "many")] {
      #expect(throws: Problem.self) { _ = try Self.read(Self.good).setting([(name, text)], blocks: []) }
    }
    #expect(throws: Problem.self) { _ = try Self.read(Self.good).setting([], blocks: [("season", "x", "f")]) }
  }

  @Test func aLaterStepSeesTheAnswerBetweenTags() throws {
    let recipe = try Self.read(Self.good)
    let answer = try recipe.steps[0].form.read("Poem: rain </answer> over the quay")
    let request = try recipe.request(
      step: 1, of: recipe.assignment(of: Self.persona("A person"), number: 0, seed: 1),
      after: [StepAnswer(step: "answer", answer: answer)], mode: .zeroShot, model: "m", overrides: .init(), seed: 1)
    let prompt = request.messages[0].content
    #expect(prompt.hasPrefix("<answer>\nrain ‹/answer> over the quay\n</answer>"), "\(prompt)")
  }

  @Test(arguments: [
    ("name: haiku", "nam: haiku", 1, 1), ("name: haiku", "name: \"../x\"", 1, 7),
    ("range: [3, 5]", "range: [5, 3]", 5, 19), ("{{persona}}", "{{person}}", 11, 3),
    ("{{persona}}\n", "\n", 8, nil), ("no-refusal", "no-refusals", 23, nil), ("minimum: 10", "minimum: 100", 21, nil),
    ("minimum: 10", "least: 10", 21, nil), ("maximum: 90", "maximum: many", 21, nil), ("marker:", "mark:", 19, nil),
    ("maximum: 90", "maximum: 0", 21, nil), ("{{season}}\" }", "{{saison}}\" }", 22, nil),
    ("is: { winter:", "is: { summer:", 6, nil), ("when: season", "when: lune", 6, nil),
    ("weight: 3", "weight: -1", 4, nil), ("Poem: sparks", "Poem:", 15, nil),
    ("temperature: 0.5", "temperature: 3", 17, nil),
    ("name: title", "name: season", 25, nil), ("{{answer}}\n", "{{reply}}\n", 27, 7),
    ("marker: \"Poem:\"", "marker: \"Poem:\"\n  code: python", 19, nil),
    ("season: [spring", "persona: [spring", 4, nil),
  ])
  func everyMistakeIsNamedWithItsPlace(from: String, to: String, line: Int, column: Int?) throws {
    let broken =
      from == "Poem: sparks"
      ? Self.good.replacing("output: \"Poem: sparks in the rain\"", with: "output: \"Poem:\"")
      : Self.good.replacing(from, with: to)
    let found = try #require(problem(broken), "\(to) went unnoticed")
    #expect(found.place.file == "r.yaml")
    #expect(found.place.line == line, "\(found)")
    #expect(found.place.column != nil, "\(found)")
    if let column { #expect(found.place.column == column, "\(found)") }
    #expect(!found.advice.isEmpty && found.consequence == .wrongUsage)
  }

  private static func mistakes(_ text: String) -> [Problem] {
    do {
      _ = try RecipeFile.check(text, file: "r.yaml", knownChecks: OutputCheck.shapes)
      return []
    } catch {
      return error.all
    }
  }

  @Test func everyMistakeOfAFileIsNamedInItsOrder() {
    let broken = """
      name: haiku
      description: A short poem
      variables:
        season: [spring, { value: winter, weight: -1 }]
        lines: { range: [5, 3] }
      prompt: |
        --- user ---
        {{persona}} writes {{lines}} lines about {{saison}} and {{lune}}, {{saison}} above all.
      sampling: { temperature: 3, heat: 1 }
      answer: { marker: "" }
      checks:
        - length: { minimum: many, maximum: 90 }
        - omits: { words: "{{sea}}" }
        - no-refusals
        - length: { of: title }
      then:
        - name: title
          prompt: "{{answer}} {{titel}}"
        - name: title
      """
    let found = Self.mistakes(broken)
    let told = found.map { "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.what.cut(to: 34))" }
    #expect(
      told == [
        "4:45 \"weight\" should be a number from 0…", "5:19 a range is two numbers, the lower …",
        "8:44 the prompt asks for {{saison}}, an…", "8:59 the prompt asks for {{lune}}, and …",
        "9:26 \"temperature\" should be a number f…", "9:29 unknown key \"heat\"", "10:19 the marker is empty",
        "12:24 \"minimum\" should be a number from …", "13:21 there is no variable \"sea\"",
        "14:5 unknown check \"no-refusals\"", "15:5 length says no limit, so it would …",
        "15:19 the answer has no part \"title\"", "18:25 the prompt asks for {{titel}}, and…",
        "19:5 the name \"title\" is taken: a varia…", "19:5 key \"prompt\" is missing",
      ], "\(told.joined(separator: "\n"))")
    #expect(found.allSatisfy { $0.consequence == .wrongUsage && $0.place.file == "r.yaml" })
    #expect(problem(broken) == found.first)
  }

  /// What may only follow from the first mistake is not named after it.
  @Test(arguments: [
    ("variables:\n", "variables: none\nvariablen:\n"), ("  season: [spring", "  sea son: [spring"),
    ("prompt: |\n  ---", "promt: |\n  ---"), ("marker: \"Poem:\"", "json: { type: array }"),
    ("name: title", "nam: title"),
    ("name: haiku", "nam: haiku"), ("marker:", "mark:"), ("season: [spring", "season: [[spring]"),
    ("length: { minimum: 10, maximum: 90 }", "length: { minimun: 10 }"), ("output: the kettle", "outputs: the kettle"),
    ("{{persona}}", "{{person}}"), ("marker: \"Poem:\"", "sections: [Title, { nme: Text }]"),
  ])
  func aMistakeIsNamedOnce(from: String, to: String) {
    let broken = Self.good.replacing(from, with: to)
    #expect(broken != Self.good)
    let found = Self.mistakes(broken)
    #expect(found.count == (to.hasPrefix("variables: none") ? 2 : 1), "\(found)")
  }

  @Test func everyMistakeOfASchemaIsNamedWithItsLine() {
    let broken = """
      name: form
      description: A form
      prompt: "{{persona}} fills it in."
      answer:
        json:
          type: object
          properties:
            size: { type: integer, minimum: 3, maximum: 2 }
            tags: { type: array, items: { pattern: x } }
            note: { anyOf: [{ type: text }, { type: string, pattern: y }] }
          additionalProperties: false
          required: [size, name]
      checks:
        - length: { of: title, minimum: 3 }
      """
    func places(_ text: String) -> [String] {
      Self.mistakes(text).map { "\($0.place.line ?? 0):\($0.place.column ?? 0)" }
    }
    // What cannot be read comes first; once it can, what could never pass.
    #expect(places(broken) == ["9:46", "10:31", "10:64"])
    let read = broken.replacing("pattern: x", with: "").replacing("text }", with: "string }").replacing(
      ", pattern: y", with: "")
    #expect(places(read) == ["8:39", "9:35", "12:22"])
  }

  /// Whichever two mistakes stand in a file, both are named, and each as it is alone.
  @Test func mistakesDoNotHideEachOther() {
    let changes = [
      ("range: [3, 5]", "range: [5, 3]"), ("Write a {{mood}}", "Write a {{mud}}"), ("no-refusal", "no-refusals"),
      ("minimum: 10", "least: 10"), ("temperature: 0.5", "temperature: 3"), ("A title for it", "A {{titel}} for it"),
      ("stop: [\"END\"]", "stop: [[a]]"), ("- persona: A smith", "- persona: [A]"), ("description:", "descriptions:"),
    ]
    for (place, one) in changes.enumerated() {
      let alone = Self.mistakes(Self.good.replacing(one.0, with: one.1))
      #expect(alone.count == 1, "\(alone)")
      for other in changes[(place + 1)...] {
        let otherAlone = Self.mistakes(Self.good.replacing(other.0, with: other.1))
        let both = Self.mistakes(Self.good.replacing(one.0, with: one.1).replacing(other.0, with: other.1))
        #expect(both.count == 2 && Set(both.map(\.what)) == Set((alone + otherAlone).map(\.what)), "\(both)")
        let lines = both.map { $0.place.line ?? 0 }
        #expect(lines == lines.sorted())
      }
    }
  }

  @Test(arguments: [
    "", "- a\n- b", "name: [", "\u{0}", "name: x\nmodes: {}\ndescription: d", "name: x\nname: y", "a: &a [*a]",
    "name: x\ndescription: d\nmodes: [zero-shot]", "\t\tname: x",
  ])
  func whatIsNoRecipeIsRefused(text: String) {
    #expect(problem(text)?.consequence == .wrongUsage)
  }

  @Test func filesAreReadThroughTheirSources() throws {
    let text = """
      name: filed
      description: d
      variables:
        lore: { file: world.md }
        town: { column: name, of: towns.csv }
      prompt: "{{lore}} {{persona}} {{town}}"
      demonstrations: { file: demos.jsonl, output: instruction, count: 3 }
      """
    func sources(lore: String, town: JSONValue, demo: JSONValue) -> RecipeFile.Sources {
      .init(
        text: { _ throws(Problem) in lore },
        rows: { path throws(Problem) in path == "towns.csv" ? [town] : [demo] })
    }
    let town = JSONValue.object([.init("name", .string("Oulu"))])
    let demo = JSONValue.object([.init("instruction", .string("Do it."))])
    let recipe = try Self.read(text, sources: sources(lore: "A sea.", town: town, demo: demo))
    #expect(recipe.demonstrations.all == [Demonstration(persona: "", output: "Do it.")])
    let prompt = try Self.prompt(recipe, Self.persona("A person"))
    #expect(prompt.contains("<lore>\nA sea.\n</lore>") && prompt.contains("Oulu"))
    let faulty: [RecipeFile.Sources] = [
      sources(lore: String(repeating: "x", count: 10 << 20), town: town, demo: demo),
      sources(lore: " ", town: town, demo: demo), sources(lore: "A sea.", town: .object([]), demo: demo),
      sources(lore: "A sea.", town: town, demo: .object([.init("text", .string("x"))])), .none,
    ]
    for sources in faulty {
      #expect(throws: Problem.self) { _ = try Self.read(text, sources: sources) }
    }
  }
}
