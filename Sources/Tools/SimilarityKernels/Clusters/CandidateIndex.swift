/// Which rows have a key: the bucket table behind MinHash bands and the keys of the exact join.
///
/// A bucket holds its rows in a chain, the newest first. Keys are 64-bit hashes; two keys fall together only when 32 bits
/// and the place in the table agree, and then the rows are merely candidates that verification turns down.
/// Memory per key of a row: 16 bytes, and 13 bytes more for each distinct key.
struct CandidateIndex: ~Copyable {
  struct Entry: BitwiseCopyable {
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

  /// The first `count` are entries; memory is taken as they come.
  private let entries: LargeTable<Entry>
  private(set) var count = 0
  /// The low half of the key << 32 | the newest entry of the bucket plus 1; 0 is an empty slot.
  private var slots: LargeTable<UInt64>
  private var usedSlots = 0

  /// - Parameters:
  ///   - capacity: the most entries that will be inserted.
  ///   - expected: as many as probably will be; the table of buckets grows when there are more.
  init(capacity: Int, expected: Int) {
    precondition(capacity < Int(UInt32.max), "at most 2^32 keys")
    slots = LargeTable(count: Self.slotCount(capacity: min(expected, capacity)))
    entries = LargeTable(count: capacity)
  }

  private static func slotCount(capacity: Int) -> Int { capacity + capacity * 5 / 8 + 1024 }

  /// Bytes of an index for so many entries.
  static func byteCount(capacity: Int) -> Int {
    capacity * MemoryLayout<Entry>.stride + slotCount(capacity: capacity) * 8
  }

  /// An entry, by its number plus 1.
  subscript(link: UInt32) -> Entry {
    @inline(__always) get { entries[Int(link) - 1] }
  }

  /// Depends on the low half of the key alone: that is what a slot remembers when the table grows.
  @inline(__always)
  private func home(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: slots.count)) >> 32)
  }

  private mutating func grow() {
    let old = slots
    slots = LargeTable(count: old.count + old.count / 2)
    for place in 0..<old.count where old[place] != 0 { slots[slot(of: old[place] >> 32)] = old[place] }
  }

  /// The slot of the key's bucket, or the empty slot where it would be.
  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    var slot = home(of: key)
    while true {
      let value = slots[slot]
      if value == 0 || value >> 32 == key & 0xFFFF_FFFF { return slot }
      slot += 1
      if slot == slots.count { slot = 0 }
    }
  }

  /// The newest entry of the key's bucket.
  @inline(__always)
  func newest(_ key: UInt64) -> Head {
    let link = UInt32(truncatingIfNeeded: slots[slot(of: key)])
    return link == 0 ? Head() : Head(link: link, entry: self[link])
  }

  /// Writes the newest entry of each key's bucket. Loops over many keys without branches let the processor wait for many
  /// places of memory at once.
  /// - Parameter soon: keys that will be inserted next; their places are fetched with the others.
  /// - Returns: a number without meaning, which keeps the fetching loads from being left out.
  func newest(_ keys: KeyList, into heads: inout [Head], fetching soon: KeyList) -> UInt64 {
    if heads.count < keys.count { heads = [Head](repeating: Head(), count: keys.count * 2) }
    var touched: UInt64 = 0
    let keySpan = keys.buffer.span
    for place in 0..<keys.count { touched ^= slots[home(of: keySpan[place])] }
    let soonSpan = soon.buffer.span
    for place in 0..<soon.count { touched ^= slots[home(of: soonSpan[place])] }
    var heads = heads.mutableSpan
    for place in 0..<keys.count {
      heads[place].link = UInt32(truncatingIfNeeded: slots[slot(of: keySpan[place])])
    }
    for place in 0..<keys.count where heads[place].link != 0 { heads[place].entry = self[heads[place].link] }
    return touched
  }

  /// Stores a row under some keys.
  mutating func insert(_ keys: Span<UInt64>, _ range: Range<Int>, place: UInt32, parity: UInt64) {
    if (usedSlots + range.count) * 5 > slots.count * 4 { grow() }
    for number in range {
      let key = keys[number]
      let slot = slot(of: key)
      let known = slots[slot]
      entries[count] = Entry(parity: parity, place: place, next: UInt32(truncatingIfNeeded: known))
      count += 1
      usedSlots += known == 0 ? 1 : 0
      slots[slot] = key << 32 | UInt64(truncatingIfNeeded: count)
    }
  }
}
