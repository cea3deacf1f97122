/// Finds the survivors: greedy in a total order, each row against the rows kept before it.
///
/// A row is dropped when a kept row before it reaches the threshold; its representative is the one with the same words,
/// if there is one, else the first in the order. So no row is dropped without a kept near-copy, and no cluster loses all
/// its rows. A row without words repeats nothing and is kept.
///
/// Only kept rows enter the index, under the key of their whole set and the keys of a `RowKeys`. So a million equal rows
/// cost a million look-ups of one key, and a million near-copies of one row a million look-ups in small buckets and not
/// 10^11 pairs. The result depends on the order of the rows alone.
package struct SurvivorSearch: ~Copyable {
  /// Rows that are kept, or dropped, whatever comes of the search.
  package struct Given: Sendable {
    /// So many rows at the start of the order are kept without being compared with each other: a collection that is
    /// deduplicated already.
    package var keptCount: Int
    /// For each row whether it is dropped already; empty when none is.
    package var dropped: [Bool]

    package init(keptCount: Int = 0, dropped: [Bool] = []) {
      self.keptCount = keptCount
      self.dropped = dropped
    }
  }

  private let sets: WordSets
  private let threshold: JaccardThreshold
  /// Rows in the total order; empty when that is the order of their numbers. A row's place is what the index stores.
  private let order: [UInt32]
  private let given: Given
  private var decisions: [DuplicateDecision]
  private var commonWords = CommonWords()
  /// By place: the row, plus 1, that looked at it last.
  private let lookedAt: LargeTable<UInt32>

  /// All near-copies among the rows.
  /// - Parameter order: every row once, in the order in which rows are preferred; empty for the order of their numbers.
  package static func exact(
    _ sets: WordSets, threshold: JaccardThreshold, order: [UInt32] = [], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    let keys = PartKeys(sets, threshold: threshold)
    return run(sets, keys, threshold: threshold, order: order, given: Given(keptCount: keptCount))
  }

  /// What `exact` is going to cost, foreseen from a sample of the rows.
  package static func forecast(_ sets: WordSets, threshold: JaccardThreshold) -> JoinForecast {
    PartKeys(sets, threshold: threshold).forecast
  }

  /// As `exact`, among candidates that MinHash proposes: near-copies may be missed (`Banding.missRate`), never invented.
  package static func minHash(
    _ sets: WordSets, threshold: JaccardThreshold, order: [UInt32] = [], keptCount: Int = 0, hasher: MinHasher,
    banding: Banding
  ) -> [DuplicateDecision] {
    let keys = BandKeys(hasher: hasher, banding: banding, threshold: threshold)
    return run(sets, keys, threshold: threshold, order: order, given: Given(keptCount: keptCount))
  }

  /// Among the candidates that some keys propose.
  package static func run(
    _ sets: WordSets, _ keys: some RowKeys, threshold: JaccardThreshold, order: [UInt32] = [], given: Given = Given()
  ) -> [DuplicateDecision] {
    var search = SurvivorSearch(sets, threshold, order, given)
    search.run(keys)
    return search.decisions
  }

  /// The definition, pair by pair: what tests compare the fast searches with.
  package static func reference(
    _ sets: WordSets, threshold: JaccardThreshold, order: [UInt32] = [], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    var decisions = [DuplicateDecision](repeating: .kept, count: sets.count)
    var kept: [Int] = []
    let words = (0..<sets.count).map { Set(sets.words[sets.range(of: $0)]) }
    for place in 0..<sets.count {
      let row = order.isEmpty ? place : Int(order[place])
      if place >= keptCount && sets.size(of: row) > 0 {
        let reaching = kept.compactMap { earlier in
          let common = words[row].intersection(words[earlier]).count
          let union = sets.size(of: row) + sets.size(of: earlier) - common
          return threshold.isReached(intersection: common, union: union)
            ? DuplicateDecision(representative: earlier, intersection: common, union: union) : nil
        }
        decisions[row] = reaching.first { $0.intersection == $0.union } ?? reaching.first ?? .kept
      }
      if decisions[row].isKept { kept.append(row) }
    }
    return decisions
  }

  private init(_ sets: WordSets, _ threshold: JaccardThreshold, _ order: [UInt32], _ given: Given) {
    precondition(order.isEmpty || order.count == sets.count, "every row stands in the order once")
    self.sets = sets
    self.threshold = threshold
    self.order = order
    self.given = given
    decisions = [DuplicateDecision](repeating: .kept, count: sets.count)
    lookedAt = LargeTable(count: sets.count)
  }

  @inline(__always)
  private func row(at place: Int) -> Int { order.isEmpty ? place : Int(order[place]) }

  /// Rows of a batch. Large enough that looking up keys waits for memory many times at once, and small enough that keys
  /// and buckets of a batch stay in the cache until they are inserted.
  private static let batchSize = 512

  private mutating func run(_ maker: some RowKeys) {
    var capacity = 0
    for row in 0..<sets.count {
      let size = sets.size(of: row)
      if size > 0 { capacity += 1 + maker.storedKeyCount(ofSize: size) }
    }
    var index = CandidateIndex(capacity: capacity)
    var batch = Batch()
    var next = 0
    while next < sets.count {
      fill(&batch, from: &next, maker)
      batch.fetched ^= index.newest(batch.sought, into: &batch.heads, fetching: batch.stored)
      decide(&batch, &index)
    }
  }

  /// Makes the keys of the next rows.
  private func fill(_ batch: inout Batch, from next: inout Int, _ maker: some RowKeys) {
    batch.clear()
    let words = sets.words.span
    while next < sets.count && batch.places.count < Self.batchSize {
      let row = row(at: next)
      let range = sets.range(of: row)
      if !range.isEmpty && (given.dropped.isEmpty || !given.dropped[row]) {
        let twin = TwinKey.of(range, of: words)
        batch.stored.append(twin)
        batch.sought.append(twin)
        maker.append(range, of: words, stored: &batch.stored, sought: &batch.sought, &batch.scratch)
        batch.places.append(next)
        batch.storedEnds.append(batch.stored.count)
        batch.soughtEnds.append(batch.sought.count)
      }
      next += 1
    }
  }

  /// Decides on the rows of a batch one after the other.
  private mutating func decide(_ batch: inout Batch, _ index: inout CandidateIndex) {
    let oldEntries = UInt32(index.count)
    for number in batch.places.indices {
      let place = batch.places[number]
      let row = row(at: place)
      if place >= given.keptCount {
        let keys = batch.soughtEnds[number]..<batch.soughtEnds[number + 1]
        // First against the rows before this batch, all of which stand before those within it. The first key is that of the
        // whole set; a row found there with the same words is final, for of kept rows one at most has them.
        var search = Search(row: row, place: place, size: sets.size(of: row), parity: sets.parities[row], threshold)
        for key in keys where !search.hasTwin && batch.heads[key].link != 0 {
          look(&search, batch.heads[key], index, newerThan: 0)
        }
        if search.decision.isKept {
          for key in keys where batch.inserted.mayHold(batch.sought[key]) && !search.hasTwin {
            let head = index.newest(batch.sought[key])
            if head.link > oldEntries { look(&search, head, index, newerThan: oldEntries) }
          }
        }
        decisions[row] = search.decision
        if !search.decision.isKept { continue }
      }
      let stored = batch.storedEnds[number]..<batch.storedEnds[number + 1]
      index.insert(batch.stored.buffer.span, stored, place: UInt32(place), parity: sets.parities[row])
      for key in stored { batch.inserted.add(batch.stored[key]) }
    }
  }

  /// One row looking for its representative.
  private struct Search {
    let row: Int
    let size: Int
    let parity: UInt64
    let largestDifference: Int
    /// No later place is wanted.
    var best: UInt32
    var decision = DuplicateDecision.kept
    var isMarked = false

    /// A row with the same words was found.
    var hasTwin: Bool { !decision.isKept && decision.intersection == decision.union }

    init(row: Int, place: Int, size: Int, parity: UInt64, _ threshold: JaccardThreshold) {
      self.row = row
      self.size = size
      self.parity = parity
      largestDifference = threshold.largestDifference(of: size)
      best = UInt32(place)
    }
  }

  /// Looks for the first row in the order that reaches the threshold, among the entries of a bucket after the first
  /// `oldCount` of the index.
  @inline(__always)
  private mutating func look(
    _ search: inout Search, _ head: CandidateIndex.Head, _ index: borrowing CandidateIndex, newerThan oldCount: UInt32
  ) {
    var entry = head.entry
    while true {
      if entry.place < search.best && (entry.parity ^ search.parity).nonzeroBitCount <= search.largestDifference {
        verify(&search, entry)
      }
      guard entry.next > oldCount else { return }
      entry = index[entry.next]
    }
  }

  /// Counts the common words with a candidate, and takes it for the representative if it reaches the threshold.
  private mutating func verify(_ search: inout Search, _ entry: CandidateIndex.Entry) {
    // Rows that share one key often share others.
    let stamp = UInt32(truncatingIfNeeded: search.row + 1)
    if lookedAt[Int(entry.place)] == stamp { return }
    lookedAt[Int(entry.place)] = stamp
    let other = row(at: Int(entry.place))
    let otherSize = sets.size(of: other)
    // With both sizes known the bound is a better one.
    guard let allowed = threshold.allowedDifference(search.size, otherSize),
      (entry.parity ^ search.parity).nonzeroBitCount <= allowed
    else { return }
    if !search.isMarked { commonWords.mark(sets.range(of: search.row), of: sets.words) }
    search.isMarked = true
    let needed = (search.size + otherSize - allowed) / 2
    guard let common = commonWords.common(with: sets.range(of: other), of: sets.words, atLeast: needed) else { return }
    search.best = entry.place
    search.decision = DuplicateDecision(
      representative: other, intersection: common, union: search.size + otherSize - common)
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
    /// Keys stored since the heads were read.
    var inserted = KeyFilter()
    var scratch = KeyScratch()
    var fetched: UInt64 = 0

    mutating func clear() {
      places.removeAll(keepingCapacity: true)
      stored.clear()
      storedEnds.removeLast(storedEnds.count - 1)
      sought.clear()
      soughtEnds.removeLast(soughtEnds.count - 1)
      inserted.clear()
    }
  }
}

/// A bit for each of 65,536 kinds of keys: says of most keys that they are not among those added.
private struct KeyFilter {
  private var bits = [UInt64](repeating: 0, count: 1024)

  mutating func clear() {
    for place in bits.indices { bits[place] = 0 }
  }

  @inline(__always)
  mutating func add(_ key: UInt64) { bits[Int(truncatingIfNeeded: key >> 32 & 1023)] |= 1 << (key >> 42 & 63) }

  @inline(__always)
  func mayHold(_ key: UInt64) -> Bool { bits[Int(truncatingIfNeeded: key >> 32 & 1023)] >> (key >> 42 & 63) & 1 != 0 }
}

extension SurvivorSearch {
  /// Bytes that the index takes for so many keys of rows, those of whole sets among them.
  package static func indexByteCount(entries: Int) -> Int { CandidateIndex.byteCount(capacity: entries) }
}
