/// Makes sure that no two different shingles have the same hash, so that hashes may stand for shingles.
///
/// Shingles of up to seven bytes cannot collide (`WordHash`); of the longer ones every distinct text is kept and compared.
/// In random hashes a collision is to be expected once in some ten billion distinct shingles. Where one is found, all rows
/// are hashed again with another seed: what is decided never rests on luck, only the time it takes does.
///
/// Memory per distinct shingle of eight bytes or more: its bytes rounded up to a multiple of 8, and 24 to 48 bytes.
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
  package mutating func check(_ rows: borrowing ASCIIRows) {
    var place = 0
    while place < rows.newCount {
      let start = place + 1
      place = start
      while !rows.news[place].endsText { place += 1 }
      place += 1
      check(rows.news[start - 1], rows.news, start)
    }
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
