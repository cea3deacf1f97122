import PersonaRecords

/// A field of life with the people in it.
struct Domain: Sendable {
  let id: String
  /// The wider walk of life; relations between people are kept by sector.
  let sector: String
  /// Name of the field as it stands in a sentence: "marine science".
  let field: String
  let occupations: [String]
  /// People the field touches who do not work in it as a profession, or whom one overlooks.
  let others: [String]
}

/// All domains, and which words point to which.
struct DomainTable: Sendable {
  struct Match {
    var domain: Int
    var score: Double
    /// How many different keywords point there, those that point to few domains.
    var distinct: Int
  }

  static let shared = DomainTable()

  let domains: [Domain]
  /// Where in `pointers` a keyword's domains stand.
  private let keywords: HashTable<Slice>
  private let pointers: [Pointer]

  private struct Slice: Sendable {
    var start: Int32
    var count: Int32
  }

  private struct Pointer: Sendable {
    var domain: Int32
    var weight: Float
  }

  private init() {
    var domains: [Domain] = []
    var found: [UInt64: [Pointer]] = [:]
    for line in [Self.people, Self.nature, Self.culture].joined(separator: "\n").split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      precondition(fields.count == 6, "a domain has six fields: \(line)")
      for keyword in fields[3].split(separator: " ") {
        let isStrong = keyword.hasSuffix("!")
        let words = keyword.filter { $0 != "!" }.split(separator: "_").map { String($0) }
        let stems = words.map { TextScan($0).tokens.first?.stem ?? 0 }
        let hash = stems.dropFirst().reduce(stems[0]) { WordHash.pair($0, $1) }
        let weight: Float = words.count > 1 ? 3.2 : isStrong ? 2.4 : 1
        found[hash, default: []].append(Pointer(domain: Int32(domains.count), weight: weight))
      }
      domains.append(
        Domain(
          id: String(fields[0]), sector: String(fields[1]), field: String(fields[2]), occupations: Self.list(fields[4]),
          others: Self.list(fields[5])))
    }
    self.domains = domains
    var pointers: [Pointer] = []
    var slices: [UInt64: Slice] = [:]
    for (hash, entries) in found.sorted(by: { $0.key < $1.key }) {
      slices[hash] = Slice(start: Int32(pointers.count), count: Int32(entries.count))
      // A word of many domains points to none of them firmly.
      let share = 1 / Float(entries.count).squareRoot()
      pointers += entries.map { Pointer(domain: $0.domain, weight: $0.weight * share) }
    }
    self.pointers = pointers
    keywords = HashTable(slices, empty: Slice(start: 0, count: 0))
  }

  /// Whether the word points to any domain.
  func knows(_ stem: UInt64) -> Bool { keywords[stem].count > 0 }

  private static func list(_ field: some StringProtocol) -> [String] {
    field.split(separator: ";").map { part in String(part).collapsingWhitespace() }
  }

  /// The domains that the words of a text point to, best first, and the stems of the words that did.
  func classify(_ scan: TextScan) -> (matches: [Match], words: Set<UInt64>) {
    var scores = [Double](repeating: 0, count: domains.count)
    var distinct = [Int](repeating: 0, count: domains.count)
    var seen: [UInt64: Int] = [:]
    var words: Set<UInt64> = []
    var previous: UInt64 = 0
    for (place, token) in scan.tokens.enumerated() {
      defer { previous = token.stem }
      if token.isFrame { continue }
      if place > 0, !token.breakBefore {
        let pair = WordHash.pair(previous, token.stem)
        if add(pair, place, &seen, &scores, &distinct) {
          words.insert(previous)
          words.insert(token.stem)
        }
      }
      guard token.classes.isDisjoint(with: [.function, .preposition, .determiner, .givenName]) else { continue }
      if add(token.stem, place, &seen, &scores, &distinct) { words.insert(token.stem) }
    }
    var matches: [Match] = []
    for (domain, score) in scores.enumerated() where score > 0 {
      matches.append(Match(domain: domain, score: score, distinct: distinct[domain]))
    }
    matches.sort { ($0.score, $1.domain) > ($1.score, $0.domain) }
    return (matches, words)
  }

  private func add(
    _ hash: UInt64, _ place: Int, _ seen: inout [UInt64: Int], _ scores: inout [Double], _ distinct: inout [Int]
  ) -> Bool {
    let slice = keywords[hash]
    guard slice.count > 0 else { return false }
    let count = seen[hash, default: 0] + 1
    seen[hash] = count
    // The first time tells most; what a text opens with is what it is about.
    let gain = (count == 1 ? 1 : count <= 5 ? 0.35 : 0) * (place < 50 ? 1.35 : 1)
    for entry in pointers[Int(slice.start)..<Int(slice.start + slice.count)] {
      scores[Int(entry.domain)] += Double(entry.weight) * gain
      if count == 1, entry.weight > 0.8 { distinct[Int(entry.domain)] += 1 }
    }
    return true
  }
}
