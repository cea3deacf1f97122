import Foundation

/// Brings descriptions and queries into the form in which the full-text index compares them.
///
/// Words are cut by SQLite's `unicode61` tokenizer, at everything that is no letter, mark or digit. Scripts that put no
/// spaces between words get one around each character, so that a word of such a script is a phrase of its characters,
/// and is found wherever they stand side by side.
enum SearchText {
  /// The tokenizer: English endings fall away (nurses = nurse), and so do accents; vowel signs belong to their words.
  static let tokenizer = "porter unicode61 remove_diacritics 2 categories 'L* M* N* Co'"

  /// How strictly the words of a query must be met, from the strictest on.
  enum Strictness: CaseIterable {
    /// Every word of the query.
    case allWords
    /// Every word of the query, as the beginning of a word.
    case allBeginnings
    /// Any word of the query, as the beginning of a word.
    case anyBeginning
  }

  /// A description for the index.
  static func indexed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return spaced(text.precomposedStringWithCompatibilityMapping)
  }

  /// The query in the index's language; nil when it holds no word.
  ///
  /// Every word stands in quotation marks and consists of letters, marks and digits only, so nothing that a user
  /// types can be an operator.
  static func query(_ text: String, _ strictness: Strictness) -> String? {
    let words = text.precomposedStringWithCompatibilityMapping.split(whereSeparator: \.isWhitespace)
    let phrases = words.compactMap { word -> String? in
      let phrase = spaced(onlyTokens(of: word)).split(separator: " ").joined(separator: " ")
      return phrase.isEmpty ? nil : "\"\(phrase)\""
    }
    guard !phrases.isEmpty else { return nil }
    switch strictness {
    case .allWords: return phrases.joined(separator: " AND ")
    case .allBeginnings: return phrases.map { "\($0) *" }.joined(separator: " AND ")
    case .anyBeginning: return phrases.map { "\($0) *" }.joined(separator: " OR ")
    }
  }

  private static func onlyTokens(of word: Substring) -> String {
    var result = String.UnicodeScalarView()
    for scalar in word.unicodeScalars { result.append(isToken(scalar) ? scalar : " ") }
    return String(result)
  }

  private static func isToken(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }

  private static func spaced(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isWrittenWithoutSpaces(scalar) {
        result.append(" ")
        result.append(scalar)
        result.append(" ")
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Thai, Lao, Myanmar, Khmer, Chinese characters, the Japanese syllabaries, Bopomofo and Yi.
  private static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E01...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x312F, 0x31A0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0xA4CF, 0xF900...0xFAFF, 0x20000...0x323AF:
      true
    default: false
    }
  }
}
