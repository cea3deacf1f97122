import Languages
import PersonaRecords

/// A persona and the parts it was made of.
struct PersonaDraft {
  var persona: String
  var role: String
  var field: String
  var interests: [String]
}

/// Makes personas of a text: who, by domain, genre and verb; what about, by keyphrases.
enum PersonaWriter {
  static func drafts(for request: Request) -> [PersonaDraft] {
    let text = request.text ?? request.instruction
    let language = LanguageGuess.language(of: text)
    let script = language == "en" ? .latin : LanguageGuess.script(of: text)
    let verb = request.verb
    var random = SeededRandom(
      seed: WordHash.of(
        text: Array(text.utf8), seed: request.seed ^ UInt64(truncatingIfNeeded: request.sampleNumber) << 32),
      purpose: verb)
    var drafts: [PersonaDraft] = []
    // Formulas before languages: there are hardly any words to tell one by.
    if script == .latin || script == .other,
      let math = MathReading(text, isFramed: TextScan(text).frame.saysKind, language: language)
    {
      return mathDrafts(math, of: TextScan(text), for: request, random: &random)
    }
    if language != "en" {
      for number in 0..<request.count {
        guard
          let draft = ForeignPersonaWriter.draft(
            of: text, language: language, script: script, verb: verb, number: number, random: &random)
        else { break }
        if !drafts.contains(where: { $0.persona == draft.persona }) { drafts.append(draft) }
      }
      if !drafts.isEmpty { return drafts }
    }
    let reading = TextReading(text, language: language, script: script)
    var attempts = 0
    let count = request.count
    let isCoarse = request.isCoarse
    while drafts.count < count, attempts < count * 12 {
      attempts += 1
      guard
        let draft = english(
          reading, verb: verb, number: drafts.count + attempts - 1, isCoarse: isCoarse, random: &random)
      else { continue }
      if !drafts.contains(where: { $0.persona == draft.persona }) { drafts.append(draft) }
    }
    return drafts
  }

  private static func mathDrafts(
    _ math: MathReading, of scan: TextScan, for request: Request, random: inout SeededRandom
  ) -> [PersonaDraft] {
    let words = DomainTable.shared.classify(scan).words
    let things = KeyphraseExtractor.keyphrases(of: scan, domainWords: words, limit: 4).filter {
      MathReading.isThing($0)
    }
    var drafts: [PersonaDraft] = []
    var attempts = 0
    while drafts.count < request.count, attempts < request.count * 12 {
      let draft = MathPersonaWriter.draft(
        of: math, things: things, verb: request.verb, number: drafts.count, isCoarse: request.isCoarse,
        random: &random)
      attempts += 1
      if !drafts.contains(where: { $0.persona == draft.persona }) { drafts.append(draft) }
    }
    return drafts
  }

  /// - Returns: nil where the text has neither a topic nor a sentence that can be quoted.
  static func english(
    _ reading: TextReading, verb: String, number: Int, isCoarse: Bool, random: inout SeededRandom
  ) -> PersonaDraft? {
    let domain = reading.domains[0]
    let family = VerbFamily(verb) ?? .read
    let ground: PersonaGround
    if let found = PersonaGround.of(reading, number: number, mayQuote: !isCoarse, random: &random) {
      ground = found
    } else if isCoarse {
      ground = PersonaGround(kind: .topic, phrases: reading.keyphrases)
    } else {
      return nil
    }
    let phrases = ground.phrases
    let templates = PersonaTemplates.shared
    var choices: [PersonaTemplates.Sentence]
    if isCoarse {
      choices = ["{Pro} with an interest in {f}", "{Lay} who takes an interest in {f}"].map { .init($0) }
    } else if VerbFamily(verb) == nil {
      // A verb that nothing is known of is only named.
      choices =
        (ground.kind == .quotation
        ? ["A reader who has reason to \(verb) a text {q}", "A person who is likely to \(verb) a text {q}"]
        : ["A reader who has reason to \(verb) a text about {k}", "{Pro} who has reason to \(verb) a text about {k}"])
        .map { .init($0) }
    } else {
      choices = templates.sentences(
        for: reading.language.isEmpty && ground.kind != .subject ? .general : reading.genre, tone: reading.tone,
        verb: family, on: ground.kind)
    }
    choices.removeAll { choice in
      choice.phraseCount > phrases.count || choice.needsTitle && reading.title == nil
        || choice.needsQuotation && ground.quotation.map { $0.isTitle && choice.text.contains("{s}") } ?? true
        || choice.needsDomain && !reading.isDomainSure && !isCoarse
    }
    if choices.isEmpty, !phrases.isEmpty {
      choices = templates.sentences(for: .general, tone: .neutral, verb: family, on: ground.kind).filter {
        $0.phraseCount == 1 && !$0.needsDomain
      }
    }
    guard !choices.isEmpty else { return nil }
    let sentence = choices[random.below(choices.count)].text
    let role: String
    if sentence.hasPrefix("{Res}") {
      role = Roles.researcher(in: domain, random: &random)
    } else if sentence.hasPrefix("{Lay}") {
      role = random.pick(domain.others) ?? "reader"
    } else if sentence.hasPrefix("{Pro}") {
      role = random.pick(domain.occupations) ?? "reader"
    } else {
      role = Roles.stated(in: sentence)
    }
    let quotation = ground.quotation.map { $0.woven(random: &random) } ?? ""
    var persona = fill(
      sentence, role: role, field: domain.field, phrases: phrases, title: reading.title ?? "", quotation: quotation,
      words: ground.quotation.map { "“\($0.text)”" } ?? "")
    // A field named in the role is not named again.
    if sentence.contains("{f}"), role.contains(domain.field), !isCoarse {
      persona = persona.replacing(" with a background in \(domain.field)", with: "")
    }
    if !isCoarse, family != .dislike, persona.utf8.count < 62 || persona.utf8.count < 120 && random.below(3) == 0 {
      let pastime = random.pick(Self.pastimes[reading.genre] ?? Self.anybodysPastimes) ?? ""
      if !pastime.hasSuffix("with friends") || !persona.contains("with friends") { persona += pastime }
    }
    // Who is tied to a text by its words alone is interested in its field.
    let interests = phrases.isEmpty ? [domain.field] : phrases.prefix(3).map { $0.bare }
    return PersonaDraft(persona: persona, role: role, field: domain.field, interests: interests)
  }

