/// The word sets of many texts, one behind the other: rows are numbered from 0 in the order in which they were added.
///
/// Memory per row: 4 bytes for each distinct word, 16 bytes, and the row's share of the vocabulary (40 to 100 bytes for
/// a word never seen before).
package struct WordSets {
  package private(set) var vocabulary = Vocabulary()
  /// Numbers of the distinct words, row by row, in the order of their first occurrence.
  private(set) var numbers: [UInt32] = []
  /// Where the words of each row start, and the end of the last one.
  private var bounds: [Int] = [0]
  /// Bit b is set when an odd number of the row's words hash to b. The bits in which two rows differ bound from below
  /// the number of words in which they differ.
  private(set) var parities: [UInt64] = []
  private var scanner: ShingleScanner

  package init(_ shingling: Shingling = .words(1)) {
    scanner = ShingleScanner(shingling)
  }

  /// Rows added.
  package var count: Int { parities.count }

  package mutating func append(_ text: String) {
    scanner.scan(text)
    appendScanned()
  }

  package mutating func append(utf8 bytes: Span<UInt8>) {
    scanner.scan(utf8: bytes)
    appendScanned()
  }

  private mutating func appendScanned() {
    let first = numbers.count
    vocabulary.appendNumbers(of: scanner, to: &numbers)
    var parity: UInt64 = 0
    for place in first..<numbers.count { parity ^= 1 << (WordHash.spread(numbers[place]) >> 58) }
    bounds.append(numbers.count)
    parities.append(parity)
  }

  /// Places of the row's words in `numbers`.
  func range(of row: Int) -> Range<Int> { bounds[row]..<bounds[row + 1] }

  /// Distinct words of a row.
  package func size(of row: Int) -> Int { bounds[row + 1] - bounds[row] }

  /// Common words of two rows, plainly; the searches count with `WordMarks`.
  package func intersection(_ one: Int, _ other: Int) -> Int {
    Set(numbers[range(of: one)]).intersection(numbers[range(of: other)]).count
  }
}
