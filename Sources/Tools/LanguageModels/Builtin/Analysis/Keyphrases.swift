import PersonaRecords

/// A phrase that stands for a topic of a text, ready to be woven into a sentence.
struct Keyphrase {
  /// With the article that the text uses, where one is needed: "the shear wall", "hydrogen uptake".
  var text: String
  /// Without an article.
  var bare: String
  var isPlural: Bool
  var isProper: Bool
  var wordCount: Int
  /// Higher is better.
  var score: Double
  var firstToken: Int
}

/// Keyphrases of one English text by YAKE: statistics of this text alone, no corpus.
///
/// A word's score grows smaller (better) the more it is capitalised inside sentences, the earlier and the more often it
/// stands, the more sentences it is in and the fewer different neighbours it has; a phrase multiplies its words' scores:
/// `S(phrase) = ∏ S(w) / (TF(phrase) · (1 + ∑ S(w)))`. Where YAKE takes every n-gram that neither begins nor ends with a
/// stop word, candidates here are chunks that look like noun phrases (`PhraseChunker`), since they must read well
/// inside a sentence.
/// Source: Campos, Mangaravite, Pasquali, Jorge, Nunes, Jatowt: YAKE! Keyword extraction from single documents using
/// multiple local features. Information Sciences 509 (2020), 257–289.
struct KeyphraseExtractor {
  private struct WordStatistics {
    var hash: UInt64
    var count = 0.0
    var capitals = 0.0
    var acronyms = 0.0
    var sentences: [Int32] = []
    var left = Neighbours()
    var right = Neighbours()
  }

  /// How many neighbours a word has on one side, and how many different ones.
  private struct Neighbours {
    var total = 0.0
    var distinct = 0.0

    var variety: Double { total > 0 ? distinct / total : 0 }
  }

  /// The best phrases, best first, none contained in another.
  static func keyphrases(
    of scan: TextScan, domainWords: Set<UInt64>, favoursTitle: Bool = true, limit: Int = 10
  ) -> [Keyphrase] {
    let chunks = PhraseChunker.chunks(of: scan)
    guard !chunks.isEmpty else { return [] }
    let wordScores = scores(of: scan)
    let stems = scan.tokens.map { $0.isFrame ? 0 : $0.stem }
    let frameLength = scan.tokens.firstIndex { !$0.isFrame } ?? 0
    var slots: [UInt64: Int] = [:]
    var candidates: [Candidate] = []
    for chunk in chunks {
      let key = chunk.reduce(UInt64(17)) { WordHash.pair($0, scan.tokens[$1].stem) }
      if let slot = slots[key] {
        candidates[slot].occurrences.append(chunk)
      } else {
        slots[key] = candidates.count
        candidates.append(Candidate(occurrences: [chunk]))
      }
    }
    // The last two words of three count where they also stand by themselves.
    for chunk in chunks where chunk.count == 3 {
      let tail = (chunk.upperBound - 2)..<chunk.upperBound
      let key = tail.reduce(UInt64(17)) { WordHash.pair($0, scan.tokens[$1].stem) }
      if let slot = slots[key] { candidates[slot].occurrences.append(tail) }
    }
    var ranked: [(score: Double, place: Int)] = []
    for (place, candidate) in candidates.enumerated() {
      let first = candidate.occurrences[0]
      var product = 1.0
      var sum = 0.0
      var isOfDomain = false
      for token in first {
        let score = wordScores[scan.tokens[token].hash] ?? 1
        product *= score
        sum += score
        if domainWords.contains(scan.tokens[token].stem) { isOfDomain = true }
      }
      let frequency = Double(candidate.occurrences.count)
      var quality = 1 / (product / (frequency * (1 + sum)) + 1e-9)
      // Ranks, not magnitudes, matter from here on: the logarithm lets the bonuses below be plain sums.
      quality = quality.logarithm()
      if first.count == 1 {
        quality -= scan.tokens[first.lowerBound].isAllCapitals ? 1.2 : 2.2
        if !isOfDomain && frequency < 2 { quality -= 1.2 }
        if scan.tokens[first.lowerBound].classes.contains(.nounToo) { quality -= 1.5 }
      }
      if candidate.occurrences.allSatisfy({ scan.tokens[$0.lowerBound].isInHeadline }) {
        // Words that a title alone has, and the text below never, may be authors.
        let isEchoed = first.allSatisfy { place in
          scan.tokens.contains { $0.stem == scan.tokens[place].stem && !$0.isInHeadline && !$0.isFrame }
        }
        quality -= favoursTitle && isEchoed ? 1.8 : 6
      }
      // Said once in a long text, by a head word that never returns: an aside.
      let head = scan.tokens[first.upperBound - 1]
      if frequency < 2, scan.tokens.count > 90, stems.lazy.filter({ $0 == head.stem }).prefix(2).count < 2 {
        quality -= 2
      }
      if first.lowerBound < 40 + frameLength { quality += 1 }
      // One thing without an article: "reports on assembly leader" reads badly, and people are seldom the topic.
      if isBarePerson(candidate.occurrences, in: scan) { quality -= 3.5 }
      if frequency < 3, isPerson(head, in: scan) { quality -= 2 }
      if isWhereabouts(candidate.occurrences, in: scan) || isSource(candidate.occurrences, in: scan) { quality -= 4 }
      // A country is a setting more often than a topic.
      if first.allSatisfy({ scan.tokens[$0].classes.contains(.properName) }) { quality -= 1.5 }
      // "Moderate levels", "central concern": said once, of anything.
      if frequency < 2, head.classes.contains(.generic), !head.isCapitalised { quality -= 2 }
      if frequency < 2, first.count > 1, isHalfVerb(head, in: scan) { quality -= 2.5 }
      if first.count > 3 { quality -= 0.9 }
      if isOfDomain { quality += 1.6 }
      if first.contains(where: { scan.tokens[$0].classes.contains(.generic) }) { quality -= 1.2 }
      ranked.append((quality, place))
    }
    ranked.sort { ($0.score, $1.place) > ($1.score, $0.place) }
    return select(ranked, candidates, scan, limit: limit)
  }

