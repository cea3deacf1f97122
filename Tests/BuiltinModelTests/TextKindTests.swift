import BuiltinModel
import PersonaRecords
import Testing

/// The kind of a text is told by marks that only that kind has.
struct TextKindTests {
  private func all(of text: String) throws -> [String] {
    try PaperSettings.verbs.flatMap { verb in
      try (UInt64(0)..<6).map { seed in
        let prompt = "Who is likely to \(verb) this text?\n<text>\n\(text)\n</text>\nDescribe 1 such person."
        let reply = BuiltinModel().answer(
          messages: [.init(role: "user", content: prompt)], schemaName: "personas", seed: seed, sampleNumber: 0)
        guard case .array(let elements) = try #require(try JSONValue(text: reply)["personas"]) else { return "" }
        return try elements.first?.string("persona") ?? ""
      }
    }
  }

  @Test func referencesMakeAPaperAndNoAdvertisement() throws {
    let text = """
      Our municipal customers offer services online, and our evaluation of tariff quality follows earlier work [4, 11].
      Tariff quality depends on meter resolution (Brandt et al. 2003), and we contact households for free samples. Figure 2
      shows that tariff quality improves with meter resolution, as in [7]. We propose a tariff model for water meters.
      """
    for persona in try all(of: text) {
      #expect(
        !persona.contains("promotional") && !persona.contains("web page") && !persona.contains("customer"), "\(persona)"
      )
      #expect(!persona.contains("shopper"), "\(persona)")
    }
  }

  @Test func whoSpeaksForACountryWritesNoReport() throws {
    let text = """
      My fellow citizens, our nation has kept the peace, and our duty to the Constitution is to keep it. We ask of our
      people no more than our fathers asked of themselves: that liberty be guarded, that our harbours be open, and that our
      union be stronger than our quarrels. We shall build the harbours, and God bless our country.
      """
    for persona in try all(of: text) {
      #expect(
        !persona.contains("newspaper") && !persona.contains("news ") && !persona.contains("promotional"), "\(persona)")
    }
  }

  @Test func aQuestionAboutFeelingsOutweighsALabel() throws {
    let text = """
      Movie plot: The lighthouse thriller is dull from start to end, and the keeper's wooden dog acts better than its
      owner. I wanted my evening back.
      What is the sentiment expressed by the reviewer for the movie?
      """
    for persona in try all(of: text) { #expect(!persona.contains("plot"), "\(persona)") }
  }

  @Test func aFilmWithADefinitionIsNoEntryOfAnEncyclopaedia() throws {
    let text = """
      harbour lights is a film that i hated . the acting is terrible , the script is a boring mess , and the wooden dog is the
      best actor of the cast . i loved the first movie of this director , but this sequel is a waste of a great scene .
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("encyclopaedia") && !persona.contains("entry"), "\(persona)")
    }
  }

  @Test func overheardTalkIsNoAdvertisement() throws {
    let text = """
      Old man: Our customers call us every day, can you believe it?
      Young woman: And what do you offer them?
      Old man: A free biscuit with every accordion.
      Young woman: Then call me too, I love your accordions.
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("promotional") && !persona.contains("web"), "\(persona)")
    }
  }

  @Test func aVerbBehindAPluralIsNoPartOfATopic() throws {
    let text = """
      The harbour pilots tap a barrel of cider every autumn. When the harbour pilots tap it, the harbour choir sings, and
      growers stop pressing apples for a day. The harbour choir has sung since the cider press burned down.
      """
    for persona in try all(of: text) {
      // What is quoted stands so in the text.
      let named = persona.prefix { $0 != "“" }
      #expect(!named.contains("pilots tap") && !named.contains("stop pressing"), "\(persona)")
    }
  }

  @Test func theMediumIsNotTheTopicOfAReview() throws {
    let text = """
      Review: The movie starts late and the movie ends early. The film has a lighthouse ghost, and the lighthouse ghost is
      funny. The audience laughed at the lighthouse ghost. I recommend the film.
      What sentiment does the writer express for the movie?
      """
    for persona in try all(of: text) {
      #expect(persona.contains("lighthouse ghost"), "\(persona)")
    }
  }

  @Test func aTextWithoutTopicsIsQuoted() throws {
    let text = """
      Anything but that, she would have said at once. What sentiment does the writer express for the movie?
      """
    for persona in try all(of: text) { #expect(persona.contains("Anything but that"), "\(persona)") }
  }
}
