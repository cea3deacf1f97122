import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct OutOfCoreTests {
  @Test func whatIsEncodedIsDecoded() {
    for seed in 0..<50 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "codec")
      let common = (0..<40_000).map { _ in random.next() }
      var codec = RowCodec()
      for word in common.prefix(random.below(40_000)) { codec.learn(word) }
      let rows = (0..<20).map { _ in
        (0..<random.below(seed == 0 ? 20_000 : 300)).map { _ in
          random.below(3) > 0 ? common[random.below(common.count)] : [random.next(), 0, .max][random.below(3)]
        }
      }
      var bytes: [UInt8] = []
      for row in rows { codec.encode(row[...], to: &bytes) }
      let again = RowCodec(dictionary: codec.dictionary)
      var place = 0
      var words: [UInt64] = []
      for row in rows {
        let count = again.decode(bytes, at: &place, into: &words)
        #expect(count == row.count && Array(words.prefix(row.count)) == row, "seed \(seed)")
      }
      #expect(place == bytes.count)
    }
  }

  @Test func brokenBytesAreNoRow() {
    var codec = RowCodec()
    codec.learn(7)
    var words: [UInt64] = []
    for bytes in [[], [3, 0, 0], [1, 0x80, 1, 2], [1, 0, 9], [0xFF, 0xFF, 0xFF], [5]] as [[UInt8]] {
      var place = 0
      #expect(codec.decode(bytes, at: &place, into: &words) == nil, "\(bytes)")
    }
  }

  @Test func commonWordsWithARowFromElsewhereAreCounted() throws {
    var sets = WordSets()
    sets.appendDistinct([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    var check = PairCheck()
    let threshold = try JaccardThreshold("0.9")
    let other: [UInt64] = [9, 8, 7, 6, 5, 4, 3, 2, 1, 77]
    #expect(
      check.decision(row: 0, of: sets, other: other, count: 9, otherPlace: 4, threshold: threshold)
        == DuplicateDecision(representative: 4, intersection: 9, union: 10))
    #expect(check.decision(row: 0, of: sets, other: other, count: 10, otherPlace: 4, threshold: threshold) == nil)
  }
}