  /// An ending for a short persona that is true of whoever deals with such texts.
  private static let pastimes: [Genre: [String]] = [
    .recipe: [
      ", and keeps a folder of printed recipes", ", and cooks most evenings", ", and shops at the local market",
    ],
    .dialogue: [", and has an ear for the way people talk", ", and jots down what people say"],
    .filmReview: [
      ", and goes to the cinema often", ", and keeps a list of films seen", ", and argues about films with friends",
    ],
    .plot: [", and goes to the cinema often", ", and keeps a list of films seen", ", and talks about films for hours"],
    .productReview: [", and looks closely before buying", ", and compares prices for days"],
    .placeReview: [", and pays attention to service", ", and lives in the area"],
    .appReview: [", and tries out many mobile apps", ", and spends much time on the phone"],
    .news: [", and reads several papers a day", ", and listens to the news on the radio", ", and keeps cuttings"],
    .research: [", and reads research papers most days", ", and takes part in a weekly journal club"],
    .textbook: [", and likes a clear explanation", ", and draws diagrams in the margin"],
    .encyclopedia: [
      ", and likes to check facts", ", and keeps notes on everything", ", and can spend hours in a library",
    ],
    .biography: [
      ", and likes to check dates and facts", ", and keeps a card index of lives", ", and enjoys old newspapers",
    ],
    .speech: [", and follows public affairs", ", and listens to recordings of old addresses"],
    .legal: [", and reads every clause twice", ", and underlines every definition"],
  ]
  private static let anybodysPastimes = [
    ", and takes time to look closely", ", and reads something every evening",
    ", and likes to talk about it with friends",
  ]

  /// All endings that say how somebody spends their time, not what they care about.
  static let allPastimes = pastimes.values.joined() + anybodysPastimes

  /// Puts the parts into their places.
  static func fill(
    _ sentence: String, role: String, field: String, phrases: [Keyphrase], title: String = "",
    quotation: String = "", words: String = ""
  ) -> String {
    var result = ""
    var rest = sentence[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      switch rest[rest.index(after: open)..<close] {
      case "Pro", "Res", "Lay": result += Article.starting(role)
      case "f": result += field
      case "t": result += title
      case "q": result += quotation
      case "s": result += words
      case "k": result += phrases.first?.text ?? field
      case "j": result += phrases.count > 1 ? phrases[1].text : field
      case "l": result += phrases.count > 2 ? phrases[2].text : field
      default: result += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

/// Occupations, chosen and named.
enum Roles {
  /// An occupation of a domain that goes with writing and reading papers.
  static func researcher(in domain: Domain, random: inout SeededRandom) -> String {
    let able = domain.occupations.filter { occupation in
      marks.contains { occupation.hasSuffix($0) } || occupation.contains("research")
    }
    return random.pick(able) ?? "researcher in \(domain.field)"
  }

  private static let marks = [
    "ist", "researcher", "engineer", "scientist", "analyst", "lecturer", "scholar", "historian", "mathematician",
    "statistician", "physician", "biologist", "architect", "surgeon", "agronomist", "librarian", "archivist",
  ]

  /// The role that a sentence names itself: up to its first "who", "with", "for" …
  static func stated(in sentence: String) -> String {
    var words: [Substring] = []
    for word in sentence.split(separator: " ").dropFirst() {
      if ["who", "with", "for", "in", "on", "preparing", "looking", "deciding", "drawn", "whose", "of"].contains(word) {
        break
      }
      words.append(word)
      if words.count == 6 { break }
    }
    return words.joined(separator: " ")
  }
}
