/// What kinds of word a word is; the rules ask for kinds, the lists stand in `WordLists`.
struct WordKinds: OptionSet, Sendable {
  let rawValue: UInt32

  /// Names a person by trade, role or relation.
  static let person = WordKinds(rawValue: 1 << 0)
  /// Names a thing, place or idea, and never a person.
  static let thing = WordKinds(rawValue: 1 << 1)
  /// Article, book, text: what a summary is about.
  static let textNoun = WordKinds(rawValue: 1 << 2)
  /// What a text does: describes, explains.
  static let reportVerb = WordKinds(rawValue: 1 << 3)
  /// Begins a question.
  static let interrogative = WordKinds(rawValue: 1 << 4)
  static let determiner = WordKinds(rawValue: 1 << 5)
  /// Ends the noun phrase at the start of a description: prepositions, relative words, verbs.
  static let phraseEnd = WordKinds(rawValue: 1 << 6)
  /// who, whose, someone, I, my, she: only people are spoken of so.
  static let personPronoun = WordKinds(rawValue: 1 << 7)
  static let givenName = WordKinds(rawValue: 1 << 8)
  /// Trades in which people are known to the public.
  static let publicRole = WordKinds(rawValue: 1 << 9)
  /// A finite verb, as in statements.
  static let finiteVerb = WordKinds(rawValue: 1 << 10)
  static let street = WordKinds(rawValue: 1 << 11)
  /// rue, calle, via: stands before the name of the street.
  static let streetBefore = WordKinds(rawValue: 1 << 12)
  /// phone, call, tel: a number follows.
  static let contact = WordKinds(rawValue: 1 << 13)
  /// What stands in brackets in a template: name, occupation.
  static let placeholder = WordKinds(rawValue: 1 << 14)
  /// Words that only English uses.
  static let english = WordKinds(rawValue: 1 << 15)
  /// Ends like the name of a trade and is none: number, after, better.
  static let noTrade = WordKinds(rawValue: 1 << 16)
  static let honorific = WordKinds(rawValue: 1 << 17)
  /// who is talked about rather than meant: fan of, biographer of.
  static let admirer = WordKinds(rawValue: 1 << 18)
}

/// Looks up the kinds of a word by its 64-bit hash: one open-addressed table for all lists.
///
/// Equal hashes are taken for equal words. With some 3,000 words the chance that a word of a text is mistaken for one
/// of them is below 10^-15.
final class WordBook: Sendable {
  static let shared = WordBook(WordLists.all)
  static let hashSeed: UInt64 = 0xCBF2_9CE4_8422_2325

  private let mask: Int
  private let hashes: [UInt64]
  private let kinds: [WordKinds]

  init(_ lists: [(kind: WordKinds, words: String)]) {
    var kindOfHash: [UInt64: WordKinds] = [:]
    for list in lists {
      for word in list.words.split(whereSeparator: \.isWhitespace) {
        kindOfHash[Self.hash(of: word.utf8), default: []].insert(list.kind)
      }
    }
    var capacity = 64
    while capacity < kindOfHash.count * 4 { capacity *= 2 }
    var hashes = [UInt64](repeating: 0, count: capacity)
    var kinds = [WordKinds](repeating: [], count: capacity)
    // The order of the dictionary changes where a word stands in the table, never what is found.
    for (hash, kind) in kindOfHash {
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while hashes[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      hashes[slot] = hash
      kinds[slot] = kind
    }
    self.mask = capacity - 1
    self.hashes = hashes
    self.kinds = kinds
  }

  func kinds(of hash: UInt64) -> WordKinds {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while hashes[slot] != 0 {
      if hashes[slot] == hash { return kinds[slot] }
      slot = (slot + 1) & mask
    }
    return []
  }

  /// FNV-1a, one byte on.
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  static func hash(of bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(hashSeed, hash) }

  static func hash(of spelling: StaticString) -> UInt64 {
    // Safe: the buffer lives as long as the program, and is only read in the closure.
    spelling.withUTF8Buffer { unsafe hash(of: $0) }
  }
}
