/// Finds what can be quoted of one text.
struct QuotationReader {
  let scan: TextScan
  let domainWords: Set<UInt64>
  /// For each word how often its stem stands in the text; 0 for words without content.
  private(set) var counts: [Int32]
  /// Family names: what stands in capitals behind a given name or a title.
  var people: Set<UInt64> = []
  /// From how many times on a word is one that the text is about.
  var central = 2
  let firstOwn: Int
  let isReview: Bool
  /// Whether whoever is named in such a text is named for everybody to read: a film's people, an entry's, a report's.
  let isPublic: Bool
  /// Whether even sentences begin in small letters, so that names cannot be told.
  let isWithoutCapitals: Bool
  /// In bytes: where lines are wrapped, about the length of all of them.
  let longestLine: Int
  /// Whether lines begin with somebody's name and a colon.
  let hasSpeakers: Bool

  init(_ scan: TextScan, domainWords: Set<UInt64>, genre: Genre) {
    self.scan = scan
    isPublic = !Self.privateGenres.contains(genre)
    isWithoutCapitals = !scan.tokens.contains { $0.isCapitalised && !$0.isFrame && $0.end - $0.start > 1 }
    longestLine = scan.lines.lazy.map(\.count).max() ?? 0
    isReview = Self.reviews.contains(genre)
    hasSpeakers = scan.frame.speakerCount >= 3
    self.domainWords = domainWords
    firstOwn = scan.tokens.firstIndex { !$0.isFrame } ?? 0
    counts = Self.counts(of: scan)
    central = max(2, Int(counts.max() ?? 0) * 2 / 5)
    for (place, token) in scan.tokens.enumerated().dropFirst()
    where token.isCapitalised && !token.isFrame && !token.isNumber && !token.startsSentence {
      let before = scan.tokens[place - 1]
      if before.isCapitalised, before.classes.contains(.givenName) || before.classes.contains(.honorific),
        token.start - before.end <= 2, place < 2 || !Self.placeWords.contains(scan.tokens[place - 2].hash)
      {
        people.insert(token.hash)
      }
    }
  }

  /// Open addressing, at most half full: a dictionary would be a tenth of the time that a text takes.
  private static func counts(of scan: TextScan) -> [Int32] {
    var size = 64
    while size < scan.tokens.count * 2 { size *= 2 }
    var stems = [UInt64](repeating: 0, count: size)
    var totals = [Int32](repeating: 0, count: size)
    var slots = [Int32](repeating: -1, count: scan.tokens.count)
    for (place, token) in scan.tokens.enumerated() where !token.isFrame && !token.isNumber {
      guard token.classes.isDisjoint(with: [.function, .determiner, .preposition]) else { continue }
      var slot = Int(truncatingIfNeeded: WordHash.spread(token.stem)) & (size - 1)
      while stems[slot] != 0, stems[slot] != token.stem { slot = (slot + 1) & (size - 1) }
      stems[slot] = token.stem
      totals[slot] += 1
      slots[place] = Int32(slot)
    }
    return slots.map { $0 < 0 ? 0 : totals[Int($0)] }
  }

  /// How much of what the text is made of stands in a passage.
  func score(of range: Range<Int>) -> Double {
    var seen: [UInt64] = []
    var score = 0.0
    var content = 0
    for place in range where isContent(place) {
      let token = scan.tokens[place]
      content += 1
      if seen.contains(token.stem) { continue }
      seen.append(token.stem)
      let isVague = !token.classes.isDisjoint(with: [.generic, .modifier])
      let weight = scan.readings[place].tag.isNoun ? 1.0 : 0.4
      let count = Double(min(max(counts[place], 1), 12))
      score += weight * (0.4 + (1 + count).logarithm()) * (isVague ? 0.4 : 1)
      if domainWords.contains(token.stem) { score += 0.8 }
      if scan.isBroken(token, frequency: count) { score -= 2 }
      if !scan.readings[place].isKnown, !token.isCapitalised, count < 2 { score -= 0.5 }
    }
    if content < 2 { return 0 }
    // A sentence without any word that comes again is an aside.
    let isCentral = range.contains { Int(counts[$0]) >= central }
    if scan.tokens.count - firstOwn > 60 { score += isCentral ? 1 : -1.5 }
    // A headline that runs into its text says the same name twice.
    if content > seen.count { score -= 3 }
    let first = scan.tokens[range.lowerBound]
    if Self.danglers.contains(first.hash) { score -= isReview ? 0.8 : 3 }
    score += score > 0 ? Double(content) * 0.15 : 0
    // "Section 5 describes", "we give an evaluation": said of the text, not of its matter.
    let ownWords = range.count { Self.ownTurns.contains(scan.tokens[$0].hash) }
    score -= Double(ownWords) * 1.5
    for place in range where scan.tokens[place].isCapitalised && place > range.lowerBound {
      // A name that nobody explains may be anybody's.
      let token = scan.tokens[place]
      if !token.isAllCapitals, !scan.readings[place].isKnown, token.classes.isEmpty { score -= 2 }
    }
    // A name that does something, and words to whoever reads.
    if !scan.readings[range.lowerBound].isKnown, first.isCapitalised, !first.isAllCapitals, first.classes.isEmpty,
      range.count > 1, !scan.tokens[range.lowerBound + 1].isCapitalised
    {
      score -= 3
    }
    if !isReview, !hasSpeakers, range.contains(where: { Self.readers.contains(scan.tokens[$0].hash) }) { score -= 2 }
    if range.contains(where: { Self.sayings.contains(scan.tokens[$0].hash) }) { score -= 1.5 }
    if Self.joiners.contains(first.hash) || scan.readings[range.lowerBound].tag == .conjunction { score -= 2 }
    // "For example": an aside.
    if range.count > 1, Self.exampleWords.contains(scan.tokens[range.lowerBound + 1].hash),
      range.lowerBound < range.upperBound - 2,
      scan.readings[range.lowerBound].tag == .preposition
    {
      score -= 2
    }
    if range.lowerBound == firstOwn { score += 1 }
    if (range.lowerBound - firstOwn) * 4 < scan.tokens.count - firstOwn { score += 0.5 }
    return score
  }

