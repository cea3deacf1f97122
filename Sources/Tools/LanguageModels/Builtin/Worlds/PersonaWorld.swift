import PersonaRecords

/// What the tasks that write for a persona know of it: who it is, what it cares about, and the things around it.
struct PersonaWorld {
  let persona: String
  let reading: PersonaReading
  let setting: MathSetting
  /// "paediatric nurse"
  let role: String
  /// A phrase of the persona's own, else a concern of its walk of life.
  let topic: String
  /// Another one.
  let second: String
  let sector: SectorRow
  /// Written in Chinese, so that what is written for it may be.
  let isChinese: Bool
  /// Slots for templates: role, topic, things, numbers, first names.
  var weaver: Weaver

  /// The persona of the request, and the chance that belongs to this request and purpose.
  static func of(_ request: Request, purpose: String) -> (world: PersonaWorld, random: SeededRandom) {
    let persona = (request.persona ?? request.instruction).collapsingWhitespace()
    var random = SeededRandom(
      seed: WordHash.of(
        text: Array(persona.utf8), seed: request.seed ^ UInt64(truncatingIfNeeded: request.sampleNumber) << 32),
      purpose: purpose)
    return (PersonaWorld(persona, random: &random), random)
  }

  init(_ persona: String, random: inout SeededRandom) {
    self.persona = persona
    let reading = PersonaReading(persona)
    self.reading = reading
    setting = MathSetting(persona: persona, reading: reading, random: &random)
    isChinese = ChineseWorld.isChinese(persona)
    sector = SectorTable.row(of: reading.domain.sector)
    let role = reading.isForeign ? setting.role : RoleReading.role(of: persona) ?? setting.role
    self.role = role
    // "The evolution of stage lighting" comes as two phrases, of which the second is the topic.
    var topics = reading.topics.filter { topic in
      reading.isForeign || TopicVeto.allows(topic, role: role) && !persona.contains(topic + " of ")
    }
    if topics.isEmpty { topics = [reading.domain.field] }
    let concerns = Weaver.drawn(3, of: sector.concerns, &random)
    let isOther = topics.count > 1 && random.below(3) == 0
    let first = topics.remove(at: isOther ? random.below(topics.count) : 0)
    let others = (topics + concerns).filter { !$0.contains(first) && !first.contains($0) }
    topic = first
    second = random.below(2) == 0 && !topics.isEmpty ? others.first ?? "training" : others.last ?? "training"
    weaver = Weaver()
    fillSlots(&random)
  }

  private mutating func fillSlots(_ random: inout SeededRandom) {
    weaver["k"] = topic
    weaver["K"] = topic.capitalised
    weaver["j"] = second
    let isPlural = Agreement.isPlural(topic)
    weaver["is"] = isPlural ? "are" : "is"
    weaver["has"] = isPlural ? "have" : "has"
    weaver["s"] = isPlural ? "" : "s"
    let isSecondPlural = Agreement.isPlural(second)
    weaver["jhas"] = isSecondPlural ? "have" : "has"
    weaver["js"] = isSecondPlural ? "" : "s"
    weaver["f"] = reading.domain.field
    weaver["role"] = role
    weaver["aRole"] = Article.with(role)
    weaver["Who"] = Article.starting(role)
    weaver["item"] = setting.item
    weaver["other"] = setting.other
    weaver["container"] = setting.container
    weaver["place"] = setting.place
    weaver["aPlace"] = Article.with(setting.place)
    weaver["helper"] = setting.helper
    weaver["n"] = "\(3 + random.below(6))"
    weaver["m"] = "\(10 * (2 + random.below(9)))"
    let names = Weaver.drawn(6, of: FirstNames.all, &random)
    for (place, name) in names.enumerated() { weaver["name\(place + 1)"] = name }
    let days = Weaver.drawn(3, of: Self.days, &random)
    for (place, day) in days.enumerated() { weaver["day\(place + 1)"] = day }
    weaver["month"] = Self.months[random.below(Self.months.count)]
    let concerns = Weaver.drawn(3, of: sector.concerns.filter { $0 != second }, &random)
    for (place, concern) in concerns.enumerated() { weaver["c\(place + 1)"] = concern }
  }

