import PersonaRecords

/// What kind of text it is.
enum Genre: String, Sendable, CaseIterable {
  case recipe, dialogue, filmReview, productReview, appReview, placeReview, news, research, encyclopedia, biography,
    plot
  case legal, speech, forum, code, instructions, advert, poem, textbook, personal, patent, general
  /// The page of a thesis or a book that thanks people.
  case thanks
  /// Of something that one cannot tell: a place, a thing, a programme.
  case review

  /// The genre that most cues speak for.
  ///
  /// - Parameter best: the walk of life that most words point to, and how firmly.
  static func of(_ scan: TextScan, best: (sector: String, score: Double)?) -> Genre {
    let evidence = GenreEvidence(scan)
    let counts = Cues.counts(in: scan)
    // References are surer than a word in a line about the text.
    let reviews: Set<Genre> = [.appReview, .productReview, .filmReview]
    if let told = scan.frame.genre, told != .news || !evidence.isPaper,
      !reviews.contains(told) || evidence.references == 0 && (!evidence.isReport || told == .filmReview)
    {
      return told == .encyclopedia && counts[Cues.Kind.biography.rawValue] >= 2 ? .biography : told
    }
    var found = byCues(scan, counts, evidence)
    if !scan.frame.isRated, !isBorneOut(found, scan, counts, evidence) { found = .general }
    found = settled(found, scan, counts, evidence, best: best)
    let isPaper = scan.frame.isPaper || evidence.showsResearch(scan, speechWords: counts[Cues.Kind.speech.rawValue])
    if found == .research, !isPaper || isSpaced(scan) && evidence.references < 2 { return .general }
    return (found == .news || found == .legal) && isSpaced(scan) ? .general : found
  }

  /// Words and marks with spaces between them, and headings between signs: cut for machines, as entries are.
  private static func isSpaced(_ scan: TextScan) -> Bool {
    scan.bytes.starts(with: "= ".utf8) || PlainSearch.first(Array("= = ".utf8), in: scan.bytes) != nil
      || scan.hasCapitals && PlainSearch.first(Array(" , ".utf8), in: scan.bytes) != nil
  }

  /// Whether a second, independent mark speaks for a genre: a wrong one is worse than none.
  private static func isBorneOut(
    _ genre: Genre, _ scan: TextScan, _ counts: [Int], _ evidence: GenreEvidence
  ) -> Bool {
    func count(_ cue: Cues.Kind) -> Int { counts[cue.rawValue] }
    func has(_ words: WordSet) -> Bool { scan.tokens.contains { !$0.isFrame && words.contains($0.hash) } }
    let isQuiet = evidence.sayings == 0 && evidence.newsMarks == 0
    switch genre {
    case .biography:
      return scan.hasCapitals && isQuiet && evidence.years > 0 && Definition.of(scan) != nil
        && (count(.biography) >= 4 || has(birthWords))
    case .plot:
      let persons = count(.thirdPerson) * 100 / max(evidence.wordCount, 1)
      let judges = count(.opinion) * 120 > evidence.wordCount || count(.film) >= 4
      return isQuiet && evidence.years == 0 && count(.plot) >= 4 && persons >= 7 && !judges
    case .encyclopedia:
      let isPlain = evidence.references == 0 && count(.research) < 3 && evidence.you + evidence.we < 0.4
      let isEntry = evidence.i < 0.2 && evidence.you < 0.2 && evidence.years + count(.encyclopedia) >= 2
      return isPlain && isQuiet && isEntry && (Definition.of(scan) != nil || evidence.years >= 3)
    case .filmReview:
      let judges = count(.opinion) >= 3 && count(.opinion) * 100 > evidence.wordCount
      return judges && evidence.years < 3 || count(.opinion) >= 2 && evidence.i > 0.5
    case .forum:
      let asks = count(.forum) >= 5 && evidence.i > 2 && evidence.references == 0 && count(.film) == 0
      return scan.bytes.starts(with: "Q:".utf8) || asks
    case .legal: return scan.tokens.count { !$0.isFrame && lawWords.contains($0.hash) } >= 2
    case .appReview: return has(appWords) && count(.opinion) >= 1
    // Without a frame that asks a question, a lesson looks like any other explanation.
    case .textbook, .personal: return false
    case .advert: return evidence.sellerWords >= 4 && count(.speech) == 0 && evidence.years == 0 && evidence.i < 0.3
    case .speech: return evidence.newsMarks == 0 && evidence.we + evidence.i > 1.2
    case .productReview: return has(goodsWords) && count(.opinion) >= 3 && evidence.i > 2 && evidence.sellerWords < 3
    case .placeReview:
      // Letters to a paper begin with "Dear".
      return has(venueWords) && count(.opinion) >= 2 && scan.tokens.count { $0.hash == dear } < 2
    case .news:
      if evidence.newsMarks == 0, evidence.references > 0 || TextReading.isLearned(scan) { return false }
      // Entries have years, reports have somebody who says something.
      if evidence.years >= 2, evidence.sayings < 2 { return false }
      return count(.film) < 4 || evidence.newsMarks >= 2
    default: return true
    }
  }

