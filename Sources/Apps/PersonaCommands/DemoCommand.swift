import ArgumentParser
import PersonaHub
import PersonaRecords

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The whole flow offline, on the texts that come with the program.",
    discussion: """
      Texts become personas, personas become more personas, poor ones and near-copies leave, and a hub, two small data \
      sets and a page for the browser stand in the folder. builtin answers: a text analyser, not a language model.

      Example: persona-hub demo --out demo-out
      """)

  @Option(help: ArgumentHelp("Folder to make; what an earlier demo left there is replaced.", valueName: "dir"))
  var out = "demo-out"

  @Option(help: "Questions worked on at once.")
  var concurrency = 16

  @OptionGroup var seed: SeedOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...4096).contains(concurrency) else { throw ValidationError("--concurrency goes from 1 to 4096") }
  }

  func run() async throws {
    let demo = Demo(folder: out, seed: seed.seed, concurrency: concurrency)
    try await Runner(output: output).run { onProgress, isStopping in
      try await demo.run(onProgress: onProgress, isStopping: isStopping) { outcome in
        if !output.quiet { Talk.say(StepLine.text(outcome.summary)) }
      }
    }
  }
}

/// A step in one line, for commands that run several.
enum StepLine {
  static func text(_ summary: Summary) -> String {
    let figures = summary.figures.filter { $0.value.intValue != nil }.prefix(5)
    return "  \(summary.title): "
      + figures.map { "\($0.label) \(grouped($0.value.intValue ?? 0))" }.joined(separator: ", ")
  }
}
