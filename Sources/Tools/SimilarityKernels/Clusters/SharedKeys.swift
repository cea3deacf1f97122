/// Tells keys that only one row has, by far the most: nobody can be found under them, so they are neither stored nor sought.
///
/// Many cells, with a bit each in two tables: a key was in the cell, and another one after it. The second table alone is looked
/// into afterwards, and seldom written before, so that each walk strays over half of the memory. A key that shares its cell
/// with another by chance is taken for a shared one, which costs a look-up and nothing else; no shared key is ever missed.
/// Few keys reach the second table, so it can be much smaller than the first where memory is short afterwards.
/// Memory: 4 bytes for each key, and half of it when no more come.
package final class SharedKeys {
  /// 64 cells in each word; nil when all keys are in.
  private var once: LargeTable<UInt64>?
  private let again: LargeTable<UInt64>
  /// Keys that came to a cell where one was.
  private var found: [UInt64] = []

  /// - Parameters:
  ///   - keyCount: keys that are going to come.
  ///   - byteLimit: the most memory to take in the end, twice of it while keys come; with less, more keys are taken for shared
  ///     ones.
  ///   - gatheringLimit: the most memory to take while keys come, if that may be more.
  package init(keyCount: Int, byteLimit: Int = .max, gatheringLimit: Int = 0) {
    let count = Self.wordCount(keyCount: min(keyCount, byteLimit / 2))
    // More than 64 cells for a key are not worth their memory.
    let largest = min((gatheringLimit - count * 8) / 8, keyCount, Int(UInt32.max))
    once = LargeTable(count: max(count, largest))
    again = LargeTable(count: count)
  }

  private static func wordCount(keyCount: Int) -> Int { min(max(keyCount / 4, 1 << 10), Int(UInt32.max)) }

  static func byteCount(keyCount: Int) -> Int { wordCount(keyCount: keyCount) * 16 }

  /// Gives back what is needed only as long as keys come.
  package func seal() {
    once = nil
    found = []
  }

  /// Bytes that are left when it is sealed.
  package var sealedByteCount: Int { again.count * 8 }

  /// The word that holds a key's cell in a table: the high half of the key tells it, the low bits the cell.
  @inline(__always)
  private func word(of key: UInt64, in table: LargeTable<UInt64>) -> Int {
    Int(truncatingIfNeeded: ((key >> 32) &* UInt64(truncatingIfNeeded: table.count)) >> 32)
  }

  /// Takes in the keys of a row, or of several.
  func add(_ keys: KeyList) {
    guard let once else { preconditionFailure("keys come before the seal") }
    // Taken out for the time of the call, so that the loop sees that nothing else changes it.
    var found = self.found
    self.found = []
    if found.count < keys.count { found = [UInt64](repeating: 0, count: keys.count * 2) }
    let foundCount = enter(keys, into: once, &found)
    for place in 0..<foundCount { again[word(of: found[place], in: again)] |= 1 << (found[place] & 63) }
    self.found = found
  }

  /// Enters some keys, and writes those that came to a cell where one was to the front of an array.
  /// - Returns: how many they are.
  private func enter(_ keys: KeyList, into once: LargeTable<UInt64>, _ found: inout [UInt64]) -> Int {
    let span = keys.buffer.span
    var found = found.mutableSpan
    var count = 0
    // Without branches, so that the processor waits for many words at once.
    for place in 0..<keys.count {
      let key = span[place]
      let word = word(of: key, in: once)
      let known = once[word]
      once[word] = known | 1 << (key & 63)
      found[count] = key
      count += Int(truncatingIfNeeded: known >> (key & 63) & 1)
    }
    return count
  }

  /// The key if a second row may have it, else 0. A shared one that is 0 becomes 1, in all rows alike.
  ///
  /// Without a branch: nobody can guess which keys are shared, and a wrong guess would end the waiting for many places of
  /// memory at once.
  @inline(__always)
  func kept(_ key: UInt64) -> UInt64 {
    let isShared = again[word(of: key, in: again)] >> (key & 63) & 1
    return (key | (key == 0 ? 1 : 0)) & (0 &- isShared)
  }
}
