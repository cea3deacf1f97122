import Dataset
import PersonaRecords
import Testing

struct SplitTests {
  private let personas = (0..<20_000).map { PersonaID(describing: "person \($0)") }

  /// Five standard deviations of a binomial: once in two million seeds by chance.
  @Test(arguments: [0, 1, 20_406] as [UInt64]) func sharesAreAsAskedFor(seed: UInt64) throws {
    let split = try DatasetSplit(shares: [0.9, 0.05, 0.05], seed: seed)
    var counts = [0, 0, 0]
    for persona in personas { counts[split.part(of: persona)] += 1 }
    for (part, count) in zip(split.parts, counts) {
      let expected = part.share * Double(personas.count)
      let deviation = (expected * (1 - part.share)).squareRoot()
      #expect(abs(Double(count) - expected) < 5 * deviation, "seed \(seed): \(count) in \(part.name)")
    }
  }

  @Test func theSeedMattersAndNothingElse() throws {
    let one = try DatasetSplit(shares: [0.5, 0.5], seed: 1)
    let again = try DatasetSplit(shares: [0.5, 0.5], seed: 1)
    let other = try DatasetSplit(shares: [0.5, 0.5], seed: 2)
    #expect(one.parts.map(\.name) == ["train", "test"])
    #expect(personas.allSatisfy { one.part(of: $0) == again.part(of: $0) })
    let moved = personas.count { one.part(of: $0) != other.part(of: $0) }
    #expect((9_000...11_000).contains(moved), "\(moved)")
    // Fixed for ever: a data set that grows in a later version keeps its parts.
    #expect(personas.prefix(24).map { one.part(of: $0) } == Self.known)
  }

  private static let known = [0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1]

  @Test func aShareOfNothingGetsNothing() throws {
    let split = try DatasetSplit(shares: [1, 0, 0], seed: 0)
    #expect(personas.allSatisfy { split.part(of: $0) == 0 })
    let last = try DatasetSplit(shares: [0, 0, 1], seed: 0)
    #expect(personas.allSatisfy { last.part(of: $0) == 2 })
  }

  @Test(arguments: [[], [0.5], [0.5, 0.6], [0.9, 0.2, -0.1], [0.25, 0.25, 0.25, 0.25], [.nan, 1]] as [[Double]])
  func sharesThatDoNotAddUpAreRefused(shares: [Double]) {
    #expect(throws: Problem.self) { try DatasetSplit(shares: shares, seed: 0) }
  }
}
