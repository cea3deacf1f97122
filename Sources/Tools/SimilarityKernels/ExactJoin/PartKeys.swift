/// The keys of the exact join: rows at or above the threshold always share one.
///
/// Two sets of sizes m and n reach the threshold only if they differ in at most d words (`allowedDifference`); the keys of
/// a `PartScheme` for d or more differences find them. A row does not know its partner: it has the keys of every level of
/// d that the sizes occurring in the data ask for. docs/dedup.md has the proof and what the keys cost.
struct PartKeys: RowKeys {
  /// What the join is going to do for one number of differences.
  struct Level {
    var scheme: PartScheme
    /// Rows that have keys of this level.
    var rows = 0
    /// Pairs expected to share a key, counted once for each key they share.
    var predictedCandidates = 0.0
  }

  /// By number of differences, ascending.
  let levels: [Level]
  /// By size of the row: which of `levels` it has keys of. Empty for sizes without partners.
  private let levelsOfSize: [[Int]]
  let keyCount: Int

  /// Chooses the schemes for some rows, no two of which have equal words.
  init(_ sets: WordSets, rows: [Int], threshold: JaccardThreshold) {
    var rowsOfSize: [Int] = []
    for row in rows {
      let size = sets.size(of: row)
      if size >= rowsOfSize.count { rowsOfSize += [Int](repeating: 0, count: size + 1 - rowsOfSize.count) }
      rowsOfSize[size] += 1
    }
    var differences = [Set<Int>](repeating: [], count: rowsOfSize.count)
    let sizes = rowsOfSize.indices.filter { $0 > 0 && rowsOfSize[$0] > 0 }
    for (place, size) in sizes.enumerated() {
      let largest = threshold.largestPartner(of: size)
      for partner in sizes[place...].prefix(while: { $0 <= largest }) where partner != size || rowsOfSize[size] > 1 {
        // No difference: the sets are equal, and equal sets fell together before.
        guard let difference = threshold.allowedDifference(size, partner), difference > 0 else { continue }
        differences[size].insert(Self.level(of: difference))
        differences[partner].insert(Self.level(of: difference))
      }
    }
    let occurring = differences.reduce(into: Set<Int>()) { $0.formUnion($1) }.sorted()
    let levelsOfSize = differences.map { wanted in occurring.indices.filter { wanted.contains(occurring[$0]) } }

    var levels = occurring.map { Level(scheme: PartScheme(differences: $0, parts: $0 + 1)) }
    for size in sizes { for level in levelsOfSize[size] { levels[level].rows += rowsOfSize[size] } }
    let sample = Self.sample(of: rows)
    for level in levels.indices {
      levels[level].choose(
        from: sample.filter { levelsOfSize[sets.size(of: $0)].contains(level) }, of: sets,
        scale: Double(rows.count) / Double(max(1, sample.count)))
    }
    self.levels = levels
    self.levelsOfSize = levelsOfSize
    keyCount = levels.reduce(0) { $0 + $1.rows * $1.scheme.keyCount }
  }

  /// The number of differences rounded up to one of few: every d up to 8, then steps of an eighth at most, so that long
  /// sets, whose partners have many sizes, have keys of a handful of levels.
  static func level(of difference: Int) -> Int {
    guard difference > 8 else { return difference }
    let step = 1 << (Int.bitWidth - 1 - difference.leadingZeroBitCount - 3)
    return (difference + step - 1) / step * step
  }

  /// Rows to try schemes on: evenly spaced, few enough to cost a few percent of the join.
  private static func sample(of rows: [Int]) -> [Int] {
    let count = min(rows.count, max(2_000, min(rows.count / 50, 16_384)))
    return (0..<count).map { rows[$0 * rows.count / count] }
  }

  func append(row: Int, of sets: WordSets, to keys: inout [UInt64], _ scratch: inout KeyScratch) {
    let range = sets.range(of: row)
    for level in levelsOfSize[range.count] {
      levels[level].scheme.append(sets.numbers[range], to: &keys, &scratch)
    }
  }
}

extension PartKeys.Level {
  /// What making and looking up one key costs, in candidates: both wait for memory about once.
  private static let costOfKey = 1.0

  /// Takes the scheme that promises the least work, keys and candidates together.
  ///
  /// Candidates are counted in the sample, every pair once for each key it shares, and grow with the square of the rows.
  fileprivate mutating func choose(from sample: [Int], of sets: WordSets, scale: Double) {
    var leastWork = Double.infinity
    var keys: [UInt64] = []
    var scratch = KeyScratch()
    for option in PartScheme.options(differences: scheme.differences) {
      let keyWork = Double(rows * option.keyCount) * Self.costOfKey
      if keyWork >= leastWork { break }
      keys.removeAll(keepingCapacity: true)
      for row in sample { option.append(sets.numbers[sets.range(of: row)], to: &keys, &scratch) }
      keys.sort()
      var pairs = 0
      var equalBefore = 0
      for place in keys.indices.dropFirst() {
        equalBefore = keys[place] == keys[place - 1] ? equalBefore + 1 : 0
        pairs += equalBefore
      }
      let candidates = Double(pairs) * scale * scale
      if keyWork + candidates < leastWork {
        leastWork = keyWork + candidates
        scheme = option
        predictedCandidates = candidates
      }
    }
  }
}
