import ArgumentParser
import PersonaHub
import PersonaRecords

struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter",
    abstract: "Takes poor descriptions out of a hub, or out of any JSON lines file.",
    discussion: """
      Without a file, works on the hub: what goes is kept in its folder dropped/ with the rule's name. With a file, \
      copies the kept lines byte for byte to -o (or stdout), and the others, with verdicts, beside it.

      Rules:
      \(Filtering.rules.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Example: persona-hub filter personas.jsonl -o good.jsonl --without too-long
      """)

  @Argument(help: "A JSON lines file, or - for standard input; without one, the hub.")
  var file: String?

  @Option(name: [.short, .long], help: ArgumentHelp("Kept lines. [default: stdout]", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Key of the description in a file.", valueName: "key"))
  var key = "persona"

  @Option(help: ArgumentHelp("Rules to switch off, such as too-long,private-data.", valueName: "rules"))
  var without: String?

  @Option(help: ArgumentHelp("Languages to keep, such as en,de. [default: all]", valueName: "codes"))
  var languages: String?

  @Option(help: ArgumentHelp("Shortest description, in characters. [default: see docs/filter.md]", valueName: "n"))
  var minChars: Int?

  @Option(help: ArgumentHelp("Longest description, in characters. [default: see docs/filter.md]", valueName: "n"))
  var maxChars: Int?

  @OptionGroup var hub: HubOptions
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    if file == nil, output != nil { throw ValidationError("-o goes with a file; a hub keeps what goes in dropped/") }
    if talk.json, file != nil, output == nil {
      throw ValidationError("--json and the kept lines cannot both go to stdout; give -o")
    }
    if let minChars, let maxChars, minChars > maxChars {
      throw ValidationError("--min-chars is above --max-chars: nothing can pass")
    }
  }

  var settings: Filtering.Settings {
    var settings = Filtering.Settings()
    settings.without = without?.commaSeparated ?? []
    settings.languages = languages?.commaSeparated ?? []
    settings.minimumCharacters = minChars
    settings.maximumCharacters = maxChars
    return settings
  }

  func run() async throws {
    let filtering = try Filtering(settings: settings)
    try await Runner(output: talk, allowedFailures: failures.allowFailures.share).run { onProgress, isStopping in
      guard let file else {
        return try filtering.run(
          FlowContext(
            hubPath: hub.hub, model: ModelSettings(name: "builtin", url: nil), onProgress: onProgress,
            isStopping: isStopping))
      }
      let files = LineFilePass(
        input: file, output: output, key: key, onLine: { Talk.data(Array($0) + [0x0A]) }, onProgress: onProgress)
      return try filtering.run(files, isStopping: isStopping)
    }
  }
}
