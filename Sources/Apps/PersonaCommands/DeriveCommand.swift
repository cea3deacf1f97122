import ArgumentParser
import PersonaHub
import PersonaRecords

struct DeriveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "derive",
    abstract: "Text-to-Persona: texts become personas in a hub.",
    discussion: """
      Reads JSON lines, plain text, Markdown, CSV, TSV, WARC, WET and parquet, packed with gzip or zstd or not, known \
      by content. Each passage is asked about with one of the verbs. What cannot be read is set aside with its place.

      Example: persona-hub derive texts/ --hub hub --max-passages 2
      """)

  @Argument(help: "Files, folders, globs, or - for standard input.")
  var corpus: [String]

  @Option(help: ArgumentHelp("Key of the text. [default: text, raw_content or content]", valueName: "key"))
  var textKey: String?

  @Option(help: "Shorter texts are left out, in characters.")
  var minChars = 50

  @Option(help: "Longer texts are cut at sentence ends into passages of this many characters.")
  var passageChars = 2000

  @Option(help: "Passages taken from one text at most; 0 for all.")
  var maxPassages = 4

  @Option(help: ArgumentHelp("Languages to keep, such as en,de. [default: all]", valueName: "codes"))
  var languages: String?

  @Option(help: ArgumentHelp("Larger records are set aside, in megabytes.", valueName: "MB"))
  var maxRecord = 64

  @Option(help: ArgumentHelp("What a person may do with a text.", valueName: "verbs"))
  var verbs = PaperSettings.verbs.joined(separator: ",")

  @Flag(help: "Ask about each passage with every verb instead of one drawn by seed.")
  var everyVerb = false

  @Option(help: "fine: as specific as possible. coarse: in broad terms.")
  var granularity = "fine"

  @Option(help: "Personas asked for per passage and verb.")
  var perText = 1

  @Option(help: "plain: one or two sentences. structured: role, field, interests, situation.")
  var format = "plain"

  @Option(
    help: ArgumentHelp(
      "Your prompt in the shipped one's place; see: persona-hub prompts show derive", valueName: "file"))
  var prompt: String?

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard minChars >= 0, passageChars >= 200, maxPassages >= 0 else {
      throw ValidationError("--min-chars and --max-passages go from 0, --passage-chars from 200")
    }
    guard minChars <= passageChars else {
      throw ValidationError("--min-chars is above --passage-chars: nothing can pass")
    }
    guard (1...2048).contains(maxRecord) else { throw ValidationError("--max-record goes from 1 to 2048 megabytes") }
    guard (1...50).contains(perText) else { throw ValidationError("--per-text goes from 1 to 50") }
    guard !verbs.commaSeparated.isEmpty else { throw ValidationError("--verbs names no verb") }
    guard ["fine", "coarse"].contains(granularity) else { throw ValidationError("--granularity is fine or coarse") }
    guard ["plain", "structured"].contains(format) else { throw ValidationError("--format is plain or structured") }
  }

  var settings: Derivation.Settings {
    var settings = Derivation.Settings(corpus: corpus)
    settings.textKey = textKey
    settings.minimumCharacters = minChars
    settings.passageCharacters = passageChars
    settings.maximumPassages = maxPassages
    settings.languages = languages?.commaSeparated ?? []
    settings.maximumRecordBytes = maxRecord << 20
    settings.verbs = verbs.commaSeparated
    settings.asksEveryVerb = everyVerb
    settings.granularity = granularity
    settings.personasPerText = perText
    settings.format = format
    settings.promptFile = prompt
    return settings
  }

  func run() async throws {
    try await step.run(
      plan: { try Derivation(settings: settings, context: $0).plan() },
      step: { try await Derivation(settings: settings, context: $0).run() })
  }
}

extension String {
  /// The parts between commas, without white space and empty ones.
  var commaSeparated: [String] {
    split(separator: ",").map { String($0).collapsingWhitespace() }.filter { !$0.isEmpty }
  }
}
