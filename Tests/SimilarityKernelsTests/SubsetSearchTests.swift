import MinHashLanes
import PersonaRecords
import SimilarityKernels
import Testing

/// Rows that are another row and one word, which are found by sums of hashes.
@Suite struct SubsetSearchTests {
  /// Families of rows that differ by single words, in any order: `words` draws the words of a new row.
  private func sets(seed: UInt64, count: Int, _ words: (inout SeededRandom) -> [UInt64]) -> WordSets {
    var random = SeededRandom(seed: seed, purpose: "families")
    var rows: [[UInt64]] = []
    for _ in 0..<count {
      var row = words(&random)
      if let parent = random.pick(rows), random.below(5) > 0 {
        let spare = row.first { !parent.contains($0) }
        row = parent
        for _ in 0..<1 + random.below(2) {
          if random.below(2) == 0, let spare, !row.contains(spare) {
            row.insert(spare, at: random.below(row.count + 1))
          } else if !row.isEmpty {
            row.remove(at: random.below(row.count))
          }
        }
      }
      rows.append(row)
    }
    var sets = WordSets()
    for row in rows { sets.appendDistinct(row[...]) }
    return sets
  }

  private func check(_ sets: WordSets, _ threshold: JaccardThreshold, seed: UInt64) {
    var random = SeededRandom(seed: seed, purpose: "order")
    let order = seed % 2 == 0 ? [] : (0..<UInt32(sets.count)).shuffled(using: &random)
    let keptCount = seed % 3 == 0 ? random.below(sets.count) : 0
    let fast = SurvivorSearch.exact(sets, threshold: threshold, order: order, keptCount: keptCount)
    let plain = SurvivorSearch.reference(sets, threshold: threshold, order: order, keptCount: keptCount)
    let differing = fast.indices.first { fast[$0] != plain[$0] }
    #expect(differing == nil, "seed \(seed), row \(differing ?? -1)")
  }

  @Test(arguments: ["0.5", "0.7", "0.8", "0.9", "0.95", "0.99"])
  func familiesOfRowsOneWordApartAreDecidedAsByBruteForce(text: String) throws {
    let threshold = try JaccardThreshold(text)
    for seed in 0..<20 as Range<UInt64> {
      let longest = [4, 14, 30, 150][Int(seed % 4)]
      let sets = sets(seed: seed, count: 250) { random in
        var words: [UInt64] = []
        for _ in 0..<1 + random.below(longest) {
          let word = SeededRandom(seed: UInt64(random.below(longest * 20)), purpose: "word").first()
          if !words.contains(word) { words.append(word) }
        }
        return words
      }
      check(sets, threshold, seed: seed)
    }
  }

  /// Words that are small numbers: many different rows have the same sum, and nearly all have the sum of another one's subset.
  @Test(arguments: ["0.5", "0.8", "0.9"])
  func rowsWithTheSameSumAreToldApart(text: String) throws {
    let threshold = try JaccardThreshold(text)
    for seed in 0..<20 as Range<UInt64> {
      let sets = sets(seed: seed, count: 400) { random in
        Array((0..<UInt64(24)).shuffled(using: &random).prefix(9 + random.below(12)))
      }
      check(sets, threshold, seed: seed)
    }
  }

  /// The loop in C against its definition, whatever lanes the processor has.
  @Test func sumsAreLookedUpAsDefined() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "sums")
      let bits = (0..<1 + random.below(50)).map { _ in random.next() | random.next() }
      let words = (0..<random.below(70)).map { _ in random.next() }
      let sum = words.reduce(0, &+)
      let wanted = words.map { sum &- $0 }.filter { subset in
        let word = bits[Int(((subset >> 32) * UInt64(bits.count)) >> 32)]
        return [0, 6, 12].allSatisfy { word >> (subset >> $0 & 63) & 1 == 1 }
      }
      var found = [UInt64](repeating: 0, count: words.count + Int(subset_sums_spare))
      let count = unsafe subset_sums_find(words, words.count, sum, bits, bits.count, &found)
      #expect(Array(found.prefix(count)) == wanted, "seed \(seed)")
      let plainCount = unsafe subset_sums_find_plain(words, words.count, sum, bits, bits.count, &found)
      #expect(Array(found.prefix(plainCount)) == wanted, "seed \(seed)")
    }
  }

  /// A hundred thousand rows that each have one word more than the same other one: as many pairs of the smaller row, and no
  /// more work than rows.
  @Test func aRowWithManySupersetsCostsNoMore() throws {
    let base = (0..<12 as Range<UInt64>).map { SeededRandom(seed: $0, purpose: "base").first() }
    for isLast in [false, true] {
      var sets = WordSets()
      if !isLast { sets.appendDistinct(base[...]) }
      for number in 0..<100_000 as Range<UInt64> {
        sets.appendDistinct((base + [SeededRandom(seed: number, purpose: "own").first()])[...])
      }
      if isLast { sets.appendDistinct(base[...]) }
      let decisions = SurvivorSearch.exact(sets, threshold: try JaccardThreshold("0.9"))
      if isLast {
        #expect(decisions.last == DuplicateDecision(representative: 0, intersection: 12, union: 13))
        #expect(decisions.dropLast().allSatisfy { $0.isKept })
      } else {
        #expect(decisions.dropFirst().allSatisfy { $0.representative == 0 })
      }
    }
  }
}

extension SeededRandom {
  fileprivate func first() -> UInt64 {
    var random = self
    return random.next()
  }
}
