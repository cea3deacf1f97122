/// Counts the words that rows have in common with one marked row.
///
/// Memory: 4 bytes for each word of the vocabulary.
struct WordMarks {
  /// The round in which each word was marked last.
  private var marks: [UInt32]
  private var round: UInt32 = 0

  init(vocabularyCount: Int) {
    marks = [UInt32](repeating: 0, count: vocabularyCount)
  }

  /// Marks the words of a row, and no others.
  mutating func mark(_ row: Int, of sets: borrowing WordSets) {
    round += 1
    let round = round
    var marks = marks.mutableSpan
    for place in sets.range(of: row) { marks[Int(sets.numbers[place])] = round }
  }

  /// Words that a row has in common with the marked one; nil as soon as it is sure that they are fewer than `needed`.
  func common(with row: Int, of sets: borrowing WordSets, atLeast needed: Int) -> Int? {
    let range = sets.range(of: row)
    var common = 0
    var spare = range.count - needed
    guard spare >= 0 else { return nil }
    for place in range {
      if marks[Int(sets.numbers[place])] == round {
        common += 1
      } else {
        spare -= 1
        if spare < 0 { return nil }
      }
    }
    return common
  }
}
