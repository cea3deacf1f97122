import PersonaRecords
import SimilarityKernels

/// The runs of words that stand in the most rows: what a model cannot stop saying.
///
/// Runs of `length` words are counted by their hashes, once per row; their words are looked up in a second reading, and
/// runs that overlap and come together are told as one longer phrase.
package struct RepeatedPhrases: Sendable {
  package static let length = 5
  /// Runs that are looked up: a phrase of 20 words is 16 of them.
  private static let candidateCount = 200

  /// Words that stand together in so many rows.
  package struct Phrase: Sendable, Equatable {
    package var words: [String]
    package var rows: Int

    package init(words: [String], rows: Int) {
      self.words = words
      self.rows = rows
    }

    package var text: String { words.joined(separator: " ") }
  }

  private var counter = FrequentCounter<UInt64>(limit: 4_000_000)

  package init() {}

  /// By how much a count may be too low.
  package var error: Int { counter.error }

  /// Counts the runs of one row.
  /// - Parameter row: its number, under which it is asked for again.
  package mutating func take(_ hashes: ArraySlice<UInt64>, row: Int) {
    guard hashes.count >= Self.length else { return }
    var seen: Set<UInt64> = []
    for start in hashes.startIndex...(hashes.endIndex - Self.length) {
      let run = Self.hash(hashes[start..<start + Self.length])
      if seen.insert(run).inserted { counter.count(run, at: row) }
    }
  }

  private static func hash(_ words: ArraySlice<UInt64>) -> UInt64 {
    words.reduce(0) { StableHash.mix($0 &* 0x9E37_79B9_7F4A_7C15 ^ $1) }
  }

  /// Rows in which the most frequent runs came first: those whose texts `phrases` wants.
  package var wantedRows: Set<Int> { Set(candidates.map(\.entry.first)) }

  private var candidates: [(key: UInt64, entry: FrequentCounter<UInt64>.Entry)] {
    counter.top(Self.candidateCount)
  }

  /// The most frequent phrases, largest count first.
  /// - Parameter texts: at least those of `wantedRows`.
  package func phrases(_ number: Int, texts: [Int: String]) -> [Phrase] {
    var left: [(words: [String], count: Int)] = []
    var scans: [Int: (hashes: ArraySlice<UInt64>, words: [String])] = [:]
    for (key, entry) in candidates {
      guard let text = texts[entry.first] else { continue }
      let scan = scans[entry.first] ?? (orderedWordHashes(of: text), words(of: text))
      scans[entry.first] = scan
      guard scan.hashes.count >= Self.length else { continue }
      for offset in 0...(scan.hashes.count - Self.length) {
        let start = scan.hashes.startIndex + offset
        guard Self.hash(scan.hashes[start..<start + Self.length]) == key else { continue }
        left.append((Array(scan.words[offset..<offset + Self.length]), entry.count))
        break
      }
    }
    var phrases: [Phrase] = []
    while phrases.count < number, !left.isEmpty {
      let first = left.removeFirst()
      var phrase = Phrase(words: first.words, rows: first.count)
      // Neighbours that come nearly as often are parts of the same phrase.
      while let place = left.firstIndex(where: {
        $0.count * 10 >= phrase.rows * 9 && Self.extends(phrase.words, $0.words)
      }) {
        let run = left.remove(at: place)
        if phrase.words.suffix(Self.length - 1) == run.words.prefix(Self.length - 1) {
          phrase.words.append(contentsOf: run.words.suffix(1))
        } else {
          phrase.words.insert(contentsOf: run.words.prefix(1), at: 0)
        }
        phrase.rows = min(phrase.rows, run.count)
      }
      phrases.append(phrase)
    }
    return phrases.sorted { ($1.rows, $0.text) < ($0.rows, $1.text) }
  }

  private static func extends(_ phrase: [String], _ run: [String]) -> Bool {
    phrase.suffix(length - 1) == run.prefix(length - 1) || phrase.prefix(length - 1) == run.suffix(length - 1)
  }
}
