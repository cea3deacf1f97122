import BuiltinModel
import Testing

/// Which words of a sentence are nouns, verbs and adjectives: what phrases are cut by.
struct TaggerTests {
  private func tag(of word: String, in text: String) throws -> Character {
    let words = BuiltinModel.tags(of: text).split(separator: " ")
    let found = try #require(words.first { $0.hasPrefix(word + "/") }, "\(text)")
    return try #require(found.last)
  }

  @Test(arguments: [
    // One word, two classes: its neighbours tell.
    ("Every spring the council plans a new market for the town.", "plans", "Z" as Character),
    ("The council has new plans for the old market.", "plans", "P"),
    ("She leaves the yard at noon.", "leaves", "Z"),
    ("In autumn the leaves are swept by the gardener.", "leaves", "P"),
    ("The visitors are leaving the museum before noon.", "leaving", "G"),
    ("Nobody wanted to record the meeting.", "record", "V"),
    ("The record of the meeting was lost.", "record", "N"),
    ("The light in the hall was weak.", "light", "N"),
    ("Please bring a light coat for the evening.", "light", "J"),
    ("The bridge was closed by the police.", "closed", "B"),
  ])
  func neighboursTellNounsFromVerbs(text: String, word: String, wanted: Character) throws {
    #expect(try tag(of: word, in: text) == wanted, "\(BuiltinModel.tags(of: text))")
  }

  @Test(arguments: [
    ("The two harbours were dredged.", "harbours", "P" as Character), ("She tidies the shelf.", "tidies", "Z"),
    ("He was planning a trip.", "planning", "G"), ("The puppies slept.", "puppies", "P"),
    ("The boxes were carried inside.", "boxes", "P"),
  ])
  func regularFormsComeFromTheirLemma(text: String, word: String, wanted: Character) throws {
    #expect(try tag(of: word, in: text) == wanted, "\(BuiltinModel.tags(of: text))")
  }

  @Test func wordsThatNobodyKnowsGoByTheirEndings() throws {
    let text = "The blorfness of the grimbular frandications was glorpously described."
    #expect(try tag(of: "blorfness", in: text) == "N")
    #expect(try tag(of: "grimbular", in: text) == "J")
    #expect(try tag(of: "frandications", in: text) == "P")
    #expect(try tag(of: "glorpously", in: text) == "R")
  }

  @Test func aCapitalInsideASentenceMakesAName() throws {
    #expect(try tag(of: "Hollow", in: "We walked to Hollow before breakfast.") == "M")
    #expect(try tag(of: "hollow", in: "We walked to the hollow tree before breakfast.") == "J")
  }

  @Test func anyBytesAreTagged() {
    for text in [
      "", " ", "'s", "a", "-", "word-", "Ünïcödé wörds", String(repeating: "run ", count: 4000), "\u{0}\u{1}x",
    ] {
      let tagged = BuiltinModel.tags(of: text)
      #expect(tagged.split(separator: " ").allSatisfy { $0.contains("/") }, "\(text)")
      #expect(BuiltinModel.tags(of: text) == tagged)
    }
  }
}

/// What is taken for a topic, told by the tags.
struct SurePhrasesTests {
  private func all(of text: String) throws -> [String] {
    try ["read", "write", "like", "dislike"].flatMap { verb in
      try (0..<6).map { seed in
        let prompt = "Who is likely to \(verb) this text?\n<text>\n\(text)\n</text>\nDescribe 1 such person."
        let reply = BuiltinModel().answer(
          messages: [.init(role: "user", content: prompt)], schemaName: "personas", seed: UInt64(seed), sampleNumber: 0)
        return try #require(reply.split(separator: "\"persona\":\"").last.map(String.init))
      }
    }
  }

  @Test(arguments: [
    // A verb between two nouns, half of a joined name, half of a name with "of", a word that belongs to the next one.
    (
      "Every night security guards, police foil robberies, close streets and question drivers at the docks.",
      "police foil"
    ),
    (
      "In the wake of the Morland/Petrie affair two ministers left, and the paper that had the story won a prize.",
      "Petrie affair"
    ),
    (
      "The ferry timetable was drawn up by the Scottish Bureau of Island Transport, and few on the island could read it.",
      "the Scottish Bureau"
    ),
    (
      "The sound of the lake was as strange as a coin landing on edge, said nobody who heard the water that night.",
      "a coin landing"
    ),
    (
      "In the orchard Agrippa the Elder kept bees, and sold the honey at the market below the old wall.",
      "and the Elder"
    ),
  ])
  func whatIsCutWronglyIsNotNamed(text: String, phrase: String) throws {
    // A sentence that is quoted says it as the text does.
    for persona in try all(of: text) { #expect(!persona.prefix { $0 != "“" }.contains(phrase), "\(persona)") }
  }

  @Test func aPersonIsNamedWithTheirWholeProfession() throws {
    let text = """
      Bio: mara linden -lrb- born 3 may 1951 -rrb- is an english film and television actress . she is best known for her
      part in a series about a lighthouse .
      """
    for persona in try all(of: text) {
      #expect(!persona.contains("life of an English film\"") && !persona.hasSuffix("an English film"), "\(persona)")
    }
  }
}
