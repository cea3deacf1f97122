import Embeddings
import PersonaRecords
import TestSupport
import Testing

/// Texts into pieces; that all of Unicode and real texts give the reference's ids is shown by the benchmark.
@Suite struct WordPieceTests {
  private let model: EmbeddingModel

  init() throws {
    let folder = try TemporaryFolder()
    try SmallModel().write(to: folder)
    model = try EmbeddingModel(folder: folder.path)
  }

  /// The pieces between `[CLS]` and `[SEP]`.
  private func pieces(_ text: String) -> [String] {
    let ids = model.tokens(of: text)
    #expect(ids.first == 2 && ids.last == 3)
    return ids.dropFirst().dropLast().map { SmallModel.words[Int($0)] }
  }

  @Test(arguments: [
    ("old baker", ["old", "baker"]),
    ("OLD\tBakers\n", ["old", "baker", "##s"]),
    ("baka", ["bak", "##a"]),
    // The longest piece first: "bak" + "##er" is not looked for where "baker" is known.
    ("bakerer", ["baker", "##er"]),
    ("bakx a", ["[UNK]", "a"]),
    ("café CAFE\u{301} cafe", ["cafe", "cafe", "cafe"]),
    ("a!b...", ["a", "!", "b", ".", ".", "."]),
    ("京京a", ["京", "京", "a"]),
    ("a京b", ["a", "京", "b"]),
    ("a\u{200D}\0\u{FFFD}\u{AD}", ["a"]),
    ("a\u{A0}b\u{3000}c\u{2028}a", ["a", "b", "c", "a"]),
    // The Greek question mark decomposes to a semicolon, the Kelvin sign to k.
    ("a\u{37E}b", ["a", "[UNK]", "b"]),
    // Special tokens are themselves where they stand exactly so, and in the midst of a word.
    ("a[SEP]b[MASK]", ["a", "[SEP]", "b", "[MASK]"]),
    ("[sep] [SEP", ["[", "sep", "]", "[", "sep"]),
    ("[[CLS]]", ["[", "[CLS]", "]"]),
    ("", []), ("\0\0", []), (" \r\n ", []), ("😀", ["[UNK]"]),
  ])
  func piecesAreThoseOfTheReference(text: String, expected: [String]) {
    #expect(pieces(text) == expected)
  }

  @Test func aWordOfMoreThanAHundredScalarsIsUnknown() {
    #expect(pieces("a" + String(repeating: "s", count: 38)) == ["a"] + [String](repeating: "##s", count: 37))
    #expect(pieces(String(repeating: "é", count: 101)) == ["[UNK]"])
    #expect(pieces("b" + String(repeating: "a", count: 100) + " c") == ["[UNK]", "c"])
  }

  @Test func textsAreCutAtTheLimit() {
    let ids = model.tokens(of: String(repeating: "a b ", count: 30))
    #expect(ids.count == 40 && ids.last == 3)
    // A word whose pieces go past the limit gives those that fit.
    #expect(model.tokens(of: String(repeating: "a ", count: 37) + "bakers a").suffix(3) == [5, 9, 3])
  }

  /// Every way of cutting a word, tried out: greedy from the left, the longest piece first.
  @Test func piecesAreTheLongestFromTheLeft() {
    var random = SeededRandom(seed: 3)
    let known = Set(SmallModel.words)
    for _ in 0..<2000 {
      let word = String(
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
          "abcdeklors".randomElement(using: &random) ?? "a"
        })
      var expected: [String] = []
      var rest = Substring(word)
      while !rest.isEmpty {
        let front = expected.isEmpty ? "" : "##"
        guard let length = (1...rest.count).last(where: { known.contains(front + rest.prefix($0)) }) else {
          expected = ["[UNK]"]
          break
        }
        expected.append(front + rest.prefix(length))
        rest = rest.dropFirst(length)
      }
      #expect(pieces(word) == expected, "\(word)")
    }
  }
}