  /// The words as they stand, with one space for every gap and none before a mark.
  func text(of range: Range<Int>) -> String {
    var start = Int(scan.tokens[range.lowerBound].start)
    if start > 0, scan.bytes[start - 1] == 0x27 { start -= 1 }
    var end = Int(scan.tokens[range.upperBound - 1].end)
    if end + 1 < scan.bytes.count, scan.bytes[end] == 0x27, scan.bytes[end + 1] | 0x20 == 0x73 { end += 2 }
    // A question or a call keeps its mark.
    if end < scan.bytes.count, scan.bytes[end] == 0x3F || scan.bytes[end] == 0x21 { end += 1 }
    var result: [UInt8] = []
    for byte in scan.bytes[start..<end] {
      if byte == 0x20 || byte == 0x0A {
        if result.last != 0x20 { result.append(0x20) }
      } else {
        if byte == 0x2C, result.last == 0x20 { result.removeLast() }
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension QuotationReader {
  static let reviews: Set<Genre> = [.filmReview, .productReview, .appReview, .placeReview, .review]
  static let privateGenres: Set<Genre> = [
    .dialogue, .personal, .forum, .thanks, .review, .placeReview, .productReview, .appReview,
  ]

  func isFinite(_ place: Int) -> Bool {
    let tag = scan.readings[place].tag
    return tag.isVerb || tag == .be || tag == .have || tag == .modal
  }

  func isContent(_ place: Int) -> Bool {
    let token = scan.tokens[place]
    return !token.isNumber && token.classes.isDisjoint(with: [.function, .determiner, .preposition])
  }

  /// Nobody's name, no order to whoever reads, no damaged word.
  func isFit(_ range: Range<Int>, mayName: Bool = false) -> Bool {
    let tokens = scan.tokens
    var trade = 0
    var small = 0
    for place in range {
      let token = tokens[place]
      if token.isCapitalised, !mayName {
        if people.contains(token.hash) { return false }
        // "San Diego" is a place.
        let isPlace =
          place > 0 && scan.tokens[place - 1].isCapitalised && Self.placeWords.contains(scan.tokens[place - 1].hash)
        if token.classes.contains(.givenName), !isPlace, !(token.isInHeadline && scan.readings[place].tag == .noun) {
          return false
        }
        if token.classes.contains(.honorific), place + 1 < range.upperBound, tokens[place + 1].isCapitalised {
          return false
        }
        if place + 1 < range.upperBound, isNameOfSomebody(place) { return false }
      }
      if isWithoutCapitals, !mayName {
        // Names are not told from words there.
        if token.classes.contains(.givenName) { return false }
        if !scan.readings[place].isKnown, token.classes.isEmpty, !DomainTable.shared.knows(token.stem),
          scan.bytes[Int(token.start)] >= 0x41
        {
          return false
        }
      }
      if TextScan.frameWords.contains(token.hash) { trade += 1 }
      if Self.furniture.contains(token.hash) { return false }
      if !token.isAllCapitals, token.end - token.start > 1 { small += 1 }
      if token.end - token.start > 24 { return false }
      // A formula's letter, or an initial; "U.S." is neither.
      if place > range.lowerBound, place + 1 < range.upperBound, token.end - token.start == 1, token.isNumber,
        scan.bytes[Int(token.start)] >= 0x41, token.hash != Self.a, token.hash != Self.i,
        !Self.lettersOfCountries.contains(token.hash)
      {
        return false
      }
    }
    if small * 2 < range.count { return false }
    if Self.orders.contains(tokens[range.lowerBound].hash) || trade > 2 { return false }
    let isAtEdge = range.lowerBound < firstOwn + 40 || tokens.count - range.upperBound < 40
    return !(isAtEdge && trade > 1 && scan.frame.saysKind)
  }

  /// Two capitals side by side that nothing explains.
  func isNameOfSomebody(_ place: Int) -> Bool {
    let (one, two) = (scan.tokens[place], scan.tokens[place + 1])
    guard two.isCapitalised, two.start - one.end == 1, !one.isInHeadline, !one.isAllCapitals, !two.isAllCapitals else {
      return false
    }
    return [one, two].allSatisfy { $0.classes.isEmpty && !DomainTable.shared.knows($0.stem) }
      && !scan.readings[place + 1].isKnown
  }
}