  /// Names of fields in a record, where a conversation has its speakers.
  private static let fieldWords = WordSet(
    """
    abstract creator collector date title language publisher format subject source description author category filename
    price size location address phone email type status number keywords tags rating year genre
    """)
  private static let dear = WordHash.of("dear".utf8)
  private static let lawWords = WordSet(
    """
    hereby pursuant herein plaintiff defendant statute thereof jurisdiction appellant clause hereto hereof court shall
    hereinafter thereunder provisions litigation attorney appeal
    """)
  private static let birthWords = WordSet("born birth")
  private static let goodsWords = WordSet("bought purchased purchase product amazon ordered seller buy")
  private static let venueWords = WordSet(
    "restaurant hotel salon store waitress waiter menu pizza cafe bar shop clinic")

  private static func byCues(_ scan: TextScan, _ counts: [Int], _ evidence: GenreEvidence) -> Genre {
    let tokens = Double(max(scan.tokens.count, 1))
    func share(_ cue: Cues.Kind) -> Double { Double(counts[cue.rawValue]) * 100 / tokens }
    func count(_ cue: Cues.Kind) -> Int { counts[cue.rawValue] }
    let shape = Shape(scan)
    let thanks = scan.tokens.indices.filter { !scan.tokens[$0].isFrame && thankWords.contains(scan.tokens[$0].hash) }
    // Thanks that come after something else do not make the passage.
    if thanks.count >= 3, thanks[0] * 4 < scan.tokens.count, thanks[2] * 2 < scan.tokens.count, evidence.i > 1.5,
      scan.tokens.contains(where: { !$0.isFrame && thesisWords.contains($0.hash) })
    {
      return .thanks
    }
    if shape.codeLines * 3 > shape.lineCount, shape.lineCount >= 2 { return .code }
    if shape.codeMarks >= 8, shape.codeMarks * 12 > scan.tokens.count { return .code }
    if count(.recipe) >= 4, share(.recipe) > 5.5, count(.opinion) * 3 < count(.recipe) { return .recipe }
    if shape.speakerLines >= 3, shape.speakerLines * 2 > shape.lineCount,
      evidence.references + evidence.paperTurns == 0,
      !TextReading.isLearned(scan), count(.research) < 4, scan.tokens.count(where: { $0.hash == dear }) < 2,
      !scan.tokens.contains(where: {
        fieldWords.contains($0.hash) && Int($0.end) < scan.bytes.count && scan.bytes[Int($0.end)] == 0x3A
      })
    {
      return .dialogue
    }
    // "Claims" alone are anybody's.
    if count(.patent) >= 3, !evidence.isPaper, evidence.references == 0,
      scan.tokens.contains(where: { !$0.isFrame && inventionWords.contains($0.hash) })
    {
      return .patent
    }
    if scan.frame.isPaper { return .research }
    if scan.frame.isRated, evidence.references == 0, !evidence.isReport { return ratedGenre(counts, scan) }
    var scores = [Double](repeating: 0, count: allCases.count)
    func give(_ genre: Genre, _ points: Double) { scores[slots[genre] ?? 0] += points }
    let reviewing = share(.opinion) + share(.firstPerson) * 0.35
    // Without an opinion or an "I" there is no review, whatever is said of products and prices.
    let judges = reviewing > 1.2 ? 1.0 : 0.45
    give(.filmReview, share(.film) * 0.8 * judges + min(share(.film), 3) * min(share(.opinion), 3) * 0.7)
    // Whoever reviews says "I"; reports on the same things do not.
    let judgesOwn = evidence.i > 1 && !evidence.isReport
    if judgesOwn {
      give(.appReview, share(.app) * 1.0 + min(share(.app), 4) * min(reviewing, 3) * 0.5)
      if count(.product) >= 4 {
        give(.productReview, share(.product) * 0.9 * judges + min(share(.product), 3) * min(reviewing, 3) * 0.6)
      }
      if count(.venue) >= 4 {
        give(.placeReview, share(.venue) * 0.8 * judges + min(share(.venue), 3) * min(reviewing, 3) * 0.5)
      }
    }
    if !scan.tokens.contains(where: { !$0.isFrame && filmWords.contains($0.hash) }) { give(.filmReview, -99) }
    give(.news, share(.news) * 1.3 + share(.said) * 1.6 - share(.firstPerson) * 0.2)
    give(
      .research,
      share(.research) * 1.2 + (count(.research) >= 4 ? 2 : 0) - share(.firstPerson) * 0.2 + (evidence.isPaper ? 6 : 0))
    give(
      .legal,
      count(.legal) >= 4 && count(.research) < 4 && evidence.sayings + evidence.newsMarks < 2 ? share(.legal) * 1.4 : 0)
    give(
      .speech,
      count(.speech) >= 4 && (evidence.sayings == 0 || count(.speech) >= 7) && share(.speech) > 1.2
        ? share(.speech) * 2 + (count(.speech) >= 7 ? 5 : 0) : 0)
    // Somebody speaks for a country: "our nation", "we the people".
    if count(.speech) >= 3 || count(.speech) == 2 && evidence.i < 1, evidence.we > 2, evidence.sayings < 2,
      evidence.newsMarks < 2
    {
      give(.speech, 6)
    }
    let asksForum = count(.forum) >= 3 && evidence.i > 0.5 && count(.film) < 3 && shape.questionMarks > 0
    give(
      .forum,
      (asksForum ? share(.forum) * 1.2 : 0)
        + (shape.startsWithQuestionMark && !scan.frame.saysKind ? 4 : 0)
        + (count(.forum) >= 3 && evidence.i > 0.5 ? Double(shape.questionMarks) * 0.2 : 0))
    let guides = count(.instructions) >= 4 && evidence.i < 1 && evidence.you > 0.5
    give(.instructions, guides ? share(.instructions) * 1.1 : 0)
    if evidence.isSelling, shape.addressesReader, count(.speech) < 3, count(.research) < 4 {
      give(.advert, share(.advert) * 1.15 - share(.research) * 0.5)
    }
    let isNeutral =
      count(.research) < 2 && evidence.paperTurns == 0 && share(.film) < 2 && reviewing < 2
    // "A fact", "a must": only what a thing is defines it.
    let definition = Definition.of(scan) != nil ? 5.0 : scan.frame.saysKind || evidence.years > 0 ? 3 : 0
    give(
      .encyclopedia,
      (count(.encyclopedia) >= 4 || evidence.years >= 2 ? share(.encyclopedia) * 1.1 : 0)
        + (shape.opensWithDefinition && isNeutral ? definition : 0) - share(.firstPerson)
        - (reviewing > 1.5 ? share(.film) * 0.8 : 0))
    give(.biography, share(.biography) * 1.2 - share(.firstPerson) * 0.5 + (shape.opensWithBirth ? 4 : 0))
    let tellsStory = count(.plot) >= 3 && evidence.sayings == 0 && share(.film) < 1.5
    give(
      .plot,
      (tellsStory ? share(.plot) * 1.1 : 0) + share(.thirdPerson) * 0.16 - share(.firstPerson) * 0.4 - share(.said)
        * 0.8)
    let isPlain = count(.research) < 3 && !TextReading.isLearned(scan)
    give(.textbook, isPlain ? share(.textbook) * 1.3 - share(.firstPerson) * 0.3 : 0)
    give(.personal, share(.firstPerson) * 0.28 + share(.opinion) * 0.1)
    if shape.isVerse { give(.poem, 6) }
    if scan.frame.isArticle {
      give(.encyclopedia, 3)
      for genre in [Genre.research, .forum, .textbook, .personal, .advert, .instructions, .legal] { give(genre, -99) }
    }
    if evidence.isPaper {
      for genre in [Genre.appReview, .productReview, .placeReview, .forum, .instructions, .plot, .poem] {
        give(genre, -99)
      }
    }
    var best = Genre.general
    var most = 2.4
    for (slot, genre) in allCases.enumerated() where scores[slot] > most {
      best = genre
      most = scores[slot]
    }
    return best
  }

