/// Writes a chunk of a text so that it can stand in a sentence of ours.
enum PhraseWriter {
  /// - Returns: nil when the phrase cannot be shown (a private name, mark-up, too long).
  static func write(_ occurrences: [Range<Int>], in scan: TextScan, score: Double) -> Keyphrase? {
    let first = best(of: occurrences, in: scan)
    var words: [String] = []
    var isProper = false
    // A name of several words keeps all its capitals.
    let isName =
      first.count > 1 && first.allSatisfy { scan.tokens[$0].isCapitalised && !scan.tokens[$0].isInHeadline }
      && !first.allSatisfy { appearsLower(scan.tokens[$0], in: scan) }
    // In a headline too: losing a topic is better than telling a private name.
    if first.count > 1, first.allSatisfy({ scan.tokens[$0].isCapitalised }), looksLikePerson(first, in: scan) {
      return nil
    }
    for place in first {
      let word = isName ? (scan.text(of: scan.tokens[place]), true) : spelled(place, in: scan, count: first.count)
      if word.1 { isProper = true }
      words.append(word.0)
    }
    // "Photo Booth", "Blossom Music Center": what is written as one name stays one.
    if let last = words.last, words.count > 1,
      last.first?.isUppercase ?? false || nameOfThing.contains(scan.tokens[first.upperBound - 1].hash),
      first.allSatisfy({ scan.tokens[$0].isCapitalised && !scan.tokens[$0].isAllCapitals })
    {
      words = first.map { scan.text(of: scan.tokens[$0]) }
    }
    let head = scan.tokens[first.upperBound - 1]
    var isPlural =
      head.stem != head.hash || irregularPlurals.contains(head.hash)
      || scan.readings[first.upperBound - 1].tag == .plural && !head.isCapitalised
    // "The SCMs": a plural of letters.
    if let last = words.last, last.hasSuffix("s"), last.utf8.count > 2, last.dropLast().allSatisfy({ $0.isUppercase }) {
      isPlural = true
    }
    let (definite, indefinite, none) = articles(of: occurrences, in: scan)
    // "0-1 dataset": where the text has the plural as well, that goes without an article.
    if first.count == 1, !isPlural, !isProper, definite + indefinite == 0,
      let plural = scan.tokens.first(where: { $0.stem == head.stem && $0.hash != head.stem && !$0.isCapitalised })
    {
      words = [scan.text(of: plural)]
      isPlural = true
    }
    let bare = words.joined(separator: " ")
    guard bare.utf8.count >= 3, bare.utf8.count <= 60 else { return nil }
    let isProperWhole = first.allSatisfy { scan.tokens[$0].isCapitalised }
    var article = ""
    if isPlural {
      article = isProperWhole && definite > none && !head.isAllCapitals && words.count > 1 ? "the " : ""
    } else if definite > 0, definite >= none, !(isProperWhole && definite <= indefinite + none),
      !(isProperWhole && first.count == 1 && none > 0)
    {
      article = "the "
    } else if indefinite > 0, indefinite >= none, !isProperWhole {
      article = Article.of(bare) + " "
    } else if definite + indefinite + none == 0, words.count > 1, !isProperWhole,
      KeyphraseExtractor.isCountable(head, in: scan)
    {
      // It only stands where articles are left out: in a headline, behind a bracket, at the start of a line.
      article = Article.of(bare) + " "
    }
    return Keyphrase(
      text: article + bare, bare: bare, isPlural: isPlural, isProper: isProper, wordCount: words.count, score: score,
      firstToken: first.lowerBound)
  }

  /// How often a definite article, an indefinite one, and none stands before a phrase.
  private static func articles(
    of occurrences: [Range<Int>], in scan: TextScan
  ) -> (definite: Int, indefinite: Int, none: Int) {
    var definite = 0
    var indefinite = 0
    var none = 0
    for occurrence in occurrences {
      guard occurrence.lowerBound > 0, !scan.tokens[occurrence.lowerBound].breakBefore,
        !scan.tokens[occurrence.lowerBound].isInHeadline
      else { continue }
      // "A harbour police spokesman" without the spokesman has no article of its own.
      let next = occurrence.upperBound
      if next < scan.tokens.count, !scan.tokens[next].breakBefore,
        scan.readings[next].tag.isNoun || scan.tokens[next].isCapitalised && scan.tokens[next - 1].isCapitalised
      {
        continue
      }
      // "The molecular evolution (of genes)": the article is that of what it is of.
      if next < scan.tokens.count, scan.tokens[next].hash == ofHash,
        scan.bytes[Int(scan.tokens[next - 1].end)..<Int(scan.tokens[next].start)].allSatisfy({
          $0 == 0x20 || $0 == 0x0A
        })
      {
        continue
      }
      let end = Int(scan.tokens[next - 1].end)
      if end + 1 < scan.bytes.count, scan.bytes[end] == 0x20, scan.bytes[end + 1] == 0x28 { continue }
      if ordinals.contains(scan.tokens[occurrence.lowerBound - 1].hash) {
        definite += 1
        continue
      }
      let (before, skipped) = determiner(before: occurrence.lowerBound, in: scan)
      if before == theHash {
        definite += 1
      } else if before == aHash || before == anHash {
        indefinite += 1
      } else if scan.tokens[occurrence.lowerBound - 1].classes.contains(.determiner) {
        definite += 1
      } else if !skipped, !scan.tokens[occurrence.lowerBound - 1].isNumber {
        none += 1
      }
    }
    return (definite, indefinite, none)
  }

