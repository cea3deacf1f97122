import BuiltinModel
import Foundation
import PersonaRecords
import Testing

/// What a persona quotes is whole, stands so in the text, and is of its matter.
struct QuotationTests {
  private func all(of text: String) throws -> [String] {
    try PaperSettings.verbs.flatMap { verb in
      try (0..<4).map { seed in
        let prompt = "Who is likely to \(verb) this text?\n<text>\n\(text)\n</text>\nDescribe 1 such person."
        let reply = BuiltinModel().answer(
          messages: [.init(role: "user", content: prompt)], schemaName: "personas", seed: UInt64(seed), sampleNumber: 0)
        guard case .array(let elements) = try #require(try JSONValue(text: reply)["personas"]) else { return "" }
        return try elements.first?.string("persona") ?? ""
      }
    }
  }

  private func quoted(in persona: String) -> String? {
    guard let open = persona.firstIndex(of: "“"), let close = persona.lastIndex(of: "”") else { return nil }
    return String(persona[persona.index(after: open)..<close])
  }

  @Test(arguments: [
    """
    Ferry drops its winter timetable
    The ferry to Orrin stops at noon from Monday, the harbour office said. Passengers who need the evening boat have to
    stay overnight, and the baker expects to sell less bread. Nobody has said what becomes of the post.
    """,
    """
    The lock keeper counted barges. Coal came up the canal in spring, and timber went down in autumn; what he wrote into
    his book is the only record (two volumes are lost) of a trade that fed the town for eighty years.
    """,
    """
    Q: What do peat bogs store? They store carbon, e.g. in mosses. Mr. Tarn drained them. Drained bogs lose what they
    had stored, while bogs that are kept wet go on growing at about 1.5 mm a year, as old surveys show.
    """,
  ])
  func aQuotationStandsInTheText(text: String) throws {
    let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for persona in try all(of: text) {
      guard let quotation = quoted(in: persona) else { continue }
      let words = quotation.replacing(" …", with: "")
      #expect(plain.contains(words), "\(persona)")
      #expect(words.split(separator: " ").count <= 36, "\(persona)")
      // Whole: a mark that ends a sentence, or a clause before an ellipsis, stands behind it.
      let behind = plain.components(separatedBy: words).dropFirst().compactMap(\.first)
      #expect(
        behind.contains { ".!?:".contains($0) } || quotation.hasSuffix("…") || "?!".contains(quotation.last ?? " ")
          || persona.contains("Ferry drops"), "\(persona)")
    }
  }

  /// A mark before a quotation inside a sentence is written once, and before it.
  @Test func speechInsideASentenceKeepsItsMarks() throws {
    let text = """
      The keeper of the old well told us, "nobody has drawn water here since spring". The council answered: "we shall dig
      again". A tenth of the letters end with tears, because the pump was due in May, and then the clerk says: "we shall
      find the money".
      """
    var isQuoted = false
    for persona in try all(of: text) {
      #expect(!persona.contains("‘,") && !persona.contains("‘:") && !persona.contains(":‘"), "\(persona)")
      isQuoted = isQuoted || persona.contains(": ‘we shall") || persona.contains("told us, ‘nobody")
    }
    #expect(isQuoted)
  }

  @Test func aTitleIsQuotedAsOneAndNeverRunsIntoTheText() throws {
    let text = """
      Ferry drops its winter timetable
      The ferry to Orrin stops at noon from Monday. Nobody has said what becomes of the post on the island.
      """
    for persona in try all(of: text) where persona.contains("timetable") {
      #expect(persona.contains("“Ferry drops its winter timetable”"), "\(persona)")
      #expect(
        ["headed “", "with the title “", "under the heading “"].contains { persona.contains($0) }, "\(persona)")
    }
  }

  @Test func nobodyIsNamedInAQuotation() throws {
    let text = """
      Yesterday Margaret Winfield mended the net. The net was torn by a seal. Old Winfield nets are sold at the quay, and
      Dr. Alder keeps one in the museum of nets.
      """
    for persona in try all(of: text) {
      #expect(
        !persona.contains("Margaret") && !persona.contains("Winfield") && !persona.contains("Alder"), "\(persona)")
    }
  }

  @Test func whatIsAskedAboutATextIsNotQuoted() throws {
    let text = """
      Given this review: "Good radio app. The scan is quick and the list of stations is long." Would you recommend this app
      to a friend? Not at all, No, Maybe, Yes, or Definitely?
      """
    for persona in try all(of: text) { #expect(!persona.contains("recommend this app"), "\(persona)") }
  }

  @Test(arguments: [
    // A wrapped line, a bracket, an apostrophe, an abbreviation, and a decimal are all inside one sentence.
    (
      """
      Basic to the keeper's model (a box of brass) is the idea of a tide
      that rises 1.5 metres in winter. It was sold.
      """,
      "Basic to the keeper's model (a box of brass) is the idea of a tide that rises 1.5 metres in winter"
    ),
    // Tokens with spaces between them are written as sentences are.
    (
      "the ferry , which leaves at noon , carries lamps and oil . it was sold .",
      "the ferry, which leaves at noon, carries lamps and oil"
    ),
    // Speech is whole without its marks.
    ("\"The harbour lamps are lit by hand,\" she said. \"The lamps burn oil from the island.\"", "The lamps burn oil"),
  ])
  func aSentenceIsQuotedFromItsFirstWordToItsLast(text: String, wanted: String) throws {
    let found = try all(of: text).compactMap { quoted(in: $0) }
    #expect(found.contains { $0.contains(wanted) }, "\(found)")
  }

  @Test func whatIsCutEndsWhereAClauseEnds() throws {
    let text = """
      The island council has voted to close the old copper smelter at the northern end of the bay before winter, while the
      owners of the two remaining ferries, the baker, the school, and nearly everybody else who lives between the bay and
      the lighthouse would rather have kept it open until the new pier has been paid for in full by the county
      """
    for persona in try all(of: text) {
      guard let found = quoted(in: persona) else { continue }
      #expect(found.hasSuffix("before winter …"), "\(persona)")
    }
  }

  @Test(arguments: [
    "Lamps ............ 3 Oil ............ 9 Wicks ............ 12 Glass ............ 15 Index ............ 20",
    "<unk> <unk> of <unk> , <unk> and the <unk> . <unk> <unk> in <unk> .",
    "Lamp oil | Wick | Glass | 3 | 9 | 12 | 15 | Wick | Glass | 4 | 8 | 12",
  ])
  func whatHasNeitherTopicNorSentenceGetsNoPersona(text: String) throws {
    for persona in try all(of: text) { #expect(persona.isEmpty, "\(persona)") }
  }

  @Test func aThingSaidOnceIsNotNamed() throws {
    let text = """
      The committee met twice in spring. It heard the harbour master, who spoke for an hour, and then it voted. Somebody
      mentioned a phone book. The vote was close, and nobody was pleased with how it went. A second vote is held in May.
      """
    for persona in try all(of: text) {
      let said = persona.contains("“") ? String(persona.prefix { $0 != "“" }) : persona
      #expect(!said.contains("phone book") && !said.contains("harbour master"), "\(persona)")
    }
  }

  @Test func aSecondTopicStandsThereAsSurelyAsTheFirst() throws {
    let text = """
      Peat bogs store carbon, and peat bogs store water. Where peat bogs were drained, the ground sank. A car dealer near
      the moor sells rubber boots. Peat bogs that are kept wet go on growing, and birds return to peat bogs within a year.
      """
    for persona in try all(of: text) {
      let said = String(persona.prefix { $0 != "“" })
      #expect(!said.contains("car dealer") && !said.contains("rubber boots"), "\(persona)")
    }
  }
}
