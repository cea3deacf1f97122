package import PersonaRecords

/// Decides, for one request, whether and when it is tried again: an event in, an action out, without clock or network.
///
/// The wait before retry n is drawn evenly from 0 to `min(longestDelay, firstDelay × 2^(n-1))` ("full jitter": a crowd of
/// requests that failed together does not come back together). With the defaults the upper ends are
///
/// | after failure | 1 | 2 | 3 | 4 | 5 | 6 |
/// |---|---|---|---|---|---|---|
/// | at most | 1 s | 2 s | 4 s | 8 s | 16 s | gives up |
///
/// Where the server says how long (`Retry-After`), the wait is that plus a jitter of up to `firstDelay`.
package struct RetryPlan: Sendable {
  package struct Limits: Sendable, Equatable {
    /// Tries in all, the first one included; at least 1.
    package var attempts: Int
    package var firstDelay: Duration
    package var longestDelay: Duration
    /// A server that asks for a longer pause than this is not waited for: the run stops, and can go on later.
    package var longestRetryAfter: Duration

    package init(
      attempts: Int = 6, firstDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(60),
      longestRetryAfter: Duration = .seconds(120)
    ) {
      self.attempts = max(1, attempts)
      self.firstDelay = firstDelay
      self.longestDelay = longestDelay
      self.longestRetryAfter = longestRetryAfter
    }
  }

  package enum Action: Sendable, Equatable {
    case wait(Duration)
    case giveUp
  }

  package let limits: Limits
  /// Tries that failed so far.
  package private(set) var failures = 0
  private var random: SeededRandom

  /// - Parameter random: for the jitter; the same generator gives the same waits.
  package init(limits: Limits, random: SeededRandom) {
    self.limits = limits
    self.random = random
  }

  /// A try failed in a way that may pass.
  /// - Parameter retryAfter: how long the server asks to wait; nil where it does not say.
  package mutating func failed(retryAfter: Duration? = nil) -> Action {
    failures += 1
    guard failures < limits.attempts else { return .giveUp }
    if let retryAfter {
      guard retryAfter <= limits.longestRetryAfter else { return .giveUp }
      return .wait(max(.zero, retryAfter) + limits.firstDelay * random.unit())
    }
    var ceiling = limits.firstDelay
    for _ in 1..<failures where ceiling < limits.longestDelay { ceiling = ceiling * 2 }
    return .wait(min(ceiling, limits.longestDelay) * random.unit())
  }
}

/// Tells a request that fails by itself from an endpoint that is out of order, so that one bad row never ends a run and
/// a dead server does.
///
/// Requests that came to nothing after all their tries are counted until one succeeds; from the third in a row on, the
/// endpoint counts as out of order.
package struct OutageDetector: Sendable {
  package static let limit = 3
  private var exhaustedInARow = 0

  package init() {}

  package mutating func succeeded() { exhaustedInARow = 0 }

  /// A request has used up its tries. Returns whether the endpoint is out of order.
  package mutating func exhausted() -> Bool {
    exhaustedInARow += 1
    return exhaustedInARow >= Self.limit
  }
}
