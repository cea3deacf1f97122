/// `too-short` and `too-long`: by characters, with limits of their own for scripts written without spaces.
///
/// Characters are Unicode scalars other than white space; combining marks do not count.
enum LengthRule {
  /// A word of so many letters counts as two: in German, Finnish or Turkish one compound is a whole description.
  static let compoundLength = 12

  static func isTooShort(_ reading: PersonaReading, _ settings: QualityFilter.Settings) -> Bool {
    let characters = reading.counts.letters + reading.counts.digits
    guard !reading.counts.isUnspaced else { return characters < settings.minimumUnspacedCharacters }
    if characters < settings.minimumCharacters { return true }
    var words = 0
    for word in reading.words {
      words += word.range.count >= compoundLength ? 2 : 1
      if words >= settings.minimumWords { return false }
    }
    return true
  }

  static func isTooLong(_ reading: PersonaReading, _ settings: QualityFilter.Settings) -> Bool {
    let limit = reading.counts.isUnspaced ? settings.maximumUnspacedCharacters : settings.maximumCharacters
    return reading.counts.all > limit
  }
}
