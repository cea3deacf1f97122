/// Whole sentences of a text, and main clauses up to the mark behind them.
extension QuotationReader {
  /// What may be quoted: the words from a sentence's first to its last, or to the end of its main clause.
  struct Sentence {
    var range: Range<Int>
    /// As it reads, marks inside it included, without the full stop.
    var text: String
    /// Whether the sentence goes on behind the clause.
    var isCut = false
  }

  /// Calls `body` with each sentence that may be quoted, and with each main clause of one that is too long.
  ///
  /// - Parameter isLenient: whether long sentences will do, and such as name somebody whom everybody may name.
  func forEachSentence(isLenient: Bool, _ body: (Sentence) -> Void) {
    var place = firstOwn
    while place < scan.tokens.count {
      guard !scan.tokens[place].isFrame, opens(place) else {
        place += 1
        continue
      }
      place = offer(from: place, isLenient: isLenient, body)
    }
  }

  /// The bytes read so far of a sentence, as they will be written.
  private struct Writing {
    var bytes: [UInt8] = []
    var brackets = 0
    /// Quotation marks so far; inside a quotation their kin with one stroke are written.
    var marks = 0
    var hasVerb = false

    mutating func add(_ mark: UInt8) {
      if bytes.last == 0x20, [0x2C, 0x3B, 0x3A, 0x29].contains(mark) { bytes.removeLast() }
      bytes.append(mark)
    }

    /// A mark between two clauses, and the space behind it.
    mutating func write(_ mark: UInt8) {
      while bytes.last == 0x20 { bytes.removeLast() }
      if mark == 0x2D { bytes += " – ".utf8 } else { bytes += [mark, 0x20] }
    }

    mutating func addSpace() {
      if let last = bytes.last, last != 0x20, last != 0x28 { bytes.append(0x20) }
    }

    mutating func addQuotationMark() {
      marks += 1
      bytes += marks % 2 == 1 ? "‘".utf8 : "’".utf8
    }

    var text: String {
      let spaced = bytes.last == 0x20 ? bytes.dropLast() : bytes[...]
      return String(decoding: spaced, as: UTF8.self)
    }
  }

  /// Reads the sentence that begins with a token.
  ///
  /// - Returns: where to look for the next one.
  private func offer(from place: Int, isLenient: Bool, _ body: (Sentence) -> Void) -> Int {
    let wordLimit = isLenient ? Quotation.lenientWordLimit : Quotation.wordLimit
    let byteLimit = isLenient ? Quotation.lenientByteLimit : Quotation.byteLimit
    let mayName = isLenient && isPublic
    var writing = Writing()
    let start = Int(scan.tokens[place].start)
    let isSaid = start > 0 && scan.bytes[start - 1] == 0x22
    if isSaid { writing.addQuotationMark() }
    var end = place
    var clause: Sentence?
    while end < scan.tokens.count, end - place < wordLimit {
      let token = scan.tokens[end]
      if token.isFrame { break }
      // "The keeper counted": behind a noun a participle is as likely a past form.
      if isFinite(end) || end > place && scan.readings[end].tag == .participle && scan.readings[end - 1].tag.isNoun {
        writing.hasVerb = true
      }
      writing.bytes += scan.bytes[Int(token.start)..<Int(token.end)]
      let range = place..<(end + 1)
      switch follow(end, &writing) {
      case .on: break
      case .clause(let mark):
        // "LONDON (Reuters) - Prices fell": the report begins behind the dash.
        if mark == 0x2D, range.count < 6, end + 1 < scan.tokens.count,
          writing.bytes.last == 0x29 || scan.tokens[end].isAllCapitals
            || scan.tokens[end + 1].hash == scan.tokens[place].hash
        {
          return end + 1
        }
        if clause == nil, writing.hasVerb, writing.brackets == 0, writing.marks % 2 == 0, range.count >= 6,
          !isSubordinate(place), opensClause(end + 1), isFit(range, mayName: mayName)
        {
          clause = Sentence(range: range, text: writing.text + " …", isCut: true)
        }
        writing.write(mark)
      case .end(let mark, let isClosed):
        if isClosed, writing.marks % 2 == 1 { writing.addQuotationMark() }
        var text = writing.text
        // Speech that goes on in the next sentence: this one is whole without its mark.
        if writing.marks % 2 == 1 {
          guard isSaid, writing.marks == 1 else { return end + 1 }
          text.removeFirst()
        }
        if isSaid, writing.marks == 2, text.hasSuffix("’") { text = String(text.dropFirst().dropLast()) }
        if mark != 0x2E { text += mark == 0x3F ? "?" : "!" }
        // "Works perfectly with my phone": a review may say what it has to say without a subject.
        let isShortReview = isLenient && isReview
        if writing.brackets == 0, writing.hasVerb || isShortReview, range.count >= (isShortReview ? 3 : 4),
          text.utf8.count <= byteLimit,
          !isAsked(range), isFit(range, mayName: mayName), isPlain(range)
        {
          body(Sentence(range: range, text: text))
        }
        return end + 1
      case .lost: return end + 1
      }
      end += 1
    }
    // Too long a sentence: its main clause still says what it says.
    if let clause, end - place >= wordLimit, isPlain(clause.range) { body(clause) }
    return end + 1
  }

