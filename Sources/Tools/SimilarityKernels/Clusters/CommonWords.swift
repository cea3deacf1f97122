/// Counts the words that rows have in common with one marked row, in a small hash table of its words.
///
/// Memory: 16 to 32 bytes for each word of the largest row marked.
struct CommonWords {
  /// The marked words; 0 is an empty slot.
  private var slots = [UInt64](repeating: 0, count: 64)
  private var mask = 63
  /// The word whose hash is 0, if a row has it.
  private var hasZero = false

  /// Marks the words of a row, and no others.
  mutating func mark(_ row: Range<Int>, of words: borrowing [UInt64]) {
    var wanted = 64
    while wanted < row.count * 2 { wanted *= 2 }
    if slots.count < wanted { slots = [UInt64](repeating: 0, count: wanted) }
    let mask = wanted - 1
    self.mask = mask
    var hasZero = false
    var slots = slots.mutableSpan
    for slot in 0..<wanted { slots[slot] = 0 }
    for place in row {
      let word = words[place]
      if word == 0 { hasZero = true }
      var slot = Int(truncatingIfNeeded: word) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = word
    }
    self.hasZero = hasZero
  }

  /// Words that a row has in common with the marked one; nil as soon as it is sure that they are fewer than `needed`.
  func common(with row: Range<Int>, of words: borrowing [UInt64], atLeast needed: Int) -> Int? {
    var common = 0
    var spare = row.count - needed
    guard spare >= 0 else { return nil }
    let slots = slots.span
    for place in row {
      let word = words[place]
      var slot = Int(truncatingIfNeeded: word) & mask
      while slots[slot] != word && slots[slot] != 0 { slot = (slot + 1) & mask }
      if slots[slot] == word && (word != 0 || hasZero) {
        common += 1
      } else {
        spare -= 1
        if spare < 0 { return nil }
      }
    }
    return common
  }

  /// True when two rows have the same words; another row is marked then.
  mutating func areSame(_ one: Int, _ other: Int, of sets: borrowing WordSets) -> Bool {
    let size = sets.size(of: one)
    guard size == sets.size(of: other), sets.parities[one] == sets.parities[other] else { return false }
    let first = sets.range(of: one)
    let second = sets.range(of: other)
    let words = sets.words.span
    var place = 0
    while place < size && words[first.lowerBound + place] == words[second.lowerBound + place] { place += 1 }
    if place == size { return true }
    mark(first, of: sets.words)
    return common(with: second, of: sets.words, atLeast: size) != nil
  }
}
