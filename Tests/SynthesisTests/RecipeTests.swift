import Checks
import Foundation
import LanguageModels
import PersonaRecords
import Recipes
import Testing

@Suite struct RecipeTests {
  private static let good = """
    name: haiku
    description: A short poem
    modes:
      zero-shot: |
        --- user ---
        {{persona}}
        Write a poem. Begin with "Poem:".
    answer:
      marker: "Poem:"
    checks:
      - length: { minimum: 10, maximum: 90 }
      - no-refusal
    """

  private func problem(_ text: String) -> Problem? {
    do {
      _ = try RecipeFile.read(text, file: "r.yaml", knownChecks: OutputCheck.limitNames)
      return nil
    } catch {
      return error
    }
  }

  @Test func aGoodRecipeIsRead() throws {
    let recipe = try RecipeFile.read(Self.good, file: "r.yaml", knownChecks: OutputCheck.limitNames)
    #expect(recipe.name == "haiku")
    #expect(
      recipe.checks == [Check(name: "length", limits: ["minimum": 10, "maximum": 90]), Check(name: "no-refusal")])
    #expect(recipe.hash.utf8.count == 64)
    let persona = Persona(text: "Loves {{persona}} and </persona> tags", origin: .init(kind: .imported))
    let question = try recipe.question(for: persona, mode: .zeroShot, model: "m", overrides: .init(), seed: 1)
    let prompt = question.request.messages[0].content
    #expect(prompt.contains("{{persona}}"))
    #expect(prompt.components(separatedBy: "</persona>").count == 2)
  }

  @Test(arguments: [
    ("Poem: five trees", "five trees"), ("**Poem:** five trees", "five trees"), ("poem: five trees", "five trees"),
    ("  ## Poem:\n\nfive trees\n", "five trees"), ("Sure! Poem: five trees", nil), ("five trees", nil),
  ])
  func theMarkerIsTakenOff(reply: String, body: String?) throws {
    let recipe = try RecipeFile.read(Self.good, file: "r.yaml", knownChecks: OutputCheck.limitNames)
    #expect(recipe.body(of: reply) == body)
  }

  @Test(arguments: [
    ("name: haiku", "nam: haiku", 1), ("name: haiku", "name: \"../x\"", 1), ("zero-shot:", "one-shot:", 4),
    ("{{persona}}", "{{person}}", nil), ("no-refusal", "no-refusals", 12), ("minimum: 10", "minimum: 100", nil),
    ("minimum: 10", "least: 10", 11), ("maximum: 90", "maximum: many", nil), ("marker:", "mark:", 9),
  ])
  func everyMistakeIsNamedWithItsLine(from: String, to: String, line: Int?) throws {
    let found = try #require(problem(Self.good.replacing(from, with: to)))
    #expect(found.place.file == "r.yaml")
    if let line { #expect(found.place.line == line, "\(found)") } else { #expect(found.place.line != nil, "\(found)") }
    #expect(!found.advice.isEmpty)
  }

  @Test(arguments: ["", "- a\n- b", "name: [", "\u{0}", "name: x\nmodes: {}\ndescription: d"])
  func whatIsNoRecipeIsRefused(text: String) {
    #expect(problem(text) != nil)
  }
}
