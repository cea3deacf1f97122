import PersonaRecords

/// One word of a text.
struct Token {
  /// Byte range in `TextScan.bytes`.
  var start: Int32
  var end: Int32
  /// Hash of the word in lower case (ASCII letters folded, others as they are).
  var hash: UInt64
  /// Hash of the singular, for domain keywords.
  var stem: UInt64
  var sentence: Int32
  var classes: Lexicon.Classes
  /// A phrase cannot go on from the word before to this one.
  var breakBefore: Bool
  var startsSentence: Bool
  var isCapitalised: Bool
  var isAllCapitals: Bool
  /// Begins with a digit, or is one letter alone.
  var isNumber: Bool
  /// In a line that asks something of the reader about the text ("Write a summary of the following article:").
  var isFrame: Bool
  /// In a line where nearly every word has a capital: capitals tell nothing there.
  var isInHeadline = false
}

/// A text cut into words, with mark-up, addresses and control characters gone.
struct TextScan {
  /// Beyond this the analyser does not look: topic and genre show long before.
  static let byteLimit = 6_000

  let bytes: [UInt8]
  /// Changed after the cut only to mark frames and headlines.
  var tokens: [Token] = []
  var frame = TextFrame()
  private(set) var sentenceCount = 0
  /// Lines of the cleaned text, as byte ranges.
  private(set) var lines: [Range<Int>] = []

  /// Whether a line says "Review:" of what follows.
  var hasReviewLabel = false
  /// What each token is in its sentence; empty until `tagged()` was asked for, since few texts need it.
  private(set) var readings: [Tagger.Reading] = []

  /// Whether words inside sentences have capitals at all.
  private(set) var hasCapitals = false

  init(_ text: String) {
    bytes = TextCleaner.cleaned(text, limit: Self.byteLimit)
    findLines()
    tokenize()
    markLeftovers()
    markFrames()
    hasCapitals = tokens.contains { $0.isCapitalised && !$0.startsSentence && !$0.isNumber && !$0.isFrame }
    markHeadlines()
  }

  /// The same text with a reading for each token.
  func tagged() -> TextScan {
    guard readings.isEmpty else { return self }
    var scan = self
    scan.readings = Tagger.readings(of: self)
    return scan
  }

