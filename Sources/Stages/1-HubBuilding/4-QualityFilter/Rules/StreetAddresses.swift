/// Street addresses with a house number, as they are written in some of the countries.
enum StreetAddresses {
  static func hasAddress(_ reading: PersonaReading) -> Bool {
    let words = reading.words
    for place in words.indices {
      if isEnglish(reading, place) || isNumberBehind(reading, place) || isGerman(reading, place) { return true }
    }
    return isEastAsian(reading)
  }

  /// "12 Elm Street", "7b St John's Road": a number, one to three capitalised words, the kind of street.
  private static func isEnglish(_ reading: PersonaReading, _ place: Int) -> Bool {
    let words = reading.words
    guard isHouseNumber(reading, place) else { return false }
    for street in (place + 2)..<(place + 5) where street < words.count {
      guard words[place + 1].isCapitalised, words[street - 1].isCapitalised else { return false }
      guard words[street].isCapitalised, words[street].kinds.contains(.street) else { continue }
      // "the 1924 Paris Street Art Fair": the name goes on.
      let goesOn = street + 1 < words.count && words[street + 1].isCapitalised && isSpace(reading.gap(after: street))
      // Addresses of offices, books and films that everybody knows.
      let isKnown = ["downing", "baker", "pennsylvania", "jump"].contains { reading.isWord(place + 1, $0) }
      return !goesOn && !isKnown
    }
    return false
  }

  /// "calle Mayor 12", "via Roma, 5", "ул. Ленина, д. 8", and "12, rue de la Paix".
  private static func isNumberBehind(_ reading: PersonaReading, _ place: Int) -> Bool {
    let words = reading.words
    guard words[place].kinds.contains(.streetBefore) else { return false }
    // English "via" is no street.
    if reading.isWord(place, "via") && (place + 1 >= words.count || !words[place + 1].isCapitalised) { return false }
    if place > 0, isHouseNumber(reading, place - 1), place + 1 < words.count { return true }
    for number in (place + 2)..<(place + 6) where number < words.count && isHouseNumber(reading, number) {
      return words[number - 1].isCapitalised || reading.gap(after: number - 1).contains(UInt8(ascii: ","))
        || reading.isWord(number - 1, "д") || reading.isWord(number - 1, "n")
    }
    return false
  }

  /// "Lindenstraße 12", "Am Alten Markt" has no number and is none.
  private static func isGerman(_ reading: PersonaReading, _ place: Int) -> Bool {
    guard place + 1 < reading.words.count, reading.words[place].isCapitalised, isHouseNumber(reading, place + 1) else {
      return false
    }
    let word = reading.words[place]
    guard word.range.count > 5, isSpaceOrDot(reading.gap(after: place)) else { return false }
    return germanEndings.contains { word.ends(in: $0) }
  }

  private static let germanEndings: [WordEnding] = [
    "straße", "strasse", "gasse", "str", "straat", "gatan", "katu", "weg", "allee",
  ]

  /// 中山路12号, 3丁目5番, 테헤란로 12길 (no number of houses): a number between the street's sign and the house's.
  private static func isEastAsian(_ reading: PersonaReading) -> Bool {
    let words = reading.words
    for place in words.indices.dropFirst() where isHouseNumber(reading, place) && place + 1 < words.count {
      let before = reading.bytes(words[place - 1])
      let after = reading.bytes(words[place + 1])
      let isChinese =
        streetSigns.contains { $0.elementsEqual(before) } && houseSigns.contains { $0.elementsEqual(after) }
      let isJapanese = before.elementsEqual("目".utf8) && after.elementsEqual("番".utf8)
      if isChinese || isJapanese { return true }
    }
    return false
  }

  private static let streetSigns = "路街巷道弄".map { Array(String($0).utf8) }
  private static let houseSigns = "号號".map { Array(String($0).utf8) }

  /// Up to four digits, perhaps with one letter behind them; "5th" and "1990s" are no house numbers, nor is a year.
  private static func isHouseNumber(_ reading: PersonaReading, _ place: Int) -> Bool {
    guard place >= 0, place < reading.words.count else { return false }
    var bytes = reading.bytes(reading.words[place])
    if let last = bytes.last, last.isASCIILetter, bytes.count > 1 { bytes = bytes.dropLast() }
    return bytes.count >= 1 && bytes.count <= 5 && bytes.allSatisfy(\.isASCIIDigit)
  }

  private static func isSpace(_ gap: ArraySlice<UInt8>) -> Bool { gap.elementsEqual([0x20]) }

  private static func isSpaceOrDot(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
  }
}
