/// The noun phrase at the start of an English description, and which words name people.
enum NounPhrase {
  /// The last word of the phrase ("A 3D-printed **bridge** over …"); nil when the text does not begin with an article,
  /// or goes on with "who".
  static func head(of reading: PersonaReading) -> Int? {
    let words = reading.words
    guard words.count >= 2, words[0].kinds.contains(.determiner), !words[1].isUnspaced else { return nil }
    var head = 0
    for place in words.indices.dropFirst() {
      let word = words[place]
      if word.kinds.contains(.phraseEnd) && !word.isJoined {
        // "A voice in the choir who …" speaks of a person after all.
        if word.kinds.contains(.personPronoun) { return nil }
        break
      }
      head = place
      if place + 1 < words.count, endsPhrase(reading.gap(after: place)) { break }
    }
    guard head > 0 else { return nil }
    // "A student learning kernel development": the phrase was over at the participle.
    if hasActingPerson(reading, before: head) { return nil }
    // "A smartphone featuring a …": the participle belongs to what follows.
    if head > 1, isParticiple(reading, head), words[head - 1].kinds.isThing { return head - 1 }
    return words[head].isCapitalised && head > 1 ? nil : head
  }

  private static func endsPhrase(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("),
        UInt8(ascii: "\""):
        true
      default: false
      }
    }
  }

  private static func isParticiple(_ reading: PersonaReading, _ place: Int) -> Bool {
    let word = reading.words[place]
    return word.range.count > 4 && word.ends(in: .ing)
  }

  /// Somebody, and behind that a participle: what somebody is doing.
  private static func hasActingPerson(_ reading: PersonaReading, before head: Int) -> Bool {
    guard let person = (1..<head).first(where: { isPerson(reading, $0) }) else { return false }
    return ((person + 1)...head).contains { isParticiple(reading, $0) }
  }

  /// In a list of people, or ending as names of trades do.
  static func isPerson(_ reading: PersonaReading, _ place: Int) -> Bool {
    let word = reading.words[place]
    if word.kinds.contains(.person) { return true }
    guard word.range.count >= 5, !word.kinds.contains(.thing), !word.kinds.contains(.noTrade) else { return false }
    return tradeEndings.contains { word.ends(in: $0) }
  }

  private static let tradeEndings: [WordEnding] = {
    let endings = [
      "er", "or", "ist", "ian", "eer", "man", "men", "woman", "women", "person", "people", "ess", "nik", "phile",
      "naut",
      "holic",
    ]
    return endings.flatMap { [$0, $0 + "s", $0 + "'s"] }.map(WordEnding.init(stringLiteral:))
  }()
}

/// Comparing bytes with words we spell out.
enum Bytes {
  static func contains(_ part: [UInt8], in bytes: [UInt8]) -> Bool {
    guard let first = part.first, bytes.count >= part.count else { return false }
    for start in 0...(bytes.count - part.count) where bytes[start] == first {
      if bytes[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }
}
