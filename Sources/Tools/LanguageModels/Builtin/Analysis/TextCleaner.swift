/// Turns a text into bytes that hold words, spaces and plain punctuation only.
///
/// Gone are mark-up (`<b>`, `&amp;`, LaTeX commands), addresses (web, mail), control characters, zero-width and
/// direction marks, emoji and other symbols; typographic quotes and dashes become their ASCII kin.
enum TextCleaner {
  /// Stands where something was taken out: no phrase and no quotation goes across it.
  static let lost: UInt8 = 0x5E

  static func cleaned(_ text: String, limit: Int) -> [UInt8] {
    // A scalar may straddle the cut; the decoder below drops what is incomplete.
    let source = Array(text.utf8.prefix(limit))
    var result: [UInt8] = []
    result.reserveCapacity(source.count + 1)
    var place = 0
    while place < source.count {
      let byte = source[place]
      switch byte {
      case 0x3C:
        place = tagEnd(source, place, into: &result)
      case 0x26:
        place = entityEnd(source, place, into: &result)
      case 0x5C:
        // A LaTeX command, or an escape: neither is a word.
        place += 1
        let start = place
        while place < source.count, ByteClass.isWord(source[place]), source[place] < 0x80 { place += 1 }
        if place - start > 1 { result.append(lost) }
        result.append(0x20)
      case 0x0D:
        if !(place + 1 < source.count && source[place + 1] == 0x0A) { result.append(0x0A) }
        place += 1
      case 0x0A, 0x09, 0x20...0x7E:
        // " @-@ ", " @,@ ": how some corpora write a mark inside a word.
        if byte == 0x40, place + 2 < source.count, source[place + 2] == 0x40,
          [0x2D, 0x2C, 0x2E].contains(source[place + 1])
        {
          if result.last == 0x20 { result.removeLast() }
          if source[place + 1] != 0x2C { result.append(source[place + 1]) }
          place += place + 3 < source.count && source[place + 3] == 0x20 ? 4 : 3
          continue
        }
        let isFresh = result.last.map { !ByteClass.isWord($0) } ?? true
        if isFresh, let end = addressEnd(source, place) {
          place = end
          result.append(lost)
        } else {
          result.append(byte == 0x09 ? 0x20 : byte)
          place += 1
        }
      case 0x00...0x1F, 0x7F:
        result.append(0x20)
        place += 1
      default:
        place = scalarEnd(source, place, into: &result)
      }
    }
    return result
  }

  private static func tagEnd(_ source: [UInt8], _ place: Int, into result: inout [UInt8]) -> Int {
    let next = place + 1 < source.count ? source[place + 1] : 0
    let opens = next == 0x2F || next == 0x21 || next >= 0x61 && next <= 0x7A || next >= 0x41 && next <= 0x5A
    if opens, let end = source[place...].prefix(300).firstIndex(of: 0x3E) {
      let name = next | 0x20
      // `<unk>` stands for a word that is lost: no phrase goes across it.
      if name == 0x75, end - place == 4 {
        result += [lost, 0x20]
        return end + 1
      }
      result.append(name == 0x62 || name == 0x70 || name == 0x64 || next == 0x2F ? 0x0A : 0x20)
      return end + 1
    }
    result.append(lost)
    return place + 1
  }

  private static func entityEnd(_ source: [UInt8], _ place: Int, into result: inout [UInt8]) -> Int {
    if let end = source[place...].prefix(9).firstIndex(of: 0x3B), end > place + 1 {
      switch String(decoding: source[(place + 1)..<end], as: UTF8.self) {
      case "amp": result += [0x20, 0x26, 0x20]
      case "quot": result.append(0x22)
      case "#39", "apos", "rsquo", "lsquo": result.append(0x27)
      default: result.append(0x20)
      }
      return end + 1
    }
    result.append(0x26)
    return place + 1
  }

  /// The end of a web or mail address, a tokeniser's bracket or a telephone number that starts here.
  private static func addressEnd(_ source: [UInt8], _ place: Int) -> Int? {
    let first = source[place] | 0x20
    guard first >= 0x61 && first <= 0x7A || ByteClass.isWord(source[place]) || first == 0x2D || source[place] == 0x2B
    else { return nil }
    var end = place
    var hasAt = false
    var hasSlashes = false
    var digits = 0
    while end < source.count, source[end] > 0x20, source[end] != 0x3C {
      if source[end] == 0x40 { hasAt = true }
      if source[end] == 0x2F, end > place, source[end - 1] == 0x2F { hasSlashes = true }
      if source[end] >= 0x30 && source[end] <= 0x39 { digits += 1 }
      end += 1
      if end - place > 200 { break }
    }
    let word = source[place..<end]
    let isBracket = word.count == 5 && word.first == 0x2D && word.last == 0x2D
    // "space.com": the name of a site.
    if word.count > 6, word.suffix(4).elementsEqual(".com".utf8) { return end }
    if hasAt || hasSlashes || digits >= 9 || isBracket || word.starts(with: "www.".utf8) { return end }
    return nil
  }

  private static func scalarEnd(_ source: [UInt8], _ place: Int, into result: inout [UInt8]) -> Int {
    let first = source[place]
    let length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, place + length <= source.count else {
      result.append(0x20)
      return place + 1
    }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in source[(place + 1)..<(place + length)] { value = value << 6 | UInt32(byte & 0x3F) }
    switch value {
    case 0x2018, 0x2019, 0x2BC, 0x2B9: result.append(0x27)
    case 0x201C...0x201F, 0xAB, 0xBB: result.append(0x22)
    case 0x2010, 0x2011: result.append(0x2D)
    case 0x2026: result += [lost, 0x20]
    case 0x2012...0x2015: result += [0x20, 0x2D, 0x20]
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFE00...0xFE0F, 0x61C: break
    case 0x3002, 0xFF01, 0xFF1F, 0x964, 0x965, 0x61F, 0x6D4, 0x1362, 0xFF0E: result += [0x2E, 0x20]
    case 0x3001, 0xFF0C, 0x60C, 0x61B, 0xFF1A, 0xFF1B, 0x300A...0x3011, 0xFF08, 0xFF09: result += [0x2C, 0x20]
    case 0x80...0xBF where value != 0xAA && value != 0xB5 && value != 0xBA && value != 0xB7: result += [lost, 0x20]
    case 0xD7, 0xF7, 0x2000...0x206F, 0x3000...0x3004, 0xFF00...0xFF0F, 0xFFF0...0xFFFF: result.append(0x20)
    case 0x2070...0x2BFF, 0xE000...0xF8FF, 0x1_F000...0x1_FFFF, 0xE_0000...0x10_FFFF, 0x80...0x9F:
      result += [lost, 0x20]
    default: result += source[place..<(place + length)]
    }
    return place + length
  }
}
