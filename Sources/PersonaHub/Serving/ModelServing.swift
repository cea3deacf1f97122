public import PersonaRecords
import StandInServer

/// The stand-in model server as `serve-model` offers it: settings as they are typed, served until told to stop.
public struct ModelServing: Sendable {
  /// What was typed; texts keep the spelling of the command line.
  public struct Settings: Sendable {
    public var host = "127.0.0.1"
    public var port = 8000
    public var modelName = "stand-in"
    public var seed: UInt64 = 0
    /// `50ms`, or a range such as `20ms..200ms`.
    public var delay = "0"
    /// `429=0.05,reset=0.01`.
    public var faults = ""
    public var batchFaults = ""
    public var retryAfter = "1s"
    public var batchTime = "1s"
    public var maximumBatchLines = 50_000
    public var requestsPerMinute: Int?
    public var tokensPerMinute: Int?
    public var logPath: String?
    /// Answers every request with one text instead of builtin's.
    public var isInstant = false
    /// Environment variable that holds the key which clients must send.
    public var keyVariable: String?

    public init() {}
  }

  private let standIn: StandInSettings

  /// - Throws: `Problem` (wrong usage) for a time, a fault or a key that is none.
  public init(settings: Settings, environment: [String: String]) throws(Problem) {
    var standIn = StandInSettings()
    standIn.host = settings.host
    standIn.port = settings.port
    standIn.modelNames = [settings.modelName]
    standIn.seed = settings.seed
    standIn.delay = try DurationText.readRange(settings.delay)
    standIn.faults = try FaultMix(settings.faults)
    standIn.batchFaults = try FaultMix(settings.batchFaults)
    if let fault = standIn.batchFaults.faults.first(where: \.isOfTheModel) {
      throw Problem(
        "\(fault.rawValue) is a fault of answers, and the routes of files and batches have none",
        advice: "name it in --faults", consequence: .wrongUsage)
    }
    standIn.retryAfter = try DurationText.read(settings.retryAfter)
    standIn.batchTime = try DurationText.read(settings.batchTime)
    standIn.maximumBatchLines = settings.maximumBatchLines
    standIn.requestsPerMinute = settings.requestsPerMinute
    standIn.tokensPerMinute = settings.tokensPerMinute
    standIn.logPath = settings.logPath
    if settings.isInstant { standIn.cannedReply = StandInSettings.instantReply }
    if let variable = settings.keyVariable {
      guard let key = environment[variable], !key.isEmpty else {
        throw Problem(
          "the environment variable \(variable) is not set",
          advice: "put the key that clients must send into it, or leave --key out", consequence: .wrongUsage)
      }
      standIn.key = key
    }
    self.standIn = standIn
  }

  /// Reads a length of time such as `1.5s`.
  /// - Throws: `Problem` (wrong usage).
  public static func duration(_ text: String) throws(Problem) -> Duration { try DurationText.read(text) }

  /// Serves until `untilStopped` returns.
  /// - Parameter onReady: gets the base address, once connections are taken.
  /// - Throws: `Problem` when the address cannot be used, or the call log could not be written.
  public func run(
    onReady: @Sendable (_ url: String) -> Void, untilStopped: @Sendable () async -> Void
  ) async throws {
    try await StandIn.with(standIn) { server in
      onReady(server.url)
      await untilStopped()
    }
  }
}
