/// `repetition`: a model that has fallen into a loop.
///
/// A word four times in a row, a phrase of 2 to 5 words three times in a row, 6 words or more twice in a row, one
/// character six times in a row, or a long text of few different words.
enum RepetitionRule {
  static let longestPhrase = 40
  static let characterRun = 6

  static func isBroken(by reading: PersonaReading) -> Bool {
    hasCharacterRun(reading.folded) || hasLoop(reading.words) || isPoor(reading.words)
  }

  /// Six equal letters, or punctuation marks but for dots and dashes; digits may repeat (1,000,000).
  private static func hasCharacterRun(_ bytes: [UInt8]) -> Bool {
    var run = 1
    for position in bytes.indices.dropFirst() {
      let byte = bytes[position]
      run = byte == bytes[position - 1] ? run + 1 : 1
      guard run >= characterRun else { continue }
      switch byte {
      case 0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF: continue
      default: return true
      }
    }
    return false
  }

  private static func hasLoop(_ words: [PersonaReading.Word]) -> Bool {
    guard words.count >= 4 else { return false }
    for period in 1...min(longestPhrase, words.count / 2) {
      // Repeats after the first: one unspaced character needs more, since 天天 or ๆๆ are ordinary.
      let needed = period == 1 ? 3 : period <= 5 ? period * 2 : period
      var run = 0
      for place in period..<words.count {
        run = words[place].hash == words[place - period].hash ? run + 1 : 0
        // In unspaced scripts a "phrase" of two or three characters is a short word; ask for one more.
        if run >= (words[place].isUnspaced && period > 1 && period <= 3 ? needed + period : needed) { return true }
      }
    }
    return false
  }

  /// 25 words or more of which fewer than a third differ; counted in words with spaces between them only.
  private static func isPoor(_ words: [PersonaReading.Word]) -> Bool {
    guard words.count >= 25 else { return false }
    var distinct = Set<UInt64>()
    for word in words {
      if word.isUnspaced { return false }
      distinct.insert(word.hash)
    }
    return distinct.count * 3 < words.count
  }
}
