import LanguageModels
import PersonaRecords

/// Makes the calls of a run's items: each of its tasks asks, settles, hands the reply to the store and goes on to the next.
struct Caller<Question: Sendable>: Sendable {
  struct Call: Sendable {
    let number: Int
    let question: Question
    /// What is asked now.
    var request: ModelRequest
    /// Nil where replies are not kept, or where nobody has looked for this one yet.
    var key: ReplyKey?
    /// Calls about the same item that were answered before.
    var exchanges: [Exchange] = []
    var replayed = 0

    init(number: Int, question: Question, request: ModelRequest) {
      self.number = number
      self.question = question
      self.request = request
    }

    mutating func add(_ reply: ModelReply, isReplayed: Bool) {
      exchanges.append(Exchange(request, .reply(reply), key: key))
      if isReplayed { replayed += 1 }
    }
  }

  let queue: CallQueue<Call>
  let desk: ReplyDesk
  let proceed: @Sendable (Question, [Exchange]) throws -> NextStep
  let isStopping: @Sendable () -> Bool

  /// Settles the calls whose replies are kept already, and those that feed on them.
  /// - Returns: those that are to be made.
  func lookUp(_ calls: [Call], _ settled: (Int, Settlement) -> Void) async throws -> [Call] {
    guard desk.keepsReplies else { return calls }
    var unknown: [Call] = []
    var asked = calls
    while !asked.isEmpty {
      let keys = asked.map { $0.request.key }
      var further: [Call] = []
      for (place, reply) in try await desk.known(keys).enumerated() {
        var call = asked[place]
        call.key = keys[place]
        guard let reply else {
          unknown.append(call)
          continue
        }
        call.add(reply, isReplayed: true)
        switch try next(call) {
        case .settled(let settlement): settled(call.number, settlement)
        case .asks(let request):
          call.request = request
          further.append(call)
        }
      }
      asked = further
    }
    return unknown.sorted { $0.number < $1.number }
  }

  /// Makes calls until none is in line, or the run is to stop.
  func makeCalls() async {
    while true {
      // Asked here too: the run's own task may sleep while a call takes a minute, and this one is to be the last.
      if isStopping() { return queue.close() }
      let (next, isLast) = queue.next()
      guard let call = next else {
        if isLast { desk.hurry() }
        return
      }
      await make(call)
      // A model that never waits would keep the thread from the task that reads and writes.
      if !desk.keepsReplies { await Task.yield() }
    }
  }

  private func make(_ call: Call) async {
    do {
      let said = try await desk.ask(call.request, key: call.key)
      // Settled before it is kept, so that the store's commit does not wait for it.
      let result = Result { try next(call, said.reply, isReplayed: said.isShared) }
      if case .success(.asks) = result { return await goOn(call, said) }
      let settled = result.flatMap(Self.settlement)
      guard !said.isKept, let key = call.key else { return queue.put(call.number, settled) }
      desk.keep(said.reply, for: key) { kept in
        queue.put(
          call.number,
          kept.flatMap { other in
            guard let other else { return settled }
            return Result { try next(call, other, isReplayed: false) }.flatMap(Self.settlement)
          })
      }
    } catch {
      put(call, error)
    }
  }

  /// The calls that feed on a first one; each reply is on the disk before the next call is made.
  private func goOn(_ first: Call, _ said: ReplyDesk.Said) async {
    var call = first
    do {
      call.add(try await desk.settled(said, for: first.key), isReplayed: said.isShared)
      while true {
        switch try next(call) {
        case .settled(let settlement): return queue.put(call.number, .success(settlement))
        case .asks(let request): call.request = request
        }
        if isStopping() { return queue.abandon() }
        call.key = desk.keepsReplies ? call.request.key : nil
        if let key = call.key, let reply = try await desk.known([key])[0] {
          call.add(reply, isReplayed: true)
        } else {
          let said = try await desk.ask(call.request, key: call.key)
          call.add(try await desk.settled(said, for: call.key), isReplayed: said.isShared)
        }
      }
    } catch {
      put(call, error)
    }
  }

  /// A call that failed: its item fails with it, or the whole run.
  private func put(_ call: Call, _ error: any Error) {
    guard let problem = error as? Problem, problem.consequence == .rejectRow || problem.consequence == .retry else {
      return queue.put(call.number, .failure(error))
    }
    var failed = call
    failed.exchanges.append(Exchange(call.request, .failed(problem), key: call.key))
    queue.put(call.number, Result { try next(failed) }.flatMap(Self.settlement))
  }

  private func next(_ call: Call, _ reply: ModelReply, isReplayed: Bool) throws -> NextStep {
    var answered = call
    answered.add(reply, isReplayed: isReplayed)
    return try next(answered)
  }

  /// How the item goes on after its last call; what it comes to is counted with all of its calls.
  private func next(_ call: Call) throws -> NextStep {
    let step = try proceed(call.question, call.exchanges)
    guard case .settled(var settlement) = step else { return step }
    for exchange in call.exchanges {
      guard case .reply(let reply) = exchange.answer else { continue }
      settlement.replies += 1
      settlement.usage = settlement.usage + reply.usage.tokens
    }
    settlement.replayed = call.replayed
    return .settled(settlement)
  }

  private static func settlement(_ step: NextStep) -> Result<Settlement, any Error> {
    switch step {
    case .settled(let settlement): .success(settlement)
    // Another process kept another reply to the same request meanwhile, and that one leads on.
    case .asks:
      .failure(
        Problem(
          "an item was answered differently by another process at the same time",
          advice: "run the same command again; it goes on", consequence: .stopResumable))
    }
  }
}
