import ArgumentParser
import PersonaHub
import PersonaRecords

/// Which model is asked, and how.
struct ModelOptions: ParsableArguments {
  @Option(help: "Model to ask: builtin, or a name the endpoint knows. [default: builtin without an endpoint]")
  var model: String?

  @Option(help: ArgumentHelp("Base URL of an OpenAI-compatible endpoint. [default: OPENAI_BASE_URL]", valueName: "url"))
  var modelURL: String?

  @Option(help: "Sampling temperature. [default: the recipe's or the server's]")
  var temperature: Double?

  @Option(help: "Nucleus sampling. [default: the server's]")
  var topP: Double?

  @Option(help: "Most tokens of one reply. [default: the recipe's, else 4096]")
  var maxTokens: Int?

  @Option(help: ArgumentHelp("A text that ends a reply; may be given several times.", valueName: "text"))
  var stop: [String] = []

  @Option(
    help: ArgumentHelp("Further members of each request, such as '{\"top_k\":20}'.", valueName: "json"))
  var extraBody: String?

  @OptionGroup var calls: CallOptions

  func validate() throws {
    if let temperature, !(0...2).contains(temperature) { throw ValidationError("--temperature goes from 0 to 2") }
    if let topP, !(0...1).contains(topP) { throw ValidationError("--top-p goes from 0 to 1") }
    if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens should be at least 1") }
    _ = try furtherMembers()
  }

  private func furtherMembers() throws -> [JSONValue.Member] {
    guard let extraBody else { return [] }
    guard let members = (try? JSONValue(text: extraBody))?.objectValue else {
      throw ValidationError("--extra-body should be a JSON object and is \"\(extraBody.cut(to: 40))\"")
    }
    for name in ["model", "messages", "stream"] where members.contains(where: { $0.key == name }) {
      throw ValidationError("--extra-body must not hold \"\(name)\": that is the program's own")
    }
    return members
  }

  /// What was typed, as it is meant.
  /// - Throws: `Problem` when the price list cannot be read.
  func settings() throws -> ModelSettings {
    var settings = ModelSettings(name: model, url: modelURL)
    try calls.apply(to: &settings)
    settings.setSampling(
      temperature: temperature, topP: topP, maxTokens: maxTokens, stop: stop, extra: try furtherMembers())
    return settings
  }
}

/// What every step that asks a model has in common.
struct ModelStepOptions: ParsableArguments {
  @OptionGroup var hub: HubOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var batch: BatchCommandOptions
  @OptionGroup var seed: SeedOption
  @OptionGroup var failures: FailureOption
  @OptionGroup var output: OutputOptions

  @Flag(help: "Begin a new run, where the same command would go on with an earlier one.")
  var new = false

  @Flag(help: "Show the plan, with tokens and cost, and ask nothing.")
  var dryRun = false

  /// The model with its batches, as typed.
  func modelSettings() throws -> ModelSettings {
    var settings = try model.settings()
    settings.batches = batch.options
    return settings
  }

  /// Runs a step, or shows its plan.
  func run(
    plan: (FlowContext) throws -> Outcome, step: (FlowContext) async throws -> Outcome
  ) async throws {
    let settings = try modelSettings()
    try await Runner(output: output, allowedFailures: failures.allowFailures.share).runStep { runner in
      var context = FlowContext(
        hubPath: hub.hub, model: settings, seed: seed.seed, onProgress: runner.onProgress,
        isStopping: runner.isStopping)
      context.onNotice = runner.onNotice
      context.onMessage = runner.onMessage
      context.startsAnew = new
      context.asksAgain = model.calls.noCache
      context.command = Runner.noted
      return dryRun ? try plan(context) : try await step(context)
    }
  }
}
