package import LanguageModels
import Synchronization

/// A model that looks into the reply store before it asks, and keeps what it is told.
///
/// It stands here and not in `LanguageModels`, because bookkeeping uses models and models know nothing of it. A request
/// that equals one under way waits for that one's reply, so equal rows cost one call. The replies of a model whose
/// replies are not worth keeping pass through, counted.
package final class RememberingModel: LanguageModel {
  /// What was asked so far.
  package struct Counts: Sendable, Equatable {
    /// Replies that the model gave.
    package var called = 0
    /// Replies that came from the store, or from an equal request under way.
    package var replayed = 0
    /// Requests that ended in an error.
    package var failed = 0
    /// Tokens of the replies that the model gave; those of the store were paid for before.
    package var promptTokens = 0
    package var completionTokens = 0
    /// Whether any of these tokens are estimates.
    package var isEstimated = false

    package init(
      called: Int = 0, replayed: Int = 0, failed: Int = 0, promptTokens: Int = 0, completionTokens: Int = 0,
      isEstimated: Bool = false
    ) {
      self.called = called
      self.replayed = replayed
      self.failed = failed
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.isEstimated = isEstimated
    }
  }

  private typealias Follower = CheckedContinuation<ModelReply?, any Error>

  private struct State {
    var counts = Counts()
    /// The requests under way, each with those who wait for it.
    var underWay: [ReplyKey: [Follower]] = [:]
  }

  private let model: any LanguageModel
  private let store: ReplyStore?
  private let asksAgain: Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - store: nil keeps nothing.
  ///   - asksAgain: asks even where a reply is kept, and keeps the new one in its place.
  package init(_ model: any LanguageModel, store: ReplyStore?, asksAgain: Bool = false) {
    self.model = model
    self.store = store
    self.asksAgain = asksAgain
  }

  package var name: String { model.name }
  package var endpointDescription: String { model.endpointDescription }
  package var repliesAreWorthKeeping: Bool { false }
  package var counts: Counts { state.withLock { $0.counts } }

  package func reply(to request: ModelRequest) async throws -> ModelReply {
    guard let store, model.repliesAreWorthKeeping else { return try await ask(request) }
    let key = request.key
    while true {
      guard !leads(key) else { return try await lead(request, key, store) }
      if let reply = try await follow(key) {
        state.withLock { $0.counts.replayed += 1 }
        return reply
      }
      // Who was followed has been cancelled; this request has not.
      try Task.checkCancellation()
    }
  }

  /// Makes this the request under way for its key, unless there is one.
  private func leads(_ key: ReplyKey) -> Bool {
    state.withLock { state in
      guard state.underWay[key] == nil else { return false }
      state.underWay[key] = []
      return true
    }
  }

  private func lead(_ request: ModelRequest, _ key: ReplyKey, _ store: ReplyStore) async throws -> ModelReply {
    do {
      let reply = try await storedOrAsked(request, key, store)
      for follower in endLead(key) { follower.resume(returning: reply) }
      return reply
    } catch {
      let isCancelled = error is CancellationError
      for follower in endLead(key) {
        if isCancelled { follower.resume(returning: nil) } else { follower.resume(throwing: error) }
      }
      throw error
    }
  }

  private func endLead(_ key: ReplyKey) -> [Follower] {
    state.withLock { $0.underWay.removeValue(forKey: key) ?? [] }
  }

  private func storedOrAsked(
    _ request: ModelRequest, _ key: ReplyKey, _ store: ReplyStore
  ) async throws -> ModelReply {
    if !asksAgain, let reply = try await store.reply(for: key) {
      state.withLock { $0.counts.replayed += 1 }
      return reply
    }
    return try await store.store(try await ask(request), for: key, isReplacing: asksAgain)
  }

  /// The reply of the request under way for this key; nil when that one was cancelled or is over by now.
  private func follow(_ key: ReplyKey) async throws -> ModelReply? {
    try await withCheckedThrowingContinuation { continuation in
      let isFollowing = state.withLock { state in
        guard state.underWay[key] != nil else { return false }
        state.underWay[key]?.append(continuation)
        return true
      }
      if !isFollowing { continuation.resume(returning: nil) }
    }
  }

  private func ask(_ request: ModelRequest) async throws -> ModelReply {
    do {
      let reply = try await model.reply(to: request)
      state.withLock { state in
        state.counts.called += 1
        state.counts.promptTokens += reply.usage.promptTokens
        state.counts.completionTokens += reply.usage.completionTokens
        if reply.usage.isEstimated { state.counts.isEstimated = true }
      }
      return reply
    } catch {
      if !(error is CancellationError) { state.withLock { $0.counts.failed += 1 } }
      throw error
    }
  }
}
