/// A way to give rows keys so that near-copies share one: MinHash bands, or the exact join's choices of parts.
package protocol RowKeys: Sendable {
  /// The most keys under which a row of so many words is stored.
  func storedKeyCount(ofSize size: Int) -> Int

  /// The most keys that a row of so many words seeks.
  func soughtKeyCount(ofSize size: Int) -> Int

  /// Appends the keys of one row that has at least one word, each key 64 random-looking bits.
  /// - Parameters:
  ///   - row: places of the row's words, each of them once.
  ///   - stored: the keys under which the row is found.
  ///   - sought: the keys under which its partners are stored.
  func append(
    _ row: Range<Int>, of words: Span<UInt64>, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch
  )
}

/// Keys one behind the other, in a buffer used again.
///
/// Appending keys by the dozen to an array costs a call for each to make sure that nobody shares it.
package struct KeyList {
  private(set) var buffer: [UInt64] = []
  package private(set) var count = 0

  package init() {}

  package subscript(place: Int) -> UInt64 { buffer[place] }

  package mutating func clear() { count = 0 }

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
package struct KeyScratch {
  var signature: [UInt32] = []
  var keys: [UInt64] = []
  var sums: [UInt64] = []
  var choice: [Int] = []

  package init() {}
}

/// The key of a whole set: rows with the same words share it.
enum TwinKey {
  /// The sum does not depend on the order of the words.
  @inline(__always)
  static func of(_ row: Range<Int>, of words: Span<UInt64>) -> UInt64 {
    var sum: UInt64 = 0
    for place in row { sum &+= words[place] }
    return WordHash.mix(sum ^ 0x6A09_E667_F3BC_C909)
  }
}
