/// What each word of an English text is in its sentence.
///
/// A hidden Markov model of the second order: each word may be what `TagLexicon` says, a tag follows two others with the
/// chance of `WordTagTable`, and the likeliest row of tags is taken (Viterbi). Breaks between phrases and sentences are
/// tags of their own. Scores are whole numbers, so that every machine finds the same tags.
struct Tagger {
  /// A word as the tagger read it.
  struct Reading: Sendable {
    var tag = WordTag.other
    var kind = NounKind.unknown
    var commonness: UInt8 = 0
    /// Whether the table or a rule knows the word.
    var isKnown = false
    /// Whether the word is often a verb, whatever it is here.
    var isOftenVerb = false
  }

  private struct Candidate {
    var tag: UInt8
    var score: Int32
  }

  /// One reading per token.
  ///
  /// - Complexity: O(tokens), at most 7³ steps each and seldom more than a few.
  static func readings(of scan: TextScan) -> [Reading] {
    var readings = [Reading](repeating: Reading(), count: scan.tokens.count)
    var lattice = Lattice(capacity: scan.tokens.count * 5 / 4 + 8)
    for place in scan.tokens.indices {
      if let mark = mark(before: place, in: scan) { lattice.add([Candidate(tag: mark.rawValue, score: 0)], token: -1) }
      let (candidates, reading) = candidates(for: scan.tokens[place], in: scan)
      readings[place] = reading
      lattice.add(candidates, token: place)
    }
    lattice.add([Candidate(tag: WordTag.sentenceStart.rawValue, score: 0)], token: -1)
    lattice.forEachBest { token, tag in
      if token >= 0 { readings[token].tag = WordTag(rawValue: tag) ?? .other }
    }
    return readings
  }

  private static func mark(before place: Int, in scan: TextScan) -> WordTag? {
    let token = scan.tokens[place]
    if token.startsSentence { return .sentenceStart }
    guard token.breakBefore else { return nil }
    if place > 0 {
      let end = Int(scan.tokens[place - 1].end)
      if end + 1 < scan.bytes.count, scan.bytes[end] == 0x27, scan.bytes[end + 1] | 0x20 == 0x73 { return .possessive }
    }
    return .phraseBreak
  }

  /// What a token may be, each with its score (lower is likelier), and what is known of it.
  private static func candidates(for token: Token, in scan: TextScan) -> ([Candidate], Reading) {
    let word = scan.bytes[Int(token.start)..<Int(token.end)]
    var reading = Reading()
    if token.isNumber, word.count > 1 || word.allSatisfy({ $0 < 0x41 }) {
      return ([candidate(.number, 0), candidate(.noun, 4), candidate(.name, 4)], reading)
    }
    let lower = token.isCapitalised || token.isAllCapitals ? lowered(word) : word
    var entry = TagLexicon.shared.known(lower, hash: token.hash)
    reading.isKnown = !entry.isEmpty
    if entry.isEmpty { entry = TagLexicon.shared.guess(lower) }
    reading.kind = entry.kind
    reading.commonness = entry.commonness
    reading.isOftenVerb = entry.isOftenVerb
    // A capital inside a sentence makes a name of most words, and of no small ones such as "of".
    let isInside =
      token.isCapitalised && !token.isAllCapitals && !token.startsSentence && !token.isInHeadline
      && !token.breakBefore
    var isClosed = false
    entry.visit { tag, _ in if tag.isClosed { isClosed = true } }
    var penalty = 0
    var nameLevel: Int?
    if !reading.isKnown, token.isCapitalised, !token.isAllCapitals {
      (penalty, nameLevel) = (2, 0)
    } else if isInside {
      (penalty, nameLevel) = isClosed ? (1, 1) : (3, 0)
    } else if token.isAllCapitals, !isClosed {
      (penalty, nameLevel) = (1, 1)
    } else if token.isCapitalised, !isClosed {
      nameLevel = 3
    }
    var candidates: [Candidate] = []
    candidates.reserveCapacity(6)
    entry.visit { tag, level in
      // Peoples keep their adjectives: "American".
      let extra = isInside && tag == .adjective && penalty == 3 ? 2 : penalty
      if tag != .name {
        candidates.append(candidate(tag, level + extra))
      } else {
        nameLevel = min(nameLevel ?? 7, level)
      }
    }
    if let nameLevel { candidates.append(candidate(.name, nameLevel)) }
    if token.isAllCapitals, !isClosed, entry.level(of: .noun) == nil { candidates.append(candidate(.noun, 3)) }
    return (candidates, reading)
  }

  private static func candidate(_ tag: WordTag, _ level: Int) -> Candidate {
    Candidate(tag: tag.rawValue, score: Int32(level * 4) - WordTagTable.shares[Int(tag.rawValue)])
  }

