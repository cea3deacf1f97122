package import PersonaRecords
import Synchronization

/// A model behind one or more OpenAI-compatible servers: every call passes the scheduler, goes out, and comes back as a
/// reply or as a `Problem` in words.
///
/// `CallScheduler` decides; this keeps it in a mutex, does what it says after unlocking, and owns the clock, the
/// connections and the tasks that wait.
package final class ScheduledModel: LanguageModel {
  private enum Decision {
    case send(endpoint: Int)
    case giveUp(endpoint: Int, tries: Int)
    case abandon(CallScheduler.StopReason, endpoint: Int, tries: Int)
  }

  private struct State {
    var scheduler: CallScheduler
    var waiters: [Int: CheckedContinuation<Decision, Never>] = [:]
    /// Decisions that came before their call began to wait.
    var early: [Int: Decision] = [:]
    var traffic = Traffic()
    /// What went wrong last, by endpoint, for the words of a stop.
    var lastFailure: [Int: AttemptOutcome.Passing] = [:]
    var refusal: [Int: Problem] = [:]
    var grantFailure: (any Error)?
  }

  private struct Wait {
    let time: Duration
    let endpoint: Int
    let tries: Int
  }

  /// What is done once the mutex is free.
  private struct Deeds {
    var own: Decision?
    var resumed: [(CheckedContinuation<Decision, Never>, Decision)] = []
    var wake: Duration?
    var grant: CallBudget.Amount?
    var waits: [Wait] = []
  }

  package let name: String
  private let connections: [ChatConnection]
  private let limits: RetryLimits
  private let hooks: Hooks
  private let meters: CallMeters
  private let sinceStart: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private let lastID = Atomic(0)
  private let state: Mutex<State>

  private init(
    name: String, connections: [ChatConnection], limits: RetryLimits, budget: CallBudget, hooks: Hooks, seed: UInt64,
    clock: any Clock<Duration>
  ) {
    self.name = name
    self.connections = connections
    self.limits = limits
    self.hooks = hooks
    meters = CallMeters(model: name)
    sinceStart = Self.elapsed(on: clock)
    sleep = { try await clock.sleep(for: $0) }
    state = Mutex(
      State(
        scheduler: CallScheduler(
          endpoints: connections.map { connection in
            let endpoint = connection.endpoint
            return CallScheduler.Endpoint(
              weight: endpoint.weight, concurrency: endpoint.concurrency,
              requestsPerMinute: endpoint.requestsPerMinute, tokensPerMinute: endpoint.tokensPerMinute)
          },
          limits: limits, budget: budget, random: SeededRandom(seed: seed, purpose: "calls"))))
  }

  private static func elapsed<Time: Clock>(on clock: Time) -> @Sendable () -> Duration
  where Time.Duration == Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }

  /// Opens a model for the time of `body`; its connections are closed on the way out.
  /// - Parameters:
  ///   - name: the model's name as requests carry it.
  ///   - endpoints: at least one.
  ///   - clock: what waiting between tries is measured with. (Time-outs of the network are the network library's.)
  ///   - seed: of the jitter between tries; it has no influence on replies.
  /// - Throws: what `body` throws.
  package static func withModel<Value>(
    _ name: String, at endpoints: [ChatEndpoint], limits: RetryLimits = RetryLimits(),
    budget: CallBudget = CallBudget(), hooks: Hooks = Hooks(), clock: any Clock<Duration> = ContinuousClock(),
    seed: UInt64 = 0, isolation: isolated (any Actor)? = #isolation, body: (ScheduledModel) async throws -> Value
  ) async throws -> Value {
    let connections = try endpoints.map { try ChatConnection($0) }
    let model = ScheduledModel(
      name: name, connections: connections, limits: limits, budget: budget, hooks: hooks, seed: seed, clock: clock)
    do {
      let value = try await body(model)
      for connection in connections { await connection.close() }
      return value
    } catch {
      for connection in connections { await connection.close() }
      throw error
    }
  }

  package var callExecutors: [any TaskExecutor] { LoopExecutor.all }
  package var endpointDescription: String { connections.map(\.endpoint.displayURL).joined(separator: ", ") }
  package var traffic: Traffic { state.withLock { $0.traffic } }
  /// What calls have cost so far, those before this process included where the budget was told of them.
  package var spent: CallBudget.Amount { state.withLock { $0.scheduler.budget.spent } }

  /// The budget as it stands, what is in flight included.
  package var budget: CallBudget { state.withLock { $0.scheduler.budget } }
  /// What to say when the budget does not hold the next call.
  package var budgetProblem: Problem { budgetProblem(budget) }

  /// Counts what was spent before this process, against the budget.
  package func countAsSpent(_ amount: CallBudget.Amount) {
    state.withLock { $0.scheduler.countAsSpent(amount) }
  }

  package func reply(to request: ModelRequest) async throws -> ModelReply {
    let worst = worstCase(of: request)
    let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
    let first = change(own: id) { $0.scheduler.submit(id, worst: worst, now: sinceStart()) }
    var decision = try await decision(first, for: id)
    var isRetry = false
    while true {
      switch decision {
      case .giveUp(let endpoint, let tries):
        throw ResponseJudge(endpoint: connections[endpoint].endpoint).exhausted(lastFailure(at: endpoint), tries: tries)
      case .abandon(let reason, let endpoint, let tries): throw stopped(reason, endpoint, tries: tries)
      case .send(let endpoint):
        switch try await attempt(request, id, endpoint, isRetry: isRetry) {
        case .reply(let reply): return reply
        case .problem(let problem): throw problem
        case .again(let own): decision = try await self.decision(own, for: id)
        }
        isRetry = true
      }
    }
  }

  // MARK: One try

  private enum Step {
    case reply(ModelReply)
    case problem(Problem)
    case again(Decision?)
  }

  private func attempt(_ request: ModelRequest, _ id: Int, _ place: Int, isRetry: Bool) async throws -> Step {
    state.withLock { state in
      state.traffic.sent += 1
      if isRetry { state.traffic.retries += 1 }
    }
    let connection = connections[place]
    await hooks.audit?.sending(request, to: connection.endpoint, isRetry: isRetry)
    let span = meters.begin(request, at: connection.endpoint)
    let attempt: Attempt
    do {
      attempt = try await connection.send(request)
    } catch {
      span.end("cancelled")
      _ = ended(id, .cancelled, mayHaveCost: true)
      throw error
    }
    switch attempt.outcome {
    case .reply(let reply):
      span.end("reply", usage: reply.usage)
      let usage = reply.usage
      let cost = CallBudget.Amount(
        dollars: hooks.price(
          connection.endpoint.modelName ?? request.model, usage.promptTokens, usage.completionTokens),
        tokens: usage.promptTokens + usage.completionTokens)
      _ = ended(id, .success(cost: cost), told: attempt.told)
      return .reply(reply)
    case .rejectsFormat:
      span.end("format")
      return .again(ended(id, .reshaped, told: attempt.told))
    case .final(let problem) where problem.consequence == .rejectRow:
      span.end("rejected")
      _ = ended(id, .rejected, told: attempt.told, mayHaveCost: attempt.mayHaveCost)
      return .problem(problem)
    case .final(let problem):
      span.end("refused")
      return .again(
        ended(id, .refused, told: attempt.told, mayHaveCost: attempt.mayHaveCost) { $0.refusal[place] = problem })
    case .passing(let failure):
      span.end("\(failure.kind)")
      let ending: CallScheduler.Ending =
        switch failure.kind {
        case .throttled: .throttled(pause: failure.retryAfter)
        case .unreachable: .unreachable(pause: failure.retryAfter)
        case .faulty: .faulty(pause: failure.retryAfter)
        }
      return .again(
        ended(id, ending, told: attempt.told, mayHaveCost: attempt.mayHaveCost) { $0.lastFailure[place] = failure })
    }
  }

  private func ended(
    _ id: Int, _ ending: CallScheduler.Ending, told: ServerLimits? = nil, mayHaveCost: Bool = false,
    _ note: (inout State) -> Void = { _ in }
  ) -> Decision? {
    change(own: id) { state in
      note(&state)
      return state.scheduler.ended(id, ending, told: told, mayHaveCost: mayHaveCost, now: sinceStart())
    }
  }

  /// What a call may cost at most: a token is at least a byte, and the reply is as long as it is allowed to be.
  package func worstCase(of request: ModelRequest) -> CallBudget.Amount {
    let texts = request.embeddings?.texts ?? request.messages.map(\.content)
    let prompt = texts.reduce(64) { $0 + $1.utf8.count + 8 } + (request.format == nil ? 0 : 512)
    let byOtherName = request.sampling.extra.last { $0.key == "max_completion_tokens" }?.value.intValue
    // Vectors are not counted as tokens.
    let completion =
      request.embeddings == nil ? byOtherName ?? request.sampling.maxTokens ?? Sampling.usualMaxTokens : 0
    let dollars = connections.map { hooks.price($0.endpoint.modelName ?? request.model, prompt, completion) }.max() ?? 0
    return CallBudget.Amount(dollars: dollars, tokens: prompt + completion)
  }

  // MARK: Words

  private func lastFailure(at place: Int) -> AttemptOutcome.Passing {
    state.withLock { $0.lastFailure[place] } ?? .init(kind: .faulty, what: "broke the call")
  }

  private func stopped(_ reason: CallScheduler.StopReason, _ place: Int, tries: Int) -> any Error {
    state.withLock { state in
      if let failure = state.grantFailure { return failure }
      switch reason {
      case .budget: return budgetProblem(state.scheduler.budget)
      case .refused:
        return state.refusal[place]
          ?? Problem("no endpoint is left to go on with", advice: "check the key", consequence: .stopResumable)
      case .unreachable, .throttled, .outOfOrder:
        let failure = state.lastFailure[place] ?? .init(kind: .unreachable, what: "did not answer")
        return ResponseJudge(endpoint: connections[place].endpoint).lost(failure, tries: tries)
      }
    }
  }

  private func budgetProblem(_ budget: CallBudget) -> Problem {
    var limits: [String] = []
    if let dollars = budget.dollarLimit {
      limits.append("\(Self.dollars(budget.spent.dollars)) of \(Self.dollars(dollars)) are spent")
    }
    if let tokens = budget.tokenLimit { limits.append("\(budget.spent.tokens) of \(tokens) tokens are used") }
    return Problem(
      "the next call might not fit into the budget: \(limits.joined(separator: ", "))",
      advice: "nothing is lost; the same command with a larger --budget or --max-tokens-total goes on",
      consequence: .stopResumable)
  }

  private static func dollars(_ amount: Double) -> String {
    let cents = (amount * 10_000).rounded() / 10_000
    return "$\(cents)"
  }

  // MARK: Waiting

  private func decision(_ made: Decision?, for id: Int) async throws -> Decision {
    if let made { return made }
    let decision = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let early: Decision? = state.withLock { state in
          if let early = state.early.removeValue(forKey: id) { return early }
          state.waiters[id] = continuation
          return nil
        }
        if let early { continuation.resume(returning: early) }
      }
    } onCancel: {
      withdraw(id)
    }
    if Task.isCancelled {
      // It may have been sent on its way at the same moment; then its place is given back.
      if case .send = decision { _ = ended(id, .cancelled) }
      throw CancellationError()
    }
    return decision
  }

  private func withdraw(_ id: Int) {
    // What the decision says is not looked at: the task is cancelled.
    let nothing = Decision.giveUp(endpoint: 0, tries: 0)
    let waiter = state.withLock { state in
      guard let waiter = state.waiters.removeValue(forKey: id) else {
        state.early[id] = nothing
        return CheckedContinuation<Decision, Never>?.none
      }
      return waiter
    }
    _ = change { $0.scheduler.withdrawn(id, now: sinceStart()) }
    waiter?.resume(returning: nothing)
  }

  /// Tells the scheduler of an event and does what it says.
  /// - Returns: what it decided for the call `own`, if it did.
  private func change(own: Int? = nil, _ event: (inout State) -> [CallScheduler.Action]) -> Decision? {
    let deeds = state.withLock { state in
      let actions = event(&state)
      return Self.deeds(actions, own: own, in: &state)
    }
    perform(deeds)
    return deeds.own
  }

  private static func deeds(_ actions: [CallScheduler.Action], own: Int?, in state: inout State) -> Deeds {
    var deeds = Deeds()
    func decide(_ id: Int, _ decision: Decision) {
      if id == own {
        deeds.own = decision
      } else if let waiter = state.waiters.removeValue(forKey: id) {
        deeds.resumed.append((waiter, decision))
      } else {
        state.early[id] = decision
      }
    }
    for action in actions {
      switch action {
      case .send(let id, let endpoint): decide(id, .send(endpoint: endpoint))
      case .giveUp(let id, let endpoint, let tries): decide(id, .giveUp(endpoint: endpoint, tries: tries))
      case .abandon(let id, let reason, let endpoint, let tries):
        decide(id, .abandon(reason, endpoint: endpoint, tries: tries))
      case .wait(_, let time, let endpoint, let tries):
        deeds.waits.append(Wait(time: time, endpoint: endpoint, tries: tries))
      case .wake(let moment): deeds.wake = moment
      case .grant(let ceiling): deeds.grant = ceiling
      }
    }
    return deeds
  }

  private func perform(_ deeds: Deeds) {
    for (waiter, decision) in deeds.resumed { waiter.resume(returning: decision) }
    for wait in deeds.waits { tell(wait) }
    if let ceiling = deeds.grant {
      // Awaited by the calls that wait for the grant.
      Task { await grant(ceiling) }
    }
    if let moment = deeds.wake {
      // Awaited by the calls that wait for this moment.
      Task {
        try? await sleep(moment - sinceStart())
        // A timer that goes off a little early must not be the last one.
        _ = change { $0.scheduler.advance(now: max(moment, sinceStart())) }
      }
    }
  }

  private func grant(_ ceiling: CallBudget.Amount) async {
    do {
      try await hooks.onGrant(ceiling)
      _ = change { $0.scheduler.granted(ceiling, now: sinceStart()) }
    } catch {
      _ = change { state in
        state.grantFailure = error
        return state.scheduler.halt(.budget)
      }
    }
  }

  private func tell(_ wait: Wait) {
    hooks.onWait(
      "\(connections[wait.endpoint].endpoint.host) \(lastFailure(at: wait.endpoint).what); "
        + "next try in \(wait.time.roundedToTenths) s (\(wait.tries + 1) of \(limits.attempts))")
  }
}