  /// A second look, with what the text is about: papers and reports have few cues of their own in their middle parts.
  private static func settled(
    _ found: Genre, _ scan: TextScan, _ counts: [Int], _ evidence: GenreEvidence,
    best: (sector: String, score: Double)?
  ) -> Genre {
    if scan.frame.isRated, evidence.references == 0, !evidence.isReport { return found }
    if found == .general || found == .news, best?.sector == "film", counts[Cues.Kind.film.rawValue] >= 4,
      isBorneOut(.filmReview, scan, counts, evidence), !evidence.isReport, evidence.newsMarks < 2,
      scan.tokens.contains(where: { !$0.isFrame && filmWords.contains($0.hash) })
    {
      return .filmReview
    }
    if found == .news, !evidence.isReport, !scan.frame.isArticle {
      // The words of the news without anybody who says something, and no day of the week.
      if evidence.isPaper { return .research }
      let isEntry = evidence.years >= 2 && counts[Cues.Kind.encyclopedia.rawValue] >= 2
      if isEntry, evidence.i + evidence.we + evidence.you < 0.6 { return .encyclopedia }
      if evidence.newsMarks + evidence.sayings < 2 || evidence.sayings == 0 { return .general }
    }
    if scan.frame.isArticle { return found }
    // "We", "our nation", "I ask": whoever reports does not speak so.
    if found == .news, !scan.frame.saysKind, evidence.newsMarks == 0 || evidence.sayings == 0,
      evidence.we + evidence.i > 1.5
    {
      return counts[Cues.Kind.speech.rawValue] >= 2 ? .speech : .general
    }
    // An entry does not quote anybody.
    if found == .encyclopedia, !scan.frame.isArticle, evidence.sayings > 0, evidence.newsMarks > 0 {
      return evidence.isReport ? .news : .general
    }
    // Words of research without a reference, a turn of papers or a "we" are anybody's.
    if found == .research, !evidence.isPaper, evidence.paperTurns + evidence.references == 0, !scan.frame.isPaper,
      evidence.we < 0.5 || counts[Cues.Kind.research.rawValue] < 4 || !TextReading.isLearned(scan)
    {
      return .general
    }
    // A report on research has somebody who says something, and none of the marks of a paper.
    if found == .research, !evidence.isPaper, evidence.paperTurns == 0, evidence.references == 0,
      evidence.isReport || evidence.sayings > 0 || evidence.you > 0.7
    {
      return evidence.isReport ? .news : .general
    }
    if found == .research, evidence.sayings >= 2, evidence.references + evidence.paperTurns < 2, !scan.frame.isPaper {
      return evidence.isReport ? .news : .general
    }
    guard let best else { return found }
    if found == .general, best.sector == "food", counts[Cues.Kind.recipe.rawValue] >= 3, evidence.i < 0.5 {
      return .recipe
    }
    let learned: Set<String> = ["science", "engineering", "computing"]
    let reported: Set<String> = ["sport", "government", "military", "law", "finance", "media"]
    let isPlain = [.general, .advert, .instructions].contains(found)
    let isTold = evidence.isReport || evidence.sayings > 0 && !TextReading.isLearned(scan)
    if isPlain || found == .textbook, isTold, evidence.references == 0, TextReading.isImpersonal(scan) { return .news }
    if isPlain || found == .legal || found == .textbook, best.score > 5, learned.contains(best.sector),
      TextReading.isLearned(scan)
    {
      let isOwnWork =
        evidence.references + evidence.paperTurns > 0
        || evidence.we > 0.4 && evidence.i < 0.3 && evidence.you == 0 && !evidence.isSelling
      if isOwnWork { return .research }
      return found == .textbook ? .textbook : found == .advert ? found : .general
    }
    if found == .general, best.score > 4, reported.contains(best.sector), TextReading.isImpersonal(scan),
      evidence.isReport
    {
      return .news
    }
    return found
  }