  /// A word that is a verb at least as often as the last word of a name: "make the insurer pay", "let the dough rise".
  private static func isHalfVerb(_ token: Token, in scan: TextScan) -> Bool {
    halfVerbs.contains(token.hash) || scan.ends(token, "ing") && !token.classes.contains(.nounToo)
  }

  private static let halfVerbs = WordSet(
    """
    pay rise run fall grow stay act work help move look show turn call hold need stop start drop cost sleep walk wait
    claim blows faces calls hits plans aims talks meets moves shows helps needs wants plays runs works goes
    """)

  /// Who reports it: "told KCBS", "CNN says".
  private static func isSource(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    occurrences.allSatisfy { range in
      guard scan.tokens[range.lowerBound].isCapitalised else { return false }
      var before = range.lowerBound - 1
      if before >= 0, scan.tokens[before].hash == theHash { before -= 1 }
      if before >= 0, told.contains(scan.tokens[before].hash) { return true }
      if before >= 1, told.contains(scan.tokens[before - 1].hash) { return true }
      return range.upperBound < scan.tokens.count && says.contains(scan.tokens[range.upperBound].hash)
    }
  }

  private static let told = WordSet("told tells informed according")
  private static let says = WordSet("says said reports reported writes wrote tells told notes noted adds added")

  /// Whether a word names what somebody is: a nurse, a chairman, a geologist.
  static func isPerson(_ token: Token, in scan: TextScan) -> Bool {
    personRoles.contains(token.hash) || scan.ends(token, "man") || scan.ends(token, "woman")
      || scan.ends(token, "ogist") || scan.ends(token, "ician")
  }

