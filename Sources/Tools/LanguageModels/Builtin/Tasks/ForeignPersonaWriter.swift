import Languages
import PersonaRecords

/// Personas in the text's own language, where there are sentences for it; otherwise in English, with the text's words.
enum ForeignPersonaWriter {
  /// nil when the text is best read as English.
  static func draft(
    of text: String, language: String, script: Script, verb: String, number: Int, random: inout SeededRandom
  ) -> PersonaDraft? {
    if let endings = Self.endings[language] {
      return own(
        text, language: language, script: script, endings: endings, verb: verb, number: number, random: &random)
    }
    if language.isEmpty && (script == .latin && !isUnknownLatin(text) || script == .other) { return nil }
    return named(text, language: language, script: script, verb: verb, random: &random)
  }

  /// Whether personas of the language are written in it.
  static func hasSentences(for language: String) -> Bool { endings[language] != nil }

  private static func own(
    _ text: String, language: String, script: Script, endings: [[String]], verb: String, number: Int,
    random: inout SeededRandom
  ) -> PersonaDraft? {
    var phrases = ForeignKeyphrases.phrases(of: text, language: language, script: script)
    // A title says what a text is about better than any count of words.
    // Elsewhere a clause of the text is surely whole, and what the sentence says of a topic fits it as well.
    let title =
      ForeignKeyphrases.title(of: text) ?? ForeignKeyphrases.clause(of: text, language: language, script: script)
    if let title { phrases.insert(title, at: 0) }
    guard !phrases.isEmpty else { return nil }
    if phrases.count > 2, number > 0, title == nil || number > 3 { phrases = Array(phrases[(number % 2)...]) }
    let column = column(of: verb)
    // Nobody of a trade need dislike a text about it: who does is left open.
    let row = people(of: column == 3 ? "" : text, language: language)
    let who = row[column]
    let choices = endings[column]
    var topic = phrases[0]
    let isThin = script.isWrittenWithoutSpaces ? false : !topic.contains(" ")
    if title == nil, phrases.count > 1, isThin || random.below(10) < 7 {
      topic += (joiners[language] ?? ", ") + phrases[1]
    }
    let persona = joined(who, ending: choices[random.below(choices.count)], topic: topic)
    return PersonaDraft(persona: persona, role: who, field: phrases[0], interests: Array(phrases.prefix(3)))
  }

  /// A person and what ties them to a topic.
  static func joined(_ person: String, ending: String, topic: String) -> String {
    // Punctuation that starts an ending stands right behind the person.
    let startsWithMark = [" ,", " 。", " :"].contains { ending.hasPrefix($0) }
    return person + (startsWithMark ? String(ending.dropFirst()) : ending).replacing("{k}", with: topic)
  }

  /// The ends of sentences for all verbs of a language.
  static func allEndings(of language: String) -> [String] { endings[language]?.flatMap { $0 } ?? [] }

  /// The language whose sentence a persona is, told by the fixed words before its topic.
  static func language(ofSentence persona: String) -> String? {
    let bytes = Array(persona.utf8)
    return fixedWords.first { entry in entry.words.contains { PlainSearch.first($0, in: bytes) != nil } }?.language
  }

  /// What stands before the topic in the endings of each language, where it is long enough to be nobody else's.
  private static let fixedWords: [(language: String, words: [[UInt8]])] = endings.keys.sorted().map { language in
    let words = (allEndings(of: language) + ForeignRelatedPersonas.endings(of: language)).flatMap { ending in
      [ending.prefix { $0 != "{" }, ending.drop { $0 != "}" }.dropFirst()].map { Array($0.utf8) }
    }
    return (language, words.filter { $0.count >= 14 })
  }

