/// Word_Break of one code point (UAX #29); the raw values are those of `UnicodeTables.properties`.
enum WordBreakClass: UInt8 {
  case other, carriageReturn, lineFeed, newline, extend, zeroWidthJoiner, format, space, regionalIndicator, katakana
  case hebrewLetter, letter, singleQuote, doubleQuote, midNumberLetter, midLetter, midNumber, numeric, connector
}

/// What the word segmentation has to know of one code point: its Word_Break class and six yes-or-no properties.
struct ScalarProperties {
  var rawValue: UInt16

  /// Five bits; a value past the last class is never in the table.
  var wordBreak: WordBreakClass { WordBreakClass(rawValue: UInt8(rawValue & 31)) ?? .other }
  /// Extended_Pictographic: emoji and their like.
  var isPictograph: Bool { rawValue & 1 << 5 != 0 }
  /// A letter, a number, or an emoji: what makes a segment a word.
  var bearsMeaning: Bool { rawValue & 1 << 6 != 0 }
  /// Default_Ignorable_Code_Point: soft hyphens, joiners, direction marks, variation selectors.
  var isIgnorable: Bool { rawValue & 1 << 7 != 0 }
  /// NFKC may change a text with this code point. A text with none of them, and without two marks in a row, is in NFKC
  /// already once it is folded.
  var mayNormalise: Bool { rawValue & 1 << 8 != 0 }
  /// Folding changes this code point.
  var folds: Bool { rawValue & 1 << 9 != 0 }
  /// A combining mark that NFKC may put into another order with its neighbours.
  var isMark: Bool { rawValue & 1 << 10 != 0 }
}

/// `UnicodeTables` unpacked for look-ups: two array accesses per code point, about 60 kB.
struct ScalarTable: Sendable {
  static let shared = ScalarTable()

  /// Code points per block; most blocks are equal to another one and stored once.
  private static let blockLength = 128
  private let blockOfPoint: [UInt16]
  private let blocks: [UInt16]
  private let foldings: [UInt32: [UInt32]]

  private init() {
    var flat = [UInt16](repeating: 0, count: 0x11_0000)
    var end = flat.count
    for packed in UnicodeTables.properties.reversed() {
      let start = Int(packed >> 11)
      for point in start..<end { flat[point] = UInt16(packed & 0x7FF) }
      end = start
    }
    var known: [ArraySlice<UInt16>: UInt16] = [:]
    var blocks: [UInt16] = []
    var blockOfPoint: [UInt16] = []
    for start in stride(from: 0, to: flat.count, by: Self.blockLength) {
      let block = flat[start..<start + Self.blockLength]
      if let number = known[block] {
        blockOfPoint.append(number)
      } else {
        let number = UInt16(known.count)
        known[block] = number
        blocks += block
        blockOfPoint.append(number)
      }
    }
    self.blockOfPoint = blockOfPoint
    self.blocks = blocks

    var foldings: [UInt32: [UInt32]] = [:]
    for run in stride(from: 0, to: UnicodeTables.foldings.count, by: 4) {
      let numbers = UnicodeTables.foldings[run..<run + 4].map(Int.init)
      for point in stride(from: numbers[0], through: numbers[1], by: numbers[2]) {
        foldings[UInt32(point)] = [UInt32(point + numbers[3])]
      }
    }
    var rest = UnicodeTables.longFoldings[...]
    while let point = rest.popFirst(), let length = rest.popFirst() {
      foldings[point] = Array(rest.prefix(Int(length)))
      rest = rest.dropFirst(Int(length))
    }
    self.foldings = foldings
  }

  subscript(point: UInt32) -> ScalarProperties {
    let block = Int(blockOfPoint[Int(point) / Self.blockLength])
    return ScalarProperties(rawValue: blocks[block * Self.blockLength + Int(point) % Self.blockLength])
  }

  /// The full case folding (CaseFolding.txt, statuses C and F), or NFKC_Casefold where NFKC changes the code point
  /// whatever stands beside it.
  func folding(of point: UInt32) -> [UInt32] { foldings[point] ?? [point] }
}
