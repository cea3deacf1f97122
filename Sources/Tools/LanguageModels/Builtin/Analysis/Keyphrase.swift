/// A phrase that stands for a topic of a text, ready to be woven into a sentence.
struct Keyphrase {
  /// With the article that the text uses, where one is needed: "the shear wall", "hydrogen uptake".
  var text: String
  /// Without an article.
  var bare: String
  var isPlural: Bool
  var isProper: Bool
  var wordCount: Int
  /// Higher is better.
  var score: Double
  var firstToken: Int
  /// Whether the text is surely about it, and does not only mention it.
  var isAnchor = true
  /// Whether it also leads the text, or runs all through it.
  var isTopic = true
  /// How often it stands in the text.
  var count = 1
  /// Whether the text begins with it: what its first sentence is about.
  var opensText = false
  /// Whether it stands in the first sentence, or in a text so short that all of it is near.
  var isNear = false
  /// What speaks against it, by `PhraseDoubts`.
  var doubts = 0

  /// "The correct size", "four weeks": its last word is an amount, a time or a relation.
  var isAmount: Bool { !isProper && Self.entry(bare.split(separator: " ").last ?? "").kind == .amount }

  /// "Chocolate flower": one thing that one can touch, without an article.
  var lacksArticle: Bool {
    guard !isPlural, !isProper, text == bare, let head = bare.split(separator: " ").last else { return false }
    return [.thing, .person].contains(Self.entry(head).kind)
  }

  /// "Reliable QoS monitoring": a capital that a title gave to a common word.
  var startsLikeTitle: Bool {
    let words = bare.split(separator: " ")
    guard words.count > 1, let first = words.first, first.first?.isUppercase ?? false,
      words.dropFirst().contains(where: { $0.first?.isLowercase ?? false }), first != first.uppercased(),
      !Lexicon.shared.classes(of: WordHash.of(first.lowercased().utf8)).contains(.properName)
    else { return false }
    let entry = Self.entry(first)
    return !entry.isEmpty && entry.level(of: .name) == nil
  }

  var isAcronym: Bool { bare.utf8.count > 1 && bare.allSatisfy { $0.isUppercase || $0.isNumber } }
  var isKnownWord: Bool { !Self.entry(bare).isEmpty }

  private static func entry(_ word: some StringProtocol) -> TagEntry {
    let lower = Array(word.lowercased().utf8)
    return TagLexicon.shared.known(lower[...], hash: WordHash.of(lower))
  }

  /// "The sample surface": one thing that is taken to be known.
  var isDefinite: Bool { !isPlural && !isProperName && text.utf8.count > bare.utf8.count && text.utf8.first == 0x74 }
  /// "The Labour Party" is known by its name.
  private var isProperName: Bool { isProper && wordCount > 1 }

  /// "Representations", "classes": of anything.
  var isVague: Bool {
    let classes = Lexicon.shared.classes(of: WordHash.of(bare.lowercased().utf8))
    return !classes.isDisjoint(with: [.generic, .modifier, .nounToo, .verb]) || Self.entry(bare).kind == .person
  }

  /// "David Fincher": a given name before another capital.
  var namesSomebody: Bool {
    guard isProper, wordCount > 1 else { return false }
    return bare.split(separator: " ").dropLast().contains {
      Lexicon.shared.classes(of: WordHash.of($0.lowercased().utf8)).contains(.givenName)
    }
  }

  /// "A gas bubble": one of many, which no paper is about as such.
  var hasIndefiniteArticle: Bool { text.utf8.count > bare.utf8.count && text.utf8.first == 0x61 }
}
