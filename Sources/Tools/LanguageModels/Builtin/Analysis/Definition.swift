/// What the first sentences of an entry say that their subject is: "a porcelain manufacturer".
enum Definition {
  static func of(_ scan: TextScan) -> Keyphrase? {
    let tokens = scan.tokens
    guard let start = tokens.firstIndex(where: { !$0.isFrame }) else { return nil }
    var place = start
    // An entry says in its first two sentences what it is about.
    while place + 2 < tokens.count, place - start < 70, tokens[place].sentence <= tokens[start].sentence + 1 {
      defer { place += 1 }
      if tokens[place].isFrame { continue }
      // "He was a", "there is a": not what the entry is about.
      if place > start, !tokens[place].breakBefore, pronouns.contains(tokens[place - 1].hash) { continue }
      guard copulas.contains(tokens[place].hash), !tokens[place + 1].breakBefore else { continue }
      let isThe = tokens[place + 1].hash == the
      guard isThe || articles.contains(tokens[place + 1].hash) else { continue }
      if let phrase = phrase(from: place + 2, in: scan, isThe: isThe) { return phrase }
    }
    return nil
  }

  /// The words after the article as far as they make one noun phrase.
  private static func phrase(from start: Int, in scan: TextScan, isThe: Bool) -> Keyphrase? {
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
    if empty.contains(last.hash) || last.classes.contains(.properName) || PhraseChunker.isAdjective(last, scan)
      || scan.ends(last, "ly")
    {
      return nil
    }
    if scan.ends(last, "ing"), !last.classes.contains(.nounToo) { return nil }
    var words: [String] = []
    for token in tokens[start..<end] {
      let proper = Lexicon.shared.spelling(of: token.hash)
      words.append(proper.isEmpty ? scan.text(of: token) : proper)
    }
    // "A planter and politician".
    if words.count == 1, end + 1 < tokens.count, tokens[end].hash == and, !tokens[end + 1].breakBefore,
      tokens[end + 1].classes.isEmpty
    {
      words += ["and", scan.text(of: tokens[end + 1])]
      end += 2
      guard end < tokens.count else { return nil }
    }
    // "An English film and television actress": what somebody is stands behind the "and".
    if end < tokens.count, tokens[end].hash == and, !tokens[end].breakBefore,
      kind(of: tokens[end - 1], in: scan) != .person
    {
      var rest: [String] = ["and"]
      var place = end + 1
      while place < tokens.count, place - end < 5, !tokens[place].breakBefore, !tokens[place].isFrame,
        tokens[place].classes.isDisjoint(with: [.function, .determiner, .preposition, .verb])
      {
        rest.append(scan.text(of: tokens[place]))
        place += 1
      }
      guard place > end + 1, place < tokens.count else { return nil }
      if kind(of: tokens[place - 1], in: scan) == .person {
        words += rest
        end = place
      } else {
        // "A life insurance, pensions and asset management company": cut at the "and" it is something else.
        return nil
      }
    }
    // "An American film, television and stage actor".
    if end + 2 < tokens.count, tokens[end].breakBefore, kind(of: tokens[end - 1], in: scan) != .person,
      scan.bytes[Int(tokens[end - 1].end)..<Int(tokens[end].start)].allSatisfy({ $0 == 0x2C || $0 == 0x20 }),
      let who = (end..<min(end + 6, tokens.count)).first(where: { kind(of: tokens[$0], in: scan) == .person }),
      (end..<who).allSatisfy({ !tokens[$0].classes.contains(.preposition) && !tokens[$0].classes.contains(.determiner) }
      )
    {
      let rest = String(decoding: scan.bytes[Int(tokens[end].start)..<Int(tokens[who].end)], as: UTF8.self)
      words[words.count - 1] += ", " + rest.replacing(" ,", with: ",")
      end = who + 1
      guard end < tokens.count else { return nil }
    }
    let bare = words.joined(separator: " ")
    guard bare.utf8.count >= 4, bare.utf8.count <= 60, !PhraseChunker.isPersonName(start..<end, in: scan) else {
      return nil
    }
    let whereabouts = whereabouts(from: end, in: scan)
    // "An integration of …", "a business": what it is stands behind it.
    let isVague = tokens[end].hash == of || words.count == 1 || words.count < 3 && vague.contains(last.hash)
    if whereabouts.isEmpty, isVague { return nil }
    // "The capital" may be any; "the capital of Peru" is one.
    if isThe, whereabouts.isEmpty { return nil }
    let article = isThe ? "the " : Article.of(bare) + " "
    return Keyphrase(
      text: article + bare + whereabouts, bare: bare, isPlural: false, isProper: false, wordCount: words.count,
      score: 60, firstToken: start)
  }

  private static func kind(of token: Token, in scan: TextScan) -> NounKind {
    let word = scan.bytes[Int(token.start)..<Int(token.end)].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return TagLexicon.shared.known(word[...], hash: token.hash).kind
  }

