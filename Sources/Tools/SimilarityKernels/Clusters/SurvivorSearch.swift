/// Finds the survivors: greedy in a total order, each row against the rows kept before it.
///
/// A row is dropped when a kept row before it reaches the threshold; its representative is the one with the same words,
/// if there is one, else the first in the order. So no row is dropped without a kept near-copy, and no cluster loses all
/// its rows. A row without words repeats nothing and is kept.
///
/// Two passes. The first finds rows with the same words as one before them, and learns which keys of a `RowKeys` more than one
/// of the others has. In the second, rows are looked for under these keys only; kept ones enter the index under them. Rows
/// that are another one without a word need no keys, where the keys leave them to `SubsetSearch`. A row with the same words
/// as an earlier one shares its fate: it is dropped for it, or for what that one was dropped for. So a million equal rows
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
    /// The keys of the rows that others may have, if somebody made them already; for the order of the numbers only.
    package var keys: SharedRowKeys?

    package init(keptCount: Int = 0, dropped: [Bool] = [], keys: SharedRowKeys? = nil) {
      self.keptCount = keptCount
      self.dropped = dropped
      self.keys = keys
    }
  }

  private let sets: WordSets
  private let threshold: JaccardThreshold
  /// Rows in the total order; empty when that is the order of their numbers. A row's place is what the index stores.
  private let order: [UInt32]
  private let given: Given
  private var decisions: [DuplicateDecision]
  private var commonWords = CommonWords()
  /// By the low bits of the place: place << 32 | the row, plus 1, that looked at it last.
  private var lookedAt = [UInt64](repeating: 0, count: 1 << 11)
  /// The differences allowed to sets of two sizes, both below `usualSize`; -1 for none.
  private let usualDifferences: [Int8]
  private static let usualSize = 64
  /// What loads that only fetch came to; kept so that they are not left out.
  private var unread: UInt64 = 0

  /// All near-copies among the rows.
  /// - Parameter order: every row once, in the order in which rows are preferred; empty for the order of their numbers.
  package static func exact(
    _ sets: WordSets, threshold: JaccardThreshold, order: [UInt32] = [], keptCount: Int = 0
  ) -> [DuplicateDecision] {
    let keys = PartKeys(sets, threshold: threshold, withoutSubsets: true)
    return run(sets, keys, threshold: threshold, order: order, given: Given(keptCount: keptCount))
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
  // Callers in other modules would otherwise get the code for keys of any kind, which asks for every row what kind they are.
  @specialized(where Keys == PartKeys)
  @specialized(where Keys == BandKeys)
  package static func run<Keys: RowKeys>(
    _ sets: WordSets, _ keys: Keys, threshold: JaccardThreshold, order: [UInt32] = [], given: Given = Given()
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
    usualDifferences = (0..<Self.usualSize * Self.usualSize).map {
      Int8(threshold.allowedDifference($0 / Self.usualSize, $0 % Self.usualSize) ?? -1)
    }
  }

  @inline(__always)
  private func row(at place: Int) -> Int { order.isEmpty ? place : Int(order[place]) }

  /// Rows of a batch. Large enough that looking up keys waits for memory many times at once, and small enough that keys
  /// and buckets of a batch stay in the cache until they are inserted.
  private static let batchSize = 1024

  private mutating func run(_ maker: some RowKeys) {
    var keyCount = given.keys?.count ?? 0
    var shared: SharedKeys?
    if given.keys == nil {
      for row in 0..<sets.count { keyCount += maker.storedKeyCount(ofSize: sets.size(of: row)) }
      shared = SharedKeys(keyCount: keyCount)
    } else {
      precondition(order.isEmpty, "keys made before stand in the order of the rows")
    }
    let twins = TwinTable(rowCount: sets.count)
    let subsets = SubsetSearch(rowCount: shared == nil ? 0 : sets.count)
    var plain = PlainKeys(capacity: shared == nil ? 0 : keyCount)
    findTwins(maker, twins, subsets, &plain, shared)
    if let shared {
      // Memory given back now is what the index gets: the system clears no fresh one for it.
      shared.seal()
      keyCount = plain.keepShared(shared)
    }
    var index = CandidateIndex(capacity: keyCount)
    var batch = KeyBatch()
    var next = 0
    var nextKey = 0
    while next < sets.count {
      fill(&batch, from: &next, maker, plain, from: &nextKey)
      unread ^= index.find(batch.sought, into: &batch.buckets, fetching: batch.stored)
      if shared != nil { findSubsets(&batch, maker, subsets, twins) }
      decide(&batch, &index, subsets)
    }
    // A row with the same words as an earlier one, which was dropped: what that one was dropped for is the first to reach the
    // threshold here too.
    for row in decisions.indices {
      if let twin = decisions[row].representative, !decisions[twin].isKept { decisions[row] = decisions[twin] }
    }
  }

  /// True for rows that nothing is asked about: without words, or dropped already.
  @inline(__always)
  private func isIdle(_ row: Int) -> Bool {
    sets.size(of: row) == 0 || (!given.dropped.isEmpty && given.dropped[row])
  }

  /// Finds the rows that have the same words as one before them, and makes the keys of the others.
  /// - Parameter shared: learns which keys more than one row has; nil when keys are made already.
  private mutating func findTwins(
    _ maker: some RowKeys, _ twins: borrowing TwinTable, _ subsets: borrowing SubsetSearch, _ plain: inout PlainKeys,
    _ shared: SharedKeys?
  ) {
    let made = given.keys
    let sets = sets
    let words = sets.words.span
    var commonWords = CommonWords()
    var rows: [Int] = []
    var sums = KeyList()
    var subsetSums = KeyList()
    var keys = KeyList()
    var scratch = KeyScratch()
    var guesses: [Int] = []
    var next = 0
    while next < sets.count {
      rows.removeAll(keepingCapacity: true)
      sums.clear()
      while next < sets.count && rows.count < Self.batchSize {
        let row = row(at: next)
        if !isIdle(row) && made?.mayHaveTwin(row) ?? true {
          rows.append(next)
          sums.append(sets.sums[row])
        }
        next += 1
      }
      twins.firstGuesses(sums, into: &guesses)
      if !order.isEmpty { for number in guesses.indices { guesses[number] = row(at: guesses[number]) } }
      unread ^= sets.firstWords(of: guesses)
      keys.clear()
      subsetSums.clear()
      if shared != nil, order.isEmpty, let first = rows.first, let last = rows.last {
        unread ^= sets.fetch(first..<last + 1)
      }
      for number in rows.indices {
        let place = rows[number]
        let row = row(at: place)
        let size = sets.size(of: row)
        let twin = twins.find(sums[number], orEnter: place) { commonWords.areSame(self.row(at: $0), row, of: sets) }
        if let twin, place >= given.keptCount {
          decisions[row] = DuplicateDecision(representative: self.row(at: twin), intersection: size, union: size)
        } else if shared != nil {
          if maker.findsSubsets(ofSize: size + 1) { subsetSums.append(sums[number]) }
          maker.appendPlain(sets.range(of: row), of: words, to: &keys, &scratch)
        }
      }
      shared?.add(keys)
      plain.append(keys)
      subsets.add(subsetSums)
    }
  }

  /// Takes the next rows and their keys, those that more than one row has.
  /// - Parameter nextKey: where the keys of the next row stand in `plain`.
  private func fill(
    _ batch: inout KeyBatch, from next: inout Int, _ maker: some RowKeys, _ plain: borrowing PlainKeys,
    from nextKey: inout Int
  ) {
    batch.clear()
    while next < sets.count && batch.count < Self.batchSize {
      let row = row(at: next)
      if !isIdle(row) {
        if decisions[row].isKept {
          if let made = given.keys {
            made.append(row, maker, stored: &batch.stored, sought: &batch.sought, &batch.scratch)
          } else {
            for kind in maker.kinds(ofSize: sets.size(of: row)) {
              let keys = nextKey..<nextKey + maker.keyCount(kind)
              nextKey = keys.upperBound
              batch.addShared(keys, of: plain, kind, maker)
            }
          }
        }
        batch.append(place: next)
      }
      next += 1
    }
  }

  /// Finds for the rows of a batch the rows that lack one of their words.
  private mutating func findSubsets(
    _ batch: inout KeyBatch, _ maker: some RowKeys, _ search: borrowing SubsetSearch, _ twins: borrowing TwinTable
  ) {
    let sets = sets
    if order.isEmpty { unread ^= sets.fetch(batch.places) }
    let words = sets.words.span
    unread ^= batch.findLesser(twins) { place, sums in
      let row = row(at: place)
      if decisions[row].isKept && maker.findsSubsets(ofSize: sets.size(of: row)) {
        search.appendSubsets(sets.range(of: row), of: words, sum: sets.sums[row], to: &sums)
      }
    }
    if order.isEmpty { unread ^= sets.firstWords(of: batch.lesser) }
  }

  /// Decides on the rows of a batch one after the other.
  private mutating func decide(
    _ batch: inout KeyBatch, _ index: inout CandidateIndex, _ subsets: borrowing SubsetSearch
  ) {
    for number in batch.rows.indices.dropFirst() {
      let place = batch.rows[number].place
      let row = row(at: place)
      if !decisions[row].isKept { continue }
      let stored = batch.stored(of: number)
      let size = sets.size(of: row)
      let lesser = batch.lesser(of: number)
      let superset = subsets.superset(of: place)
      if place >= given.keptCount {
        let keys = batch.sought(of: number)
        if keys.isEmpty && lesser.isEmpty && superset == nil { continue }
        var search = Search(row: row, place: place, size: size, parity: sets.parities[row], threshold)
        if let superset { consider(&search, superset) }
        for number in lesser { consider(&search, UInt32(batch.lesser[number])) }
        for key in keys {
          var bucket = batch.buckets[key]
          // Buckets that rows of this batch began.
          if bucket == 0 && batch.inserted.mayHold(batch.sought[key]) { bucket = index.bucket(of: batch.sought[key]) }
          if bucket != 0 { look(&search, bucket, index) }
        }
        decisions[row] = search.decision
        if !search.decision.isKept { continue }
      }
      for number in lesser {
        let other = batch.lesser[number]
        if other > place && isSubset(other, of: row) { subsets.add(superset: place, of: other) }
      }
      if stored.isEmpty { continue }
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

    init(row: Int, place: Int, size: Int, parity: UInt64, _ threshold: JaccardThreshold) {
      self.row = row
      self.size = size
      self.parity = parity
      largestDifference = threshold.largestDifference(of: size)
      best = UInt32(place)
    }
  }

  /// Looks for the first row in the order that reaches the threshold, among those of a bucket.
  @inline(__always)
  private mutating func look(_ search: inout Search, _ bucket: UInt32, _ index: borrowing CandidateIndex) {
    index.forEachClose(bucket, to: search.parity, within: search.largestDifference) { place, parity in
      // The rows of a bucket stand in their order: none behind the best one known, or behind the first success, is better.
      place < search.best && !verify(&search, place, parity)
    }
  }

  /// True when the row at a place has the words of another but one, and no others.
  private mutating func isSubset(_ place: Int, of row: Int) -> Bool {
    let size = sets.size(of: row)
    let other = self.row(at: place)
    guard sets.size(of: other) == size - 1 else { return false }
    commonWords.mark(sets.range(of: row), of: sets.words)
    return commonWords.common(with: sets.range(of: other), of: sets.words, atLeast: size - 1) != nil
  }

  /// Takes a kept row that stands before the best one for the representative, if it reaches the threshold.
  @inline(__always)
  private mutating func consider(_ search: inout Search, _ place: UInt32) {
    let row = row(at: Int(place))
    if place < search.best && decisions[row].isKept { _ = verify(&search, place, sets.parities[row]) }
  }

  /// As the threshold's, looked up for sizes that are usual; -1 for sizes that do not go together.
  @inline(__always)
  private func allowedDifference(_ one: Int, _ other: Int) -> Int {
    one < Self.usualSize && other < Self.usualSize
      ? Int(usualDifferences[one * Self.usualSize + other]) : threshold.allowedDifference(one, other) ?? -1
  }

  /// Counts the common words with a candidate, and takes it for the representative if it reaches the threshold.
  /// - Returns: whether it does.
  private mutating func verify(_ search: inout Search, _ place: UInt32, _ parity: UInt64) -> Bool {
    // Rows that share one key often share others.
    let stamp = UInt64(place) << 32 | UInt64(truncatingIfNeeded: search.row + 1)
    let cell = Int(place) & (lookedAt.count - 1)
    if lookedAt[cell] == stamp { return false }
    lookedAt[cell] = stamp
    let other = row(at: Int(place))
    let otherSize = sets.size(of: other)
    // With both sizes known the bound is a better one.
    let allowed = allowedDifference(search.size, otherSize)
    guard (parity ^ search.parity).nonzeroBitCount <= allowed else { return false }
    if !search.isMarked { commonWords.mark(sets.range(of: search.row), of: sets.words) }
    search.isMarked = true
    let needed = (search.size + otherSize - allowed) / 2
    guard let common = commonWords.common(with: sets.range(of: other), of: sets.words, atLeast: needed) else {
      return false
    }
    search.best = place
    search.decision = DuplicateDecision(
      representative: other, intersection: common, union: search.size + otherSize - common)
    return true
  }
}

extension SurvivorSearch {
  /// Bytes that a search takes at most beside the words, for so many rows with so many keys: tables and decisions.
  package static func byteCount(rows: Int, keys: Int) -> Int {
    byteCount(rows: rows, madeKeys: keys) + SharedKeys.byteCount(keyCount: keys) + PlainKeys.byteCount(keyCount: keys)
      + SubsetSearch.byteCount(rowCount: rows)
  }

  /// The same for a search whose keys were made before.
  package static func byteCount(rows: Int, madeKeys: Int) -> Int {
    rows * MemoryLayout<DuplicateDecision>.stride + TwinTable.byteCount(rowCount: rows)
      + CandidateIndex.byteCount(capacity: madeKeys)
  }
}
