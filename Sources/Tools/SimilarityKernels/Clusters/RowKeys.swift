/// A way to give rows keys so that near-copies share one: MinHash bands, or the exact join's choices of parts.
protocol RowKeys: Sendable {
  /// Keys of all rows together.
  var keyCount: Int { get }

  /// Appends the keys of one row that has at least one word, each key 64 random-looking bits.
  func append(row: Int, of sets: WordSets, to keys: inout [UInt64], _ scratch: inout KeyScratch)
}

/// Buffers that the making of keys uses again for every row.
struct KeyScratch {
  var elements: [UInt64] = []
  var signature: [UInt32] = []
  var sums: [UInt64] = []
  var choice: [Int] = []
}
