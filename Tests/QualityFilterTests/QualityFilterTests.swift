import PersonaRecords
import QualityFilter
import Testing

@Suite struct QualityFilterTests {
  private func rule(_ text: String, _ settings: QualityFilter.Settings = .init()) -> Rule? {
    QualityFilter(settings: settings).firstBrokenRule(in: text)
  }

  @Test func aVerdictNamesTheStageTheRowAndTheRule() {
    let filter = QualityFilter()
    let good = Persona(text: "A lock keeper who writes crosswords", origin: .init(kind: .imported))
    let poor = Persona(text: "I'm sorry, but I can't help with that.", origin: .init(kind: .imported))
    #expect(filter.verdict(for: good) == Verdict(id: good.id.description, stage: "quality-filter", keep: true))
    #expect(
      filter.verdict(for: poor)
        == Verdict(id: poor.id.description, stage: "quality-filter", keep: false, reason: "refusal"))
  }

  @Test(arguments: [
    ("", Rule.empty), ("  …  ", .empty),
    ("A cook\u{0} with a pan", .controlCharacters), ("A cook \u{202E}with a pan", .controlCharacters),
    ("A woman who doesnâ€™t cook", .garbled), ("7 8 9 + 10 = 34 ok", .garbled),
    ("I cannot assist with that", .refusal), ("抱歉，我无法回答这个问题", .refusal),
    ("Sure! A cook who bakes", .assistantTalk), ("A cook who bakes. Let me know if you need more", .assistantTalk),
    ("A {job} who bakes", .templateLeftover), ("A cook who bakes (mostly bread and", .templateLeftover),
    ("A cook likely to read this text", .promptLeak), ("A colleague of the persona", .promptLeak),
    ("cook cook cook cook who bakes", .repetition), ("A cook who bakes baaaaaaaaaaad bread", .repetition),
    ("A cook, write to cook@example.org", .privateData), ("A cook at 12 Elm Street", .privateData),
    ("Cook", .tooShort), ("人", .tooShort),
    ("A frying pan with a steel handle and a glass lid", .notAPerson), ("What is the best pan?", .notAPerson),
  ])
  func eachRuleHasItsReason(text: String, expected: Rule) {
    #expect(rule(text) == expected)
  }

  @Test(arguments: [
    "A cook", "篮球评论员", "Informatikerin", "A designer of <b>bold</b> type & posters",
    "A critic who panned the play \"As an AI model\" in \"The Evening Post\"",
    "A man who asks his garden gnome: \"What now?\"", "A reader of maps, timetables, and the small print (often twice)",
    "ช่างไม้ที่ทำเรือ", "מורה\u{200F} לאמנות (גמלאית)", "A fan of Serena Williams, Roger Federer, and long rallies",
    "A physicist who has measured 9.81 m/s² in 37 countries", "An officer who worked from 1990-2004 in 12 ports",
  ])
  func goodPersonasStay(text: String) {
    #expect(rule(text) == nil)
  }

  @Test func everyRuleCanBeSwitchedOff() {
    let examples: [Rule: String] = [
      .empty: "…", .controlCharacters: "A cook\u{1} with a pan", .garbled: "A woman who doesnâ€™t cook",
      .refusal: "I cannot assist with that", .assistantTalk: "Sure! A cook who bakes",
      .templateLeftover: "A {job} who bakes", .promptLeak: "A cook likely to read this text",
      .repetition: "cook cook cook cook who bakes", .privateData: "A cook at 12 Elm Street", .tooShort: "Cook",
      .notAPerson: "A frying pan with a steel handle",
    ]
    for (broken, text) in examples {
      #expect(rule(text) == broken)
      #expect(rule(text, .init(without: [broken])) != broken)
    }
    #expect(rule("…", .init(without: Set(Rule.allCases))) == nil)
  }

  @Test func lengthsAreCountedOtherwiseInScriptsWithoutSpaces() {
    let sentence = "一位在山里教书的老师，"
    #expect(rule(String(repeating: "A cook", count: 1) + String(repeating: ", tall", count: 2)) == nil)
    #expect(rule("A cook", .init(minimumCharacters: 10)) == .tooShort)
    #expect(rule("老师", .init(minimumUnspacedCharacters: 2)) == nil)
    #expect(rule(sentence, .init(maximumUnspacedCharacters: 10)) == .tooLong)
    #expect(rule("A cook who bakes bread", .init(maximumCharacters: 20)) == .tooLong)
  }

  @Test func languagesAreOnlyLookedAtWhenAskedFor() {
    let german = "Eine Gärtnerin, die mit ihrer Schwester einen kleinen Laden für alte Rosen führt"
    #expect(rule(german) == nil)
    #expect(rule(german, .init(languages: ["en"])) == .wrongLanguage)
    #expect(rule(german, .init(languages: ["en", "de"])) == nil)
  }

  @Test func theFirstRuleInTheOrderGivesTheReason() {
    let text = "I cannot help with {name} at cook@example.org"
    var without: Set<Rule> = []
    for expected in [Rule.refusal, .templateLeftover, .privateData] {
      #expect(rule(text, .init(without: without)) == expected)
      without.insert(expected)
    }
  }

  @Test func ruleNamesAndSummariesAreDistinct() {
    #expect(Set(Rule.allCases.map(\.rawValue)).count == Rule.allCases.count)
    #expect(Set(Rule.allCases.map(\.summary)).count == Rule.allCases.count)
  }

  @Test(arguments: 0..<20) func noTextMakesItTrap(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "A", "the", " ", "{", "}", "[", "]", "(", ")", "<", "\"", "'", "’", "@", ".", "12", "+49", "一", "款", "的", "?",
      "？",
      "é", "Ã", "\u{0}", "\u{FFFD}", "🎉", "ا", "،", "จ", "ั", "ก", "Elm Street", "persona", "the persona", "Sure,",
      "\n", "-",
      "John", "Smith", ", 42", "岁", "张", "号", "路", "is", "phone", "as an ai", "\u{10FFFF}", "\u{1F9D1}",
    ]
    let filter = QualityFilter()
    for _ in 0..<500 {
      let text = (0..<random.below(30)).map { _ in pieces[random.below(pieces.count)] }.joined()
      #expect(filter.firstBrokenRule(in: text) == filter.firstBrokenRule(in: text))
      for rule in Rule.allCases {
        _ = QualityFilter(settings: .init(without: Set(Rule.allCases).subtracting([rule]))).firstBrokenRule(in: text)
      }
    }
  }
}
