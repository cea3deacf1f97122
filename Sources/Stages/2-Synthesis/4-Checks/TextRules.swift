import Languages
import PersonaRecords
import SimilarityKernels

/// HTML in a text that a browser would run or draw.
enum Markup {
  private static let traces = [
    "<script", "</script", "<iframe", "<object", "<embed", "<style", "<link ", "<meta ", "<svg", "<img", "<form",
    "javascript:", "onerror=", "onload=", "onclick=", "onmouseover=",
  ]

  static func find(in text: String) -> String? {
    let lower = Array(text.lowercased().utf8)
    return traces.first { PlainSearch.first(Array($0.utf8), in: lower) != nil }
  }
}

/// A model that goes round in circles.
enum Repetition {
  /// The bytes of a mark at which a sentence ends: `.`, `!`, `?`, a line end, `。`, `！`, `？`; 0 where none stands.
  private static func endLength(_ bytes: [UInt8], at place: Int) -> Int {
    switch bytes[place] {
    case 0x2E, 0x21, 0x3F, 0x0A, 0x0D: return 1
    case 0xE3: return place + 2 < bytes.count && bytes[place + 1] == 0x80 && bytes[place + 2] == 0x82 ? 3 : 0
    case 0xEF:
      guard place + 2 < bytes.count, bytes[place + 1] == 0xBC else { return 0 }
      return bytes[place + 2] == 0x81 || bytes[place + 2] == 0x9F ? 3 : 0
    default: return 0
    }
  }

  /// A sentence three times, or up to eight words five times in a row; nil when there is neither.
  static func find(in text: String) -> String? {
    let bytes = Array(text.utf8)
    var counts: [UInt64: Int] = [:]
    var start = 0
    var place = 0
    while place <= bytes.count {
      let end = place == bytes.count ? 1 : endLength(bytes, at: place)
      place += max(end, 1)
      guard end > 0 else { continue }
      let sentence = bytes[start..<(place - end)].drop { $0 == 0x20 || $0 == 0x09 }
      start = place
      guard sentence.count >= 20 else { continue }
      let hash = StableHash.of(sentence)
      counts[hash, default: 0] += 1
      if counts[hash] == 3 { return "\"\(String(decoding: sentence, as: UTF8.self).cut(to: 60))\" three times" }
    }
    let words = Array(orderedWordHashes(of: text))
    for length in 1...8 where words.count >= length * 5 {
      var equal = 0
      for place in length..<words.count {
        equal = words[place] == words[place - length] ? equal + 1 : 0
        if equal == length * 4 { return "the same \(length == 1 ? "word" : "\(length) words") five times in a row" }
      }
    }
    return nil
  }
}

/// Whether words stand in a text as words, in the singular or with the English s of many.
enum WordSearch {
  static func stands(_ phrase: String, in text: String) -> Bool {
    [phrase, phrase + "s", phrase + "es"].contains { isThere($0, in: text) }
  }

  private static func isThere(_ phrase: String, in text: String) -> Bool {
    let wanted = Array(orderedWordHashes(of: phrase))
    let words = Array(orderedWordHashes(of: text))
    guard let first = wanted.first, words.count >= wanted.count else { return false }
    return (0...(words.count - wanted.count)).contains { start in
      words[start] == first && words[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }
}

/// A scene in lines of speech.
enum Scene {
  /// What keeps it from being one; nil when nothing does. Lines without a speaker are stage directions.
  static func mistake(in text: String, limits: [String: Double]) -> String? {
    var turns = 0
    var speakers: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) {
      let plain = line.drop { $0.isWhitespace || "*_->".contains($0) }
      guard let colon = plain.firstIndex(where: { $0 == ":" || $0 == "：" }) else { continue }
      let name = plain[..<colon].filter { $0 != "*" && $0 != "_" }.lowercased().collapsingWhitespace()
      guard !name.isEmpty, name.split(separator: " ").count <= 6 else { continue }
      guard !plain[colon...].dropFirst().allSatisfy({ $0.isWhitespace || $0 == "*" }) else { continue }
      turns += 1
      speakers.insert(name)
    }
    if let minimum = limits["minimum"], Double(turns) < minimum { return "\(turns) lines of speech" }
    if let maximum = limits["maximum"], Double(turns) > maximum { return "\(turns) lines of speech" }
    if let wanted = limits["speakers"], Double(speakers.count) != wanted { return "\(speakers.count) speakers" }
    return nil
  }
}

/// Languages by the names recipes use.
enum LanguageNames {
  private static let codes: [String: String] = [
    "English": "en", "Chinese": "zh", "Spanish": "es", "French": "fr", "German": "de", "Portuguese": "pt",
    "Italian": "it", "Dutch": "nl", "Polish": "pl", "Russian": "ru", "Ukrainian": "uk", "Turkish": "tr",
    "Arabic": "ar", "Persian": "fa", "Hindi": "hi", "Bengali": "bn", "Japanese": "ja", "Korean": "ko",
    "Vietnamese": "vi", "Thai": "th", "Indonesian": "id", "Swedish": "sv", "Greek": "el", "Hebrew": "he",
  ]

  static var known: Set<String> { Set(codes.keys).union(["persona"]) }

  /// A text of another language than the one wanted; nil when it is the right one, or when there is no telling.
  static func mismatch(_ text: String, wanted: String, persona: String) -> String? {
    let code = wanted == "persona" ? LanguageGuess.language(of: persona) : codes[wanted] ?? ""
    let found = LanguageGuess.language(of: text)
    guard !code.isEmpty, !found.isEmpty, code != found else { return nil }
    return "it looks like \"\(found)\", and \"\(code)\" is asked"
  }
}
