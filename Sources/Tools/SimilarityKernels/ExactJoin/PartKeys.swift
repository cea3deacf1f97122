/// The keys of the exact join: of two rows at or above the threshold, each seeks a key under which the other is stored.
///
/// Two sets of sizes m and n reach the threshold only if they differ in at most d words (`allowedDifference`); the keys of
/// a `PartScheme` for d or more differences find them. A row does not know its partner, but which sizes partners may have
/// and which d goes with each. So every key carries the size of its owner, a row is stored under the keys of every d that
/// some partner's size asks for, and it seeks, for each size that occurs, the keys of the d that goes with this size.
/// Rows that could not be partners never meet in a bucket. docs/dedup.md has the proof and what the keys cost.
///
/// Two sets with d = 1 are one set with and without one word, and `SubsetSearch` finds them by sums: where it is at hand, no
/// keys are made for them.
package struct PartKeys: RowKeys {
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

  /// A `Search` as rows use it, without arrays in arrays.
  private struct Step {
    var level: Int
    var storedSalt: UInt64
    /// Salts of the size classes of partners, in `salts`.
    var salts: Range<Int>
  }

  /// By number of differences, ascending.
  private(set) var levels: [Level] = []
  /// By size of the row; empty for sizes without partners.
  private var searches: [[Search]] = []
  private var steps: [Step] = []
  /// By size of the row: its places in `steps`.
  private var stepsOfSize: [Range<Int>] = []
  private var salts: [UInt64] = []
  /// By size of the row: its partners of one word less are left to `SubsetSearch`.
  private var subsetSizes: [Bool]
  /// Rows with words.
  private var rowCount = 0

  /// Chooses the schemes for some rows. The choice changes the time a join takes, never its result.
  /// - Parameters:
  ///   - rowsOfSize: how many rows have so many words.
  ///   - sample: some of the rows, evenly spaced; equal ones among them count once.
  ///   - withoutSubsets: partners one of which has one word more than the other, and all others in common, are found without
  ///     keys, as `SurvivorSearch` does when it has all rows before it.
  package init(rowsOfSize: [Int], sample: WordSets, threshold: JaccardThreshold, withoutSubsets: Bool = false) {
    subsetSizes = [Bool](repeating: false, count: rowsOfSize.count)
    // For each size, by differences: the size classes of partners.
    var partners = [[Int: Set<Int>]](repeating: [:], count: rowsOfSize.count)
    let sizes = rowsOfSize.indices.filter { $0 > 0 && rowsOfSize[$0] > 0 }
    for (place, size) in sizes.enumerated() {
      let largest = threshold.largestPartner(of: size)
      for partner in sizes[place...].prefix(while: { $0 <= largest }) where partner != size || rowsOfSize[size] > 1 {
        // No difference: the sets are equal, and equal sets are found by the key of the whole set.
        guard let allowed = threshold.allowedDifference(size, partner), allowed > 0 else { continue }
        // One difference: sizes that differ by one, and the smaller set is a part of the larger.
        if withoutSubsets && allowed == 1 && partner <= Self.largestSuperset {
          subsetSizes[partner] = true
          continue
        }
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
    flatten()
    rowCount = rowsOfSize.dropFirst().reduce(0, +)
    let rows = sample.distinctRows()
    for level in levels.indices { choose(level, sample, rows, of: rowCount) }
  }

  /// Larger rows find their partners of one word less by keys: there are more subsets to look for than keys are worth.
  private static let largestSuperset = 128

  /// Chooses the schemes for some rows, all in memory.
  package init(_ sets: WordSets, threshold: JaccardThreshold, withoutSubsets: Bool = false) {
    var rowsOfSize: [Int] = [0]
    for row in 0..<sets.count {
      let size = sets.size(of: row)
      if size >= rowsOfSize.count { rowsOfSize += [Int](repeating: 0, count: size + 1 - rowsOfSize.count) }
      rowsOfSize[size] += 1
    }
    let sample = sets.sample(Self.sampleCount(of: sets.count))
    self.init(rowsOfSize: rowsOfSize, sample: sample, threshold: threshold, withoutSubsets: withoutSubsets)
  }

  private mutating func flatten() {
    for wanted in searches {
      let size = stepsOfSize.count
      let first = steps.count
      for search in wanted {
        let firstSalt = salts.count
        salts += search.partners.map(Self.salt(ownedBy:))
        steps.append(
          Step(
            level: search.level, storedSalt: Self.salt(ownedBy: Self.sizeClass(size)), salts: firstSalt..<salts.count))
      }
      stepsOfSize.append(first..<steps.count)
    }
  }

  package func storedKeyCount(ofSize size: Int) -> Int {
    guard size < stepsOfSize.count else { return 0 }
    return stepsOfSize[size].reduce(0) { $0 + levels[steps[$1].level].scheme.keyCount }
  }

  package func findsSubsets(ofSize size: Int) -> Bool { size < subsetSizes.count && subsetSizes[size] }

  package func soughtKeyCount(ofSize size: Int) -> Int {
    guard size < stepsOfSize.count else { return 0 }
    return stepsOfSize[size].reduce(0) { $0 + levels[steps[$1].level].scheme.keyCount * steps[$1].salts.count }
  }

  /// The work foreseen for rows of these sizes.
  package var forecast: JoinForecast {
    JoinForecast(
      rows: rowCount, keys: levels.reduce(0) { $0 + $1.rows * $1.scheme.keyCount },
      candidates: levels.reduce(0) { $0 + $1.predictedCandidates })
  }

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

  // A size that was not counted has no partners: all rows are counted before keys are made.
  package func kinds(ofSize size: Int) -> Range<Int> { size < stepsOfSize.count ? stepsOfSize[size] : 0..<0 }

  package func makeKeys(
    _ kind: Int, _ row: Range<Int>, of words: Span<UInt64>, _ scratch: inout KeyScratch
  ) -> Int {
    let scheme = levels[steps[kind].level].scheme
    scheme.makeKeys(of: words, row, &scratch)
    return scheme.keyCount
  }

  package func keyCount(_ kind: Int) -> Int { levels[steps[kind].level].scheme.keyCount }

  package func addSalts(_ kind: Int, to salts: inout KeyList) -> UInt64 {
    for place in steps[kind].salts { salts.append(self.salts[place]) }
    return steps[kind].storedSalt
  }

  private func append(
    _ step: Step, _ scheme: PartScheme, _ row: Range<Int>, _ words: Span<UInt64>, _ stored: inout KeyList,
    _ sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    scheme.makeKeys(of: words, row, &scratch)
    // Every key has the size class of its owner in it.
    stored.append(scratch.keys, count: scheme.keyCount, salt: step.storedSalt)
    for salt in step.salts { sought.append(scratch.keys, count: scheme.keyCount, salt: salts[salt]) }
  }

  /// Rows of a sample to try schemes on: few enough to cost a few percent of the join.
  package static func sampleCount(of rows: Int) -> Int { min(rows, max(2_000, min(rows / 50, 8_192))) }

  /// What one key costs, in candidates: most keys are made, looked up in a table of bits and forgotten, while a candidate
  /// waits for memory several times.
  private static let costOfKey = 0.2

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

  /// For each scheme that could be chosen: its differences, parts and keys for each row, and how many pairs of different
  /// rows share a key of it, counted once for each. For measurements: all rows are looked at.
  package func measuredCandidates(
    _ sets: WordSets
  ) -> [(differences: Int, parts: Int, keys: Int, rows: Int, candidates: Int, isChosen: Bool)] {
    let rows = sets.distinctRows()
    return levels.indices.flatMap { level in
      PartScheme.options(differences: levels[level].scheme.differences).map { option in
        (
          option.differences, option.parts, option.keyCount, levels[level].rows,
          meetings(rows, of: sets, level, option),
          option == levels[level].scheme
        )
      }
    }
  }

  /// How often two rows of a sample meet in a bucket.
  private func meetings(_ sample: [Int], of sets: WordSets, _ level: Int, _ scheme: PartScheme) -> Int {
    var storedKeys = KeyList()
    var soughtKeys = KeyList()
    var scratch = KeyScratch()
    var withThemselves = 0
    let words = sets.words.span
    for row in sample {
      let range = sets.range(of: row)
      guard range.count < stepsOfSize.count else { continue }
      for step in stepsOfSize[range.count] where steps[step].level == level {
        append(steps[step], scheme, range, words, &storedKeys, &soughtKeys, &scratch)
        if steps[step].salts.contains(where: { salts[$0] == steps[step].storedSalt }) {
          withThemselves += scheme.keyCount
        }
      }
    }
    // Of two rows that meet, each seeks the other here; in the join only the later one does.
    return (storedKeys.meetings(with: soughtKeys) - withThemselves) / 2
  }
}
