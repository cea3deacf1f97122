import PersonaRecords

/// What the analyser makes of a persona: the walk of life and the topic that it brings along.
struct PersonaReading {
  let domain: Domain
  /// A phrase to speak about: from the persona's own words, else the name of its field.
  let topic: String
  let topics: [String]
  /// Not in English: of such a persona only the topic is understood.
  let isForeign: Bool

  init(_ persona: String) {
    let foreign = ForeignPersona(persona)
    // Words of another language that an English persona quotes are no topic: the language is.
    let quotesLanguage = foreign == nil ? Self.languageQuoted(in: persona) : nil
    let mathTopic = foreign == nil ? Self.mathTopic(in: persona) : nil
    let core = Self.withoutCircumstances(
      quotesLanguage == nil ? persona : ForeignPersona.withoutQuotes(persona))
    let scan = TextScan(core)
    let table = DomainTable.shared
    let (matches, words) = table.classify(scan)
    let lowered = core.lowercased()
    let named = OccupationIndex.shared.find(in: lowered)
    var found = named?.domain
    // "Auctioneer" alone is less telling than the cod that is auctioned.
    let isVague = named.map { !$0.role.contains(" ") } ?? true
    if isVague, foreign == nil, let best = matches.first, best.score >= (found == nil ? 1 : 3) { found = best.domain }
    if mathTopic != nil { found = table.domains.firstIndex { $0.id == "mathematics" } ?? found }
    let domain: Domain
    if let found {
      domain = table.domains[found]
    } else {
      // A persona of no known field: one is chosen by its words, the same each time.
      let everyday = table.domains.filter { foreign == nil ? $0.sector == "community" : $0.id == "charity" }
      domain = everyday[Int(WordHash.of(text: Array(persona.utf8), seed: 0) % UInt64(everyday.count))]
    }
    self.domain = domain
    isForeign = foreign != nil
    let own = Relations.shared.ownWords
    let role = MathSetting.role(of: persona) ?? ""
    let roleWords = TextScan(role).tokens.count + 1
    let phrases = KeyphraseExtractor.keyphrases(of: scan, domainWords: words).filter { phrase in
      let tokens = TextScan(phrase.bare).tokens
      if tokens.allSatisfy({ own.contains($0.hash) || !$0.classes.isDisjoint(with: [.function, .generic]) }) {
        return false
      }
      if PersonaTemplates.shared.says(phrase.bare) { return false }
      // Who somebody is stands before "who"; what they care about after it.
      return phrase.firstToken >= roleWords
    }
    if let mathTopic {
      topics = [mathTopic]
    } else if let foreign {
      topics = foreign.topics.map { "“\($0)”" }
    } else if let quotesLanguage {
      topics = ["texts in \(quotesLanguage)"]
    } else {
      topics = phrases.map { $0.text }
    }
    topic = topics.first ?? domain.field
  }

  /// The topic of mathematics that a persona names after "on", "is", "with" or "dreads", the longest where there are two.
  private static func mathTopic(in persona: String) -> String? {
    let bytes = Array(persona.utf8)
    var best: String?
    for topic in MathTopics.topics where topic.phrase.utf8.count > best?.utf8.count ?? 0 {
      for link in [
        " on ", " is ", " dreads ", " up on ", " understands ", " explains ", " about ", " behind ", " with ",
      ]
      where PlainSearch.first(Array((link + topic.phrase).utf8), in: bytes) != nil {
        best = topic.phrase
        break
      }
    }
    // Said of anybody's numbers unless the person is one of school or mathematics.
    let isMath = ["math", "exercise", "problem", "solution", "pupil", "student", "marker", "reasoning", "examiner"]
      .contains { persona.contains($0) }
    return isMath ? best : nil
  }

  /// The language of an English persona's quotation, where it is one that personas are not written in.
  private static func languageQuoted(in persona: String) -> String? {
    guard !ForeignPersona.quoted(in: persona).isEmpty else { return nil }
    for start in ["a lesser-known language in ", "a language in "] {
      guard let range = persona.firstRange(of: start) else { continue }
      return start + persona[range.upperBound...].prefix { $0 != "," && $0 != " " } + " script"
    }
    return ForeignPersonaWriter.languageNamed(in: persona)
  }

  /// The persona without what only tells two people apart.
  static func withoutCircumstances(_ persona: String) -> String {
    var core = persona
    for pastime in PersonaWriter.allPastimes where core.hasSuffix(pastime) { core.removeLast(pastime.count) }
    let bytes = Array(persona.utf8)
    for place in Relations.shared.places where PlainSearch.first(Array(place.utf8), in: bytes) != nil {
      core = core.replacing(" " + place, with: "")
    }
    for circumstance in Relations.shared.circumstances + Relations.shared.childhoods
    where core.hasSuffix(", " + circumstance) {
      core.removeLast(circumstance.count + 2)
    }
    for trait in Relations.shared.traits {
      for article in ["A ", "An "] where core.hasPrefix(article + trait + " ") {
        core = article + core.dropFirst((article + trait + " ").count)
      }
    }
    return core
  }
}

/// Finds occupations of the inventory in a description.
struct OccupationIndex: Sendable {
  static let shared = OccupationIndex()

  private let entries: [String: Int]
  private let longest: Int

  private init() {
    var entries: [String: Int] = [:]
    var longest = 1
    for (number, domain) in DomainTable.shared.domains.enumerated() {
      for role in domain.occupations + domain.others where entries[role.lowercased()] == nil {
        entries[role.lowercased()] = number
        longest = max(longest, role.split(separator: " ").count)
      }
    }
    self.entries = entries
    self.longest = min(longest, 8)
  }

  /// The first, longest occupation in the lower-cased text, and its domain.
  func find(in text: String) -> (role: String, domain: Int)? {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "." || $0 == ";" }).prefix(24)
    for start in words.indices {
      for count in stride(from: min(longest, words.endIndex - start), through: 1, by: -1) {
        let role = words[start..<(start + count)].joined(separator: " ")
        if let domain = entries[role] { return (role, domain) }
      }
    }
    return nil
  }
}
