extension QualityFilter {
  /// What the rules go by.
  package struct Settings: Sendable, Equatable {
    /// Rules that are switched off.
    package var without: Set<Rule>
    /// Fewer characters than this are too short. Coarse personas ("a nurse") are short and good.
    package var minimumCharacters: Int
    /// The same for texts in scripts written without spaces, where one character says more.
    package var minimumUnspacedCharacters: Int
    /// Fewer words than this are too short, in scripts with spaces; a compound of 12 letters or more counts as two words.
    package var minimumWords: Int
    /// More characters than this are too long.
    package var maximumCharacters: Int
    /// The same for texts in scripts written without spaces.
    package var maximumUnspacedCharacters: Int
    /// ISO 639 codes that are wanted; empty: all languages.
    package var languages: [String]

    package init(
      without: Set<Rule> = [], minimumCharacters: Int = 4, minimumUnspacedCharacters: Int = 3, minimumWords: Int = 2,
      maximumCharacters: Int = 800, maximumUnspacedCharacters: Int = 350, languages: [String] = []
    ) {
      self.without = without
      self.minimumCharacters = minimumCharacters
      self.minimumUnspacedCharacters = minimumUnspacedCharacters
      self.minimumWords = minimumWords
      self.maximumCharacters = maximumCharacters
      self.maximumUnspacedCharacters = maximumUnspacedCharacters
      self.languages = languages
    }
  }
}
