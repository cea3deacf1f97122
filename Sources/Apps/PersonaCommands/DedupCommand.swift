import ArgumentParser
import PersonaHub
import PersonaRecords

struct DedupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedup",
    abstract: "Takes near-copies out of a hub, or out of any JSON lines file.",
    discussion: """
      Two texts are copies when the Jaccard similarity of their sets of words is at or above the threshold. No row goes \
      without a kept row it is a copy of, which is recorded with the similarity. With a file, the kept lines are copied \
      byte for byte to -o (or stdout), and the others, with verdicts, beside it.

      Example: persona-hub dedup personas.jsonl -o kept.jsonl --threshold 0.9
      """)

  @Argument(help: "A JSON lines file; without one, the hub.")
  var file: String?

  @Option(name: [.short, .long], help: ArgumentHelp("Kept lines. [default: stdout]", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Key of the text in a file.", valueName: "key"))
  var key = "persona"

  @Option(help: "Jaccard similarity of word sets from which on two texts are copies, above 0 and up to 1.")
  var threshold = "0.9"

  @Option(help: ArgumentHelp("How copies are found. [default: chosen by the threshold]", valueName: "method"))
  var method: String?

  @Option(help: "Which of several copies stays: input-order, longest or shortest.")
  var prefer = "input-order"

  @OptionGroup var hub: HubOptions
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    if file == nil, output != nil { throw ValidationError("-o goes with a file; a hub keeps what goes in dropped/") }
    if file == "-" {
      throw ValidationError("dedup reads its file twice, so it cannot read standard input; write it to a file first")
    }
    if talk.json, file != nil, output == nil {
      throw ValidationError("--json and the kept lines cannot both go to stdout; give -o")
    }
  }

  var settings: Deduplication.Settings {
    var settings = Deduplication.Settings()
    settings.threshold = threshold
    settings.method = method
    settings.prefer = prefer
    return settings
  }

  func run() async throws {
    let dedup = try Deduplication(settings: settings)
    try await Runner(output: talk, allowedFailures: failures.allowFailures.share).run { onProgress, isStopping in
      let context = FlowContext(
        hubPath: hub.hub, model: ModelSettings(name: "builtin", url: nil), onProgress: onProgress,
        isStopping: isStopping)
      guard let file else { return try dedup.run(context) }
      let files = LineFilePass(
        input: file, output: output, key: key, onLine: { Talk.data(Array($0) + [0x0A]) }, onProgress: onProgress)
      return try dedup.run(files, context)
    }
  }
}
