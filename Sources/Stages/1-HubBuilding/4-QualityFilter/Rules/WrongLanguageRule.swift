import Languages

/// `wrong-language`: the guessed language is none of those asked for.
enum WrongLanguageRule {
  /// A text whose language cannot be told is kept: one sentence with names in it often gives no answer.
  static func isBroken(by text: String, asked: [String]) -> Bool {
    guard !asked.isEmpty else { return false }
    let guess = LanguageGuess.language(of: text)
    return !guess.isEmpty && !asked.contains(guess)
  }
}
