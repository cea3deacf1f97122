import LanguageModels
import PersonaRecords

/// One run of the engine from its begin to its end, with all that a seed throws at it: the real scheduler, budget, group
/// commit and run core, and a simulated clock, disk, server and user.
///
/// The same seed gives the same events, one by one. What is promised is checked as it happens and at the end:
/// - every item ends once, and the files are those of an undisturbed run, but for items whose calls were given up;
/// - a prompt whose reply is on the disk is not asked again; a kill costs the calls in flight and one group commit at
///   most;
/// - the server never charges more than the budget, and no minute sees more than the limits;
/// - calls and results held at a time stay within their limits, and the run comes to its end.
package struct Simulation {
  package struct Report: Sendable {
    package let seed: UInt64
    /// Broken promises, in words; empty when all was well.
    package let violations: [String]
    package let encounters: Encounters
    package let simulatedTime: Duration
    package let events: Int
  }

  private static let mostEvents = 3_000_000
  private static let mostLives = 300
  private static let longest = Duration.seconds(14 * 24 * 3600)

  private let world: World
  private let server: SimulatedServer
  private var kills: [Int]
  private var interrupts: [Int]
  private var mayStartOver = true

  package static func run(seed: UInt64) -> Report {
    var simulation = Simulation(seed: seed)
    simulation.runToTheEnd()
    let world = simulation.world
    return Report(
      seed: seed, violations: world.violations, encounters: world.encounters, simulatedTime: world.timeline.now,
      events: world.timeline.count)
  }

  private init(seed: UInt64) {
    world = World(seed: seed)
    server = SimulatedServer(world, seed: seed)
    kills = world.weather.kills
    interrupts = world.weather.interrupts
    world.encounters[.items] = world.workload.items.count
  }

  private mutating func runToTheEnd() {
    var life = 0
    while world.violations.isEmpty {
      life += 1
      world.check(life <= Self.mostLives, "the run comes to no end, however often it is begun")
      world.encounters[.lives] += 1
      let end = live(life)
      world.timeline.clear()
      if let end, hasEnded(end) { break }
      world.check(world.timeline.now < Self.longest, "the run takes too long")
    }
    server.checkLimits()
  }

  /// One process.
  /// - Returns: how it ended; nil when it was killed.
  private mutating func live(_ life: Int) -> SimulatedRun.End? {
    var end: SimulatedRun.End?
    let run: SimulatedRun
    do {
      run = try SimulatedRun(world, server: server, life: life) { end = $0 }
    } catch {
      return .trouble(.of(error))
    }
    let killed = kills.popLast().map { world.timeline.count + $0 } ?? .max
    let interrupted = interrupts.popLast().map { world.timeline.count + $0 } ?? .max
    let cancelled = interrupted == .max ? .max : interrupted + world.random.below(400)
    run.begin()
    while end == nil, world.violations.isEmpty {
      if world.timeline.count >= killed {
        kill()
        return nil
      }
      if world.timeline.count == interrupted {
        world.encounters[.interrupts] += 1
        run.interrupt()
      }
      if world.timeline.count == cancelled {
        world.encounters[.cancellations] += 1
        run.cancel()
      }
      guard world.timeline.step() else {
        world.check(false, "nothing more will happen, and the run has not ended")
        break
      }
      world.check(world.timeline.count < Self.mostEvents, "the run goes round in circles")
    }
    return end
  }

  private func kill() {
    world.encounters[.kills] += 1
    world.lost()
    if world.random.below(3) == 0 {
      world.encounters[.powerCuts] += 1
      world.disk.cutPower(&world.random)
    }
    world.timeline.pass(.milliseconds(world.random.below(30_000)))
  }

  /// What the user does next.
  /// - Returns: whether it is all over.
  private mutating func hasEnded(_ end: SimulatedRun.End) -> Bool {
    world.checkQuiet()
    var pause = Duration.milliseconds(world.random.below(5000))
    switch end {
    case .complete:
      if world.weather.recordLimit != nil { world.encounters[.recordLimits] += 1 }
      let fault = world.workload.fault(
        in: world.disk.files.map(\.bytes), mayFail: world.mayFail, recordLimit: world.weather.recordLimit)
      world.check(fault == nil, fault ?? "")
      // Now and then the same command again, for the items that failed.
      guard mayStartOver, world.random.below(2) == 0 else { return true }
      mayStartOver = false
    case .interrupted: break
    case .trouble(.stop(.budget)):
      world.encounters[.stopsByBudget] += 1
      world.raiseBudget()
    case .trouble(.stop(.refused)):
      world.encounters[.stopsByKey] += 1
      server.repairKeys()
    case .trouble(.stop):
      world.encounters[.stopsByServer] += 1
      pause = .seconds(30 + world.random.below(300))
    case .trouble(.disk): world.encounters[.stopsByDisk] += 1
    case .trouble(.cancelled): break
    case .trouble(.damaged(let what)), .trouble(.item(let what)): world.check(false, what)
    }
    world.timeline.pass(pause)
    return false
  }
}