  private static func named(
    _ text: String, language: String, script: Script, verb: String, random: inout SeededRandom
  ) -> PersonaDraft? {
    let words = opening(of: text, isUnspaced: script.isWrittenWithoutSpaces)
    guard !words.isEmpty else { return nil }
    // Irish has acute accents, Scottish Gaelic grave ones.
    let isGaelic = language == "ga" && text.unicodeScalars.count { "àèìòù".unicodeScalars.contains($0) } > 3
    let name = isGaelic ? "Scottish Gaelic" : languageNames[language] ?? ""
    let what =
      name.isEmpty ? "a \(script == .latin ? "lesser-known " : "")language in \(scriptName(script)) script" : name
    let choices: [String]
    switch VerbFamily(verb) ?? .read {
    case .read:
      choices = [
        "A speaker of {l} who is glad of every longer text in the mother tongue, such as the one with the words “{q}”",
        "A linguist documenting {l} who studies texts like the one with the words “{q}”",
        "A librarian who collects printed matter in {l} and has just catalogued a text with the words “{q}”",
      ]
    case .write:
      choices = [
        "A translator into {l} who puts official texts into everyday words, as in “{q}”",
        "A teacher and writer in {l} who works to keep the language in public use, with texts such as “{q}”",
      ]
    case .like:
      choices = [
        "A native speaker of {l} living abroad who is moved to read words like “{q}”",
        "A language activist who shares anything published in {l}, most recently “{q}”",
      ]
    case .dislike:
      choices = [
        "A critical reader of {l} who finds the wording of “{q}” stiff and foreign",
        "A purist who would have put “{q}” differently in {l}",
      ]
    }
    let persona = choices[random.below(choices.count)].replacing("{l}", with: what).replacing("{q}", with: words)
    return PersonaDraft(
      persona: persona, role: "reader of \(what)", field: "languages", interests: [words])
  }

  private static func column(of verb: String) -> Int {
    switch VerbFamily(verb) ?? .read {
    case .read: 0
    case .write: 1
    case .like: 2
    case .dislike: 3
    }
  }

  /// The row of people whose words the text has most.
  private static func people(of text: String, language: String) -> [String] {
    let sample = Array(String(decoding: text.utf8.prefix(2_500), as: UTF8.self).lowercased().utf8)
    var best: [String] = []
    var most = 0
    for row in rows[language] ?? [] {
      if row.cues.isEmpty {
        if most == 0 { best = row.people }
        continue
      }
      let count = row.cues.reduce(0) { $0 + (PlainSearch.first($1, in: sample) == nil ? 0 : 1) }
      if count > max(most, 1) {
        most = count
        best = row.people
      }
    }
    return best.isEmpty ? ["Reader", "Writer", "Reader", "Reader"] : best
  }

  /// The first words between two marks: without word classes nothing else is surely whole.
  ///
  /// - Returns: three to thirty words as they stand, without figures; empty where there is no such run.
  private static func opening(of text: String, isUnspaced: Bool) -> String {
    let run = text.prefix(2_000).split(whereSeparator: { $0.isNewline || marks.contains($0) }).lazy
      .map { String($0).collapsingWhitespace() }
      .first { run in
        let count = isUnspaced ? run.count / 4 : run.split(separator: " ").count
        let isPlain = run.unicodeScalars.allSatisfy { $0.properties.numericType == nil && $0 != "<" && $0 != "{" }
        return (3...30).contains(count) && run.utf8.count <= 180 && isPlain
      }
    return run ?? ""
  }

  private static let marks: Set<Character> = [
    ".", "!", "?", ",", ";", ":", "(", ")", "[", "]", "\"", "“", "”", "„", "«", "»", "–", "—", "…", "。", "、", "，", "？",
    "！",
    "।", "؟", "،", "؛", "۔", "։", "፡", "።", "•", "*", "|", "/",
  ]

  /// Latin letters, and hardly a word of English among them.
  private static func isUnknownLatin(_ text: String) -> Bool {
    let scan = TextScan(text)
    // Source code is in no language of people.
    let marks = text.utf8.prefix(2_000).reduce(0) { $0 + (codeMarks.contains($1) ? 1 : 0) }
    guard scan.tokens.count >= 12, marks * 40 < min(text.utf8.count, 2_000) else { return false }
    var known = 0
    var plain = 0
    var topical = 0
    for token in scan.tokens where !token.isNumber {
      plain += 1
      if commonEnglish.contains(token.hash) { known += 1 }
      // A list or a bibliography has few function words, and many words of some field.
      if token.end - token.start > 3, !token.classes.isEmpty || DomainTable.shared.knows(token.stem) { topical += 1 }
    }
    // LaTeX is read as what stands between its commands.
    let commands = zip(text.utf8, text.utf8.dropFirst()).prefix(2_000).reduce(0) {
      $0 + ($1.0 == 0x5C && $1.1 | 0x20 >= 0x61 && $1.1 | 0x20 <= 0x7A ? 1 : 0)
    }
    if commands >= 4 { return false }
    // A list of references: names, and a year in each entry.
    let years = scan.tokens.filter { $0.isNumber && $0.end - $0.start == 4 }.count
    if years >= 5 { return false }
    return known * 100 < plain * 10 && topical * 100 < plain * 22
  }

