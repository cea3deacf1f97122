import PersonaRecords

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
    of untagged: TextScan, domainWords: Set<UInt64>, favoursTitle: Bool = true, limit: Int = 10
  ) -> [Keyphrase] {
    let scan = untagged.tagged()
    let chunks = PhraseChunker.chunks(of: scan)
    guard !chunks.isEmpty else { return [] }
    let wordScores = scores(of: scan)
    let anchors = Anchors(scan)
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
    var held = Set<Int>()
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
      if frequency < 2, scan.tokens.count > 90, anchors.count(of: head) < 2 { quality -= 2 }
      let isRole = isPerson(head, in: scan)
      if !isRole, !isVague(first, in: scan), anchors.holds(candidate.occurrences, in: scan, isOfDomain: isOfDomain) {
        quality += 2.5
        held.insert(place)
      }
      // "Creative energies", "an understandable tide": said once, an adjective makes no topic.
      if frequency < 2, first.count > 1, !isOfDomain || anchors.count(of: head) < 2,
        PhraseChunker.isAdjective(scan.tokens[first.lowerBound], scan),
        !DomainTable.shared.knows(scan.tokens[first.lowerBound].stem)
      {
        quality -= 3.5
      }
      if isUncountedAlone(candidate.occurrences, in: scan) { continue }
      if isVague(first, in: scan) { quality -= frequency < 3 ? 5 : 2.5 }
      if !scan.isPlainlyWritten(first) { quality -= 4 }
      if candidate.occurrences.allSatisfy({ isHalfVerbAtStart($0, in: scan) }) {
        quality -= frequency < 2 ? 2.5 : 4
        if !isOfDomain { held.remove(place) }
      }
      if isHalfName(candidate.occurrences, in: scan) {
        quality -= 4.5
        held.remove(place)
      }
      if frequency < 2, !isSurelyCut(first, in: scan) { quality -= 2 }
      if !scan.hasCapitals, frequency < 3, first.count > 1, first.contains(where: { scan.isUnknown(scan.tokens[$0]) }) {
        // Film titles and names of actors run together there.
        if first.count > 2 { continue }
        quality -= 3.5
      }
      if isLabel(candidate.occurrences, in: scan) { quality -= 5 }
      if first.count == 1, isLoneName(candidate.occurrences, in: scan) { continue }
      if first.contains(where: { place in
        first.contains { $0 != place && scan.tokens[$0].stem == scan.tokens[place].stem }
      }) {
        continue
      }
      if first.contains(where: { scan.isBroken(scan.tokens[$0], frequency: frequency) }) { continue }
      if first.lowerBound < 40 + frameLength { quality += 1 }
      // One thing without an article: "reports on assembly leader" reads badly, and people are seldom the topic.
      // A country is where something happens: no text says enough of it.
      let isPlaceOrPeople =
        head.classes.contains(.properName) || Lexicon.shared.classes(of: head.stem).contains(.properName)
      if first.count < 3, isPlaceOrPeople, head.isCapitalised { held.remove(place) }
      if isBarePerson(candidate.occurrences, in: scan) { quality -= 3.5 }
      if isRole { quality -= frequency < 3 || first.count == 1 ? 5 : 2 }
      if isWhereabouts(candidate.occurrences, in: scan) || isSource(candidate.occurrences, in: scan) { quality -= 4 }
      // A country is a setting more often than a topic.
      if first.allSatisfy({ scan.tokens[$0].classes.contains(.properName) }) { quality -= 1.5 }
      // "Moderate levels", "central concern": said once, of anything.
      if frequency < 2, head.classes.contains(.generic), !head.isCapitalised { quality -= 2 }
      if frequency < 2, first.count > 1, isHalfVerb(head, in: scan) { quality -= 2.5 }
      if first.count > 3 { quality -= 0.9 }
      let doubts = PhraseDoubts(scan: scan, occurrences: candidate.occurrences, isOfDomain: isOfDomain).count
      candidates[place].doubts = doubts
      quality -= 1.5 * Double(doubts)
      if isOfDomain { quality += 1.6 }
      if first.contains(where: { scan.tokens[$0].classes.contains(.generic) }) { quality -= 1.2 }
      ranked.append((quality, place))
    }
    ranked.sort { ($0.score, $1.place) > ($1.score, $0.place) }
    return select(ranked, candidates, scan, anchors: anchors, held: held, limit: limit)
  }

  /// One common word in the singular that never stands as a noun does: "pleads guilty", "consistently used element".
  private static func isUncountedAlone(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    guard occurrences[0].count == 1 else { return false }
    let token = scan.tokens[occurrences[0].lowerBound]
    // "I seriously CRAVE it": capitals may only be loud.
    if token.isAllCapitals { return occurrences.count < 2 && token.end - token.start > 4 }
    // "The University" is one, "University" any: a known word needs its article whatever its first letter.
    let isKnown =
      token.classes.contains(.generic) || commonPlaces.contains(token.hash) || DomainTable.shared.knows(token.stem)
    if token.isCapitalised && !token.startsSentence, !isKnown || token.classes.contains(.properName) { return false }
    // "A last-minute happy ending": what has a hyphen says of which kind something is.
    if scan.bytes[Int(token.start)..<Int(token.end)].contains(0x2D), token.stem == token.hash { return true }
    // "Stops", "cares": a plural unless it may be a verb.
    let isPlural = token.stem != token.hash
    if isPlural, Lexicon.shared.classes(of: token.stem).isDisjoint(with: [.verb, .nounToo]) { return false }
    return !occurrences.contains { range in
      guard range.lowerBound > 0, !scan.tokens[range.lowerBound].breakBefore else { return false }
      let before = scan.tokens[range.lowerBound - 1]
      if before.classes.contains(.determiner) { return true }
      // "About freedom", "in research": only what is not counted goes without an article.
      guard before.classes.contains(.preposition) else { return false }
      return isPlural || mass.contains(token.hash) || uncounted.contains { scan.ends(token, $0) }
    }
  }

  private static let commonPlaces = WordSet(
    """
    university college school hospital church court bank museum library hotel airport station city town village county
    street road river lake island park hall house heart elite symphony protocol
    """)
  static let mass = WordSet(
    """
    fat flesh soil waste mud music water air oil gas food meat rice bread sugar salt milk butter cheese coffee tea wine beer fish wood paper glass
    steel iron gold silver copper plastic cotton wool leather sand snow rain wind ice fire smoke dust light heat energy
    power traffic trade travel work research software hardware money cash income debt tax wealth poverty health medicine
    blood skin bone hair sleep sport football soccer baseball basketball tennis golf cricket rugby hockey chess poker art
    poetry literature fiction drama comedy history law crime justice peace war freedom liberty faith religion science
    mathematics physics chemistry biology logic language grammar spelling radio television cinema news email spam privacy
    security safety terrorism racism climate weather nature land soil farming agriculture industry tourism technology
    electricity radiation cancer malaria cholera flu obesity diabetes asthma autism alcohol tobacco cocaine heroin
    inflation unemployment immigration migration slavery democracy monarchy capitalism socialism communism parliament
    congress school college church prison court breakfast lunch dinner supper christmas easter halloween thanksgiving
    """)
  static let uncounted: [StaticString] = [
    "ness", "ity", "ism", "tion", "sion", "ing", "ment", "ics", "ance", "ence", "dom", "hood", "ship", "ure", "logy",
  ]

  /// A last word that says nothing without the words before it, unless those are a name.
  private static func isVague(_ range: Range<Int>, in scan: TextScan) -> Bool {
    let head = scan.tokens[range.upperBound - 1]
    if range.count == 2, bareHeads.contains(head.stem), PhraseChunker.isAdjective(scan.tokens[range.lowerBound], scan) {
      return true
    }
    guard vagueHeads.contains(head.stem) || vagueHeads.contains(head.hash) else { return false }
    if head.isCapitalised, !head.startsSentence, !head.isInHeadline { return false }
    return range.count < 3 || head.stem == head.hash
  }

  private static let bareHeads = WordSet(
    "approach method model system result study work task problem function process technique tool group structure effect"
  )
  private static let vagueHeads = WordSet(
    """
    company firm business community country nation people world society generation era event activity effort
    person individual organization organisation institution authority project program programme initiative plan
    goal objective challenge opportunity benefit advantage impact influence importance interest success failure
    decision action measure matter topic subject field sector industry region section series collection sense
    experience environment situation circumstance condition element item object stuff material thing behavior
    behaviour spirit heart soul mind hope dream energy tide power strength courage wisdom future past present
    presence existence step stage phase position location spot scene moment occasion start end beginning attention
    look sight view opinion belief attitude feeling emotion mood manner fashion style kind variety version coast resident subset superset notion sum portion appearance period direction support expertise passion love talk duty standard trend issue
    """)

  /// What a colon follows wherever it stands, but for a first line: "Image dimension: 864", "Ingredients:".
  private static func isLabel(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    occurrences.allSatisfy { range in
      let end = Int(scan.tokens[range.upperBound - 1].end)
      return end < scan.bytes.count && scan.bytes[end] == 0x3A
    }
  }

  /// One capitalised word that nothing explains, and that stands as people do: without an article, and not as a place.
  private static func isLoneName(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    let token = scan.tokens[occurrences[0].lowerBound]
    guard token.isCapitalised, !token.isAllCapitals, token.classes.isEmpty, !token.isInHeadline else { return false }
    if ["ology", "ism", "ics", "land", "stan", "ville", "shire"].contains(where: { scan.ends(token, $0) }) {
      return false
    }
    if DomainTable.shared.knows(token.stem) { return false }
    let things = occurrences.count { range in
      guard range.lowerBound > 0, !scan.tokens[range.lowerBound].breakBefore else { return false }
      let before = scan.tokens[range.lowerBound - 1]
      return before.classes.contains(.determiner) || settings.contains(before.hash)
    }
    return things * 2 < occurrences.count
  }

  private static let settings = WordSet("in at on into onto across outside inside called named using via")

  private struct Candidate {
    var occurrences: [Range<Int>]
    var doubts = 0
  }

  private static func select(
    _ ranked: [(score: Double, place: Int)], _ candidates: [Candidate], _ scan: TextScan, anchors: Anchors,
    held: Set<Int>, limit: Int
  ) -> [Keyphrase] {
    var chosen: [Keyphrase] = []
    var used: [[UInt64]] = []
    // One of several without an article reads badly: it is taken only where there is nothing else.
    var bare: [Keyphrase] = []
    for (score, place) in ranked {
      let occurrences = candidates[place].occurrences
      let stems = occurrences[0].map { scan.tokens[$0].stem }
      // A phrase that shares most of its words with a better one says the same again.
      let repeats = used.contains { other in
        let shared = stems.reduce(0) { $0 + (other.contains($1) ? 1 : 0) }
        return shared * 2 >= min(other.count, stems.count) + 1
      }
      // "A Sunday appearance and a Monday appearance".
      let sameHead = !held.contains(place) && used.contains { $0.last == stems.last }
      if repeats || sameHead { continue }
      guard var phrase = PhraseWriter.write(occurrences, in: scan, score: score) else { continue }
      phrase.isAnchor = held.contains(place)
      phrase.isTopic = phrase.isAnchor && anchors.isTopic(occurrences, in: scan)
      phrase.count = occurrences.count
      phrase.doubts = candidates[place].doubts
      if lacksArticle(phrase, head: scan.tokens[occurrences[0].upperBound - 1], in: scan) {
        phrase.doubts += 1
        if !phrase.isAnchor {
          bare.append(phrase)
          continue
        }
      }
      chosen.append(phrase)
      used.append(stems)
      if chosen.count == limit { break }
    }
    return chosen + bare.prefix(limit - chosen.count)
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
