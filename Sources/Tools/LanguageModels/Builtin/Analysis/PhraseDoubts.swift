/// How many things speak against a phrase: that it is cut wrongly, or says too little to tell one text from another.
///
/// A persona would rather name a plain thing that surely stands in the text than a striking one that may be half a name
/// or a verb.
struct PhraseDoubts {
  let scan: TextScan
  let occurrences: [Range<Int>]
  let isOfDomain: Bool

  /// - Returns: 0 for a phrase that one can rely on.
  var count: Int {
    let first = occurrences[0]
    var count = occurrences.prefix(6).map { opening($0) + closing($0) + inside($0) }.min() ?? 0
    let unknown = first.count { isUnknown($0) }
    if unknown > 0, occurrences.count < 2 || !scan.hasCapitals { count += unknown }
    if KeyphraseExtractor.isSource(occurrences, in: scan) { count += 2 }
    if isRunIn(first) { count += 1 }
    if isIncomplete { count += 1 }
    // "USA", "UN": behind an address they lack their article.
    let head = scan.tokens[first.upperBound - 1]
    if first.count == 1, head.isAllCapitals, head.classes.contains(.properName) { count += 1 }
    // "(On) Twitter Tuesday".
    if first.count > 1, first.contains(where: { Self.days.contains(scan.tokens[$0].hash) }) { count += 1 }
    if KeyphraseExtractor.isHalfName(occurrences, in: scan) { count += 1 }
    if first.count == 1, occurrences.contains(where: { isNumbered($0) }) { count += 1 }
    return count + headDoubts(first)
  }

  private func isAdjacent(_ place: Int) -> Bool {
    place > 0 && place < scan.tokens.count && !scan.tokens[place].breakBefore
  }

  private func tag(_ place: Int) -> WordTag { scan.readings[place].tag }

  private func byte(_ place: Int) -> UInt8 { scan.bytes.indices.contains(place) ? scan.bytes[place] : 0x20 }

  /// "(Iran/)Contra affair", "(New) York City", "(police) foil attacks".
  private func opening(_ range: Range<Int>) -> Int {
    let first = scan.tokens[range.lowerBound]
    if Self.joints.contains(byte(Int(first.start) - 1)) { return 2 }
    let isVerbLike = scan.readings[range.lowerBound].isOftenVerb && !first.isCapitalised && first.stem == first.hash
    // "(Apollo Drain &) Rooter Service".
    if range.lowerBound > 0, first.isCapitalised, scan.tokens[range.lowerBound - 1].isCapitalised,
      scan.bytes[Int(scan.tokens[range.lowerBound - 1].end)..<Int(first.start)].contains(0x26)
    {
      return 2
    }
    guard isAdjacent(range.lowerBound) else {
      let isPossessive =
        range.lowerBound > 0 && byte(Int(scan.tokens[range.lowerBound - 1].end)) == 0x27
      // "Jehovah's Witnesses".
      if isPossessive, first.isCapitalised, scan.tokens[range.lowerBound - 1].isCapitalised { return 1 }
      return isVerbLike && !isPossessive ? 1 : 0
    }
    let before = scan.tokens[range.lowerBound - 1]
    switch tag(range.lowerBound - 1) {
    case .determiner:
      // "Agrippina the Elder".
      let isTitle =
        isAdjacent(range.lowerBound - 1) && first.isCapitalised && range.count == 1
        && tag(range.lowerBound - 2) == .name
      return isTitle || isDescription(range) ? 1 : 0
    case .preposition, .number, .possessive: return 0
    case .adjective: return before.isCapitalised && first.isCapitalised ? 2 : 0
    case .noun, .plural, .name:
      if before.isCapitalised, !before.startsSentence, first.isCapitalised { return 2 }
      // "(Order) books", "(home) improvement store": without its first word it is another thing.
      let isOther = tag(range.lowerBound - 1) == .noun || range.count == 1
      return before.classes.isDisjoint(with: [.generic, .modifier]) || isVerbLike || isOther ? 1 : 0
    default:
      if before.isCapitalised, first.isCapitalised, !before.classes.contains(.function) { return 1 }
      return isVerbLike ? 1 : 0
    }
  }