  static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}

/// Whether a phrase takes "are".
enum Agreement {
  static func isPlural(_ phrase: String) -> Bool {
    if phrase.contains(" and ") { return true }
    let words = phrase.lowercased().split(separator: " ")
    // "The cost of repairs" is one thing.
    let head =
      words.firstIndex { ["of", "in", "for", "on", "with", "among", "from", "to", "at"].contains($0) } ?? words.count
    guard head > 0 else { return false }
    let last = String(words[head - 1].filter { $0.isLetter })
    if ["people", "children", "women", "men", "data", "media", "police", "cattle", "sheep"].contains(last) {
      return true
    }
    guard last.hasSuffix("s"), last.count > 3 else { return false }
    return !["ss", "ics", "us", "is"].contains { last.hasSuffix($0) }
      && !["news", "series", "species", "tennis"].contains(last)
  }
}

/// First names for people in puzzles, scenes and stories, from many languages; none stands for anybody.
enum FirstNames {
  static let all: [String] = """
    Ada Amir Anouk Arun Beatriz Bela Carmen Chidi Dalia Daniel Ebba Emeka Elif Esther Farid Fiona Gita Goran Hana Hugo Ines
    Ivo Jamal Jana Joao Jun Kaito Kerstin Khadija Lars Leila Lucia Malik Marta Mei Milan Nadia Nils Noor Oksana Omar Paula
    Pavel Priya Quentin Rafael Rania Rosa Samir Sana Sofia Sven Tariq Tessa Tomas Uma Vera Viktor Wanda Xavier Yara Yusuf
    Zara Zoltan Abena Bao Cleo Dimitri Enzo Freya Gwen Hassan Isla Jonas Kofi Linnea Mateo Nomvula Otto Petra
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { String($0) }
}

/// Phrases of a persona that are no topic to write about.
enum TopicVeto {
  static func allows(_ phrase: String, role: String) -> Bool {
    let words = phrase.lowercased().split(separator: " ").map { String($0) }
    guard let last = words.last, !weak.contains(last), phrase.utf8.count <= 60 else { return false }
    if role.lowercased().contains(phrase.lowercased()) { return false }
    // A person is whom one meets, not what one is busy with.
    let entry = TagLexicon.shared.known(Array(last.utf8)[...], hash: WordHash.of(last.utf8))
    let singular = last.hasSuffix("s") ? String(last.dropLast()) : last
    let other = TagLexicon.shared.known(Array(singular.utf8)[...], hash: WordHash.of(singular.utf8))
    return entry.kind != .person && other.kind != .person
  }

  private static let weak: Set<String> = [
    "tips", "advice", "opportunities", "decisions", "premium", "burdens", "burden", "desire", "passion", "love",
    "chance",
    "way", "ways", "time", "years", "year", "life", "lives", "things", "thing", "lot", "member", "part", "knack",
    "interest",
    "interests", "experience", "experiences", "insights", "insight", "knowledge", "expertise", "background", "help",
    "support", "guidance", "perspective", "perspectives", "view", "views", "opinion", "opinions", "era", "contemporary",
    "fascination", "appreciation", "understanding", "eye", "sense", "belief", "idea", "ideas", "need", "needs", "role",
    "others", "work", "day", "days", "people", "group", "variety", "range", "number", "world", "field", "area", "hand",
    "importance", "impact", "impacts", "focus", "goal", "goals", "journey", "name", "path", "end", "side", "mind",
    "heart",
    "past", "future", "college", "university", "school", "town", "city", "strategies", "strategy", "motivation",
    "skills",
  ]
}