  /// Two capitals that no word list and no domain knows: more often a person than anything else.
  ///
  /// Losing the name of a river costs a topic; keeping that of a private person is worse.
  private static func looksLikePerson(_ name: Range<Int>, in scan: TextScan) -> Bool {
    // "DL Myles Garrett": letters before a name.
    let name = name.count == 3 && scan.tokens[name.lowerBound].isAllCapitals ? name.dropFirst() : name
    guard name.count == 2 || name.count == 3 else { return false }
    // "Israel Folau": a country's name may be given to a child.
    let (given, family) = (scan.tokens[name.lowerBound], scan.readings[name.upperBound - 1])
    let isGiven = given.classes == .properName && !given.isAllCapitals && name.count == 2
    let isThe = name.lowerBound > 0 && scan.tokens[name.lowerBound - 1].hash == theHash
    if isGiven, !family.isKnown, !isThe, scan.tokens[name.upperBound - 1].classes.isEmpty { return true }
    for token in scan.tokens[name] {
      if !token.classes.isEmpty || token.isAllCapitals || nameOfThing.contains(token.hash) { return false }
      if DomainTable.shared.knows(token.stem) { return false }
    }
    return name.lowerBound == 0 || scan.tokens[name.lowerBound - 1].hash != theHash
  }

  private static let ordinals = WordSet("other same only next last first second third latest")

  private static let nameOfThing = WordSet(
    """
    street road avenue river lake city county island islands hotel company league museum award awards prize center centre
    bay park hall square tower house club valley hills hill mountain mountains ocean sea creek falls springs college
    institute academy society association foundation corporation group bank airport station bridge stadium arena church
    cathedral palace castle war battle act bill treaty party cup trophy records press times post journal project program
    programme network networks system systems day week festival games series machine model theory law process algorithm
    university hospital school museum library inc ltd llc corp plc circular
    north south east west northern southern eastern western central new san los las saint fort port mount great royal
    national international united federal imperial european global world state states republic kingdom province region
    """)

  /// An occurrence inside a sentence rather than one in capitals or at a start.
  private static func best(of occurrences: [Range<Int>], in scan: TextScan) -> Range<Int> {
    for occurrence in occurrences.prefix(8) {
      let token = scan.tokens[occurrence.lowerBound]
      if token.isInHeadline, occurrences.count > 1 { continue }
      if !token.startsSentence && !occurrence.allSatisfy({ scan.tokens[$0].isAllCapitals }) { return occurrence }
    }
    return occurrences[0]
  }

  private static func determiner(before place: Int, in scan: TextScan) -> (hash: UInt64, skipped: Bool) {
    var place = place
    var skipped = false
    while place > 0, !scan.tokens[place].breakBefore {
      let previous = scan.tokens[place - 1]
      // "today's telecom market", "the club's stadium": theirs is one.
      if Int(previous.end) < scan.bytes.count, scan.bytes[Int(previous.end)] == 0x27 { return (theHash, skipped) }
      // Adjectives that were trimmed stand between article and phrase.
      let isTrimmed = !previous.classes.isDisjoint(with: [.modifier, .generic])
      guard isTrimmed || isQualifier(previous, in: scan) else { return (previous.hash, skipped) }
      skipped = true
      place -= 1
    }
    return (0, skipped)
  }

  /// "Independently owned", "quasi-official": words between an article and its noun that no phrase keeps.
  private static func isQualifier(_ token: Token, in scan: TextScan) -> Bool {
    token.classes.isDisjoint(with: [.function, .determiner, .preposition])
      && (scan.ends(token, "ly") || scan.ends(token, "ed") || PhraseChunker.isAdjective(token, scan)
        || scan.bytes[Int(token.start)..<Int(token.end)].contains(0x2D))
  }

