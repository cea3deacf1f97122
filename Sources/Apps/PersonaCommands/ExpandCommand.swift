import ArgumentParser
import PersonaHub
import PersonaRecords

struct ExpandCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand",
    abstract: "Persona-to-Persona: personas become related personas, round by round.",
    discussion: """
      Each round asks about the personas of the round before; a description seen before never enters again. The same \
      command goes on after an interruption.

      Example: persona-hub expand --hub hub --rounds 2 --per-persona 2
      """)

  @Option(help: "Rounds; the paper has six.")
  var rounds = PaperSettings.expansionIterations

  @Option(help: "Related personas asked for per persona.")
  var perPersona = 2

  @Option(help: ArgumentHelp("The hub grows to this many personas at most. [default: no limit]", valueName: "n"))
  var maxTotal: Int?

  @Option(
    help: ArgumentHelp(
      "Your prompt in the shipped one's place; see: persona-hub prompts show expand", valueName: "file"))
  var prompt: String?

  @Option(
    help: ArgumentHelp(
      "After each round, drop near-copies at this Jaccard similarity, such as 0.9. [default: they stay]",
      valueName: "threshold"))
  var dedup: String?

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard (1...100).contains(rounds) else { throw ValidationError("--rounds goes from 1 to 100") }
    guard (1...50).contains(perPersona) else { throw ValidationError("--per-persona goes from 1 to 50") }
    if let maxTotal, maxTotal < 1 { throw ValidationError("--max-total should be at least 1") }
  }

  var settings: Expansion.Settings {
    var settings = Expansion.Settings()
    settings.rounds = rounds
    settings.relationsPerPersona = perPersona
    settings.maximumTotal = maxTotal
    settings.promptFile = prompt
    settings.deduplication = dedup.map { Deduplication.Settings(threshold: $0) }
    return settings
  }

  func run() async throws {
    try await step.run(
      plan: { try Expansion(settings: settings, context: $0).plan() },
      step: { try await Expansion(settings: settings, context: $0).run() })
  }
}
