import LanguageModels
import PersonaRecords
import RunLedger

/// All that a seed decides before a simulation begins: the size of the run, its limits, and which faults will come.
struct Weather {
  struct Endpoint {
    var settings: CallScheduler.Endpoint
    /// What the server lets through in a minute without having said so.
    var hiddenLimit: Int?
    var saysWhatIsLeft = false
    var takesStrictFormat = true
    /// From this moment on it refuses the key, until somebody repairs it.
    var refusesFrom: Duration?
    /// Turns every call away.
    var storms: [Range<Duration>] = []
    var outages: [Range<Duration>] = []
  }

  /// Chances of one sending.
  struct Chances {
    var throttled = 0.0
    var fault = 0.0
    var broken = 0.0
    var stall = 0.0
    var unreachable = 0.0
    /// Of a reply that takes a minute.
    var slow = 0.0
  }

  var itemCount: Int
  var width: Int
  /// Calls that are read ahead, and items that are taken in and not settled.
  var ahead: Int
  var outstanding: Int
  var held: Int
  var commitItems: Int
  var commitTime: Duration
  var group: GroupCommit.Limits
  var endpoints: [Endpoint]
  var limits: RetryLimits
  var chances: Chances
  var latency: Duration
  /// Of a wait for the disk or for another task, at most.
  var hop: Duration
  /// Shares of what a run without faults would cost.
  var dollarShare: Double?
  var tokenShare: Double?
  /// Events between the begin of a process and its end by force.
  var kills: [Int]
  var interrupts: [Int]
  /// Numbers of the writes that find the disk full.
  var fullWrites: Set<Int>
  var badShare: Double
  var duplicateShare: Double
  /// The run ends when so many records are written.
  var recordLimit: Int?

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed, purpose: "weather")
    func chance(_ share: Double) -> Bool { random.unit() < share }
    /// Small numbers as often as large ones.
    func spread(_ low: Int, _ high: Int) -> Int {
      var value = low + random.below(high - low + 1)
      for _ in 0..<random.below(3) { value = low + random.below(value - low + 1) }
      return value
    }
    func upTo(_ high: Double) -> Double { random.unit() * high }

    itemCount = spread(1, 600)
    width = 1 + spread(0, 63)
    ahead = 1 + spread(0, 63)
    outstanding = 1 + spread(0, 190)
    held = 1 + spread(0, 60)
    commitItems = 1 + spread(0, 80)
    commitTime = .milliseconds(spread(0, 3000))
    group = GroupCommit.Limits(replies: 1 + spread(0, 80), gatherTime: .milliseconds(spread(0, 100)))
    latency = .milliseconds(20 + spread(0, 3000))
    hop = .microseconds(spread(1, 8000))
    limits = RetryLimits(attempts: 2 + random.below(6))
    let isCalm = chance(0.2)
    chances = Chances()
    if !isCalm {
      if chance(0.5) { chances.throttled = upTo(0.2) }
      if chance(0.5) { chances.fault = upTo(0.2) }
      if chance(0.4) { chances.broken = upTo(0.15) }
      if chance(0.3) { chances.stall = upTo(0.05) }
      if chance(0.4) { chances.unreachable = upTo(0.1) }
    }
    if chance(0.4) { chances.slow = upTo(0.03) }
    badShare = chance(0.5) ? upTo(0.1) : 0
    duplicateShare = chance(0.5) ? upTo(0.4) : 0
    recordLimit = chance(0.15) ? spread(1, itemCount) : nil
    let places = 1 + spread(0, 2)
    endpoints = []
    for _ in 0..<places {
      var endpoint = Endpoint(
        settings: CallScheduler.Endpoint(weight: 1 + random.below(4), concurrency: 1 + spread(0, 60)))
      if chance(0.35) { endpoint.settings.requestsPerMinute = spread(5, 400) }
      if chance(0.25) { endpoint.settings.tokensPerMinute = spread(3000, 60_000) }
      if chance(0.2) { endpoint.hiddenLimit = spread(10, 200) }
      endpoint.saysWhatIsLeft = chance(0.3)
      endpoint.takesStrictFormat = chance(0.8)
      if chance(0.1) { endpoint.refusesFrom = .milliseconds(spread(0, 120_000)) }
      if !isCalm {
        for _ in 0..<spread(0, 2) {
          let start = Duration.milliseconds(spread(0, 200_000))
          endpoint.storms.append(start..<start + .milliseconds(1 + spread(0, 40_000)))
        }
        for _ in 0..<spread(0, 2) {
          let start = Duration.milliseconds(spread(0, 200_000))
          endpoint.outages.append(start..<start + .milliseconds(1 + spread(0, 240_000)))
        }
      }
      endpoints.append(endpoint)
    }
    dollarShare = chance(0.3) ? 0.2 + upTo(2) : nil
    tokenShare = chance(0.2) ? 0.2 + upTo(2) : nil
    kills = chance(0.7) ? (0...random.below(5)).map { _ in 1 + spread(0, 2500) } : []
    interrupts = chance(0.3) ? (0...random.below(2)).map { _ in 1 + spread(0, 1500) } : []
    fullWrites = []
    if chance(0.4) {
      for _ in 0...random.below(3) {
        let first = spread(1, 300)
        // Some failures in a row, and then there is room again.
        fullWrites.formUnion(first..<first + 1 + random.below(5))
      }
    }
  }
}
