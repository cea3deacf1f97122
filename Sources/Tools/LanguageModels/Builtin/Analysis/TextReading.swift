import Languages
import PersonaRecords

/// All that the analyser knows of one text.
struct TextReading {
  let language: String
  let script: Script
  let genre: Genre
  let tone: Tone
  /// Domains that fit, best first; never empty.
  let domains: [Domain]
  /// Whether so much speaks for the first domain that somebody may be said to work in it.
  let isDomainSure: Bool
  /// The title that stands beside a plot.
  let title: String?
  /// Whether `title`, or else the first keyphrase, is what the text as a whole is about.
  let namesSubject: Bool
  /// Best first; may be empty.
  let keyphrases: [Keyphrase]
  let fingerprint: UInt64
  /// What can be quoted of it, best first; empty where nothing short and whole stands in the text.
  let quotations: [Quotation]

  /// Reads a text that is in English, or in a language for which there is nothing better.
  init(_ text: String, language: String, script: Script) {
    self.language = language
    self.script = script
    let scan = TextScan(text).tagged()
    fingerprint = WordHash.of(text: scan.bytes, seed: 0)
    let (matches, words) = DomainTable.shared.classify(scan)
    let best = matches.first.map { (sector: DomainTable.shared.domains[$0.domain].sector, score: $0.score) }
    let found = Genre.of(scan, best: best)
    genre = found
    tone = Tone.of(scan)
    title = found == .plot ? scan.frame.title : nil
    domains = DomainChoice.domains(matches, genre: found, wordCount: scan.tokens.count)
    isDomainSure = DomainChoice.isSure(matches, genre: found, wordCount: scan.tokens.count)
    var phrases = KeyphraseExtractor.keyphrases(
      of: scan, domainWords: words, favoursTitle: found == .research || found == .patent)
    var isDish = false
    if found == .recipe, let dish = DishName.of(scan) {
      phrases.removeAll { dish.bare.contains($0.bare) }
      phrases.insert(dish, at: 0)
      isDish = true
    } else if found == .recipe {
      // A later part of a recipe: what goes into it, not what it is made with.
      phrases.removeAll { !DishName.isFood($0, words) }
    }
    // "… is a porcelain manufacturer": what the text itself says that its subject is.
    var isDefined = false
    if found == .biography || found == .encyclopedia, let subject = Definition.of(scan) ?? Definition.byFields(scan) {
      phrases.removeAll { subject.bare.contains($0.bare) || $0.bare.contains(subject.bare) }
      // In a list of facts lone words are values without their fields.
      if !scan.frame.fieldNames.isEmpty { phrases.removeAll { $0.wordCount < 2 } }
      phrases.insert(subject, at: 0)
      isDefined = true
    }
    namesSubject = title != nil || isDefined || isDish
    // A list or a table has no sentence that says what it is about.
    if !namesSubject, Self.isList(scan) {
      for place in phrases.indices {
        phrases[place].isAnchor = false
        phrases[place].isTopic = false
      }
    }
    // Words that nobody knows, in small letters: of another language, or the name of a person.
    if language.isEmpty || found == .biography { phrases.removeAll { $0.score < 50 && Self.isUnknown($0) } }
    if let title {
      let folded = title.lowercased()
      phrases.removeAll { folded.contains($0.bare.lowercased()) }
    }
    // What stands before the first word of thanks is the end of something else.
    if found == .thanks, let first = Genre.firstThanks(in: scan) { phrases.removeAll { $0.firstToken < first } }
    var ordered = TopicChoice.ordered(phrases, for: found)
    let first = scan.tokens.firstIndex { !$0.isFrame } ?? 0
    let isShort = scan.tokens.count - first < 80
    for place in ordered.indices {
      let start = ordered[place].firstToken
      ordered[place].opensText = start >= first && start - first < 2
      ordered[place].isNear =
        isShort || start < scan.tokens.count && scan.tokens[start].sentence == scan.tokens[first].sentence
    }
    keyphrases = ordered
    quotations = Quotation.all(
      of: scan, domainWords: words, genre: found,
      needsTitle: !namesSubject && PersonaGround.hasTopic(ordered, in: found))
  }
}

