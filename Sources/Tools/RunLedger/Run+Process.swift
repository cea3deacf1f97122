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
  ///   - isStopping: asked before each item; true lets what is in flight finish and reads nothing more.
  ///   - next: reads an item; nil at the end. Never called twice at a time.
  ///   - request: what is asked about an item.
  ///   - settle: what an item comes to; called on the tasks of the calls, so it should depend on nothing else.
  ///   - spent: what the model's calls have cost; nil where that is not counted.
  ///   - onProgress: told after each round.
  /// - Returns: whether it was stopped before the end.
  /// - Throws: what `next` throws, and the first `Problem` that ends a run, after what was in flight is written down.
  package func process<Question: Sendable>(
    width: Int, desk: ReplyDesk, recordLimit: Int? = nil, isStopping: @Sendable () -> Bool,
    next: () throws -> RunItem<Question>?,
    request: @escaping @Sendable (Question) throws -> ModelRequest,
    settle: @escaping @Sendable (Question, ModelRequest, Answer) throws -> Settlement,
    spent: () -> CallBudget.Amount? = { nil }, onProgress: (RunProgress) -> Void
  ) async throws -> Bool {
    var core = RunCore(limits: .init(width: width, held: max(1024, width)), progress: progress)
    core.recordLimit = recordLimit
    let start = ContinuousClock.now
    let inbox = Inbox()
    var failure: (any Error)?
    var isEnded = false
    var isStopped = false

    do {
      isStopped = try passOver(isStopping: isStopping, next: next)
    } catch {
      failure = error
    }
    await withDiscardingTaskGroup { group in
      while true {
        do {
          // Taken in by the handful, so that one look into the store serves many.
          var batch: [(number: Int, question: Question, request: ModelRequest, key: ReplyKey?)] = []
          var admitted = 0
          while failure == nil, !isEnded, !isStopped, core.freeSlots > 0, admitted < Self.batchSize {
            if isStopping() || Task.isCancelled {
              isStopped = true
              break
            }
            guard let item = try next() else {
              isEnded = true
              break
            }
            let number = core.admit(identity: item.identity)
            admitted += 1
            switch item {
            case .settled(let settlement, _): core.settled(number, settlement)
            case .question(let question, _):
              let asked = try request(question)
              batch.append((number, question, asked, desk.keepsReplies ? asked.key : nil))
            }
          }
          if !batch.isEmpty {
            let known = desk.keepsReplies ? try await desk.known(batch.compactMap(\.key)) : []
            for (place, item) in batch.enumerated() {
              if place < known.count, let reply = known[place] {
                core.settled(
                  item.number, try Self.settled(reply, isReplayed: true) { try settle(item.question, item.request, $0) }
                )
                continue
              }
              inbox.expect()
              group.addTask {
                await inbox.put(item.number) {
                  do {
                    let (reply, isShared) = try await desk.ask(item.request, key: item.key)
                    return try Self.settled(reply, isReplayed: isShared) {
                      try settle(item.question, item.request, $0)
                    }
                  } catch let problem as Problem {
                    guard problem.consequence == .rejectRow || problem.consequence == .retry else { throw problem }
                    return try settle(item.question, item.request, .failed(problem))
                  }
                }
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
        let mayAdmit = failure == nil && !isEnded && !isStopped && core.freeSlots > 0
        if mayAdmit, inbox.isEmpty { continue }
        guard inbox.expected > 0 else {
          if mayAdmit { continue }
          break
        }
        for (number, result) in await inbox.take() {
          switch result {
          case .success(let settlement): core.settled(number, settlement)
          case .failure(let error):
            failure = failure ?? error
            core.broken(number)
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

  private static var batchSize: Int { 64 }

  private static func settled(
    _ reply: ModelReply, isReplayed: Bool, _ settle: (Answer) throws -> Settlement
  ) throws -> Settlement {
    var settlement = try settle(.reply(reply))
    settlement.isReplied = true
    settlement.isReplayed = isReplayed
    settlement.usage = TokenUsage(
      promptTokens: reply.usage.promptTokens, completionTokens: reply.usage.completionTokens)
    return settlement
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

/// Where calls leave what they came to, and the run's own task finds it by the handful.
private final class Inbox: Sendable {
  typealias Entry = (number: Int, result: Result<Settlement, any Error>)

  private struct State {
    var entries: [Entry] = []
    var expected = 0
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Entries that were announced and not yet taken.
  var expected: Int { state.withLock { $0.expected } }
  var isEmpty: Bool { state.withLock { $0.entries.isEmpty } }

  func expect() { state.withLock { $0.expected += 1 } }

  func put(_ number: Int, _ body: () async throws -> Settlement) async {
    let result: Result<Settlement, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    let waiter = state.withLock { state in
      state.entries.append((number, result))
      let waiter = state.waiter
      state.waiter = nil
      return waiter
    }
    waiter?.resume()
  }

  /// All entries there are; waits for the first.
  func take() async -> [Entry] {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isThere = state.withLock { state in
        if state.entries.isEmpty {
          state.waiter = continuation
          return false
        }
        return true
      }
      if isThere { continuation.resume() }
    }
    return state.withLock { state in
      let entries = state.entries
      state.entries = []
      state.expected -= entries.count
      return entries
    }
  }
}
