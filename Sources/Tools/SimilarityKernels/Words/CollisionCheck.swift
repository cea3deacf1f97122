/// Makes sure that no two different shingles have the same hash, so that hashes may stand for shingles.
///
/// Shingles of up to seven bytes cannot collide (`WordHash`); of the longer ones every distinct text is kept and compared.
/// In random hashes a collision is to be expected once in some ten billion distinct shingles. Where one is found, all rows
/// are hashed again with another seed: what is decided never rests on luck, only the time it takes does.
///
/// Memory per distinct shingle of eight bytes or more: its bytes rounded up to a multiple of 8, and 24 to 48 bytes. Where that
/// is too much, `takeTexts()` hands them out, to be put aside and looked at group by group.
package struct CollisionCheck: Sendable {
  private struct Slot {
    var hash: UInt64
    /// Where the text starts, plus 1; 0 is an empty slot.
    var start: UInt32
  }

  /// One of many slots, found by hash, that remember a text of two chunks: most words are known from here.
  private struct Recent {
    var first: UInt64 = 0
    var second: UInt64 = 0
  }

  private var slots = [Slot](repeating: Slot(hash: 0, start: 0), count: 1 << 12)
  private var recent = [Recent](repeating: Recent(), count: 1 << 14)
  private var texts: [UInt64] = []
  /// Distinct shingles of eight bytes or more.
  package private(set) var count = 0
  /// True once two different shingles had one hash.
  package private(set) var hasCollision = false

  package init() {}

  package var byteCount: Int { slots.count * MemoryLayout<Slot>.stride + texts.capacity * 8 }

  /// Looks at the shingles of the text scanned last.
  @inline(__always)
  package mutating func check(_ scanner: borrowing ShingleScanner) {
    for number in 0..<scanner.longCount {
      let place = scanner.longPlaces[number]
      let start = scanner.starts[place]
      let hash = scanner.hash(at: place)
      let cell = Int(truncatingIfNeeded: hash >> 32) & (recent.count - 1)
      let second = scanner.chunks[start + 1]
      if recent[cell].first == scanner.chunks[start] && recent[cell].second == second && second.endsText { continue }
      recent[cell] = Recent(first: scanner.chunks[start], second: second)
      check(hash, scanner.chunks, start)
    }
  }

  /// Looks at the words of the rows cut last that were not seen lately.
  package mutating func check(_ rows: borrowing ASCIIRows) { check(rows.news, count: rows.newCount) }

  /// Looks at shingles one behind the other, each as its hash and its chunks.
  package mutating func check(_ entries: borrowing [UInt64], count: Int) {
    var place = 0
    while place < count {
      let start = place + 1
      place = start
      while !entries[place].endsText { place += 1 }
      place += 1
      check(entries[start - 1], entries, start)
    }
  }

  /// In so many groups by hash are texts handed out.
  package static let groupCount = 256

  /// Hands out all shingles, each as its hash and its chunks, group behind group, and forgets them.
  /// - Returns: the shingles, and where each group starts, with the end of the last one.
  package mutating func takeTexts() -> (entries: [UInt64], bounds: [Int]) {
    func length(_ start: Int) -> Int {
      var end = start
      while !texts[end].endsText { end += 1 }
      return end + 1 - start
    }
    var bounds = [Int](repeating: 0, count: Self.groupCount + 1)
    for slot in slots where slot.start != 0 {
      bounds[Int(truncatingIfNeeded: slot.hash >> 56) + 1] += 1 + length(Int(slot.start) - 1)
    }
    for group in 1...Self.groupCount { bounds[group] += bounds[group - 1] }
    var ends = bounds
    var entries = [UInt64](repeating: 0, count: bounds[Self.groupCount])
    for slot in slots where slot.start != 0 {
      let group = Int(truncatingIfNeeded: slot.hash >> 56)
      let start = Int(slot.start) - 1
      entries[ends[group]] = slot.hash
      for offset in 0..<length(start) { entries[ends[group] + 1 + offset] = texts[start + offset] }
      ends[group] += 1 + length(start)
    }
    slots = [Slot](repeating: Slot(hash: 0, start: 0), count: 1 << 12)
    texts = []
    count = 0
    return (entries, bounds)
  }

  /// Looks at one shingle, whose chunks start at a place.
  private mutating func check(_ hash: UInt64, _ chunks: borrowing [UInt64], _ start: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].start != 0 {
      if slots[slot].hash == hash {
        if !isEqual(textAt: Int(slots[slot].start) - 1, chunks, start) { hasCollision = true }
        return
      }
      slot = (slot + 1) & mask
    }
    precondition(texts.count < Int(UInt32.max) - 1, "at most 32 gigabytes of distinct shingles")
    slots[slot] = Slot(hash: hash, start: UInt32(texts.count + 1))
    var chunk = start
    repeat {
      texts.append(chunks[chunk])
      chunk += 1
    } while !chunks[chunk - 1].endsText
    count += 1
    if count * 2 > slots.count { grow() }
  }

  private func isEqual(textAt known: Int, _ chunks: borrowing [UInt64], _ start: Int) -> Bool {
    var offset = 0
    while texts[known + offset] == chunks[start + offset] {
      if texts[known + offset].endsText { return true }
      offset += 1
    }
    return false
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(hash: 0, start: 0), count: slots.count * 2)
    for entry in slots where entry.start != 0 {
      var slot = Int(truncatingIfNeeded: entry.hash) & (larger.count - 1)
      while larger[slot].start != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = entry
    }
    slots = larger
  }
}

extension UInt64 {
  /// The last byte of a text's last chunk is zero; no other chunk has a zero byte.
  fileprivate var endsText: Bool { self >> 56 == 0 }
}
