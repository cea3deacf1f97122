package import TextLanes

/// Cuts rows into their distinct words, many rows at a call: `ShingleScanner` with single words, for texts in ASCII in wide
/// vectors, and for others as far as a small table decides on all their code points.
///
/// Every word of eight bytes or more that was not seen lately is handed to the collision check, as the scanner's are.
/// Memory: one megabyte of cells for words seen lately, and buffers for some thousand rows.
package struct ASCIIRows {
  /// The words of the rows cut last, row behind row.
  package private(set) var words: [UInt64]
  /// By row: how many words it has.
  package private(set) var sizes: [UInt32]
  /// By row: the bits that an odd number of its words hash to.
  package private(set) var parities: [UInt64]
  /// By row: the sum of its words' hashes.
  package private(set) var sums: [UInt64]
  /// Words seen for the first time, or for the first time in a while: hash and chunks.
  private(set) var news: [UInt64]
  private(set) var wordCount = 0
  private(set) var newCount = 0
  private var cells: [text_lanes_cell]
  private let seed: WordHash.Seed
  private let isPlain: Bool

  private static let largestRowCount = 2048
  private static let wordCapacity = 1 << 15
  private static let newCapacity = 1 << 14
  private static let cellCount = 1 << 16

  /// - Parameter isPlain: true takes the way of any processor, for tests.
  package init(seed: UInt64 = 0, hashBits: Int = 64, isPlain: Bool = false) {
    self.isPlain = isPlain
    self.seed = WordHash.Seed(seed, hashBits: hashBits)
    words = [UInt64](repeating: 0, count: Self.wordCapacity)
    sizes = [UInt32](repeating: 0, count: Self.largestRowCount)
    parities = [UInt64](repeating: 0, count: Self.largestRowCount)
    sums = [UInt64](repeating: 0, count: Self.largestRowCount)
    news = [UInt64](repeating: 0, count: Self.newCapacity)
    cells = [text_lanes_cell](repeating: text_lanes_cell(first: 0, second: 0), count: Self.cellCount)
  }

  /// Cuts rows from a place on, up to the first one that is not for this way.
  /// - Parameters:
  ///   - window: the bytes that the rows count from, and 64 more behind the last text.
  ///   - rows: lines and their texts.
  /// - Returns: how many rows were cut.
  package mutating func cut(_ window: Span<UInt8>, _ rows: Span<text_row>) -> Int {
    let count = min(rows.count, Self.largestRowCount)
    for row in 0..<count {
      precondition(Int(rows[row].text_end) + Int(text_lanes_slack) <= window.count, "texts lie inside the window")
    }
    var done = 0
    let seed = self.seed
    let isPlain = self.isPlain
    unsafe window.withUnsafeBufferPointer { window in
      unsafe rows.withUnsafeBufferPointer { rows in
        unsafe words.withUnsafeMutableBufferPointer { words in
          unsafe sizes.withUnsafeMutableBufferPointer { sizes in
            unsafe parities.withUnsafeMutableBufferPointer { parities in
              unsafe sums.withUnsafeMutableBufferPointer { sums in
                unsafe news.withUnsafeMutableBufferPointer { news in
                  unsafe cells.withUnsafeMutableBufferPointer { cells in
                    guard let bytes = window.baseAddress, let first = rows.baseAddress else { return }
                    var out = unsafe text_lanes_words(
                      words: words.baseAddress, word_count: 0, word_capacity: words.count, sizes: sizes.baseAddress,
                      parities: parities.baseAddress, sums: sums.baseAddress, news: news.baseAddress, new_count: 0,
                      new_capacity: news.count,
                      cells: cells.baseAddress, cell_mask: cells.count - 1, points: nil, foldings: nil,
                      seed: seed.start, hash_mask: seed.mask)
                    let points = PointKinds.shared
                    unsafe points.kinds.withUnsafeBufferPointer { kinds in
                      unsafe points.foldings.withUnsafeBufferPointer { foldings in
                        unsafe out.points = kinds.baseAddress
                        unsafe out.foldings = foldings.baseAddress
                        // Safe: every text and the slack behind it lie inside the window, as was checked; there is room for
                        // the numbers of `count` rows; for words and news the call itself makes sure that there is.
                        unsafe done =
                          isPlain
                          ? text_lanes_cut_plain(bytes, first, count, &out) : text_lanes_cut(bytes, first, count, &out)
                      }
                    }
                    wordCount = unsafe out.word_count
                    newCount = unsafe out.new_count
                  }
                }
              }
            }
          }
        }
      }
    }
    return done
  }
}

/// What code points are to words where one table decides on them: the rules of `WordBreaks` and `FoldedScalars` for those
/// that leave their neighbours as they are and are left alone by them.
private struct PointKinds: Sendable {
  static let shared = PointKinds(ScalarTable.shared)

  /// One for each code point below 2^16, surrogates included.
  private(set) var kinds: [UInt8]
  /// One for each code point below 2^11.
  private(set) var foldings: [UInt16]

  private init(_ table: ScalarTable) {
    kinds = [UInt8](repeating: UInt8(text_point_odd), count: 1 << 16)
    foldings = (0..<1 << 11).map { UInt16($0) }
    for point in kinds.indices where !(0xD800..<0xE000).contains(point) {
      kinds[point] = UInt8(Self.kind(UInt32(point), table))
      guard kinds[point] != text_point_odd, table[UInt32(point)].folds else { continue }
      let folded = table.folding(of: UInt32(point))
      // Only what stays as long, and stays a letter of this way, can be folded in place.
      if folded.count == 1, point < 1 << 11, folded[0] < 1 << 11, (point < 0x80) == (folded[0] < 0x80),
        !table[folded[0]].folds, Self.kind(folded[0], table) == UInt32(kinds[point])
      {
        foldings[point] = UInt16(folded[0])
      } else {
        kinds[point] = UInt8(text_point_odd)
      }
    }
  }

  private static func kind(_ point: UInt32, _ table: ScalarTable) -> UInt32 {
    let properties = table[point]
    if properties.mayNormalise || properties.isIgnorable || properties.isMark || properties.isPictograph {
      return UInt32(text_point_odd)
    }
    switch properties.wordBreak {
    case .letter where properties.bearsMeaning: return UInt32(text_point_letter)
    case .numeric where properties.bearsMeaning: return UInt32(text_point_digit)
    case .other where properties.bearsMeaning: return UInt32(text_point_alone)
    case .other, .space: return UInt32(text_point_between)
    case .carriageReturn, .lineFeed, .newline, .doubleQuote: return UInt32(text_point_between)
    case .midLetter: return UInt32(text_point_joins_letters)
    case .midNumber: return UInt32(text_point_joins_digits)
    case .midNumberLetter, .singleQuote: return UInt32(text_point_joins_both)
    default: return UInt32(text_point_odd)
    }
  }
}
