import ArgumentParser
import PersonaHub
import PersonaRecords

struct SynthesizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "A recipe and a sample of the hub become a checked data set.",
    discussion: """
      Asks a sample of personas, drawn by seed, with the recipe's prompt; what passes the recipe's checks and is no \
      near-copy of an earlier one is written in the order of the sample, the rest is kept with its reason in the run's \
      folder.

      Example: persona-hub synthesize --recipe math --count 100 -o math.jsonl --hub hub
      """)

  @OptionGroup var recipe: RecipeOptions

  @Option(help: "Personas asked.")
  var count = 100

  @Option(help: ArgumentHelp("Instances for each persona.", valueName: "k"))
  var perPersona = 1

  @Option(help: ArgumentHelp("Draw further personas until so many instances have passed.", valueName: "n"))
  var accepted: Int?

  @Option(
    help: ArgumentHelp(
      "Share of words from which on an instance is a copy of an earlier one, and leaves; off keeps all.",
      valueName: "threshold"))
  var nearCopies = "0.9"

  @Option(name: [.short, .long], help: ArgumentHelp("Where the instances go.", valueName: "file"))
  var output: String

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard count >= 1 else { throw ValidationError("--count should be at least 1") }
    guard (1...10_000).contains(perPersona) else { throw ValidationError("--per-persona goes from 1 to 10000") }
    if let accepted, accepted < 1 { throw ValidationError("--accepted should be at least 1") }
  }

  var settings: Synthesis.Settings {
    var settings = Synthesis.Settings(recipe: recipe.choice, count: count, output: output)
    settings.accepted = accepted
    settings.perPersona = perPersona
    settings.nearCopies = nearCopies == "off" ? nil : nearCopies
    return settings
  }

  func run() async throws {
    try await step.run(
      plan: { try Synthesis(settings: settings, context: $0).plan() },
      step: { try await Synthesis(settings: settings, context: $0).run() })
  }
}

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "A few instances to look at before the money is spent.",
    discussion: """
      Prints what is asked, what comes back, and what the checks say of it, and what a thousand would cost. The replies \
      are kept, so synthesize does not pay for the same ones again.

      Example: persona-hub preview --recipe math --count 3 --hub hub
      """)

  @OptionGroup var recipe: RecipeOptions

  @Option(help: "Personas asked.")
  var count = 5

  @Flag(help: "Without the prompts.")
  var answersOnly = false

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("--count goes from 1 to 1000") }
    if step.dryRun { throw ValidationError("preview asks a few; to ask none use: persona-hub synthesize --dry-run") }
  }

  func run() async throws {
    let showsPrompts = !answersOnly
    let isJSON = step.output.json
    let choice = recipe.choice
    let count = count
    try await step.run(
      plan: { _ in throw ValidationError("preview has no dry run") },
      step: { context in
        try await Preview(choice, count: count, context: context).run { sample in
          if !isJSON { Talk.data(Self.text(of: sample, showsPrompts: showsPrompts)) }
        }
      })
  }

  private static func text(of sample: Preview.Sample, showsPrompts: Bool) -> String {
    var lines = ["=== \(sample.persona)"]
    if showsPrompts { for message in sample.messages { lines += ["--- \(message.role.rawValue)", message.content] } }
    if let instance = sample.instance {
      lines += ["--- passed", instance.text]
      for field in instance.fields {
        lines.append("    \(field.key): \((field.value.stringValue ?? field.value.line).cut(to: 400))")
      }
    } else {
      lines += ["--- rejected: \(sample.reason), \(sample.detail)", sample.reply]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
