/// Requests and tokens that may be spent per minute, as a provider keeps them: a bucket of a minute's worth that refills
/// evenly. Pure: the time comes with each event.
package struct RateLimits: Sendable {
  package enum Decision: Equatable, Sendable {
    case admitted
    /// Refused; enough is there again after so long. `of` is what ran out: `requests` or `tokens`.
    case wait(Duration, of: String)
    /// One request that asks for more than a minute's worth will never be let in.
    case neverFits
  }

  private struct Bucket: Sendable {
    /// In whole numbers, so that who waits as long as told finds exactly what was promised: one unit is a sixty-millionth,
    /// of which `limit` flow in per microsecond.
    private static let whole = 60_000_000

    let limit: Int
    /// May fall below 0: what an answer took is known only afterwards.
    private var level: Int
    private var filledAt = 0

    init(limit: Int) {
      self.limit = limit
      self.level = limit * Self.whole
    }

    mutating func refill(at now: Duration) {
      let microseconds = max(filledAt, now.wholeMicroseconds)
      // A bucket that was empty is full after a minute; more time than an hour adds nothing, and could overflow.
      level = min(limit * Self.whole, level + min(microseconds - filledAt, 3_600_000_000) * limit)
      filledAt = microseconds
    }

    mutating func take(_ amount: Int) { level -= amount * Self.whole }

    func wait(for amount: Int) -> Duration {
      let missing = amount * Self.whole - level
      return missing <= 0 ? .zero : .microseconds((missing + limit - 1) / limit)
    }

    var remaining: Int { max(0, level / Self.whole) }
  }

  private var requests: Bucket?
  private var tokens: Bucket?

  package init(requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
    requests = requestsPerMinute.map(Bucket.init)
    tokens = tokensPerMinute.map(Bucket.init)
  }

  var isUnlimited: Bool { requests == nil && tokens == nil }

  /// Takes one request and its tokens, or nothing.
  /// - Parameter tokens: of the prompt, and as many as the answer may have where the request says so.
  package mutating func admit(tokens needed: Int, at now: Duration) -> Decision {
    requests?.refill(at: now)
    tokens?.refill(at: now)
    if let tokens, needed > tokens.limit { return .neverFits }
    let waits = [("requests", requests?.wait(for: 1)), ("tokens", tokens?.wait(for: needed))]
    if let longest = waits.compactMap({ name, wait in wait.map { (name, $0) } }).max(by: { $0.1 < $1.1 }),
      longest.1 > .zero
    {
      return .wait(longest.1, of: longest.0)
    }
    requests?.take(1)
    tokens?.take(needed)
    return .admitted
  }

  /// Takes tokens that an answer cost beyond what was taken for it.
  package mutating func charge(tokens spent: Int) { tokens?.take(spent) }

  /// The `x-ratelimit-…` headers as of the last `admit`.
  package var headers: [(String, String)] {
    var headers: [(String, String)] = []
    for (name, bucket) in [("requests", requests), ("tokens", tokens)] {
      guard let bucket else { continue }
      headers.append(("x-ratelimit-limit-\(name)", String(bucket.limit)))
      headers.append(("x-ratelimit-remaining-\(name)", String(bucket.remaining)))
      headers.append(("x-ratelimit-reset-\(name)", DurationText.spelled(bucket.wait(for: bucket.limit))))
    }
    return headers
  }
}
