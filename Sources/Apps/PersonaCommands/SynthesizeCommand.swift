import ArgumentParser
import PersonaHub
import PersonaRecords

struct SynthesizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "A recipe and a sample of the hub become a checked data set.",
    discussion: """
      Asks a sample of personas, drawn by seed, with the recipe's prompt; what passes the recipe's checks is written in \
      the order of the sample, the rest is kept with its reason in the run's folder.

      Example: persona-hub synthesize --recipe math --count 100 -o math.jsonl --hub hub
      """)

  @Option(help: "A recipe by name (see: persona-hub recipes list), or the path of your own YAML file.")
  var recipe: String

  @Option(help: "Personas asked.")
  var count = 100

  @Option(help: ArgumentHelp("Draw further personas until so many instances have passed.", valueName: "n"))
  var accepted: Int?

  @Option(help: "How persona and examples stand in the prompt.")
  var mode = "zero-shot"

  @Option(name: [.short, .long], help: ArgumentHelp("Where the instances go.", valueName: "file"))
  var output: String

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard count >= 1 else { throw ValidationError("--count should be at least 1") }
    if let accepted, accepted < 1 { throw ValidationError("--accepted should be at least 1") }
  }

  var settings: Synthesis.Settings {
    var settings = Synthesis.Settings(recipe: recipe, count: count, output: output)
    settings.accepted = accepted
    settings.mode = mode
    return settings
  }

  func run() async throws {
    try await step.run(
      plan: { try Synthesis(settings: settings, context: $0).plan() },
      step: { try await Synthesis(settings: settings, context: $0).run() })
  }
}
