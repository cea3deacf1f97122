/// Folds a text and cuts it into words in one pass over its bytes.
struct TextReader {
  private(set) var folded: [UInt8] = []
  private(set) var words: [PersonaReading.Word] = []
  private(set) var counts = PersonaReading.Counts()
  private(set) var signs: PersonaReading.Signs = []

  private let bytes: [UInt8]
  private let wordBook: WordBook
  private var position = 0
  private var wordStart = -1
  private var wordHash = WordBook.hashSeed
  private var wordTail: UInt64 = 0
  private var wordHasVowel = false
  private var wordIsCapitalised = false
  private var isJoined = false

  init(_ bytes: [UInt8], wordBook: WordBook) {
    self.bytes = bytes
    self.wordBook = wordBook
    folded.reserveCapacity(bytes.count)
    words.reserveCapacity(bytes.count / 5 + 1)
  }

  mutating func read() {
    while position < bytes.count {
      if bytes[position] < 0x80 { readASCIIRun() } else { readScalar(bytes[position]) }
    }
    endWord()
  }

  /// All ASCII up to the next other byte. Folding keeps its length, so the run is copied whole and lowered in place.
  private mutating func readASCIIRun() {
    var place = position
    var end = place
    while end < bytes.count, bytes[end] < 0x80 { end += 1 }
    let shift = folded.count - place
    // One load of the global, not one per byte.
    let kinds = ASCIIKind.of
    let run = bytes[place..<end].map { $0.isASCIILetter ? $0 | 0x20 : $0 }
    folded.append(contentsOf: run)
    while place < end {
      // The bytes of one word, or none.
      let wordBegin = place
      var hash = wordHash
      var tail = wordTail
      var hasVowel = wordHasVowel
      var digits = 0
      while place < end {
        let byte = run[place - position]
        let kind = kinds[Int(byte)]
        if kind < ASCIIKind.apostrophe {
          if kind == ASCIIKind.digit { digits += 1 } else if kind == ASCIIKind.vowel { hasVowel = true }
        } else if kind == ASCIIKind.apostrophe && (place > wordBegin || wordStart >= 0) && place + 1 < bytes.count
          && bytes[place + 1].isASCIILetter
        {
          counts.others += 1
          counts.letters -= 1
        } else {
          break
        }
        hash = WordBook.hash(hash, byte)
        tail = tail << 8 | UInt64(byte)
        place += 1
      }
      if place > wordBegin {
        beginWord(at: wordBegin + shift, isCapital: bytes[wordBegin].isASCIILetter && bytes[wordBegin] < 0x61)
        counts.digits += digits
        counts.letters += place - wordBegin - digits
        wordHash = hash
        wordTail = tail
        wordHasVowel = hasVowel
      }
      guard place < end else { break }
      endWord(at: place + shift)
      let byte = bytes[place]
      let isSpace = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
      if isSpace { counts.spaces += 1 } else { note(byte) }
      isJoined = byte == UInt8(ascii: "-")
      if byte == 0x09 || byte == 0x0D { folded[place + shift] = 0x20 }
      place += 1
    }
    position = end
  }

