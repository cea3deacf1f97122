import LanguageModels
import PersonaRecords

/// Makes the calls of a run's items: each of its tasks asks, settles, hands the reply to the store and goes on to the next.
struct Caller<Question: Sendable>: Sendable {
  struct Call: Sendable {
    let number: Int
    let question: Question
    let request: ModelRequest
    /// Nil where replies are not kept.
    var key: ReplyKey?
  }

  let queue: CallQueue<Call>
  let desk: ReplyDesk
  let settle: @Sendable (Question, ModelRequest, Answer) throws -> Settlement
  let isStopping: @Sendable () -> Bool

  /// Settles the calls whose replies are kept already.
  /// - Returns: those that are to be made.
  func lookUp(_ calls: [Call], _ settled: (Int, Settlement) -> Void) async throws -> [Call] {
    guard desk.keepsReplies, !calls.isEmpty else { return calls }
    let keys = calls.map { $0.request.key }
    var unknown: [Call] = []
    for (place, reply) in try await desk.known(keys).enumerated() {
      var call = calls[place]
      call.key = keys[place]
      if let reply {
        settled(call.number, try settlement(of: call, reply, isReplayed: true))
      } else {
        unknown.append(call)
      }
    }
    return unknown
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
      let result = Result { try settlement(of: call, said.reply, isReplayed: said.isShared) }
      guard !said.isKept, let key = call.key else { return queue.put(call.number, result) }
      desk.keep(said.reply, for: key) { kept in
        queue.put(
          call.number,
          kept.flatMap { other in
            guard let other else { return result }
            return Result { try settlement(of: call, other, isReplayed: false) }
          })
      }
    } catch let problem as Problem where problem.consequence == .rejectRow || problem.consequence == .retry {
      queue.put(call.number, Result { try settle(call.question, call.request, .failed(problem)) })
    } catch {
      queue.put(call.number, .failure(error))
    }
  }

  private func settlement(of call: Call, _ reply: ModelReply, isReplayed: Bool) throws -> Settlement {
    var settlement = try settle(call.question, call.request, .reply(reply))
    settlement.isReplied = true
    settlement.isReplayed = isReplayed
    settlement.usage = TokenUsage(
      promptTokens: reply.usage.promptTokens, completionTokens: reply.usage.completionTokens)
    return settlement
  }
}
