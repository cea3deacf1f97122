/// Guesses the language of a text from its script, its function words and its telling letters.
///
/// The first 1,000 scalars decide. A script that one language writes almost alone decides at once (Thai, Greek,
/// Georgian …); in shared scripts each language of `LanguageProfiles` collects a point per word that is one of its
/// function words and half a point per letter that few languages have, less where several languages claim it. The
/// best wins when it covers enough of the words and leads the second clearly; otherwise the answer is `""`.
package enum LanguageGuess {
  /// ISO 639-1 code (639-3 where there is none) of the text's language, or `""` when unsure.
  /// - Complexity: O(1): at most 1,000 scalars are looked at.
  package static func language(of text: String) -> String {
    let sample = Sample(text)
    let script = sample.dominantScript
    switch script {
    case .han, .kana:
      // Japanese mixes both; a Chinese text has no kana but for a stray name.
      return sample.count(.kana) * 12 > sample.count(.han) ? "ja" : "zh"
    case .latin, .cyrillic, .arabic, .devanagari:
      return index.language(of: sample, in: script)
    case .hebrew:
      return sample.contains([0x5F0, 0x5F1, 0x5F2]) ? "yi" : "he"
    case .bengali:
      return sample.contains([0x9F0, 0x9F1]) ? "as" : "bn"
    default:
      return soleLanguages[script] ?? ""
    }
  }

  /// The script most letters of the text's start are in; `.other` when there are no letters.
  ///
  /// Japanese counts as `.kana` as soon as kana are a fair share, although most of its letters may be Han.
  package static func script(of text: String) -> Script {
    Sample(text).dominantScript
  }

  /// The most frequent function words of a language, lower case; none for a language without a profile.
  package static func functionWords(of language: String) -> [String] {
    for line in LanguageProfiles.table.split(separator: "\n") where line.hasPrefix(language + "\t") {
      return line.split(separator: "\t")[2].split(separator: " ").map { String($0) }
    }
    return []
  }

  /// Scripts that (almost) only one language of the living ones is written in.
  private static let soleLanguages: [Script: String] = [
    .greek: "el", .armenian: "hy", .syriac: "syr", .thaana: "dv", .nko: "nqo", .gurmukhi: "pa", .gujarati: "gu",
    .oriya: "or", .tamil: "ta", .telugu: "te", .kannada: "kn", .malayalam: "ml", .sinhala: "si", .thai: "th",
    .lao: "lo", .tibetan: "bo", .myanmar: "my", .georgian: "ka", .hangul: "ko", .ethiopic: "am", .cherokee: "chr",
    .aboriginal: "iu", .khmer: "km", .mongolian: "mn", .tifinagh: "zgh", .vai: "vai", .yi: "ii", .olChiki: "sat",
    .balinese: "ban", .javanese: "jv",
  ]

  private static let index = ProfileIndex(LanguageProfiles.table)
}

/// The start of a text: its scalars with letters folded to lower case, and how many are of each script.
struct Sample {
  static let length = 1_000

  private(set) var scalars: [UInt32] = []
  private var counts = [Int](repeating: 0, count: Script.allCases.count)

  init(_ text: String) {
    // The bytes of one run in one copy; walking the string's own scalars takes five times as long.
    let bytes = Array(text.utf8.prefix(Self.length * 3))
    scalars.reserveCapacity(Self.length + 1)
    var counts = counts
    var place = 0
    while place < bytes.count && scalars.count < Self.length {
      let first = bytes[place]
      if first < 0x80 {
        let isLetter = first | 0x20 >= 0x61 && first | 0x20 <= 0x7A
        let isCapital = isLetter && first < 0x61
        counts[isLetter ? Script.latin.rawValue : Script.other.rawValue] += 1
        scalars.append(UInt32(isCapital ? first | 0x20 : first))
        place += 1
        continue
      }
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard place + length <= bytes.count else { break }
      var value = UInt32(first) & (0x7F >> UInt32(length))
      for byte in bytes[(place + 1)..<(place + length)] { value = value << 6 | UInt32(byte & 0x3F) }
      place += length
      if let scalar = Unicode.Scalar(value) { counts[Script(of: scalar).rawValue] += 1 }
      scalars.append(Self.folded(value))
    }
    // A last space ends the last word.
    scalars.append(0x20)
    self.counts = counts
  }

  func count(_ script: Script) -> Int { counts[script.rawValue] }

  func contains(_ wanted: [UInt32]) -> Bool { scalars.contains { wanted.contains($0) } }

  var dominantScript: Script {
    let kana = count(.kana)
    if kana > 0, kana * 12 > count(.han), kana + count(.han) >= count(.latin) { return .kana }
    var best = Script.other
    var most = 0
    for script in Script.allCases where script != .other && count(script) > most {
      best = script
      most = count(script)
    }
    return best
  }

  /// Lower case for the letters of the profiles; other scalars stay.
  static func folded(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x41...0x5A: value + 32
    case 0x00...0xBF: value
    case 0xC0...0xD6, 0xD8...0xDE: value + 32
    case 0x100...0x137, 0x14A...0x177: value | 1
    case 0x139...0x148, 0x179...0x17E: value & 1 == 1 ? value + 1 : value
    case 0x1A0, 0x218, 0x21A, 0x1E00...0x1EFF: value | 1
    case 0x1AF: value + 1
    case 0x18F: 0x259
    case 0x391...0x3A9: value + 32
    case 0x400...0x40F: value + 80
    case 0x410...0x42F: value + 32
    case 0x460...0x481, 0x490...0x4BF, 0x4D0...0x52F: value | 1
    case 0x2019: 0x27
    default: value
    }
  }
}
