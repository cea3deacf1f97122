/// The default word boundaries of UAX #29, rules WB3 to WB999.
///
/// The segments between them are words, runs of spaces, and single marks: nothing is dropped here.
package struct WordBreaks {
  private let properties: [ScalarProperties]
  private let count: Int

  /// - Parameter count: so many of the properties are the text.
  init(_ properties: [ScalarProperties], count: Int) {
    self.properties = properties
    self.count = count
  }

  /// Ends of the segments of a text, in code points, ascending; the last one is the number of code points.
  /// - Complexity: O(number of code points).
  package static func ends(in scalars: [UInt32]) -> [Int] {
    let breaks = WordBreaks(scalars.map { ScalarTable.shared[$0] }, count: scalars.count)
    var ends: [Int] = []
    while let end = breaks.end(after: ends.last ?? 0) { ends.append(end) }
    return ends
  }

  /// The end of the segment that starts at a boundary; nil at the end of the text.
  func end(after start: Int) -> Int? {
    guard start < count else { return nil }
    // Rule WB4: a mark or format character belongs to what stands before it, and the rules from WB5 on do not see it.
    // So these two are the last classes that are no such characters. No rule looks over a boundary to its left, but for
    // the pairs of regional indicators, and those are counted from the boundary on as well as from their first.
    var last = properties[start].wordBreak
    var beforeLast = WordBreakClass.other
    var indicators = last == .regionalIndicator ? 1 : 0
    for place in start + 1..<max(start + 1, count) {
      let here = properties[place]
      let kind = here.wordBreak
      let neighbour = properties[place - 1].wordBreak
      let joins: Bool
      if neighbour.isLineEnd || kind.isLineEnd {
        joins = neighbour == .carriageReturn && kind == .lineFeed  // WB3, WB3a, WB3b
      } else if neighbour == .zeroWidthJoiner && here.isPictograph {
        joins = true  // WB3c
      } else if neighbour == .space && kind == .space {
        joins = true  // WB3d
      } else if kind.isAttached {
        continue  // WB4
      } else {
        joins = Self.joins(beforeLast, last, kind, indicators: indicators) {
          properties[(place + 1)..<count].first { !$0.wordBreak.isAttached }?.wordBreak ?? .other
        }
      }
      if !joins { return place }
      indicators = kind == .regionalIndicator ? indicators + 1 : 0
      beforeLast = last
      last = kind
    }
    return count
  }

  /// Rules WB5 to WB16, with `next` the class after `kind`, asked for only where a rule looks ahead.
  private static func joins(
    _ beforeLast: WordBreakClass, _ last: WordBreakClass, _ kind: WordBreakClass, indicators: Int,
    next: () -> WordBreakClass
  ) -> Bool {
    if last.isLetter {
      if kind.isLetter || kind == .numeric { return true }  // WB5, WB9
      if last == .hebrewLetter && kind == .singleQuote { return true }  // WB7a
      if kind.joinsLetters { return next().isLetter }  // WB6
      if last == .hebrewLetter && kind == .doubleQuote { return next() == .hebrewLetter }  // WB7b
    }
    if last.joinsLetters && beforeLast.isLetter && kind.isLetter { return true }  // WB7
    if last == .doubleQuote && beforeLast == .hebrewLetter && kind == .hebrewLetter { return true }  // WB7c
    if last == .numeric {
      if kind == .numeric || kind.isLetter { return true }  // WB8, WB10
      if kind.joinsNumbers { return next() == .numeric }  // WB12
    }
    if last.joinsNumbers && beforeLast == .numeric && kind == .numeric { return true }  // WB11
    if last == .katakana && kind == .katakana { return true }  // WB13
    if kind == .connector { return last == .connector || last.isConnectable }  // WB13a
    if last == .connector { return kind.isConnectable }  // WB13b
    return last == .regionalIndicator && kind == .regionalIndicator && indicators % 2 == 1  // WB15, WB16
  }
}

extension WordBreakClass {
  var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed || self == .newline }
  var isAttached: Bool { self == .extend || self == .format || self == .zeroWidthJoiner }
  var isLetter: Bool { self == .letter || self == .hebrewLetter }
  var joinsLetters: Bool { self == .midLetter || self == .midNumberLetter || self == .singleQuote }
  var joinsNumbers: Bool { self == .midNumber || self == .midNumberLetter || self == .singleQuote }
  var isConnectable: Bool { isLetter || self == .numeric || self == .katakana }
}
