/// `template-leftover`: a placeholder nobody filled, a tag, pieces of JSON or Markdown, a bracket that never closes.
///
/// HTML inside an otherwise good description stays ("a <b>retired</b> judge"), and so do quotation marks.
enum TemplateLeftoverRule {
  static func isBroken(by reading: PersonaReading) -> Bool {
    if reading.hasPhrase(of: .templateLeftover) || isListItem(reading) || hasDummyName(reading) { return true }
    // Nearly no description has a bracket; full-width ones are looked for wherever there is more than ASCII.
    guard !reading.signs.isDisjoint(with: [.bracket, .beyondASCII]) else { return false }
    return hasFilledBrackets(reading) || isUnclosed(reading)
  }

  /// `{name}` or `[occupation]`: one to four words in braces or square brackets with a placeholder among them; in
  /// braces any identifier will do.
  private static func hasFilledBrackets(_ reading: PersonaReading) -> Bool {
    for (open, close) in [(UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "["), UInt8(ascii: "]"))] {
      var position = 0
      while let start = reading.folded[position...].firstIndex(of: open) {
        guard let end = reading.folded[start...].firstIndex(of: close) else { break }
        let inside = reading.words.filter { $0.range.lowerBound > start && $0.range.upperBound <= end }
        let isIdentifier = open == UInt8(ascii: "{") && !inside.isEmpty && end - start <= 40
        if inside.count <= 4 && (isIdentifier || inside.contains { $0.kinds.contains(.placeholder) }) { return true }
        position = end + 1
      }
    }
    return false
  }

  /// More brackets open than close, as when a reply was cut off.
  private static func isUnclosed(_ reading: PersonaReading) -> Bool {
    var depth = 0
    for (position, byte) in reading.folded.enumerated() {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += isFace(reading, position) ? 0 : 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      // Full-width （ and ）.
      case 0x88 where reading.byte(position - 1) == 0xBC && reading.byte(position - 2) == 0xEF: depth += 1
      case 0x89 where reading.byte(position - 1) == 0xBC && reading.byte(position - 2) == 0xEF: depth -= 1
      default: break
      }
    }
    return depth > 0
  }

  /// The bracket of `:(`.
  private static func isFace(_ reading: PersonaReading, _ position: Int) -> Bool {
    let before = reading.byte(position - 1)
    return before == UInt8(ascii: ":")
      || (before == UInt8(ascii: "-") && reading.byte(position - 2) == UInt8(ascii: ":"))
  }

  /// `1. A nurse …`, `2) The owner …`: an item of a list that was not taken apart.
  private static func isListItem(_ reading: PersonaReading) -> Bool {
    guard let first = reading.words.first, first.range.count <= 2, reading.words.count > 2,
      reading.bytes(first).allSatisfy(\.isASCIIDigit)
    else { return false }
    let mark = reading.byte(first.range.upperBound)
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"),
      reading.byte(first.range.upperBound + 1) == UInt8(ascii: " ")
    else { return false }
    let next = reading.words[1].kinds
    return !next.isDisjoint(with: [.determiner, .person, .personPronoun])
  }

  /// XYZ, ABC Company, XXX, John Doe, N/A: names that stand for a name.
  private static func hasDummyName(_ reading: PersonaReading) -> Bool {
    for place in reading.words.indices where reading.words[place].isCapitalised {
      let isStandIn =
        reading.isWord(place, "xyz") && !reading.isWord(place + 1, "coordinates") && !reading.isWord(place + 1, "axis")
        || reading.isWord(place, "abc") && reading.isWord(place + 1, "company")
        || reading.isWord(place, "xxxx")
        || reading.isWord(place, "n") && reading.isWord(place + 1, "a") && reading.words.count == 2
        || reading.isWord(place, "todo") && reading.byte(reading.words[place].range.upperBound) == UInt8(ascii: ":")
      if isStandIn { return true }
    }
    return false
  }
}
