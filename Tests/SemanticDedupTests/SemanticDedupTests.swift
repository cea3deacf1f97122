import PersonaRecords
import SemanticDedup
import SimilarityKernels
import Testing

@Suite struct SemanticDedupTests {
  /// Unit vectors around a few directions, and partners at planted cosines; the last are rows, partner and cosine.
  private func planted(_ count: Int, seed: UInt64) -> (
    rows: VectorRows, pairs: [(row: Int, partner: Int, cosine: Double)]
  ) {
    let dimension = 96
    var random = SeededRandom(seed: seed)
    func gaussian() -> Float { Float((0..<12).reduce(-6) { sum, _ in sum + random.unit() }) }
    func unit(_ vector: [Float]) -> [Float] {
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
    let centres = (0..<40).map { _ in unit((0..<dimension).map { _ in gaussian() }) }
    var vectors = (0..<count).map { _ in
      let centre = centres[random.below(centres.count)]
      return unit(centre.map { $0 + 0.13 * gaussian() })
    }
    var pairs: [(row: Int, partner: Int, cosine: Double)] = []
    let cosines = [0.95, 0.91, 0.89, 0.81, 0.79, 0.71]
    for place in 0..<count / 8 {
      let cosine = cosines[place % cosines.count]
      let base = vectors[place]
      var aside = base.map { _ in gaussian() }
      let share = zip(aside, base).reduce(0) { $0 + $1.0 * $1.1 }
      aside = unit(zip(aside, base).map { $0 - share * $1 })
      let row = count - 1 - place
      vectors[row] = unit(zip(base, aside).map { Float(cosine) * $0 + Float((1 - cosine * cosine).squareRoot()) * $1 })
      pairs.append((row, place, cosine))
    }
    return (VectorRows(Array(vectors.joined()), dimension: dimension, element: .float16), pairs)
  }

  private func settings(_ threshold: Float, cells: Int? = nil, threads: Int = 2) -> SemanticDedup.Settings {
    var settings = SemanticDedup.Settings(threshold: threshold)
    settings.cells = cells
    settings.threads = threads
    return settings
  }

  @Test(arguments: [0.9, 0.8, 0.7] as [Float]) func plantedPairsAboveTheThresholdAreFoundAndNoneBelow(threshold: Float)
    throws
  {
    let (rows, pairs) = planted(12_000, seed: 3)
    let result = try SemanticDedup(settings(threshold, cells: 64)).run(rows)
    for (row, decision) in result.decisions.enumerated() {
      guard let representative = decision.representative else { continue }
      #expect(rows.cosine(row, representative) > threshold && representative < row)
      #expect(result.decisions[representative].isKept)
    }
    let above = pairs.filter { $0.cosine > Double(threshold) }
    let found = above.count { !result.decisions[$0.row].isKept }
    #expect(Double(found) >= 0.99 * Double(above.count))
    #expect(result.recall.recall >= 0.99)
  }

  @Test func theSameBytesWithAnyNumberOfThreads() throws {
    let (rows, _) = planted(9000, seed: 4)
    let one = try SemanticDedup(settings(0.8, cells: 32, threads: 1)).run(rows)
    for threads in 2...3 {
      let other = try SemanticDedup(settings(0.8, cells: 32, threads: threads)).run(rows)
      #expect(other.decisions == one.decisions && other.recall == one.recall && other.width == one.width)
    }
  }

  @Test func exactIsTheDefinition() throws {
    let (rows, _) = planted(2500, seed: 5)
    for threshold in [0.6, 0.9] as [Float] {
      var settings = settings(threshold)
      settings.isExact = true
      let result = try SemanticDedup(settings).run(rows)
      #expect(result.isExact && result.recall.recall == 1)
      #expect(result.decisions == VectorSurvivorSearch.reference(rows, threshold: threshold))
    }
  }

  @Test func aSearchThatMissesTooMuchWidensAndSaysSo() throws {
    let (rows, _) = planted(9000, seed: 6)
    var strict = settings(0.7, cells: 128)
    strict.minRecall = 1
    var told: [RecallEstimate] = []
    let result = try SemanticDedup(strict).run(rows, onWiden: { told.append($0) })
    #expect(result.widened == told.count && result.recall.recall == 1)
    #expect(told.allSatisfy { $0.recall < 1 })
    strict.minRecall = 0
    #expect(try SemanticDedup(strict).run(rows).widened == 0)
  }

  @Test func verdictsNameTheRepresentativeAndTheCosine() throws {
    let rows = VectorRows([1, 0, 0, 1, 1, 0], dimension: 2)
    let decisions = try SemanticDedup(settings(0.9)).run(rows).decisions
    let ids = ["a", "b", "c"]
    let verdicts = decisions.enumerated().map { row, decision in
      SemanticDedup.verdict(id: ids[row], decision) { ids[$0] }
    }
    #expect(
      verdicts == [
        Verdict(id: "a", stage: "semantic-dedup", keep: true), Verdict(id: "b", stage: "semantic-dedup", keep: true),
        Verdict(
          id: "c", stage: "semantic-dedup", keep: false, reason: "same-meaning", representative: "a", similarity: 1),
      ])
  }

  @Test func noRowsOneRowAndStoppingWork() throws {
    let dedup = try SemanticDedup(settings(0.9))
    #expect(try dedup.run(VectorRows([], dimension: 8)).decisions.isEmpty)
    #expect(try dedup.run(VectorRows([1, 0], dimension: 2)).decisions == [.kept])
    struct Stop: Error {}
    let (rows, _) = planted(2000, seed: 7)
    #expect(throws: Stop.self) {
      try dedup.run(rows, onProgress: { if $0.phase == .compare { throw Stop() } })
    }
  }

  @Test func thresholdsThatMakeNoSenseAreRefused() {
    for threshold in [-1, 0, 0.04, 1, 1.5, .nan] as [Float] {
      #expect(throws: Problem.self) { try SemanticDedup(settings(threshold)) }
    }
  }
}
