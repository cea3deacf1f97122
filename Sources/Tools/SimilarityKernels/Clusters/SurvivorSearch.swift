/// What happens to one row: it is kept, or dropped because it repeats a kept row.
package struct DuplicateDecision: Sendable, Equatable {
  /// The kept row that this one repeats; nil when this row is kept.
  package var representative: Int?
  /// Words common to both; 0 for kept rows.
  package var intersection: Int
  /// Words of either; 0 for kept rows.
  package var union: Int

  package init(representative: Int?, intersection: Int = 0, union: Int = 0) {
    self.representative = representative
    self.intersection = intersection
    self.union = union
  }

  package static let kept = DuplicateDecision(representative: nil)

  /// Exact Jaccard similarity to the representative; 0 for kept rows.
  package var jaccard: Double { union == 0 ? 0 : Double(intersection) / Double(union) }
}

/// Finds the survivors: greedy in a total order, each row against the rows kept before it.
///
/// A row is dropped when a kept row before it reaches the threshold; its representative is the one with the same words,
/// if there is one, else the first in the order. So no row is dropped without a kept near-copy, and no cluster loses all
/// its rows. A row without words repeats nothing and is kept.
///
/// Equal sets fall together first. Then only kept rows enter the index, so a million near-copies of one row cost a million
/// look-ups in small buckets and not 10^11 pairs. The result depends on the order of the rows alone.
package struct SurvivorSearch: ~Copyable {
  private let sets: WordSets
  private let threshold: JaccardThreshold
  /// Rows in the total order; a row's place in it is what the index stores.
  private let order: [Int]
  private var decisions: [DuplicateDecision]
  /// Pairs whose words were compared.
  package private(set) var verifiedPairs = 0

  /// - Parameters:
  ///   - order: every row once, in the order in which rows are preferred.
  ///   - keptCount: so many rows at the start of the order are kept without being compared with each other: a collection
  ///     that is deduplicated already.
  package static func exact(
    _ sets: WordSets, threshold: JaccardThreshold, order: [Int], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    var search = SurvivorSearch(sets, threshold, order)
    search.run(PartKeys(sets, threshold: threshold), keptCount)
    return search.decisions
  }

  /// As `exact`, among candidates that MinHash proposes: near-copies may be missed (`Banding.missRate`), never invented.
  package static func minHash(
    _ sets: WordSets, threshold: JaccardThreshold, order: [Int], keptCount: Int = 0, hasher: MinHasher, banding: Banding
  ) -> [DuplicateDecision] {
    var search = SurvivorSearch(sets, threshold, order)
    search.run(BandKeys(hasher: hasher, banding: banding), keptCount)
    return search.decisions
  }

  /// The definition, pair by pair: what tests compare the fast searches with.
  package static func reference(
    _ sets: WordSets, threshold: JaccardThreshold, order: [Int], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    var decisions = [DuplicateDecision](repeating: .kept, count: sets.count)
    var kept: [Int] = []
    for (place, row) in order.enumerated() {
      if place >= keptCount && sets.size(of: row) > 0 {
        let reaching = kept.compactMap { earlier in
          let common = sets.intersection(row, earlier) ?? 0
          let union = sets.size(of: row) + sets.size(of: earlier) - common
          return threshold.isReached(intersection: common, union: union)
            ? DuplicateDecision(representative: earlier, intersection: common, union: union) : nil
        }
        decisions[row] = reaching.first { $0.intersection == $0.union } ?? reaching.first ?? .kept
      }
      if decisions[row].representative == nil { kept.append(row) }
    }
    return decisions
  }

  private init(_ sets: WordSets, _ threshold: JaccardThreshold, _ order: [Int]) {
    precondition(order.count == sets.count, "every row stands in the order once")
    self.sets = sets
    self.threshold = threshold
    self.order = order
    decisions = [DuplicateDecision](repeating: .kept, count: sets.count)
  }

  private mutating func run(_ keys: some RowKeys, _ keptCount: Int) {
    let twins = equalRows()
    var index = CandidateIndex(capacity: keys.countLimit(sets))
    var scratch = KeyScratch()
    var rowKeys: [UInt64] = []
    for (place, row) in order.enumerated() where sets.size(of: row) > 0 && twins[place] == place {
      rowKeys.removeAll(keepingCapacity: true)
      keys.append(row: row, of: sets, to: &rowKeys, &scratch)
      if place >= keptCount {
        decisions[row] = firstNearCopy(of: row, before: place, index, rowKeys)
      }
      if decisions[row].representative == nil {
        for key in rowKeys { index.insert(key, place: UInt32(place), parity: sets.parities[row]) }
      }
    }
    for (place, row) in order.enumerated() where twins[place] != place && place >= keptCount {
      let twin = order[twins[place]]
      decisions[row] = decisions[twin]
      if decisions[row].representative == nil {
        let size = sets.size(of: row)
        decisions[row] = DuplicateDecision(representative: twin, intersection: size, union: size)
      }
    }
  }

  private mutating func firstNearCopy(
    of row: Int, before place: Int, _ index: borrowing CandidateIndex, _ keys: [UInt64]
  ) -> DuplicateDecision {
    var best = place
    var decision = DuplicateDecision.kept
    let size = sets.size(of: row)
    let parity = sets.parities[row]
    for key in keys {
      var link = index.newest(key)
      while link != 0 {
        let entry = index.entries[Int(link) - 1]
        link = entry.next
        guard Int(entry.place) < best else { continue }
        let other = order[Int(entry.place)]
        let otherSize = sets.size(of: other)
        guard let allowed = threshold.allowedDifference(size, otherSize),
          (entry.parity ^ parity).nonzeroBitCount <= allowed
        else { continue }
        verifiedPairs += 1
        if let common = sets.intersection(row, other, atLeast: (size + otherSize - allowed) / 2) {
          best = Int(entry.place)
          decision = DuplicateDecision(representative: other, intersection: common, union: size + otherSize - common)
        }
      }
    }
    return decision
  }

  /// For each place of the order the first place with the same words; the place itself when there is none before.
  private func equalRows() -> [Int] {
    var index = CandidateIndex(capacity: sets.count)
    return order.enumerated().map { place, row in
      guard sets.size(of: row) > 0 else { return place }
      var key: UInt64 = 0
      for word in sets.range(of: row) { key &+= WordHash.spread(sets.numbers[word]) }
      key = WordHash.mix(key)
      var link = index.newest(key)
      while link != 0 {
        let entry = index.entries[Int(link) - 1]
        if sets.areEqual(row, order[Int(entry.place)]) { return Int(entry.place) }
        link = entry.next
      }
      index.insert(key, place: UInt32(place), parity: sets.parities[row])
      return place
    }
  }
}