  private static let filmWords = WordSet(
    "film films movie movies cinema hollywood screenplay actor actors actress sequel flick filmmaker remake screenwriter"
  )
  private static let thankWords = WordSet(
    """
    thank thanks grateful gratitude encouragement supervisor supervisors acknowledge acknowledgements
    indebted scholarship scholarships fortunate appreciation
    """)

  /// The first token that thanks.
  static func firstThanks(in scan: TextScan) -> Int? {
    scan.tokens.firstIndex { !$0.isFrame && thankWords.contains($0.hash) }
  }

  private static let inventionWords = WordSet("invention embodiment embodiments apparatus")
  private static let thesisWords = WordSet("thesis supervisor supervisors acknowledgements dissertation university")
  private static let appWords = WordSet(
    """
    app apps android ios sdr dongle uninstalled uninstall widget notification github debug
    updated versions update bug f-droid playstore
    """)

  /// Of a place, of a thing or of a programme: whichever the words speak for.
  private static func ratedGenre(_ counts: [Int], _ scan: TextScan) -> Genre {
    let venue = counts[Cues.Kind.venue.rawValue]
    if venue < 4, scan.tokens.contains(where: { !$0.isFrame && appWords.contains($0.hash) }) { return .appReview }
    let product = counts[Cues.Kind.product.rawValue]
    if venue >= 2, venue >= product { return .placeReview }
    if product >= 2, product > venue * 2 { return .productReview }
    return .review
  }