  private enum Follow {
    case on
    /// A comma, a semicolon, a colon or a dash.
    case clause(UInt8)
    /// A mark that ends the sentence, and whether a quotation ends there as well.
    case end(UInt8, isClosed: Bool)
    /// Something that cannot be quoted.
    case lost
  }

  /// Reads what stands between a token and the next one, and writes it down where it is plain.
  private func follow(_ place: Int, _ writing: inout Writing) -> Follow {
    let bytes = scan.bytes
    var at = Int(scan.tokens[place].end)
    let end = place + 1 < scan.tokens.count ? Int(scan.tokens[place + 1].start) : bytes.count
    var mark: UInt8?
    while at < end {
      let byte = bytes[at]
      let next = at + 1 < bytes.count ? bytes[at + 1] : 0x0A
      switch byte {
      case 0x20: writing.addSpace()
      case 0x0A:
        guard isWrapped(at, before: place + 1) || isFull(at, behind: place) else {
          return hasSpeakers && mark == nil && place + 1 < scan.tokens.count && scan.tokens[place + 1].isFrame
            ? .end(0x2E, isClosed: false) : .lost
        }
        writing.addSpace()
      case 0x2C, 0x3B, 0x3A:
        guard mark == nil, next == 0x20 || next == 0x0A || next == 0x22 else { return .lost }
        mark = byte
        if next == 0x22 { writing.add(byte) }
      case 0x2D:
        // A dash between words; "one-" before a line's end is half a word.
        guard mark == nil || mark == 0x2D, at > 0, bytes[at - 1] == 0x20 || bytes[at - 1] == 0x2D,
          next == 0x20 || next == 0x2D
        else { return .lost }
        mark = byte
      case 0x22:
        // Opening behind a space, closing behind a word or a comma.
        let opensHere = writing.marks % 2 == 0
        guard opensHere == (at > 0 && (bytes[at - 1] == 0x20 || bytes[at - 1] == 0x28) && next != 0x20) else {
          return .lost
        }
        // "you say: "we": the mark stands before the quotation; that of `word,"` is written already.
        if let before = mark, opensHere { writing.write(before) }
        mark = nil
        writing.addQuotationMark()
      case 0x28:
        // Behind a bracket with a number stands what another text says.
        guard writing.brackets == 0, bytes[at - 1] == 0x20, ByteClass.isWord(next), next > 0x39 else { return .lost }
        writing.brackets += 1
        writing.bytes.append(byte)
      case 0x29:
        guard writing.brackets == 1 else { return .lost }
        writing.brackets -= 1
        writing.add(byte)
      case 0x27:
        // "Kitana's", "the agents' moves", "rock 'n' roll" is left alone.
        guard at > 0, ByteClass.isWord(bytes[at - 1]) else { return .lost }
        writing.bytes.append(byte)
      case 0x73, 0x53: writing.bytes.append(byte)
      case 0x24, 0x25, 0x26: writing.bytes.append(byte)
      case 0x2F where ByteClass.isWord(bytes[at - 1]) && ByteClass.isWord(next): writing.bytes.append(byte)
      case 0x2E, 0x21, 0x3F:
        guard mark == nil else { return .lost }
        if byte == 0x2E, isAbbreviation(place) {
          // "U.S. officials"; before a capital the sentence may be over.
          guard next == 0x20 || ByteClass.isWord(next), place + 1 < scan.tokens.count,
            !scan.tokens[place + 1].isCapitalised || scan.tokens[place + 1].end - scan.tokens[place + 1].start == 1
          else { return .lost }
          if writing.bytes.last == 0x20 { writing.bytes.removeLast() }
          writing.bytes.append(byte)
          break
        }
        // "blaze....", "over!!!": the sentence is whole, whatever follows.
        if next == byte, byte != 0x2E || bytes[at...].prefix(4).elementsEqual("....".utf8) {
          return .end(byte, isClosed: false)
        }
        // "is great.But": a space is lost.
        if isGlued(at) { return .end(byte, isClosed: false) }
        switch next {
        case 0x20, 0x0A: return .end(byte, isClosed: false)
        case 0x22, 0x27:
          return at + 2 < bytes.count && ByteClass.isWord(bytes[at + 2]) ? .lost : .end(byte, isClosed: next == 0x22)
        default: return .lost
        }
      default: return .lost
      }
      at += 1
    }
    if place + 1 == scan.tokens.count { return .lost }
    guard let mark else { return .on }
    return .clause(mark)
  }

