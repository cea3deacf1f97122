import PersonaRecords

/// The sentences of `PersonaTemplates.table` by genre, tone and verb.
struct PersonaTemplates: Sendable {
  static let shared = PersonaTemplates()

  struct Sentence: Sendable {
    var text: String
    /// How many keyphrases it has places for.
    var phraseCount: Int

    /// Whether it says what field somebody is in.
    var needsDomain: Bool
    var needsTitle: Bool
    var needsQuotation: Bool

    init(_ text: String) {
      self.text = text
      needsDomain = ["{Pro}", "{Res}", "{Lay}", "{f}"].contains { text.contains($0) }
      needsTitle = text.contains("{t}")
      needsQuotation = text.contains("{q}") || text.contains("{s}")
      phraseCount = text.contains("{l}") ? 3 : text.contains("{j}") ? 2 : text.contains("{k}") ? 1 : 0
    }
  }

  private let sentences: [String: [Sentence]]
  /// All sentences: what stands in one of them is never the topic of a persona that was made from it.
  private let ownText: [UInt8]

  private init() {
    var sentences: [String: [Sentence]] = [:]
    for line in (Self.table + "\n" + Self.quoting).split(separator: "\n") {
      let fields = line.split(separator: "\t").map { String($0) }
      precondition(fields.count == 3, "a sentence has genre and verb: \(line)")
      sentences[fields[0] + " " + fields[1], default: []].append(Sentence(fields[2]))
    }
    self.sentences = sentences
    ownText = Array(Self.table.lowercased().utf8)
  }

  /// Whether a phrase is one of our sentences' own, as "a neat question".
  func says(_ phrase: String) -> Bool { PlainSearch.first(Array(phrase.lowercased().utf8), in: ownText) != nil }

  /// The sentences that fit: those for the tone of a review first.
  ///
  /// - Parameter ground: what they tie the person to the text by.
  func sentences(for genre: Genre, tone: Tone, verb: VerbFamily, on ground: PersonaGround.Kind) -> [Sentence] {
    func named(_ mark: String) -> [Sentence] { sentences["\(genre.rawValue)\(mark) \(verb.rawValue)"] ?? [] }
    switch ground {
    case .quotation:
      let toned = tone == .praise ? named("?+") : tone == .complaint ? named("?-") : []
      let own = toned + named("?")
      return own.isEmpty ? sentences["general? \(verb.rawValue)"] ?? [] : own
    case .mention:
      let careful = named("~")
      return careful.isEmpty ? sentences["general~ \(verb.rawValue)"] ?? [] : careful
    case .subject:
      let own = named("=")
      return own.isEmpty ? named("") : own
    case .topic:
      let own = (tone == .praise ? named("+") : tone == .complaint ? named("-") : []) + named("")
      return own.isEmpty ? sentences["general \(verb.rawValue)"] ?? [] : own
    }
  }
}

/// The four verbs of the paper, to which others are likened.
enum VerbFamily: String, Sendable {
  case read, write, like, dislike

  /// nil when the verb is like none of the four.
  init?(_ verb: String) {
    switch verb {
    case "read", "study", "cite", "need", "use", "learn from", "consult", "quote", "skim", "summarise", "summarize",
      "benefit from", "be interested in", "search for", "look for", "understand", "buy":
      self = .read
    case "write", "edit", "author", "publish", "draft", "compose", "produce", "create", "have written":
      self = .write
    case "like", "love", "enjoy", "recommend", "share", "praise", "agree with", "appreciate", "support",
      "be inspired by":
      self = .like
    case "dislike", "hate", "criticise", "criticize", "oppose", "disagree with", "reject", "object to", "ignore",
      "be offended by", "complain about", "attack", "be bored by", "misunderstand":
      self = .dislike
    default: return nil
    }
  }
}

/// Whether a review praises or complains.
enum Tone: Sendable {
  case praise, complaint, neutral

  static func of(_ scan: TextScan) -> Tone {
    var balance = 0
    var total = 0
    for place in scan.tokens.indices {
      if scan.tokens[place].isFrame { continue }
      let word = scan.tokens[place].hash
      var sign = good.contains(word) ? 1 : bad.contains(word) ? -1 : 0
      guard sign != 0 else { continue }
      if strong.contains(word) { sign *= 2 }
      total += abs(sign)
      // "not good", "isn't worth", "didn't enjoy"
      let before = scan.tokens[max(0, place - 3)..<place]
      balance += before.contains { negations.contains($0.hash) || scan.ends($0, "n't") } ? -sign : sign
    }
    // One word may be meant otherwise, and who praises as often as complains does neither.
    guard abs(balance) > 1, abs(balance) * 2 >= total else { return .neutral }
    return balance > 0 ? .praise : .complaint
  }

  private static func set(_ words: String) -> WordSet { WordSet(words) }

  private static let strong = set(
    """
    worst terrible horrible awful waste wasted hated garbage trash crap turd unwatchable boring excellent masterpiece
    amazing outstanding superb perfect brilliant loved favorite dreadful pathetic avoid
    """)
  private static let negations = set("not no never hardly don't nothing without too wasn't isn't")
  private static let good = set(
    """
    good great best love loved excellent amazing awesome wonderful fantastic perfect perfectly enjoy enjoyed enjoyable
    recommend recommended beautiful beautifully brilliant delicious friendly fun funny nice happy pleased favorite
    masterpiece superb outstanding helpful easy charming touching delightful entertaining fresh impressive fascinating
    worth smart clever gem moving compelling powerful solid comfortable tasty works glad rich engaging fine
    """)
  private static let bad = set(
    """
    bad worst worse terrible horrible awful poor poorly boring bored disappointed disappointing disappointment waste
    wasted hate hated dull stupid rude annoying useless crap cheap broken broke fails failed failure crashes crash lame
    ridiculous mess pathetic dreadful unfortunately slow dirty cold overpriced refund returned avoid horrid flat mediocre
    predictable tedious bland pointless ugly weak trash garbage lacks lacking sucks joke problem problems uninstalled
    turd painfully clueless misfire failure botched nonsense mediocrity overlong insulting worthless silly sadly contrived unfunny unwatchable beware frustrating
    """)
}
