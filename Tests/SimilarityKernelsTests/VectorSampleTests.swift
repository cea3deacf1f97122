import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct VectorSampleTests {
  private let loop = ParallelLoop(threads: 2)

  @Test func diverseRowsAreThoseOfLookingAtAllEachTime() {
    for seed in 0..<4 {
      let rows = TestVectors.rows(TestVectors.clustered(700, dimension: 24, seed: UInt64(seed)))
      let expected = DiverseRows.reference(60, of: rows, seed: UInt64(seed))
      for threads in 1...3 {
        #expect(
          DiverseRows.choose(60, of: rows, seed: UInt64(seed), ParallelLoop(threads: threads), onProgress: { _ in })
            == expected)
      }
    }
  }

  @Test func diverseRowsEndWhereTheRowsEnd() {
    let rows = TestVectors.rows(TestVectors.clustered(9, dimension: 16, seed: 1))
    let all = DiverseRows.choose(50, of: rows, seed: 1, loop, onProgress: { _ in })
    #expect(all.map(\.row).sorted() == Array(0..<9))
    #expect(DiverseRows.choose(0, of: rows, seed: 1, loop, onProgress: { _ in }).isEmpty)
    #expect(DiverseRows.choose(5, of: VectorRows([], dimension: 16), seed: 1, loop, onProgress: { _ in }).isEmpty)
  }

  /// No row is further from its nearest chosen row than the last chosen row was from those before it.
  @Test func diverseRowsCoverAllRows() {
    let rows = TestVectors.rows(TestVectors.clustered(800, dimension: 32, seed: 2))
    let chosen = DiverseRows.choose(40, of: rows, seed: 3, loop, onProgress: { _ in })
    for row in 0..<rows.count {
      let nearest = chosen.map { rows.cosine(row, $0.row) }.max() ?? 0
      #expect(nearest >= chosen[39].cosine)
    }
  }

  @Test func pairsHaveTheCosineThatIsWanted() {
    let rows = TestVectors.rows(TestVectors.clustered(5000, dimension: 48, seed: 6))
    for cosine in [0.3, 0.5, 0.8, 0.95] as [Float] {
      let found = SimilarPairs.find(
        cosine: cosine, tolerance: 0.01, count: 50, in: rows, seed: 1, loop, onProgress: { _, _ in })
      #expect(found.pairs.count == 50, "cosine \(cosine)")
      #expect(Set(found.pairs.map { $0.one << 32 | $0.other }).count == 50)
      for pair in found.pairs {
        #expect(pair.one < pair.other && pair.cosine == rows.cosine(pair.one, pair.other))
        #expect(abs(pair.cosine - cosine) <= 0.01)
      }
      for threads in [1, 3] {
        let again = SimilarPairs.find(
          cosine: cosine, tolerance: 0.01, count: 50, in: rows, seed: 1, ParallelLoop(threads: threads),
          onProgress: { _, _ in })
        #expect(again == found)
      }
    }
  }

  @Test func ofFewPairsAllAreFound() {
    let rows = TestVectors.rows(TestVectors.clustered(2500, dimension: 130, seed: 8))
    var all: Set<Int> = []
    for other in 0..<rows.count {
      for one in 0..<other where abs(rows.cosine(one, other) - 0.9) <= 0.004 { all.insert(one << 32 | other) }
    }
    let found = SimilarPairs.find(
      cosine: 0.9, tolerance: 0.004, count: 1_000_000, in: rows, seed: 1, loop, onProgress: { _, _ in })
    #expect(found.comparedRows == 2500 && found.pairCount == all.count && !all.isEmpty)
    #expect(Set(found.pairs.map { $0.one << 32 | $0.other }) == all)
  }

  /// Over many seeds every pair is given out about equally often, though only a part of the rows is compared each time.
  @Test func everyPairHasNearlyTheSameChance() {
    let rows = TestVectors.rows(TestVectors.clustered(2000, dimension: 16, seed: 4))
    var all: [Int: Int] = [:]
    for other in 0..<rows.count {
      for one in 0..<other where abs(rows.cosine(one, other) - 0.5) <= 0.01 { all[one << 32 | other] = 0 }
    }
    let seeds = 300
    var drawn = 0
    for seed in 0..<seeds {
      let found = SimilarPairs.find(
        cosine: 0.5, tolerance: 0.01, count: 20, in: rows, seed: UInt64(seed), loop, onProgress: { _, _ in })
      #expect(found.comparedRows < rows.count)
      drawn += found.pairs.count
      for pair in found.pairs { all[pair.one << 32 | pair.other, default: 0] += 1 }
    }
    // By quarters of the collection: a pair is as likely at its end as at its start.
    let mean = Double(drawn) / Double(all.count)
    for quarter in 0..<4 {
      let some = all.filter { $0.key >> 32 >= quarter * 500 && $0.key >> 32 < quarter * 500 + 500 }
      guard some.count > 20 else { continue }
      let average = Double(some.values.reduce(0, +)) / Double(some.count)
      #expect(abs(average / mean - 1) < 0.25, "quarter \(quarter): \(average) of \(mean)")
    }
  }

  @Test func sampledRowsAreDifferentAndAscend() {
    var random = SeededRandom(seed: 1)
    for (wanted, count) in [(0, 0), (0, 5), (5, 5), (3, 1000), (999, 1000)] {
      let rows = VectorSample.rows(wanted, of: count, &random)
      #expect(rows.count == wanted && rows == Array(Set(rows)).sorted() && rows.allSatisfy { $0 < count })
    }
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<5000 { for row in VectorSample.rows(3, of: 10, &random) { counts[row] += 1 } }
    #expect(counts.allSatisfy { abs(Double($0) - 1500) < 150 })
  }
}
