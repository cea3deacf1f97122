/// Which phrases are never a topic, or seldom one: what the words around them give away.
extension KeyphraseExtractor {
  /// A word that is a verb at least as often as the last word of a name: "make the insurer pay", "let the dough rise".
  static func isHalfVerb(_ token: Token, in scan: TextScan) -> Bool {
    halfVerbs.contains(token.hash) || scan.ends(token, "ing") && !token.classes.contains(.nounToo)
  }

  /// Whether the words around a phrase show that it begins and ends here.
  static func isSurelyCut(_ range: Range<Int>, in scan: TextScan) -> Bool {
    let edges: Lexicon.Classes = [.determiner, .preposition, .modifier, .function]
    let first = scan.tokens[range.lowerBound]
    if first.isCapitalised, !first.startsSentence, scan.tokens[range.upperBound - 1].isCapitalised { return true }
    let opens =
      range.lowerBound == 0 || first.breakBefore || !scan.tokens[range.lowerBound - 1].classes.isDisjoint(with: edges)
    guard opens, range.upperBound < scan.tokens.count else { return opens }
    let next = scan.tokens[range.upperBound]
    return next.breakBefore || !next.classes.isDisjoint(with: edges.union([.verb])) || next.isNumber
  }

  /// One side of an "and" that joins two parts of one name: "foot and mouth disease", "Wine and Brandy Corporation".
  static func isHalfName(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    occurrences.allSatisfy { range in
      let tokens = scan.tokens
      // "Dancing With the Stars": a small word with a capital is inside a title.
      for back in 1...2 where range.lowerBound >= back && !tokens[range.lowerBound - back + 1].breakBefore {
        let before = tokens[range.lowerBound - back]
        if before.isCapitalised, !before.startsSentence, !before.isInHeadline, before.classes.contains(.preposition),
          tokens[range.lowerBound].isCapitalised
        {
          return true
        }
      }
      let (first, last) = (tokens[range.lowerBound], tokens[range.upperBound - 1])
      if range.lowerBound > 1, !first.breakBefore, tokens[range.lowerBound - 1].hash == and, range.count > 1 {
        let before = tokens[range.lowerBound - 2]
        let isNoun = before.classes.isDisjoint(with: [.function, .determiner, .preposition, .verb, .modifier])
        // "Cats and dogs": plurals are two things, and so are two names of unlike writing.
        let isOneName = before.isCapitalised && first.isCapitalised && !before.startsSentence
        if isNoun, before.stem == before.hash || isOneName, before.isCapitalised == first.isCapitalised,
          !tokens[range.lowerBound - 1].breakBefore
        {
          return true
        }
      }
      guard range.upperBound + 1 < tokens.count, last.isCapitalised, !last.startsSentence else { return false }
      let (and, next) = (tokens[range.upperBound], tokens[range.upperBound + 1])
      return and.hash == Self.and && !and.breakBefore && !next.breakBefore && next.isCapitalised && !next.isAllCapitals
        && !last.isInHeadline
    }
  }

  private static let and = WordHash.of("and".utf8)

  /// "Exhibit reactivity", "fight crime": a verb as often as a noun, and no article or preposition before it.
  static func isHalfVerbAtStart(_ range: Range<Int>, in scan: TextScan) -> Bool {
    let token = scan.tokens[range.lowerBound]
    guard range.count > 1, token.classes.contains(.nounToo), token.stem == token.hash, !token.isCapitalised else {
      return false
    }
    guard range.lowerBound > 0, !token.breakBefore else { return true }
    return scan.tokens[range.lowerBound - 1].classes.isDisjoint(with: [.determiner, .preposition, .modifier])
  }

  private static let halfVerbs = WordSet(
    """
    pay rise run fall grow stay act work help move look show turn call hold need stop start drop cost sleep walk wait
    claim blows faces calls hits plans aims talks meets moves shows helps needs wants plays runs works goes
    """)

  /// Who reports it: "told KCBS", "CNN says".
  static func isSource(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    let last = scan.tokens[occurrences[0].upperBound - 1]
    if last.isCapitalised, papers.contains(last.hash) { return true }
    return occurrences.allSatisfy { range in
      guard scan.tokens[range.lowerBound].isCapitalised else { return false }
      var before = range.lowerBound - 1
      if before >= 0, scan.tokens[before].hash == theHash { before -= 1 }
      if before >= 0, told.contains(scan.tokens[before].hash) { return true }
      if before >= 1, told.contains(scan.tokens[before - 1].hash) { return true }
      return range.upperBound < scan.tokens.count && says.contains(scan.tokens[range.upperBound].hash)
    }
  }

  private static let papers = WordSet(
    "times post news tribune guardian herald gazette telegraph reuters cnn bbc nbc abc cbs afp ap newspaper newsbeat")
  private static let told = WordSet("told tells informed according")
  private static let says = WordSet("says said reports reported writes wrote tells told notes noted adds added")

  /// Whether a word names what somebody is: a nurse, a chairman, a geologist.
  static func isPerson(_ token: Token, in scan: TextScan) -> Bool {
    personRoles.contains(token.hash) || scan.ends(token, "man") || scan.ends(token, "woman")
      || scan.ends(token, "ogist") || scan.ends(token, "ician")
  }

  /// A singular that names a person's role and never has an article.
  static func isBarePerson(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    let last = scan.tokens[occurrences[0].upperBound - 1]
    guard last.stem == last.hash, isPerson(last, in: scan) else { return false }
    return occurrences.allSatisfy { range in
      range.lowerBound == 0 || scan.tokens[range.lowerBound].breakBefore
        || !scan.tokens[range.lowerBound - 1].classes.contains(.determiner)
    }
  }

