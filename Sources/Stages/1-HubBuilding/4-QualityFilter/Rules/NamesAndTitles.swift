/// Capitalised words and nothing else: the name of somebody, or the title of something.
enum NamesAndTitles {
  /// "Heather A. Cameron": a full name of which nothing is said.
  static func isBareName(_ reading: PersonaReading) -> Bool {
    guard let name = fullName(in: reading, at: 0) else { return false }
    return name == reading.words.count && name <= 4
  }

  /// "The Art of Linear Algebra": three words or more, the longer ones all capitalised, and no person among them.
  static func isBareTitle(_ reading: PersonaReading) -> Bool {
    guard reading.words.count >= 3, !reading.counts.isUnspaced else { return false }
    var capitalised = 0
    for (place, word) in reading.words.enumerated() {
      if word.isUnspaced || NounPhrase.isPerson(reading, place) { return false }
      if !word.kinds.isDisjoint(with: [.personPronoun, .givenName, .honorific, .admirer]) { return false }
      if word.isCapitalised {
        capitalised += 1
      } else if place == 0 || !smallWords.contains(where: { reading.isWord(place, $0) }) {
        return false
      }
    }
    // Titles in languages that capitalise no more than names do cannot be told from descriptions.
    return capitalised >= 3 && reading.words.contains { $0.kinds.contains(.thing) || $0.kinds.contains(.determiner) }
  }

  private static let smallWords: [StaticString] = ["of", "the", "and", "in", "to", "a", "an", "for", "on", "with"]

  /// The place behind a full name that begins at `place`: honorifics, a given name from the list (any capitalised word
  /// behind an honorific), initials, and at least one further capitalised word.
  static func fullName(in reading: PersonaReading, at place: Int) -> Int? {
    let words = reading.words
    var next = place
    var hasHonorific = false
    while next < words.count, words[next].isCapitalised, words[next].kinds.contains(.honorific) {
      hasHonorific = true
      next += 1
    }
    guard next < words.count, words[next].isCapitalised,
      words[next].kinds.contains(.givenName) || (hasHonorific && next - place <= 2)
    else { return nil }
    let first = next
    next += 1
    while next < words.count, words[next].isCapitalised, isNamePart(reading, next) { next += 1 }
    return next - first >= 2 ? next : nil
  }

  /// A capitalised word that belongs to the name: no trade, no thing, and nothing but a space, a dot or a hyphen before it.
  private static func isNamePart(_ reading: PersonaReading, _ place: Int) -> Bool {
    let word = reading.words[place]
    // "Heather A. Cameron": an initial.
    if word.range.count == 1 && reading.byte(word.range.upperBound) == UInt8(ascii: ".") { return true }
    if word.kinds.contains(.determiner) || word.ends(in: .possessive) { return false }
    // "Sofia Fan Club": what is also a trade or a thing may be a surname (Baker, Stone), but not one in a list of groups.
    if !word.kinds.isDisjoint(with: [.admirer, .phraseEnd]) { return false }
    return reading.gap(after: place - 1).allSatisfy {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
  }
}
