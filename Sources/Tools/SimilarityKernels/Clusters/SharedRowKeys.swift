/// The keys of some rows that other rows may have too, made once for all that is done with them.
///
/// Memory: 12 bytes for each such key, and 4 for each row.
package struct SharedRowKeys: Sendable {
  /// Plain keys, row behind row.
  private(set) var keys: [UInt64] = []
  /// By key: its kind.
  private(set) var kinds: [UInt32] = []
  /// By row: where its keys end, after a 0.
  private var ends: [UInt32] = [0]
  /// A bit for each row: another one may have the same words.
  private var twins: [UInt64] = []
  private var batch = RowKeyBatch()

  private static let batchSize = 1024

  package init() {}

  package mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    ends.removeLast(ends.count - 1)
    twins.removeAll(keepingCapacity: true)
  }

  package mutating func reserve(rows: Int, keys keyCount: Int) {
    keys.reserveCapacity(keyCount)
    kinds.reserveCapacity(keyCount)
    ends.reserveCapacity(rows + 1)
    twins.reserveCapacity(rows / 64 + 1)
  }

  /// Takes in the rows of `all` of which another row may have a key, and adds them to those that were taken in before.
  ///
  /// Nobody is a near-copy of the others, and they are nobody's: a row without such a key stays, and no other goes for it.
  /// - Parameters:
  ///   - shared: has taken in these rows and all that they are compared with.
  ///   - sets: the rows taken in so far.
  ///   - places: of these rows in the total order.
  ///   - first: the place of the first row of `all`.
  @specialized(where Keys == PartKeys)
  @specialized(where Keys == BandKeys)
  package mutating func takeSharing<Keys: RowKeys>(
    _ all: borrowing WordSets, from first: Int, _ maker: Keys, _ shared: SharedKeys, into sets: inout WordSets,
    _ places: inout [UInt32]
  ) {
    for start in stride(from: 0, to: all.count, by: Self.batchSize) {
      let rows = start..<min(start + Self.batchSize, all.count)
      batch.make(rows, of: all, maker)
      batch.plain.keepShared(shared)
      batch.twins.keepShared(shared)
      var place = 0
      for row in rows {
        let size = all.size(of: row)
        if size == 0 { continue }
        let keyCount = keys.count
        for kind in maker.kinds(ofSize: size) {
          for _ in 0..<maker.keyCount(kind) {
            if batch.plain[place] != 0 {
              keys.append(batch.plain[place])
              kinds.append(UInt32(kind))
            }
            place += 1
          }
        }
        let hasTwin = batch.twins[row - start] != 0
        if keys.count == keyCount && !hasTwin { continue }
        let number = ends.count - 1
        if number % 64 == 0 { twins.append(0) }
        if hasTwin { twins[number / 64] |= 1 << UInt64(number % 64) }
        ends.append(UInt32(keys.count))
        sets.append(row, of: all)
        places.append(UInt32(first + row))
      }
    }
  }

  /// All keys, those of whole sets left out.
  package var count: Int { keys.count }

  @inline(__always)
  func range(of row: Int) -> Range<Int> { Int(ends[row])..<Int(ends[row + 1]) }

  /// Keys under which a row is stored, that of the whole set included.
  package func storedKeyCount(of row: Int) -> Int { range(of: row).count + (mayHaveTwin(row) ? 1 : 0) }

  /// Another row may have the same words.
  @inline(__always)
  func mayHaveTwin(_ row: Int) -> Bool { twins[row / 64] >> UInt64(row % 64) & 1 != 0 }

  /// Appends the keys under which a row is stored, and those that it seeks, without those of whole sets.
  @inline(__always)
  func append(
    _ row: Int, _ maker: some RowKeys, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    var kind: UInt32?
    var salt: UInt64 = 0
    for place in range(of: row) {
      if kinds[place] != kind {
        kind = kinds[place]
        scratch.salts.clear()
        salt = maker.addSalts(Int(kinds[place]), to: &scratch.salts)
      }
      stored.append(keys[place] ^ salt)
      for number in 0..<scratch.salts.count { sought.append(keys[place] ^ scratch.salts[number]) }
    }
  }
}

/// Keys of many rows, in buffers used again.
private struct RowKeyBatch {
  /// Plain keys of all rows with words.
  var plain = KeyList()
  /// By row: the key of the whole set, whatever it is for a row without words.
  var twins = KeyList()
  private var scratch = KeyScratch()

  mutating func make(_ rows: Range<Int>, of sets: borrowing WordSets, _ maker: some RowKeys) {
    let words = sets.words.span
    plain.clear()
    twins.clear()
    for row in rows {
      let range = sets.range(of: row)
      twins.append(TwinKey.of(sum: sets.sums[row]))
      if !range.isEmpty { maker.appendPlain(range, of: words, to: &plain, &scratch) }
    }
  }
}

extension SharedKeys {
  /// Takes in the keys of some rows, and those of their whole sets.
  @specialized(where Keys == PartKeys)
  @specialized(where Keys == BandKeys)
  package func add<Keys: RowKeys>(_ sets: WordSets, _ maker: Keys) {
    var batch = RowKeyBatch()
    for start in stride(from: 0, to: sets.count, by: 1024) {
      batch.make(start..<min(start + 1024, sets.count), of: sets, maker)
      add(batch.plain)
      add(batch.twins)
    }
  }
}
