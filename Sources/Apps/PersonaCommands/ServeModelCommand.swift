import ArgumentParser
import Foundation
import PersonaHub
import PersonaRecords

struct ServeModelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-model",
    abstract: "A stand-in model server with builtin behind it, for tests and dry runs, which can fail as told.",
    discussion: """
      Speaks OpenAI's chat completions, files and batches on this machine. Prints its base address as one line on \
      stdout once it takes connections, and serves until Ctrl-C. Any model name is answered, by builtin: a text analyser, \
      not a language model. Put the address into OPENAI_BASE_URL to rehearse a run with slow, failing or limited servers.

      Faults are drawn from the seed, what is asked, and how often it was asked before, never from the order of arrival: \
      429, 429-after, 500, 503, reset, stall, half, drip, json, prose, html, empty, and in what the model wrote no-choices, \
      refusal, filter, length, no-usage, reasoning, babble.

      Example: persona-hub serve-model --port 0 --delay 50ms --faults 429=0.05,reset=0.01 --stop-after 1s
      """)

  @Option(help: "Address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "Port to listen on; 0 takes one that is free.")
  var port = 8000

  @Option(help: ArgumentHelp("The model that the server says it has.", valueName: "name"))
  var modelName = "stand-in"

  @Option(
    help: ArgumentHelp("Time from a call to its answer, such as 50ms, or drawn from 20ms..200ms.", valueName: "time"))
  var delay = "0"

  @OptionGroup var seed: SeedOption

  @Option(
    help: ArgumentHelp(
      "Faults of calls and of lines of batches, such as 429=0.05,500=0.02,stall=0.01.", valueName: "name=share,…"))
  var faults = ""

  @Option(help: ArgumentHelp("Faults of the routes of files and batches.", valueName: "name=share,…"))
  var batchFaults = ""

  @Option(help: ArgumentHelp("What Retry-After says with the fault 429-after.", valueName: "time"))
  var retryAfter = "1s"

  @Option(help: ArgumentHelp("Requests per minute; more get 429 and x-ratelimit headers.", valueName: "n"))
  var rpm: Int?

  @Option(help: ArgumentHelp("Tokens per minute; more get 429 and x-ratelimit headers.", valueName: "n"))
  var tpm: Int?

  @Option(help: ArgumentHelp("Time from the creation of a batch to its end.", valueName: "time"))
  var batchTime = "1s"

  @Option(help: ArgumentHelp("Lines that a batch may have.", valueName: "n"))
  var batchLines = 50_000

  @Option(help: ArgumentHelp("Append a JSON line per call: number, hash of the body, what it got.", valueName: "file"))
  var log: String?

  @Flag(help: "Answer every call with one text of a kilobyte, without builtin's work: for measurements.")
  var instant = false

  @Option(help: ArgumentHelp("Environment variable with the key that clients must send.", valueName: "variable"))
  var key: String?

  @Option(help: ArgumentHelp("Stop by itself after this time, for scripts.", valueName: "time"))
  var stopAfter: String?

  @Flag(help: "Say nothing on stderr.")
  var quiet = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port goes from 0 to 65535") }
    for (name, limit) in [("--rpm", rpm), ("--tpm", tpm)] {
      if let limit, !(1...1_000_000_000).contains(limit) {
        throw ValidationError("\(name) goes from 1 to 1 000 000 000")
      }
    }
    guard batchLines >= 1 else { throw ValidationError("--batch-lines should be at least 1") }
  }

  var settings: ModelServing.Settings {
    var settings = ModelServing.Settings()
    settings.host = host
    settings.port = port
    settings.modelName = modelName
    settings.seed = seed.seed
    settings.delay = delay
    settings.faults = faults
    settings.batchFaults = batchFaults
    settings.retryAfter = retryAfter
    settings.requestsPerMinute = rpm
    settings.tokensPerMinute = tpm
    settings.batchTime = batchTime
    settings.maximumBatchLines = batchLines
    settings.logPath = log
    settings.isInstant = instant
    settings.keyVariable = key
    return settings
  }

  func run() async throws {
    let serving = try ModelServing(settings: settings, environment: ProcessInfo.processInfo.environment)
    let limit = try stopAfter.map(ModelServing.duration)
    let isQuiet = quiet
    try await serving.run { url in
      Talk.data(url)
      if !isQuiet { Talk.say("serving builtin, which is no language model; Ctrl-C stops") }
    } untilStopped: {
      await StopSignal.wait(atMost: limit)
    }
  }
}
