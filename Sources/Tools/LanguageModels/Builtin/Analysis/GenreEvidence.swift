/// Marks that hardly any text of another kind has: references of a paper, years of an encyclopaedia, weekdays of the news.
struct GenreEvidence {
  /// `[12]`, `(Miller, 2003)`, "et al.", "doi", "Fig. 3": a learned text, and neither an advertisement nor a review.
  private(set) var references = 0
  /// "in this paper", "we propose": what only papers say of themselves.
  private(set) var paperTurns = 0
  /// Years from 1000 to 2099.
  private(set) var years = 0
  /// Weekdays, agencies, spokesmen.
  private(set) var newsMarks = 0
  /// "said", "says", "told".
  private(set) var sayings = 0
  /// Different words of selling: "shipping", "discount", "checkout".
  private(set) var sellerWords = 0
  /// In a hundred words: "you", "your".
  private(set) var you = 0.0
  /// In a hundred words: "we", "our", "us".
  private(set) var we = 0.0
  /// In a hundred words: "I", "my", "me".
  private(set) var i = 0.0
  private(set) var wordCount = 0

  init(_ scan: TextScan) {
    var sellers: Set<UInt64> = []
    var you = 0
    var we = 0
    var i = 0
    for place in scan.tokens.indices where !scan.tokens[place].isFrame {
      let token = scan.tokens[place]
      wordCount += 1
      if Self.youWords.contains(token.hash) { you += 1 }
      if Self.weWords.contains(token.hash) { we += 1 }
      if Self.iWords.contains(token.hash) { i += 1 }
      if Self.newsWords.contains(token.hash) { newsMarks += 1 }
      if Self.sayingWords.contains(token.hash) { sayings += 1 }
      if Self.selling.contains(token.hash) { sellers.insert(token.hash) }
      if token.isNumber, Self.isYear(token, in: scan) { years += 1 }
      if token.hash == Self.doi { references += 2 }
      guard place + 1 < scan.tokens.count else { continue }
      let next = scan.tokens[place + 1]
      let pair = WordHash.pair(token.hash, next.hash)
      if pair == Self.etAl { references += 1 }
      if Self.figures.contains(token.hash), next.isNumber { references += 1 }
      if Self.turns[pair] { paperTurns += 1 }
    }
    references += Self.brackets(in: scan.bytes)
    sellerWords = sellers.count
    let words = Double(max(wordCount, 1))
    self.you = Double(you) * 100 / words
    self.we = Double(we) * 100 / words
    self.i = Double(i) * 100 / words
  }

  /// A paper or a part of one.
  var isPaper: Bool { references >= 2 || paperTurns >= 1 && references + paperTurns >= 2 }

  /// Whether a text that sounds like research does not only report on it: nobody is quoted, and it is neither a speech
  /// nor source code.
  func showsResearch(_ scan: TextScan, speechWords: Int) -> Bool {
    if references >= 2 { return true }
    let isOther = speechWords >= 2 || scan.bytes.count { $0 == 0x7B } > 2
    if references == 0, isOther { return false }
    return sayings == 0 && (isPaper || references + paperTurns > 0 && you < 0.3)
  }

  /// A page that wants to sell something to the reader.
  var isSelling: Bool {
    sellerWords >= 3 && (you > 0.8 || we > 1.8) && references == 0 && paperTurns == 0 && sayings == 0
  }

  /// What a newsroom would write.
  var isReport: Bool { newsMarks >= 1 && sayings >= 1 || newsMarks >= 3 || sayings >= 3 }

  private static func isYear(_ token: Token, in scan: TextScan) -> Bool {
    guard token.end - token.start == 4 else { return false }
    let bytes = scan.bytes[Int(token.start)..<Int(token.end)]
    guard bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let first = bytes.first else { return false }
    return first == 0x31 || bytes.starts(with: "20".utf8)
  }

  /// `[3]`, `[3, 14]`, and years in brackets after a name: `(Miller, 2003)`.
  private static func brackets(in bytes: [UInt8]) -> Int {
    var count = 0
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x5B {
        var end = place + 1
        var digits = 0
        while end < bytes.count, end - place < 24,
          bytes[end] >= 0x30 && bytes[end] <= 0x39 || [0x2C, 0x20, 0x2D].contains(bytes[end])
        {
          if bytes[end] >= 0x30, bytes[end] <= 0x39 { digits += 1 }
          end += 1
        }
        if end < bytes.count, bytes[end] == 0x5D, digits > 0 { count += 1 }
        place = end
      } else if bytes[place] == 0x29, place >= 7, bytes[(place - 4)..<place].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        bytes[place - 4] == 0x31 || bytes[place - 4] == 0x32, bytes[place - 5] == 0x20,
        bytes[place - 6] == 0x2C || bytes[place - 6] == 0x2E
      {
        count += 1
      }
      place += 1
    }
    return count
  }

  private static let youWords = WordSet("you your you're you'll")
  private static let weWords = WordSet("we our us we're we've")
  private static let iWords = WordSet("i my me i'm i've i'd mine myself")
  private static let sayingWords = WordSet("said says told added")
  private static let newsWords = WordSet(
    """
    monday tuesday wednesday thursday friday saturday sunday yesterday reuters afp spokesman spokeswoman reportedly
    reporters newspaper bbc cnn officials
    """)
  private static let selling = WordSet(
    """
    buy shop shipping discount discounts deals checkout cart coupon quote quotes booking warranty delivery sale
    affordable customers clients customer client services specialists call contact free offer offers offering order
    orders price prices pricing store subscribe professional expert experts satisfaction solutions today online
    """)
  private static let doi = WordHash.of("doi".utf8)
  private static let figures = WordSet("fig figs figure eq eqs theorem lemma sect section table")
  private static let etAl = WordHash.pair(WordHash.of("et".utf8), WordHash.of("al".utf8))
  private static let turns: HashTable<Bool> = {
    let turns = """
      this paper/we propose/we present/we introduce/we show/we describe/our approach/our method/our results/our model
      this thesis/our experiments/we investigate/we study/the paper/is proposed/are proposed/we prove/we demonstrate
      this article/our algorithm/related work/we consider/paper presents/paper describes/we develop/we analyze/our work
      experimental results/results show/propose a/this work/we argue/previous work/et al
      """
    var pairs: [UInt64: Bool] = [:]
    for turn in turns.split(whereSeparator: { $0 == "/" || $0 == "\n" }) {
      let words = turn.split(separator: " ")
      pairs[WordHash.pair(WordHash.of(words[0].utf8), WordHash.of(words[1].utf8))] = true
    }
    return HashTable(pairs, empty: false)
  }()
}
