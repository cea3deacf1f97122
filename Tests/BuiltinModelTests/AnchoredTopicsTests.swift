import BuiltinModel
import PersonaRecords
import Testing

/// A persona is said to care about something only where the text is surely about it.
struct AnchoredTopicsTests {
  private func all(of text: String) throws -> [String] {
    try PaperSettings.verbs.flatMap { verb in
      try (0..<6).map { seed in
        let prompt = "Who is likely to \(verb) this text?\n<text>\n\(text)\n</text>\nDescribe 1 such person."
        let reply = BuiltinModel().answer(
          messages: [.init(role: "user", content: prompt)], schemaName: "personas", seed: UInt64(seed), sampleNumber: 0)
        guard case .array(let elements) = try #require(try JSONValue(text: reply)["personas"]) else { return "" }
        return try elements.first?.string("persona") ?? ""
      }
    }
  }

  /// What a persona says in its own words: what it quotes stands so in the text.
  private func named(_ persona: String) -> String {
    String(persona.prefix { $0 != "“" }) + String(persona.reversed().prefix { $0 != "”" }.reversed())
  }

  @Test func whatLeadsATextAndComesAgainIsItsTopic() throws {
    let text = """
      Peat bogs store more carbon than forests of the same size. In the north of the county, peat bogs were drained for a
      hundred years to make room for sheep. A farmer remembers how his father cut the ditches. Today the ditches are being
      filled with timber, and the peat bogs hold water again. Whoever walks there should wear boots. Birds have returned,
      and in spring the peat bogs are full of cotton grass.
      """
    for persona in try all(of: text) { #expect(persona.lowercased().contains("peat bogs"), "\(persona)") }
  }

  @Test func withoutATopicTwoThingsAreOnlyMentioned() throws {
    let text = """
      Somebody had left a brass telescope on the ferry. Nobody asked about it until the evening, when the captain carried
      it to the harbour office and locked it into a cupboard. A week later there was a knock at the door, but it was only
      the baker, who wanted to know whether the tide tables had come.
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("about the") && !persona.contains("interest in"), "\(persona)")
    }
  }

  @Test func leftoversOfAPageAreNoTopic() throws {
    let text = """
      Article: The old water mill at Lower Benning is for sale again. The water mill has ground no flour since 1961.
      _panel.push({ mode: 'thumbnails-b', container: 'widget-gallery-thumbnails-2', placement: 'Gallery Thumbnails 2' });
      Hide caption The mill pond in winter. Photo by the parish. The owner of the water mill hopes for a buyer who will
      repair the wheel, and the parish council would like to see the water mill open to visitors. pic.twitter.com/Ab3dE
      """
    for persona in try all(of: text) {
      for leftover in ["Thumbnails", "thumbnails", "widget", "caption", "pic", "placement"] {
        #expect(!persona.contains(leftover), "\(persona)")
      }
    }
  }

  @Test func halfOfANameIsNoTopic() throws {
    let text = """
      The Turnip and Swede Growers Board meets in Carrick on Monday. The Turnip and Swede Growers Board said yesterday that
      the harvest was poor. Officials told reporters that rain had delayed the sowing, and that seed was dear.
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("the Turnip and") || persona.contains("Turnip and Swede"), "\(persona)")
    }
  }

  @Test func verbsThatLookLikeNounsEndAPhrase() throws {
    let text = """
      While Orvel stays in the lighthouse, the keeper maintains or repairs fog horns. Fog horns do not frighten gulls. The
      inspector gives visitors arbitrary orders, and the lighthouse was painted twice.
      """
    for persona in try all(of: text) {
      for broken in ["Orvel stays", "repairs fog", "frighten gulls", "visitors arbitrary"] {
        #expect(!named(persona).contains(broken), "\(persona)")
      }
    }
  }

  @Test func aWordOfRatingAloneMakesNoReviewOfAnApp() throws {
    let text = """
      The tannery closed in March, the council said on Tuesday. Reporters were told that phone lines and screens had been
      sold. An official said that the update of the register would take a week, and that I should ask again.
      """
    for persona in try all(of: text) { #expect(!persona.contains("app "), "\(persona)") }
  }

  @Test func anEntryOfFactsIsNoConversation() throws {
    let text = """
      Creator: County archive
      Title: Letters of a lock keeper
      Abstract: Letters from a canal, with sketches of barges and of lock gates.
      Language: English
      """
    for persona in try all(of: text) {
      #expect(
        !persona.contains("conversation") && !persona.contains("dialogue") && !persona.contains("chat"), "\(persona)")
    }
  }

  @Test func frenchTopicsAreJoinedByAPreposition() throws {
    let text = """
      Le conseil compte sur une hausse de la taxe. La hausse de la taxe touche les ménages et les entreprises de la vallée.
      Le maire défend cette mesure et promet que les ménages modestes seront aidés par la commune.
      """
    for persona in try all(of: text) { #expect(!persona.contains("« conseil compte"), "\(persona)") }
  }
}
