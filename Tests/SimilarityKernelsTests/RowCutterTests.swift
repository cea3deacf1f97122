import PersonaRecords
import SimilarityKernels
import Testing
import TextLanes

/// The way of many rows at once against the scanner of one text.
@Suite struct RowCutterTests {
  private static let pieces = [
    "a", "Z", "nurse", "Constantinople", "internationalisation", "x-ray", "don't", "3.14", "1,000", "a:b", "e.g.", "'",
    ".",
    ",", ";", ":", "_", "\"", " ", "  ", "\t", "/", "7", "42", "\u{7F}", "é", "É", "ß", "ÿ", "Straße", "Ж", "ж", "Ё",
    "й",
    "учитель", "ς", "Σ", "ο", "’", "‘", "“", "”", "—", "…", "·", "一", "护", "々", "ー", "カ", "ﬁ", "ａ", "²", "İ", "ı", "ſ",
    "\u{301}", "\u{AD}", "\u{200D}", "\u{200B}", "\u{FEFF}", "ก", "ำ", "한", "ᄀ", " א", "ב\"", "م", "٣", "👩", "𝔸", "🇩",
    "\u{0}",
    "ǆ", "Ⅷ", "\u{2028}", "\u{FFFD}", "ꮳ", "ᾳ",
  ]

  private func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed, purpose: "rows")
    return (0..<count).map { _ in
      let plain = random.below(3) > 0
      return (0..<random.below(40)).map { _ in Self.pieces[random.below(plain ? 24 : Self.pieces.count)] }.joined()
    }
  }

  private func cut(
    _ texts: [String], isPlain: Bool = false,
    _ body: (_ row: Int, _ words: ArraySlice<UInt64>?, _ parity: UInt64) -> Void
  ) {
    var window: [UInt8] = []
    var rows: [text_row] = []
    for text in texts {
      window.append(0x22)
      let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
      let start = UInt32(window.count)
      window += Array(text.utf8)
      rows.append(
        text_row(
          line: start, line_end: start, text: start, text_end: UInt32(window.count),
          kind: UInt32(isASCII ? text_row_ascii : text_row_utf8)))
    }
    // What stands behind a text must not matter.
    window += [UInt8](repeating: UInt8(ascii: "x"), count: Int(text_lanes_slack))
    var cutter = ASCIIRows(isPlain: isPlain)
    var row = 0
    while row < rows.count {
      let rest = Array(rows[row...])
      let done = cutter.cut(window.span, rest.span)
      var start = 0
      for number in 0..<done {
        let end = start + Int(cutter.sizes[number])
        #expect(cutter.sums[number] == cutter.words[start..<end].reduce(0, &+))
        body(row + number, cutter.words[start..<end], cutter.parities[number])
        start = end
      }
      row += done
      if row < rows.count {
        body(row, nil, 0)
        row += 1
      }
    }
  }

  /// In the widest vectors of the processor at hand, and in the way of any processor.
  @Test(arguments: 0..<20, [false, true]) func rowsCutTogetherHaveTheWordsOfTheScanner(seed: UInt64, isPlain: Bool) {
    let texts = texts(400, seed: seed)
    var cutCount = 0
    var scanner = ShingleScanner()
    cut(texts, isPlain: isPlain) { row, words, parity in
      guard let words else { return }
      cutCount += 1
      scanner.scan(texts[row])
      var sets = WordSets()
      sets.append(scanner)
      #expect(Array(words) == Array(sets.words), "seed \(seed): \(texts[row].debugDescription)")
      #expect(parity == sets.parities[0])
    }
    #expect(cutCount > 90, "seed \(seed)")
  }

  @Test func everyCodePointAloneAndBetweenLettersIsCutAsTheScannerDoes() {
    var texts: [String] = []
    for point in UInt32(1)..<0x1_0000 {
      guard let scalar = Unicode.Scalar(point) else { continue }
      texts += ["\(scalar)", "ab\(scalar)cd 1\(scalar)2 \(scalar)\(scalar)é"]
    }
    var scanner = ShingleScanner()
    var wrong: [String] = []
    var cutCount = 0
    cut(texts) { row, words, _ in
      guard let words else { return }
      cutCount += 1
      scanner.scan(texts[row])
      var sets = WordSets()
      sets.append(scanner)
      if Array(words) != Array(sets.words) { wrong.append(texts[row].debugDescription) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20))")
    // Most of the plane is letters and ideographs.
    #expect(cutCount > 60_000)
  }

  @Test func longTextsAndLongWordsAreCutOrLeft() {
    let texts = [
      ("word ", 819), ("word ", 820), ("w", 4096), ("a b ", 1024), ("abcdefgh", 8), ("é", 2048), ("护", 1365),
    ].map { String(repeating: $0, count: $1) }
    var scanner = ShingleScanner()
    cut(texts) { row, words, _ in
      #expect((words == nil) == (texts[row].utf8.count > 4096))
      guard let words else { return }
      scanner.scan(texts[row])
      var sets = WordSets()
      sets.append(scanner)
      #expect(Array(words) == Array(sets.words))
    }
  }

  @Test(arguments: 0..<30) func keysOfPartsAreThoseOfTheDefinition(seed: UInt64) {
    var random = SeededRandom(seed: seed, purpose: "keys")
    let words = (0..<1 + random.below(40)).map { _ in random.next() }
    for differences in 1...9 {
      for option in PartScheme.options(differences: differences) {
        var fast = KeyScratch()
        var plain = KeyScratch()
        option.makeKeys(of: words.span, 0..<words.count, &fast)
        option.reference(words.span, 0..<words.count, &plain)
        #expect(fast.keys[..<option.keyCount] == plain.keys[..<option.keyCount], "\(option)")
      }
    }
  }
}
