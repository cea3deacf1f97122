import PersonaRecords

/// What stands around a text and talks about it: "Summarise the following article:", "Movie plot:".
struct TextFrame {
  /// The kind of text that the frame names; nil when it names none.
  var genre: Genre?
  /// An article about which a question is asked: of an encyclopaedia more often than not.
  var isArticle = false
  /// It has an abstract under a heading of that name.
  var isPaper = false
  /// Words of the field names of a list of facts, in order.
  var fieldNames: [UInt64] = []
  /// A rating is asked for: a review, of whatever.
  var isRated = false
  /// Whether it says what kind of text it is, or asks to have something done with one.
  var saysKind = false
  /// The title given beside the text, on a line of its own: "Movie title: …".
  var title: String?
  /// How many lines begin with a name and a colon.
  var speakerCount = 0
}

extension TextScan {
  /// Marks the sentences that talk about the text as a text, and tells what they say of it.
  ///
  /// Three kinds are known: a sentence with a turn that only such sentences have, one at the edge with several words of
  /// that trade, and all that stands before a label such as "Article:".
  mutating func markFrames() {
    guard tokens.count >= 12 else { return }
    var heard: Set<UInt64> = []
    markLabels(&heard)
    forEachSentence { scan, first, last in
      guard first < 90 || scan.tokens.count - last < 90, last - first < 80 else { return }
      guard scan.hasFrameTurn(first, last) || scan.hasFrameWords(first, last) else { return }
      scan.mark(first, last, &heard)
    }
    markPaperHeader()
    markCitedAuthors()
    markFieldNames()
    markSpeakers()
    // A text that is nothing but such lines is about them.
    if tokens.lazy.filter({ !$0.isFrame }).count < 6 {
      for place in tokens.indices { tokens[place].isFrame = false }
    }
    frame.genre = genre(named: heard)
    frame.saysKind = frame.genre != nil || frame.isRated || frame.isArticle || !heard.isEmpty && tokens.count > 55
  }

  private mutating func forEachSentence(_ body: (inout TextScan, _ first: Int, _ last: Int) -> Void) {
    var first = 0
    while first < tokens.count {
      var last = first
      while last + 1 < tokens.count, tokens[last + 1].sentence == tokens[first].sentence { last += 1 }
      body(&self, first, last)
      first = last + 1
    }
  }

  /// A quotation inside such a sentence is the text itself.
  private mutating func mark(_ first: Int, _ last: Int, _ heard: inout Set<UInt64>) {
    for place in first...last {
      if place > first, bytes[Int(tokens[place].start) - 1] == 0x22, last - place > 3 { break }
      tokens[place].isFrame = true
      heard.insert(tokens[place].hash)
    }
  }

  private func hasFrameWords(_ first: Int, _ last: Int) -> Bool {
    guard last - first < 45, first < 60 || tokens.count - last < 60 else { return false }
    var cues = 0
    var word: UInt64 = 0
    var isVaried = false
    // "ABSTRACT" is a heading; one word twice is one cue.
    for place in first...last where Self.frameWords.contains(tokens[place].hash) && !tokens[place].isAllCapitals {
      cues += 1
      if word != 0, tokens[place].hash != word { isVaried = true }
      word = tokens[place].hash
    }
    return isVaried && cues * 8 >= last - first
  }

  /// Two words in a row that hardly any other sentence has.
  private func hasFrameTurn(_ first: Int, _ last: Int) -> Bool {
    guard last > first else { return false }
    for place in first..<last {
      let pair = WordHash.pair(tokens[place].hash, tokens[place + 1].hash)
      if Self.frameTurns[pair] { return true }
    }
    return false
  }

  /// "Article:", "Movie plot:": what stands before it is no text, but for the title.
  private mutating func markLabels(_ heard: inout Set<UInt64>) {
    var text: Int?
    for place in tokens.indices.prefix(260) {
      let token = tokens[place]
      guard Int(token.end) < bytes.count, bytes[Int(token.end)] == 0x3A, Self.labels.contains(token.hash) else {
        continue
      }
      let isLineStart = startsLine(place)
      let isSecond = place > 0 && startsLine(place - 1)
      // "Given this review:"
      if token.hash == Self.reviewHash, place > 1, startsLine(place - 2) { hasReviewLabel = true }
      // "…, using the article: …"
      let isUsed = place > 1 && tokens[place - 2].hash == Self.usingHash && tokens.count - place > 12
      guard isLineStart || isSecond || isUsed else { continue }
      let start = isLineStart ? place : place - 1
      if token.hash == Self.titleHash {
        // "Title: …" before a review heads the review; only a "movie title" names the thing.
        frame.title = lineText(after: place)
        for label in start...place { tokens[label].isFrame = true }
        continue
      }
      if token.hash == Self.choicesHash {
        for rest in start..<tokens.count { tokens[rest].isFrame = true }
        break
      }
      if token.hash == Self.reviewHash || isSecond && tokens[place - 1].hash == Self.reviewHash {
        hasReviewLabel = true
      }
      guard text == nil, tokens.count - place > 12 else { continue }
      text = place
      for label in start...place { heard.insert(tokens[label].hash) }
    }
    guard let text else { return }
    let isBeforeLabel = text < 4
    var sentence: Int32 = -1
    var isOfFrame = false
    for place in 0...text {
      if tokens[place].sentence != sentence {
        sentence = tokens[place].sentence
        isOfFrame = talksAboutText(place)
      }
      if !isBeforeLabel, isInTitleLine(place) { continue }
      tokens[place].isFrame = true
      // What stands before the label in sentences of its own may be of any kind.
      if isOfFrame { heard.insert(tokens[place].hash) }
    }
  }

