import ArgumentParser
import PersonaHub
import PersonaRecords

struct PanelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panel",
    abstract: "A sample of personas answers a question as themselves; the answers are counted.",
    discussion: """
      The question's file is plain text, or YAML with question, choices and scale. The report has shares with intervals, \
      reasons in groups and quotes, and says what such a simulation cannot show: no person was asked.

      Example: persona-hub panel --question question.yaml --size 50 -o answers.jsonl --hub hub
      """)

  @Option(help: ArgumentHelp("The question: plain text, or YAML with question, choices, scale.", valueName: "file"))
  var question: String

  @Option(help: "Members of the panel.")
  var size = 100

  @Option(help: ArgumentHelp("Field whose values share the panel evenly, such as language.", valueName: "field"))
  var stratify: String?

  @Option(name: [.short, .long], help: ArgumentHelp("Where the answers go.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("Where the report goes. [default: beside the answers, as .md]", valueName: "file"))
  var report: String?

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard (1...1_000_000).contains(size) else { throw ValidationError("--size goes from 1 to 1000000") }
  }

  func run() async throws {
    let plain = output.hasSuffix(".jsonl") ? String(output.dropLast(6)) : output
    var settings = PanelRun.Settings(question: question, output: output, report: report ?? "\(plain).md")
    settings.size = size
    settings.stratifyBy = stratify
    let told = settings
    try await step.run(
      plan: { try PanelRun(settings: told, context: $0).plan() },
      step: { try await PanelRun(settings: told, context: $0).run() })
  }
}
