import SimilarityKernels

/// Rows in memory with what orders them: the part of surface dedup that needs no disk.
struct RankedRows {
  private(set) var sets = WordSets()
  /// By row: the smaller, the earlier in the total order. Empty for input order.
  private(set) var ranks: [UInt64] = []
  /// So many rows at the front are kept whatever comes.
  var keptCount = 0

  mutating func append(_ scanner: borrowing ShingleScanner, rank: UInt64?) {
    sets.append(scanner)
    if let rank { ranks.append(rank) }
  }

  mutating func removeAll() {
    sets.removeAll()
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

  func decisions(_ settings: SurfaceDedup.Settings) -> [DuplicateDecision] {
    switch settings.method {
    case .exact:
      return SurvivorSearch.exact(sets, threshold: settings.threshold, order: order(), keptCount: keptCount)
    case .minhash:
      return SurvivorSearch.minHash(
        sets, threshold: settings.threshold, order: order(), keptCount: keptCount,
        hasher: MinHasher(length: settings.signatureLength), banding: settings.banding)
    }
  }
}