  /// Whether the sentence of a token talks about the text.
  private func talksAboutText(_ place: Int) -> Bool {
    var (first, last) = (place, place)
    while first > 0, tokens[first - 1].sentence == tokens[place].sentence { first -= 1 }
    while last + 1 < tokens.count, tokens[last + 1].sentence == tokens[place].sentence { last += 1 }
    return hasFrameTurn(first, last) || hasFrameWords(first, last)
  }

  private func isInTitleLine(_ place: Int) -> Bool {
    var start = place
    while start > 0, !startsLine(start) { start -= 1 }
    return tokens[start...min(start + 1, tokens.count - 1)].contains { $0.hash == Self.titleHash }
  }

  private func startsLine(_ place: Int) -> Bool {
    var before = Int(tokens[place].start) - 1
    while before >= 0, bytes[before] == 0x20 { before -= 1 }
    return before < 0 || bytes[before] == 0x0A
  }

  private func lineText(after place: Int) -> String? {
    let rest = bytes[(Int(tokens[place].end) + 1)...].prefix { $0 != 0x0A }.prefix(70)
    let title = String(decoding: rest, as: UTF8.self).collapsingWhitespace()
    return title.utf8.count >= 2 && title.utf8.count < 66 && !title.contains("\"") ? title : nil
  }

  /// In a list of facts ("birth date: 14 april 1922") the names of the fields are no words of the text.
  private mutating func markFieldNames() {
    var fields: [Range<Int>] = []
    for place in tokens.indices where Int(tokens[place].end) < bytes.count && bytes[Int(tokens[place].end)] == 0x3A {
      var start = place
      while start > 0, place - start < 4, !tokens[start].breakBefore { start -= 1 }
      let mark = Int(tokens[start].start) - 2
      if mark >= 0, bytes[mark] == 0x2D, bytes[mark + 1] == 0x20 { fields.append(start..<(place + 1)) }
    }
    guard fields.count >= 4 else { return }
    for field in fields {
      for place in field { tokens[place].isFrame = true }
      frame.fieldNames += field.map { tokens[$0].hash }
    }
  }

  /// Who speaks in a conversation is nobody's topic: "Anna: see you at eight".
  private mutating func markSpeakers() {
    var speakers: Set<UInt64> = []
    var count = 0
    for place in tokens.indices where Int(tokens[place].end) < bytes.count && bytes[Int(tokens[place].end)] == 0x3A {
      var start = place
      while start > 0, place - start < 3, !startsLine(start) { start -= 1 }
      guard startsLine(start), tokens[start].isCapitalised, !tokens[place].isFrame else { continue }
      count += 1
      for word in start...place { speakers.insert(tokens[word].hash) }
    }
    frame.speakerCount = count
    guard count >= 3 else { return }
    for place in tokens.indices where tokens[place].isCapitalised && speakers.contains(tokens[place].hash) {
      tokens[place].isFrame = true
    }
  }

  /// Whoever stands before "et al." is no topic: "Greta L. Olin, et al."
  private mutating func markCitedAuthors() {
    for place in tokens.indices.dropLast() where place > 0 && tokens[place].hash == Self.et {
      guard tokens[place + 1].hash == Self.al else { continue }
      var name = place - 1
      var count = 0
      while name >= 0, count < 3, tokens[name].isCapitalised, place - name < 5 {
        tokens[name].isFrame = true
        // An initial stands between two parts of the name.
        if tokens[name].end - tokens[name].start > 1 { count += 1 }
        name -= 1
        if count == 2 { break }
      }
    }
  }

