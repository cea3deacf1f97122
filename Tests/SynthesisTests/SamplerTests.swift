import Foundation
import PersonaRecords
import Sampler
import Testing

@Suite struct SamplerTests {
  private static let ids = (0..<2000).map { PersonaID(describing: "persona \($0)") }

  private func draw(
    _ count: Int, seed: UInt64 = 1, from ids: [PersonaID] = ids, after: Sampler.Key? = nil,
    stratum: (Int) -> String = { _ in "" },
    weight: (Int) -> Double = { _ in 1 }
  ) -> [(key: Sampler.Key, row: Int)] {
    var collector = Sampler.Collector<Int>(Sampler(count: count, seed: seed, after: after))
    for (place, id) in ids.enumerated() {
      collector.add(id: id, weight: weight(place), stratum: stratum(place), row: place)
    }
    return collector.candidates().map { ($0.key, $0.row) }
  }

  @Test(arguments: [0, 1, 2, 3]) func aSampleHasNoRepeatsAndGrowsAtItsEnd(seed: UInt64) {
    let large = draw(300, seed: seed).map(\.row)
    #expect(Set(large).count == 300)
    #expect(draw(40, seed: seed).map(\.row) == Array(large.prefix(40)))
    #expect(draw(300, seed: seed &+ 100).map(\.row) != large)
  }

  @Test func theOrderOfTheHubMakesNoDifference() {
    let forward = draw(50).map(\.key.id)
    #expect(draw(50, from: Self.ids.reversed()).map(\.key.id) == forward)
  }

  @Test func wavesJoinToOneSample() {
    let first = draw(30)
    let second = draw(30, after: first.last?.key)
    #expect((first + second).map(\.row) == draw(60).map(\.row))
  }

  @Test func askingForMoreThanThereIsGivesAll() {
    #expect(Set(draw(5000).map(\.row)).count == Self.ids.count)
    #expect(draw(0).isEmpty)
  }

  @Test func strataShareEvenlyAndSmallOnesGiveAllTheyHave() {
    let rows = draw(100, stratum: { $0 < 10 ? "few" : $0 < 1000 ? "some" : "many" }).map(\.row)
    #expect(rows.filter { $0 < 10 }.count == 10)
    #expect(rows.filter { (10..<1000).contains($0) }.count == 45)
    #expect(rows.count == 100)
  }

  @Test func weightsAreChances() {
    // A tenth of the rows weighs 9, the rest 1: half of each first draw should be heavy.
    var heavy = 0
    for seed in 0..<400 {
      heavy += draw(1, seed: UInt64(seed), weight: { $0.isMultiple(of: 10) ? 9 : 1 })[0].row.isMultiple(of: 10) ? 1 : 0
    }
    // Standard deviation 10 around 200.
    #expect((160...240).contains(heavy))
    #expect(draw(50, weight: { $0 < 20 ? 1 : 0 }).count == 20)
  }

  @Test func everyRowIsEquallyLikely() {
    var counts = [Int](repeating: 0, count: 20)
    for seed in 0..<4000 { counts[draw(1, seed: UInt64(seed), from: Array(Self.ids.prefix(20)))[0].row] += 1 }
    // Expected 200 each; chi-squared with 19 degrees of freedom stays under 50 but once in 8000.
    let chiSquared = counts.reduce(0.0) { $0 + pow(Double($1) - 200, 2) / 200 }
    #expect(chiSquared < 50)
  }
}