  /// A byte that is neither letter, digit nor white space.
  private mutating func note(_ byte: UInt8) {
    counts.others += 1
    switch byte {
    case UInt8(ascii: "@"): signs.insert(.at)
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "<"): signs.insert(.bracket)
    case 0..<0x20, 0x7F: signs.insert(.control)
    default: break
    }
  }

  private mutating func readScalar(_ first: UInt8) {
    signs.insert(.beyondASCII)
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let end = min(position + length, bytes.count)
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for place in (position + 1)..<max(end, position + 1) { value = value << 6 | UInt32(bytes[place] & 0x3F) }
    switch ScalarKind(value) {
    case .letter:
      counts.letters += 1
      beginWord(at: folded.count, isCapital: Self.isCapital(value))
      // Letters beyond ASCII may be vowels; words with them are not looked at for missing ones.
      wordHasVowel = true
      appendLetter(value, end)
    case .mark:
      // Vowel signs and accents belong to the letter before; they say nothing when counted.
      if wordStart >= 0 { appendBytes(to: end, hashing: true) } else { appendBytes(to: end, hashing: false) }
    case .unspacedLetter:
      counts.letters += 1
      counts.unspaced += 1
      endWord()
      isJoined = false
      let start = folded.count
      appendBytes(to: end, hashing: true)
      words.append(
        PersonaReading.Word(
          range: start..<folded.count, hash: wordHash, tail: wordTail, kinds: [], isCapitalised: false, isJoined: false,
          isUnspaced: true, hasVowel: true))
      wordHash = WordBook.hashSeed
      wordTail = 0
    case .apostrophe:
      counts.others += 1
      if wordStart >= 0 && end < bytes.count && bytes[end].isASCIILetter {
        append(UInt8(ascii: "'"))
      } else {
        endWord()
        folded.append(UInt8(ascii: "'"))
      }
    case .quotationMark:
      counts.others += 1
      endWord()
      folded.append(UInt8(ascii: "\""))
    case .space:
      counts.spaces += 1
      endWord()
      folded.append(UInt8(ascii: " "))
    case .other:
      counts.others += 1
      endWord()
      isJoined = value == 0x2010 || value == 0x2011
      appendBytes(to: end, hashing: false)
    }
    position = end
  }

  // MARK: Words

  private mutating func beginWord(at start: Int, isCapital: Bool) {
    guard wordStart < 0 else { return }
    wordStart = start
    wordIsCapitalised = isCapital
  }

  private mutating func endWord() { endWord(at: folded.count) }

  private mutating func endWord(at end: Int) {
    guard wordStart >= 0 else { return }
    words.append(
      PersonaReading.Word(
        range: wordStart..<end, hash: wordHash, tail: wordTail, kinds: wordBook.kinds(of: wordHash),
        isCapitalised: wordIsCapitalised, isJoined: isJoined, isUnspaced: false, hasVowel: wordHasVowel))
    wordStart = -1
    wordHash = WordBook.hashSeed
    wordTail = 0
    wordHasVowel = false
    isJoined = false
  }

  private mutating func append(_ byte: UInt8) {
    folded.append(byte)
    wordHash = WordBook.hash(wordHash, byte)
    wordTail = wordTail << 8 | UInt64(byte)
  }

  private mutating func appendBytes(to end: Int, hashing: Bool) {
    for place in position..<end {
      folded.append(bytes[place])
      guard hashing else { continue }
      wordHash = WordBook.hash(wordHash, bytes[place])
      wordTail = wordTail << 8 | UInt64(bytes[place])
    }
  }

  private mutating func appendLetter(_ value: UInt32, _ end: Int) {
    let lower = Self.lowered(value)
    guard lower != value else { return appendBytes(to: end, hashing: true) }
    append(UInt8(0xC0 | lower >> 6))
    append(UInt8(0x80 | lower & 0x3F))
  }

  // MARK: Letters

  private static func isCapital(_ value: UInt32) -> Bool {
    lowered(value) != value || (value >= 0x100 && value <= 0x17F && value % 2 == 0)
  }

  /// Lower case for Latin-1, Greek and Cyrillic capitals; both cases take two bytes.
  private static func lowered(_ value: UInt32) -> UInt32 {
    switch value {
    case 0xC0...0xDE where value != 0xD7: value + 0x20
    case 0x391...0x3A9: value + 0x20
    case 0x410...0x42F: value + 0x20
    case 0x400...0x40F: value + 0x50
    default: value
    }
  }
}

/// What an ASCII byte is to the reader.
enum ASCIIKind {
  static let consonant: UInt8 = 0
  static let vowel: UInt8 = 1
  static let digit: UInt8 = 2
  /// Inside of a word when a letter follows.
  static let apostrophe: UInt8 = 3
  static let other: UInt8 = 4

  static let of: [UInt8] = (0..<128).map { (byte: UInt8) in
    if byte == UInt8(ascii: "'") { return apostrophe }
    if byte.isASCIIDigit { return digit }
    guard byte.isASCIILetter else { return other }
    return "aeiouy".utf8.contains(byte | 0x20) ? vowel : consonant
  }
}

/// What a scalar beyond ASCII is to the reader.
enum ScalarKind {
  case letter, unspacedLetter, mark, apostrophe, quotationMark, space, other

  init(_ value: UInt32) {
    switch value {
    case 0x80...0x9F, 0xA1...0xA9, 0xAC...0xB4, 0xB6...0xB9, 0xBC...0xBF, 0xD7, 0xF7:
      self = .other
    case 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x3000:
      self = .space
    case 0xAB, 0xBB, 0x201C...0x201F, 0x300C...0x300F, 0xFF02:
      self = .quotationMark
    case 0x2018, 0x2019, 0x02BC:
      self = .apostrophe
    case 0x300...0x36F, 0x591...0x5C7, 0x64B...0x65F, 0x900...0x903, 0x93A...0x94F, 0x981...0x983, 0x9BC...0x9CD,
      0x200C, 0x200D, 0xFE00...0xFE0F, 0xE31, 0xE34...0xE3A, 0xE47...0xE4E:
      self = .mark
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3041...0x30FA, 0x30FC...0x30FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      self = .unspacedLetter
    case 0x200B...0x207E, 0x2080...0x209F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x3001...0x303F,
      0xE000...0xF8FF, 0xFE10...0xFE6F, 0xFEFF, 0xFF00...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0xFFE0...0xFFFF,
      0x1F000...0x1FAFF:
      self = .other
    case 0x055A...0x055F, 0x589, 0x5BE, 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4, 0x964, 0x965:
      self = .other
    default:
      self = .letter
    }
  }
}
