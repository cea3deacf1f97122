import ArgumentParser
import PersonaHub

struct HubStatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "What is in the hub, counted.",
    discussion: "Example: persona-hub hub stats --hub hub --json")

  @OptionGroup var hub: HubOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let answer = try HubInspection(hubPath: hub.hub).statistics()
    Talk.data(output.json ? answer.json : answer.text)
  }
}

struct HubSearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Personas whose description holds the words, or has the meaning, best first.",
    discussion: """
      With --semantic the personas whose vectors are nearest to that of the text, with their cosines; vectors that are \
      missing are made first.

      Example: persona-hub hub search "sea fishing" --hub hub --limit 5
      """)

  @Argument(help: "Words to look for.")
  var words: [String] = []

  @Option(help: ArgumentHelp("Look for this meaning instead of words.", valueName: "text"))
  var semantic: String?

  @Option(help: "Personas shown at most.")
  var limit = 20

  @OptionGroup var embedding: EmbeddingOptions
  @OptionGroup var hub: HubOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard limit >= 1 else { throw ValidationError("--limit should be at least 1") }
    guard words.isEmpty == (semantic != nil) else { throw ValidationError("give words, or --semantic TEXT") }
  }

  private func context(_ line: ProgressLine) -> FlowContext { embedding.context(hub, Runner.Hooks(drawnBy: line)) }

  func run() async throws {
    let line = ProgressLine(isQuiet: output.quiet)
    let hits: [HubInspection.Answer]
    if let semantic {
      hits = try await MeaningSearch(embedding: try embedding.settings(), context: context(line))
        .nearest(to: semantic, count: limit)
    } else {
      hits = try HubInspection(hubPath: hub.hub, onProgress: { line.show($0) })
        .search(words.joined(separator: " "), limit: limit)
    }
    line.finish()
    for hit in hits { Talk.data(output.json ? hit.json : hit.text) }
    if hits.isEmpty, !output.quiet { Talk.say("nothing found") }
  }
}

struct HubShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "One persona with its origin, the chain back to the text, and its children.",
    discussion: """
      The id may be cut to its first 6 digits or more. A dropped persona answers too, with the reason.

      Example: persona-hub hub show 0a1b2c3d --hub hub
      """)

  @Argument(help: "Id of a persona, as other commands print it.")
  var id: String

  @Option(help: ArgumentHelp("Show so many personas of the nearest meaning instead.", valueName: "n"))
  var near: Int?

  @OptionGroup var embedding: EmbeddingOptions
  @OptionGroup var hub: HubOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let near, near < 1 { throw ValidationError("--near should be at least 1") }
  }

  private func context(_ line: ProgressLine) -> FlowContext { embedding.context(hub, Runner.Hooks(drawnBy: line)) }

  func run() async throws {
    let line = ProgressLine(isQuiet: output.quiet)
    if let near {
      let search = MeaningSearch(embedding: try embedding.settings(), context: context(line))
      let answers = try await search.nearest(toPersona: id, count: near)
      line.finish()
      for answer in answers { Talk.data(output.json ? answer.json : answer.text) }
      return
    }
    let answer = try HubInspection(hubPath: hub.hub, onProgress: { line.show($0) }).show(id)
    line.finish()
    Talk.data(output.json ? answer.json : answer.text)
  }
}

struct HubVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reads the whole hub again and checks it; exit code 1 when it is damaged.",
    discussion: "Example: persona-hub hub verify --hub hub")

  @OptionGroup var hub: HubOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let answer = try HubInspection(hubPath: hub.hub).verify()
    Talk.data(output.json ? answer.json : answer.text)
    if !answer.isGood { throw ExitCode(ExitCodes.failed) }
  }
}
