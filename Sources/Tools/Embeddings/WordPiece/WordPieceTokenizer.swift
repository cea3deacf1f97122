/// Cuts texts into the pieces a BERT model was trained on, exactly as the reference does.
///
/// Words are what white space and punctuation leave; each is taken apart from the left, the longest known piece first. A
/// word that cannot be taken apart whole, or of more than 100 scalars, is one `[UNK]`.
struct WordPieceTokenizer: Sendable {
  let vocabulary: Vocabulary
  /// Most tokens of a text, `[CLS]` and `[SEP]` counted; what comes after is left out.
  let limit: Int

  /// The ids of one text, from `[CLS]` to `[SEP]`.
  func tokens(of text: String) -> [Int32] {
    var pass = WordPiecePass(vocabulary: vocabulary, limit: limit)
    var ids: [Int32] = []
    pass.append(text, to: &ids)
    return ids
  }
}

/// Goes over texts one after the other; keeps its buffers between them.
struct WordPiecePass {
  private static let longestWord = 100

  private let vocabulary: Vocabulary
  private let limit: Int
  private let forms = ScalarForms.shared

  // The word being read, in lower case.
  private var word: [UInt8] = []
  private var scalarCount = 0
  // Marks that wait for the next scalar that is none: until then their order is not final.
  private var marks: [ScalarForms.Part] = []
  // Hashes of the beginnings of what is left of the word.
  private var hashes: [UInt64]
  private var ids: [Int32] = []

  init(vocabulary: Vocabulary, limit: Int) {
    self.vocabulary = vocabulary
    self.limit = limit
    hashes = [UInt64](repeating: 0, count: vocabulary.longest + 1)
  }

  /// Appends the ids of one text, from `[CLS]` to `[SEP]`, and answers how many they are: at most `limit`.
  @discardableResult
  mutating func append(_ text: String, to all: inout [Int32]) -> Int {
    ids.removeAll(keepingCapacity: true)
    var text = text
    // Safe: the bytes are read inside the closure only.
    text.withUTF8 { bytes in read(unsafe Span(_unsafeElements: bytes)) }
    let kept = min(ids.count, limit - 2)
    all.append(vocabulary.start)
    all += ids[..<kept]
    all.append(vocabulary.end)
    return kept + 2
  }

  private mutating func read(_ bytes: Span<UInt8>) {
    var place = 0
    let count = bytes.count
    while place < count, ids.count < limit - 2 {
      let byte = bytes[place]
      if byte < 0x80 {
        if !marks.isEmpty { settleMarks() }
        switch Self.asciiKinds[Int(byte)] {
        case .letter:
          word.append(byte)
          scalarCount += 1
        case .capital:
          word.append(byte | 0x20)
          scalarCount += 1
        case .space: endWord()
        case .alone:
          if byte == UInt8(ascii: "["), let token = special(bytes, place) {
            endWord()
            ids.append(token.id)
            place += token.text.count
            continue
          }
          endWord()
          word.append(byte)
          scalarCount = 1
          endWord()
        case .nothing: break
        }
        place += 1
      } else {
        let (value, length) = Self.scalar(bytes, place)
        add(value)
        place += length
      }
    }
    settleMarks()
    endWord()
  }

  /// The special token that stands at this place of the text, if one does.
  private func special(_ bytes: Span<UInt8>, _ place: Int) -> (text: [UInt8], id: Int32)? {
    for token in vocabulary.special where place + token.text.count <= bytes.count {
      var isEqual = true
      for offset in 0..<token.text.count where bytes[place + offset] != token.text[offset] { isEqual = false }
      if isEqual { return token }
    }
    return nil
  }

  // MARK: - Scalars into words

  private mutating func add(_ value: UInt32) {
    let form = forms.form(value)
    if case .nothing = form { return }
    if case .parts = form {
      guard let scalar = Unicode.Scalar(value) else { return }
      addParts(scalar)
      return
    }
    if !marks.isEmpty { settleMarks() }
    switch form {
    case .letter(let scalar):
      appendUTF8(scalar)
      scalarCount += 1
    case .alone(let scalar):
      endWord()
      appendUTF8(scalar)
      scalarCount = 1
      endWord()
    case .space: endWord()
    case .nothing, .parts: break
    }
  }

  private mutating func addParts(_ scalar: Unicode.Scalar) {
    let standsAlone = ScalarForms.isChinese(scalar.value)
    if standsAlone {
      settleMarks()
      endWord()
    }
    for part in ScalarForms.parts(scalar) {
      if part.combiningClass != 0 {
        if !part.isStripped { marks.append(part) }
      } else {
        settleMarks()
        if !part.isStripped { addLower(part.scalar) }
      }
    }
    if standsAlone {
      settleMarks()
      endWord()
    }
  }

  /// Puts the waiting marks into canonical order (by class, equal ones as they came), then into the word.
  private mutating func settleMarks() {
    guard !marks.isEmpty else { return }
    let waiting = marks
    marks.removeAll(keepingCapacity: true)
    let order = waiting.indices.sorted {
      (waiting[$0].combiningClass, $0) < (waiting[$1].combiningClass, $1)
    }
    for place in order { addLower(waiting[place].scalar) }
  }

  private mutating func addLower(_ scalar: Unicode.Scalar) {
    for lower in scalar.properties.lowercaseMapping.unicodeScalars {
      if lower.properties.isWhitespace {
        endWord()
      } else if ScalarForms.isPunctuation(lower) {
        endWord()
        appendUTF8(lower.value)
        scalarCount = 1
        endWord()
      } else {
        appendUTF8(lower.value)
        scalarCount += 1
      }
    }
  }

  private mutating func appendUTF8(_ value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return }
    word += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }

  // MARK: - Words into pieces

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    defer {
      word.removeAll(keepingCapacity: true)
      scalarCount = 0
    }
    guard scalarCount <= Self.longestWord else {
      ids.append(vocabulary.unknown)
      return
    }
    let before = ids.count
    var start = 0
    while start < word.count {
      let continues = start > 0
      var hash = continues ? Vocabulary.continuingSeed : Vocabulary.beginningSeed
      let most = min(word.count - start, vocabulary.longest)
      for length in 0..<most {
        hash = Vocabulary.extend(hash, word[start + length])
        hashes[length + 1] = hash
      }
      var length = most
      var found: Int32?
      while length > 0 {
        found = vocabulary.id(word, start..<start + length, hash: hashes[length], continues: continues)
        if found != nil { break }
        length -= 1
      }
      guard let found else {
        ids.removeSubrange(before...)
        ids.append(vocabulary.unknown)
        return
      }
      ids.append(found)
      start += length
    }
  }

  // MARK: - Bytes

  private enum Kind: UInt8 {
    case nothing, space, letter, capital, alone
  }

  private static let asciiKinds: [Kind] = (0..<128).map { value in
    switch UInt8(value) {
    case 9, 10, 13, 32: .space
    case 0..<32, 127: .nothing
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .capital
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): .letter
    default: .alone
    }
  }

  /// The scalar of several bytes that begins here; a string's bytes are valid UTF-8.
  private static func scalar(_ bytes: Span<UInt8>, _ place: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(bytes[place])
    func next(_ offset: Int) -> UInt32 { UInt32(bytes[place + offset]) & 0x3F }
    if first < 0xE0 { return ((first & 0x1F) << 6 | next(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
    return ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
  }
}
