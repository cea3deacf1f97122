/// Trims a chunk at its ends, where verbs that look like nouns stand: "the actress plays", "sensors consuming".
enum PhraseEnds {
  /// The chunk without a verb at its end or start that the words around it give away.
  static func trimmed(_ range: Range<Int>, in scan: TextScan) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while end - start > 1, isVerbAtEnd(end - 1, in: scan) { end -= 1 }
    // "The theatre feeling proud": a participle and what belongs to it.
    if end - start > 2, participles.contains(scan.tokens[end - 2].hash) { end -= 2 }
    while end - start > 1, isVerbAtStart(start, in: scan) { start += 1 }
    return start..<end
  }

  /// A past form that is no noun: "left", "found".
  static func isPast(_ token: Token) -> Bool { pastForms.contains(token.hash) && !token.isCapitalised }

  private static func isVerbAtEnd(_ place: Int, in scan: TextScan) -> Bool {
    let token = scan.tokens[place]
    if token.isCapitalised, !token.startsSentence, !token.isInHeadline { return false }
    let next = place + 1 < scan.tokens.count && !scan.tokens[place + 1].breakBefore ? scan.tokens[place + 1] : nil
    // "Chapter 3", "figure 2": the number's own.
    if let next, next.isNumber, numbered.contains(token.hash) { return true }
    if pastForms.contains(token.hash) { return true }
    // "The nurse administers": of one person, what ends in -s is done by them.
    if token.stem != token.hash, KeyphraseExtractor.isPerson(scan.tokens[place - 1], in: scan),
      !token.classes.contains(.nounToo) || next != nil
    {
      return true
    }
    guard let next else { return false }
    // "subject to losses", "due to rain".
    if next.hash == to, beforeTo.contains(token.hash) { return true }
    // "The council mulls water charges": a noun behind what looks like a plural.
    let isPlural = token.stem != token.hash && !PhraseChunker.standsBeforeNouns(token)
    if isPlural, next.classes.isDisjoint(with: [.function, .preposition, .determiner, .verb]), !next.isNumber {
      return true
    }
    let opensObject =
      !next.classes.isDisjoint(with: [.determiner]) || objectStarts.contains(next.hash)
      || next.isCapitalised && !token.isInHeadline && !next.isAllCapitals
    if scan.ends(token, "ing") {
      return opensObject
    }
    if token.classes.contains(.nounToo), token.stem != token.hash,
      scan.tokens[place - 1].stem == scan.tokens[place - 1].hash,
      next.classes.contains(.modifier) || scan.ends(next, "ly")
    {
      // "The app works well."
      return true
    }
    return token.classes.contains(.nounToo) && opensObject
  }

  private static func isVerbAtStart(_ place: Int, in scan: TextScan) -> Bool {
    let token = scan.tokens[place]
    if place > 0, !token.breakBefore, beforeBare.contains(scan.tokens[place - 1].hash), token.stem == token.hash,
      token.classes.contains(.nounToo)
    {
      return true
    }
    // "Hate autumn": feelings have an object.
    if feelings.contains(token.hash), place == 0 || token.breakBefore { return true }
    guard token.startsSentence || token.isInHeadline, !token.isAllCapitals else { return false }
    // "Learning sparse patterns", "Extracting features": a title that says what is done.
    if scan.ends(token, "ing"), token.end - token.start > 5 {
      let next = scan.tokens[place + 1]
      return !nounsInIng.contains(token.hash) || PhraseChunker.isAdjective(next, scan)
    }
    return token.classes.contains(.nounToo) && token.stem == token.hash && place > 0
      && !scan.tokens[place].breakBefore && scan.tokens[place - 1].stem != scan.tokens[place - 1].hash
  }

  private static let beforeBare = WordSet(
    "rather not never please just can can't don't didn't won't doesn't let lets to")
  private static let to = WordHash.of("to".utf8)
  private static let beforeTo = WordSet("subject due prior close next access response")
  private static let feelings = WordSet("hate love watch need want enjoy play")
  private static let participles = WordSet(
    "feeling looking running going coming getting making taking leaving wearing holding being having using showing saying"
  )
  private static let numbered = WordSet(
    "chapter section part figure table step appendix volume lecture lesson page article season episode week day grade")
  /// Past forms that are no nouns at a phrase's end, and base forms that are the same.
  private static let pastForms = WordSet(
    """
    set found left cost cut put hit let read led met spread shut quit bid won lost made said saw past due alike loose
    alone alive away together ago aside apart around run grown shown worn
    """)
  private static let objectStarts = WordSet(
    "to him them her it me us you how what who whom why that himself herself themselves itself as out up down")
  private static let nounsInIng = WordSet(
    """
    learning training mining computing networking scheduling clustering routing modeling modelling programming
    processing engineering marketing manufacturing testing monitoring sampling filtering ranking indexing tracking
    planning printing banking farming fishing housing building parking shopping lighting heating advertising
    publishing streaming broadcasting nursing
    """)
}
