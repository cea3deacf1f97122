import ArgumentParser
import PersonaHub

struct EmbedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Gives the personas of a hub, or the rows of any JSON lines file, their vectors.",
    discussion: """
      In this process, without network: all-MiniLM-L6-v2, which make installs, or the model of --embedding-model. A hub \
      keeps its vectors in vectors/; of a file they go to -o, a NumPy array with a row for each readable row, and a small \
      description beside it. After an interruption the same command goes on.

      With --embedding-name text-embedding-3-small --dimensions 512 the vectors come from an endpoint (OPENAI_BASE_URL, or \
      --embedding-url; the key in OPENAI_API_KEY), by a run of the hub: texts are sent many at a time, what was paid for is \
      kept, and --budget holds.

      Example: persona-hub embed personas.jsonl -o vectors.npy
      """)

  @Argument(help: "A JSON lines file; without one, the hub.")
  var file: String?

  @Option(name: [.short, .long], help: ArgumentHelp("Where the vectors of a file go.", valueName: "npy"))
  var output: String?

  @Option(help: ArgumentHelp("Key of the text in a file.", valueName: "key"))
  var key = "persona"

  @OptionGroup var embedding: EmbeddingOptions
  @OptionGroup var hub: HubOptions
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  @Flag(help: "Begin a new run at the endpoint, where the same command would go on with an earlier one.")
  var new = false

  @Flag(help: "Show what an endpoint would be asked, with tokens and cost, and ask nothing.")
  var dryRun = false

  func validate() throws {
    if file == nil, output != nil { throw ValidationError("-o goes with a file; a hub keeps its vectors in vectors/") }
    if file != nil, output == nil { throw ValidationError("say where the vectors go: -o vectors.npy") }
    if file == "-" {
      throw ValidationError("embed reads its file twice, so it cannot read standard input; write it to a file first")
    }
  }

  func run() async throws {
    let work = Embedding(settings: try embedding.settings())
    try await Runner(output: talk, allowedFailures: failures.allowFailures.share).runStep { hooks in
      var context = embedding.context(hub, hooks)
      context.startsAnew = new
      guard let file, let output else { return try await dryRun ? work.plan(context) : work.run(context) }
      var job = Embedding.FileJob(input: file, output: output)
      job.key = key
      return try await dryRun ? work.plan(job, context) : work.run(job, context)
    }
  }
}