  private static func lowered(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    word.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }[...]
  }

  /// The scores of `WordTagTable.chances`: row-major, 26 × 26 × 26, the last tag innermost.
  private static let chances: [Int32] = {
    var digits = [Int32](repeating: 0, count: 128)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
    for (value, letter) in alphabet.utf8.enumerated() { digits[Int(letter)] = Int32(value) }
    let chances = WordTagTable.chances.utf8.filter { $0 != 0x0A }.map { digits[Int($0 & 0x7F)] }
    precondition(chances.count == WordTag.count * WordTag.count * WordTag.count, "the table of tags is whole")
    return chances
  }()

  /// The candidates of all words, and for each pair of neighbours the best way there.
  private struct Lattice {
    /// No word has more candidates than the four of its entry, a name and a noun.
    private static let width = 6

    private var tags: [UInt8] = []
    private var starts: [Int32] = []
    private var tokens: [Int32] = []
    /// For each column and pair (before, here), as `width * before + here`, which candidate stood two columns back.
    private var ways: [UInt8] = []
    /// Scores of the last column's pairs.
    private var scores = [Int32](repeating: 0, count: width * width)
    private let chances = Tagger.chances

    init(capacity: Int) {
      tags.reserveCapacity(capacity * 2)
      starts.reserveCapacity(capacity + 3)
      tokens.reserveCapacity(capacity + 3)
      ways.reserveCapacity((capacity + 3) * Self.width * Self.width)
      // Two sentence marks before the text.
      for _ in 0..<2 {
        starts.append(Int32(tags.count))
        tags.append(WordTag.sentenceStart.rawValue)
        tokens.append(-1)
        ways.append(contentsOf: repeatElement(0, count: Self.width * Self.width))
      }
      starts.append(Int32(tags.count))
    }

    private func count(_ column: Int) -> Int { Int(starts[column + 1] - starts[column]) }

    mutating func add(_ candidates: [Candidate], token: Int) {
      let column = tokens.count
      let (first, second) = (Int(starts[column - 2]), Int(starts[column - 1]))
      let (firstCount, secondCount) = (count(column - 2), count(column - 1))
      var next = [Int32](repeating: .max, count: Self.width * Self.width)
      let base = ways.count
      ways.append(contentsOf: repeatElement(0, count: Self.width * Self.width))
      for here in 0..<min(candidates.count, Self.width) {
        for before in 0..<secondCount {
          var best = Int32.max
          var way: UInt8 = 0
          for back in 0..<firstCount {
            let row = Int(tags[first + back]) * WordTag.count + Int(tags[second + before])
            let score =
              scores[back * Self.width + before] + chances[row * WordTag.count + Int(candidates[here].tag)]
            if score < best {
              best = score
              way = UInt8(back)
            }
          }
          next[before * Self.width + here] = best + candidates[here].score
          ways[base + before * Self.width + here] = way
        }
      }
      scores = next
      for candidate in candidates.prefix(Self.width) { tags.append(candidate.tag) }
      starts.append(Int32(tags.count))
      tokens.append(Int32(token))
    }

    /// The likeliest tag of each column, from the last to the first.
    func forEachBest(_ body: (Int, UInt8) -> Void) {
      var column = tokens.count - 1
      var (before, here) = (0, 0)
      var best = Int32.max
      for one in 0..<count(column - 1) {
        for two in 0..<count(column) where scores[one * Self.width + two] < best {
          best = scores[one * Self.width + two]
          (before, here) = (one, two)
        }
      }
      while column >= 2 {
        body(Int(tokens[column]), tags[Int(starts[column]) + here])
        let way = Int(ways[column * Self.width * Self.width + before * Self.width + here])
        (before, here) = (way, before)
        column -= 1
      }
    }
  }
}

extension BuiltinModel {
  /// The words of an English text, each with a stroke and the letter of its tag ("the/T bell/N rings/Z").
  ///
  /// The letters are those of the Penn tags in short: N noun, P plural, M name, V base form, W present form, Z third
  /// person, D past, B participle, G -ing form, J adjective, R adverb, T determiner, I preposition, Q particle, K "to",
  /// C conjunction, O pronoun, H question word, X modal, A be, Y have and do, U number, E other.
  package static func tags(of text: String) -> String {
    let scan = TextScan(text)
    let letters = WordTag.letters
    return zip(scan.tokens, Tagger.readings(of: scan)).map { token, reading in
      scan.text(of: token) + "/" + String(decoding: [letters[Int(reading.tag.rawValue)]], as: UTF8.self)
    }.joined(separator: " ")
  }
}
