import ArgumentParser
import PersonaHub
import PersonaRecords

struct HubSampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "A seeded sample of the hub, or of any JSON lines file, to stdout or a file.",
    discussion: """
      The same seed gives the same sample, and 100 rows are the start of 200. --stratify spreads the sample evenly over \
      the values of a field (language, iteration, origin.verb …). --weight-by iteration --weights 0=5,1=2 draws by \
      weight, without weights the field's number is the weight. --diverse 100 draws personas that are far from each other \
      in meaning, --pairs 0.8 pairs of that similarity, one JSON object each; both are for a hub.

      Example: persona-hub hub sample --count 3 --stratify language --hub hub
      """)

  @Argument(help: "A JSON lines file, or - for standard input; without one, the hub.")
  var file: String?

  @Option(help: "Rows to draw.")
  var count = 10

  @Option(help: ArgumentHelp("Field whose values share the sample evenly.", valueName: "field"))
  var stratify: String?

  @Option(help: ArgumentHelp("Field that weighs the rows.", valueName: "field"))
  var weightBy: String?

  @Option(help: ArgumentHelp("Weights of the field's values; others weigh 1.", valueName: "value=w,…"))
  var weights: String?

  @Option(help: ArgumentHelp("Draw so many personas that are far from each other in meaning.", valueName: "n"))
  var diverse: Int?

  @Option(help: ArgumentHelp("Draw --count pairs of personas with this cosine.", valueName: "cosine"))
  var pairs: Double?

  @Option(help: ArgumentHelp("With --pairs: how far the cosine may be off, either way.", valueName: "cosine"))
  var tolerance = 0.01

  @Option(help: ArgumentHelp("Key of the text in a file.", valueName: "key"))
  var key = "persona"

  @OptionGroup var embedding: EmbeddingOptions

  @Option(name: [.short, .long], help: ArgumentHelp("Where the rows go. [default: stdout]", valueName: "file"))
  var output: String?

  @OptionGroup var hub: HubOptions
  @OptionGroup var seed: SeedOption
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    guard count >= 1 else { throw ValidationError("--count should be at least 1") }
    if diverse != nil || pairs != nil {
      guard file == nil else { throw ValidationError("--diverse and --pairs are for a hub: hub import FILE first") }
      if stratify != nil || weightBy != nil || (diverse != nil && pairs != nil) {
        throw ValidationError("--diverse, --pairs, --stratify and --weight-by exclude each other")
      }
    }
    if let diverse, diverse < 1 { throw ValidationError("--diverse should be at least 1") }
    if let pairs {
      guard tolerance > 0, pairs - tolerance >= 0.05, pairs <= 1 else {
        throw ValidationError("--pairs should be a cosine up to 1, with --tolerance below it and at least 0.05 left")
      }
    }
    if weights != nil, weightBy == nil { throw ValidationError("--weights goes with --weight-by FIELD") }
    if talk.json, output == nil { throw ValidationError("--json and the rows cannot both go to stdout; give -o") }
    _ = try parsedWeights()
  }

  private func parsedWeights() throws -> [String: Double] {
    var parsed: [String: Double] = [:]
    for pair in (weights ?? "").commaSeparated {
      guard let equals = pair.lastIndex(of: "="), let weight = Double(pair[pair.index(after: equals)...]), weight >= 0,
        weight.isFinite
      else { throw ValidationError("--weights should be like 0=5,1=2 and holds \"\(pair.cut(to: 20))\"") }
      parsed[String(pair[..<equals])] = weight
    }
    return parsed
  }

  func run() async throws {
    var settings = HubSample.Settings(count: count)
    settings.seed = seed.seed
    settings.stratifyBy = stratify
    settings.weightBy = weightBy
    settings.weights = try parsedWeights()
    let sample = HubSample(settings: settings)
    // The sample itself is what the command is for: the closing table would stand between the rows on a terminal.
    var runner = Runner(output: talk, allowedFailures: failures.allowFailures.share)
    runner.showsTable = output != nil
    let vectors = try embedding.settings()
    try await runner.runStep { hooks in
      let context = embedding.context(hub, seed: seed.seed, hooks)
      let sink = try LineSink(path: output) { Talk.data(Array($0) + [0x0A]) }
      let meaning = MeaningSearch(embedding: vectors, context: context)
      let outcome =
        if let diverse {
          try await meaning.diverse(diverse) { try sink.write($0) }
        } else if let pairs {
          try await meaning.pairs(cosine: pairs, tolerance: tolerance, count: count) { try sink.write($0) }
        } else if let file {
          try sample.run(LineFilePass(input: file, output: nil, key: key, onProgress: hooks.onProgress), context) {
            try sink.write($0)
          }
        } else {
          try sample.run(context) { try sink.write($0) }
        }
      try sink.finish()
      return outcome
    }
  }
}
