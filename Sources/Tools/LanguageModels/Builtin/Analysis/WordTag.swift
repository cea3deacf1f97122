/// What a word is in its sentence, with marks for the places between sentences and phrases.
///
/// The order is that of the generated tables, and so are the letters.
enum WordTag: UInt8, Sendable {
  case sentenceStart, phraseBreak, possessive
  case noun, plural, name
  /// Base form, present form but for the third person, third person, past, participle, `-ing` form.
  case verb, present, thirdPerson, past, participle, gerund
  case adjective, adverb, determiner, preposition, particle, to, conjunction, pronoun, question, modal, be, have, number
  case other

  static let count = 26
  static let letters: [UInt8] = Array(".,'NPMVWZDBGJRTIQKCOHXAYUE".utf8)

  /// Of a class to which no words are added.
  var isClosed: Bool { rawValue >= WordTag.determiner.rawValue && self != .particle && self != .other }
  var isNoun: Bool { self == .noun || self == .plural || self == .name }
  /// A verb that says what is done, in any form but that of a noun or an adjective.
  var isVerb: Bool {
    self == .verb || self == .present || self == .thirdPerson || self == .past
  }
}

/// What kind of thing a noun's usual sense is.
enum NounKind: UInt8, Sendable {
  case unknown, person
  /// A time, an amount, a shape or a relation.
  case amount
  /// A quality, a state, an act, a feeling or a thought.
  case abstract
  case thing
}

/// The tags that a word may have, with their levels, and its kind as a noun.
struct TagEntry: Sendable, Equatable {
  /// Four pairs of five bits for the tag and three for the level, the likeliest tag first; 0 where there are fewer.
  private(set) var pairs: UInt32 = 0
  var kind: NounKind = .unknown
  /// 0 rare, 1, 2 common.
  var commonness: UInt8 = 0

  /// - Parameter level: the negative binary logarithm of the tag's share, 0 to 7.
  mutating func append(_ tag: WordTag, level: Int) {
    for slot in 0..<4 where (pairs >> UInt32(slot * 8)) & 0x1F == 0 {
      pairs |= (UInt32(tag.rawValue) | UInt32(min(max(level, 0), 7)) << 5) << UInt32(slot * 8)
      return
    }
  }

  var isEmpty: Bool { pairs == 0 }

  func visit(_ body: (WordTag, Int) -> Void) {
    var rest = pairs
    while rest != 0 {
      if let tag = WordTag(rawValue: UInt8(rest & 0x1F)) { body(tag, Int(rest >> 5) & 7) }
      rest >>= 8
    }
  }

  /// The level of a tag, or nil where the word never has it.
  func level(of tag: WordTag) -> Int? {
    var found: Int?
    visit { if $0 == tag { found = $1 } }
    return found
  }

  /// Whether it is a form of a verb one time in sixteen or more, and for a rare word, whose shares tell little, at all.
  var isOftenVerb: Bool {
    var found = false
    visit { if $0.isVerb && $1 <= (commonness == 0 ? 7 : 4) { found = true } }
    return found
  }
}