  /// `{}`, `;`, `=`, `<>`.
  private static let codeMarks = Array("{};=<>".utf8)

  /// Words that no English text does without, and that few other languages have.
  private static let commonEnglish = WordSet(
    "the of and to is for that with was it are this by you from have not they which or but his her can will my your")

  private static func scriptName(_ script: Script) -> String {
    switch script {
    case .aboriginal: "Canadian syllabic"
    case .olChiki: "Ol Chiki"
    case .nko: "N'Ko"
    default: "\(script)".prefix(1).uppercased() + "\(script)".dropFirst()
    }
  }

  private struct Row: Sendable {
    var cues: [[UInt8]]
    var people: [String]
  }

  private static let rows: [String: [Row]] = {
    var rows: [String: [Row]] = [:]
    for line in ForeignTable.people.split(separator: "\n") {
      let fields = line.split(separator: "\t").map { String($0) }
      precondition(fields.count == 7, "a row of people has seven fields: \(line)")
      let cues = fields[2] == "-" ? [] : fields[2].split(separator: " ").map { Array($0.utf8) }
      rows[fields[0], default: []].append(Row(cues: cues, people: Array(fields[3...])))
    }
    return rows
  }()

  private static let endings: [String: [[String]]] = {
    var endings: [String: [[String]]] = [:]
    for line in ForeignTable.endings.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      precondition(fields.count == 6, "a row of endings has six fields: \(line)")
      endings[fields[0]] = fields[1...4].map { $0.split(separator: "|").map { String($0) } }
    }
    return endings
  }()

  private static let joiners: [String: String] = {
    var joiners: [String: String] = [:]
    for line in ForeignTable.endings.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      joiners[fields[0]] = fields[5]
    }
    return joiners
  }()

  /// The English name of a language that a persona speaks of, as in "a critical reader of Welsh".
  static func languageNamed(in persona: String) -> String? {
    let words = Set(persona.split { $0 == " " || $0 == "," || $0 == "." }.map { String($0) })
    return names.first { words.contains($0) }
  }

  private static let names = (languageNames.values + ["Scottish Gaelic"]).sorted()
  private static let languageNames: [String: String] = [
    "cs": "Czech", "sk": "Slovak", "sl": "Slovene", "hr": "Croatian", "da": "Danish", "nb": "Norwegian",
    "nn": "Norwegian Nynorsk", "is": "Icelandic", "fi": "Finnish", "et": "Estonian", "lv": "Latvian",
    "lt": "Lithuanian",
    "hu": "Hungarian", "az": "Azerbaijani", "uz": "Uzbek", "ro": "Romanian", "ca": "Catalan", "gl": "Galician",
    "la": "Latin", "ms": "Malay", "tl": "Tagalog", "vi": "Vietnamese", "sw": "Swahili", "so": "Somali", "ha": "Hausa",
    "zu": "Zulu", "yo": "Yoruba", "mt": "Maltese", "ga": "Irish", "cy": "Welsh", "eu": "Basque", "sq": "Albanian",
    "af": "Afrikaans", "eo": "Esperanto", "ht": "Haitian Creole", "be": "Belarusian", "bg": "Bulgarian",
    "sr": "Serbian",
    "mk": "Macedonian", "kk": "Kazakh", "ky": "Kyrgyz", "mn": "Mongolian", "tg": "Tajik", "fa": "Persian", "ur": "Urdu",
    "ps": "Pashto", "ckb": "Sorani Kurdish", "ug": "Uyghur", "mr": "Marathi", "ne": "Nepali", "sa": "Sanskrit",
    "he": "Hebrew", "yi": "Yiddish", "el": "Greek", "hy": "Armenian", "ka": "Georgian", "am": "Amharic", "ta": "Tamil",
    "te": "Telugu", "kn": "Kannada", "ml": "Malayalam", "bn": "Bengali", "as": "Assamese", "gu": "Gujarati",
    "pa": "Punjabi", "or": "Odia", "si": "Sinhala", "lo": "Lao", "bo": "Tibetan", "my": "Burmese", "km": "Khmer",
    "dv": "Dhivehi", "chr": "Cherokee", "iu": "Inuktitut", "vai": "Vai", "ii": "Nuosu", "zgh": "Tamazight",
    "jv": "Javanese",
  ]
}
