/// A way to give rows keys so that near-copies share one: MinHash bands, or the exact join's choices of parts.
protocol RowKeys: Sendable {
  /// Keys under which rows are stored, all rows together.
  var keyCount: Int { get }

  /// Appends the keys of one row that has at least one word, each key 64 random-looking bits.
  /// - Parameters:
  ///   - stored: the keys under which the row is found.
  ///   - sought: the keys under which its partners are stored.
  func append(row: Int, of sets: WordSets, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch)
}

/// Keys one behind the other, in a buffer used again.
///
/// Appending keys by the dozen to an array costs a call for each to make sure that nobody shares it.
struct KeyList {
  private(set) var buffer: [UInt64] = []
  private(set) var count = 0

  subscript(place: Int) -> UInt64 { buffer[place] }

  mutating func clear() { count = 0 }

  mutating func append(_ key: UInt64) {
    reserve(1)
    buffer[count] = key
    count += 1
  }

  /// Appends the first `count` of some keys, each with the bits of `salt` turned over.
  mutating func append(_ keys: [UInt64], count newCount: Int, salt: UInt64 = 0) {
    reserve(newCount)
    let start = count
    var buffer = buffer.mutableSpan
    for place in 0..<newCount { buffer[start + place] = keys[place] ^ salt }
    count += newCount
  }

  private mutating func reserve(_ newCount: Int) {
    if buffer.count < count + newCount {
      buffer += [UInt64](repeating: 0, count: max(1 << 12, 2 * (count + newCount) - buffer.count))
    }
  }
}

/// Buffers that the making of keys uses again for every row.
struct KeyScratch {
  var elements: [UInt64] = []
  var signature: [UInt32] = []
  var keys: [UInt64] = []
  var sums: [UInt64] = []
  var choice: [Int] = []
}
