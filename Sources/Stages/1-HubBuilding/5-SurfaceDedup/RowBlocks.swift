import PersonaRecords
import ShardFiles
import SimilarityKernels

/// Surface dedup of rows that lie on the disk, one block of the total order after the other.
///
/// A block is as many rows as the memory allows. Its rows are compared first with the rows kept in earlier blocks: these
/// left their keys on the disk, in 256 partitions by key, and go past the keys that the block seeks, partition by partition.
/// What is left is compared with itself by `SurvivorSearch`, and leaves the keys of its kept rows in turn. Each row has then
/// met every kept row before it with which it shares a key, just as in one pass over everything, so the decisions do not
/// depend on where blocks begin.
struct RowBlocks<Keys: RowKeys> {
  let rows: RowSegments
  let blocks: [Range<Int>]
  let keys: Keys
  /// Has taken in all rows; nil when they are one block, which needs none.
  let shared: SharedKeys?
  let threshold: JaccardThreshold
  let keptCount: Int
  let folder: String
  /// By place in the order the number in the input; empty when they are the same.
  let numbers: [UInt32]
  /// Called now and then with the share of the block that is done; may throw to stop.
  let checkpoint: (_ block: Int, _ share: Double) throws -> Void

  /// Works on all blocks that are not finished.
  func run() throws {
    // Used again from block to block: fresh memory would have to be cleared for each.
    var chosen = BlockRows()
    for block in blocks.indices where WorkFiles.stamp(of: WorkNames.drops(block, in: folder)) == nil {
      try run(block, &chosen)
    }
  }

  private func run(_ block: Int, _ chosen: inout BlockRows) throws {
    try chosen.load(rows, blocks[block], keys, shared) { try checkpoint(block, 0.3 * $0) }
    let earlier = try nearCopiesInEarlierBlocks(block, chosen)
    let keptRows = chosen.places.partitioningIndex { $0 >= keptCount }
    var given = SurvivorSearch.Given(keptCount: keptRows, keys: shared == nil ? nil : chosen.keys)
    if block > 0 { given.dropped = earlier.map { !$0.isKept } }
    try checkpoint(block, 0.7)
    let within = SurvivorSearch.run(chosen.sets, keys, threshold: threshold, given: given)
    try checkpoint(block, 0.9)
    if shared != nil { try leaveKeys(block, chosen, earlier, within) }
    try leaveDrops(block, chosen, earlier, within)
  }

  private func number(_ place: Int) -> Int { numbers.isEmpty ? place : Int(numbers[place]) }

  /// By row of a block: the representative among the rows kept in earlier blocks, by place. Empty for the first block.
  private func nearCopiesInEarlierBlocks(_ block: Int, _ chosen: BlockRows) throws -> [DuplicateDecision] {
    guard block > 0 else { return [] }
    let sets = chosen.sets
    var meeting = BlockMeeting(rows: rows, threshold: threshold, count: sets.count)
    var sought = BlockKeys(sets, keys, chosen.keys, threshold: threshold)
    let logs = try (0..<block).map { earlier throws(Problem) in
      try NumberFileReader(path: WorkNames.keys(earlier, in: folder))
    }
    var bounds: [[Int]] = []
    for log in logs {
      var ends: [Int] = []
      try log.read(KeyPartition.count + 1, at: 0, into: &ends, zero: 0)
      bounds.append(ends)
    }
    let headerBytes = (KeyPartition.count + 1) * 8
    var entries: [KeyLogEntry] = []
    for partition in 0..<KeyPartition.count {
      sought.open(partition)
      for (number, log) in logs.enumerated() {
        var next = bounds[number][partition]
        while next < bounds[number][partition + 1] {
          let count = min(1 << 15, bounds[number][partition + 1] - next)
          try log.read(count, at: headerBytes + next * 16, into: &entries, zero: .none)
          sought.match(entries.span.extracting(first: count), found: meeting.found, into: &meeting.pairs)
          next += count
          if meeting.pairs.count >= BlockMeeting.largestPairCount { try meeting.verify(sets) }
        }
      }
      if partition % 16 == 15 { try checkpoint(block, 0.3 + 0.4 * Double(partition + 1) / Double(KeyPartition.count)) }
    }
    try meeting.verify(sets)
    var decisions = meeting.decisions
    for row in decisions.indices where chosen.places[row] < keptCount { decisions[row] = .kept }
    return decisions
  }

