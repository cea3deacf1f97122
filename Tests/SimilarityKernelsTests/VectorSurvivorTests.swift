import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct VectorSurvivorTests {
  private func search(
    _ rows: VectorRows, _ threshold: Float, cells: Int, width: Float? = nil, keptCount: Int = 0, threads: Int = 2,
    longest: Int = 384
  ) -> VectorSurvivorSearch {
    let loop = ParallelLoop(threads: threads)
    let projection = VectorProjection.choose(
      for: rows, threshold: threshold, comparedShare: 1, longest: longest, seed: 1, loop)
    let reach = VectorSurvivorSearch.Reach(
      projection: projection, cells: VectorCells(count: cells, of: rows, projection: projection, seed: 1, loop),
      width: width ?? VectorSurvivorSearch.Reach.exactWidth(threshold))
    var search = VectorSurvivorSearch(rows, threshold: threshold, reach: reach, keptCount: keptCount, loop)
    search.run { _ in }
    return search
  }

  @Test(arguments: [0.5, 0.7, 0.8, 0.9, 0.95] as [Float], [1, 8, 40])
  func exactWidthGivesTheDefinition(threshold: Float, cells: Int) {
    for (seed, dimension) in [(1, 20), (2, 96), (3, 130)] {
      let rows = TestVectors.rows(
        TestVectors.clustered(1200, dimension: dimension, seed: UInt64(seed)), seed == 2 ? .float32 : .float16)
      let expected = VectorSurvivorSearch.reference(rows, threshold: threshold)
      let found = search(rows, threshold, cells: cells, longest: seed == 3 ? 64 : 384).decisions
      #expect(found == expected, "seed \(seed)")
      #expect(expected.contains { !$0.isKept })
    }
  }

  @Test func rowsThatAreGivenStayAndTheOthersAreJudged() {
    let rows = TestVectors.rows(TestVectors.clustered(1500, dimension: 64, seed: 9))
    for kept in [0, 1, 700, 1500] {
      let expected = VectorSurvivorSearch.reference(rows, threshold: 0.85, keptCount: kept)
      #expect(search(rows, 0.85, cells: 8, keptCount: kept).decisions == expected)
      #expect(expected[..<kept].allSatisfy { $0.isKept })
    }
  }

  @Test func aDeduplicatedStartGivesWhatOneRunGives() {
    let vectors = TestVectors.clustered(1500, dimension: 64, seed: 10)
    let whole = search(TestVectors.rows(vectors), 0.8, cells: 8).decisions
    let first = (0..<800).filter { whole[$0].isKept }
    let order = first + Array(800..<1500)
    let rest = search(TestVectors.rows(order.map { vectors[$0] }), 0.8, cells: 8, keptCount: first.count).decisions
    for (place, row) in order.enumerated() {
      #expect(rest[place].isKept == whole[row].isKept)
      #expect(rest[place].representative.map { order[$0] } == whole[row].representative)
    }
  }

  /// More rows than one block holds, so that earlier blocks, the block itself and the step take part.
  @Test func manyRowsInBlocksGiveTheDefinitionWithAnyNumberOfThreads() {
    let rows = TestVectors.rows(TestVectors.clustered(18_000, dimension: 33, seed: 4, spread: 1.2))
    let threshold: Float = 0.9
    let expected = search(rows, threshold, cells: 1, threads: 1).decisions
    for (row, decision) in expected.enumerated() {
      guard let representative = decision.representative else { continue }
      #expect(representative < row && expected[representative].isKept)
      #expect(decision.cosine == rows.cosine(row, representative) && decision.cosine > threshold)
    }
    let kept = expected.indices.filter { expected[$0].isKept }
    var random = SeededRandom(seed: 2)
    for _ in 0..<60 {
      let row = kept[random.below(kept.count)]
      #expect(!kept.contains { $0 < row && rows.cosine($0, row) > threshold }, "row \(row) should have gone")
    }
    for threads in 1...3 {
      #expect(search(rows, threshold, cells: 64, threads: threads).decisions == expected)
      let narrow = search(rows, threshold, cells: 64, width: 0.05, threads: threads)
      #expect(narrow.decisions == search(rows, threshold, cells: 64, width: 0.05, threads: 1).decisions)
      #expect(
        narrow.recall(seed: 3, onProgress: { _ in })
          == search(rows, threshold, cells: 64, width: 0.05, threads: 1).recall(seed: 3, onProgress: { _ in }))
    }
  }

  @Test func copiesOfOneRowLeaveOne() {
    var random = SeededRandom(seed: 1)
    let one = TestVectors.unit((0..<48).map { _ in TestVectors.gaussian(&random) })
    let rows = TestVectors.rows(
      (0..<20_000).map { $0 == 0 ? one : TestVectors.partner(of: one, cosine: 0.999, &random) })
    let decisions = search(rows, 0.9, cells: 16).decisions
    #expect(decisions.count { $0.isKept } == 1 && decisions[0].isKept)
    #expect(decisions.dropFirst().allSatisfy { $0.representative == 0 })
  }

  @Test func theEstimateIsTheShareOfRowsThatShouldHaveGone() {
    let rows = TestVectors.rows(TestVectors.clustered(12_000, dimension: 40, seed: 12, spread: 1.5))
    let threshold: Float = 0.8
    let narrow = search(rows, threshold, cells: 64, width: 0)
    let kept = narrow.decisions.indices.filter { narrow.decisions[$0].isKept }
    let missed = kept.enumerated().count { place, row in kept[..<place].contains { rows.cosine($0, row) > threshold } }
    #expect(missed > 20)
    let whole = narrow.recall(seed: 1, sampling: 1 << 20, onProgress: { _ in })
    #expect(whole.missedInSample == missed && whole.sampled == kept.count && whole.standardError == 0)
    // Samples estimate it within a few standard errors, on either side.
    for seed in 0..<20 {
      let estimate = narrow.recall(seed: UInt64(seed), sampling: 400, onProgress: { _ in })
      #expect(abs(estimate.recall - whole.recall) < 4.5 * estimate.standardError, "seed \(seed)")
    }
    let exact = search(rows, threshold, cells: 64).recall(seed: 1, sampling: 1 << 20, onProgress: { _ in })
    #expect(exact.recall == 1 && exact.missedInSample == 0)
  }

  @Test func recallOfNothingFoundAndNothingThereIsOne() {
    #expect(RecallEstimate(dropped: 0, kept: 0, sampled: 0, missedInSample: 0).recall == 1)
    #expect(RecallEstimate(dropped: 0, kept: 50, sampled: 50, missedInSample: 0).recall == 1)
    #expect(RecallEstimate(dropped: 0, kept: 50, sampled: 50, missedInSample: 2).recall == 0)
    #expect(RecallEstimate(dropped: 98, kept: 50, sampled: 50, missedInSample: 2).recall == 0.98)
  }

  @Test func calibrationFindsAWidthThatFindsNearlyAll() {
    let rows = TestVectors.rows(TestVectors.clustered(9000, dimension: 96, seed: 21, spread: 1.2))
    let threshold: Float = 0.85
    let loop = ParallelLoop(threads: 2)
    let projection = VectorProjection.choose(for: rows, threshold: threshold, comparedShare: 0.04, seed: 1, loop)
    var reach = VectorSurvivorSearch.Reach(
      projection: projection, cells: VectorCells(count: 64, of: rows, projection: projection, seed: 1, loop), width: 0)
    reach.calibrate(for: rows, threshold: threshold, seed: 1, loop) { _ in }
    #expect(reach.width > 0 && reach.width <= VectorSurvivorSearch.Reach.exactWidth(threshold))
    let found = search(rows, threshold, cells: 64, width: reach.width)
    #expect(found.recall(seed: 1, sampling: 1 << 20, onProgress: { _ in }).recall >= 0.98)
    var again = reach
    again.calibrate(for: rows, threshold: threshold, seed: 1, ParallelLoop(threads: 3)) { _ in }
    #expect(again.width == reach.width)
  }
}
