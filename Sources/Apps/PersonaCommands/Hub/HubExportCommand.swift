import ArgumentParser
import PersonaHub
import PersonaRecords

struct HubExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Every persona of the hub as JSON lines, to stdout or a file.",
    discussion: """
      full: all keys, with the origin. persona: {"persona": …} alone, as in the data released with the paper. A file \
      named .zst is packed.

      Example: persona-hub hub export -o personas.jsonl --format persona --hub hub
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case full, persona
  }

  @Option(help: "full, or persona.")
  var format = Format.full

  @Option(name: [.short, .long], help: ArgumentHelp("Where the rows go. [default: stdout]", valueName: "file"))
  var output: String?

  @OptionGroup var hub: HubOptions
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    if talk.json, output == nil { throw ValidationError("--json and the rows cannot both go to stdout; give -o") }
  }

  func run() async throws {
    var runner = Runner(output: talk)
    runner.showsTable = output != nil
    try await runner.run { onProgress, isStopping in
      let sink = try LineSink(path: output) { Talk.data(Array($0) + [0x0A]) }
      var outcome = try HubInspection(hubPath: hub.hub, onProgress: onProgress)
        .export(onlyDescription: format == .persona, isStopping: isStopping) { try sink.write($0) }
      try sink.finish()
      if let output { outcome.summary.add(file: output, "personas") }
      return outcome
    }
  }
}