  private func leaveKeys(
    _ block: Int, _ chosen: BlockRows, _ earlier: [DuplicateDecision], _ within: [DuplicateDecision]
  ) throws(Problem) {
    // Nobody comes after the last block.
    guard block + 1 < blocks.count else { return }
    var expected = 0
    for row in within.indices where within[row].isKept && (earlier.isEmpty || earlier[row].isKept) {
      expected += chosen.keys.storedKeyCount(of: row)
    }
    var log = KeyLog(expectedCount: expected)
    for row in within.indices where within[row].isKept && (earlier.isEmpty || earlier[row].isKept) {
      log.add(row: row, of: chosen.sets, place: Int(chosen.places[row]), keys, chosen.keys)
    }
    let writer = try NumberFileWriter(path: WorkNames.keys(block, in: folder))
    var ends = [0]
    for partition in log.partitions { ends.append((ends.last ?? 0) + partition.count) }
    try writer.append(ends.span)
    for partition in log.partitions { try writer.append(partition.span) }
    try writer.commit()
  }

  private func leaveDrops(
    _ block: Int, _ chosen: BlockRows, _ earlier: [DuplicateDecision], _ within: [DuplicateDecision]
  ) throws(Problem) {
    var drops: [SurfaceDrop] = []
    for row in within.indices where chosen.places[row] >= keptCount {
      var decision = within[row]
      if let other = decision.representative {
        decision.representative = number(Int(chosen.places[other]))
      } else if !earlier.isEmpty, let place = earlier[row].representative {
        decision = earlier[row]
        decision.representative = number(place)
      } else {
        continue
      }
      drops.append(SurfaceDrop(row: UInt32(number(Int(chosen.places[row]))), decision: decision))
    }
    let writer = try NumberFileWriter(path: WorkNames.drops(block, in: folder))
    try writer.append(drops.span)
    try writer.commit()
  }
}

/// The rows of a block that other rows may share a key with: the others stay, whatever becomes of these.
private struct BlockRows {
  private(set) var sets = WordSets()
  /// By row: its place in the total order, ascending.
  private(set) var places: [UInt32] = []
  /// Empty where there is only one block, whose rows are all here.
  private(set) var keys = SharedRowKeys()
  /// The rows of one segment.
  private var all = WordSets()

  /// Takes the rows of some segments in the place of those that were here.
  mutating func load(
    _ rows: RowSegments, _ segments: Range<Int>, _ maker: some RowKeys, _ shared: SharedKeys?,
    _ checkpoint: (_ share: Double) throws -> Void
  ) throws {
    sets.removeAll()
    places.removeAll(keepingCapacity: true)
    keys.removeAll()
    for segment in segments {
      let range = rows.segments[segment].rows
      if let shared {
        all.removeAll()
        try rows.load(segment, into: &all)
        keys.takeSharing(all, from: range.lowerBound, maker, shared, into: &sets, &places)
        if segment == segments.lowerBound { reserve(rows, segments, seen: range.count) }
      } else {
        try rows.load(segment, into: &sets)
        places.append(contentsOf: range.lazy.map { UInt32($0) })
      }
      try checkpoint(Double(segment - segments.lowerBound + 1) / Double(segments.count))
    }
  }

  /// Makes room for a block, as far as some of its rows tell how many there are going to be: an array that grows stands there
  /// twice, in memory that has to be cleared. What is not needed in the end is never touched.
  private mutating func reserve(_ rows: RowSegments, _ segments: Range<Int>, seen: Int) {
    let total = rows.segments[segments].reduce(0) { $0 + $1.rows.count }
    func expected(_ count: Int) -> Int { count * total / max(seen, 1) * 9 / 8 }
    sets.reserve(rows: expected(sets.count), words: expected(sets.words.count))
    places.reserveCapacity(expected(places.count))
    keys.reserve(rows: expected(places.count), keys: expected(keys.count))
  }
}

/// The rows of a block and the kept rows of earlier ones that share a key: pairs are gathered, and verified many at once in
/// the order in which the kept rows lie on the disk.
private struct BlockMeeting {
  static let largestPairCount = 1 << 20
  /// Pairs whose rows are fetched together: they are spread over the memory of the block.
  private static let groupSize = 64

  let rows: RowSegments
  let threshold: JaccardThreshold
  var pairs: [CandidatePair] = []
  /// By row: the place of its earliest near-copy so far; later ones are not wanted.
  private(set) var found: [UInt32]
  private(set) var decisions: [DuplicateDecision]
  /// What was read only so that the processor fetches it.
  private var unread: UInt64 = 0

  init(rows: RowSegments, threshold: JaccardThreshold, count: Int) {
    self.rows = rows
    self.threshold = threshold
    found = [UInt32](repeating: .max, count: count)
    decisions = [DuplicateDecision](repeating: .kept, count: count)
  }

  /// The row of a pair in one number: the place above, whether it is a twin below.
  private static func row(of pair: UInt64) -> Int { Int(truncatingIfNeeded: pair >> 1 & 0xFFFF_FFFF) }

