import EngineSimulation
import Testing

/// The engine with simulated clock, disk and server; `engine-simulation` runs more seeds, and one again with `--seed`.
@Suite struct SimulationTests {
  @Test(arguments: 0..<30) func everyPromiseIsKeptWhateverHappens(chunk: Int) {
    for seed in UInt64(chunk * 10)..<UInt64(chunk * 10 + 10) {
      let report = Simulation.run(seed: seed)
      #expect(report.violations.isEmpty, "engine-simulation --seed \(seed)")
    }
  }

  @Test func theSameSeedGivesTheSameEvents() {
    for seed in [3, 33, 333] as [UInt64] {
      let (one, other) = (Simulation.run(seed: seed), Simulation.run(seed: seed))
      #expect(one.events == other.events && one.simulatedTime == other.simulatedTime)
      #expect(Encounters.Kind.allCases.allSatisfy { one.encounters[$0] == other.encounters[$0] })
    }
  }

  @Test func theFaultsAreReallyThere() {
    var met = Encounters()
    for seed in 0..<100 as Range<UInt64> { met.add(Simulation.run(seed: seed).encounters) }
    for kind in Encounters.Kind.allCases { #expect(met[kind] > 0, "\(kind)") }
  }
}
