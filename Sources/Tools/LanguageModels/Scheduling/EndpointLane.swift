/// What the scheduler knows of one endpoint: how many calls it takes at a time, until when it wants to be left alone, and
/// whether it is out of order.
///
/// The number of calls at a time finds its own level: it grows by one with every success until the first sign of too
/// much, falls to seven tenths then, and grows by one per round of successes from there on (additive increase,
/// multiplicative decrease). Calls that were sent before a decrease do not decrease it again.
struct EndpointLane: Sendable {
  struct Settings: Sendable, Equatable {
    /// Share of the calls, beside other endpoints.
    var weight = 1
    /// Calls at the same time, at most.
    var concurrency = 16
    var requestsPerMinute: Int?
    var tokensPerMinute: Int?
  }

  enum Readiness: Equatable {
    case now
    case at(Duration)
    /// When a call in flight has ended.
    case later
    case never
  }

  /// Failures in a row after which only one call at a time tries whether the endpoint is back.
  static let breakerLimit = 5
  /// Calls at a time before anything is known.
  static let firstLevel = 256

  let settings: Settings
  private(set) var level: Double
  private(set) var inFlight = 0
  private(set) var hasSucceeded = false
  private(set) var isGone = false
  /// Failures since the last success, of whatever kind.
  private(set) var failuresInARow = 0
  private(set) var failingSince: Duration?
  /// Calls in a row that used up all their tries.
  var exhaustedInARow = 0
  private var isStarting = true
  private var lastDecrease: Duration = .zero - .seconds(1)
  private var throttlesInARow = 0
  /// Pauses in a row after which the endpoint was still away; a crowd that fails together is one.
  private var probesInARow = 0
  private var pausedUntil: Duration = .zero
  private var requests: RateWindow?
  private var tokens: RateWindow?

  init(_ settings: Settings) {
    self.settings = settings
    level = Double(min(max(1, settings.concurrency), Self.firstLevel))
    requests = settings.requestsPerMinute.map { RateWindow(perMinute: $0) }
    tokens = settings.tokensPerMinute.map { RateWindow(perMinute: $0) }
  }

  var isBroken: Bool { failuresInARow >= Self.breakerLimit }

  /// Calls at a time now.
  var width: Int { isBroken ? 1 : max(1, Int(level)) }

  mutating func readiness(tokens amount: Int, now: Duration) -> Readiness {
    if isGone { return .never }
    if inFlight >= width { return .later }
    var moment = max(now, pausedUntil)
    if let byRequests = requests?.moment(for: 1, now: now) { moment = max(moment, byRequests) }
    if let byTokens = tokens?.moment(for: amount, now: now) { moment = max(moment, byTokens) }
    return moment <= now ? .now : .at(moment)
  }

  mutating func sent(tokens amount: Int, now: Duration) {
    inFlight += 1
    requests?.take(1, now: now)
    tokens?.take(amount, now: now)
  }

  /// A call left the endpoint without saying anything about it.
  mutating func released() { inFlight -= 1 }

  /// A call came to a good end, or to one that is its own fault.
  mutating func succeeded(sentAt: Duration, expectedTokens: Int, actualTokens: Int) {
    let wasFull = inFlight * 2 >= width
    inFlight -= 1
    hasSucceeded = true
    failuresInARow = 0
    failingSince = nil
    throttlesInARow = 0
    probesInARow = 0
    exhaustedInARow = 0
    tokens?.correct(by: expectedTokens - actualTokens, takenAt: sentAt)
    // A level that is not used says nothing about what would be too much.
    if wasFull { level = min(Double(max(1, settings.concurrency)), level + (isStarting ? 1 : 1 / level)) }
  }

  /// Too many requests.
  /// - Parameters:
  ///   - pause: what the server asks for; nil where it does not say.
  ///   - share: of the pause drawn at random, in 0..<1.
  mutating func throttled(sentAt: Duration, pause: Duration?, share: Double, limits: RetryLimits, now: Duration) {
    inFlight -= 1
    failingSince = failingSince ?? now
    let isNewSign = sentAt > lastDecrease
    if isNewSign {
      level = max(1, level * 0.7)
      isStarting = false
      lastDecrease = now
      throttlesInARow += 1
    }
    if let pause {
      pausedUntil = max(pausedUntil, now + pause + limits.firstDelay * share)
    } else if isNewSign, throttlesInARow > 1 {
      // One 429 among successes is answered by fewer calls at a time; the next without a success between is a storm.
      pausedUntil = max(pausedUntil, now + limits.ceiling(afterFailures: throttlesInARow - 1) * share)
    }
  }

  func isPaused(_ now: Duration) -> Bool { pausedUntil > now }

  /// The endpoint is away, or broke the call.
  mutating func failed(sentAt: Duration, pause: Duration?, share: Double, limits: RetryLimits, now: Duration) {
    inFlight -= 1
    failuresInARow += 1
    failingSince = failingSince ?? now
    if failuresInARow == Self.breakerLimit { level = max(1, level / 2) }
    if isBroken, sentAt >= pausedUntil {
      probesInARow += 1
      let wait = min(limits.ceiling(afterFailures: probesInARow), .seconds(30))
      pausedUntil = now + wait * (0.5 + share / 2)
    }
    if let pause { pausedUntil = max(pausedUntil, now + pause) }
  }

  /// What the server says is left of its own limits.
  mutating func told(_ limits: ServerLimits, now: Duration) {
    if limits.remainingRequests == 0, let reset = limits.requestsReset { pausedUntil = max(pausedUntil, now + reset) }
    if limits.remainingTokens == 0, let reset = limits.tokensReset { pausedUntil = max(pausedUntil, now + reset) }
  }

  /// Nothing is sent here any more: the key was refused, the purse is empty, or patience is over.
  mutating func leave() { isGone = true }
}
