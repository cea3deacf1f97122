import ArgumentParser
import PersonaHub
import PersonaRecords

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Derive, expand, filter and dedup in one go, as a settings file says.",
    discussion: """
      The file has the sections derive (with its corpus), expand, filter and dedup; a step without a section is done with \
      its defaults, and `expand: {}` is the same. See docs/settings.md.

      Example: persona-hub build --settings persona-hub.yaml
      """)

  @OptionGroup var hub: HubOptions
  @OptionGroup var seed: SeedOption
  @OptionGroup var failures: FailureOption
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let file = try SettingsFile(path: output.settings ?? SettingsFile.defaultName)
    // Each step is parsed as if it had been typed, so that its values are checked in the same words.
    let derive: DeriveCommand = try parsed("derive", file)
    let expand: ExpandCommand = try parsed("expand", file)
    let filter: FilterCommand = try parsed("filter", file)
    let dedup: DedupCommand = try parsed("dedup", file)
    var build = HubBuild(
      derivation: derive.settings, expansion: expand.settings, filtering: filter.settings, deduplication: dedup.settings
    )
    // `semantic` in the section dedup adds a step of its own behind the words.
    build.semanticDeduplication = try dedup.semanticSettings()
    let model = try derive.step.modelSettings()
    let steps = build
    try await Runner(output: output, allowedFailures: failures.allowFailures.share).runStep { runner in
      var context = FlowContext(
        hubPath: hub.hub, model: model, seed: seed.seed, onProgress: runner.onProgress, isStopping: runner.isStopping)
      context.onNotice = runner.onNotice
      context.onMessage = runner.onMessage
      context.command = Runner.noted
      let start = ContinuousClock.now
      return try await steps.run(context) { step, outcome in
        if !output.quiet, step != steps.lastStep { Talk.say(SummaryTable.text(outcome.summary, elapsed: .now - start)) }
      }
    }
  }

  private func parsed<Command: ParsableCommand>(_ name: String, _ file: SettingsFile) throws -> Command {
    let arguments = try file.arguments(for: name, typed: ["build"])
    do {
      return try Command.parse(arguments)
    } catch {
      throw Problem(
        Command.message(for: error), at: .init(file: file.path, field: name), advice: "see docs/settings.md",
        consequence: .wrongUsage)
    }
  }
}
