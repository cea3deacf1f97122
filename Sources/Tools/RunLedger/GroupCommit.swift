/// Decides when waiting replies are committed together: an event in, an action out, without clock or database.
///
/// A commit costs a write and a sync whatever its size, so replies gather for `gatherTime`, but no longer, and no more of
/// them than `limit`. While a commit runs the next group gathers behind it.
package struct GroupCommit: Sendable {
  package struct Limits: Sendable, Equatable {
    package var replies: Int
    /// Longest wait of a reply before its commit begins, unless one is under way.
    package var gatherTime: Duration

    package static let mostReplies = 256

    /// - Parameters:
    ///   - replies: at most 256.
    ///   - gatherTime: at most 100 ms. Nobody's next call waits for it; a kill costs what has gathered.
    package init(replies: Int = mostReplies, gatherTime: Duration = .milliseconds(50)) {
      self.replies = min(max(1, replies), Self.mostReplies)
      self.gatherTime = min(max(.zero, gatherTime), .milliseconds(100))
    }
  }

  package enum Action: Sendable, Equatable {
    case none
    /// Report `timerFired` after this time.
    case startTimer(Duration)
    /// Commit the first `count` of the waiting replies, then report `committed`.
    case commit(count: Int)
  }

  package let limits: Limits
  private var waiting = 0
  private var isCommitting = false
  private var isTimerRunning = false

  package init(limits: Limits) {
    self.limits = limits
  }

  package mutating func arrived() -> Action {
    waiting += 1
    return decide()
  }

  package mutating func timerFired() -> Action {
    isTimerRunning = false
    return hurry()
  }

  /// Nothing more is to come for now: what has gathered is not to wait.
  package mutating func hurry() -> Action {
    guard !isCommitting, waiting > 0 else { return .none }
    return commit()
  }

  package mutating func committed() -> Action {
    isCommitting = false
    return decide()
  }

  private mutating func decide() -> Action {
    guard !isCommitting, waiting > 0 else { return .none }
    if waiting >= limits.replies || limits.gatherTime == .zero { return commit() }
    guard !isTimerRunning else { return .none }
    isTimerRunning = true
    return .startTimer(limits.gatherTime)
  }

  private mutating func commit() -> Action {
    isCommitting = true
    let count = min(waiting, limits.replies)
    waiting -= count
    return .commit(count: count)
  }
}
