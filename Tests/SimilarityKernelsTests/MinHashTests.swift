import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct MinHashTests {
  private func signature(_ hasher: MinHasher, _ elements: [UInt64]) -> [UInt32] {
    var slots = [UInt32](repeating: 7, count: hasher.length)
    var span = slots.mutableSpan
    hasher.sign(elements.span, into: &span)
    return slots
  }

  @Test func eightLanesGiveTheReference() {
    for seed in 0..<50 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "lanes")
      let elements = (0..<random.below(60)).map { _ in random.next() }
      let hasher = MinHasher(length: 8 * (1 + random.below(32)), seed: seed)
      #expect(signature(hasher, elements) == hasher.reference(elements), "seed \(seed)")
    }
  }

  @Test func anEmptySetHasOnlyTheLargestValues() {
    #expect(signature(MinHasher(length: 16), []) == [UInt32](repeating: .max, count: 16))
  }

  @Test func estimatesLieWithinFourStandardErrors() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "estimate")
      let common = 1 + random.below(100)
      let apart = random.below(100)
      let elements = (0..<common + 2 * apart).map { _ in random.next() }
      let hasher = MinHasher(length: 128, seed: seed)
      let estimate = MinHasher.estimatedJaccard(
        signature(hasher, Array(elements[..<(common + apart)])),
        signature(hasher, Array(elements[..<common] + elements[(common + apart)...])))
      let jaccard = Double(common) / Double(common + 2 * apart)
      let error = (jaccard * (1 - jaccard) / 128).squareRoot()
      #expect(abs(estimate - jaccard) <= 4 * error + 1e-9, "seed \(seed)")
    }
  }

  @Test(arguments: [("0.5", 42, 3), ("0.7", 32, 4), ("0.8", 21, 6), ("0.9", 14, 9)])
  func bandsFollowFromTheThreshold(threshold: String, bands: Int, rows: Int) throws {
    let banding = try Banding(signatureLength: 128, threshold: JaccardThreshold(threshold))
    #expect(banding == Banding(bands: bands, rowsPerBand: rows))
    #expect(banding.missRate(at: Double(threshold) ?? 0) <= 0.005)
  }

  @Test func aThresholdTooLowForTheSignatureGetsTheShortestBands() throws {
    let banding = try Banding(signatureLength: 8, threshold: JaccardThreshold("0.1"))
    #expect(banding == Banding(bands: 8, rowsPerBand: 1))
    #expect(banding.missRate(at: 0.1) > 0.4)
  }
}
