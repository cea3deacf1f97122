/// `not-a-person`: the text is about a thing, another text or a fact, asks something, or is a bare title or name.
///
/// Groups of people and organisations stay: "a support group for …" can ask for things as a person can. Statements
/// without one of the words looked for, and things that no list knows, go through; see the table in docs/filter.md.
enum NotAPersonRule {
  static func isBroken(by reading: PersonaReading) -> Bool {
    reading.hasPhrase(of: .notAPerson)
      || isAboutText(reading)
      || isNumberedPart(reading)
      || isQuestion(reading)
      || isThing(reading)
      || isCountedAsThing(reading)
      || NamesAndTitles.isBareName(reading)
      || NamesAndTitles.isBareTitle(reading)
      || isStatement(reading)
  }

  /// "The article describes …", "This text is …".
  private static func isAboutText(_ reading: PersonaReading) -> Bool {
    guard reading.words.count > 2, reading.words[0].kinds.contains(.determiner), !reading.isWord(0, "a"),
      !reading.isWord(0, "an")
    else { return false }
    // "The given text describes": one word may stand between.
    for place in 1...2 where place + 1 < reading.words.count && reading.words[place].kinds.contains(.textNoun) {
      guard reading.words[place + 1].kinds.contains(.reportVerb) else { continue }
      // "The author is a retired teacher": the author of something is a person, unless he discusses or explains.
      let isPerson = reading.words[place].kinds.contains(.person) || reading.isWord(place, "author")
      if isPerson && (reading.isWord(place + 1, "is") || reading.isWord(place + 1, "was")) { continue }
      return true
    }
    return false
  }

  /// "Chapter 3", "Figure 2.1".
  private static func isNumberedPart(_ reading: PersonaReading) -> Bool {
    guard reading.words.count > 1, reading.words[1].range.count <= 3,
      reading.bytes(reading.words[1]).allSatisfy(\.isASCIIDigit)
    else { return false }
    let parts: [StaticString] = [
      "chapter", "figure", "section", "table", "appendix", "lesson", "unit", "step", "kapitel",
    ]
    return parts.contains { reading.isWord(0, $0) }
  }

  /// Ends in a question mark and begins as questions do.
  private static func isQuestion(_ reading: PersonaReading) -> Bool {
    let bytes = reading.folded
    guard let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x0A }), let first = reading.words.first else {
      return false
    }
    let ends =
      bytes[last] == UInt8(ascii: "?") || (bytes[last] == UInt8(ascii: ";") && bytes[0] == 0xCE)
      || (bytes[last] == 0x9F && last >= 2 && (bytes[last - 1] == 0xBC || bytes[last - 1] == 0xD8))
      || (bytes[last] == 0x9F && last >= 1 && bytes[last - 1] == 0xD8)
    guard ends else { return false }
    if bytes.starts(with: [0xC2, 0xBF]) || first.kinds.contains(.interrogative) { return true }
    // Without spaces there is no first word to look at: a question mark at the end of one sentence must do.
    return first.isUnspaced && !isPersonOpening(bytes)
  }

  /// 一个, 一位, 一名, 我是: how Chinese descriptions of people begin.
  private static func isPersonOpening(_ bytes: [UInt8]) -> Bool {
    personOpenings.contains { bytes.starts(with: $0) }
  }

  private static let personOpenings = ["一个", "一位", "一名", "一個", "我是", "一群", "一对"].map { Array($0.utf8) }

  /// "A smartphone with …": the noun phrase at the start of an English description ends in a thing.
  private static func isThing(_ reading: PersonaReading) -> Bool {
    guard let head = NounPhrase.head(of: reading), reading.words[head].kinds.isThing else { return false }
    // "A walking encyclopedia of …, who works …"
    let relatives: [StaticString] = ["who", "whose", "who's"]
    return !reading.words.indices.contains { place in relatives.contains { reading.isWord(place, $0) } }
  }

  /// 一款, 一本, 一座 …: Chinese counts things otherwise than people. Ends with a word for a person: stays.
  private static func isCountedAsThing(_ reading: PersonaReading) -> Bool {
    guard let first = reading.words.first, first.isUnspaced,
      thingCounters.contains(where: { reading.folded.starts(with: $0) })
    else { return false }
    // What 的 leads up to is what the text is about.
    let afterLink = reading.words.lastIndex { reading.bytes($0).elementsEqual("的".utf8) }.map { $0 + 1 } ?? 0
    guard afterLink < reading.words.count else { return true }
    let subject = Array(reading.folded[reading.words[afterLink].range.lowerBound...])
    return !personWords.contains { Bytes.contains($0, in: subject) }
  }

  private static let thingCounters = [
    "一款", "一本", "一座", "一台", "一部", "一篇", "一首", "一辆", "一把", "一张", "一件", "一种", "一項", "一项", "一架", "一艘", "一段", "一幅",
    "一條", "一条", "一套",
  ].map { Array($0.utf8) }

  private static let personWords = [
    "者", "人", "师", "員", "员", "迷", "家长", "粉丝", "学生", "教授", "医生", "老板", "工程師", "作家", "专家", "画家",
  ].map { Array($0.utf8) }

  /// English, with a finite verb, and with nobody in it: "Photosynthesis converts light into energy."
  private static func isStatement(_ reading: PersonaReading) -> Bool {
    guard reading.words.count >= 4, !reading.counts.isUnspaced, let first = reading.words.first else { return false }
    var isEnglish = false
    var hasVerb = false
    for (place, word) in reading.words.enumerated() {
      if word.kinds.contains(.english) { isEnglish = true }
      if place > 0 && word.kinds.contains(.finiteVerb) { hasVerb = true }
      if !word.kinds.isDisjoint(with: [.personPronoun, .givenName, .honorific]) { return false }
      if NounPhrase.isPerson(reading, place) { return false }
    }
    return isEnglish && hasVerb && !first.isUnspaced
  }
}

extension WordKinds {
  /// A thing and not also a person.
  var isThing: Bool { contains(.thing) && !contains(.person) }
}
