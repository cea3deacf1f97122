/// `private-data`: what lets a reader find or reach one private individual.
///
/// Public figures as a topic ("a fan of Michael Jordan") stay, and so do first names alone ("Nancy, a homemaker from
/// Omaha"). A full name that the description is about is dropped when nothing says that its bearer is known to the public.
enum PrivateDataRule {
  static func isBroken(by reading: PersonaReading) -> Bool {
    (reading.signs.contains(.at) && hasMailAddress(reading.folded))
      || (reading.counts.digits > 0
        && (PrivateNumbers.hasPrivateNumber(reading) || StreetAddresses.hasAddress(reading) || hasNameWithAge(reading)))
      || isAboutNamedPrivateIndividual(reading)
  }

  private static func hasMailAddress(_ bytes: [UInt8]) -> Bool {
    guard let sign = bytes.firstIndex(of: UInt8(ascii: "@")), sign > 0, isMailByte(bytes[sign - 1]) else {
      return false
    }
    var dot: Int?
    var position = sign + 1
    while position < bytes.count, isMailByte(bytes[position]) {
      if bytes[position] == UInt8(ascii: "."), position > sign + 1 { dot = position }
      position += 1
    }
    // A dot at the end is that of the sentence; then the one before would have been found first.
    guard let dot else { return false }
    return dot + 2 < position || bytes[(sign + 1)..<dot].contains(UInt8(ascii: "."))
  }

  private static func isMailByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
  }

  // MARK: Names

  /// "John Smith, 42", "Jane Roe (51)", 张伟，42岁: a full name with an age, unless somebody admires its bearer.
  private static func hasNameWithAge(_ reading: PersonaReading) -> Bool {
    for place in reading.words.indices where reading.words[place].isCapitalised {
      guard let end = NamesAndTitles.fullName(in: reading, at: place), isAge(reading, end) else { continue }
      let before = reading.words[max(0, place - 3)..<place]
      if !before.contains(where: { $0.kinds.contains(.admirer) }) { return true }
    }
    return isChineseNameWithAge(reading)
  }

  private static func isAge(_ reading: PersonaReading, _ place: Int) -> Bool {
    guard place < reading.words.count, place > 0 else { return false }
    let gap = reading.gap(after: place - 1)
    guard gap.contains(UInt8(ascii: ",")) || gap.contains(UInt8(ascii: "(")) else { return false }
    var number = place
    if reading.isWord(number, "a") || reading.isWord(number, "aged") || reading.isWord(number, "age") { number += 1 }
    guard number < reading.words.count else { return false }
    let digits = reading.bytes(reading.words[number])
    return digits.count <= 3 && digits.count >= 1 && digits.allSatisfy(\.isASCIIDigit)
  }

  private static func isChineseNameWithAge(_ reading: PersonaReading) -> Bool {
    guard let first = reading.words.first, first.isUnspaced,
      let digit = reading.words.prefix(6).firstIndex(where: { reading.bytes($0).allSatisfy(\.isASCIIDigit) }),
      (2...4).contains(digit), digit + 1 < reading.words.count
    else { return false }
    let year = reading.words[digit + 1]
    guard reading.bytes(year).elementsEqual("岁".utf8) || reading.bytes(year).elementsEqual("歲".utf8) else {
      return false
    }
    // A comma between name and age, and a surname at the start.
    guard reading.gap(after: digit - 1).contains(0xBC) || reading.gap(after: digit - 1).contains(UInt8(ascii: ","))
    else {
      return false
    }
    let surname = reading.bytes(first)
    return surnames.contains { $0.elementsEqual(surname) }
  }

  private static let surnames = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭蔡潘田董袁"
    .map { Array(String($0).utf8) }

  /// "Laura Sonn, a former teacher who …", "My name is Peter Brandt and I …" with no trade of public life anywhere.
  private static func isAboutNamedPrivateIndividual(_ reading: PersonaReading) -> Bool {
    var place = 0
    if reading.isWord(0, "i") && reading.isWord(1, "am") { place = 2 }
    if reading.isWord(0, "i'm") || reading.isWord(0, "meet") { place = 1 }
    if reading.isWord(0, "my") && reading.isWord(1, "name") { place = 3 }
    guard let end = NamesAndTitles.fullName(in: reading, at: place), end < reading.words.count else { return false }
    let gap = reading.gap(after: end - 1)
    let goesOn =
      gap.contains(UInt8(ascii: ",")) || gap.contains(UInt8(ascii: "(")) || reading.isWord(end, "is")
      || reading.isWord(end, "who") || reading.isWord(end, "and")
    guard goesOn else { return false }
    return !reading.words.contains { $0.kinds.contains(.publicRole) }
  }
}
