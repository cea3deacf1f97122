import ArgumentParser
import PersonaHub

/// Whether requests are sent in batches, and how.
struct BatchCommandOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Send requests in batches, cheaper and within a day; what these do not answer is asked in calls.",
      discussion: "For large runs that are in no hurry, at a provider with OpenAI's batch API."))
  var batch = false

  @Flag(help: "As --batch, but what the batches do not answer counts as failed.")
  var batchOnly = false

  @Option(help: ArgumentHelp("Requests in one batch, at most.", valueName: "n"))
  var batchSize = 50_000

  @Option(help: ArgumentHelp("Megabytes of one batch's file, at most.", valueName: "MB"))
  var batchMegabytes = 200

  @Option(help: ArgumentHelp("Seconds between two looks at a batch. [default: 2, growing to 60]", valueName: "s"))
  var batchPoll: Double?

  @Option(help: ArgumentHelp("Batches at the provider at the same time.", valueName: "n"))
  var batchesAtOnce = 4

  @Option(help: ArgumentHelp("Price of a token in a batch, as a share of its price in a call.", valueName: "share"))
  var batchDiscount = 0.5

  func validate() throws {
    guard (1...1_000_000).contains(batchSize) else { throw ValidationError("--batch-size goes from 1 to 1000000") }
    guard (1...10_000).contains(batchMegabytes) else { throw ValidationError("--batch-megabytes goes from 1 to 10000") }
    if let batchPoll, !(batchPoll > 0 && batchPoll <= 3600) {
      throw ValidationError("--batch-poll should be above 0 and at most 3600 seconds")
    }
    guard (1...100).contains(batchesAtOnce) else { throw ValidationError("--batches-at-once goes from 1 to 100") }
    guard (0...1).contains(batchDiscount) else { throw ValidationError("--batch-discount goes from 0 to 1") }
  }

  /// What was typed, as it is meant; nil without --batch.
  var options: BatchOptions? {
    guard batch || batchOnly else { return nil }
    var options = BatchOptions()
    options.isOnly = batchOnly
    options.requests = batchSize
    options.byteCount = batchMegabytes * 1_000_000
    options.interval = batchPoll.map { .milliseconds(Int64($0 * 1000)) }
    options.atOnce = batchesAtOnce
    options.priceFactor = batchDiscount
    return options
  }
}