  /// A singular that names a person's role and never has an article.
  private static func isBarePerson(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
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
    victim hero villain astronaut detective agent engineer customer tourist patient physician hunter critic viewer reviewer
    """)

  /// A name that the text only gives as a place: "in New Zealand", "from British Columbia".
  private static func isWhereabouts(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
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

  private struct Candidate {
    var occurrences: [Range<Int>]
  }

  private static func select(
    _ ranked: [(score: Double, place: Int)], _ candidates: [Candidate], _ scan: TextScan, limit: Int
  ) -> [Keyphrase] {
    var chosen: [Keyphrase] = []
    var used: [[UInt64]] = []
    for (score, place) in ranked {
      let occurrences = candidates[place].occurrences
      let stems = occurrences[0].map { scan.tokens[$0].stem }
      // A phrase that shares most of its words with a better one says the same again.
      let repeats = used.contains { other in
        let shared = stems.reduce(0) { $0 + (other.contains($1) ? 1 : 0) }
        return shared * 2 >= min(other.count, stems.count) + 1
      }
      if repeats { continue }
      guard let phrase = PhraseWriter.write(occurrences, in: scan, score: score) else { continue }
      chosen.append(phrase)
      used.append(stems)
      if chosen.count == limit { break }
    }
    return chosen
  }

  private static func scores(of scan: TextScan) -> [UInt64: Double] {
    let words = statistics(of: scan)
    var total = 0.0
    var squares = 0.0
    var most = 1.0
    for word in words {
      total += word.count
      squares += word.count * word.count
      most = max(most, word.count)
    }
    let mean = total / Double(max(words.count, 1))
    let deviation = max(squares / Double(max(words.count, 1)) - mean * mean, 0).squareRoot()
    let sentenceCount = Double(max(scan.sentenceCount, 1))
    var scores: [UInt64: Double] = [:]
    scores.reserveCapacity(words.count)
    for word in words {
      let casing = max(word.acronyms, word.capitals) / (1 + word.count.logarithm())
      let median = Double(word.sentences[word.sentences.count / 2])
      let position = (3 + median).logarithm().logarithm()
      let frequency = word.count / (mean + deviation)
      let relatedness = 1 + (word.left.variety + word.right.variety) * word.count / most
      let spread = Double(word.sentences.count) / sentenceCount
      scores[word.hash] = relatedness * position / (casing + frequency / relatedness + spread / relatedness)
    }
    return scores
  }

  /// The words that are no function words, in the order of their first appearance.
  private static func statistics(of scan: TextScan) -> [WordStatistics] {
    let tokens = scan.tokens
    var places: [UInt64: Int] = [:]
    places.reserveCapacity(tokens.count)
    var words: [WordStatistics] = []
    var left: [(word: Int, neighbour: UInt64)] = []
    var right: [(word: Int, neighbour: UInt64)] = []
    for place in tokens.indices {
      let token = tokens[place]
      if token.isFrame || token.isNumber { continue }
      if !token.classes.isDisjoint(with: [.function, .determiner, .preposition]) { continue }
      let word = places[token.hash] ?? words.count
      if word == words.count {
        places[token.hash] = word
        words.append(WordStatistics(hash: token.hash))
      }
      words[word].count += 1
      if token.isAllCapitals { words[word].acronyms += 1 }
      if token.isCapitalised && !token.startsSentence { words[word].capitals += 1 }
      if words[word].sentences.last != token.sentence { words[word].sentences.append(token.sentence) }
      if place > 0, !token.breakBefore { left.append((word, tokens[place - 1].hash)) }
      if place + 1 < tokens.count, !tokens[place + 1].breakBefore { right.append((word, tokens[place + 1].hash)) }
    }
    count(&left) {
      words[$0].left.total += 1
    } distinct: {
      words[$0].left.distinct += 1
    }
    count(&right) {
      words[$0].right.total += 1
    } distinct: {
      words[$0].right.distinct += 1
    }
    return words
  }

  private static func count(
    _ pairs: inout [(word: Int, neighbour: UInt64)], total: (Int) -> Void, distinct: (Int) -> Void
  ) {
    pairs.sort { ($0.word, $0.neighbour) < ($1.word, $1.neighbour) }
    for place in pairs.indices {
      total(pairs[place].word)
      if place == 0 || pairs[place - 1] != pairs[place] { distinct(pairs[place].word) }
    }
  }
}

extension Double {
  /// The natural logarithm, by a series: the system's differs in the last bit from machine to machine.
  func logarithm() -> Double {
    guard self > 0 else { return -745 }
    var mantissa = significand
    var power = Double(exponent)
    if mantissa > 1.414 {
      mantissa /= 2
      power += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, through: 15, by: 2) {
      sum += term / odd
      term *= square
    }
    return 2 * sum + power * 0.693_147_180_559_945_3
  }
}
