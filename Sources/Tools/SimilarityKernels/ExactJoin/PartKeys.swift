/// The keys of the exact join: of two rows at or above the threshold, each seeks a key under which the other is stored.
///
/// Two sets of sizes m and n reach the threshold only if they differ in at most d words (`allowedDifference`); the keys of
/// a `PartScheme` for d or more differences find them. A row does not know its partner, but which sizes partners may have
/// and which d goes with each. So every key carries the size of its owner, a row is stored under the keys of every d that
/// some partner's size asks for, and it seeks, for each size that occurs, the keys of the d that goes with this size.
/// Rows that could not be partners never meet in a bucket. docs/dedup.md has the proof and what the keys cost.
struct PartKeys: RowKeys {
  /// What the join is going to do for one number of differences.
  struct Level {
    var scheme: PartScheme
    /// Rows stored under keys of this level.
    var rows = 0
    /// Size classes sought, summed over the rows.
    var searches = 0
    /// Pairs expected to meet in a bucket, counted once for each.
    var predictedCandidates = 0.0
  }

  /// What rows of one size do at one level.
  private struct Search {
    var level: Int
    /// The size classes of partners.
    var partners: [Int]
  }

  /// By number of differences, ascending.
  private(set) var levels: [Level] = []
  /// By size of the row; empty for sizes without partners.
  private var searches: [[Search]] = []

  /// Chooses the schemes for some rows, no two of which have equal words.
  init(_ sets: WordSets, rows: [Int], threshold: JaccardThreshold) {
    var rowsOfSize: [Int] = []
    for row in rows {
      let size = sets.size(of: row)
      if size >= rowsOfSize.count { rowsOfSize += [Int](repeating: 0, count: size + 1 - rowsOfSize.count) }
      rowsOfSize[size] += 1
    }
    // For each size, by differences: the size classes of partners.
    var partners = [[Int: Set<Int>]](repeating: [:], count: rowsOfSize.count)
    let sizes = rowsOfSize.indices.filter { $0 > 0 && rowsOfSize[$0] > 0 }
    for (place, size) in sizes.enumerated() {
      let largest = threshold.largestPartner(of: size)
      for partner in sizes[place...].prefix(while: { $0 <= largest }) where partner != size || rowsOfSize[size] > 1 {
        // No difference: the sets are equal, and equal sets fell together before.
        guard let allowed = threshold.allowedDifference(size, partner), allowed > 0 else { continue }
        let differences = Self.rounded(allowed, exactUpTo: 8)
        partners[size][differences, default: []].insert(Self.sizeClass(partner))
        partners[partner][differences, default: []].insert(Self.sizeClass(size))
      }
    }
    let occurring = partners.reduce(into: Set<Int>()) { $0.formUnion($1.keys) }.sorted()
    searches = partners.map { wanted in
      occurring.indices.compactMap { level in
        wanted[occurring[level]].map { Search(level: level, partners: $0.sorted()) }
      }
    }
    levels = occurring.map { Level(scheme: PartScheme(differences: $0, parts: $0 + 1)) }
    for size in sizes {
      for search in searches[size] {
        levels[search.level].rows += rowsOfSize[size]
        levels[search.level].searches += rowsOfSize[size] * search.partners.count
      }
    }
    let sample = Self.sample(of: rows)
    for level in levels.indices { choose(level, sets, sample, of: rows.count) }
  }

  var keyCount: Int { levels.reduce(0) { $0 + $1.rows * $1.scheme.keyCount } }

  /// A number rounded up to one of few: to steps of an eighth at most above a limit.
  ///
  /// So long sets, whose partners have many sizes and differ in many words, have keys of a handful of levels and classes.
  static func rounded(_ number: Int, exactUpTo limit: Int) -> Int {
    guard number > limit else { return number }
    let step = 1 << (Int.bitWidth - 1 - number.leadingZeroBitCount - 3)
    return (number + step - 1) / step * step
  }

  private static func sizeClass(_ size: Int) -> Int { rounded(size, exactUpTo: 32) }

  private static func salt(ownedBy sizeClass: Int) -> UInt64 { WordHash.mix(UInt64(truncatingIfNeeded: sizeClass)) }

  func append(
    row: Int, of sets: WordSets, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    let range = sets.range(of: row)
    for search in searches[range.count] {
      append(search, levels[search.level].scheme, sets.numbers[range], &stored, &sought, &scratch)
    }
  }

  private func append(
    _ search: Search, _ scheme: PartScheme, _ words: ArraySlice<UInt32>, _ stored: inout KeyList,
    _ sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    scheme.makeKeys(of: words, &scratch)
    // Every key has the size class of its owner in it.
    stored.append(scratch.keys, count: scheme.keyCount, salt: Self.salt(ownedBy: Self.sizeClass(words.count)))
    for partner in search.partners {
      sought.append(scratch.keys, count: scheme.keyCount, salt: Self.salt(ownedBy: partner))
    }
  }

  /// Rows to try schemes on: evenly spaced, few enough to cost a few percent of the join.
  private static func sample(of rows: [Int]) -> [Int] {
    let count = min(rows.count, max(2_000, min(rows.count / 50, 16_384)))
    return (0..<count).map { rows[$0 * rows.count / count] }
  }

  /// What storing or seeking one key costs, in candidates: each of them waits for memory about once.
  private static let costOfKey = 1.0

  /// Takes the scheme that promises the least work, keys and candidates together.
  ///
  /// Candidates are counted in the sample, every pair once for each key it shares, and grow with the square of the rows.
  private mutating func choose(_ level: Int, _ sets: WordSets, _ sample: [Int], of rowCount: Int) {
    let scale = Double(rowCount) / Double(max(1, sample.count))
    var leastWork = Double.infinity
    for option in PartScheme.options(differences: levels[level].scheme.differences) {
      let keyWork = Double((levels[level].rows + levels[level].searches) * option.keyCount) * Self.costOfKey
      if keyWork >= leastWork { break }
      let candidates = Double(meetings(sample, of: sets, level, option)) * scale * scale
      if keyWork + candidates < leastWork {
        leastWork = keyWork + candidates
        levels[level].scheme = option
        levels[level].predictedCandidates = candidates
      }
    }
  }

  /// How often two rows of a sample meet in a bucket.
  private func meetings(_ sample: [Int], of sets: WordSets, _ level: Int, _ scheme: PartScheme) -> Int {
    var storedKeys = KeyList()
    var soughtKeys = KeyList()
    var scratch = KeyScratch()
    var withThemselves = 0
    for row in sample {
      let range = sets.range(of: row)
      for search in searches[range.count] where search.level == level {
        append(search, scheme, sets.numbers[range], &storedKeys, &soughtKeys, &scratch)
        if search.partners.contains(Self.sizeClass(range.count)) { withThemselves += scheme.keyCount }
      }
    }
    let stored = storedKeys.buffer[..<storedKeys.count].sorted()
    let sought = soughtKeys.buffer[..<soughtKeys.count].sorted()
    var meetings = 0
    var place = 0
    var equal = 0
    for (number, key) in sought.enumerated() {
      if number == 0 || key != sought[number - 1] {
        while place < stored.count && stored[place] < key { place += 1 }
        equal = place
        while equal < stored.count && stored[equal] == key { equal += 1 }
        equal -= place
      }
      meetings += equal
    }
    // Of two rows that meet, each seeks the other here; in the join only the later one does.
    return (meetings - withThemselves) / 2
  }
}
