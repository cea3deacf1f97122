/// A key under which a kept row is found, as it lies on the disk. 16 bytes.
package struct KeyLogEntry: BitwiseCopyable, Sendable {
  /// The row's place in the total order; the top bit is set for the key of the whole set.
  package var place: UInt32
  /// 32 bits of the key; the partition has 8 more.
  package var key: UInt32
  package var parity: UInt64

  package static let none = KeyLogEntry(place: 0, key: 0, parity: 0)
}

/// How keys fall into partitions: all keys of one value into one, and about as many into each.
package enum KeyPartition {
  package static let count = 256

  @inline(__always)
  static func number(of key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 56) }

  @inline(__always)
  static func rest(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 24) }
}

/// The keys of some kept rows, partition by partition: what a block leaves for the blocks after it.
package struct KeyLog {
  package private(set) var partitions: [[KeyLogEntry]]
  private var stored = KeyList()
  private var sought = KeyList()
  private var scratch = KeyScratch()

  /// - Parameter expectedCount: entries that are going to come, all together.
  package init(expectedCount: Int) {
    partitions = (0..<KeyPartition.count).map { _ in
      var entries: [KeyLogEntry] = []
      entries.reserveCapacity(expectedCount / KeyPartition.count + expectedCount / 4096 + 16)
      return entries
    }
  }

  package static let twinBit: UInt32 = 1 << 31

  /// Adds a kept row.
  /// - Parameters:
  ///   - place: below 2^31.
  ///   - keys: of all rows of the sets.
  @specialized(where Keys == PartKeys)
  @specialized(where Keys == BandKeys)
  package mutating func add<Keys: RowKeys>(
    row: Int, of sets: borrowing WordSets, place: Int, _ maker: Keys, _ keys: borrowing SharedRowKeys
  ) {
    let parity = sets.parities[row]
    if keys.mayHaveTwin(row) {
      let twin = TwinKey.of(sum: sets.sums[row])
      partitions[KeyPartition.number(of: twin)].append(
        KeyLogEntry(place: UInt32(place) | Self.twinBit, key: KeyPartition.rest(of: twin), parity: parity))
    }
    stored.clear()
    sought.clear()
    keys.append(row, maker, stored: &stored, sought: &sought, &scratch)
    for number in 0..<stored.count {
      let key = stored[number]
      partitions[KeyPartition.number(of: key)].append(
        KeyLogEntry(place: UInt32(place), key: KeyPartition.rest(of: key), parity: parity))
    }
  }
}

/// A row of a block and a kept row of an earlier one that share a key and could be near-copies.
package struct CandidatePair: BitwiseCopyable, Sendable {
  /// The kept row's place in the total order, without the twin bit.
  package var place: UInt32
  /// The row's number in its block.
  package var row: UInt32
  /// They share the key of the whole set.
  package var isTwin: Bool
}

