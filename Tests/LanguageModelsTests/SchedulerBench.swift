import LanguageModels
import PersonaRecords

/// A scheduler at work, with a clock that stands still until a test moves it.
struct SchedulerBench {
  var scheduler: CallScheduler
  var now: Duration = .zero
  /// Calls in flight with their endpoints, in the order of their sending.
  private(set) var flying: [(id: Int, endpoint: Int)] = []
  /// Everything that was sent, with its moment.
  private(set) var sent: [(id: Int, endpoint: Int, moment: Duration)] = []
  private(set) var abandoned: [Int: CallScheduler.StopReason] = [:]
  private(set) var givenUp: [Int: Int] = [:]
  private(set) var waits: [Duration] = []
  private(set) var wakes: [Duration] = []
  private(set) var grants: [CallBudget.Amount] = []

  init(
    _ endpoints: [CallScheduler.Endpoint] = [.init()], limits: RetryLimits = RetryLimits(),
    budget: CallBudget = CallBudget(), seed: UInt64 = 1
  ) {
    scheduler = CallScheduler(
      endpoints: endpoints, limits: limits, budget: budget, random: SeededRandom(seed: seed))
  }

  mutating func submit(_ ids: Range<Int>, worst: CallBudget.Amount = .init(tokens: 100)) {
    for id in ids { take(scheduler.submit(id, worst: worst, now: now)) }
  }

  mutating func end(
    _ id: Int, _ ending: CallScheduler.Ending, told: ServerLimits? = nil, mayHaveCost: Bool = false
  ) {
    flying.removeAll { $0.id == id }
    take(scheduler.ended(id, ending, told: told, mayHaveCost: mayHaveCost, now: now))
  }

  /// Ends all that are in flight now, in their order; what goes out meanwhile stays.
  mutating func endAll(_ ending: CallScheduler.Ending) {
    for call in flying { end(call.id, ending) }
  }

  mutating func advance(by time: Duration = .zero) {
    now += time
    take(scheduler.advance(now: now))
  }

  mutating func withdraw(_ id: Int) { take(scheduler.withdrawn(id, now: now)) }
  mutating func halt(_ reason: CallScheduler.StopReason) { take(scheduler.halt(reason)) }
  mutating func grant(_ ceiling: CallBudget.Amount) { take(scheduler.granted(ceiling, now: now)) }

  /// Moves the clock to the next moment the scheduler asked for, if it lies ahead.
  @discardableResult
  mutating func sleep() -> Bool {
    guard let next = wakes.filter({ $0 > now }).min() else { return false }
    advance(by: next - now)
    return true
  }

  private mutating func take(_ actions: [CallScheduler.Action]) {
    for action in actions {
      switch action {
      case .send(let id, let endpoint):
        flying.append((id, endpoint))
        sent.append((id, endpoint, now))
      case .giveUp(let id, _, let tries): givenUp[id] = tries
      case .abandon(let id, let reason, _, _): abandoned[id] = reason
      case .wait(_, let time, _, _): waits.append(time)
      case .wake(let moment): wakes.append(moment)
      case .grant(let ceiling): grants.append(ceiling)
      }
    }
  }
}

extension CallScheduler.Ending {
  static let fine = CallScheduler.Ending.success(cost: .init(tokens: 50))
}
