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
      let draft = english(
        reading, verb: verb, number: drafts.count + attempts, isCoarse: isCoarse, random: &random)
      attempts += 1
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

  static func english(
    _ reading: TextReading, verb: String, number: Int, isCoarse: Bool, random: inout SeededRandom
  ) -> PersonaDraft {
    let domain = reading.domains[0]
    let family = VerbFamily(verb) ?? .read
    var phrases = reading.keyphrases
    // Mostly the best phrase; now and then one that is nearly as good, so that like texts give unlike personas.
    if number == 0, phrases.count > 2, random.below(10) < 3 {
      if phrases[0].score - phrases[1].score < 1, phrases[0].score < 50, phrases[0].isAnchor == phrases[1].isAnchor,
        phrases[0].isTopic == phrases[1].isTopic
      {
        phrases.swapAt(0, 1)
      }
    }
    if number > 0, phrases.count > 2 {
      let turn = number % min(phrases.count, 5)
      phrases = Array(phrases[turn...] + phrases[..<turn])
    }
    // Where nothing is surely the topic, two things that stand in the text, and no more claimed than that.
    let isEntry = reading.genre == .encyclopedia || reading.genre == .biography
    // One common word is a topic only beside a second one, and then a text that mentions both is surely this one.
    let isThinTopic = phrases.count > 1 && phrases[0].wordCount == 1 && !phrases[0].isProper
    // Any part of a paper or of a lesson is about its terms; of other texts only the first lines and what never ends.
    let isLearned = reading.genre == .research || reading.genre == .textbook
    let isSure =
      phrases.first.map {
        $0.doubts == 0 && ($0.isTopic || isLearned && $0.isAnchor && $0.count > 2)
          && !(isLearned && $0.hasIndefiniteArticle)
      } ?? true
    let isMention = !reading.namesSubject && (isEntry || isThinTopic || !isSure)
    // Of things that are only mentioned those come first that nothing speaks against.
    if isMention {
      let firm = phrases.filter { $0.doubts == 0 }
      phrases = firm.isEmpty ? phrases.filter { $0.doubts == 1 } : firm
      // A second common word that stands there once adds more risk than it tells.
      if let first = phrases.first {
        phrases =
          [first]
          + phrases.dropFirst().filter {
            $0.isAnchor && $0.wordCount > 1 || $0.isProper && $0.wordCount > 1 || $0.count > 2
          }
      }
    }
    var choices = PersonaTemplates.shared.sentences(
      for: reading.genre, tone: reading.tone, verb: family, namesSubject: reading.namesSubject, isMention: isMention)
    if isMention, phrases.count == 1 {
      choices = choices.filter { !$0.text.contains("{j} come up") }.map {
        PersonaTemplates.Sentence($0.text.replacing("{k} and {j}", with: "{k}"))
      }
    }
    // A second phrase that may be an aside is left out where one is enough.
    if !isMention, phrases.count > 1, !phrases[1].isAnchor || phrases[1].doubts > 0,
      phrases[0].wordCount > 1 || phrases[0].isProper
    {
      let short = choices.filter { $0.phraseCount < 2 }
      if !short.isEmpty { choices = short }
    }
    if VerbFamily(verb) == nil {
      choices = [
        "A reader who has reason to \(verb) a text about {k} and {j}",
        "{Pro} who has reason to \(verb) a text about {k}", "{Lay} who would \(verb) what is said about {k} and {j}",
      ].map { PersonaTemplates.Sentence($0) }
    }
    if isCoarse {
      choices = ["{Pro} with an interest in {f}", "{Lay} who takes an interest in {f}"].map {
        PersonaTemplates.Sentence($0)
      }
    }
    choices.removeAll { choice in
      choice.phraseCount > phrases.count || choice.needsTitle && reading.title == nil
        || choice.needsDomain && !reading.isDomainSure && !isCoarse
    }
    // One word is no topic of its own: "budget" may be anybody's, and "Symphony" anything.
    var isThin = false
    if let first = phrases.first, first.wordCount == 1, phrases.count > 1, !reading.namesSubject,
      !first.isProper || phrases[1].isAnchor
    {
      isThin = true
    }
    // Nothing but one common word, or nothing that is free of doubt: the text's own beginning says more.
    let isBare =
      phrases.count == 1 && phrases[0].wordCount == 1 && !phrases[0].isProper && !reading.namesSubject
      || isMention && (phrases.first.map { $0.doubts > 0 } ?? false)
      || reading.genre == .code && (!isSure || reading.language.isEmpty)
      || isMention && phrases.prefix(2).allSatisfy { $0.wordCount == 1 && !$0.isProper && $0.count < 3 }
    if choices.isEmpty || isBare && !isCoarse && !reading.opening.isEmpty && VerbFamily(verb) != nil {
      let genre = reading.language.isEmpty ? .general : reading.genre
      choices = Self.plain(for: genre, opening: reading.opening, verb: family).map {
        PersonaTemplates.Sentence($0)
      }
    }
    var sentence = choices[random.below(choices.count)].text
    if isThin, !sentence.contains("{j}") { sentence = sentence.replacing("{k}", with: "{k} and {j}") }
    if reading.genre == .biography, reading.namesSubject, sentence.hasSuffix("{k}"), phrases.count > 1,
      phrases[1].wordCount > 1, isKnown(phrases[1])
    {
      sentence += phrases[1].isPlural ? ", in which {j} play a part" : ", in which {j} plays a part"
    }
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
    var persona = fill(sentence, role: role, field: domain.field, phrases: phrases, title: reading.title ?? "")
    // A field named in the role is not named again.
    if sentence.contains("{f}"), role.contains(domain.field), !isCoarse {
      persona = persona.replacing(" with a background in \(domain.field)", with: "")
    }
    if !isCoarse, family != .dislike, persona.utf8.count < 62 || persona.utf8.count < 120 && random.below(3) == 0 {
      persona += random.pick(Self.pastimes[reading.genre] ?? Self.anybodysPastimes) ?? ""
    }
    return PersonaDraft(
      persona: persona, role: role, field: domain.field, interests: phrases.prefix(3).map { $0.bare })
  }

  /// Whether all words of a phrase are known: among lower-case facts the others are names.
  private static func isKnown(_ phrase: Keyphrase) -> Bool {
    TextScan(phrase.bare).tokens.allSatisfy { !$0.classes.isEmpty || DomainTable.shared.knows($0.stem) }
  }

  /// What can be said of somebody when the text gives no phrase to speak of: its first words are surely its own.
  private static func plain(for genre: Genre, opening: String, verb: VerbFamily) -> [String] {
    let what = names[genre] ?? "short texts on all kinds of subjects"
    guard !opening.isEmpty else {
      return ["An everyday reader with an eye for \(what)", "A patient person who deals with \(what) day after day"]
    }
    switch verb {
    case .read:
      return [
        "A reader of \(what) who has just come across one with the words “\(opening)”",
        "A patient person who sorts \(what), at the moment one with the words “\(opening)”",
      ]
    case .write:
      return ["A person who writes \(what) with words such as “\(opening)”"]
    case .like:
      return ["A reader with a soft spot for \(what), most recently for one with the words “\(opening)”"]
    case .dislike:
      return ["A reader tired of \(what) who stopped at the words “\(opening)”"]
    }
  }

  private static let names: [Genre: String] = [
    .recipe: "recipes", .dialogue: "everyday conversations", .filmReview: "film reviews",
    .productReview: "product reviews",
    .appReview: "app store reviews", .placeReview: "customer reviews", .news: "short news items",
    .research: "research papers", .encyclopedia: "encyclopaedia entries", .biography: "short biographies",
    .plot: "film plots", .legal: "legal texts", .speech: "public speeches", .forum: "questions asked online",
    .code: "source code", .instructions: "step-by-step guides", .advert: "promotional web pages",
    .review: "online reviews", .thanks: "words of thanks", .textbook: "school science texts", .patent: "patents",
    .personal: "first-person accounts",
  ]

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
  static func fill(_ sentence: String, role: String, field: String, phrases: [Keyphrase], title: String = "") -> String
  {
    var result = ""
    var rest = sentence[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      switch rest[rest.index(after: open)..<close] {
      case "Pro", "Res", "Lay": result += Article.starting(role)
      case "f": result += field
      case "t": result += title
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
