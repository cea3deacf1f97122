import ArgumentParser
import PersonaHub
import PersonaRecords

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Instances become the files that trainers read, with a data set card.",
    discussion: """
      Reads what synthesize writes. Rows that the format cannot hold are set aside in OUT.rejected.jsonl with the reason. \
      Beside the files stands dataset_info.json, by which LLaMA-Factory finds them; entries of others stay.

      Formats:
      \(DatasetExport.formats.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      What a row teaches (--pair):
      \(DatasetExport.pairs.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
      Without --pair: conversation where a row has turns, else prompt-only with --output-field, else asked.

      With --split, OUT is a folder with train, validation and test. Parts go by persona: all rows of a persona are in one \
      part, and stay there when the data set grows.

      Example: persona-hub export math.jsonl -o train.jsonl --format messages
      """)

  @Argument(help: "Files of instances.")
  var files: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write; with --split, the folder.", valueName: "path"))
  var output: String

  @Option(help: "messages, openai, alpaca, sharegpt, text, personahub or parquet.")
  var format = "messages"

  @Option(help: ArgumentHelp("asked, prompt-only or conversation. [default: by what is in the row]", valueName: "pair"))
  var pair: String?

  @Option(help: ArgumentHelp("The field that holds the answer, such as a recipe's later step.", valueName: "name"))
  var outputField: String?

  @Option(
    help: ArgumentHelp(
      "keep or drop the system message of what was asked. [default: keep with asked, else drop]", valueName: "what"))
  var system: String?

  @Option(
    help: ArgumentHelp("Shares of train, validation and test, or of train and test.", valueName: "shares"))
  var split: String?

  @Flag(help: "Write the data set card, README.md.")
  var card = false

  @Option(help: ArgumentHelp("Licence on the card, such as cc-by-4.0.", valueName: "id"))
  var license = "other"

  @Option(
    help: ArgumentHelp(
      "A recipe of yours that rows were made with; tells how they were sampled.", valueName: "file"))
  var recipe: [String] = []

  @Option(help: ArgumentHelp("What personahub rows say at description. [default: the recipe]", valueName: "text"))
  var description: String?

  @Flag(inversion: .prefixedNo, help: "Write dataset_info.json, or add to it.")
  var datasetInfo = true

  @OptionGroup var hub: HubOptions
  @OptionGroup var seed: SeedOption
  @OptionGroup var failures: FailureOption
  @OptionGroup var talk: OutputOptions

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("say which files of instances to export") }
    if let system, system != "keep", system != "drop" { throw ValidationError("--system is keep or drop") }
    if split != nil, shares.isEmpty {
      throw ValidationError("--split takes two or three shares, such as 0.9,0.05,0.05")
    }
    if license.contains(where: \.isNewline) || license.isEmpty { throw ValidationError("--license is one word") }
  }

  /// The typed shares; empty when they are no numbers.
  private var shares: [Double] {
    let words = split?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let numbers = words.compactMap { Double($0) }
    return numbers.count == words.count && numbers.count > 1 ? numbers : []
  }

  var settings: DatasetExport.Settings {
    var settings = DatasetExport.Settings(inputs: files, output: output, format: format)
    settings.pair = pair
    settings.outputField = outputField
    settings.keepsSystem = system.map { $0 == "keep" }
    settings.split = shares
    settings.seed = seed.seed
    settings.writesCard = card
    settings.license = license
    settings.hubPath = hub.hub
    settings.recipes = recipe
    settings.writesTrainerIndex = datasetInfo
    settings.description = description
    return settings
  }

  func run() async throws {
    let export = try DatasetExport(settings: settings)
    try await Runner(output: talk, allowedFailures: failures.allowFailures.share).run { onProgress, isStopping in
      try export.run(onProgress: onProgress, isStopping: isStopping)
    }
  }
}
