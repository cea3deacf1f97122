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

/// The work of an exact join.
package struct JoinForecast: Sendable, Equatable {
  /// Keys under which rows are stored, if all rows are kept.
  package var keys: Int
  /// Pairs of rows that meet in a bucket, counted once for each bucket they share, if all rows are kept.
  package var candidates: Double

  package init(keys: Int, candidates: Double) {
    self.keys = keys
    self.candidates = candidates
  }
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
  private var marks: WordMarks
  /// For each place of the order the first place with the same words; the place itself when there is none before.
  private var twins: [Int] = []

  /// - Parameters:
  ///   - order: every row once, in the order in which rows are preferred.
  ///   - keptCount: so many rows at the start of the order are kept without being compared with each other: a collection
  ///     that is deduplicated already.
  package static func exact(
    _ sets: WordSets, threshold: JaccardThreshold, order: [Int], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    var search = SurvivorSearch(sets, threshold, order)
    search.run(PartKeys(sets, rows: search.distinctRows(), threshold: threshold), keptCount)
    return search.decisions
  }

  /// What `exact` is going to cost, foreseen from a sample of the rows.
  package static func forecast(_ sets: WordSets, threshold: JaccardThreshold, order: [Int]) -> JoinForecast {
    let search = SurvivorSearch(sets, threshold, order)
    let levels = PartKeys(sets, rows: search.distinctRows(), threshold: threshold).levels
    return JoinForecast(
      keys: levels.reduce(0) { $0 + $1.rows * $1.scheme.keyCount },
      candidates: levels.reduce(0) { $0 + $1.predictedCandidates })
  }

  /// As `exact`, among candidates that MinHash proposes: near-copies may be missed (`Banding.missRate`), never invented.
  package static func minHash(
    _ sets: WordSets, threshold: JaccardThreshold, order: [Int], keptCount: Int = 0, hasher: MinHasher, banding: Banding
  ) -> [DuplicateDecision] {
    var search = SurvivorSearch(sets, threshold, order)
    search.run(BandKeys(hasher: hasher, banding: banding, rowCount: search.distinctRows().count), keptCount)
    return search.decisions
  }

  /// The definition, pair by pair: what tests compare the fast searches with.
  package static func reference(
    _ sets: WordSets, threshold: JaccardThreshold, order: [Int], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    var decisions = [DuplicateDecision](repeating: .kept, count: sets.count)
    var kept: [Int] = []
    let words = (0..<sets.count).map { Set(sets.numbers[sets.range(of: $0)]) }
    for (place, row) in order.enumerated() {
      if place >= keptCount && sets.size(of: row) > 0 {
        let reaching = kept.compactMap { earlier in
          let common = words[row].intersection(words[earlier]).count
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
    marks = WordMarks(vocabularyCount: sets.vocabulary.count)
    findTwins()
  }

  /// The rows with words, those left out that have the words of an earlier one.
  private func distinctRows() -> [Int] {
    twins.indices.filter { twins[$0] == $0 && sets.size(of: order[$0]) > 0 }.map { order[$0] }
  }

  /// Rows of a batch. Large enough that looking up keys waits for memory many times at once, and small enough that keys
  /// and buckets of a batch stay in the cache until they are inserted.
  private static let batchSize = 512

  private mutating func run(_ maker: some RowKeys, _ keptCount: Int) {
    var index = CandidateIndex(capacity: maker.keyCount)
    var batch = Batch()
    var next = 0
    while next < order.count {
      batch.clear()
      while next < order.count && batch.places.count < Self.batchSize {
        let row = order[next]
        if twins[next] == next && sets.size(of: row) > 0 {
          maker.append(row: row, of: sets, stored: &batch.stored, sought: &batch.sought, &batch.scratch)
          batch.places.append(next)
          batch.storedEnds.append(batch.stored.count)
          batch.soughtEnds.append(batch.sought.count)
        }
        next += 1
      }
      index.newest(batch.sought, into: &batch.heads)
      let oldEntries = UInt32(index.count)
      for (number, place) in batch.places.enumerated() {
        let row = order[place]
        let keys = batch.soughtEnds[number]..<batch.soughtEnds[number + 1]
        if place >= keptCount {
          // First against the rows before this batch, all of which stand before those within it.
          var decision = firstNearCopy(of: row, before: place, index, newerThan: 0, batch.heads[keys])
          if decision.representative == nil {
            for key in keys { batch.heads[key] = index.newest(batch.sought[key]) }
            decision = firstNearCopy(of: row, before: place, index, newerThan: oldEntries, batch.heads[keys])
          }
          decisions[row] = decision
          if decision.representative != nil { continue }
        }
        let stored = batch.storedEnds[number]..<batch.storedEnds[number + 1]
        index.insert(batch.stored, stored, place: UInt32(place), parity: sets.parities[row])
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

  /// The first row in the order that reaches the threshold, among entries after the first `oldCount` of some buckets.
  @inline(__always)
  private mutating func firstNearCopy(
    of row: Int, before place: Int, _ index: borrowing CandidateIndex, newerThan oldCount: UInt32,
    _ buckets: ArraySlice<CandidateIndex.Head>
  ) -> DuplicateDecision {
    var best = UInt32(place)
    var decision = DuplicateDecision.kept
    let size = sets.size(of: row)
    let parity = sets.parities[row]
    let largestDifference = threshold.largestDifference(of: size)
    var isMarked = false
    for head in buckets where head.link > oldCount {
      var entry = head.entry
      while true {
        if entry.place < best && (entry.parity ^ parity).nonzeroBitCount <= largestDifference {
          if !isMarked { marks.mark(row, of: sets) }
          isMarked = true
          if let found = nearCopy(size, order[Int(entry.place)]) {
            best = entry.place
            decision = found
          }
        }
        guard entry.next > oldCount else { break }
        entry = index[entry.next]
      }
    }
    return decision
  }

  /// The marked row of this size as a near-copy of another one; nil when it is none.
  private func nearCopy(_ size: Int, _ other: Int) -> DuplicateDecision? {
    let otherSize = sets.size(of: other)
    guard let allowed = threshold.allowedDifference(size, otherSize),
      let common = marks.common(with: other, of: sets, atLeast: (size + otherSize - allowed) / 2)
    else { return nil }
    return DuplicateDecision(representative: other, intersection: common, union: size + otherSize - common)
  }

  private mutating func findTwins() {
    var index = CandidateIndex(capacity: sets.count)
    twins = Array(order.indices)
    var keys = KeyList()
    var heads: [CandidateIndex.Head] = []
    for start in stride(from: 0, to: order.count, by: Self.batchSize) {
      let places = start..<min(start + Self.batchSize, order.count)
      keys.clear()
      for place in places {
        var key: UInt64 = 0
        for word in sets.range(of: order[place]) { key &+= WordHash.spread(sets.numbers[word]) }
        keys.append(WordHash.mix(key))
      }
      // Only to have the buckets in the cache: rows of this batch may be equal to each other.
      index.newest(keys, into: &heads)
      for place in places where sets.size(of: order[place]) > 0 {
        twins[place] = firstEqual(place, index, keys[place - start])
        if twins[place] == place {
          let number = place - start
          index.insert(keys, number..<number + 1, place: UInt32(place), parity: sets.parities[order[place]])
        }
      }
    }
  }

  private mutating func firstEqual(_ place: Int, _ index: borrowing CandidateIndex, _ key: UInt64) -> Int {
    let row = order[place]
    let size = sets.size(of: row)
    let head = index.newest(key)
    guard head.link != 0 else { return place }
    var entry = head.entry
    while true {
      let other = order[Int(entry.place)]
      if entry.parity == sets.parities[row] && sets.size(of: other) == size {
        marks.mark(row, of: sets)
        if marks.common(with: other, of: sets, atLeast: size) != nil { return Int(entry.place) }
      }
      guard entry.next != 0 else { return place }
      entry = index[entry.next]
    }
  }

  /// The rows whose keys are looked up together, in buffers used again for the next batch.
  private struct Batch {
    var places: [Int] = []
    var stored = KeyList()
    /// Where the keys of each row end in `stored`, after a 0.
    var storedEnds: [Int] = [0]
    var sought = KeyList()
    /// Where the keys of each row end in `sought`, after a 0.
    var soughtEnds: [Int] = [0]
    /// The newest entry of the bucket of each key in `sought`.
    var heads: [CandidateIndex.Head] = []
    var scratch = KeyScratch()

    mutating func clear() {
      places.removeAll(keepingCapacity: true)
      stored.clear()
      storedEnds.removeLast(storedEnds.count - 1)
      sought.clear()
      soughtEnds.removeLast(soughtEnds.count - 1)
    }
  }
}
