/// What the first sentences of an entry say that their subject is: "a porcelain manufacturer".
enum Definition {
  static func of(_ scan: TextScan) -> Keyphrase? {
    let tokens = scan.tokens
    var seen = 0
    var place = 0
    while place + 2 < tokens.count, seen < 70 {
      defer { place += 1 }
      if tokens[place].isFrame { continue }
      seen += 1
      guard copulas.contains(tokens[place].hash), articles.contains(tokens[place + 1].hash),
        !tokens[place + 1].breakBefore
      else { continue }
      if let phrase = phrase(from: place + 2, in: scan) { return phrase }
    }
    return nil
  }

  /// The words after the article as far as they make one noun phrase.
  private static func phrase(from start: Int, in scan: TextScan) -> Keyphrase? {
    let tokens = scan.tokens
    var end = start
    while end < tokens.count, end - start < 6, !tokens[end].breakBefore, !tokens[end].isFrame {
      let token = tokens[end]
      if !token.classes.isDisjoint(with: [.function, .determiner, .preposition]) { break }
      if token.classes.contains(.verb) || token.isNumber && end == start { break }
      if scan.ends(token, "ed"), end > start || token.end - token.start > 4 { break }
      end += 1
    }
    guard end > start, end < tokens.count else { return nil }
    // "a member of", "one of the": the thing itself comes later.
    let last = tokens[end - 1]
    if last.classes.contains(.generic) || last.classes.contains(.modifier) || last.isNumber { return nil }
    if empty.contains(last.hash) || PhraseChunker.isAdjective(last, scan) || scan.ends(last, "ly") { return nil }
    var words: [String] = []
    for token in tokens[start..<end] {
      let proper = Lexicon.shared.spelling(of: token.hash)
      words.append(proper.isEmpty ? scan.text(of: token) : proper)
    }
    let bare = words.joined(separator: " ")
    guard bare.utf8.count >= 4, bare.utf8.count <= 60, !PhraseChunker.isPersonName(start..<end, in: scan) else {
      return nil
    }
    return Keyphrase(
      text: Article.with(bare), bare: bare, isPlural: false, isProper: false, wordCount: words.count, score: 60,
      firstToken: start)
  }

  /// Whom a list of facts is about, by the names of its fields: only footballers have "caps", only politicians a "party".
  static func byFields(_ scan: TextScan) -> Keyphrase? {
    for (words, bare) in professions where scan.frame.fieldNames.contains(where: { words.contains($0) }) {
      return Keyphrase(
        text: Article.with(bare), bare: bare, isPlural: false, isProper: false, wordCount: 1, score: 60, firstToken: 0)
    }
    guard !scan.frame.fieldNames.isEmpty else { return nil }
    return Keyphrase(
      text: "a public figure", bare: "public figure", isPlural: false, isProper: false, wordCount: 2, score: 60,
      firstToken: 0)
  }

  /// In this order: a footballer's list may name an office, hardly a politician's a number of goals.
  private static let professions: [(words: WordSet, bare: String)] = [
    (WordSet("bowling batting bowl bat odidebutdate testdebutdate odis"), "cricketer"),
    (WordSet("racquet turnedpro highestsinglesranking doublesrecord singlesrecord"), "racket sport player"),
    (
      WordSet("goals caps youthclubs clubnumber managerclubs nationalteam pcupdate ntupdate guernsey originalteam"),
      "team sport player"
    ),
    (WordSet("draftpick draftyear pastteams statleague finalteam debutteam nfl highschool"), "professional athlete"),
    (
      WordSet("party predecessor successor constituency office termstart parliament vicepresident"),
      "holder of public office"
    ),
    (WordSet("instrument genre associated"), "musician"),
    (WordSet("academyawards yearsactive filmography"), "performer"),
    (WordSet("allegiance battles rank branch serviceyears"), "military officer"),
    (WordSet("fields thesis doctoral workplaces"), "scientist"),
    (WordSet("notableworks pseudonym penname"), "writer"),
  ]

  private static let copulas = WordSet("is was are were")
  private static let articles = WordSet("a an")
  private static let empty = WordSet("lot number kind sort type member result part variety series group set one")
}
