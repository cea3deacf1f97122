/// The word sets of many texts, one behind the other: rows are numbered from 0 in the order in which they were added.
///
/// A word is its 64-bit hash; that no two words share one is what `CollisionCheck` makes sure of.
/// Memory per row: 8 bytes for each distinct word, and 24 bytes.
package struct WordSets: Sendable {
  /// Hashes of the distinct words, row by row, in the order of their first occurrence.
  package private(set) var words: [UInt64] = []
  /// Where the words of each row start, and the end of the last one.
  private(set) var bounds: [Int] = [0]
  /// Bit b is set when an odd number of the row's words hash to b. The bits in which two rows differ bound from below
  /// the number of words in which they differ.
  package private(set) var parities: [UInt64] = []
  /// The sum of each row's hashes, modulo 2^64: equal for rows with the same words, whatever their order.
  package private(set) var sums: [UInt64] = []
  /// Words of a row on their way, behind four numbers that say which kinds of hashes came before.
  private var scratch: [UInt64] = []

  package init() {}

  /// Rows added.
  package var count: Int { parities.count }

  package mutating func reserve(rows: Int, words wordCount: Int) {
    words.reserveCapacity(wordCount)
    bounds.reserveCapacity(rows + 1)
    parities.reserveCapacity(rows)
    sums.reserveCapacity(rows)
    LargePages.wish(for: &words)
    LargePages.wish(for: &bounds)
    LargePages.wish(for: &parities)
    LargePages.wish(for: &sums)
  }

  package mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    bounds.removeLast(bounds.count - 1)
    parities.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
  }

  /// Adds a row: the shingles of the text scanned last.
  package mutating func append(_ scanner: borrowing ShingleScanner) {
    let hashCount = scanner.count
    if scratch.count < hashCount + 4 { scratch = [UInt64](repeating: 0, count: hashCount * 2 + 4) }
    let distinct =
      hashCount <= 96
      ? Self.distinct(scanner.hashBuffer, hashCount, &scratch)
      : Self.distinctOfMany(scanner.hashes, &scratch)
    appendDistinct(scratch[4..<4 + distinct])
  }

  /// Adds the rows that were cut last.
  /// - Parameter count: how many they are.
  package mutating func append(_ rows: borrowing ASCIIRows, count: Int) {
    words.append(contentsOf: rows.words[..<rows.wordCount])
    parities.append(contentsOf: rows.parities[..<count])
    sums.append(contentsOf: rows.sums[..<count])
    var end = bounds.last ?? 0
    for row in 0..<count {
      end += Int(rows.sizes[row])
      bounds.append(end)
    }
  }

  /// Adds a row of distinct words.
  package mutating func appendDistinct(_ row: ArraySlice<UInt64>) {
    appendDistinct(row.span)
  }

  /// Adds a row of distinct words.
  package mutating func appendDistinct(_ row: Span<UInt64>) {
    var parity: UInt64 = 0
    var sum: UInt64 = 0
    for place in 0..<row.count {
      parity ^= 1 << (row[place] >> 58)
      sum &+= row[place]
    }
    // Safe: the span's own numbers, for the length of the call.
    unsafe row.withUnsafeBufferPointer { unsafe words.append(contentsOf: $0) }
    bounds.append(words.count)
    parities.append(parity)
    sums.append(sum)
  }

  /// Adds a row of others.
  @inline(__always)
  mutating func append(_ row: Int, of others: borrowing WordSets) {
    words.append(contentsOf: others.words[others.range(of: row)])
    bounds.append(words.count)
    parities.append(others.parities[row])
    sums.append(others.sums[row])
  }

  /// Writes the distinct ones into `scratch` from place 4 on and counts them: a bit for each of 256 kinds of hashes tells of
  /// most words that they are new, and only the others are looked for among those before them.
  private static func distinct(_ hashes: [UInt64], _ hashCount: Int, _ scratch: inout [UInt64]) -> Int {
    let hashes = hashes.span
    var scratch = scratch.mutableSpan
    for group in 0..<4 { scratch[group] = 0 }
    var end = 4
    for number in 0..<hashCount {
      let hash = hashes[number]
      let group = Int(truncatingIfNeeded: hash >> 62)
      let bit: UInt64 = 1 << (hash >> 56 & 63)
      let seen = scratch[group]
      if seen & bit != 0 {
        var place = 4
        while place < end && scratch[place] != hash { place += 1 }
        if place < end { continue }
      }
      scratch[group] = seen | bit
      scratch[end] = hash
      end += 1
    }
    return end - 4
  }

  private static func distinctOfMany(_ hashes: ArraySlice<UInt64>, _ scratch: inout [UInt64]) -> Int {
    var known = Set<UInt64>(minimumCapacity: hashes.count)
    var end = 4
    for hash in hashes where known.insert(hash).inserted {
      scratch[end] = hash
      end += 1
    }
    return end - 4
  }

  /// Places of the row's words in `words`.
  package func range(of row: Int) -> Range<Int> { bounds[row]..<bounds[row + 1] }

  /// Distinct words of a row.
  package func size(of row: Int) -> Int { bounds[row + 1] - bounds[row] }

  /// A number made of some words of each of some rows, and of what else is compared first, in two loops without branches:
  /// whoever looks at these rows next finds them in the processor's cache.
  package func firstWords(of rows: [Int]) -> UInt64 {
    var made: UInt64 = 0
    for row in rows { made ^= UInt64(truncatingIfNeeded: bounds[row]) ^ parities[row] }
    let last = words.count - 1
    for row in rows { made ^= words[Swift.min(bounds[row], last)] ^ words[Swift.min(bounds[row] + 8, last)] }
    return made
  }

  /// Has the processor fetch the words of neighbouring rows.
  /// - Returns: a number without meaning, which keeps the loads from being left out.
  func fetch(_ rows: Range<Int>) -> UInt64 {
    let words = words.span
    var made: UInt64 = 0
    // One word of each line of the cache.
    for place in stride(from: bounds[rows.lowerBound], to: bounds[rows.upperBound], by: 8) { made ^= words[place] }
    return made
  }

  /// So many rows, evenly spaced.
  func sample(_ count: Int) -> WordSets {
    var sample = WordSets()
    for number in 0..<count { sample.appendDistinct(words[range(of: number * self.count / count)]) }
    return sample
  }

  /// Rows with words; of rows with the same sum the first one.
  func distinctRows() -> [Int] {
    var known: Set<UInt64> = []
    return (0..<count).filter { size(of: $0) > 0 && known.insert(sums[$0]).inserted }
  }

  /// Common words of two rows, plainly; the searches count with `CommonWords`.
  package func intersection(_ one: Int, _ other: Int) -> Int {
    Set(words[range(of: one)]).intersection(words[range(of: other)]).count
  }
}
