import ArgumentParser
import PersonaHub

/// Which model gives texts their vectors: one in this process, or one behind an endpoint.
struct EmbeddingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of the sentence model. [default: PERSONA_HUB_EMBEDDING_MODEL, else the one that make installs]",
      valueName: "dir"))
  var embeddingModel: String?

  @Option(
    help: ArgumentHelp(
      "Model of an endpoint that gives the vectors instead. [default: the one model of --embedding-url]",
      valueName: "name"))
  var embeddingName: String?

  @Option(
    help: ArgumentHelp(
      "Base URL of an OpenAI-compatible endpoint. [default with --embedding-name: OPENAI_BASE_URL]", valueName: "url"))
  var embeddingURL: String?

  @Option(help: ArgumentHelp("Numbers the endpoint should give each vector. [default: the model's]", valueName: "n"))
  var dimensions: Int?

  @Flag(help: "Vectors of four bytes a number instead of two.")
  var float32 = false

  @OptionGroup(title: "Calls to an endpoint") var calls: CallOptions

  private var isEndpointNamed: Bool { embeddingName != nil || embeddingURL != nil }

  func validate() throws {
    if isEndpointNamed, embeddingModel != nil {
      throw ValidationError("--embedding-model is a model in this process; leave out the endpoint's, or it")
    }
    guard let dimensions else { return }
    guard isEndpointNamed else {
      throw ValidationError("--dimensions goes with a model of an endpoint: --embedding-name or --embedding-url")
    }
    guard (1...65_536).contains(dimensions) else { throw ValidationError("--dimensions goes from 1 to 65536") }
  }

  /// What was typed, as it is meant.
  /// - Throws: `Problem` when a price list cannot be read.
  func settings() throws -> Embedding.Settings {
    var settings = Embedding.Settings()
    settings.modelFolder = embeddingModel
    settings.isHalfPrecision = !float32
    guard isEndpointNamed else { return settings }
    var endpoint = ModelSettings.embeddings(name: embeddingName, url: embeddingURL)
    try calls.apply(to: &endpoint)
    settings.endpoint = endpoint
    settings.dimensions = dimensions
    return settings
  }

  /// A context for steps that may have to ask for vectors; it is a run that may go on.
  func context(_ hub: HubOptions, seed: UInt64 = 0, _ hooks: Runner.Hooks) -> FlowContext {
    var context = FlowContext(
      hubPath: hub.hub, model: ModelSettings(name: "builtin", url: nil), seed: seed, onProgress: hooks.onProgress,
      isStopping: hooks.isStopping)
    context.onNotice = hooks.onNotice
    context.onMessage = hooks.onMessage
    context.asksAgain = calls.noCache
    context.command = Runner.noted
    return context
  }
}

/// Dedup by meaning.
struct SemanticOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Compare meanings: the cosine of vectors above which two rows are copies.", valueName: "cosine"))
  var semantic: Double?

  @Option(
    help: ArgumentHelp(
      "The vectors of a file's rows, in their order: a NumPy array of unit vectors. [default: made beside the output]",
      valueName: "npy"))
  var vectors: String?

  @Flag(help: "With --semantic: compare whatever could be a pair.")
  var exact = false

  @Option(help: ArgumentHelp("With --semantic: the least share of copies to find.", valueName: "share"))
  var minRecall = 0.99

  @OptionGroup var embedding: EmbeddingOptions

  func validate() throws {
    if semantic == nil, vectors != nil || exact {
      throw ValidationError("--vectors and --exact go with --semantic")
    }
  }

  /// nil where meanings are not compared.
  func settings(memory: Int, talk: OutputOptions) throws -> SemanticDeduplication.Settings? {
    guard let semantic else { return nil }
    var settings = SemanticDeduplication.Settings()
    settings.threshold = semantic
    settings.isExact = exact
    settings.minRecall = minRecall
    settings.memory = memory
    settings.embedding = try embedding.settings()
    if !talk.quiet { settings.onNote = { Talk.say($0) } }
    return settings
  }
}
