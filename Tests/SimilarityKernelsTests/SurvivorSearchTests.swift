import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct SurvivorSearchTests {
  /// Texts of made-up words in families: each text is a copy of an earlier one with some words changed, or new.
  private func texts(seed: UInt64, count: Int, longest: Int) -> [String] {
    var random = SeededRandom(seed: seed, purpose: "texts")
    let vocabulary = 10 + random.below(60 * longest)
    var rows: [[Int]] = []
    for _ in 0..<count {
      var row: [Int]
      if let parent = random.pick(rows), random.below(4) > 0 {
        row = parent
        for _ in 0..<random.below(2 + parent.count / 4) {
          switch random.below(3) {
          case 0: row.append(random.below(vocabulary))
          case 1: if !row.isEmpty { row.remove(at: random.below(row.count)) }
          default: if !row.isEmpty { row[random.below(row.count)] = random.below(vocabulary) }
          }
        }
      } else {
        row = (0..<random.below(longest + 1)).map { _ in random.below(vocabulary) }
      }
      rows.append(row)
    }
    return rows.map { row in row.map { "w\($0)" }.joined(separator: " ") }
  }

  private func sets(_ texts: [String]) -> WordSets {
    var sets = WordSets()
    var scanner = ShingleScanner()
    for text in texts {
      scanner.scan(text)
      sets.append(scanner)
    }
    return sets
  }

  @Test(arguments: ["0.5", "0.6", "0.7", "0.75", "0.8", "0.85", "0.9", "0.95", "0.99", "1"])
  func theExactSearchGivesTheSurvivorsOfBruteForce(text: String) throws {
    let threshold = try JaccardThreshold(text)
    for seed in 0..<30 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "exact")
      let longest = [3, 12, 25, 60, 300][random.below(5)]
      let sets = sets(texts(seed: seed, count: 60 + random.below(200), longest: longest))
      let order = (0..<UInt32(sets.count)).shuffled(using: &random)
      let keptCount = seed % 3 == 0 ? random.below(sets.count) : 0
      let fast = SurvivorSearch.exact(sets, threshold: threshold, order: order, keptCount: keptCount)
      let plain = SurvivorSearch.reference(sets, threshold: threshold, order: order, keptCount: keptCount)
      let differing = fast.indices.first { fast[$0] != plain[$0] }
      #expect(differing == nil, "seed \(seed), row \(differing ?? -1)")
    }
  }

  /// However few the cells that tell shared keys: with all of them, and with so few that nearly every key seems to be shared.
  @Test(arguments: ["0.5", "0.7", "0.8", "0.9", "1"], [Int.max, 1 << 10])
  func keysMadeBeforeTheSearchChangeNothing(text: String, byteLimit: Int) throws {
    let threshold = try JaccardThreshold(text)
    let banding = Banding(signatureLength: 128, threshold: threshold)
    for seed in 100..<112 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "made")
      let sets = sets(texts(seed: seed, count: 60 + random.below(2_000), longest: [12, 25, 60][random.below(3)]))
      let keptCount = seed % 3 == 0 ? random.below(sets.count) : 0
      func check(_ keys: some RowKeys) {
        let shared = SharedKeys(keyCount: sets.count * 8, byteLimit: byteLimit)
        shared.add(sets, keys)
        shared.seal()
        var made = SharedRowKeys()
        var sharing = WordSets()
        var places: [UInt32] = []
        made.takeSharing(sets, from: 0, keys, shared, into: &sharing, &places)
        // Rows without a shared key stay; the others are decided on as if they were alone.
        var decisions = [DuplicateDecision](repeating: .kept, count: sets.count)
        let given = SurvivorSearch.Given(keptCount: places.count { $0 < keptCount }, keys: made)
        for (row, decision) in SurvivorSearch.run(sharing, keys, threshold: threshold, given: given).enumerated() {
          decisions[Int(places[row])] = decision
          decisions[Int(places[row])].representative = decision.representative.map { Int(places[$0]) }
        }
        #expect(
          decisions
            == SurvivorSearch.run(
              sets, keys, threshold: threshold, given: SurvivorSearch.Given(keptCount: keptCount)),
          "seed \(seed)")
      }
      check(PartKeys(sets, threshold: threshold))
      check(BandKeys(hasher: MinHasher(length: 128, seed: seed), banding: banding, threshold: threshold))
    }
  }

  @Test(arguments: ["0.5", "0.7", "0.8", "0.9", "1"])
  func minHashDropsOnlyNearCopiesOfKeptRowsAndMissesFew(text: String) throws {
    let threshold = try JaccardThreshold(text)
    let banding = Banding(signatureLength: 128, threshold: threshold)
    var found = 0
    var all = 0
    for seed in 0..<20 as Range<UInt64> {
      let sets = sets(texts(seed: seed, count: 300, longest: 30))
      let decisions = SurvivorSearch.minHash(
        sets, threshold: threshold, hasher: MinHasher(length: 128, seed: seed), banding: banding)
      for (row, decision) in decisions.enumerated() {
        guard let representative = decision.representative else { continue }
        #expect(decisions[representative].representative == nil)
        #expect(representative < row)
        #expect(sets.intersection(row, representative) == decision.intersection)
        #expect(threshold.isReached(intersection: decision.intersection, union: decision.union))
      }
      found += decisions.count { $0.representative != nil }
      all += SurvivorSearch.reference(sets, threshold: threshold).count { $0.representative != nil }
    }
    #expect(Double(found) >= Double(all) * 0.99)
  }

  @Test func rowsWithoutWordsAreKept() throws {
    let decisions = SurvivorSearch.exact(
      sets(["", "…", "", "a", "a"]), threshold: try JaccardThreshold("0.5"))
    #expect(decisions.map(\.representative) == [nil, nil, nil, nil, 3])
  }

  @Test func exactlyNineTenthsIsADuplicate() throws {
    let shared = (0..<18).map { "w\($0)" }.joined(separator: " ")
    let decisions = SurvivorSearch.exact(
      sets([shared + " x", shared + " y", shared]), threshold: try JaccardThreshold("0.9"))
    #expect(decisions[1] == DuplicateDecision(representative: 0, intersection: 18, union: 20))
    #expect(decisions[2] == DuplicateDecision(representative: 0, intersection: 18, union: 19))
  }

  @Test(arguments: ["0.8", "0.9"])
  func unrelatedRowsHardlyEverMeet(text: String) throws {
    var random = SeededRandom(seed: 1, purpose: "unrelated")
    let rows = (0..<4_000).map { _ in
      (0..<20 + random.below(20)).map { _ in "w\(random.below(3_000))" }.joined(separator: " ")
    }
    let sets = sets(rows)
    let forecast = PartKeys(sets, threshold: try JaccardThreshold(text)).forecast
    #expect(forecast.keys < 4_000 * 100)
    #expect(forecast.candidates < 40_000)
  }

  @Test func identicalRowsNeedNoKeys() throws {
    let sets = sets(
      [String](repeating: "the same dozen words again and again and never anything else at all", count: 20_000))
    let threshold = try JaccardThreshold("0.9")
    #expect(PartKeys(sets, threshold: threshold).forecast == JoinForecast(rows: 20_000, keys: 0, candidates: 0))
    let decisions = SurvivorSearch.exact(sets, threshold: threshold)
    #expect(decisions.count { $0.representative == nil } == 1)
  }

  @Test func aClusterOfNearCopiesCostsNoPairs() throws {
    // 30,000 rows that differ from the first in one word each: 450 million pairs, if all were compared.
    let shared = (0..<40).map { "w\($0)" }.joined(separator: " ")
    let sets = sets([shared] + (1..<30_000).map { "\(shared) x\($0)" })
    let decisions = SurvivorSearch.exact(sets, threshold: try JaccardThreshold("0.9"))
    #expect(decisions.dropFirst().allSatisfy { $0.representative == 0 })
  }

  @Test func aTemplateWithFewWordsOfItsOwnDoesNotDrown() throws {
    // 8 of 10 words are the same in all 20,000 rows, so that no two reach 0.9.
    let shared = (0..<8).map { "w\($0)" }.joined(separator: " ")
    let sets = sets((0..<20_000).map { "\(shared) x\($0) y\($0)" })
    let threshold = try JaccardThreshold("0.9")
    #expect(SurvivorSearch.exact(sets, threshold: threshold).allSatisfy { $0.isKept })
  }

  @Test func aRowOfAHundredThousandWordsFindsItsNearCopy() throws {
    let words = (0..<100_000).map { "w\($0)" }
    let texts = ["a few words", words.joined(separator: " "), words.dropFirst(4_000).joined(separator: " ")]
    let decisions = SurvivorSearch.exact(sets(texts), threshold: try JaccardThreshold("0.9"))
    #expect(decisions.map(\.representative) == [nil, nil, 1])
  }
}