  private static let slots: [Genre: Int] = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// What the lines of a text look like.
  private struct Shape {
    var lineCount = 0
    var speakerLines = 0
    var codeLines = 0
    /// `": `, `":` and `;` at the end of a line: keys and statements.
    var codeMarks = 0
    var questionMarks = 0
    var startsWithQuestionMark = false
    var opensWithDefinition = false
    var opensWithBirth = false
    var isVerse = false
    /// Says "you", "your" or "our" often.
    var addressesReader = false

    init(_ scan: TextScan) {
      var shortLines = 0
      var stops = 0
      for line in scan.lines {
        let bytes = scan.bytes[line]
        let trimmed = bytes.drop { $0 == 0x20 }
        guard !trimmed.isEmpty else { continue }
        lineCount += 1
        if trimmed.count < 55 { shortLines += 1 }
        if let last = trimmed.last,
          [0x7B, 0x3B].contains(last) || last == 0x7D && trimmed.count <= 3 || trimmed.starts(with: "def ".utf8)
            || trimmed.starts(with: "import ".utf8) || trimmed.starts(with: "#include".utf8)
        {
          codeLines += 1
        }
        if let colon = trimmed.prefix(26).firstIndex(of: 0x3A), colon > trimmed.startIndex,
          trimmed.first.map({ $0 >= 0x41 && $0 <= 0x5A }) ?? false, colon + 1 < trimmed.endIndex,
          trimmed[trimmed.startIndex..<colon].filter({ $0 == 0x20 }).count <= 2
        {
          speakerLines += 1
        }
        if let last = trimmed.last, last == 0x2E { stops += 1 }
      }
      for place in scan.bytes.indices.dropLast() {
        let (byte, next) = (scan.bytes[place], scan.bytes[place + 1])
        if byte == 0x3F { questionMarks += 1 }
        if byte == 0x22 && next == 0x3A || byte == 0x3B && next == 0x0A || byte == 0x7B && next == 0x22 {
          codeMarks += 1
        }
      }
      if scan.bytes.last == 0x3F { questionMarks += 1 }
      questionMarks = min(questionMarks, 8)
      startsWithQuestionMark = scan.bytes.starts(with: "Q:".utf8)
      isVerse =
        lineCount >= 4 && shortLines * 10 >= lineCount * 9 && stops * 3 < lineCount && speakerLines * 3 < lineCount
        && scan.tokens.count > lineCount * 3
      let address = scan.tokens.filter { Self.address.contains($0.hash) && !$0.isFrame }.count
      addressesReader = address * 100 > scan.tokens.count
      readOpening(scan)
    }

    private mutating func readOpening(_ scan: TextScan) {
      let opening = scan.tokens.lazy.filter { !$0.isFrame }.prefix(24)
      var previous: UInt64 = 0
      var distance = 0
      var isPronoun = false
      for token in opening {
        distance += 1
        // "This was an accident" defines nothing.
        let isCopula = previous == Self.isHash || previous == Self.wasHash
        if isCopula, Self.articles.contains(token.hash), distance > 2, !isPronoun { opensWithDefinition = true }
        if token.hash != Self.isHash, token.hash != Self.wasHash { isPronoun = token.classes.contains(.function) }
        if Self.birth.contains(token.hash) { opensWithBirth = true }
        previous = token.hash
      }
    }

    private static let address: Set<UInt64> = Set(["you", "your", "our", "we", "us"].map { WordHash.of($0.utf8) })
    private static let isHash = WordHash.of("is".utf8)
    private static let wasHash = WordHash.of("was".utf8)
    private static let articles: Set<UInt64> = Set(["a", "an"].map { WordHash.of($0.utf8) })
    private static let birth: Set<UInt64> = Set(["born", "birth"].map { WordHash.of($0.utf8) })
  }
}
