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
      byte for byte to -o (or stdout), and the others, with verdicts, beside it. What does not fit into --memory goes to \
      a folder beside the output; after an interruption the same command goes on.

      With --semantic two rows are copies when the cosine of their vectors is above the number given (the paper: 0.9); the \
      share of copies that was found is measured and printed.

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

  @Option(
    help: ArgumentHelp("exact or minhash. [default: exact from threshold 0.85 up, else minhash]", valueName: "method"))
  var method: String?

  @Option(
    help: ArgumentHelp(
      "Which of several copies stays: input-order, longest, shortest, or the key of a number in a file (the largest).",
      valueName: "order"))
  var prefer = "input-order"

  @Option(help: ArgumentHelp("Compare runs of so many words instead of single ones.", valueName: "n"))
  var ngram: Int?

  @Option(help: ArgumentHelp("Compare runs of so many characters instead of words.", valueName: "n"))
  var chars: Int?

  @Option(
    help: ArgumentHelp("Memory to stay below, such as 500MB or 8GB.", valueName: "size"), transform: ByteSize.init)
  var memory = ByteSize(byteCount: 2 << 30)

  @Option(help: ArgumentHelp("Write the groups of copies of a file, one JSON object per line.", valueName: "file"))
  var clusters: String?

  @Flag(help: "Only say how many rows of a file stay at thresholds from 0.5 to 0.95.")
  var report = false

  @Option(
    help: ArgumentHelp("Pick the threshold of a file that keeps at most so many rows, in hundredths.", valueName: "n"))
  var targetCount: Int?

  @Option(
    help: ArgumentHelp("Only write the MinHash signatures of a file, as a NumPy array of uint32.", valueName: "npy"))
  var signatures: String?

  @OptionGroup var meaning: SemanticOptions
  @OptionGroup var hub: HubOptions
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    if file == nil {
      if output != nil { throw ValidationError("-o goes with a file; a hub keeps what goes in dropped/") }
      if clusters != nil || report || targetCount != nil || signatures != nil {
        throw ValidationError(
          "--clusters, --report, --target-count and --signatures go with a file; "
            + "write the hub to one with: persona-hub hub export -o personas.jsonl")
      }
    }
    if meaning.semantic != nil,
      method != nil || clusters != nil || signatures != nil || ngram != nil || chars != nil
        || prefer != "input-order"
    {
      throw ValidationError(
        "--method, --clusters, --signatures, --ngram, --chars and --prefer are for words, not for --semantic")
    }
    if file == nil, meaning.vectors != nil { throw ValidationError("--vectors goes with a file; a hub keeps its own") }
    if file == "-" {
      throw ValidationError("dedup reads its file twice, so it cannot read standard input; write it to a file first")
    }
    if talk.json, file != nil, output == nil, !report, signatures == nil {
      throw ValidationError("--json and the kept lines cannot both go to stdout; give -o")
    }
    if ngram != nil, chars != nil { throw ValidationError("give --ngram or --chars, not both") }
    if let ngram, !(1...1000).contains(ngram) { throw ValidationError("--ngram goes from 1 to 1000") }
    if let chars, !(1...1000).contains(chars) { throw ValidationError("--chars goes from 1 to 1000") }
    if let targetCount, targetCount < 1 { throw ValidationError("--target-count should be at least 1") }
    if [report, targetCount != nil, signatures != nil].count(where: { $0 }) > 1 {
      throw ValidationError("--report, --target-count and --signatures exclude each other")
    }
  }

  var settings: Deduplication.Settings {
    var settings = Deduplication.Settings()
    settings.threshold = threshold
    settings.method = method
    settings.prefer = prefer
    settings.wordsPerShingle = ngram ?? settings.wordsPerShingle
    settings.charactersPerShingle = chars
    settings.memory = memory.byteCount
    if !talk.quiet { settings.onNote = { Talk.say($0) } }
    return settings
  }

  func semanticSettings() throws -> SemanticDeduplication.Settings? {
    try meaning.settings(memory: memory.byteCount, talk: talk)
  }

  private func runSemantic(_ dedup: SemanticDeduplication, _ context: FlowContext) async throws -> Outcome {
    guard let file else { return try await dedup.run(context) }
    var job = SemanticDeduplication.FileJob(input: file)
    job.vectors = meaning.vectors
    job.key = key
    job.output = output
    job.onLine = { Talk.data(Array($0) + [0x0A]) }
    if report { return try await dedup.report(job, context) }
    if let targetCount { return try await dedup.reaching(targetCount, job, context).run(job, context) }
    return try await dedup.run(job, context)
  }

  func run() async throws {
    let semantic = try semanticSettings().map { settings throws(Problem) in
      try SemanticDeduplication(settings: settings)
    }
    let dedup = try Deduplication(settings: settings)
    try await Runner(output: talk, allowedFailures: failures.allowFailures.share).runStep { hooks in
      let context = meaning.embedding.context(hub, hooks)
      if let semantic { return try await runSemantic(semantic, context) }
      guard let file else { return try dedup.run(context) }
      var job = Deduplication.FileJob(input: file)
      job.key = key
      job.output = output
      job.clusters = clusters
      job.onLine = { Talk.data(Array($0) + [0x0A]) }
      if let signatures { return try dedup.writeSignatures(job, to: signatures, context) }
      if report { return try dedup.report(job, context) }
      if let targetCount { return try dedup.reaching(targetCount, job, context).run(job, context) }
      return try dedup.run(job, context)
    }
  }
}

/// A number of bytes typed as `500MB`, `2GB` or `2GiB`; both kinds of units mean powers of 1,024, as in `ulimit`.
struct ByteSize: Sendable {
  let byteCount: Int

  init(byteCount: Int) { self.byteCount = byteCount }

  init(_ text: String) throws {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit: Double? =
      switch text.dropFirst(digits.count).uppercased() {
      case "MB", "MIB", "M": 1_048_576
      case "GB", "GIB", "G": 1_073_741_824
      default: nil
      }
    guard let number = Double(digits), let unit, number > 0, number * unit < 1e15 else {
      throw ValidationError("a size should be like 500MB or 8GB, and is \"\(text.cut(to: 20))\"")
    }
    byteCount = Int(number * unit)
  }
}

extension ByteSize: CustomStringConvertible {
  var description: String {
    byteCount % (1 << 30) == 0 ? "\(byteCount >> 30)GB" : "\(byteCount >> 20)MB"
  }
}
