import Corpus
import Foundation
import PersonaRecords
import Testing

@Suite struct PassageTests {
  private func read(_ text: String, passage: Int = 2000, minimum: Int = 50, maximum: Int = 4) throws -> Reading {
    var settings = CorpusSettings()
    settings.passageCharacters = passage
    settings.minimumCharacters = minimum
    settings.maximumPassages = maximum
    return try Reading("a.txt", text, settings)
  }

  @Test func longTextsAreCutAtParagraphsThenSentences() throws {
    let paragraphs = (0..<6).map { number in (0..<8).map { story(number * 8 + $0) }.joined(separator: " ") }
    let reading = try read(paragraphs.joined(separator: "\n\n"), passage: 1000, maximum: 0)
    #expect(reading.texts == paragraphs)
    #expect(reading.documents.map(\.passage) == Array(0..<6))
    let one = try read(paragraphs.joined(separator: " "), passage: 1000, maximum: 0)
    #expect(one.texts.allSatisfy { $0.hasSuffix(".") && $0.count <= 1000 && $0.count >= 50 })
    #expect(one.texts.joined(separator: " ") == paragraphs.joined(separator: " "))
  }

  @Test func onlySoManyPassagesComeFromOneText() throws {
    let text = (0..<400).map(story).joined(separator: " ")
    #expect(try read(text).texts.count == 4)
    #expect(try read(text, maximum: 1).texts.count == 1)
    #expect(try read(text, maximum: 0).texts.joined(separator: " ") == text)
  }

  @Test func noPassageIsTooLongOrTooShortAndNothingIsLost() throws {
    let alphabets = ["abc def. ", "日本語。文", "e\u{301}a\u{308} ", "👩‍👩‍👧‍👦🇩🇪 ", "кот и пёс! ", "ไทย", "\n\n", "\n", "x"]
    for seed in 0..<300 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let letters = [alphabets[random.below(9)], alphabets[random.below(9)], alphabets[random.below(9)], "mn. "]
      let text = "A" + (0..<(100 + random.below(300))).map { _ in letters[random.below(4)] }.joined() + "z"
      let longest = 60 + random.below(300)
      let reading = try read(text, passage: longest, minimum: 20, maximum: 0)
      let graphemes = Set(text)
      var found = 0
      for passage in reading.texts {
        // A grapheme longer than what is left may push one passage over.
        #expect(passage.unicodeScalars.count <= longest + 12, "seed \(seed)")
        #expect(passage.allSatisfy { graphemes.contains($0) }, "seed \(seed): a grapheme was cut")
        found += passage.filter { !$0.isWhitespace }.count
      }
      #expect(reading.texts.dropLast().allSatisfy { $0.unicodeScalars.count >= 18 }, "seed \(seed)")
      if reading.counts.repeated == 0 {
        #expect(found == text.filter { !$0.isWhitespace }.count, "seed \(seed)")
      }
    }
  }

  @Test func chineseIsCutBehindItsFullStops() throws {
    let sentence = "灯塔看守人每天清晨记录风向、潮汐以及所有经过的船只，然后煮一壶茶。"
    let reading = try read(String(repeating: sentence, count: 40), passage: 200, minimum: 20, maximum: 0)
    #expect(reading.texts.allSatisfy { $0.hasSuffix("。") })
    #expect(reading.counts.documents + reading.counts.repeated == reading.texts.count + reading.counts.repeated)
  }

  @Test func boilerplateLinesAndMenusAreLeftOut() throws {
    let menu = ["Home", "About us", "Contact", "Products", "Réseau", "Log in", "News", "Archive", "Новости"]
    let text = """
      \(menu.joined(separator: "\n"))
      This website uses cookies to give you the best experience.
      \(story(1))
      © 2019 Harbour Office
      \(story(2))
      Share on Facebook
      All Rights Reserved.
      """
    let reading = try read(text)
    #expect(reading.texts == ["\(story(1))\n\(story(2))"])
    #expect(reading.counts.boilerplateLines == menu.count + 4)
  }

  @Test func aTextOf200CharactersAlwaysGivesADocument() throws {
    let texts = [
      (0..<60).map { "Item \(Character(Unicode.Scalar(UInt8(65 + $0 % 26))))" }.joined(separator: "\n"),
      String(repeating: "We use cookies. ", count: 14), (0..<50).map { "word\($0)" }.joined(separator: " "),
      String(repeating: "字", count: 200), String(repeating: "ก", count: 5000), (0..<100).map { "\($0)\n" }.joined(),
      String(repeating: "a", count: 10_000), String(repeating: "Home\n", count: 60),
    ]
    for text in texts {
      #expect(try !read(text).documents.isEmpty, "\(text.prefix(40))")
    }
  }

  @Test func repeatsWithinTheWindowAreSkippedAndCounted() throws {
    let rows = [row(1), row(2), row(1), row(3), row(1)].joined(separator: "\n")
    var settings = CorpusSettings()
    let all = try Reading("a.jsonl", rows, settings)
    #expect(all.texts == [story(1), story(2), story(3)])
    #expect(all.counts.repeated == 2)
    settings.repeatWindow = 1
    #expect(try Reading("a.jsonl", rows, settings).texts.count == 5)
    settings.repeatWindow = 0
    #expect(try Reading("a.jsonl", rows, settings).texts.count == 5)
  }

  @Test func languagesAreKeptAsAsked() throws {
    var settings = CorpusSettings()
    settings.languages = ["EN"]
    let german =
      "Der Wärter des Leuchtturms schreibt jeden Morgen den Wind, die Flut und alle Schiffe auf, die vorbeifahren."
    let reading = try Reading(
      "a.jsonl",
      "{\"text\":\"\(story(1))\",\"lang\":\"eng\"}\n{\"text\":\"\(story(2))\",\"lang\":\"de\"}\n{\"text\":\"\(german)\"}",
      settings)
    #expect(reading.texts == [story(1)])
    #expect(reading.counts.wrongLanguage == 2)
    #expect(try Reading("a.txt", german).documents.first?.language == "de")
  }
}
