import PersonaRecords
import SimilarityKernels
import SurfaceDedup
import Testing

@Suite struct SurfaceDedupTests {
  private func run(
    _ settings: SurfaceDedup.Settings, hub: [String] = [], _ texts: [String]
  ) throws -> [DuplicateDecision] {
    var dedup = SurfaceDedup(settings)
    for text in hub { try dedup.addKept(text) }
    for text in texts { try dedup.add(text) }
    return dedup.decisions()
  }

  private let texts = [
    "A retired nurse from Oslo who keeps bees and writes long letters to her seven grandchildren.",
    "An astronomer looking for planets around dwarf stars",
    "a retired nurse, from Oslo, who keeps bees and writes long letters to her seven grandchildren!!",
    "A retired nurse from Oslo who keeps bees and writes very long letters to her seven grandchildren.",
    "一位退休的护士，住在奥斯陆，养蜂，给七个孙子写长信。",
    "一位退休的护士，住在奥斯陆，养蜂，给七个孙子写长信！",
    "",
    "!!!",
  ]

  @Test(arguments: SurfaceDedup.Method.allCases)
  func nearCopiesLeaveAndTheFirstStays(method: SurfaceDedup.Method) throws {
    let decisions = try run(SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9"), method: method), texts)
    #expect(decisions.map(\.representative) == [nil, nil, 0, 0, nil, 4, nil, nil])
    #expect(decisions[3].intersection == 16 && decisions[3].union == 17)
  }

  @Test func theLongestOrShortestStaysWhenAskedFor() throws {
    let threshold = try JaccardThreshold("0.9")
    let longest = try run(SurfaceDedup.Settings(threshold: threshold, prefer: .longest), texts)
    #expect(longest.map(\.representative) == [3, nil, 3, nil, nil, 4, nil, nil])
    let shortest = try run(SurfaceDedup.Settings(threshold: threshold, prefer: .shortest), texts)
    #expect(shortest.map(\.representative) == [nil, nil, 0, 0, nil, 4, nil, nil])
  }

  @Test func exactIsTheDefaultFrom85PercentUp() throws {
    #expect(SurfaceDedup.Settings(threshold: try JaccardThreshold("0.85")).method == .exact)
    #expect(SurfaceDedup.Settings(threshold: try JaccardThreshold("0.849")).method == .minhash)
  }

  @Test func verdictsSayWhyAndForWhom() throws {
    let settings = SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9"))
    let verdicts = try run(settings, texts).enumerated().map { row, decision in
      SurfaceDedup.verdict(id: "id\(row)", decision, representative: "id\(decision.representative ?? -1)")
    }
    #expect(verdicts[1] == Verdict(id: "id1", stage: "surface-dedup", keep: true))
    #expect(
      verdicts[2]
        == Verdict(
          id: "id2", stage: "surface-dedup", keep: false, reason: "same-words", representative: "id0", similarity: 1))
    #expect(
      verdicts[3]
        == Verdict(
          id: "id3", stage: "surface-dedup", keep: false, reason: "near-copy", representative: "id0",
          similarity: 16.0 / 17))
  }

  @Test(arguments: SurfaceDedup.Method.allCases)
  func addingToAHubEqualsOneRun(method: SurfaceDedup.Method) throws {
    for seed in 0..<20 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "hub")
      let rows = (0..<200).map { _ in
        (0..<4 + random.below(8)).map { _ in "w\(random.below(14))" }.joined(separator: " ")
      }
      let settings = SurfaceDedup.Settings(threshold: try JaccardThreshold("0.8"), method: method)
      let whole = try run(settings, rows)
      let cut = random.below(rows.count)
      let hubRows = (0..<cut).filter { whole[$0].representative == nil }
      let rowOf = hubRows + Array(cut..<rows.count)
      let later = try run(settings, hub: hubRows.map { rows[$0] }, Array(rows[cut...]))
      #expect(
        later.map { $0.representative.map { rowOf[$0] } } == rowOf.map { whole[$0].representative }, "seed \(seed)")
    }
  }
}
