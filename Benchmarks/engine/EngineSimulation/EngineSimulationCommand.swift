// The run engine in simulated time, with faults and crashes; see Tests/EngineSimulation.
//
//   engine-simulation [--seeds 10000] [--from 0]    runs so many seeds and prints what they met
//   engine-simulation --seed N                      runs one again, event for event
import EngineSimulation
import Foundation

@main
struct EngineSimulationCommand {
  static func main() {
    var options: [String: UInt64] = [:]
    var words = CommandLine.arguments.dropFirst().makeIterator()
    while let name = words.next() {
      guard ["--seeds", "--from", "--seed"].contains(name), let value = words.next().flatMap({ UInt64($0) }) else {
        print("usage: engine-simulation [--seeds N] [--from N] | --seed N")
        exit(64)
      }
      options[name] = value
    }
    if let seed = options["--seed"] { exit(run(seed..<seed + 1)) }
    let first = options["--from"] ?? 0
    exit(run(first..<first + (options["--seeds"] ?? 10_000)))
  }

  static func run(_ seeds: Range<UInt64>) -> Int32 {
    let start = ContinuousClock.now
    var met = Encounters()
    var seedsMet = [Int](repeating: 0, count: Encounters.Kind.allCases.count)
    var failed: [UInt64] = []
    var events = 0
    var simulated = Duration.zero
    var longest: (seed: UInt64, time: Duration) = (0, .zero)
    for (place, seed) in seeds.enumerated() {
      let report = Simulation.run(seed: seed)
      met.add(report.encounters)
      for kind in Encounters.Kind.allCases where report.encounters[kind] > 0 { seedsMet[kind.rawValue] += 1 }
      events += report.events
      simulated += report.simulatedTime
      if report.simulatedTime > longest.time { longest = (seed, report.simulatedTime) }
      for violation in report.violations { print("seed \(seed): \(violation)") }
      if !report.violations.isEmpty { failed.append(seed) }
      if (place + 1).isMultiple(of: 1000) { print("\(place + 1) seeds, \(failed.count) failed") }
    }
    print(table(met, seedsMet))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print(
      "\(seeds.count) seeds, \(events) events, \(Int(simulated / .seconds(3600))) simulated hours "
        + "(longest: \(Int(longest.time / .seconds(60))) minutes, seed \(longest.seed)) in \(tenths(seconds)) s")
    guard failed.isEmpty else {
      print("failed: \(failed.count); the first is --seed \(failed[0])")
      return 1
    }
    print("every promise was kept")
    return 0
  }

  static func table(_ met: Encounters, _ seedsMet: [Int]) -> String {
    var lines = [
      "what was met".padding(to: 22) + "times".padding(to: 12, left: true) + "seeds".padding(to: 8, left: true)
    ]
    for kind in Encounters.Kind.allCases {
      lines.append(
        "\(kind)".padding(to: 22) + String(met[kind]).padding(to: 12, left: true)
          + String(seedsMet[kind.rawValue]).padding(to: 8, left: true))
    }
    return lines.joined(separator: "\n")
  }

  static func tenths(_ value: Double) -> String { String((value * 10).rounded() / 10) }
}

extension String {
  fileprivate func padding(to width: Int, left: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - count))
    return left ? spaces + self : self + spaces
  }
}
