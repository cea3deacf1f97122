package import PersonaRecords

/// Decides when each call is sent, to which endpoint, and whether it is sent again.
///
/// Events come in (`submit`, `ended`, `granted`, `advance`), actions go out; there is no clock, lock or network in it,
/// so it can be simulated. Moments are durations since its owner's start.
///
/// - A call that the server answers and breaks is tried `attempts` times, and then fails its item.
/// - 429, an endpoint that is away, and a gateway with nobody behind it are not the call's fault: the endpoint is paused,
///   takes fewer calls at a time, and is waited for with patience.
/// - A refused key or an empty purse ends the endpoint. When no endpoint is left, the run stops, resumable.
package struct CallScheduler: Sendable {
  package typealias CallID = Int

  /// How one sending of a call came to its end.
  package enum Ending: Sendable, Equatable {
    case success(cost: CallBudget.Amount)
    /// The request itself is at fault; the endpoint is well.
    case rejected
    case throttled(pause: Duration?)
    case unreachable(pause: Duration?)
    case faulty(pause: Duration?)
    /// The endpoint will take nothing more from us: wrong key, empty purse, no such model.
    case refused
    /// Asked in a way that the server does not take; the same call goes out again in another.
    case reshaped
    case cancelled
  }

  package enum StopReason: Sendable, Equatable {
    case refused, unreachable, throttled, outOfOrder, budget
  }

  package enum Action: Sendable, Equatable {
    case send(CallID, endpoint: Int)
    /// The call used up its tries.
    case giveUp(CallID, endpoint: Int, tries: Int)
    /// The run stops; this call, and every other that waits, is not sent. `endpoint` is the last one that was left.
    case abandon(CallID, StopReason, endpoint: Int, tries: Int)
    /// The call waits; for whoever watches.
    case wait(CallID, Duration, endpoint: Int, tries: Int)
    /// Call `advance` at this moment.
    case wake(at: Duration)
    /// Write this ceiling down, then call `granted`.
    case grant(CallBudget.Amount)
  }

  package struct Endpoint: Sendable, Equatable {
    package var weight: Int
    package var concurrency: Int
    package var requestsPerMinute: Int?
    package var tokensPerMinute: Int?

    package init(weight: Int = 1, concurrency: Int = 16, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
      self.weight = max(1, weight)
      self.concurrency = max(1, concurrency)
      self.requestsPerMinute = requestsPerMinute
      self.tokensPerMinute = tokensPerMinute
    }
  }

  private struct Call {
    let worst: CallBudget.Amount
    var tries = 0
    /// -1 while it is not in flight.
    var endpoint = -1
    var sentAt: Duration = .zero
    /// Where it failed last; another endpoint is preferred.
    var avoided = -1
  }

  private struct Delayed {
    let due: Duration
    let id: CallID
  }

  package let limits: RetryLimits
  package private(set) var budget: CallBudget
  package private(set) var stop: (reason: StopReason, endpoint: Int)?
  private var lanes: [EndpointLane]
  private var random: SeededRandom
  private var calls: [CallID: Call] = [:]
  private var ready: [CallID] = []
  private var firstReady = 0
  /// Latest first, so the next one due is the last.
  private var delayed: [Delayed] = []
  private var isGranting = false
  private var nextWake: Duration?

  package init(endpoints: [Endpoint], limits: RetryLimits, budget: CallBudget = CallBudget(), random: SeededRandom) {
    precondition(!endpoints.isEmpty, "at least one endpoint")
    self.limits = limits
    self.budget = budget
    self.random = random
    lanes = endpoints.map {
      EndpointLane(
        .init(
          weight: $0.weight, concurrency: $0.concurrency, requestsPerMinute: $0.requestsPerMinute,
          tokensPerMinute: $0.tokensPerMinute))
    }
  }

  /// Calls that are neither sent nor ended.
  package var waitingCount: Int { ready.count - firstReady + delayed.count }
  package func inFlight(at endpoint: Int) -> Int { lanes[endpoint].inFlight }
  package func width(of endpoint: Int) -> Int { lanes[endpoint].width }

  // MARK: Events

  /// A new call.
  /// - Parameter worst: what it may cost at most, and the tokens it may take at most.
  package mutating func submit(_ id: CallID, worst: CallBudget.Amount, now: Duration) -> [Action] {
    if let stop { return [.abandon(id, stop.reason, endpoint: stop.endpoint, tries: 0)] }
    calls[id] = Call(worst: worst)
    ready.append(id)
    return advance(now: now)
  }

  /// A call that was sent came back.
  /// - Parameter mayHaveCost: the server may have done its work although no reply came of it; then the budget counts the
  ///   most that it could have cost.
  package mutating func ended(
    _ id: CallID, _ ending: Ending, told: ServerLimits? = nil, mayHaveCost: Bool = false, now: Duration
  ) -> [Action] {
    guard var call = calls[id], call.endpoint >= 0 else { return [] }
    let place = call.endpoint
    call.endpoint = -1
    if let told { lanes[place].told(told, now: now) }
    var actual = mayHaveCost ? call.worst : CallBudget.Amount()
    if case .success(let cost) = ending { actual = cost }
    budget.settle(reserved: call.worst, spent: actual)
    switch ending {
    case .success, .rejected:
      lanes[place].succeeded(
        sentAt: call.sentAt, expectedTokens: call.worst.tokens, actualTokens: actual.tokens)
      calls[id] = nil
      return advance(now: now)
    case .cancelled:
      lanes[place].released()
      calls[id] = nil
      return advance(now: now)
    case .reshaped:
      lanes[place].released()
      calls[id] = call
      putFirst(id)
      return advance(now: now)
    case .refused:
      lanes[place].released()
      lanes[place].leave()
      calls[id] = call
      putFirst(id)
      return (leftOver(.refused, place) + advance(now: now))
    case .throttled(let pause):
      return throttled(id, call, at: place, pause: pause, now: now)
    case .unreachable(let pause):
      return failed(id, call, at: place, pause: pause, isFault: false, now: now)
    case .faulty(let pause):
      return failed(id, call, at: place, pause: pause, isFault: true, now: now)
    }
  }

  /// A call that waits is not wanted any more.
  package mutating func withdrawn(_ id: CallID, now: Duration) -> [Action] {
    guard let call = calls[id], call.endpoint < 0 else { return [] }
    calls[id] = nil
    // Behind `firstReady` alone: its number may also stand among those that were taken before it was tried again.
    if let place = ready[firstReady...].firstIndex(of: id) { ready.remove(at: place) }
    delayed.removeAll { $0.id == id }
    return advance(now: now)
  }

  /// The ceiling is written down.
  package mutating func granted(_ ceiling: CallBudget.Amount, now: Duration) -> [Action] {
    isGranting = false
    budget.grant(ceiling)
    return advance(now: now)
  }

  /// Counts what was spent before, against the budget.
  package mutating func countAsSpent(_ amount: CallBudget.Amount) { budget.countAsSpent(amount) }

  /// Nothing further is sent, for a reason outside of the calls.
  package mutating func halt(_ reason: StopReason) -> [Action] {
    stop = stop ?? (reason, 0)
    return advance(now: .zero)
  }

  /// Time has passed, or something became free: sends what can be sent.
  package mutating func advance(now: Duration) -> [Action] {
    if let stop { return abandonAll(stop.reason, stop.endpoint) }
    while let next = delayed.last, next.due <= now {
      delayed.removeLast()
      putFirst(next.id)
    }
    var actions: [Action] = []
    var soonest = delayed.last?.due
    sending: while firstReady < ready.count {
      let id = ready[firstReady]
      guard var call = calls[id] else {
        popFirst()
        continue
      }
      switch budget.answer(for: call.worst) {
      case .yes: break
      case .notNow: break sending
      case .never: return actions + leftOver(.budget, max(0, call.avoided), endsAll: true)
      case .afterGrant(let ceiling):
        if !isGranting {
          isGranting = true
          actions.append(.grant(ceiling))
        }
        break sending
      }
      switch choose(for: call, now: now) {
      case .endpoint(let place):
        popFirst()
        call.endpoint = place
        call.sentAt = now
        calls[id] = call
        budget.reserve(call.worst)
        lanes[place].sent(tokens: call.worst.tokens, now: now)
        actions.append(.send(id, endpoint: place))
      case .at(let moment):
        soonest = min(soonest ?? moment, moment)
        break sending
      case .busy: break sending
      }
    }
    if let soonest, soonest > now, nextWake.map({ $0 <= now || soonest < $0 }) ?? true {
      nextWake = soonest
      actions.append(.wake(at: soonest))
    }
    return actions
  }

  // MARK: What becomes of a call

  private mutating func throttled(
    _ id: CallID, _ old: Call, at place: Int, pause: Duration?, now: Duration
  ) -> [Action] {
    var call = old
    call.tries += 1
    call.avoided = place
    calls[id] = call
    lanes[place].throttled(sentAt: call.sentAt, pause: pause, share: random.unit(), limits: limits, now: now)
    let isTooLong = pause.map { $0 > limits.longestRetryAfter } ?? false
    if isTooLong || isOverdue(place, call, now: now) {
      lanes[place].leave()
      let actions = leftOver(.throttled, place, first: id)
      return calls[id] == nil ? actions : actions + requeue(id, now: now)
    }
    // The endpoint's own pause holds the call; without one it waits by itself.
    return lanes[place].isPaused(now) ? requeue(id, now: now) : delay(id, call, pause: nil, now: now)
  }

  private mutating func failed(
    _ id: CallID, _ old: Call, at place: Int, pause: Duration?, isFault: Bool, now: Duration
  ) -> [Action] {
    var call = old
    call.tries += 1
    call.avoided = place
    calls[id] = call
    let share = random.unit()
    lanes[place].failed(sentAt: call.sentAt, pause: pause, share: share, limits: limits, now: now)
    if isFault {
      guard call.tries >= limits.attempts else { return delay(id, call, pause: pause, now: now) }
      lanes[place].exhaustedInARow += 1
      if lanes[place].exhaustedInARow >= Self.exhaustedLimit {
        lanes[place].leave()
        let actions = leftOver(.outOfOrder, place, first: id)
        if calls[id] == nil { return actions }
      }
      calls[id] = nil
      return [.giveUp(id, endpoint: place, tries: call.tries)] + advance(now: now)
    }
    let isTooLong = pause.map { $0 > limits.longestRetryAfter } ?? false
    if isTooLong || isOverdue(place, call, now: now) {
      lanes[place].leave()
      let actions = leftOver(.unreachable, place, first: id)
      return calls[id] == nil ? actions : actions + requeue(id, now: now)
    }
    return delay(id, call, pause: pause, now: now)
  }

  /// Calls in a row that used up their tries, after which the endpoint counts as out of order.
  package static let exhaustedLimit = 3

  /// An endpoint that never answered is most likely a wrong address: it gets the tries of one call. One that did gets
  /// patience.
  private func isOverdue(_ place: Int, _ call: Call, now: Duration) -> Bool {
    guard lanes[place].hasSucceeded else { return call.tries >= limits.attempts }
    return lanes[place].failingSince.map { now - $0 >= limits.patience } ?? false
  }

  private mutating func delay(_ id: CallID, _ call: Call, pause: Duration?, now: Duration) -> [Action] {
    let wait: Duration
    if let pause {
      wait = pause + limits.firstDelay * random.unit()
    } else {
      wait = limits.ceiling(afterFailures: call.tries) * random.unit()
    }
    let due = now + wait
    let position = delayed.firstIndex { ($0.due, $0.id) < (due, id) } ?? delayed.count
    delayed.insert(Delayed(due: due, id: id), at: position)
    return [.wait(id, wait, endpoint: call.avoided, tries: call.tries)] + advance(now: now)
  }

  /// Back to the head of the queue: the endpoint's own pause holds it.
  private mutating func requeue(_ id: CallID, now: Duration) -> [Action] {
    putFirst(id)
    let actions = advance(now: now)
    guard let call = calls[id], call.endpoint < 0, let wake = nextWake, wake > now else { return actions }
    return [.wait(id, wake - now, endpoint: call.avoided, tries: call.tries)] + actions
  }

  /// An endpoint is lost, or the budget is at its end: stops the run when nothing is left to go on with.
  private mutating func leftOver(
    _ reason: StopReason, _ place: Int, first: CallID? = nil, endsAll: Bool = false
  ) -> [Action] {
    // A run that stops already has its reason.
    guard stop == nil, endsAll || lanes.allSatisfy(\.isGone) else { return [] }
    stop = (reason, place)
    var actions: [Action] = []
    if let first, let call = calls.removeValue(forKey: first) {
      actions.append(.abandon(first, reason, endpoint: place, tries: call.tries))
    }
    return actions + abandonAll(reason, place)
  }

  private mutating func abandonAll(_ reason: StopReason, _ place: Int) -> [Action] {
    let waiting = calls.filter { $0.value.endpoint < 0 }.keys.sorted()
    ready = []
    firstReady = 0
    delayed = []
    return waiting.map { id in
      let tries = calls.removeValue(forKey: id)?.tries ?? 0
      return .abandon(id, reason, endpoint: place, tries: tries)
    }
  }

  // MARK: Choosing

  private enum Choice {
    case endpoint(Int)
    case at(Duration)
    case busy
  }

  /// The endpoint that is furthest below its share, among those that take a call now.
  private mutating func choose(for call: Call, now: Duration) -> Choice {
    var best: (place: Int, load: Double)?
    var soonest: Duration?
    for place in lanes.indices {
      switch lanes[place].readiness(tokens: call.worst.tokens, now: now) {
      case .now:
        // The one it failed at comes last: as if it carried a thousand calls more.
        let extra = place == call.avoided ? 1000 : 0
        let load = Double(lanes[place].inFlight + 1 + extra) / Double(lanes[place].settings.weight)
        if best.map({ load < $0.load }) ?? true { best = (place, load) }
      case .at(let moment): soonest = min(soonest ?? moment, moment)
      case .later, .never: break
      }
    }
    if let best { return .endpoint(best.place) }
    return soonest.map { .at($0) } ?? .busy
  }

  private mutating func putFirst(_ id: CallID) {
    if firstReady > 0 {
      firstReady -= 1
      ready[firstReady] = id
    } else {
      ready.insert(id, at: 0)
    }
  }

  private mutating func popFirst() {
    firstReady += 1
    // The queue is as long as the window; what was taken is cut off now and then.
    if firstReady == ready.count || firstReady >= 1024 {
      ready.removeFirst(firstReady)
      firstReady = 0
    }
  }
}
