import PersonaRecords

/// What a stand-in server is, and how it misbehaves.
package struct StandInSettings: Sendable {
  package var host = "127.0.0.1"
  /// 0 lets the system choose a free one.
  package var port = 0
  package var modelNames = ["stand-in"]
  /// Seed of every fault, every drawn delay, and of answers to requests that carry no seed.
  package var seed: UInt64 = 0
  /// From the arrival of a call to its answer; each call draws one between the two ends.
  package var delay: ClosedRange<Duration> = .zero ... .zero
  /// Faults of chat completions and of the lines of batches.
  package var faults = FaultMix()
  /// Faults of the routes of files and batches themselves.
  package var batchFaults = FaultMix()
  /// What `Retry-After` asks for where the fault 429-after is drawn.
  package var retryAfter: Duration = .seconds(1)
  /// Pause between two pieces of an answer that drips.
  package var dripPause: Duration = .milliseconds(20)
  package var requestsPerMinute: Int?
  package var tokensPerMinute: Int?
  /// The text of every answer, instead of builtin's; requests are then not even read.
  package var cannedReply: String?
  /// What a client has to send as its bearer token; nil takes any and none.
  package var key: String?
  /// Where one JSON line per call is appended.
  package var logPath: String?
  /// From the creation of a batch to its end.
  package var batchTime: Duration = .seconds(1)
  /// A batch of more lines fails as a whole, as it would with a provider.
  package var maximumBatchLines = 50_000
  /// A longer body is refused with 413 and not kept.
  package var maximumBodyBytes = 256 << 20
  /// Threads that serve connections; nil takes one per core.
  package var eventLoops: Int?

  package init() {}

  /// About a kilobyte that passes the checks of the recipe `math`, for measurements.
  package static let instantReply =
    "Math problem: A ferry crosses a lake on a fixed timetable. "
    + (1...11).map { "On leg \($0) it carries \(40 + $0 * 3) passengers, each paying \(2 + $0 % 4) crowns for it. " }
    .joined() + "Each leg takes 18 minutes, with 7 minutes on the pier between two legs. "
    + "How many crowns does the ferry take in on all eleven legs together?"

  /// The share of `delay` that one call waits, by its body and how often it was asked.
  func delay(hash: UInt64, asked: Int) -> Duration {
    let spread = delay.upperBound - delay.lowerBound
    guard spread > .zero else { return delay.lowerBound }
    var random = SeededRandom(seed: StableHash.mix(seed ^ hash) &+ UInt64(asked), purpose: "delay")
    return delay.lowerBound + spread * random.unit()
  }
}
