import Languages

/// What is told of a persona that is written in Chinese.
enum ChineseWorld {
  static func isChinese(_ persona: String) -> Bool {
    LanguageGuess.script(of: persona) == .han && LanguageGuess.language(of: persona) != "ja"
  }
}
