/// Numbers shingles: equal numbers are equal texts, whatever their hashes do.
///
/// Memory per distinct shingle: its bytes rounded up to a multiple of 8, and 45 to 75 bytes for the tables.
package struct Vocabulary {
  private struct Slot {
    /// The first eight bytes of the text: all of it, for most words.
    var chunk: UInt64
    /// Where the text starts.
    var start: UInt32
    /// Number of the shingle plus 1; 0 is an empty slot.
    var number: UInt32
  }

  /// The hash of each shingle, by number: stable, unlike the number, which depends on what was seen before.
  package private(set) var hashes: [UInt64] = []
  private var texts: [UInt64] = []
  /// The text in which each shingle was seen last, so that repeats in one text are known without sorting.
  private var lastTexts: [UInt32] = []
  private var textCount: UInt32 = 0
  private var fresh: [UInt32] = []
  private var slots = [Slot](repeating: Slot(chunk: 0, start: 0, number: 0), count: 1 << 10)

  package init() {}

  /// Distinct shingles seen.
  package var count: Int { hashes.count }

  /// Appends the numbers of the distinct shingles of the text scanned last, in the order of their first occurrence.
  package mutating func appendNumbers(of scanner: borrowing ShingleScanner, to numbers: inout [UInt32]) {
    // Out of `self` for a while, so that adding words does not get in the way of writing their numbers.
    var fresh = self.fresh
    self.fresh = []
    if fresh.count < scanner.count { fresh = [UInt32](repeating: 0, count: scanner.count * 2) }
    var found = fresh.mutableSpan
    for place in 0..<scanner.count {
      let hash = scanner.hash(at: place)
      let start = scanner.starts[place]
      let slot = slot(of: hash, scanner, start)
      found[place] = slots[slot].number == 0 ? add(hash, in: slot, scanner, start) : slots[slot].number
    }
    textCount += 1
    let count = Self.dropRepeats(&fresh, scanner.count, &lastTexts, textCount)
    numbers.append(contentsOf: fresh[..<count])
    self.fresh = fresh
  }

  /// Moves the first of each number to the front and counts them. Numbers are still one too large, and leave right.
  private static func dropRepeats(
    _ numbers: inout [UInt32], _ count: Int, _ lastTexts: inout [UInt32], _ text: UInt32
  ) -> Int {
    var numbers = numbers.mutableSpan
    var lastTexts = lastTexts.mutableSpan
    var distinct = 0
    for place in 0..<count {
      let number = numbers[place] - 1
      if lastTexts[Int(number)] != text {
        lastTexts[Int(number)] = text
        numbers[distinct] = number
        distinct += 1
      }
    }
    return distinct
  }

  /// The slot of a shingle, or the empty slot where it belongs.
  @inline(__always)
  private func slot(of hash: UInt64, _ scanner: borrowing ShingleScanner, _ start: Int) -> Int {
    let mask = slots.count - 1
    let chunk = scanner.chunks[start]
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].number != 0 {
      if slots[slot].chunk == chunk && (chunk.endsText || isEqual(textAt: Int(slots[slot].start), scanner, start)) {
        break
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// Adds a shingle and gives its number plus 1.
  private mutating func add(
    _ hash: UInt64, in slot: Int, _ scanner: borrowing ShingleScanner, _ start: Int
  ) -> UInt32 {
    precondition(texts.count < Int(UInt32.max) && count < Int(UInt32.max) - 1, "at most 2^32 distinct words")
    hashes.append(hash)
    lastTexts.append(0)
    let number = UInt32(count)
    slots[slot] = Slot(chunk: scanner.chunks[start], start: UInt32(texts.count), number: number)
    var chunk = start
    repeat {
      texts.append(scanner.chunks[chunk])
      chunk += 1
    } while !scanner.chunks[chunk - 1].endsText
    if count * 2 > slots.count { grow() }
    return number
  }

  private func isEqual(textAt known: Int, _ scanner: borrowing ShingleScanner, _ start: Int) -> Bool {
    var offset = 0
    while texts[known + offset] == scanner.chunks[start + offset] {
      if texts[known + offset].endsText { return true }
      offset += 1
    }
    return false
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(chunk: 0, start: 0, number: 0), count: slots.count * 2)
    for entry in slots where entry.number != 0 {
      var slot = Int(truncatingIfNeeded: hashes[Int(entry.number) - 1]) & (larger.count - 1)
      while larger[slot].number != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = entry
    }
    slots = larger
  }
}

extension UInt64 {
  /// The last byte of a text's last chunk is zero; no other chunk has a zero byte.
  fileprivate var endsText: Bool { self >> 56 == 0 }
}
