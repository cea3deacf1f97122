import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct JaccardThresholdTests {
  @Test(arguments: [
    ("0.9", 9, 10), ("0.85", 17, 20), ("1", 1, 1), ("1.0", 1, 1), (".5", 1, 2),
    ("0.123456789", 123_456_789, 1_000_000_000),
  ])
  func decimalTextsBecomeFractions(text: String, numerator: Int, denominator: Int) throws {
    #expect(try JaccardThreshold(text) == JaccardThreshold(numerator: numerator, denominator: denominator))
  }

  @Test(arguments: [
    "0", "0.0", "1.1", "-0.5", "", ".", "nine", "9/10", "1e-1", "0.9 ", "0.1234567890", "99999999999999999999",
  ])
  func whatIsNoThresholdIsRefusedWithASentence(text: String) {
    let problem = #expect(throws: Problem.self) { try JaccardThreshold(text) }
    #expect(problem?.consequence == .wrongUsage)
    #expect(problem?.advice.isEmpty == false)
  }

  @Test func nineTenthsReachNineTenths() throws {
    let threshold = try JaccardThreshold("0.9")
    #expect(threshold.isReached(intersection: 9, union: 10))
    #expect(!threshold.isReached(intersection: 899, union: 1_000))
    #expect(threshold.description == "0.9")
  }

  @Test(arguments: ["0.3", "0.5", "0.7", "0.8", "0.85", "0.9", "0.95", "1"])
  func boundsAreTight(text: String) throws {
    let threshold = try JaccardThreshold(text)
    for one in 1...40 {
      for other in one...60 {
        let reaching = (0...one).filter { threshold.isReached(intersection: $0, union: one + other - $0) }
        #expect(threshold.allowedDifference(one, other) == reaching.first.map { one + other - 2 * $0 })
        #expect((other <= threshold.largestPartner(of: one)) == !reaching.isEmpty)
      }
    }
  }
}
