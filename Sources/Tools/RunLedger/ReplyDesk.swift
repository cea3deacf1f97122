package import LanguageModels
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
    /// The requests under way, each with those who wait for it.
    var underWay: [ReplyKey: [Follower]] = [:]
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

  /// The replies that are kept already, in the order of the keys; looked up together.
  package func known(_ keys: [ReplyKey]) async throws -> [ModelReply?] {
    guard let store, !asksAgain else { return Array(repeating: nil, count: keys.count) }
    let replies = try await store.replies(for: keys)
    let found = replies.count { $0 != nil }
    if found > 0 { state.withLock { $0.counts.replayed += found } }
    return replies
  }

  /// The reply to a request that was not known: asked, kept, and returned when it is on the disk.
  ///
  /// - Returns: the reply, and whether an equal request under way had it.
  /// - Throws: what the model or the store throws.
  package func ask(_ request: ModelRequest, key: ReplyKey?) async throws -> (reply: ModelReply, isShared: Bool) {
    guard let store, let key else { return (try await call(request), false) }
    while true {
      if leads(key) { return (try await lead(request, key, store), false) }
      if let reply = try await follow(key) {
        state.withLock { $0.counts.replayed += 1 }
        return (reply, true)
      }
      // Who was followed has been cancelled, or was done just now; this request has not.
      try Task.checkCancellation()
      if !asksAgain, let reply = try await store.replies(for: [key])[0] {
        state.withLock { $0.counts.replayed += 1 }
        return (reply, true)
      }
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
      let reply = try await store.store(try await call(request), for: key, isReplacing: asksAgain)
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

  private func call(_ request: ModelRequest) async throws -> ModelReply {
    do {
      let reply = try await model.reply(to: request)
      state.withLock { $0.counts.called += 1 }
      return reply
    } catch {
      if !(error is CancellationError) { state.withLock { $0.counts.failed += 1 } }
      throw error
    }
  }
}
