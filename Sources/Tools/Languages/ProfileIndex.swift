import PersonaRecords

/// The profiles in a form that answers per word and per letter.
struct ProfileIndex: Sendable {
  private let codes: [String]
  /// Languages of each script, as bits.
  private var members: [Script: UInt128] = [:]
  private let words: WordTable
  private var letters: [UInt32: UInt128] = [:]

  /// - Parameter table: the lines of `LanguageProfiles.table`; at most 128 languages.
  init(_ table: String) {
    var codes: [String] = []
    var words: [UInt64: UInt128] = [:]
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 4, let script = Self.scripts[String(fields[1])] else {
        preconditionFailure("a language profile has four fields: \(line)")
      }
      precondition(codes.count < 128, "a set of languages is one 128-bit word")
      let bit: UInt128 = 1 << UInt128(codes.count)
      codes.append(String(fields[0]))
      members[script, default: 0] |= bit
      for word in fields[2].split(separator: " ") {
        words[Self.hash(word.unicodeScalars.map { Sample.folded($0.value) }), default: 0] |= bit
      }
      if fields[3] != "-" {
        for letter in fields[3].unicodeScalars { letters[letter.value, default: 0] |= bit }
      }
    }
    self.codes = codes
    self.words = WordTable(words)
  }

  /// The language of a sample among those written in `script`, or `""`.
  func language(of sample: Sample, in script: Script) -> String {
    let allowed = members[script] ?? 0
    var scores = [Float](repeating: 0, count: codes.count)
    var hits = [Int](repeating: 0, count: codes.count)
    var wordCount = 0
    var hash = Self.emptyHash
    var length = 0
    for value in sample.scalars {
      if Self.isLetter(value) {
        hash = (hash ^ UInt64(value)) &* 0x100_0000_01B3
        length += 1
        if value > 0x7F, let found = letters[value], found & allowed != 0 {
          let claimed = found & allowed
          let weight = 0.6 / Float(claimed.nonzeroBitCount)
          for bit in Bits(claimed) { scores[bit] += weight }
        }
        continue
      }
      guard length > 0 else { continue }
      wordCount += 1
      let claimed = length < 16 ? words.languages(of: StableHash.mix(hash)) & allowed : 0
      if claimed != 0 {
        let weight = 0.4 + 0.6 / Float(claimed.nonzeroBitCount)
        for bit in Bits(claimed) {
          scores[bit] += weight
          hits[bit] += 1
        }
      }
      hash = Self.emptyHash
      length = 0
    }
    return verdict(scores, hits, wordCount: wordCount)
  }

  private func verdict(_ scores: [Float], _ hits: [Int], wordCount: Int) -> String {
    var best = 0
    for bit in codes.indices where scores[bit] > scores[best] { best = bit }
    var second: Float = 0
    for bit in codes.indices where bit != best { second = max(second, scores[bit]) }
    // One shared word in a headline proves nothing; in a long text a sixth of the words are function words in any
    // language that we know, and fewer in one that only borrows some.
    guard wordCount > 0, hits[best] >= 1, scores[best] >= (wordCount < 6 ? 1 : 1.8) else { return "" }
    let coverage = Float(hits[best]) / Float(wordCount)
    // Lists and tables have few function words, but nearly all of those they have are of their own language.
    if hits[best] >= 4, coverage >= 0.06, scores[best] > second * 2.5 { return codes[best] }
    guard coverage >= (wordCount < 20 ? 0.12 : wordCount > 60 ? 0.2 : 0.17),
      scores[best] > second * (wordCount > 60 ? 1.25 : 1.05) + 0.2
    else { return "" }
    return codes[best]
  }

  private static func isLetter(_ value: UInt32) -> Bool {
    switch value {
    case 0x61...0x7A, 0x27: true
    case 0x00...0x7F: false
    case 0xA1...0xBF: value == 0xB7
    case 0x2000...0x206F, 0x60C, 0x61B, 0x61F, 0x6D4, 0x964, 0x965, 0x3000...0x3003, 0xD7, 0xF7: false
    default: true
    }
  }

  private static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func hash(_ word: [UInt32]) -> UInt64 {
    var hash = emptyHash
    for value in word { hash = (hash ^ UInt64(value)) &* 0x100_0000_01B3 }
    return StableHash.mix(hash)
  }

  private static let scripts: [String: Script] = Dictionary(
    uniqueKeysWithValues: Script.allCases.map { ("\($0)", $0) })

  /// The positions of the set bits of a word, ascending.
  private struct Bits: Sequence, IteratorProtocol {
    private var rest: UInt128

    init(_ word: UInt128) { rest = word }

    mutating func next() -> Int? {
      guard rest != 0 else { return nil }
      defer { rest &= rest - 1 }
      return rest.trailingZeroBitCount
    }
  }
}

/// Word hash → the languages that have the word as a function word, as bits: open addressing, at most half full.
private struct WordTable: Sendable {
  private var keys: [UInt64]
  private var languages: [UInt128]
  private let mask: Int

  init(_ words: [UInt64: UInt128]) {
    var size = 1
    while size < words.count * 2 { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    languages = [UInt128](repeating: 0, count: size)
    for (key, bits) in words {
      var slot = Int(truncatingIfNeeded: key) & mask
      while languages[slot] != 0 { slot = (slot + 1) & mask }
      keys[slot] = key
      languages[slot] = bits
    }
  }

  func languages(of key: UInt64) -> UInt128 {
    var slot = Int(truncatingIfNeeded: key) & mask
    while languages[slot] != 0 {
      if keys[slot] == key { return languages[slot] }
      slot = (slot + 1) & mask
    }
    return 0
  }
}
