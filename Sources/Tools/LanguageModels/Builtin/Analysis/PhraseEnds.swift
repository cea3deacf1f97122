/// Trims a chunk at its ends, where verbs that look like nouns stand: "the actress plays", "sensors consuming".
enum PhraseEnds {
  /// The chunk without a verb at its end or start that the words around it give away.
  static func trimmed(_ range: Range<Int>, in scan: TextScan) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while end - start > 1, isVerbAtEnd(end - 1, in: scan) { end -= 1 }
    // "A torso found floating": what follows a past form is no part of the name.
    if let past = (start..<end).dropFirst().first(where: {
      isPast(scan.tokens[$0]) && scan.tokens[$0].hash != Self.past
    }) {
      end = past
    }
    // "The theatre feeling proud": a participle and what belongs to it.
    if end - start > 2, participles.contains(scan.tokens[end - 2].hash) { end -= 2 }
    while end - start > 1, isVerbAtStart(start, in: scan) { start += 1 }
    // "Federline full custody", "games arbitrary prices": behind a noun an adjective begins the next phrase.
    if let seam = (start + 1..<max(end, start + 1)).last(where: { isSeam($0, in: scan) }), seam < end - 1 {
      start = seam
    }
    return start..<end
  }

  private static func isSeam(_ place: Int, in scan: TextScan) -> Bool {
    let (before, token) = (scan.tokens[place - 1], scan.tokens[place])
    func isAdjective(_ token: Token) -> Bool {
      !token.classes.isDisjoint(with: [.modifier]) || PhraseChunker.isAdjective(token, scan) || scan.ends(token, "ly")
    }
    guard !token.isCapitalised || token.isInHeadline, !token.classes.contains(.nounToo) else { return false }
    return isAdjective(token) && !isAdjective(before)
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
    // "Hollis stays in the hotel": a lone name and what it does.
    let before = scan.tokens[place - 1]
    if token.stem != token.hash, !token.isCapitalised, before.isCapitalised, !before.isAllCapitals,
      before.classes.isEmpty,
      !Lexicon.shared.classes(of: token.stem).isDisjoint(with: [.verb, .nounToo])
    {
      return true
    }
    // "Life on Mars Likely, Scientist Claims": at the end of a headline too.
    if token.isInHeadline, claims.contains(token.hash) { return true }
    guard let next else { return false }
    // "Google Stadia launches tomorrow".
    if token.stem != token.hash, days.contains(next.hash) { return true }
    // "subject to losses", "due to rain".
    if next.hash == to, beforeTo.contains(token.hash) { return true }
    // "The council mulls water charges": a noun behind what looks like a plural.
    let isPlural = token.stem != token.hash && !PhraseChunker.standsBeforeNouns(token)
    if isPlural, next.classes.isDisjoint(with: [.function, .preposition, .determiner, .verb]), !next.isNumber {
      return true
    }
    // "Soviet Russia endangers our liberty".
    if isPlural, scan.tokens[place - 1].stem == scan.tokens[place - 1].hash, next.classes.contains(.determiner) {
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
    // "My insurance covers 100%".
    if token.stem != token.hash, next.isNumber,
      !Lexicon.shared.classes(of: token.stem).isDisjoint(with: [.verb, .nounToo])
    {
      return true
    }
    // "Love tries to", "sentiment inscribes on": the base form is a verb, and the word is no plural that we know.
    if token.stem != token.hash {
      let base = Lexicon.shared.classes(of: token.stem)
      if opensObject, !base.isDisjoint(with: [.verb, .nounToo]) { return true }
      if scan.ends(token, "ibes") || scan.ends(token, "ifies"), next.classes.contains(.preposition) { return true }
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
    // "Do not experience delays".
    if place > 1, !token.breakBefore, scan.tokens[place - 1].hash == not,
      auxiliaries.contains(scan.tokens[place - 2].hash)
    {
      return true
    }
    // "Accurately measure rainfall".
    if place > 0, !token.breakBefore, scan.ends(scan.tokens[place - 1], "ly"), token.stem == token.hash,
      token.classes.contains(.nounToo)
    {
      return true
    }
    // "Hearing complaints", "solving puzzles": what is done with several things.
    let next = scan.tokens[place + 1]
    if scan.ends(token, "ing"), !token.isCapitalised, token.end - token.start > 5, token.classes.isEmpty,
      !nounsInIng.contains(token.hash), next.stem != next.hash, !DomainTable.shared.knows(token.stem)
    {
      return true
    }
    // "Maintain or rewire interactions": what follows a verb and a conjunction is one too.
    if place > 1, !token.breakBefore, token.stem == token.hash, conjunctions.contains(scan.tokens[place - 1].hash),
      scan.tokens[place - 2].classes.contains(.verb), !scan.tokens[place - 1].breakBefore,
      scan.tokens[place - 2].stem == scan.tokens[place - 2].hash, !scan.ends(scan.tokens[place - 2], "ed")
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

  private static let days = WordSet("tomorrow today yesterday tonight this next later soon again too")
  private static let beforeBare = WordSet(
    "rather not never please just can can't don't didn't won't doesn't let lets to")
  private static let claims = WordSet("claims says warns finds hits faces seeks plans reports shows urges vows denies")
  private static let conjunctions = WordSet("and or")
  private static let not = WordHash.of("not".utf8)
  private static let auxiliaries = WordSet("do does did will would can could should may might must shall")
  private static let to = WordHash.of("to".utf8)
  private static let beforeTo = WordSet(
    "subject due prior close next access response incident attendant akin similar equal superior")
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
  private static let past = WordHash.of("past".utf8)
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
