/// The word sets of many texts, one behind the other: rows are numbered from 0 in the order in which they were added.
///
/// Memory per row: 4 bytes for each distinct word, 16 bytes, and the row's share of the vocabulary (40 to 100 bytes for
/// a word never seen before).
package struct WordSets {
  package private(set) var vocabulary = Vocabulary()
  /// Numbers of the distinct words, ascending within a row.
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

  package func areEqual(_ one: Int, _ other: Int) -> Bool {
    let (a, b) = (range(of: one), range(of: other))
    return a.count == b.count && numbers[a] == numbers[b]
  }

  /// Common words of two rows; nil as soon as it is sure that they are fewer than `needed`.
  package func intersection(_ one: Int, _ other: Int, atLeast needed: Int = 0) -> Int? {
    let (a, b) = (range(of: one), range(of: other))
    var (left, right) = (a.lowerBound, b.lowerBound)
    var common = 0
    // What each side may still leave unmatched.
    var leftSpare = a.count - needed
    var rightSpare = b.count - needed
    guard leftSpare >= 0, rightSpare >= 0 else { return nil }
    while left < a.upperBound && right < b.upperBound {
      if numbers[left] == numbers[right] {
        common += 1
        left += 1
        right += 1
      } else if numbers[left] < numbers[right] {
        left += 1
        leftSpare -= 1
        if leftSpare < 0 { return nil }
      } else {
        right += 1
        rightSpare -= 1
        if rightSpare < 0 { return nil }
      }
    }
    return common < needed ? nil : common
  }
}