  /// What is asked about the text stands at its edge.
  private func isAsked(_ range: Range<Int>) -> Bool {
    guard scan.frame.saysKind else { return false }
    let end = Int(scan.tokens[range.upperBound - 1].end)
    return scan.tokens.count - range.upperBound < 30 && end < scan.bytes.count && scan.bytes[end] == 0x3F
  }

  /// No headline that runs into its text, no list, no line of headings.
  private func isPlain(_ range: Range<Int>) -> Bool {
    if range.dropFirst().contains(where: { place in
      // "For The Globe": an article may be part of a name.
      let isOfName =
        place + 1 < range.upperBound && scan.tokens[place + 1].isCapitalised && scan.tokens[place].hash == Self.the
      return !isOfName && runsIn(place)
    }) {
      return false
    }
    // "RECENT ACCOMPLISHMENTS: We provide": a heading.
    if range.count > 1, scan.tokens[range.lowerBound].isAllCapitals, scan.tokens[range.lowerBound + 1].isAllCapitals {
      return false
    }
    if range.count(where: { scan.tokens[$0].isNumber }) > 3 { return false }
    let capitals = range.count { scan.tokens[$0].isCapitalised && scan.tokens[$0].end - scan.tokens[$0].start > 1 }
    return capitals * 3 <= range.count * 2
  }

  /// A full stop between a word in small letters and a capital.
  func isGlued(_ at: Int) -> Bool {
    let bytes = scan.bytes
    guard bytes[at] == 0x2E, at > 2, at + 2 < bytes.count else { return false }
    return bytes[(at - 3)..<at].allSatisfy { $0 >= 0x61 && $0 <= 0x7A } && bytes[at + 1] >= 0x41
      && bytes[at + 1] <= 0x5A
  }

  /// Whether a line is full, so that the sentence goes on in the next one whatever its first letter.
  private func isFull(_ newline: Int, behind place: Int) -> Bool {
    guard longestLine <= 120, newline + 1 < scan.bytes.count, scan.bytes[newline + 1] != 0x0A,
      place + 1 < scan.tokens.count, !scan.tokens[place + 1].isFrame,
      Int(scan.tokens[place + 1].start) == newline + 1, !scan.tokens[place].isCapitalised
    else { return false }
    var start = newline
    while start > 0, scan.bytes[start - 1] != 0x0A { start -= 1 }
    return (newline - start) * 10 >= longestLine * 7
  }

  /// "If you've been there,": no main clause.
  func isSubordinate(_ place: Int) -> Bool {
    let token = scan.tokens[place]
    let tag = scan.readings[place].tag
    return tag == .preposition || tag == .conjunction || tag == .gerund || tag == .participle || tag == .to
      || Self.subordinators.contains(token.hash) || scan.ends(token, "ing")
  }

  /// Behind a mark: what begins another clause, and surely no further member of a list.
  func opensClause(_ place: Int) -> Bool {
    guard place < scan.tokens.count else { return false }
    return Self.clauseOpeners.contains(scan.tokens[place].hash)
  }
}