  private static func spelled(_ place: Int, in scan: TextScan, count: Int) -> (text: String, isProper: Bool) {
    let token = scan.tokens[place]
    let text = scan.text(of: token)
    let proper = Lexicon.shared.spelling(of: token.hash)
    if !proper.isEmpty { return (proper, true) }
    // "COLD food": a loud adjective.
    if token.isAllCapitals, isPlainWord(token, in: scan) { return (text.lowercased(), false) }
    if token.isAllCapitals {
      // A heading in capitals is not an acronym: neighbours tell.
      let length = token.end - token.start
      let near = scan.tokens[max(0, place - 2)..<min(scan.tokens.count, place + 3)]
      let shouting = near.allSatisfy { $0.isAllCapitals || $0.isNumber || $0.end - $0.start <= 2 && $0.isCapitalised }
      return shouting && near.count > 2 || length > 6 ? (text.lowercased(), false) : (text, true)
    }
    guard token.isCapitalised else { return (text, false) }
    if count > 1, place + 1 < scan.tokens.count, !scan.tokens[place + 1].isCapitalised,
      !scan.tokens[place + 1].breakBefore,
      scan.readings[place].isKnown, isPlainWord(token, in: scan), !token.classes.contains(.givenName)
    {
      // "Q: Sexual reproduction".
      return (text.lowercased(), false)
    }
    if token.startsSentence {
      // "Virgin Islands" behind "U.S.": the next word's capital is of the same name.
      let next = place + 1 < scan.tokens.count ? scan.tokens[place + 1] : nil
      if let next, count > 1, next.isCapitalised, !next.startsSentence, !next.breakBefore, !token.isInHeadline {
        return (text, true)
      }
      return appearsLower(token, in: scan) || count > 0 && !appearsCapitalInside(token, in: scan)
        ? (text.lowercased(), false) : (text, true)
    }
    // In a headline only words that we know are no names.
    let isKnown = !token.classes.isEmpty || DomainTable.shared.knows(token.stem)
    if appearsLower(token, in: scan) || token.isInHeadline && isKnown && !appearsCapitalInside(token, in: scan) {
      return (text.lowercased(), false)
    }
    return (text, true)
  }

  /// Whether the word is known as an adjective and never as a name.
  private static func isPlainWord(_ token: Token, in scan: TextScan) -> Bool {
    let bytes = scan.bytes[Int(token.start)..<Int(token.end)].map { $0 | 0x20 }
    let entry = TagLexicon.shared.known(bytes[...], hash: token.hash)
    return entry.level(of: .name) == nil && entry.level(of: .adjective) != nil
  }

  private static func appearsLower(_ token: Token, in scan: TextScan) -> Bool {
    scan.tokens.contains { $0.hash == token.hash && !$0.isCapitalised && !$0.isAllCapitals }
  }

  private static func appearsCapitalInside(_ token: Token, in scan: TextScan) -> Bool {
    scan.tokens.contains { $0.hash == token.hash && $0.isCapitalised && !$0.startsSentence && !$0.isInHeadline }
  }

  private static let ofHash = WordHash.of("of".utf8)
  private static let theHash = WordHash.of("the".utf8)
  private static let aHash = WordHash.of("a".utf8)
  private static let anHash = WordHash.of("an".utf8)
  private static let irregularPlurals: Set<UInt64> = Set(
    ["men", "women", "children", "people", "feet", "teeth", "mice", "geese", "data", "media", "criteria", "bacteria"]
      .map { WordHash.of($0.utf8) })
}

/// The indefinite article of a phrase.
enum Article {
  static func of(_ phrase: String) -> String {
    let word = phrase.prefix { $0 != " " && $0 != "-" }.lowercased()
    guard let first = word.utf8.first else { return "a" }
    for start in ["hour", "honest", "honour", "honor", "heir"] where word.hasPrefix(start) { return "an" }
    for start in ["uni", "use", "usu", "util", "euro", "one", "once", "ut", "ubiq", "eu", "ukr", "uran"]
    where word.hasPrefix(start) {
      // "unimportant" and its like begin with another sound, and do not occur as first words here.
      return "a"
    }
    let letters = phrase.prefix { $0 != " " && $0 != "-" }
    if letters.utf8.count <= 5, letters.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }), letters.utf8.count > 1 {
      // An acronym is spelled: an MRI, an SQL, a NATO would be wrong only where it is read as a word.
      return "AEFHILMNORSX".utf8.contains(letters.utf8.first ?? 0)
        && !["NASA", "NATO", "FIFA"].contains(String(letters))
        ? "an" : "a"
    }
    return "aeiou".utf8.contains(first) ? "an" : "a"
  }

  static func with(_ phrase: String) -> String { of(phrase) + " " + phrase }

  /// The phrase with its article, as the start of a sentence.
  static func starting(_ phrase: String) -> String { (of(phrase) == "an" ? "An " : "A ") + phrase }
}
