import Languages

/// A persona that is not in English: its language, and the topics that it names between quotation marks.
///
/// What stands between the marks is a topic that may be carried over; words outside them are as likely a verb or half a
/// phrase, and are not.
struct ForeignPersona {
  /// One of the languages in which personas are written; `""` for others.
  let language: String
  /// As they stand between the marks; may be empty.
  let topics: [String]

  /// nil when the persona is in English, or in letters that say nothing.
  init?(_ persona: String) {
    let script = LanguageGuess.script(of: Self.withoutQuotes(persona))
    let guess = LanguageGuess.language(of: persona)
    var language = ForeignPersonaWriter.language(ofSentence: persona) ?? guess
    if script == .latin, language.isEmpty || language == "en" || !ForeignPersonaWriter.hasSentences(for: language) {
      return nil
    }
    if script == .other { return nil }
    // A few words hold no function word of their language; most of what is written in a script is in one of them.
    if language.isEmpty { language = Self.usual(script, persona) }
    if !ForeignPersonaWriter.hasSentences(for: language) { language = "" }
    self.language = language
    var topics = Self.quoted(in: persona)
    if topics.isEmpty, script == .han, let noun = Self.chineseNoun(in: persona) { topics = [noun] }
    self.topics = topics
  }

  private static func usual(_ script: Script, _ persona: String) -> String {
    switch script {
    case .cyrillic:
      let lowered = persona.lowercased()
      return lowered.contains { "іїєґ".contains($0) } ? "uk" : lowered.contains { "ўђћјљњџ".contains($0) } ? "" : "ru"
    case .arabic: return persona.contains { "پچژگڤٹڈےں".contains($0) } ? "" : "ar"
    case .devanagari: return "hi"
    default: return ""
    }
  }

  /// What stands between quotation marks of any language, short enough to be a topic.
  static func quoted(in persona: String) -> [String] {
    var topics: [String] = []
    var open: Character?
    var text = ""
    for character in persona {
      if let start = open {
        if closers[start]?.contains(character) ?? false {
          let topic = text.collapsing
          if topic.unicodeScalars.count >= 2, topic.unicodeScalars.count <= 90 { topics.append(topic) }
          open = nil
        } else {
          text.append(character)
        }
      } else if closers[character] != nil {
        open = character
        text = ""
      }
    }
    return topics
  }

  static func withoutQuotes(_ persona: String) -> String {
    var rest = persona
    for topic in quoted(in: persona) { rest = rest.replacing(topic, with: "") }
    return rest
  }

  /// What follows one of a few verbs of interest: "热爱京剧的教师" names 京剧.
  private static func chineseNoun(in persona: String) -> String? {
    for verb in ["热爱", "喜欢", "研究", "从事", "关注", "学习", "教授", "钻研", "爱好", "熱愛", "喜歡"] {
      guard let range = persona.firstRange(of: verb) else { continue }
      let noun = persona[range.upperBound...].prefix { !"的，。、；了和与并在".contains($0) }
      if noun.count >= 2, noun.count <= 8 { return String(noun) }
    }
    return nil
  }

  private static let closers: [Character: String] = [
    "«": "»", "„": "“”", "“": "”", "”": "”", "「": "」", "『": "』", "《": "》", "‘": "’",
  ]
}

extension String {
  fileprivate var collapsing: String {
    var words = self[...]
    while words.first == " " || words.first == "\u{A0}" { words.removeFirst() }
    while words.last == " " || words.last == "\u{A0}" { words.removeLast() }
    return String(words)
  }
}