  func text(of token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  private mutating func findLines() {
    var start = 0
    for place in bytes.indices where bytes[place] == 0x0A {
      lines.append(start..<place)
      start = place + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
  }

  private mutating func tokenize() {
    tokens.reserveCapacity(bytes.count / 5)
    let lexicon = Lexicon.shared
    var breakBefore = true
    var startsSentence = true
    var sentence: Int32 = 0
    var lineStart = 0
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if !ByteClass.isWord(byte) {
        switch byte {
        case 0x20, 0x09: break
        case 0x0A:
          // A hard-wrapped line goes on in the next one; a short line, a list item or an empty line does not.
          let length = place - lineStart
          let next = place + 1 < bytes.count ? bytes[place + 1] : 0x0A
          if length < 45 || next == 0x0A || next == 0x2D || next == 0x2A || next == 0x09 || next == 0x20 {
            breakBefore = true
            if !startsSentence { sentence += 1 }
            startsSentence = true
          }
          lineStart = place + 1
        case 0x2E, 0x21, 0x3F:
          breakBefore = true
          let next = place + 1 < bytes.count ? bytes[place + 1] : 0x20
          // "in Texas.Austin may": a space is lost.
          let isGlued =
            byte == 0x2E && next >= 0x41 && next <= 0x5A && place > 1 && bytes[place - 1] >= 0x61
            && bytes[place - 1] <= 0x7A
            && bytes[place - 2] >= 0x61 && bytes[place - 2] <= 0x7A
          if next == 0x20 || next == 0x0A || next == 0x22 || next == 0x5B || isGlued {
            if !startsSentence { sentence += 1 }
            startsSentence = true
          }
        default: breakBefore = true
        }
        place += 1
        continue
      }
      let start = place
      var hash = WordHash.start
      var stem = WordHash.start
      var beforeLast = WordHash.start
      var previous: UInt8 = 0
      var capitals = 0
      var digits = 0
      while place < bytes.count {
        var byte = bytes[place]
        if !ByteClass.isWord(byte) {
          // Inside a word: don't, part-time, 3.14
          let next = place + 1 < bytes.count ? bytes[place + 1] : 0
          let joins =
            (byte == 0x27 || byte == 0x2D) && ByteClass.isWord(next)
            || byte == 0x2E && previous >= 0x30
              && previous <= 0x39 && next >= 0x30 && next <= 0x39
          guard joins else { break }
        }
        if byte >= 0x41 && byte <= 0x5A {
          capitals += 1
          byte |= 0x20
        } else if byte >= 0x30 && byte <= 0x39 {
          digits += 1
        }
        beforeLast = stem
        stem = hash
        hash = WordHash.add(byte, to: hash)
        previous = byte
        place += 1
      }
      let end = place
      var tokenEnd = end
      // The possessive ending is no part of the word.
      if end - start > 2, bytes[end - 1] | 0x20 == 0x73, bytes[end - 2] == 0x27 {
        tokenEnd = end - 2
        hash = beforeLast
        stem = hash
      } else if previous != 0x73 || end - start < 4 || [0x73, 0x75, 0x69].contains(bytes[end - 2] | 0x20) {
        stem = hash
      } else if bytes[end - 2] | 0x20 == 0x65, end - start > 4 {
        // -ies is -y, -sses and -xes lose two letters.
        let third = bytes[end - 3] | 0x20
        if third == 0x69 {
          stem = WordHash.add(0x79, to: WordHash.of(lowered(start..<(end - 3))))
        } else if third == 0x6F && end - start > 6 || third == 0x78 || third == 0x73 && bytes[end - 4] | 0x20 == 0x73
          || third == 0x68
        {
          stem = beforeLast
        }
      }
      let length = tokenEnd - start
      let first = bytes[start]
      tokens.append(
        Token(
          start: Int32(start), end: Int32(tokenEnd), hash: hash, stem: stem, sentence: sentence,
          classes: lexicon.classes(of: hash), breakBefore: breakBefore, startsSentence: startsSentence,
          isCapitalised: first >= 0x41 && first <= 0x5A
            || first == 0xC3 && capitals == 0 && length > 2
              && bytes[start + 1] >= 0x80 && bytes[start + 1] <= 0x9E,
          isAllCapitals: capitals > 1 && capitals + digits >= length - 1,
          isNumber: digits > 0 && (first >= 0x30 && first <= 0x39 || digits * 2 > length) || length == 1, isFrame: false
        ))
      breakBefore = tokenEnd != end
      startsSentence = false
    }
    sentenceCount = Int(sentence) + 1
  }

  private func lowered(_ range: Range<Int>) -> [UInt8] {
    bytes[range].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  /// A headline that runs into its text: "Invasive Purple Weed May Meet Its Match (AP) AP - They burned it".
  private mutating func markLeadingHeadline() {
    guard let first = tokens.firstIndex(where: { !$0.isFrame }) else { return }
    var capitals = 0
    var end = first
    while end < tokens.count, end - first < 16 {
      if tokens[end].isCapitalised {
        capitals += 1
      } else if tokens[end].end - tokens[end].start > 3, !tokens[end].isNumber {
        break
      }
      end += 1
    }
    guard capitals >= 4, capitals * 2 > end - first else { return }
    for place in first..<end { tokens[place].isInHeadline = true }
  }

  private mutating func markHeadlines() {
    markLeadingHeadline()
    var first = 0
    while first < tokens.count {
      var capitals = 0
      var small = 0
      var last = first
      while last < tokens.count, tokens[last].sentence == tokens[first].sentence {
        if tokens[last].isCapitalised {
          capitals += 1
        } else if tokens[last].end - tokens[last].start > 3, !tokens[last].isNumber {
          small += 1
        }
        last += 1
      }
      if capitals >= 3, small * 3 < capitals {
        for place in first..<last { tokens[place].isInHeadline = true }
      }
      first = last
    }
  }
}

/// Which bytes make words.
enum ByteClass {
  @inline(__always) static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
  }
}
