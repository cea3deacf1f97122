import ArgumentParser
import PersonaHub
import PersonaRecords

struct HubImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings personas from JSON lines files into a hub.",
    discussion: """
      Any row with the key persona will do; rows of our own shape keep their origin. What is no persona is set aside \
      with file and row.

      Example: persona-hub hub import personas.jsonl --hub hub
      """)

  @Argument(help: "JSON lines files, packed or not, or - for standard input.")
  var files: [String]

  @Option(help: ArgumentHelp("Key of the description.", valueName: "key"))
  var personaField = "persona"

  @Option(
    help: ArgumentHelp(
      "Drop near-copies among what comes in at this Jaccard similarity, such as 0.9. [default: they stay]",
      valueName: "threshold"))
  var dedup: String?

  @OptionGroup var hub: HubOptions
  @OptionGroup var failures: FailureOption
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Runner(output: output, allowedFailures: failures.allowFailures.share).run { onProgress, isStopping in
      try Importing(
        files: files, personaField: personaField, deduplication: dedup.map { Deduplication.Settings(threshold: $0) }
      ).run(
        FlowContext(
          hubPath: hub.hub, model: ModelSettings(name: "builtin", url: nil), onProgress: onProgress,
          isStopping: isStopping))
    }
  }
}
