package import LanguageModels
package import PersonaRecords
import Synchronization

/// Where replies are had: from the store if they are there, else from the model, and then kept.
///
/// A request that equals one under way waits for that one's reply, so equal items cost one call. The replies of a model
/// whose replies are not worth keeping pass through, counted.
package final class ReplyDesk: Sendable {
  /// What was asked so far.
  package struct Counts: Sendable, Equatable {
    /// Replies that the model gave.
    package var called = 0
    /// Replies that came from the store, or from an equal request under way.
    package var replayed = 0
    /// Requests that ended in an error.
    package var failed = 0

    package init(called: Int = 0, replayed: Int = 0, failed: Int = 0) {
      self.called = called
      self.replayed = replayed
      self.failed = failed
    }
  }

  private typealias Follower = CheckedContinuation<ModelReply?, any Error>

  private struct State {
    var counts = Counts()
    var requests = RequestsUnderWay<Follower>()
    var refusal: (@Sendable (ReplyKey?) -> Problem)?
  }

  package let model: any LanguageModel
  private let store: ReplyStore?
  private let asksAgain: Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - store: nil keeps nothing.
  ///   - asksAgain: asks even where a reply is kept, and keeps the new one in its place.
  package init(_ model: any LanguageModel, store: ReplyStore?, asksAgain: Bool = false) {
    self.model = model
    self.store = model.repliesAreWorthKeeping ? store : nil
    self.asksAgain = asksAgain
  }

  package var counts: Counts { state.withLock { $0.counts } }
  /// Whether replies are looked up and kept; where not, a request needs no key.
  package var keepsReplies: Bool { store != nil }

  /// Asks the model nothing from here on: what is not in the store ends with this problem.
  package func refuseCalls(_ problem: @escaping @Sendable (ReplyKey?) -> Problem) {
    state.withLock { $0.refusal = problem }
  }

  /// Which of these have a reply that is kept; none is counted as replayed.
  func isKept(_ keys: [ReplyKey]) async throws -> [Bool] {
    guard let store else { return keys.map { _ in false } }
    return try await store.replies(for: keys).map { $0 != nil }
  }

  /// Keeps replies that came another way than by a call; the first to a request stands. Returns when they are on the disk.
  func keep(_ replies: [(key: ReplyKey, reply: ModelReply)]) async throws { try await store?.store(replies) }

  /// The replies that are kept already, in the order of the keys; looked up together. Each of the others should be asked
  /// for with `ask`.
  package func known(_ keys: [ReplyKey]) async throws -> [ModelReply?] {
    state.withLock { $0.requests.announce(keys) }
    guard let store, !asksAgain else { return Array(repeating: nil, count: keys.count) }
    let replies = try await store.replies(for: keys)
    state.withLock { state in
      for (key, reply) in zip(keys, replies) where reply != nil {
        state.requests.dismiss(key)
        state.counts.replayed += 1
      }
    }
    return replies
  }

  /// What the model, or an equal request, said to a request.
  package struct Said: Sendable {
    package let reply: ModelReply
    /// Whether an equal request under way had it.
    package let isShared: Bool
    /// Whether nothing is left to be done; else hand it to `keep`, whatever happens, for equal requests wait for that.
    package let isKept: Bool
  }

  /// The reply to a request that was not known, as soon as it is there; what is not `isKept` is not on the disk yet.
  ///
  /// Where an equal request was asked since `known` looked for it, that one's reply is the answer.
  /// - Throws: what the model or the store throws.
  package func ask(_ request: ModelRequest, key: ReplyKey?) async throws -> Said {
    guard let store, let key else {
      return Said(reply: try await call(request, key: key), isShared: false, isKept: true)
    }
    var isAnnounced = true
    while true {
      switch state.withLock({ $0.requests.begin(key, isAnnounced: isAnnounced) }) {
      case .leads: return Said(reply: try await lead(request, key), isShared: false, isKept: false)
      case .has(let reply): return shared(reply)
      case .follows: isAnnounced = false
      }
      if let reply = try await follow(key) { return shared(reply) }
      // Who was followed has been cancelled, or was done just now; this request has not.
      try Task.checkCancellation()
      if !asksAgain, let reply = try await store.replies(for: [key])[0] { return shared(reply) }
    }
  }

  /// Keeps what a request's own call said, and gives it to those who wait for it. Returns at once.
  /// - Parameter then: called once, when the reply is on the disk or could not be written; with another reply where that
  ///   is the one that is kept for this request.
  package func keep(
    _ reply: ModelReply, for key: ReplyKey, then: @escaping @Sendable (Result<ModelReply?, any Error>) -> Void
  ) {
    guard let store else { return then(.success(nil)) }
    store.keep(reply, for: key, isReplacing: asksAgain) { [self] kept in
      switch kept {
      case .success(let other):
        for follower in endLead(key, other ?? reply) { follower.resume(returning: other ?? reply) }
      case .failure(let error): endLead(key, with: error)
      }
      then(kept)
    }
  }

  /// What was said, once it is on the disk; another reply where that is the one that is kept for this request.
  func settled(_ said: Said, for key: ReplyKey?) async throws -> ModelReply {
    guard !said.isKept, let key else { return said.reply }
    return try await withCheckedThrowingContinuation { continuation in
      keep(said.reply, for: key) { kept in continuation.resume(with: kept.map { $0 ?? said.reply }) }
    }
  }

  /// The reply to one request outside of a run, from the store or by a call; it is on the disk when this returns.
  /// - Throws: what the model or the store throws.
  package func answer(to request: ModelRequest) async throws -> ModelReply {
    guard keepsReplies else { return try await ask(request, key: nil).reply }
    let key = request.key
    if let reply = try await known([key])[0] { return reply }
    let said = try await ask(request, key: key)
    guard !said.isKept else { return said.reply }
    return try await withCheckedThrowingContinuation { continuation in
      keep(said.reply, for: key) { kept in continuation.resume(with: kept.map { $0 ?? said.reply }) }
      hurry()
    }
  }

  /// The replies that are kept, in the order of the keys; none is counted as replayed, and none is asked for.
  package func kept(_ keys: [ReplyKey]) async throws -> [ModelReply?] {
    guard let store else { return Array(repeating: nil, count: keys.count) }
    return try await store.replies(for: keys)
  }

  /// No further call is under way: what waits for more of its kind to be kept need not.
  package func hurry() { store?.hurry() }

  private func shared(_ reply: ModelReply) -> Said {
    state.withLock { $0.counts.replayed += 1 }
    return Said(reply: reply, isShared: true, isKept: true)
  }

  private func lead(_ request: ModelRequest, _ key: ReplyKey) async throws -> ModelReply {
    do {
      return try await call(request, key: key)
    } catch {
      endLead(key, with: error)
      throw error
    }
  }

  private func endLead(_ key: ReplyKey, with error: any Error) {
    let isCancelled = error is CancellationError
    for follower in endLead(key, nil) {
      if isCancelled { follower.resume(returning: nil) } else { follower.resume(throwing: error) }
    }
  }

  private func endLead(_ key: ReplyKey, _ reply: ModelReply?) -> [Follower] {
    state.withLock { $0.requests.ended(key, reply) }
  }

  /// The reply of the request under way for this key; nil when that one was cancelled or is over by now.
  private func follow(_ key: ReplyKey) async throws -> ModelReply? {
    try await withCheckedThrowingContinuation { continuation in
      let isFollowing = state.withLock { $0.requests.follow(key, continuation) }
      if !isFollowing { continuation.resume(returning: nil) }
    }
  }

  private func call(_ request: ModelRequest, key: ReplyKey?) async throws -> ModelReply {
    do {
      if let refusal = state.withLock({ $0.refusal }) { throw refusal(key) }
      let reply = try await model.reply(to: request)
      state.withLock { $0.counts.called += 1 }
      return reply
    } catch {
      if !(error is CancellationError) { state.withLock { $0.counts.failed += 1 } }
      throw error
    }
  }
}