extension TextReading {
  private static func isUnknown(_ phrase: Keyphrase) -> Bool {
    TextScan(phrase.bare).tokens.allSatisfy {
      $0.classes.isEmpty && !$0.isCapitalised && !DomainTable.shared.knows($0.stem)
    }
  }

  /// Hardly a function word: names, values and fragments side by side.
  private static func isList(_ scan: TextScan) -> Bool {
    var words = 0
    var glue = 0
    for token in scan.tokens where !token.isFrame {
      words += 1
      if !token.classes.isDisjoint(with: [.function, .determiner, .preposition]) { glue += 1 }
    }
    return words > 40 && glue * 5 < words
  }

  /// Long words and no "I": the style of papers.
  static func isLearned(_ scan: TextScan) -> Bool {
    var letters = 0
    var words = 0
    var personal = 0
    for token in scan.tokens where !token.isNumber {
      letters += Int(token.end - token.start)
      words += 1
      if token.hash == my || token.hash == you { personal += 1 }
    }
    return words > 30 && letters * 10 > words * 48 && personal * 100 < words
  }

  /// Hardly an "I", a "my" or a "you".
  static func isImpersonal(_ scan: TextScan) -> Bool {
    let personal = scan.tokens.filter { $0.hash == my || $0.hash == you || $0.hash == i }.count
    return personal * 120 < scan.tokens.count
  }

  private static let i = WordHash.of("i".utf8)
  private static let my = WordHash.of("my".utf8)
  private static let you = WordHash.of("you".utf8)
}

/// Which domains a persona of a text may come from.
enum DomainChoice {
  static func domains(_ matches: [DomainTable.Match], genre: Genre, wordCount: Int) -> [Domain] {
    let table = DomainTable.shared.domains
    let sectors = allowedSectors[genre]
    var chosen: [Domain] = []
    var matches = matches
    if genre == .research {
      for place in matches.indices where !learned.contains(table[matches[place].domain].sector) {
        matches[place].score *= 0.6
      }
      matches.sort { ($0.score, $1.domain) > ($1.score, $0.domain) }
    }
    for match in matches {
      let domain = table[match.domain]
      if let sectors, !sectors.contains(domain.sector), !sectors.contains(domain.id) { continue }
      if chosen.isEmpty {
        // A lone weak word is no topic.
        if match.score < (wordCount < 40 ? 2.2 : 3) { break }
      }
      chosen.append(domain)
      break
    }
    if chosen.isEmpty {
      let wanted = fallbacks[genre] ?? "newspaper"
      chosen = table.filter { $0.id == wanted }
    }
    return chosen
  }

  /// Three different words of the field, a score that grows with the text, and no field beside it that is as likely.
  static func isSure(_ matches: [DomainTable.Match], genre: Genre, wordCount: Int) -> Bool {
    if certain.contains(genre) { return true }
    guard let best = matches.first, best.distinct >= 3 else { return false }
    let wanted = 6 + Double(min(wordCount, 600)) / 60
    guard best.score >= wanted else { return false }
    let second = matches.count > 1 ? matches[1].score : 0
    return best.score >= second * (genre == .research ? 1.15 : 1.35)
  }

  /// Genres that are a field by themselves.
  private static let certain: Set<Genre> = [.recipe, .filmReview, .plot, .appReview]

  private static let learned: Set<String> = ["science", "engineering", "computing", "health", "education"]

  /// Reviews and stories are of their medium, whatever they tell of.
  private static let allowedSectors: [Genre: Set<String>] = [
    .recipe: ["cooking"], .filmReview: ["film"], .plot: ["film"],
    .appReview: ["apps"],
    .dialogue: ["friends", "family", "school", "cooking"],
    .placeReview: [
      "food", "travel", "retail", "beauty", "medicine", "dentistry", "cars", "hotel", "vet", "physio", "realestate",
      "diy",
      "banking", "fashion", "games",
    ], .patent: ["patents", "engineering", "computing"],
  ]

