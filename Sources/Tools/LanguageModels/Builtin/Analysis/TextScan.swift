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
  private(set) var tokens: [Token] = []
  private(set) var sentenceCount = 0
  /// Lines of the cleaned text, as byte ranges.
  private(set) var lines: [Range<Int>] = []

  init(_ text: String) {
    bytes = TextCleaner.cleaned(text, limit: Self.byteLimit)
    findLines()
    tokenize()
    markFrames()
    markHeadlines()
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
          if next == 0x20 || next == 0x0A || next == 0x22 {
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
        } else if third == 0x78 || third == 0x73 && bytes[end - 4] | 0x20 == 0x73 || third == 0x68 {
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

  /// Marks the sentences that talk about the text as a text, when there is text besides.
  private mutating func markFrames() {
    guard tokens.count >= 25 else { return }
    // Between a paper's title and its abstract stand authors and addresses.
    if let place = tokens.prefix(260).firstIndex(where: { $0.hash == Self.abstractHash && $0.isCapitalised }),
      place > 14,
      place + 30 < tokens.count
    {
      for header in 12...place { tokens[header].isFrame = true }
    }
    var first = 0
    while first < tokens.count {
      var last = first
      while last + 1 < tokens.count, tokens[last + 1].sentence == tokens[first].sentence { last += 1 }
      let isAtEdge = first < 60 || tokens.count - last < 60
      if isAtEdge, last - first < 45 {
        var cues = 0
        for place in first...last where Self.frameWords.contains(tokens[place].hash) { cues += 1 }
        if cues >= 2, cues * 8 >= last - first {
          for place in first...last { tokens[place].isFrame = true }
        }
      }
      first = last + 1
    }
    // A text that is nothing but such lines is about them.
    if tokens.lazy.filter({ !$0.isFrame }).count < 8 {
      for place in tokens.indices { tokens[place].isFrame = false }
    }
  }

  private mutating func markHeadlines() {
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

  private static let abstractHash = WordHash.of("abstract".utf8)
  private static let frameWords = WordSet(
    """
    write summary summarize summarise summaries following above below given article articles paragraph passage text
    sentence sentences question answer answers dialogue review score rating rate star reviewer category categories
    categorize choices choose choice options highlights highlight abstract doc title topic content extract generate
    expand expanded distill bio facts key details sentiment expressed positive negative read plausible information
    contains reviewed belongs classify label format product buy considering buying flattering favorable worth watching
    distilling story roommate help decide invest proposal please output recommend chances increase decrease customer satisfied
    dissatisfied plot movie questions answerable athlete politician executive scientist worth say trying tldr background situation hint section newspaper conclusion
    """)
}

/// Which bytes make words.
enum ByteClass {
  @inline(__always) static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
  }
}
