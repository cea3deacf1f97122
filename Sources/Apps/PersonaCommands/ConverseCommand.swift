import ArgumentParser
import PersonaHub
import PersonaRecords

struct ConverseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "converse",
    abstract: "Later turns: a persona goes on talking with an assistant, or with another persona.",
    discussion: """
      Continues what an instruction recipe made: the model answers as an assistant that knows nothing of the persona, and \
      writes the next message as the persona, in turn. With --with persona two personas of the hub talk. Neither side sees \
      the other's hidden prompt. A conversation ends after --turns, with a goodbye, or before a message that repeats an \
      earlier one.

      Example: persona-hub converse instructions.jsonl --turns 2 -o conversations.jsonl --hub hub
      """)

  enum Partner: String, ExpressibleByArgument, CaseIterable {
    case assistant, persona
  }

  @Argument(help: "A JSON lines file of instances whose text is the first message.")
  var instances: String?

  @Option(help: "Who answers: assistant or persona.")
  var with = Partner.assistant

  @Option(help: "Messages of the side that begins, at most.")
  var turns = 3

  @Option(help: "With --with persona: conversations, each of two personas of the hub.")
  var count = 100

  @Option(help: ArgumentHelp("With --with persona: what they are to talk about.", valueName: "text"))
  var topic = ""

  @Option(help: ArgumentHelp("What the assistant is told before the conversation.", valueName: "file"))
  var system: String?

  @Option(name: [.short, .long], help: ArgumentHelp("Where the conversations go.", valueName: "file"))
  var output: String

  @OptionGroup var step: ModelStepOptions

  func validate() throws {
    guard (1...100).contains(turns) else { throw ValidationError("--turns goes from 1 to 100") }
    guard count >= 1 else { throw ValidationError("--count should be at least 1") }
    switch with {
    case .assistant:
      guard instances != nil else { throw ValidationError("name a file of instances, or use --with persona") }
      guard topic.isEmpty else { throw ValidationError("--topic is for --with persona") }
    case .persona:
      guard instances == nil else { throw ValidationError("two personas begin by themselves: leave the file out") }
      guard system == nil else { throw ValidationError("--system is what an assistant is told") }
    }
  }

  func run() async throws {
    var settings = Conversing.Settings(output: output)
    settings.input = instances
    settings.isBetweenPersonas = with == .persona
    settings.turns = turns
    settings.count = count
    settings.topic = topic
    settings.systemFile = system
    let told = settings
    try await step.run(
      plan: { try Conversing(settings: told, context: $0).plan() },
      step: { try await Conversing(settings: told, context: $0).run() })
  }
}