  private static let personRoles = WordSet(
    """
    leader employee lady girl boy official officer player worker teacher student owner manager director actor actress
    president minister member candidate judge lawyer doctor nurse author writer singer artist driver soldier king queen
    father mother brother sister son daughter wife husband hobo guy friend captain coach striker midfielder goalkeeper
    analyst expert professor scientist researcher founder spokesman chairman secretary senator mayor governor suspect
    victim hero villain astronaut detective agent engineer customer tourist patient physician hunter critic viewer reviewer champion recruit alumnus alumni idiot winner loser opponent producer distributor composer conductor presenter organiser organizer manufacturer supplier
    provider republican democrat lawmaker congressman congresswoman expert specialist volunteer farmer
    resident neighbor neighbour passenger pilot soldier veteran prisoner inmate widow orphan bride groom cousin uncle aunt
    """)

  /// A name that the text only gives as a place: "in New Zealand", "from British Columbia".
  static func isWhereabouts(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    occurrences.allSatisfy { range in
      guard scan.tokens[range].allSatisfy({ $0.isCapitalised && !$0.isAllCapitals }) else { return false }
      guard range.lowerBound > 0, !scan.tokens[range.lowerBound].isInHeadline else { return false }
      let previous = scan.tokens[range.lowerBound - 1]
      let isAfterThe = previous.hash == theHash && range.lowerBound > 1
      let before = isAfterThe ? scan.tokens[range.lowerBound - 2] : previous
      return whereabouts.contains(before.hash) || scan.tokens[range.lowerBound].breakBefore
    }
  }

  private static let theHash = WordHash.of("the".utf8)
  private static let whereabouts = WordSet("in at from to near of outside across through around")

  static func lacksArticle(_ phrase: Keyphrase, head: Token, in scan: TextScan) -> Bool {
    let isCapital = head.isCapitalised && phrase.isProper
    guard !phrase.isPlural, phrase.text == phrase.bare, !isCapital else { return false }
    let isMass =
      mass.contains(head.hash) || massHeads.contains(head.hash)
      || uncounted.contains { scan.ends(head, $0) } && !counted.contains(head.hash)
    return !isMass && !scan.ends(head, "s")
  }

  /// Whether one of it has an article.
  static func isCountable(_ head: Token, in scan: TextScan) -> Bool {
    !mass.contains(head.hash) && !massHeads.contains(head.hash) && !uncounted.contains { scan.ends(head, $0) }
      && !head.isCapitalised && head.stem == head.hash && !scan.ends(head, "s")
      && (!head.classes.isEmpty || DomainTable.shared.knows(head.stem))
  }

  /// Of which there are several, whatever their ending.
  private static let counted = WordSet(
    """
    equation definition deposition city university facility community entity identity activity opportunity celebrity commodity charity station nation
    question region mission session version document department apartment agreement instrument experiment investment
    tournament moment building meeting wedding painting hearing proceeding competition exhibition organization
    organisation institution election section collection application corporation foundation constitution connection
    structure picture feature creature lecture ship relationship championship kingdom neighborhood neighbourhood
    procedure measure figure ambulance conference appliance instance sentence audience position division television
    decision expression operation explosion commission profession impression population function solution algorithm
    mechanism organism prism criticism
    """)
  private static let massHeads = WordSet(
    """
    control search analysis retrieval growth access storage use design behavior behaviour theory flow memory knowledge
    content noise loss risk care data theory practice debate abuse advice evidence progress feedback equipment furniture
    luggage machinery violence conduct pollution trouble damage harm relief wildlife cover cotton code text video audio
    speech sound vision style status focus life death age time space money talk trade stress pressure temperature
    change gain waste reform esteem dioxide oxide acid oxygen nitrogen hydrogen estate hop jazz aid trust fraud theft labor
    labour stock protein cholesterol insulin tissue muscle matter exchange policy duty width size data people men women
    children police staff rice vinegar dressing spray oil juice powder sauce stuff info info access fun luck
    """)
}

extension TextScan {
  /// The second half of "ad hoc", "in vitro".
  static let latinTails = WordSet("hoc vitro vivo situ priori facto alia versa silico")

  func isUnknown(_ token: Token) -> Bool {
    token.classes.isEmpty && !DomainTable.shared.knows(token.stem)
  }

  /// Whether no small word has letters beyond ASCII: in an English text those are of another language.
  func isPlainlyWritten(_ range: Range<Int>) -> Bool {
    !range.contains { place in
      !tokens[place].isCapitalised
        && bytes[Int(tokens[place].start)..<Int(tokens[place].end)].contains { $0 >= 0x80 }
    }
  }

  /// Words that stuck together ("HistoryThe"), an identifier, or one or two letters of a formula.
  func isBroken(_ token: Token, frequency: Double) -> Bool {
    let word = bytes[Int(token.start)..<Int(token.end)]
    if word.count < 3, !token.isAllCapitals { return true }
    // "Junkie-i": a dash without its spaces.
    if word.count > 2, word.dropLast().last == 0x2D { return true }
    if Self.latinTails.contains(token.hash) { return true }
    // Greek and other letters beyond Latin stand for themselves in formulas.
    if word.count < 5, word.first.map({ $0 >= 0xCD }) ?? false { return true }
    guard frequency < 3, !token.isAllCapitals, word.count > 7 else { return false }
    var before: UInt8 = 0
    for (place, byte) in word.enumerated() {
      if place > 3, byte >= 0x41, byte <= 0x5A, before >= 0x61, before <= 0x7A { return true }
      before = byte
    }
    return false
  }
}
