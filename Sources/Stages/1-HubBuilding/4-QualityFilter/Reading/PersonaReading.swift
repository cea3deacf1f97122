/// One persona's text, read once for all rules: folded bytes, words, counts, phrases.
///
/// Folding lowers letters (ASCII, Latin-1, Greek, Cyrillic), makes every kind of quotation mark `"` or `'`, and
/// white space a space. Scripts written without spaces give one word per character, as for dedup.
struct PersonaReading {
  struct Word {
    /// Bytes in the folded text.
    let range: Range<Int>
    let hash: UInt64
    /// The last eight bytes.
    let tail: UInt64
    let kinds: WordKinds
    let isCapitalised: Bool
    /// Joined to the word before by a hyphen.
    let isJoined: Bool
    let isUnspaced: Bool
    /// One of a, e, i, o, u, y, or a letter beyond ASCII.
    let hasVowel: Bool

    func ends(in ending: WordEnding) -> Bool { tail & ending.mask == ending.bytes }
  }

  /// Signs seen on the way, so that a rule which needs one need not look for it.
  struct Signs: OptionSet {
    let rawValue: UInt8
    static let at = Signs(rawValue: 1)
    static let bracket = Signs(rawValue: 2)
    static let control = Signs(rawValue: 4)
    static let beyondASCII = Signs(rawValue: 8)
  }

  /// How many scalars of each kind the text has.
  struct Counts {
    var letters = 0
    var unspaced = 0
    var digits = 0
    var spaces = 0
    var others = 0

    var all: Int { letters + digits + spaces + others }
    /// More than half of the letters are of scripts written without spaces.
    var isUnspaced: Bool { unspaced * 2 > letters }
  }

  let original: [UInt8]
  let folded: [UInt8]
  let words: [Word]
  let counts: Counts
  let signs: Signs
  private let phrases: PhraseFinder
  private let hits: [PhraseFinder.Hit]

  init(_ text: String, phrases: PhraseFinder, wordBook: WordBook) {
    original = Array(text.utf8)
    var reader = TextReader(original, wordBook: wordBook)
    reader.read()
    folded = reader.folded
    words = reader.words
    counts = reader.counts
    signs = reader.signs
    self.phrases = phrases
    hits = phrases.hits(in: folded)
  }

  /// The folded text of one word.
  func bytes(_ word: Word) -> ArraySlice<UInt8> { folded[word.range] }

  func isWord(_ place: Int, _ spelling: StaticString) -> Bool {
    guard place < words.count else { return false }
    return words[place].hash == WordBook.hash(of: spelling)
  }

  /// The byte at a place of the folded text, 0 outside of it.
  func byte(_ position: Int) -> UInt8 { folded.indices.contains(position) ? folded[position] : 0 }

  /// The first byte that is no white space and does not open a quotation, a list or an emphasis.
  var contentStart: Int {
    var position = 0
    while position < folded.count, folded[position] < 0x80, !folded[position].isASCIILetterOrDigit { position += 1 }
    return position
  }

  /// What stands between two neighbouring words.
  func gap(after place: Int) -> ArraySlice<UInt8> {
    let end = words[place].range.upperBound
    let next = place + 1 < words.count ? words[place + 1].range.lowerBound : folded.count
    return folded[end..<max(end, next)]
  }

  // MARK: Phrases

  /// Whether a phrase of this rule stands where it counts: at its anchor, as whole words, and not inside a quotation.
  func hasPhrase(of rule: Rule) -> Bool {
    !hits.isEmpty && hits.contains { phrases.phrases[$0.phrase].rule == rule && counts($0) }
  }

  private func counts(_ hit: PhraseFinder.Hit) -> Bool {
    let phrase = phrases.phrases[hit.phrase]
    let start = hit.end - phrase.byteCount
    if !phrase.beginsUnspaced, byte(start).isLetterStart, isLetter(before: start) { return false }
    if !phrase.endsUnspaced, !phrase.isPrefix, byte(hit.end - 1).isLetterPart, isLetter(at: hit.end) {
      return false
    }
    switch phrase.anchor {
    case .textStart: if start > contentStart { return false }
    case .sentenceStart: if start > contentStart && !isSentenceStart(start) { return false }
    case .anywhere: break
    }
    return phrase.rule == .templateLeftover || !isQuoted(start)
  }

  private func isLetter(at position: Int) -> Bool {
    // The Arabic comma, semicolon and question mark.
    if byte(position) == 0xD8, [0x8C, 0x9B, 0x9F].contains(byte(position + 1)) { return false }
    return byte(position).isLetterStart
  }

  private func isLetter(before position: Int) -> Bool {
    guard position > 0 else { return false }
    var place = position - 1
    while place > 0 && folded[place] & 0xC0 == 0x80 { place -= 1 }
    return folded[place].isLetterStart
  }

  private func isSentenceStart(_ position: Int) -> Bool {
    var place = position - 1
    while place >= 0 && (folded[place] == UInt8(ascii: " ") || folded[place] == UInt8(ascii: "\"")) { place -= 1 }
    guard place >= 0 else { return true }
    switch folded[place] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "\n"): return true
    // The last bytes of the full-width 。！？：
    case 0x82, 0x81, 0x9F, 0x9A: return place >= 2 && (folded[place - 2] == 0xE3 || folded[place - 2] == 0xEF)
    default: return false
    }
  }

  /// Whether a quotation is open at a place; one that opens the text is not counted, for models put whole replies
  /// into quotation marks.
  private func isQuoted(_ position: Int) -> Bool {
    var isOpen = false
    for place in contentStart..<max(contentStart, position) where folded[place] == UInt8(ascii: "\"") {
      isOpen.toggle()
    }
    return isOpen
  }
}

extension UInt8 {
  var isASCIILetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
  var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
  /// First byte of a letter of a script with words between spaces: ASCII, or a scalar of two bytes beyond Latin-1 signs.
  var isLetterStart: Bool { isASCIILetterOrDigit || (self >= 0xC3 && self <= 0xDF) }
  var isLetterPart: Bool { isASCIILetterOrDigit || self >= 0x80 }
}

/// Up to eight bytes at the end of a word.
struct WordEnding: ExpressibleByStringLiteral, Sendable {
  let bytes: UInt64
  let mask: UInt64

  init(stringLiteral ending: String) {
    bytes = ending.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    mask = ending.utf8.count >= 8 ? .max : 1 << UInt64(ending.utf8.count * 8) - 1
  }

  static let possessive: WordEnding = "'s"
  static let ing: WordEnding = "ing"
}
