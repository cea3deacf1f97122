/// The rows whose keys are looked up together, in buffers used again for the next batch.
struct KeyBatch {
  /// A row, by its place in the order, and where what belongs to it ends in the lists of the batch.
  struct Row {
    var place: Int
    var storedEnd: Int
    var soughtEnd: Int
    var lesserEnd: Int
  }

  /// Behind one that stands for no row, so that every row has one before it.
  private(set) var rows = [Row(place: 0, storedEnd: 0, soughtEnd: 0, lesserEnd: 0)]
  var stored = KeyList()
  var sought = KeyList()
  /// The bucket of each key in `sought`, 0 where there was none before this batch.
  var buckets: [UInt32] = []
  /// The places of rows that lack one word of the row, and perhaps of others.
  private(set) var lesser: [Int] = []
  /// Sums of rows without one of their words, as far as some row may have them.
  private var subsets = KeyList()
  private var subsetEnds: [Int] = []
  /// Keys stored since the buckets were found.
  var inserted = KeyFilter()
  var scratch = KeyScratch()

  /// Rows of the batch; they are numbered from 1.
  var count: Int { rows.count - 1 }

  /// The places from the first row to the last, of rows that nothing is asked about too.
  var places: Range<Int> { count == 0 ? 0..<0 : rows[1].place..<rows[count].place + 1 }

  mutating func clear() {
    rows.removeLast(rows.count - 1)
    stored.clear()
    sought.clear()
    lesser.removeAll(keepingCapacity: true)
    inserted.clear()
  }

  /// Adds a row whose keys are all there.
  @inline(__always)
  mutating func append(place: Int) {
    rows.append(Row(place: place, storedEnd: stored.count, soughtEnd: sought.count, lesserEnd: 0))
  }

  /// Places in `stored` of a row's keys.
  @inline(__always)
  func stored(of number: Int) -> Range<Int> { rows[number - 1].storedEnd..<rows[number].storedEnd }

  /// Places in `sought` of a row's keys.
  @inline(__always)
  func sought(of number: Int) -> Range<Int> { rows[number - 1].soughtEnd..<rows[number].soughtEnd }

  /// Places in `lesser` of what a row found.
  @inline(__always)
  func lesser(of number: Int) -> Range<Int> { rows[number - 1].lesserEnd..<rows[number].lesserEnd }

  /// Finds the rows that lack one word of rows of the batch.
  /// - Parameters:
  ///   - twins: has all rows.
  ///   - append: appends the sums of the row at a place without one of its words, as far as some row may have them.
  /// - Returns: a number without meaning, which keeps loads that only fetch from being left out.
  mutating func findLesser(
    _ twins: borrowing TwinTable, _ append: (_ place: Int, _ sums: inout KeyList) -> Void
  ) -> UInt64 {
    subsets.clear()
    subsetEnds.removeAll(keepingCapacity: true)
    for number in rows.indices.dropFirst() {
      append(rows[number].place, &subsets)
      subsetEnds.append(subsets.count)
    }
    let fetched = twins.fetch(subsets)
    var subset = 0
    for number in rows.indices.dropFirst() {
      while subset < subsetEnds[number - 1] {
        twins.forEach(subsets[subset], into: &lesser)
        subset += 1
      }
      rows[number].lesserEnd = lesser.count
    }
    return fetched
  }

  /// Appends the keys of a row and a kind that a second row may have, with their salts.
  @inline(__always)
  mutating func addShared(_ keys: Range<Int>, of plain: borrowing PlainKeys, _ kind: Int, _ maker: some RowKeys) {
    var any: UInt64 = 0
    for place in keys { any |= plain[place] }
    if any == 0 { return }
    scratch.salts.clear()
    let salt = maker.addSalts(kind, to: &scratch.salts)
    for place in keys where plain[place] != 0 {
      stored.append(plain[place] ^ salt)
      for number in 0..<scratch.salts.count { sought.append(plain[place] ^ scratch.salts[number]) }
    }
  }
}

/// A bit for each of 65,536 kinds of keys: says of most keys that they are not among those added.
struct KeyFilter {
  private var bits = [UInt64](repeating: 0, count: 1024)

  mutating func clear() {
    for place in bits.indices { bits[place] = 0 }
  }

  @inline(__always)
  mutating func add(_ key: UInt64) { bits[Int(truncatingIfNeeded: key >> 32 & 1023)] |= 1 << (key >> 42 & 63) }

  @inline(__always)
  func mayHold(_ key: UInt64) -> Bool { bits[Int(truncatingIfNeeded: key >> 32 & 1023)] >> (key >> 42 & 63) & 1 != 0 }
}
