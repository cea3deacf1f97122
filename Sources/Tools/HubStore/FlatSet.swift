/// A set of words that are already well mixed (parts of a cryptographic hash), in one flat table.
///
/// Open addressing with linear probing, at most 70% full, growing by half: `MemoryLayout<Word>.stride` × 1.4 to 2.1
/// bytes per member, where `Set` takes up to 3 and hashes again.
struct FlatSet<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private var slots: [Word]
  /// 0 marks an empty slot, so the word 0 is kept here.
  private var containsZero = false
  private(set) var count = 0

  init(reserving capacity: Int = 0) {
    slots = Array(repeating: 0, count: max(64, capacity / 7 * 10 + 16))
  }

  func contains(_ word: Word) -> Bool {
    word == 0 ? containsZero : slots[place(of: word)] == word
  }

  /// Adds a word; false when it was there.
  @discardableResult
  mutating func insert(_ word: Word) -> Bool {
    if word == 0 {
      guard !containsZero else { return false }
      containsZero = true
      count += 1
      return true
    }
    var place = place(of: word)
    guard slots[place] != word else { return false }
    if count >= slots.count / 10 * 7 {
      grow()
      place = self.place(of: word)
    }
    slots[place] = word
    count += 1
    return true
  }

  /// The slot that holds the word, or the empty one where it belongs. Ends: some slot is always empty.
  private func place(of word: Word) -> Int {
    // Multiply and shift spreads the 64 low bits over any number of slots, not only powers of two.
    let spread = UInt64(truncatingIfNeeded: word).multipliedFullWidth(by: UInt64(slots.count))
    var place = Int(spread.high)
    while slots[place] != 0, slots[place] != word {
      place += 1
      if place == slots.count { place = 0 }
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count + old.count / 2)
    for word in old where word != 0 { slots[place(of: word)] = word }
  }
}
