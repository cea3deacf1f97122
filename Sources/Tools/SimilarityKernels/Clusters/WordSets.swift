/// The word sets of many texts, one behind the other: rows are numbered from 0 in the order in which they were added.
///
/// A word is its 64-bit hash; that no two words share one is what `CollisionCheck` makes sure of.
/// Memory per row: 8 bytes for each distinct word, and 16 bytes.
package struct WordSets: Sendable {
  /// Hashes of the distinct words, row by row, in the order of their first occurrence.
  package private(set) var words: [UInt64] = []
  /// Where the words of each row start, and the end of the last one.
  private(set) var bounds: [Int] = [0]
  /// Bit b is set when an odd number of the row's words hash to b. The bits in which two rows differ bound from below
  /// the number of words in which they differ.
  private(set) var parities: [UInt64] = []
  private var scratch: [UInt64] = []

  package init() {}

  /// Rows added.
  package var count: Int { parities.count }

  package mutating func reserve(rows: Int, words wordCount: Int) {
    words.reserveCapacity(wordCount)
    bounds.reserveCapacity(rows + 1)
    parities.reserveCapacity(rows)
  }

  package mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    bounds.removeLast(bounds.count - 1)
    parities.removeAll(keepingCapacity: true)
  }

  /// Adds a row: the shingles of the text scanned last.
  package mutating func append(_ scanner: borrowing ShingleScanner) {
    let hashes = scanner.hashes
    if scratch.count < hashes.count { scratch = [UInt64](repeating: 0, count: hashes.count * 2) }
    let distinct = hashes.count <= 96 ? Self.distinct(hashes, &scratch) : Self.distinctOfMany(hashes, &scratch)
    appendDistinct(scratch[..<distinct])
  }

  /// Adds a row of distinct words.
  package mutating func appendDistinct(_ row: ArraySlice<UInt64>) {
    var parity: UInt64 = 0
    for word in row { parity ^= 1 << (word >> 58) }
    words.append(contentsOf: row)
    bounds.append(words.count)
    parities.append(parity)
  }

  /// Writes the distinct ones to the front of `scratch` and counts them: a bit for each of 256 kinds of hashes tells of
  /// most words that they are new, and only the others are looked for among those before them.
  private static func distinct(_ hashes: ArraySlice<UInt64>, _ scratch: inout [UInt64]) -> Int {
    var seen = SIMD4<UInt64>(repeating: 0)
    var scratch = scratch.mutableSpan
    var count = 0
    for hash in hashes {
      let group = Int(truncatingIfNeeded: hash >> 62)
      let bit: UInt64 = 1 << (hash >> 56 & 63)
      if seen[group] & bit != 0 {
        var place = 0
        while place < count && scratch[place] != hash { place += 1 }
        if place < count { continue }
      }
      seen[group] |= bit
      scratch[count] = hash
      count += 1
    }
    return count
  }

  private static func distinctOfMany(_ hashes: ArraySlice<UInt64>, _ scratch: inout [UInt64]) -> Int {
    var known = Set<UInt64>(minimumCapacity: hashes.count)
    var count = 0
    for hash in hashes where known.insert(hash).inserted {
      scratch[count] = hash
      count += 1
    }
    return count
  }

  /// Places of the row's words in `words`.
  package func range(of row: Int) -> Range<Int> { bounds[row]..<bounds[row + 1] }

  /// Distinct words of a row.
  package func size(of row: Int) -> Int { bounds[row + 1] - bounds[row] }

  /// Common words of two rows, plainly; the searches count with `CommonWords`.
  package func intersection(_ one: Int, _ other: Int) -> Int {
    Set(words[range(of: one)]).intersection(words[range(of: other)]).count
  }
}
