import PersonaRecords
import SimilarityKernels

/// Rows in memory with what orders them: the part of surface dedup that needs no disk.
struct RankedRows {
  private(set) var sets = WordSets()
  /// By row: the smaller, the earlier in the total order. Empty for input order, and those before `firstRank` went to the
  /// disk.
  private(set) var ranks: [UInt64] = []
  private(set) var firstRank = 0
  /// So many rows at the front are kept whatever comes.
  var keptCount = 0

  mutating func append(_ scanner: borrowing ShingleScanner, rank: UInt64?) {
    sets.append(scanner)
    if let rank { ranks.append(rank) }
  }

  /// Writes the ranks of all rows but those that are kept whatever comes, which stand first: they get the least rank.
  mutating func spillRanks(to runs: inout RankRuns) throws(Problem) {
    for row in firstRank..<max(firstRank, min(keptCount, firstRank + ranks.count)) { ranks[row - firstRank] = 0 }
    try runs.append(ranks, firstRow: firstRank)
    firstRank += ranks.count
    ranks.removeAll(keepingCapacity: true)
  }

  mutating func append(_ cut: borrowing ASCIIRows, count: Int) { sets.append(cut, count: count) }

  mutating func appendDistinct(_ words: ArraySlice<UInt64>) { sets.appendDistinct(words) }

  /// Hands out the word sets and goes on with others, which are empty.
  mutating func exchangeSets(_ empty: WordSets) -> WordSets {
    let filled = sets
    sets = empty
    return filled
  }

  mutating func reserve(rows: Int, words: Int) { sets.reserve(rows: rows, words: words) }

  /// The total order: rows to keep first, then by rank, equal ranks as they were added. Empty for input order.
  func order() -> [UInt32] { Self.order(ranks, keptCount: keptCount) }

  static func order(_ ranks: [UInt64], keptCount: Int) -> [UInt32] {
    guard !ranks.isEmpty else { return [] }
    var order = (0..<ranks.count).map { UInt32($0) }
    order[min(keptCount, order.count)...].sort { (ranks[Int($0)], $0) < (ranks[Int($1)], $1) }
    return order
  }

  /// Whatever the keys: decisions on all rows, by their numbers.
  func decisions(_ keys: some RowKeys, _ settings: SurfaceDedup.Settings) -> [DuplicateDecision] {
    SurvivorSearch.run(
      sets, keys, threshold: settings.threshold, order: order(), given: SurvivorSearch.Given(keptCount: keptCount))
  }

  /// Bytes that the rows take while they are compared, all in memory.
  func byteCount(_ keys: some RowKeys) -> Int {
    var entries = 0
    for row in 0..<sets.count { entries += keys.storedKeyCount(ofSize: sets.size(of: row)) }
    return sets.words.count * 8 + sets.count * 32 + SurvivorSearch.byteCount(rows: sets.count, keys: entries)
      + (ranks.isEmpty ? 0 : sets.count * 12)
  }
}
