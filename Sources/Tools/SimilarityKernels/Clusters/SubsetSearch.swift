import MinHashLanes

/// Finds rows that are another row without one of its words, by sums of hashes.
///
/// The sum of a row's hashes less the hash of one word is the sum of the row without this word. So the rows that a row of n
/// words has as subsets of n − 1 words are found with n subtractions, each looked for among the sums of all rows: first in a
/// table of bits that stays in the processor's cache and turns nearly all of them down, then in the table that finds rows
/// with the same words. No pair is lost, no bucket is walked, and n look-ups a row are the worst case whatever the rows are.
///
/// Of two rows the smaller may come first or last. If it comes first, the larger one finds it when its turn comes. If it
/// comes last, the larger one, if it is kept, leaves its place with it; the first one to do so is the first in the order.
/// Memory: 5.5 bytes for each row, beside the table of twins. Without rows nothing is found.
struct SubsetSearch: ~Copyable {
  /// Three bits for each sum, in one word of 64.
  private let bits: LargeTable<UInt64>
  /// By place of the smaller row: the place of the first kept row that has one word more, plus 1; 0 for none.
  private let supersets: LargeTable<UInt32>

  init(rowCount: Int) {
    bits = LargeTable(count: Self.wordCount(rowCount: rowCount))
    supersets = LargeTable(count: rowCount)
  }

  /// 12 bits for each row: one sum in some twenty-five that no row has is taken for one.
  private static func wordCount(rowCount: Int) -> Int { max(rowCount * 3 / 16, 1 << 10) }

  static func byteCount(rowCount: Int) -> Int { wordCount(rowCount: rowCount) * 8 + rowCount * 4 }

  /// So many numbers may be written behind the last sum.
  private static let spareSums = Int(subset_sums_spare)

  /// Says that there are rows with these sums.
  func add(_ sums: KeyList) {
    let span = sums.buffer.span
    let bits = bits
    let wordCount = UInt64(truncatingIfNeeded: bits.count)
    // Nothing else in the loop, so that the processor waits for many words at once.
    for place in 0..<sums.count {
      let sum = span[place]
      bits[Int(truncatingIfNeeded: ((sum >> 32) &* wordCount) >> 32)] |=
        1 << (sum & 63) | 1 << (sum >> 6 & 63) | 1 << (sum >> 12 & 63)
    }
  }

  /// Appends the sums of the row without one word that some row may have.
  @inline(__always)
  func appendSubsets(_ row: Range<Int>, of words: Span<UInt64>, sum: UInt64, to sums: inout KeyList) {
    let words = words.extracting(row)
    let bits = bits
    unsafe sums.append(atMost: row.count + Self.spareSums) { out in
      unsafe words.withUnsafeBufferPointer { words in
        guard let first = words.baseAddress else { return 0 }
        // Safe: `words.count` words and room for as many sums and the spare ones; the call reads the `bits.count` words of the table.
        return unsafe subset_sums_find(first, words.count, sum, bits.pointer(to: 0, count: bits.count), bits.count, out)
      }
    }
  }

  /// The first kept row, by its place, that has all words of the one at a place and one more, as far as it was said; nil for
  /// none.
  @inline(__always)
  func superset(of place: Int) -> UInt32? {
    guard place < supersets.count, supersets[place] != 0 else { return nil }
    return supersets[place] - 1
  }

  /// Says that the row at a place is kept, and has the words of the one at another place and one more.
  @inline(__always)
  func add(superset place: Int, of subset: Int) {
    if supersets[subset] == 0 { supersets[subset] = UInt32(place + 1) }
  }
}
