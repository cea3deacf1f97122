import BuiltinModel
import PersonaRecords
import Testing

/// Texts of mathematics are mostly formulas: their people come from the topic and from the problem's own things.
struct MathPersonasTests {
  private func persona(of text: String, verb: String = "read", seed: UInt64 = 1) throws -> String {
    let prompt = "Who is likely to \(verb) this text?\n<text>\n\(text)\n</text>\nDescribe 1 such person."
    let reply = BuiltinModel().answer(
      messages: [.init(role: "user", content: prompt)], schemaName: "personas", seed: seed, sampleNumber: 0)
    guard case .array(let elements) = try #require(try JSONValue(text: reply)["personas"]) else { return "" }
    return try #require(elements.first).string("persona")
  }

  @Test(arguments: [
    (#"How many lattice points lie strictly inside the circle $x^2 + y^2 = 50$?"#, ["lattice points"]),
    (#"Compute $\binom{9}{4} + \binom{9}{5}.$"#, ["binomial coefficients"]),
    (#"Solve $\log_3 (x + 4) = 5 - \log_3 x$ for the positive value of $x$."#, ["logarithms"]),
    (
      #"Simplify \[\cos \left( \frac{3 \pi}{7} \right) + \sin \left( \frac{\pi}{14} \right).\]"#,
      ["trigonometric identities"]
    ),
    ("A bag holds 7 red and 5 green marbles. What is the probability that two drawn marbles match?", ["probability"]),
    ("Find the remainder when $17^{40}$ is divided by $9$.", ["remainder", "division", "modular"]),
  ])
  func aProblemGivesSomebodyWithItsTopic(text: String, topics: [String]) throws {
    for verb in PaperSettings.verbs {
      let persona = try persona(of: text, verb: verb)
      #expect(topics.contains { persona.contains($0) }, "\(persona)")
    }
  }

  @Test func aShortFormulaStandsInPlainCharacters() throws {
    let persona = try persona(of: #"Find all real $x$ such that \[\frac{x + 1}{\sqrt{x}} = 2 \cdot 3^{2}.\]"#)
    #expect(persona.contains("(x + 1)/(√x) = 2 · 3^2"), "\(persona)")
    #expect(!persona.contains("\\") && !persona.contains("$"))
  }

  @Test func fewWordsBetweenFormulasAreNoUnknownLanguage() throws {
    for seed in UInt64(0)..<12 {
      let persona = try persona(of: #"Let $z = \frac{2}{1 - i}.$ Evaluate \[z^{4} + \frac{1}{z^{4}}.\]"#, seed: seed)
      #expect(!persona.contains("language") && !persona.contains("script"), "\(persona)")
    }
  }

  @Test func problemsOnOneTopicGivePeopleOfTheirOwn() throws {
    let texts = (2...21).map { #"Solve the equation $x^2 + \#($0)x = \#($0 * 3)$ for $x$."# }
    let personas = try texts.map { try persona(of: $0) }
    #expect(Set(personas).count >= 19)
  }

  @Test func aHandedOverSolutionIsReadByWhoeverJudgesIt() throws {
    let text = #"""
      Question: What is $12 \cdot 15$?
      Correct answer: 180
      Model solution: First we compute $12 \cdot 10 = 120$, then $12 \cdot 5 = 50$, so the sum is $170$.
      Critique the solution and name its errors.
      """#
    for seed in UInt64(0)..<6 {
      let persona = try persona(of: text, seed: seed)
      #expect(
        ["marks", "evaluates", "feedback"].contains { persona.contains($0) }, "\(persona)")
    }
  }

  @Test func aReportWithNumbersIsNoProblem() throws {
    let text = """
      Police said on Tuesday that 14 cars were damaged when a crane fell on a street in the old harbour. The mayor told
      reporters that 3 workers were treated in hospital, and officials will inspect 22 other cranes this week.
      """
    for seed in UInt64(0)..<6 { #expect(try !persona(of: text, seed: seed).contains("math")) }
  }
}
