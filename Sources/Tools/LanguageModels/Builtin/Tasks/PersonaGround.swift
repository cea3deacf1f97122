import PersonaRecords

/// What a persona of a text is tied to it by.
///
/// A thing that stands somewhere in a text once is never what the text is about. Where nothing is surely the topic, the
/// persona quotes a title or a whole sentence, which is true of the text whatever it is about; where there is none
/// either, there is no persona.
struct PersonaGround {
  enum Kind {
    /// What the text says outright that it is about: a title, a trade, a dish.
    case subject
    /// The first keyphrase, which the text is surely about.
    case topic
    /// The text's title, or a sentence of its own.
    case quotation
    /// A keyphrase that stands there several times, of which no more is claimed.
    case mention
  }

  var kind: Kind
  /// Those that may be named, surest first: any two of them are as sure as each other.
  var phrases: [Keyphrase]
  var quotation: Quotation?

  /// The surest tie that a text offers; nil where it offers none.
  ///
  /// - Parameter number: of the persona, where several are wanted of one text.
  static func of(
    _ reading: TextReading, number: Int, mayQuote: Bool, random: inout SeededRandom
  ) -> PersonaGround? {
    let quotation = mayQuote ? chosen(of: reading.quotations, number: number, random: &random) : nil
    if reading.namesSubject {
      let rest = reading.keyphrases.dropFirst(reading.title == nil ? 1 : 0).filter { isCompanion($0) }
      return PersonaGround(
        kind: .subject, phrases: (reading.title == nil ? Array(reading.keyphrases.prefix(1)) : []) + rest,
        quotation: quotation)
    }
    // "Atmospheric pressure is the pressure exerted by gas particles": what the text begins with comes first.
    let sure = reading.keyphrases.filter { isSure($0, in: reading.genre) }
    var topics = sure.filter { $0.opensText } + sure.filter { !$0.opensText }
    if let title = quotation, title.isTitle {
      // A title says what a text is about; where the topic stands in it, either does.
      let isNamed = topics.first.map { title.text.lowercased().contains($0.bare.lowercased()) } ?? false
      if !isNamed || random.below(3) == 0 { return PersonaGround(kind: .quotation, phrases: topics, quotation: title) }
    }
    if !topics.isEmpty {
      if number > 0 { topics = Array(topics[(number % topics.count)...] + topics[..<(number % topics.count)]) }
      if topics.count > 1 { topics = [topics[0]] + topics[1...].filter { isCompanion($0) } }
      return PersonaGround(kind: .topic, phrases: topics)
    }
    let mentions = reading.keyphrases.filter { isMention($0, in: reading.genre) }
    if let quotation, mentions.isEmpty || spoken.contains(reading.genre) {
      return PersonaGround(kind: .quotation, phrases: mentions, quotation: quotation)
    }
    var named = mentions.isEmpty ? reading.keyphrases.filter { isNearby($0) } : mentions
    if named.isEmpty && !spoken.contains(reading.genre) {
      named = reading.keyphrases.filter { isReadable($0) && $0.wordCount > 1 }
    }
    if named.isEmpty { return nil }
    return PersonaGround(kind: .mention, phrases: [named[number % named.count]])
  }

  /// Mostly the best, and now and then another that is nearly as good, so that like texts give unlike personas.
  private static func chosen(
    of quotations: [Quotation], number: Int, random: inout SeededRandom
  ) -> Quotation? {
    guard let first = quotations.first else { return nil }
    if number > 0 { return quotations[number % quotations.count] }
    if first.isTitle || random.below(2) == 0 { return first }
    return random.pick(quotations)
  }

  /// Whether a text needs no sentence of its own, but perhaps its title.
  static func hasTopic(_ phrases: [Keyphrase], in genre: Genre) -> Bool {
    phrases.contains { isSure($0, in: genre) }
  }

  /// Said several times, of several words, and read without a doubt.
  private static func isPlain(_ phrase: Keyphrase) -> Bool { phrase.count >= 2 && isReadable(phrase) }

  private static func isReadable(_ phrase: Keyphrase) -> Bool {
    phrase.doubts == 0 && !phrase.namesSomebody && !phrase.hasIndefiniteArticle && !phrase.isAmount
      && !phrase.lacksArticle
      && !phrase.startsLikeTitle
  }

  private static func isSure(_ phrase: Keyphrase, in genre: Genre) -> Bool {
    guard isPlain(phrase), !spoken.contains(genre) else { return false }
    // "Auctions", "gravity": what the text begins with and comes back to.
    if phrase.wordCount == 1, !phrase.isProper {
      return phrase.isTopic && phrase.text == phrase.bare && !phrase.isVague
        && phrase.count >= (phrase.opensText ? 3 : phrase.isNear ? 6 : 99)
    }
    // "The Union" may be any; letters, and a word that no table has, are a name.
    if phrase.wordCount == 1 {
      return phrase.isTopic && phrase.opensText && phrase.count >= (phrase.isNear ? 3 : 5) && !phrase.isDefinite
        && (phrase.isAcronym || !phrase.isKnownWord)
    }
    if phrase.opensText { return true }
    // "The transcription factor": which one, another part has said. A place or a body that is named again and again is
    // where or by whom it happens.
    if phrase.isDefinite || phrase.isProper { return false }
    let isLearned = genre == .research || genre == .textbook
    return phrase.isTopic || phrase.isNear || phrase.isAnchor && phrase.count >= (isLearned ? 5 : 4)
  }

  /// What may stand beside a topic.
  private static func isCompanion(_ phrase: Keyphrase) -> Bool {
    isPlain(phrase) && phrase.wordCount > 1 && phrase.isAnchor && phrase.isTopic && (phrase.count >= 3 || phrase.isNear)
  }

  private static func isMention(_ phrase: Keyphrase, in genre: Genre) -> Bool {
    let isLearned = genre == .research || genre == .textbook
    if isLearned, phrase.isDefinite || phrase.count < 3 && !phrase.isNear { return false }
    return isPlain(phrase) && phrase.wordCount > 1 && phrase.isAnchor
      && (phrase.count >= 3 || !phrase.isDefinite && !phrase.isProper)
  }

  /// Where no sentence can be quoted: several words of the first sentence, or of a short text, which surely stand there.
  private static func isNearby(_ phrase: Keyphrase) -> Bool {
    isReadable(phrase) && phrase.wordCount > 1 && (phrase.isNear || phrase.isAnchor || phrase.count > 2)
  }

  /// Talk and opinions are known by their words: what comes up in them is seldom what they are about.
  private static let spoken: Set<Genre> = [
    .dialogue, .personal, .review, .filmReview, .productReview, .appReview, .placeReview, .poem, .thanks,
  ]
}
