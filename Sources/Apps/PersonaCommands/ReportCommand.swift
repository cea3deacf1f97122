import ArgumentParser
import PersonaHub
import PersonaRecords

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What is in a data set: counts, repeats, near-copies, habits, broken JSON.",
    discussion: """
      Of any JSON lines file, ours or anybody's, plain, gzip or zstd. --tools and --schema say how many texts are the JSON \
      they should be, and why the others are not; texts that are JSON inside JSON or in a code fence are read as what they hold. \
      --adherence asks whether a text is nearer in meaning to its own persona than to another one.

      Example: persona-hub report math.jsonl -o report.html
      """)

  @Argument(help: "A JSON lines file.")
  var file: String

  @Option(name: [.short, .long], help: ArgumentHelp("Write the report as a page for the browser.", valueName: "html"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Key of the text. [default: the first of \(DatasetReporting.knownKeys.joined(separator: ", ")) in the first row]",
      valueName: "key"))
  var key: String?

  @Option(help: ArgumentHelp("Texts should be JSON that fits this JSON Schema.", valueName: "file"))
  var schema: String?

  @Flag(help: "Texts should be tool interfaces, with the six keys of the paper.")
  var tools = false

  @Option(help: "Jaccard similarity of word sets from which on two texts are near-copies; 0 compares none.")
  var near = "0.9"

  @Flag(help: "Compare texts with their personas in meaning.")
  var adherence = false

  @Option(help: ArgumentHelp("Rows that adherence is measured on, at most.", valueName: "n"))
  var adherenceRows = 2_000

  @Option(help: ArgumentHelp("Key of the persona. [default: persona, or input persona]", valueName: "key"))
  var personaKey: String?

  @Option(help: ArgumentHelp("Folder of the sentence model. [default: the one that make installs]", valueName: "dir"))
  var embeddingModel: String?

  @OptionGroup var seed: SeedOption
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    if tools, schema != nil { throw ValidationError("give --tools or --schema, not both") }
    guard (2...1_000_000).contains(adherenceRows) else {
      throw ValidationError("--adherence-rows goes from 2 to 1000000")
    }
  }

  var settings: DatasetReporting.Settings {
    var settings = DatasetReporting.Settings(input: file)
    settings.output = output
    settings.key = key
    settings.personaKey = personaKey
    settings.schema = schema
    settings.expectsTools = tools
    settings.nearThreshold = near == "0" ? nil : near
    settings.measuresAdherence = adherence
    settings.adherenceSample = adherenceRows
    settings.modelFolder = embeddingModel
    settings.seed = seed.seed
    return settings
  }

  func run() async throws {
    let report = try DatasetReporting(settings: settings)
    var runner = Runner(output: talk, allowedFailures: failures.allowFailures.share)
    // The summary's own JSON would be a second object on stdout.
    runner.printsJSON = false
    try await runner.run { onProgress, isStopping in
      let findings = try await report.run(onProgress: onProgress, isStopping: isStopping)
      if talk.json { Talk.data(findings.json) }
      return findings.outcome
    }
  }
}
