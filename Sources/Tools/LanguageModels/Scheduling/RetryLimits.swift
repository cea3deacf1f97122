/// How often and how patiently a call is tried again.
///
/// The wait before try n + 1 is drawn evenly from 0 to `min(longestDelay, firstDelay × 2^(n-1))` ("full jitter": a crowd
/// of calls that failed together does not come back together). With the defaults the upper ends are
///
/// | after failure | 1 | 2 | 3 | 4 | 5 | 6 |
/// |---|---|---|---|---|---|---|
/// | at most | 1 s | 2 s | 4 s | 8 s | 16 s | gives up |
package struct RetryLimits: Sendable, Equatable {
  /// Tries of one call that the server answers and breaks, the first one included; at least 1.
  package var attempts: Int
  package var firstDelay: Duration
  package var longestDelay: Duration
  /// A server that asks for a longer pause than this is not waited for: the run stops, and can go on later.
  package var longestRetryAfter: Duration
  /// How long an endpoint that has answered before may be away, or let nothing through, until the run stops.
  package var patience: Duration

  package init(
    attempts: Int = 6, firstDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(60),
    longestRetryAfter: Duration = .seconds(120), patience: Duration = .seconds(300)
  ) {
    self.attempts = max(1, attempts)
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.longestRetryAfter = longestRetryAfter
    self.patience = patience
  }

  /// The longest wait after so many failures in a row.
  package func ceiling(afterFailures failures: Int) -> Duration {
    var ceiling = firstDelay
    for _ in 1..<max(1, failures) where ceiling < longestDelay { ceiling = ceiling * 2 }
    return min(ceiling, longestDelay)
  }
}
