/// What the analyser knows of single English words: classes as bits, by word hash.
///
/// Built once from the lists of `Lexicon+Words.swift`; a look-up is one probe into an open-addressing table.
struct Lexicon: Sendable {
  struct Classes: OptionSet, Sendable {
    let rawValue: UInt16

    static let function = Classes(rawValue: 1)
    static let determiner = Classes(rawValue: 2)
    static let preposition = Classes(rawValue: 4)
    /// A form of a verb that is no usual noun.
    static let verb = Classes(rawValue: 8)
    static let generic = Classes(rawValue: 16)
    static let modifier = Classes(rawValue: 32)
    static let givenName = Classes(rawValue: 64)
    static let honorific = Classes(rawValue: 128)
    static let properName = Classes(rawValue: 256)
    /// After these a bare verb follows: "to", modals, subject pronouns.
    static let beforeVerb = Classes(rawValue: 512)
    static let nounToo = Classes(rawValue: 1024)
  }

  static let shared = Lexicon()

  private let table: HashTable<Classes>
  private let properSpelling: HashTable<String>

  private init() {
    var classes: [UInt64: Classes] = [:]
    func add(_ list: String, _ mark: Classes) {
      for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        classes[WordHash.of(word.lowercased().utf8), default: []].insert(mark)
      }
    }
    add(Self.functionWords, .function)
    add(Self.determiners, .determiner)
    add(Self.prepositions, .preposition)
    add(Self.nounsToo, .nounToo)
    for base in Self.verbs.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      for form in VerbForms.all(of: String(base)) { classes[WordHash.of(form.utf8), default: []].insert(.verb) }
    }
    add(VerbForms.irregular, .verb)
    add(Self.genericNouns, .generic)
    add(Self.genericModifiers, .modifier)
    add(Self.givenNames, .givenName)
    add(Self.honorifics, .honorific)
    add(Self.properNames, .properName)
    add(
      "to will would shall should can could may might must cannot i you we they who he she let's don't didn't",
      .beforeVerb)
    // A noun that is also a verb form counts as a noun; the word before it tells the two apart.
    for (word, marks) in classes where marks.contains(.nounToo) && marks.contains(.verb) {
      classes[word] = marks.subtracting(.verb)
    }
    table = HashTable(classes, empty: [])
    var spelling: [UInt64: String] = [:]
    for name in Self.properNames.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      spelling[WordHash.of(name.lowercased().utf8)] = String(name)
    }
    properSpelling = HashTable(spelling, empty: "")
  }

  func classes(of hash: UInt64) -> Classes { table[hash] }

  /// The spelling with capitals of a name that a text has in lower case, or `""`.
  func spelling(of hash: UInt64) -> String { properSpelling[hash] }
}

/// The stable hash of a lower-case word.
enum WordHash {
  static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always) static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = start
    for byte in bytes { hash = add(byte, to: hash) }
    return hash
  }

  /// A bijection that spreads the bits; near to what `StableHash.mix` does, and inlined here for speed.
  @inline(__always) static func spread(_ value: UInt64) -> UInt64 {
    let word = (value ^ (value >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return word ^ (word >> 32)
  }

  /// The hash of a whole text, started from a seed.
  static func of(text: [UInt8], seed: UInt64) -> UInt64 {
    var hash = start ^ spread(seed &+ 0x9E37_79B9_7F4A_7C15)
    for byte in text { hash = add(byte, to: hash) }
    return spread(hash)
  }

  /// The hash of two words in a row, from theirs.
  static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { spread(first) &+ second &* 0x9E37_79B9 }
}

/// A set of words, asked by hash.
struct WordSet: Sendable {
  private let table: HashTable<Bool>

  /// - Parameter words: lower case, parted by white space.
  init(_ words: String) {
    var marks: [UInt64: Bool] = [:]
    for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) { marks[WordHash.of(word.utf8)] = true }
    table = HashTable(marks, empty: false)
  }

  func contains(_ hash: UInt64) -> Bool { table[hash] }
}

/// Values by 64-bit hash: open addressing, at most half full.
///
/// Two words of equal hash would be mixed up; among some ten thousand words the chance of one such pair is 10^-11.
struct HashTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value]
  private let mask: Int
  private let empty: Value

  init(_ entries: [UInt64: Value], empty: Value) {
    self.init(capacity: entries.count, empty: empty)
    for (key, value) in entries { insert(value, for: key) }
  }

  /// A table with room for `capacity` entries.
  init(capacity: Int, empty: Value) {
    var size = 2
    while size < capacity * 2 { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    values = [Value](repeating: empty, count: size)
    self.empty = empty
  }

  /// Adds an entry; of two with the same key the first stays. There must be room for it.
  mutating func insert(_ value: Value, for key: UInt64) {
    var slot = Int(truncatingIfNeeded: WordHash.spread(key)) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    values[slot] = value
  }

  subscript(key: UInt64) -> Value {
    var slot = Int(truncatingIfNeeded: WordHash.spread(key)) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    return empty
  }
}