/// The keys that the rows of a block seek, and the meeting of these with the logs of earlier blocks.
///
/// One partition at a time: its sought keys stand in a hash table small enough for the processor's cache, and the entries of
/// the log go by in the order in which they lie on the disk.
package struct BlockKeys: ~Copyable {
  private struct Sought: BitwiseCopyable {
    var key: UInt32
    var row: UInt32
  }

  /// An entry of the log and a row that seeks its key.
  private struct Meeting: BitwiseCopyable {
    var entry: UInt32
    var row: UInt32
  }

  private var partitions: [[Sought]]
  /// Of the partition at hand: by hash of the key the newest sought key plus 1, and for each the one before in its chain.
  private var heads: [UInt32] = []
  private var nexts: [UInt32] = []
  private var current: [Sought] = []
  private var shift: UInt32 = 0
  /// Of the entries that go by.
  private var meetings: [Meeting] = []
  private let parities: [UInt64]
  /// By row: the most words in which a partner may differ.
  private let limits: [UInt32]

  /// - Parameter keys: of all rows of the sets.
  @specialized(where Keys == PartKeys)
  @specialized(where Keys == BandKeys)
  package init<Keys: RowKeys>(_ sets: WordSets, _ maker: Keys, _ keys: SharedRowKeys, threshold: JaccardThreshold) {
    var partitions = [[Sought]](repeating: [], count: KeyPartition.count)
    let expected = keys.count * 2 / KeyPartition.count
    for number in partitions.indices { partitions[number].reserveCapacity(expected + 16) }
    var stored = KeyList()
    var sought = KeyList()
    var scratch = KeyScratch()
    for row in 0..<sets.count where keys.storedKeyCount(of: row) > 0 {
      stored.clear()
      sought.clear()
      if keys.mayHaveTwin(row) { sought.append(TwinKey.of(sum: sets.sums[row])) }
      keys.append(row, maker, stored: &stored, sought: &sought, &scratch)
      for number in 0..<sought.count {
        let key = sought[number]
        partitions[KeyPartition.number(of: key)].append(
          Sought(key: KeyPartition.rest(of: key), row: UInt32(truncatingIfNeeded: row)))
      }
    }
    self.partitions = partitions
    parities = sets.parities
    limits = (0..<sets.count).map { UInt32(clamping: threshold.largestDifference(of: sets.size(of: $0))) }
  }

  /// Bytes for each key sought.
  package static let bytesPerKey = 9

  /// Turns to a partition; the keys of the one before are given back.
  package mutating func open(_ partition: Int) {
    let keys = partitions[partition]
    partitions[partition] = []
    current = keys
    var size = 16
    while size < keys.count { size *= 2 }
    shift = UInt32(32 - size.trailingZeroBitCount)
    heads = [UInt32](repeating: 0, count: size)
    nexts = [UInt32](repeating: 0, count: keys.count)
    for (number, sought) in keys.enumerated() {
      let cell = Int((sought.key &* 0x9E37_79B1) >> shift)
      nexts[number] = heads[cell]
      heads[cell] = UInt32(number + 1)
    }
  }

  /// Appends the pairs among the entries of a log that could be near-copies.
  /// - Parameter found: by row, the place of the earliest near-copy known; later ones are not wanted.
  package mutating func match(_ entries: Span<KeyLogEntry>, found: [UInt32], into pairs: inout [CandidatePair]) {
    // Taken out for the time of the call, so that the loops see that nothing else changes it.
    var meetings = self.meetings
    self.meetings = []
    defer { self.meetings = meetings }
    meetings.removeAll(keepingCapacity: true)
    let keys = current.span
    let heads = heads.span
    let nexts = nexts.span
    for number in 0..<entries.count {
      let key = entries[number].key
      var link = heads[Int((key &* 0x9E37_79B1) >> shift)]
      while link != 0 {
        let sought = keys[Int(link) - 1]
        if sought.key == key { meetings.append(Meeting(entry: UInt32(number), row: sought.row)) }
        link = nexts[Int(link) - 1]
      }
    }
    // What is known of the rows is spread over the memory of the block. Without branches the processor waits for many of them
    // at once.
    let parities = parities.span
    let limits = limits.span
    let known = found.span
    var span = meetings.mutableSpan
    var left = 0
    for number in 0..<span.count {
      let meeting = span[number]
      let entry = entries[Int(meeting.entry)]
      let row = Int(meeting.row)
      let isClose = (parities[row] ^ entry.parity).nonzeroBitCount <= limits[row]
      // A row with the same words is wanted wherever it stands.
      let isEarly = entry.place & ~KeyLog.twinBit < known[row]
      span[left] = meeting
      left += (isClose ? 1 : 0) & ((isEarly ? 1 : 0) | Int(entry.place >> 31))
    }
    for number in 0..<left {
      let place = entries[Int(span[number].entry)].place
      pairs.append(
        CandidatePair(place: place & ~KeyLog.twinBit, row: span[number].row, isTwin: place & KeyLog.twinBit != 0))
    }
  }
}

/// Counts the common words of rows of a block with rows that come from elsewhere.
package struct PairCheck: ~Copyable {
  private var commonWords = CommonWords()

  package init() {}

  /// The pair as a decision on the block's row; nil when it is below the threshold.
  /// - Parameters:
  ///   - other: the words of the other row, each once, at the front of an array.
  package mutating func decision(
    row: Int, of sets: borrowing WordSets, other: borrowing [UInt64], count: Int, otherPlace: Int,
    threshold: JaccardThreshold
  ) -> DuplicateDecision? {
    let size = sets.size(of: row)
    guard let allowed = threshold.allowedDifference(size, count) else { return nil }
    commonWords.mark(sets.range(of: row), of: sets.words)
    guard let common = commonWords.common(with: 0..<count, of: other, atLeast: (size + count - allowed) / 2) else {
      return nil
    }
    return DuplicateDecision(representative: otherPlace, intersection: common, union: size + count - common)
  }
}
