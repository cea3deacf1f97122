/// `garbled`: text read in the wrong encoding, random letters, or hardly any letters at all.
enum GarbledRule {
  static func isBroken(by reading: PersonaReading) -> Bool {
    hasFewLetters(reading.counts)
      || (reading.signs.contains(.beyondASCII) && isMisread(reading.original)) || isMashed(reading)
  }

  /// Fewer than half of what is printed are letters.
  private static func hasFewLetters(_ counts: PersonaReading.Counts) -> Bool {
    counts.letters < counts.digits + counts.others
  }

  /// Traces of UTF-8 that was read as Latin-1 or Windows-1252 ("Ã©", "â€™", "Ð¿Ñ€"), of GBK mix-ups, or of characters
  /// that were replaced because they could not be read.
  private static func isMisread(_ bytes: [UInt8]) -> Bool {
    var position = 0
    while position + 2 < bytes.count {
      defer { position += 1 }
      switch bytes[position] {
      // U+00C2…U+00DF, as first byte of a two-byte character, followed by U+0080…U+00BF; a quotation mark or a
      // no-break space may well follow a capital letter.
      case 0xC3 where (0x82...0x9F).contains(bytes[position + 1]) && bytes[position + 2] == 0xC2:
        guard position + 3 < bytes.count else { continue }
        let follower = bytes[position + 3]
        if follower != 0xA0 && follower != 0xAB && follower != 0xBB && follower != 0xB7 { return true }
      // "â€": the start of every curly quotation mark and dash; "ã€" and "ï¼": of East Asian punctuation.
      case 0xC3 where bytes[position + 1] == 0xA2 || bytes[position + 1] == 0xA3:
        guard position + 4 < bytes.count else { continue }
        if bytes[position + 2] == 0xE2 && bytes[position + 3] == 0x82 && bytes[position + 4] == 0xAC { return true }
      // U+FFFD.
      case 0xEF where bytes[position + 1] == 0xBF && bytes[position + 2] == 0xBD: return true
      // "锟斤": U+FFFD twice, read as GBK.
      case 0xE9 where bytes[position + 1] == 0x94 && bytes[position + 2] == 0x9F:
        guard position + 5 < bytes.count else { continue }
        if bytes[position + 3] == 0xE6 && bytes[position + 4] == 0x96 && bytes[position + 5] == 0xA4 { return true }
      default: break
      }
    }
    return false
  }

  /// At least half of the longer words, and two at the least, have no vowel: "sdfgh jklzx qwrtp".
  private static func isMashed(_ reading: PersonaReading) -> Bool {
    var long = 0
    var withoutVowel = 0
    for word in reading.words where word.range.count >= 4 && !word.isUnspaced {
      long += 1
      // Abbreviations are capitals, numbers have digits.
      guard !word.hasVowel, !word.isCapitalised else { continue }
      if reading.bytes(word).allSatisfy(\.isASCIILetter) { withoutVowel += 1 }
    }
    return withoutVowel >= 2 && withoutVowel * 2 >= long
  }
}
