import BuiltinModel
import PersonaRecords
import Testing

/// What a persona may say of a text depends on how much the text gives away.
struct FittingPersonasTests {
  private func persona(of text: String, verb: String, seed: UInt64) throws -> String {
    let prompt = "Who is likely to \(verb) this text?\n<text>\n\(text)\n</text>\nDescribe 1 such person."
    let reply = BuiltinModel().answer(
      messages: [.init(role: "user", content: prompt)], schemaName: "personas", seed: seed, sampleNumber: 0)
    guard case .array(let elements) = try #require(try JSONValue(text: reply)["personas"]) else { return "" }
    return try #require(elements.first).string("persona")
  }

  private func all(of text: String) throws -> [String] {
    try PaperSettings.verbs.flatMap { verb in
      try (0..<6).map { try persona(of: text, verb: verb, seed: $0) }
    }
  }

  @Test func aPlotBelongsToItsFilmAndNotToTheQuestionAskedAboutIt() throws {
    let text = """
      Extract the answer to the following question from the movie plot.
      Question: Who steals the lighthouse lamp?
      Title: The Salt Keeper
      Movie plot: A lighthouse keeper finds a wrecked boat on the rocks. He hides the cargo in the cellar, and his daughter
      discovers the cargo. The smugglers return to the rocks and take the lamp. The keeper kills one of the smugglers.
      """
    let personas = try all(of: text)
    #expect(personas.allSatisfy { $0.contains("The Salt Keeper") }, "\(personas)")
  }

  @Test func anEntryIsAboutWhatItsFirstSentenceSays() throws {
    let text = """
      Harrow and Pell is a porcelain manufacturer in the Lake District, founded in 1871 and known for blue tea sets. The
      company was sold in 1990 and its old kiln is now a museum.
      """
    for persona in try all(of: text) { #expect(persona.contains("porcelain manufacturer"), "\(persona)") }
  }

  @Test func aStrayWordMakesNobodyAProfessional() throws {
    let text = """
      Review text: The court yard was full and the judge of good coffee in me was not pleased. The waiter forgot the soup.
      Review score (between 1 and 5):
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("court clerk") && !persona.contains("lawyer") && !persona.contains("law"), "\(persona)")
    }
  }

  @Test func speakersOfAConversationAreNotItsTopic() throws {
    let text = """
      Brenwyn: Did you feed the parrot?
      Tolly: I fed the parrot at noon, and the parrot spilled the seeds.
      Brenwyn: The seeds are on the carpet again, Tolly.
      Tolly: Then the parrot needs a bigger cage.
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("Tolly") && !persona.contains("Brenwyn"), "\(persona)")
    }
  }

  @Test func authorsBelowATitleStayOut() throws {
    let text = """
      A Formal Model for Ore Sorting Machines
      Halvard Quennick Tiroux
      School of Mining, Northfield
      ABSTRACT Ore sorting machines separate ore from waste rock. We propose a model of ore sorting machines with sensors and
      conveyor belts, and experiments on a conveyor belt show that the model predicts the purity of the ore.
      """
    for persona in try all(of: text) {
      #expect(!persona.lowercased().contains("quennick") && !persona.lowercased().contains("tiroux"), "\(persona)")
    }
  }
}
