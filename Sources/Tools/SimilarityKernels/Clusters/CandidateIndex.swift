/// Which rows have a key: the bucket table behind MinHash bands and the keys of the exact join.
///
/// A bucket holds its rows in a chain, the newest first. Keys are 64-bit hashes; two keys fall together only when 32 bits
/// and the place in the table agree, and then the rows are merely candidates that verification turns down.
/// Memory per key of a row: 16 bytes, and 13 bytes more for each distinct key.
struct CandidateIndex {
  struct Entry {
    var parity: UInt64
    /// The row, as its place in the total order.
    var place: UInt32
    /// The entry before in this bucket, plus 1; 0 ends the chain.
    var next: UInt32
  }

  /// The newest entry of a bucket.
  struct Head {
    /// The entry's number plus 1; 0 when there is none.
    var link: UInt32 = 0
    var entry = Entry(parity: 0, place: 0, next: 0)
  }

  private(set) var entries: [Entry] = []
  /// The low half of the key << 32 | the newest entry of the bucket plus 1; 0 is an empty slot.
  private var slots: [UInt64]

  /// - Parameter capacity: the most entries that will be inserted.
  init(capacity: Int) {
    precondition(capacity < Int(UInt32.max), "at most 2^32 keys")
    slots = [UInt64](repeating: 0, count: capacity + capacity * 5 / 8 + 8)
    entries.reserveCapacity(capacity)
  }

  /// The slot of the key's bucket, or the empty slot where it would be.
  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high)
    while slots[slot] != 0 && slots[slot] >> 32 != key & 0xFFFF_FFFF {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  /// The newest entry of the key's bucket plus 1; 0 when there is none.
  @inline(__always)
  func newest(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: slots[slot(of: key)]) }

  func head(_ key: UInt64) -> Head {
    let link = newest(key)
    return link == 0 ? Head() : Head(link: link, entry: entries[Int(link) - 1])
  }

  /// Writes the newest entry of each key's bucket, with 1 more than its number; 0 for an empty bucket.
  ///
  /// Two loops over many keys let the processor wait for many places of memory at once.
  func newest(_ keys: KeyList, into heads: inout [Head]) {
    if heads.count < keys.count { heads = [Head](repeating: Head(), count: keys.count * 2) }
    for place in 0..<keys.count { heads[place].link = newest(keys[place]) }
    for place in 0..<keys.count where heads[place].link != 0 {
      heads[place].entry = entries[Int(heads[place].link) - 1]
    }
  }

  mutating func insert(_ key: UInt64, place: UInt32, parity: UInt64) {
    let slot = slot(of: key)
    entries.append(Entry(parity: parity, place: place, next: UInt32(truncatingIfNeeded: slots[slot])))
    slots[slot] = key << 32 | UInt64(entries.count)
  }
}
