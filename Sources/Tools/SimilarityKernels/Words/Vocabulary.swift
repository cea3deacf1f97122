/// Numbers shingles: equal numbers are equal texts, whatever their hashes do.
///
/// Memory per distinct shingle: its bytes rounded up to a multiple of 8, and 30 to 60 bytes for the table.
package struct Vocabulary {
  private struct Slot {
    var hash: UInt64
    /// First chunk of the text.
    var start: UInt32
    /// Number of the shingle plus 1; 0 is an empty slot.
    var number: UInt32
  }

  /// The hash of each shingle, by number: stable, unlike the number, which depends on what was seen before.
  package private(set) var hashes: [UInt64] = []
  private var texts: [UInt64] = []
  private var slots = [Slot](repeating: Slot(hash: 0, start: 0, number: 0), count: 1 << 10)

  package init() {}

  /// Distinct shingles seen.
  package var count: Int { hashes.count }

  /// Appends the numbers of the distinct shingles of the text scanned last, ascending.
  package mutating func appendNumbers(of scanner: borrowing ShingleScanner, to numbers: inout [UInt32]) {
    let first = numbers.count
    for place in 0..<scanner.count { numbers.append(number(at: place, of: scanner)) }
    numbers.sortAndUnique(from: first)
  }

  private mutating func number(at place: Int, of scanner: borrowing ShingleScanner) -> UInt32 {
    let hash = scanner.hashes[place]
    let start = scanner.starts[place]
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot].number != 0 {
      let found = slots[slot]
      if found.hash == hash && isEqual(textAt: Int(found.start), scanner, start) { return found.number - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    precondition(texts.count < Int(UInt32.max) && count < Int(UInt32.max) - 1, "at most 2^32 distinct words")
    hashes.append(hash)
    slots[slot] = Slot(hash: hash, start: UInt32(texts.count), number: UInt32(count))
    var chunk = start
    repeat {
      texts.append(scanner.chunks[chunk])
      chunk += 1
    } while !scanner.chunks[chunk - 1].endsText
    if count * 2 > slots.count { grow() }
    return UInt32(count - 1)
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
    var larger = [Slot](repeating: Slot(hash: 0, start: 0, number: 0), count: slots.count * 2)
    for entry in slots where entry.number != 0 {
      var slot = Int(truncatingIfNeeded: entry.hash) & (larger.count - 1)
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

extension [UInt32] {
  /// Sorts the elements from `first` on and drops repeats among them.
  mutating func sortAndUnique(from first: Int) {
    guard count - first > 1 else { return }
    if count - first > 40 {
      self[first...].sort()
    } else {
      // Insertion sort: the fastest for the dozen words of a persona.
      for place in first + 1..<count {
        let value = self[place]
        var hole = place
        while hole > first && self[hole - 1] > value {
          self[hole] = self[hole - 1]
          hole -= 1
        }
        self[hole] = value
      }
    }
    var end = first + 1
    for place in first + 1..<count where self[place] != self[end - 1] {
      self[end] = self[place]
      end += 1
    }
    removeSubrange(end...)
  }
}
