import LanguageModels
import PersonaRecords

/// Why a call or a write ended an item or the run, as the real ones throw it.
enum Trouble: Error {
  /// This item alone fails, with the reason that its line states.
  case item(String)
  /// The run stops, and can go on later.
  case stop(CallScheduler.StopReason)
  case disk
  case cancelled
  /// Should never be seen.
  case damaged(String)

  /// - Returns: the trouble of an error that a simulated part threw.
  static func of(_ error: any Error) -> Trouble { error as? Trouble ?? .disk }
}

/// `ScheduledModel` in simulated time: tells the scheduler what happens and does what it says, in the same order.
final class SimulatedModel {
  typealias Reply = (Result<ModelReply, Trouble>) -> Void

  private struct Call {
    let prompt: Int
    /// Its endpoint while it is in flight.
    var place: Int?
    let reply: Reply
  }

  private unowned let world: World
  private let server: SimulatedServer
  private let life: Int
  private(set) var scheduler: CallScheduler
  private var calls: [Int: Call] = [:]
  private var lastID = 0
  private var flying: [Int]
  private var knowsFormat: [Bool]
  /// Failures of each endpoint since it last answered.
  private var failures: [Int]
  private var grantFailed = false

  init(_ world: World, server: SimulatedServer, life: Int, spentBefore: CallBudget.Amount) {
    self.world = world
    self.server = server
    self.life = life
    let budget = CallBudget(
      dollarLimit: world.isDollarLimited ? world.budget?.dollars : nil,
      tokenLimit: world.isTokenLimited ? world.budget?.tokens : nil)
    scheduler = CallScheduler(
      endpoints: world.weather.endpoints.map(\.settings), limits: world.weather.limits, budget: budget,
      random: SeededRandom(seed: UInt64(life), purpose: "calls"))
    flying = Array(repeating: 0, count: world.weather.endpoints.count)
    knowsFormat = Array(repeating: false, count: flying.count)
    failures = Array(repeating: 0, count: flying.count)
    start = world.timeline.now
    scheduler.countAsSpent(spentBefore)
  }

  private let start: Duration
  private var now: Duration { world.timeline.now - start }

  var spent: CallBudget.Amount { scheduler.budget.spent }

  func ask(_ prompt: Int, _ reply: @escaping Reply) {
    lastID += 1
    calls[lastID] = Call(prompt: prompt, reply: reply)
    perform(scheduler.submit(lastID, worst: world.workload.prompts[prompt].worst, now: now))
  }

  /// The tasks of all calls are cancelled.
  func cancelAll() {
    for id in calls.keys.sorted() {
      guard let call = calls.removeValue(forKey: id) else { continue }
      if let place = call.place {
        world.allowAnother(call.prompt)
        flying[place] -= 1
        perform(scheduler.ended(id, .cancelled, mayHaveCost: true, now: now))
      } else {
        perform(scheduler.withdrawn(id, now: now))
      }
      resume(call, .failure(.cancelled))
    }
  }

  /// A task goes on, a little later.
  private func resume(_ call: Call, _ result: Result<ModelReply, Trouble>) {
    world.hop { call.reply(result) }
  }

  // MARK: One try

  private static let breakerLimit = 5

  private func send(_ id: Int, to place: Int) {
    guard let prompt = calls[id]?.prompt else { return }
    calls[id]?.place = place
    flying[place] += 1
    let limit = world.weather.endpoints[place].settings.concurrency
    world.check(flying[place] <= limit, "\(flying[place]) calls are in flight at endpoint \(place) of \(limit)")
    world.check(
      failures[place] < Self.breakerLimit || flying[place] == 1,
      "\(flying[place]) calls at a time ask whether endpoint \(place) is back")
    let answer = server.answer(prompt, at: place, isStrict: !knowsFormat[place], life: life)
    world.timeline.after(answer.latency) { [weak self] in self?.came(id, place, answer) }
  }

  private func came(_ id: Int, _ place: Int, _ answer: SimulatedServer.Answer) {
    // Cancelled calls are not waited for.
    guard let call = calls[id], call.place != nil else { return }
    calls[id]?.place = nil
    flying[place] -= 1
    switch answer.outcome {
    case .reply(let reply):
      calls[id] = nil
      failures[place] = 0
      let cost = world.workload.prompts[call.prompt].cost
      perform(scheduler.ended(id, .success(cost: cost), told: answer.told, now: now))
      resume(call, .success(reply))
    case .ending(let ending):
      world.allowAnother(call.prompt)
      if ending == .reshaped { knowsFormat[place] = true }
      switch ending {
      case .unreachable, .faulty: failures[place] += 1
      case .rejected:
        calls[id] = nil
        failures[place] = 0
      default: break
      }
      perform(scheduler.ended(id, ending, told: answer.told, mayHaveCost: answer.mayHaveCost, now: now))
      if ending == .rejected { resume(call, .failure(.item("rejected"))) }
    }
  }

  // MARK: What the scheduler says

  private func perform(_ actions: [CallScheduler.Action]) {
    for action in actions {
      switch action {
      case .send(let id, let place): send(id, to: place)
      case .giveUp(let id, _, _):
        guard let call = calls.removeValue(forKey: id) else { continue }
        world.gaveUp(call.prompt)
        resume(call, .failure(.item("exhausted")))
      case .abandon(let id, let reason, _, _):
        guard let call = calls.removeValue(forKey: id) else { continue }
        resume(call, .failure(grantFailed ? .disk : .stop(reason)))
      case .wait: break
      case .wake(let moment):
        world.timeline.after(moment - now) { [weak self] in
          guard let self else { return }
          perform(scheduler.advance(now: max(moment, now)))
        }
      case .grant(let ceiling): grant(ceiling)
      }
    }
  }

  /// First the ledger, then the calls.
  private func grant(_ ceiling: CallBudget.Amount) {
    world.hop { [weak self] in
      guard let self else { return }
      do {
        try world.disk.change { $0.granted = ceiling }
        world.encounters[.grants] += 1
        world.hop { [weak self] in
          guard let self else { return }
          perform(scheduler.granted(ceiling, now: now))
        }
      } catch {
        world.hop { [weak self] in
          guard let self else { return }
          grantFailed = true
          perform(scheduler.halt(.budget))
        }
      }
    }
  }
}
