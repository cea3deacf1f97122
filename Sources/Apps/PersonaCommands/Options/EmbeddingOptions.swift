import ArgumentParser
import PersonaHub

/// Which model gives texts their vectors.
struct EmbeddingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of the sentence model. [default: PERSONA_HUB_EMBEDDING_MODEL, else the one that make installs]",
      valueName: "dir"))
  var embeddingModel: String?

  @Flag(help: "Vectors of four bytes a number instead of two.")
  var float32 = false

  var settings: Embedding.Settings {
    var settings = Embedding.Settings()
    settings.modelFolder = embeddingModel
    settings.isHalfPrecision = !float32
    return settings
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
  func settings(memory: Int, talk: OutputOptions) -> SemanticDeduplication.Settings? {
    guard let semantic else { return nil }
    var settings = SemanticDeduplication.Settings()
    settings.threshold = semantic
    settings.isExact = exact
    settings.minRecall = minRecall
    settings.memory = memory
    settings.embedding = embedding.settings
    if !talk.quiet { settings.onNote = { Talk.say($0) } }
    return settings
  }
}