  private static let fallbacks: [Genre: String] = [
    .recipe: "cooking", .filmReview: "film", .plot: "film", .appReview: "apps", .dialogue: "friends",
    .placeReview: "retail", .productReview: "retail", .review: "retail", .patent: "patents", .research: "university",
    .encyclopedia: "library", .biography: "biographyus", .legal: "civillaw", .speech: "politics",
    .forum: "sysadmin", .code: "programming", .poem: "childhood", .advert: "marketing", .instructions: "diy",
    .textbook: "school", .personal: "socialmedia",
  ]
}

/// The name of a dish, as it stands in the first line of a recipe.
enum DishName {
  /// Whether a word of the phrase is of the kitchen and none is a tool.
  static func isFood(_ phrase: Keyphrase, _ words: Set<UInt64>) -> Bool {
    let hashes = TextScan(phrase.bare).tokens
    return hashes.contains { words.contains($0.stem) } && !hashes.contains { tools.contains($0.stem) }
  }

  private static let tools = WordSet(
    """
    knife bowl pan oven skillet saucepan dish plate towel board paper foil floss kitchen sheet rack thermometer spoon
    fork cup whisk bag wrap pot blender processor grill temperature heat hour side season water
    """)
  private static let steps = WordSet(
    """
    preheat heat combine add stir place remove bake cook bring drain whisk mix pour spread sprinkle let serve using use
    repeat transfer return cover reduce until in at into lighter meanwhile same you your if when while after
    """)

  /// In small letters, but for words that nobody knows: "Heinz".
  private static func spelled(_ token: Token, in scan: TextScan) -> String {
    let text = scan.text(of: token)
    let lower = text.lowercased()
    let proper = Lexicon.shared.spelling(of: token.hash)
    if !proper.isEmpty { return proper }
    let isKnown = token.isAllCapitals || !TagLexicon.shared.known(Array(lower.utf8)[...], hash: token.hash).isEmpty
    return isKnown || DomainTable.shared.knows(token.stem) ? lower : text
  }

  static func of(_ scan: TextScan) -> Keyphrase? {
    guard let first = scan.tokens.first(where: { !$0.isFrame }), !first.isNumber else { return nil }
    var words: [String] = []
    for (place, token) in scan.tokens.enumerated() where token.sentence == first.sentence && !token.isFrame {
      // "Cod & squash cakes" is one dish.
      if place > 0, !words.isEmpty, token.breakBefore,
        scan.bytes[Int(scan.tokens[place - 1].end)..<Int(token.start)].elementsEqual(" & ".utf8)
      {
        words += ["and", spelled(token, in: scan)]
        continue
      }
      // "Sweet, spicy pecans": one word before a comma is no dish.
      if token.breakBefore, words.count == 1 { words = [] }
      if token.isNumber || token.breakBefore && !words.isEmpty { break }
      words.append(spelled(token, in: scan))
      if words.count == 10 { break }
    }
    while let last = words.last, ["with", "and", "in", "on", "the", "a", "for", "of", "ever", "recipe"].contains(last) {
      words.removeLast()
    }
    // "For the sauce", "To assemble": a part of a recipe.
    if let word = words.first, ["for", "to"].contains(word) { return nil }
    while let word = words.first, ["the", "a", "an", "my", "easy", "best"].contains(word) { words.removeFirst() }
    let name = words.joined(separator: " ")
    guard name.utf8.count > 3, name.utf8.count < 70 else { return nil }
    // A sentence is a step of the recipe, not its name.
    guard !words.contains(where: { steps.contains(WordHash.of($0.utf8)) }) else { return nil }
    return Keyphrase(
      text: name, bare: name, isPlural: name.hasSuffix("s"), isProper: false, wordCount: words.count, score: 100,
      firstToken: 0)
  }
}
