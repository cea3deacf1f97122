package import LanguageModels
import PersonaRecords
import ShardFiles
import Synchronization

/// The next thing in a run's input.
package enum RunItem<Question: Sendable>: Sendable {
  /// - identity: a fingerprint of the input's own row, the same whenever it is read again.
  case question(Question, identity: UInt64)
  /// Needs no call, for example a record that could not be read.
  case settled(Settlement, identity: UInt64)

  var identity: UInt64 {
    switch self {
    case .question(_, let identity), .settled(_, let identity): identity
    }
  }
}

extension Run {
  /// Asks about the items of an input, many at a time, and writes what they come to in the order of the input.
  ///
  /// Items that were written before are read and passed over. May be called again with further input; the items count on.
  ///
  /// - Parameters:
  ///   - width: calls in flight.
  ///   - recordLimit: stops when so many records are written.
  ///   - isStopping: asked before each item and each call; true lets what is in flight finish, and nothing more begins.
  ///   - next: reads an item; nil at the end. Never called twice at a time.
  ///   - request: what is asked about an item.
  ///   - proceed: what an item comes to after its calls, or what is asked about it next; called on the tasks of the
  ///     calls, more than once for the same calls, so it should depend on nothing else.
  ///   - spent: what the model's calls have cost; nil where that is not counted.
  ///   - onProgress: told after each round.
  /// - Returns: whether it was stopped before the end.
  /// - Throws: what `next` throws, and the first `Problem` that ends a run, after what was in flight is written down.
  package func process<Question: Sendable>(
    width: Int, desk: ReplyDesk, recordLimit: Int? = nil, isStopping: @escaping @Sendable () -> Bool,
    next: () throws -> RunItem<Question>?,
    request: @escaping @Sendable (Question) throws -> ModelRequest,
    proceed: @escaping @Sendable (Question, [Exchange]) throws -> NextStep,
    spent: () -> CallBudget.Amount? = { nil }, onProgress: (RunProgress) -> Void
  ) async throws -> Bool {
    let line = CallLine<Caller<Question>.Call>(width: width)
    let queue = CallQueue(line)
    let caller = Caller(queue: queue, desk: desk, proceed: proceed, isStopping: isStopping)
    var core = RunCore(
      limits: .init(width: line.outstanding, held: max(1024, line.outstanding)), progress: progress)
    core.recordLimit = recordLimit
    let start = ContinuousClock.now
    var failure: (any Error)?
    var isEnded = false
    var isStopped = false
    let executors = desk.model.callExecutors
    var started = 0

    do {
      isStopped = try passOver(isStopping: isStopping, next: next)
    } catch {
      failure = error
    }
    await withDiscardingTaskGroup { group in
      while true {
        do {
          if !isEnded || queue.hasUnmade, !core.isFull, isStopping() || Task.isCancelled { isStopped = true }
          if failure == nil, !isEnded, !isStopped {
            let read = try take(in: &core, atMost: min(queue.room, Self.lookedUpTogether), next, request)
            isEnded = read.isEnded
            let unknown = try await caller.lookUp(read.calls) { core.settled($0, $1) }
            for _ in 0..<queue.append(unknown) {
              started += 1
              group.addTask(executorPreference: executors.isEmpty ? nil : executors[started % executors.count]) {
                await caller.makeCalls()
              }
            }
          }
        } catch {
          failure = failure ?? error
        }
        do {
          try await advance(&core, since: start, spent: spent)
          onProgress(core.progress)
        } catch {
          failure = failure ?? error
        }
        if failure != nil || isStopped || core.isFull { queue.close() }
        let mayRead = failure == nil && !isEnded && !isStopped && core.freeSlots > 0
        if mayRead, queue.expected == 0 || (queue.room > 0 && !queue.hasResults) { continue }
        guard queue.expected > 0 else {
          // A caller may have heard of the stop first.
          if queue.hasUnmade, !core.isFull { isStopped = true }
          break
        }
        for (number, result) in await queue.take(orRoom: mayRead) {
          switch result {
          case .success(let settlement): core.settled(number, settlement)
          // It stays among those in flight: nothing behind it is written in this process.
          case .failure(let error): failure = failure ?? error
          }
        }
      }
    }
    do {
      try await advance(&core, since: start, spent: spent)
      try await commit(&core, spent: spent)
    } catch {
      failure = failure ?? error
    }
    if let failure { throw failure }
    return isStopped
  }

  /// Items that one look into the store serves.
  private static var lookedUpTogether: Int { 64 }

  /// Takes in the next items, as many as there is room for.
  private func take<Question: Sendable>(
    in core: inout RunCore, atMost limit: Int, _ next: () throws -> RunItem<Question>?,
    _ request: (Question) throws -> ModelRequest
  ) throws -> (calls: [Caller<Question>.Call], isEnded: Bool) {
    var calls: [Caller<Question>.Call] = []
    for _ in 0..<max(0, min(limit, core.freeSlots)) {
      guard let item = try next() else { return (calls, true) }
      let number = core.admit(identity: item.identity)
      switch item {
      case .settled(let settlement, _): core.settled(number, settlement)
      case .question(let question, _):
        calls.append(.init(number: number, question: question, request: try request(question)))
      }
    }
    return (calls, false)
  }

  /// Reads over the items that are written already, and compares them with what they were.
  /// - Returns: whether it was stopped.
  private func passOver<Question>(
    isStopping: () -> Bool, next: () throws -> RunItem<Question>?
  ) throws -> Bool {
    while taken < progressAtOpen.emitted, let item = try next() {
      taken += 1
      takenDigest = RunProgress.digest(takenDigest, adding: item.identity)
      if taken == progressAtOpen.emitted, takenDigest != progressAtOpen.digest { throw inputChanged() }
      if taken.isMultiple(of: 1024), isStopping() { return true }
    }
    return false
  }

  /// Does what the core says until it has nothing more to say.
  private func advance(
    _ core: inout RunCore, since start: ContinuousClock.Instant, spent: () -> CallBudget.Amount?
  ) async throws {
    while let step = core.nextStep(now: ContinuousClock.now - start) {
      switch step {
      case .write(let settlement): try write(settlement)
      case .spill(let entries): try await ledger.spill(entries)
      case .fetch(let first, let limit): core.fetched(try await ledger.fetch(from: first, limit: limit))
      case .commit:
        try await commit(&core, spent: spent)
        core.committed(now: ContinuousClock.now - start)
      }
    }
  }

  private func write(_ settlement: Settlement) throws(Problem) {
    if !settlement.lines.isEmpty { try files[0].append(settlement.lines) }
    if let rejection = settlement.rejection { try files[1].append(rejection.jsonLine + [UInt8(ascii: "\n")]) }
    if let failure = settlement.failure { try files[2].append(failure.jsonLine + [UInt8(ascii: "\n")]) }
  }

  /// First the files, then the word that they are valid.
  private func commit(_ core: inout RunCore, spent: () -> CallBudget.Amount?) async throws {
    for file in files { try file.sync() }
    core.written(lengths: files.map(\.length))
    if let amount = spent() { core.spent(dollars: amount.dollars, tokens: amount.tokens) }
    try await ledger.commit(core.progress)
    progress = core.progress
  }
}
