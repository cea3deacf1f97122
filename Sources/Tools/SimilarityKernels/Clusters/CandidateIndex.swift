import MinHashLanes

/// Which rows have a key: the bucket table behind MinHash bands and the keys of the exact join.
///
/// A bucket holds its rows in the order in which they came: the first in the bucket itself, the others in chunks of 2, 4, 8 …
/// with their parity words side by side, so that even a bucket of a hundred thousand rows is walked at the speed of memory.
/// Keys are 64-bit hashes; two keys fall together only when 32 bits agree, and then the rows are merely candidates that
/// verification turns down.
/// Memory per key of a row: 12 to 30 bytes, and 13 for each distinct key.
struct CandidateIndex: ~Copyable {
  /// The first row of a bucket.
  struct Bucket: BitwiseCopyable {
    var parity: UInt64
    /// The row, as its place in the total order.
    var place: UInt32
    /// Where the first chunk of further rows stands; 0 when there is none.
    var chunk: UInt32
  }

  /// The low half of the key << 32 | the number of its bucket plus 1; 0 is an empty slot.
  private let slots: LargeTable<UInt64>
  private let buckets: LargeTable<Bucket>
  private var bucketCount = 0
  /// Chunks, each of them: where the next one stands << 32 | capacity << 16 | rows; for the first chunk of a bucket where the
  /// last one stands; parity words; places, two in a word. Memory is taken as they come.
  private let chunks: LargeTable<UInt64>
  private var chunkEnd = 1
  private static let headerLength = 2
  private static let largestChunk = 1 << 12

  /// - Parameter capacity: the most entries that will be inserted.
  init(capacity: Int) {
    precondition(capacity < Int(UInt32.max) / 4, "at most 2^30 keys")
    slots = LargeTable(count: Self.slotCount(capacity: capacity))
    buckets = LargeTable(count: capacity)
    chunks = LargeTable(count: 1 + Self.chunkLength(capacity: capacity))
  }

  private static func slotCount(capacity: Int) -> Int { capacity + capacity * 5 / 8 + 1024 }

  /// Words of the chunks of so many entries at most. A chunk for n rows takes 2 + 3n/2 words, and is begun when all before it
  /// are full. Buckets whose last chunk holds one row take most: those of 2, 4, 8 … rows have 5, 13, 27 … words, never more
  /// than 3.5 for each row.
  private static func chunkLength(capacity: Int) -> Int { capacity * 7 / 2 + 8 }

  /// Bytes of an index for so many entries: buckets of four rows each, which take most, and slots for all.
  static func byteCount(capacity: Int) -> Int { capacity * 30 + slotCount(capacity: capacity) * 8 }

  @inline(__always)
  private func home(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: slots.count)) >> 32)
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

  /// The number of the key's bucket plus 1; 0 when nothing is stored under it.
  @inline(__always)
  func bucket(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: slots[slot(of: key)]) }

  /// A bucket, by its number plus 1.
  subscript(link: UInt32) -> Bucket {
    @inline(__always) get { buckets[Int(link) - 1] }
  }

  /// Writes the bucket of each key. Loops over many keys without branches let the processor wait for many places of memory at
  /// once.
  /// - Parameter soon: keys that will be inserted next; their places are fetched with the others.
  /// - Returns: a number without meaning, which keeps the fetching loads from being left out.
  func find(_ keys: KeyList, into links: inout [UInt32], fetching soon: KeyList) -> UInt64 {
    if links.count < keys.count { links = [UInt32](repeating: 0, count: keys.count * 2) }
    var touched: UInt64 = 0
    let keySpan = keys.buffer.span
    for place in 0..<keys.count { touched ^= slots[home(of: keySpan[place])] }
    let soonSpan = soon.buffer.span
    for place in 0..<soon.count { touched ^= slots[home(of: soonSpan[place])] }
    var links = links.mutableSpan
    for place in 0..<keys.count { links[place] = bucket(of: keySpan[place]) }
    for place in 0..<keys.count where links[place] != 0 { touched ^= self[links[place]].parity }
    return touched
  }

  /// Calls `body` with the rows of a bucket whose parity words differ in at most so many bits from one, in the order in which
  /// they came, until it says that it has enough.
  @inline(__always)
  func forEachClose(
    _ link: UInt32, to parity: UInt64, within limit: Int, _ body: (_ place: UInt32, _ parity: UInt64) -> Bool
  ) {
    let first = self[link]
    if (first.parity ^ parity).nonzeroBitCount <= limit && !body(first.place, first.parity) { return }
    var chunk = Int(first.chunk)
    while chunk != 0 {
      let header = chunks[chunk]
      let (capacity, count) = (Int(header >> 16 & 0xFFFF), Int(header & 0xFFFF))
      let parities = chunk + Self.headerLength
      var row = 0
      while true {
        // Safe: the chunk's `count` parity words lie inside the table.
        row = unsafe parity_lanes_next(chunks.pointer(to: parities, count: count), row, count, parity, UInt32(limit))
        if row == count { break }
        let pair = chunks[parities + capacity + row / 2]
        let place = UInt32(truncatingIfNeeded: pair >> UInt64(row % 2 * 32))
        if !body(place, chunks[parities + row]) { return }
        row += 1
      }
      chunk = Int(header >> 32)
    }
  }

  /// Stores a row under some keys.
  mutating func insert(_ keys: Span<UInt64>, _ range: Range<Int>, place: UInt32, parity: UInt64) {
    for number in range {
      let key = keys[number]
      let slot = slot(of: key)
      let link = UInt32(truncatingIfNeeded: slots[slot])
      if link == 0 {
        buckets[bucketCount] = Bucket(parity: parity, place: place, chunk: 0)
        bucketCount += 1
        slots[slot] = key << 32 | UInt64(truncatingIfNeeded: bucketCount)
      } else {
        append(place, parity, to: Int(link) - 1)
      }
    }
  }

  private mutating func append(_ place: UInt32, _ parity: UInt64, to bucket: Int) {
    let first = Int(buckets[bucket].chunk)
    var chunk = first == 0 ? 0 : Int(chunks[first + 1])
    var header = first == 0 ? 0 : chunks[chunk]
    if header & 0xFFFF == header >> 16 & 0xFFFF {
      // There is none yet, or the last one is full.
      let capacity = first == 0 ? 2 : min(Int(header >> 16 & 0xFFFF) * 2, Self.largestChunk)
      let new = chunkEnd
      chunkEnd += Self.headerLength + capacity + capacity / 2
      if first == 0 {
        buckets[bucket].chunk = UInt32(new)
        chunks[new + 1] = UInt64(new)
      } else {
        chunks[chunk] = header | UInt64(new) << 32
        chunks[first + 1] = UInt64(new)
      }
      chunk = new
      header = UInt64(capacity) << 16
    }
    let (capacity, row) = (Int(header >> 16 & 0xFFFF), Int(header & 0xFFFF))
    let parities = chunk + Self.headerLength
    chunks[parities + row] = parity
    chunks[parities + capacity + row / 2] |= UInt64(place) << UInt64(row % 2 * 32)
    chunks[chunk] = header + 1
  }
}
