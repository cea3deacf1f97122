/// The rows whose keys are looked up together, in buffers used again for the next batch.
struct KeyBatch {
  var places: [Int] = []
  /// The plain keys of all rows; those that only one row has are 0 in the end.
  var plain = KeyList()
  var stored = KeyList()
  /// Where the keys of each row end in `stored`, after a 0.
  var storedEnds: [Int] = [0]
  var sought = KeyList()
  /// Where the keys of each row end in `sought`, after a 0.
  var soughtEnds: [Int] = [0]
  /// The sums of rows without one of their words, as far as some row may have them.
  var subsets = KeyList()
  /// Where those of each row end in `subsets`, after a 0.
  var subsetEnds: [Int] = [0]
  /// The places of the rows that have these sums, and perhaps of others.
  var lesser: [Int] = []
  /// Where those of each row end in `lesser`, after a 0.
  var lesserEnds: [Int] = [0]
  /// The bucket of each key in `sought`, 0 where there was none before this batch.
  var buckets: [UInt32] = []
  /// Keys stored since the buckets were found.
  var inserted = KeyFilter()
  var scratch = KeyScratch()

  mutating func clear() {
    places.removeAll(keepingCapacity: true)
    plain.clear()
    stored.clear()
    storedEnds.removeLast(storedEnds.count - 1)
    sought.clear()
    soughtEnds.removeLast(soughtEnds.count - 1)
    subsets.clear()
    subsetEnds.removeLast(subsetEnds.count - 1)
    lesser.removeAll(keepingCapacity: true)
    lesserEnds.removeLast(lesserEnds.count - 1)
    inserted.clear()
  }

  /// Places in `lesser` of a row of the batch.
  @inline(__always)
  func lesser(ofRow number: Int) -> Range<Int> {
    number + 1 < lesserEnds.count ? lesserEnds[number]..<lesserEnds[number + 1] : 0..<0
  }

  /// Says that all keys of a row are there.
  @inline(__always)
  mutating func endRow() {
    storedEnds.append(stored.count)
    soughtEnds.append(sought.count)
  }

  /// Appends the keys of a row and a kind that a second row may have, with their salts.
  @inline(__always)
  mutating func addShared(_ keys: Range<Int>, _ kind: Int, _ maker: some RowKeys) {
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