  mutating func verify(_ sets: WordSets) throws(Problem) {
    // By place, then row: each kept row is fetched once, and the first success of a row is its earliest.
    let sorted = pairs.map { UInt64($0.place) << 33 | UInt64($0.row) << 1 | ($0.isTwin ? 1 : 0) }.sorted()
    pairs.removeAll(keepingCapacity: true)
    let isDense = sorted.count > RowSegments.Fetcher.denseCount * rows.segments.count
    var fetcher = RowSegments.Fetcher(rows, readsWholeSegments: isDense)
    var check = PairCheck()
    var last: UInt64?
    var soon: [Int] = []
    for (number, pair) in sorted.enumerated() {
      if number % Self.groupSize == 0 {
        soon.removeAll(keepingCapacity: true)
        for next in sorted[number..<min(number + Self.groupSize, sorted.count)] { soon.append(Self.row(of: next)) }
        unread ^= sets.firstWords(of: soon)
      }
      if pair == last { continue }
      last = pair
      let place = UInt32(truncatingIfNeeded: pair >> 33)
      let row = Self.row(of: pair)
      let isTwin = pair & 1 != 0
      let known = decisions[row]
      // The row with the same words is final; of two, the earlier one.
      let hasTwin = !known.isKept && known.intersection == known.union
      guard place < found[row] || (isTwin && !hasTwin) else { continue }
      let count = try fetcher.fetch(Int(place))
      guard
        let decision = check.decision(
          row: row, of: sets, other: fetcher.words, count: count, otherPlace: Int(place), threshold: threshold)
      else { continue }
      let isEqual = decision.intersection == decision.union
      if hasTwin ? isEqual && place < found[row] : isEqual || place < found[row] {
        decisions[row] = decision
        found[row] = place
      }
    }
  }
}

/// How rows on the disk are cut into blocks, and what that takes.
enum BlockPlan {
  /// Which shares of a segment are in its block, each from 0 to 1: of keys, those that other rows may have, of rows, those with
  /// such a key, and of words, theirs.
  struct Shares {
    var keys = 1.0
    var rows = 1.0
    var words = 1.0
  }

  /// Bytes that a segment takes while its block is worked on: its words, what is known of each row, its keys, and the largest
  /// of the keys sought, the index of kept rows, and the keys they leave.
  static func byteCount(of segment: RowSegments.Segment, _ keys: some RowKeys, _ shares: Shares) -> Int {
    var sought = 0.0
    var stored = 0.0
    for (size, count) in segment.sizes where size > 0 {
      sought += Double(count * (1 + keys.soughtKeyCount(ofSize: size))) * shares.keys
      stored += Double(count * (1 + keys.storedKeyCount(ofSize: size))) * shares.keys
    }
    let rows = Int(Double(segment.rows.count) * shares.rows)
    let largest = max(
      Int(sought) * BlockKeys.bytesPerKey, SurvivorSearch.byteCount(rows: rows, madeKeys: Int(stored)),
      Int(stored) * MemoryLayout<KeyLogEntry>.stride * 11 / 10)
    return Int(Double(segment.wordCount) * shares.words) * 8 + rows * 68 + Int(stored) * 12 + largest
  }

  /// Keys of a segment's rows, those of whole sets included.
  static func keyCount(of segment: RowSegments.Segment, _ keys: some RowKeys) -> Int {
    segment.sizes.reduce(0) { $1.key == 0 ? $0 : $0 + $1.value * (1 + keys.storedKeyCount(ofSize: $1.key)) }
  }

  /// Cuts the segments into blocks that fit into some memory.
  /// - Parameter shares: by segment, the keys that other rows may have; empty for all.
  /// - Throws: `Problem` when a single segment does not fit.
  static func blocks(
    _ segments: [RowSegments.Segment], _ keys: some RowKeys, shares: [Shares] = [], memory: Int
  ) throws(Problem) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    var taken = 0
    for (number, segment) in segments.enumerated() {
      let bytes = byteCount(of: segment, keys, shares.isEmpty ? Shares() : shares[number])
      if bytes > memory {
        throw Problem(
          "--memory is too small: \(segment.rows.count) rows need \(bytes >> 20) MB at once, of which there are \(memory >> 20)",
          advice: "give --memory \(max(1, (bytes * 3 / 2) >> 30) + 1)GB", consequence: .wrongUsage)
      }
      if taken + bytes > memory {
        blocks.append(start..<number)
        start = number
        taken = 0
      }
      taken += bytes
    }
    if start < segments.count { blocks.append(start..<segments.count) }
    return blocks
  }
}