  /// "Is a waste", "as a vehicle", "my boyfriend": said of something else, or somebody's own.
  private func isDescription(_ range: Range<Int>) -> Bool {
    guard occurrences.count < 3 else { return false }
    let article = range.lowerBound - 1
    if Self.owners.contains(scan.tokens[article].hash) { return range.count == 1 }
    if range.count > 1, scan.readings[range.upperBound - 1].kind == .thing { return false }
    guard article > 0, !scan.tokens[article].breakBefore, Self.articles.contains(scan.tokens[article].hash) else {
      return false
    }
    return tag(article - 1) == .be || Self.likeness.contains(scan.tokens[article - 1].hash)
  }

  private static let days = WordSet(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july august september october
    november december day eve
    """)
  private static let links = WordSet("of for")
  private static let the = WordHash.of("the".utf8)
  private static let of = WordHash.of("of".utf8)
  private static let owners = WordSet("my our your his her their")
  private static let articles = WordSet("a an")
  private static let likeness = WordSet("as like such much quite what be been")

  /// "(the PageRank) metric", "(the theatre) feels proud".
  private func closing(_ range: Range<Int>) -> Int {
    let last = scan.tokens[range.upperBound - 1]
    if Self.joints.contains(byte(Int(last.end))) { return 2 }
    // "City Dogs Rescue (& City Kitties)".
    if range.upperBound < scan.tokens.count, last.isCapitalised, scan.tokens[range.upperBound].isCapitalised,
      scan.bytes[Int(last.end)..<Int(scan.tokens[range.upperBound].start)].contains(0x26)
    {
      return 2
    }
    guard isAdjacent(range.upperBound) else { return 0 }
    let next = scan.tokens[range.upperBound]
    // "The Australian Bureau (of Agriculture)".
    if last.isCapitalised, !last.isInHeadline, next.classes.contains(.preposition), Self.links.contains(next.hash),
      isAdjacent(range.upperBound + 1),
      scan.tokens[range.upperBound + 1].isCapitalised || scan.tokens[range.upperBound + 1].hash == Self.the
    {
      return 2
    }
    if last.isCapitalised, next.isCapitalised, !last.isInHeadline { return 2 }
    // "As a coin landing on edge".
    if range.count > 1, occurrences.count < 2, scan.ends(last, "ing"), tag(range.upperBound) == .preposition,
      tag(range.upperBound - 2).isNoun
    {
      return 1
    }
    let isVerbLike = scan.readings[range.upperBound - 1].isOftenVerb && !last.isCapitalised && range.count > 1
    switch tag(range.upperBound) {
    case .conjunction where range.count > 1 && occurrences.count < 2 && isAdjacent(range.upperBound + 1):
      // "The bacon egg (and cheese)": one thing of several words may go on.
      return tag(range.upperBound - 1) == .noun && tag(range.upperBound + 1) == .noun ? 1 : 0
    case .number where last.isCapitalised: return 1
    case .name: return last.isCapitalised && next.isCapitalised ? 2 : isVerbLike ? 2 : 1
    case .noun, .plural:
      return next.classes.isDisjoint(with: [.generic, .honorific]) ? 1 : 0
    case .adjective, .determiner, .pronoun, .to, .adverb, .number: return isVerbLike ? 1 : 0
    default: return 0
    }
  }

  /// A verb between two nouns, and nothing that opens the phrase.
  private func inside(_ range: Range<Int>) -> Int {
    guard range.count > 1 else { return 0 }
    // "KDDCS individual algorithms": an adjective behind a noun opens another phrase.
    if range.dropFirst().contains(where: {
      tag($0) == .adjective && !scan.tokens[$0].isCapitalised && tag($0 - 1).isNoun
    }) {
      return 1
    }
    // "The principal teaching grades 1 to 4": what somebody does.
    if range.dropFirst().contains(where: {
      scan.ends(scan.tokens[$0], "ing") && scan.readings[$0 - 1].kind == .person && $0 + 1 < range.upperBound
    }) {
      return 1
    }
    let isOpened =
      isAdjacent(range.lowerBound)
      && [.determiner, .adjective, .number, .preposition].contains(tag(range.lowerBound - 1))
    if isOpened {
      // "The ephemera document exhibitions".
      return range.count > 2 && occurrences.count < 2
        && scan.readings[range.lowerBound + 1].isOftenVerb
        && scan.tokens[range.lowerBound + 1].stem
          == scan.tokens[range.lowerBound + 1].hash
        && tag(range.lowerBound).isNoun
        && !scan.tokens[range.lowerBound].isCapitalised && tag(range.upperBound - 1) == .plural ? 1 : 0
    }
    if isAdjacent(range.upperBound),
      tag(range.upperBound).isVerb || [.be, .have, .modal].contains(tag(range.upperBound))
    {
      return 0
    }
    return range.dropFirst().contains { place in
      let token = scan.tokens[place]
      let isVerbLike = scan.readings[place].isOftenVerb && (!token.isCapitalised || token.isInHeadline)
      return isVerbLike && (place + 1 < range.upperBound || token.stem != token.hash) && tag(place - 1).isNoun
    } ? 1 : 0
  }

  /// "A state-of-the-art class (of algorithms)": what it is of belongs to it.
  private var isIncomplete: Bool {
    occurrences.allSatisfy { range in
      isAdjacent(range.upperBound) && scan.tokens[range.upperBound].hash == Self.of
        && !scan.tokens[range.upperBound - 1].isCapitalised
    }
  }

  /// "Battalion 202": only with its number one of its kind.
  private func isNumbered(_ range: Range<Int>) -> Bool {
    isAdjacent(range.upperBound) && scan.tokens[range.lowerBound].isCapitalised && tag(range.upperBound) == .number
  }

  /// "Environmental Impacts Seaweed farming": a title that runs into its text.
  private func isRunIn(_ range: Range<Int>) -> Bool {
    guard range.count > 2, !scan.tokens[range.upperBound - 1].isCapitalised else { return false }
    let capitals = range.count { place in
      let token = scan.tokens[place]
      return token.isCapitalised && !token.isAllCapitals && scan.readings[place].isKnown
        && token.classes.isDisjoint(with: [.properName, .givenName])
    }
    return capitals > 1
  }

  private func isUnknown(_ place: Int) -> Bool {
    let token = scan.tokens[place]
    if scan.readings[place].isKnown || !token.classes.isEmpty || DomainTable.shared.knows(token.stem) { return false }
    if scan.bytes[Int(token.start)..<Int(token.end)].contains(0x2D) { return false }
    // "CHACE": letters in capitals that are no abbreviation.
    if token.isAllCapitals, occurrences[0].count == 1 { return token.end - token.start > 4 }
    return !token.isCapitalised || token.isInHeadline || token.startsSentence
  }

  /// A person, an amount, or one word that any text may have.
  private func headDoubts(_ range: Range<Int>) -> Int {
    let head = scan.tokens[range.upperBound - 1]
    // "LOG VIEWER": capitals that are only loud.
    if range.count > 1, range.allSatisfy({ scan.tokens[$0].isAllCapitals }) { return 1 }
    let isPlain =
      range.count == 1 && scan.readings[range.lowerBound].isKnown && !head.isAllCapitals
      && !head.classes.contains(.properName)
    if head.isCapitalised, !head.startsSentence, !head.isInHeadline, !isPlain { return 0 }
    let reading = scan.readings[range.upperBound - 1]
    var count = 0
    if reading.kind == .person { count += 1 }
    if reading.kind == .amount, !isOfDomain { count += 1 }
    if range.count == 1, occurrences.count < 3 {
      if reading.kind == .abstract || reading.kind == .amount { count += 1 }
    }
    if range.count == 1, occurrences.count < 4, reading.commonness == 2, !isOfDomain { count += 1 }
    return count
  }

  /// Slashes, dashes and marks of formulas that tie a word to its neighbour.
  private static let joints: Set<UInt8> = [0x2F, 0x2D, 0x5F, 0x5C, 0x40, 0x26, 0x2B, 0x23]
}