  /// Between a paper's title and its abstract stand authors and addresses.
  private mutating func markPaperHeader() {
    guard
      let place = tokens.prefix(260).firstIndex(where: { $0.hash == Self.abstractHash && $0.isCapitalised }),
      !tokens[place].isFrame,
      place > 14, place + 30 < tokens.count
    else { return }
    frame.isPaper = true
    // The title is the first line, or where lines are lost the first dozen words.
    let firstLine =
      tokens.indices.prefix(place).dropFirst(3).first { startsLine($0) } ?? (startsLine(place) ? place : 12)
    for header in (startsLine(place) && firstLine < 26 ? firstLine : min(firstLine, 12))...place {
      tokens[header].isFrame = true
    }
  }

  private mutating func genre(named heard: Set<UInt64>) -> Genre? {
    func says(_ words: String...) -> Bool { words.contains { heard.contains(WordHash.of($0.utf8)) } }
    let isReview = says("review", "reviews", "reviewer", "sentiment", "reviewed")
    // A list of kinds to choose from names films and reviews as well.
    if says("category", "categories"), says("plant", "athlete") { return .encyclopedia }
    if says("movie", "film") {
      // A question about the feelings of somebody who judges outweighs a label.
      if says("sentiment", "reviewer", "feel") { return .filmReview }
      return says("plot", "proposal") ? .plot : isReview || says("writer") ? .filmReview : nil
    }
    if says("dialogue", "conversation") { return .dialogue }
    if says("bio", "biography") { return .biography }
    if says("app"), isReview { return .appReview }
    if says("rating", "score") || says("scale") && (isReview || says("favorable")) {
      frame.isRated = true
      return nil
    }
    if says("product"), isReview { return .productReview }
    if hasReviewLabel { frame.isRated = true }
    if says("news", "newspaper", "distill", "athlete", "roommate", "document") { return .news }
    // "In this article we consider" asks for nothing.
    if says("article"), heard.contains(where: { Self.askings.contains($0) }) {
      if !says("question", "background") { return .news }
      frame.isArticle = !says("background")
    }
    if says("background", "paragraph"), says("question", "answer", "answers", "option") { return .textbook }
    return nil
  }

  private static let usingHash = WordHash.of("using".utf8)
  private static let et = WordHash.of("et".utf8)
  private static let al = WordHash.of("al".utf8)
  private static let abstractHash = WordHash.of("abstract".utf8)
  private static let titleHash = WordHash.of("title".utf8)
  private static let reviewHash = WordHash.of("review".utf8)
  private static let choicesHash = WordHash.of("choices".utf8)
  private static let labels = WordSet("article plot bio review text background paragraph passage title choices")
  private static let frameTurns: HashTable<Bool> = {
    let turns = """
      following article/following text/following paragraph/following summary/following question/following review
      following movie/given this/the above/given list/this dialogue/above dialogue/article below/bio below/condense the
      distill these/film proposal/please output/please say/me answer/a test/news regarding/newspaper would/bullet points
      this review/this reviewer/would you/my rating/review score/a scale/what sentiment/the sentiment/what category
      expresses what/reviewer feel/key details/background article/article means/layman's terms/short abstract
      options are/one category/a product/of categories/considering whether/the reviews/this question/new situation
      downloaded from/make digital/rights reserved/fee provided/available online/is current/to republish
      supporting online/online version/additional articles/high-resolution figures/highwire press/science web
      isi web/been cited/cited by/updated information/subject collections/article appears
      help improve/template message/unnecessary details
      citing articles/this copy/following resources/registered trademark/published weekly/print issn/permission from/published by
      to summarize/movie plot/mobile news/which one/this article/the paragraph/answer this/layman terms/recapped it/correct option/these articles/bio the
      """
    // Turns that honest sentences have too are left to the count of words.
    let common: Set<String> = ["the above", "a test", "would you", "a product", "this question", "which one"]
    var pairs: [UInt64: Bool] = [:]
    for turn in turns.split(whereSeparator: { $0 == "/" || $0 == "\n" }) where !common.contains(String(turn)) {
      let words = turn.split(separator: " ")
      pairs[WordHash.pair(WordHash.of(words[0].utf8), WordHash.of(words[1].utf8))] = true
    }
    return HashTable(pairs, empty: false)
  }()
  private static let askings = WordSet(
    """
    summary summarize summarise summaries write read below generate expand distill recommend highlights headline tldr
    condense question answer category extract sentence sentences choose output means following given above friend
    """)
  static let frameWords = WordSet(
    """
    write summary summarize summarise summaries following above below given article articles paragraph passage text
    sentence sentences question answer answers dialogue review score rating rate star reviewer category categories
    categorize choices choose choice options highlights highlight abstract doc title topic content extract generate
    expand expanded distill bio facts key details sentiment expressed positive negative read plausible information
    contains reviewed belongs classify label format product buy considering buying flattering favorable worth watching
    distilling story roommate help decide invest proposal please output recommend chances increase decrease customer satisfied
    dissatisfied plot movie questions answerable athlete politician executive scientist worth say trying tldr background situation hint section newspaper conclusion
    """)
}