  /// " in the Lake District", " based in Denver": a place in capitals right behind the phrase, or `""`.
  private static func whereabouts(from start: Int, in scan: TextScan) -> String {
    let tokens = scan.tokens
    var place = start
    var words: [String] = []
    var isActive = false
    if place < tokens.count, seated.contains(tokens[place].hash), !tokens[place].breakBefore {
      words.append(scan.text(of: tokens[place]))
      isActive = active.contains(tokens[place].hash)
      place += 1
    }
    guard place < tokens.count, places.contains(tokens[place].hash) || isActive && tokens[place].hash == on,
      !tokens[place].breakBefore
    else { return "" }
    words.append(scan.text(of: tokens[place]))
    place += 1
    if place < tokens.count, tokens[place].hash == the {
      words.append("the")
      place += 1
    }
    let first = place
    while place < tokens.count, place - first < 3, tokens[place].isCapitalised || isActive,
      !tokens[place].isAllCapitals, !isActive || tokens[place].classes.isDisjoint(with: [.verb, .generic]),
      place == first || !tokens[place].breakBefore, !tokens[place].isFrame,
      tokens[place].classes.isDisjoint(with: [.function, .determiner, .preposition])
    {
      words.append(scan.text(of: tokens[place]))
      place += 1
    }
    guard place > first, !PhraseChunker.isPersonName(first..<place, in: scan) else { return "" }
    // "In the Ottawa Ontario Canada area": the place goes on.
    if place < tokens.count, !tokens[place].breakBefore,
      tokens[place].classes.isDisjoint(with: [.function, .determiner, .preposition, .verb])
    {
      return ""
    }
    return " " + words.joined(separator: " ")
  }

  /// Whom a list of facts is about, by the names of its fields: only footballers have "caps", only politicians a "party".
  static func byFields(_ scan: TextScan) -> Keyphrase? {
    if let occupation = occupation(in: scan) { return occupation }
    for (words, bare) in professions where scan.frame.fieldNames.contains(where: { words.contains($0) }) {
      return Keyphrase(
        text: Article.with(bare) + origin(in: scan), bare: bare, isPlural: false, isProper: false, wordCount: 1,
        score: 60, firstToken: 0)
    }
    guard !scan.frame.fieldNames.isEmpty else { return nil }
    return Keyphrase(
      text: "a public figure" + origin(in: scan), bare: "public figure", isPlural: false, isProper: false, wordCount: 2,
      score: 60,
      firstToken: 0)
  }

  /// What stands behind "occupation:" in a list of facts.
  private static func occupation(in scan: TextScan) -> Keyphrase? {
    let tokens = scan.tokens
    guard let label = tokens.indices.first(where: { tokens[$0].isFrame && jobs.contains(tokens[$0].hash) }) else {
      return nil
    }
    var words: [String] = []
    var place = label + 1
    while place < tokens.count, words.count < 4, words.isEmpty || !tokens[place].breakBefore, !tokens[place].isFrame,
      !tokens[place].isNumber, tokens[place].classes.isDisjoint(with: [.preposition])
    {
      if tokens[place].classes.contains(.function) { break }
      words.append(scan.text(of: tokens[place]))
      place += 1
    }
    let bare = words.joined(separator: " ")
    guard bare.utf8.count >= 4, bare.utf8.count <= 40 else { return nil }
    return Keyphrase(
      text: Article.with(bare) + origin(in: scan), bare: bare, isPlural: false, isProper: false,
      wordCount: words.count, score: 60, firstToken: label + 1)
  }

  /// " from Columbus": what stands behind "birth place:" or "origin:", or `""`.
  private static func origin(in scan: TextScan) -> String {
    let tokens = scan.tokens
    guard
      let label = tokens.indices.dropLast().first(where: { place in
        tokens[place].isFrame
          && (origins.contains(tokens[place].hash)
            || tokens[place].hash == birth && tokens[place + 1].hash == placeWord)
      })
    else { return "" }
    var place = label
    while place + 1 < tokens.count, tokens[place].isFrame { place += 1 }
    let token = tokens[place]
    guard place - label <= 2, !token.isNumber, token.classes.isDisjoint(with: [.function, .preposition, .determiner]),
      token.end - token.start > 3
    else { return "" }
    let word = scan.text(of: token)
    return " from " + word.prefix(1).uppercased() + word.dropFirst()
  }

  private static let origins = WordSet("birthplace origin nationality hometown")
  private static let birth = WordHash.of("birth".utf8)
  private static let placeWord = WordHash.of("place".utf8)

  private static let jobs = WordSet("occupation occupations profession")

  /// In this order: a footballer's list may name an office, hardly a politician's a number of goals.
  private static let professions: [(words: WordSet, bare: String)] = [
    (WordSet("bowling batting bowl bat odidebutdate testdebutdate odis"), "cricketer"),
    (WordSet("racquet turnedpro highestsinglesranking doublesrecord singlesrecord"), "racket sport player"),
    (
      WordSet("goals caps youthclubs clubnumber managerclubs nationalteam pcupdate ntupdate guernsey originalteam"),
      "team sport player"
    ),
    (
      WordSet("draftpick draftyear draft prospect league pastteams statleague finalteam debutteam nfl highschool"),
      "professional athlete"
    ),
    (WordSet("reign coronation regent"), "monarch"),
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
  private static let pronouns = WordSet("there this that these those which who what one here")
  private static let and = WordHash.of("and".utf8)
  private static let the = WordHash.of("the".utf8)
  private static let places = WordSet("in of from at near")
  private static let seated = WordSet(
    """
    based located headquartered incorporated situated founded endemic found native
    specializing specialising focused focusing specialized
    """)
  private static let active = WordSet("specializing specialising focused focusing specialized")
  private static let on = WordHash.of("on".utf8)
  private static let of = WordHash.of("of".utf8)
  private static let vague = WordSet(
    "business company organization organisation person man woman place name word term building website project")
  private static let empty = WordSet(
    "heck bit mix lot number kind sort type member result part variety series group set one")
}
