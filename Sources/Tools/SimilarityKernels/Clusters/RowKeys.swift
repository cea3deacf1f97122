/// A way to give rows keys so that near-copies share one: MinHash bands, or the exact join's choices of parts.
///
/// The rows of one size have keys of some kinds (one for each number of differences that partners may have; MinHash has one).
/// A plain key depends on the words alone. A row is stored under its plain keys with the kind's own salt turned over, and
/// seeks them with the salts of its partners: so rows whose sizes do not go together never meet.
package protocol RowKeys: Sendable {
  /// The most keys under which a row of so many words is stored.
  func storedKeyCount(ofSize size: Int) -> Int

  /// The most keys that a row of so many words seeks.
  func soughtKeyCount(ofSize size: Int) -> Int

  /// The kinds of keys that rows of so many words have.
  func kinds(ofSize size: Int) -> Range<Int>

  /// Writes a row's plain keys of a kind to the front of `scratch.keys`, each 64 random-looking bits.
  /// - Parameters:
  ///   - row: places of the row's words, at least one, each of them once.
  /// - Returns: how many they are, the same for all rows.
  func makeKeys(_ kind: Int, _ row: Range<Int>, of words: Span<UInt64>, _ scratch: inout KeyScratch) -> Int

  /// Plain keys of a kind for each row.
  func keyCount(_ kind: Int) -> Int

  /// True when partners that lack one word of a row of so many words, and have all others, are found without keys.
  func findsSubsets(ofSize size: Int) -> Bool

  /// Appends the salts under which partners of a kind are stored, and gives the one of the rows themselves.
  func addSalts(_ kind: Int, to salts: inout KeyList) -> UInt64
}

extension RowKeys {
  package func findsSubsets(ofSize size: Int) -> Bool { false }

  /// Appends the keys under which a row is stored, and those that it seeks.
  package func append(
    _ row: Range<Int>, of words: Span<UInt64>, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    for kind in kinds(ofSize: row.count) {
      let count = makeKeys(kind, row, of: words, &scratch)
      scratch.salts.clear()
      stored.append(scratch.keys, count: count, salt: addSalts(kind, to: &scratch.salts))
      for place in 0..<scratch.salts.count { sought.append(scratch.keys, count: count, salt: scratch.salts[place]) }
    }
  }

  /// Appends a row's plain keys of all kinds.
  func appendPlain(
    _ row: Range<Int>, of words: Span<UInt64>, to keys: inout KeyList, _ scratch: inout KeyScratch
  ) {
    for kind in kinds(ofSize: row.count) {
      let count = makeKeys(kind, row, of: words, &scratch)
      keys.append(scratch.keys, count: count)
    }
  }
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

  @inline(__always)
  mutating func append(_ key: UInt64) {
    reserve(1)
    buffer[count] = key
    count += 1
  }

  /// Puts 0 in the place of the keys that one row alone has.
  @inline(__always)
  mutating func keepShared(_ shared: SharedKeys) {
    let count = count
    var buffer = buffer.mutableSpan
    for place in 0..<count { buffer[place] = shared.kept(buffer[place]) }
  }

  /// Appends the first `count` of some keys, each with the bits of `salt` turned over.
  mutating func append(_ keys: [UInt64], count newCount: Int, salt: UInt64 = 0) {
    reserve(newCount)
    let start = count
    var buffer = buffer.mutableSpan
    for place in 0..<newCount { buffer[start + place] = keys[place] ^ salt }
    count += newCount
  }

  /// Appends what `body` writes to the place that it gets, and says how many keys they are.
  @inline(__always)
  mutating func append(atMost newCount: Int, _ body: (UnsafeMutablePointer<UInt64>) -> Int) {
    reserve(newCount)
    let end = count
    count += unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      // Safe: there is room for `newCount` keys behind the `count` that are there.
      let written = unsafe body(base + end)
      precondition(written <= newCount, "at most as many keys as there is room for")
      return written
    }
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
  package var keys: [UInt64] = []
  var sums: [UInt64] = []
  var choice: [Int] = []
  var salts = KeyList()

  package init() {}
}

/// The key of a whole set: rows with the same words share it.
enum TwinKey {
  /// - Parameter sum: of the hashes of the set's words.
  @inline(__always)
  static func of(sum: UInt64) -> UInt64 { WordHash.mix(sum ^ 0x6A09_E667_F3BC_C909) }
}
