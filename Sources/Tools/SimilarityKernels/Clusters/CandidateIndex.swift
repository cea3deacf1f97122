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

  /// The first `count` are entries; those behind them are memory that nothing was written to yet.
  private var entries: [Entry]
  private(set) var count = 0
  /// The low half of the key << 32 | the newest entry of the bucket plus 1; 0 is an empty slot.
  private var slots: [UInt64]

  /// - Parameter capacity: the most entries that will be inserted.
  init(capacity: Int) {
    precondition(capacity < Int(UInt32.max), "at most 2^32 keys")
    slots = [UInt64](repeating: 0, count: capacity + capacity * 5 / 8 + 8)
    // Safe: entries are plain numbers, and one is read only after it was written, through a link to it. Zeroing them
    // would take memory for rows that are dropped and never stored.
    unsafe entries = [Entry](unsafeUninitializedCapacity: capacity) { _, count in count = capacity }
  }

  /// An entry, by its number plus 1.
  subscript(link: UInt32) -> Entry { entries[Int(link) - 1] }

  /// The slot of the key's bucket, or the empty slot where it would be.
  @inline(__always)
  private static func slot(of key: UInt64, in slots: Span<UInt64>) -> Int {
    var slot = Int(truncatingIfNeeded: key.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high)
    while slots[slot] != 0 && slots[slot] >> 32 != key & 0xFFFF_FFFF {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  /// The newest entry of the key's bucket.
  func newest(_ key: UInt64) -> Head {
    let link = UInt32(truncatingIfNeeded: slots[Self.slot(of: key, in: slots.span)])
    return link == 0 ? Head() : Head(link: link, entry: self[link])
  }

  /// Writes the newest entry of each key's bucket. Two loops over many keys let the processor wait for many places of
  /// memory at once.
  func newest(_ keys: KeyList, into heads: inout [Head]) {
    if heads.count < keys.count { heads = [Head](repeating: Head(), count: keys.count * 2) }
    let slots = self.slots.span
    let keySpan = keys.buffer.span
    var heads = heads.mutableSpan
    for place in 0..<keys.count {
      heads[place].link = UInt32(truncatingIfNeeded: slots[Self.slot(of: keySpan[place], in: slots)])
    }
    for place in 0..<keys.count where heads[place].link != 0 { heads[place].entry = self[heads[place].link] }
  }

  /// Stores a row under some keys.
  mutating func insert(_ keys: KeyList, _ range: Range<Int>, place: UInt32, parity: UInt64) {
    Self.insert(keys.buffer.span, range, place, parity, &slots, &entries, &count)
  }

  private static func insert(
    _ keys: Span<UInt64>, _ range: Range<Int>, _ place: UInt32, _ parity: UInt64, _ slots: inout [UInt64],
    _ entries: inout [Entry], _ count: inout Int
  ) {
    var slots = slots.mutableSpan
    var entries = entries.mutableSpan
    for number in range {
      let key = keys[number]
      let slot = slot(of: key, in: slots.span)
      entries[count] = Entry(parity: parity, place: place, next: UInt32(truncatingIfNeeded: slots[slot]))
      count += 1
      slots[slot] = key << 32 | UInt64(truncatingIfNeeded: count)
    }
  }
}
