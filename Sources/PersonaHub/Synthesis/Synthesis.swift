import Checks
import HubStore
import LanguageModels
import PersonaRecords
import Recipes
import RunLedger
import Sampler
import ShardFiles

/// A recipe over a sample of the hub: personas in, checked instances out. Source: arXiv 2406.20094, Sections 3 and 4.
public struct Synthesis: Sendable {
  public struct Settings: Sendable {
    /// Name of a shipped recipe, or path of a YAML file.
    public var recipe: String
    /// How many personas are asked.
    public var count: Int
    /// With this, further personas are drawn in sample order until so many instances have passed.
    public var accepted: Int?
    public var mode = "zero-shot"
    public var output: String

    public init(recipe: String, count: Int, output: String) {
      self.recipe = recipe
      self.count = count
      self.output = output
    }
  }

  private let settings: Settings
  private let context: FlowContext

  public init(settings: Settings, context: FlowContext) {
    self.settings = settings
    self.context = context
  }

  /// Writes the instances in the order of the sample; rejected replies and failed calls go to the run's folder.
  /// - Throws: `Problem`; no output is left then.
  public func run() async throws -> Outcome {
    let recipe = try RecipeShelf.recipe(settings.recipe)
    let mode = try promptMode()
    let hub = try Hub.open(at: context.hubPath)
    guard hub.manifest.rowCount > 0 else {
      throw Problem(
        "the hub is empty", at: .init(file: context.hubPath), advice: "fill it with persona-hub derive or hub import")
    }
    return try await ModelDoor.withDoor(context) { door in try await run(door, hub: hub, recipe: recipe, mode: mode) }
  }

  private func run(_ door: ModelDoor, hub: Hub, recipe: Recipe, mode: PromptMode) async throws -> Outcome {
    let run = try await door.begin(description(recipe: recipe, model: door.model.name), .goOn)
    do {
      let isInterrupted = try await ask(run, hub: hub, recipe: recipe, mode: mode)
      if isInterrupted {
        try await run.close()
      } else {
        // The output appears whole, or not at all; the run's own records grow while it works.
        try ShardCopy.copy(run.folder.recordsPath, to: settings.output)
        try await run.complete()
      }
      let failures = FailureCount(failed: run.progress.failed.total, total: run.progress.emitted)
      return Outcome(summary: summary(run, recipe, door), failures: failures, isInterrupted: isInterrupted)
    } catch {
      try? await run.close()
      throw error
    }
  }

  /// The settings as they are meant, and the rendered prompt of the first persona; nothing is asked or written.
  public func plan() throws -> Outcome {
    let recipe = try RecipeShelf.recipe(settings.recipe)
    let mode = try promptMode()
    let hub = try Hub.open(at: context.hubPath)
    var collector = Sampler.Collector<Persona>(Sampler(count: settings.count, seed: context.seed))
    try hub.forEachPersona { persona, _ in collector.add(id: persona.id, row: persona) }
    let sample = collector.candidates()
    var plan = CallPlan()
    var first = ""
    for candidate in sample {
      let question = try recipe.question(
        for: candidate.row, mode: mode, model: context.model.name, overrides: context.model.sampling, seed: context.seed
      )
      // A problem or an instruction is some 150 tokens.
      plan.add(question.request, expected: 150)
      if first.isEmpty {
        first = question.request.messages.map { "[\($0.role.rawValue)]\n\($0.content)" }.joined(separator: "\n")
      }
    }
    var summary = Summary(title: "synthesize \(recipe.name), dry run")
    summary.add("personas", "personas in the hub", hub.manifest.rowCount)
    plan.describe(in: &summary, model: context.model)
    for (name, value) in described(recipe: recipe, model: context.model.name) where !value.isEmpty {
      summary.add(name, name, value)
    }
    summary.add("prompt", "first prompt", first)
    return Outcome(summary: summary)
  }

  private func promptMode() throws(Problem) -> PromptMode {
    guard let mode = PromptMode(rawValue: settings.mode) else {
      throw Problem(
        "there is no mode \"\(settings.mode.cut(to: 40))\"",
        advice: "the modes are: \(PromptMode.allCases.map(\.rawValue).joined(separator: ", "))",
        consequence: .wrongUsage)
    }
    return mode
  }

  /// Asks wave after wave of the sample; returns whether it was interrupted.
  ///
  /// All waves are pieces of one order of the hub, so a run that goes on finds its place whatever the waves were.
  private func ask(_ run: FlowRun, hub: Hub, recipe: Recipe, mode: PromptMode) async throws -> Bool {
    let checker = OutputChecker(checks: recipe.checks)
    let reading = InstanceReading(
      recipe: recipe, mode: mode, checker: checker, prices: context.model.prices, model: run.door.model.name)
    let model = run.door.model.name
    let overrides = context.model.sampling
    let seed = context.seed
    var after: Sampler.Key?
    var first = settings.count
    // A batch is sent whole, so it should hold little more than is needed; calls stop when there is enough.
    if context.model.batches != nil, let accepted = settings.accepted {
      first = min(first, max(accepted + accepted / 4, 16))
    }
    var size = max(first, run.progress.emitted)
    while true {
      var collector = Sampler.Collector<Persona>(Sampler(count: size, seed: seed, after: after))
      try hub.forEachPersona { persona, _ in collector.add(id: persona.id, row: persona) }
      let wave = collector.candidates()
      guard let last = wave.last else { return false }
      after = last.key
      var waiting = wave.makeIterator()
      let isInterrupted = try await run.ask(
        recordLimit: settings.accepted,
        next: { waiting.next().map { .question($0.row, identity: $0.row.id.low) } },
        again: {
          var copy = wave.makeIterator()
          return { copy.next().map { .question($0.row, identity: $0.row.id.low) } }
        },
        request: { (persona: Persona) in
          try recipe.question(for: persona, mode: mode, model: model, overrides: overrides, seed: seed).request
        },
        settle: { persona, request, answer in reading.settle(persona, request, answer) },
        describe: { progress in
          FlowProgress(
            step: FlowStep.synthesize.rawValue, done: settings.accepted == nil ? progress.emitted : progress.records,
            total: settings.accepted ?? settings.count)
        })
      if isInterrupted { return true }
      guard let accepted = settings.accepted, run.progress.records < accepted else { return false }
      let missing = accepted - run.progress.records
      // Later waves ask for what is missing and a little more: a wave costs one pass over the hub.
      size = max(missing + missing / 4, 16)
    }
  }

  private func description(recipe: Recipe, model: String) -> RunDescription {
    RunDescription(
      command: FlowStep.synthesize.rawValue, version: Version.current,
      identity: [.init("output", context.place(of: settings.output))],
      settings: described(recipe: recipe, model: model).filter { $0.0 != "output" }.map { .init($0.0, $0.1) },
      prompts: recipe.prompts.sorted { $0.key < $1.key }
        .map { .init("\(recipe.name), \($0.key.rawValue)", $0.value.sha256) })
  }

  private func described(recipe: Recipe, model: String) -> [(String, String)] {
    [
      ("recipe", recipe.name), ("recipeHash", recipe.hash), ("mode", settings.mode), ("count", String(settings.count)),
      ("accepted", settings.accepted.map(String.init) ?? ""), ("model", model),
      ("sampling", context.model.described), ("seed", String(context.seed)),
      ("output", context.place(of: settings.output)),
    ]
  }

  private func summary(_ run: FlowRun, _ recipe: Recipe, _ door: ModelDoor) -> Summary {
    let progress = run.progress
    var summary = Summary(title: "synthesize \(recipe.name)")
    summary.add("asked", "personas asked", progress.emitted)
    summary.add("accepted", "instances accepted", progress.records)
    summary.add("rejected", "rejected, by check", progress.rejected)
    summary.add("failed", "calls failed", progress.failed.total)
    run.describe(in: &summary)
    if let accepted = settings.accepted, progress.records < accepted {
      summary.notes.append("the hub has no further personas: \(progress.records) of \(accepted) instances")
    }
    if progress.isComplete { summary.add(file: settings.output, "instances") }
    if progress.rejected.total > 0 { summary.add(file: run.folder.rejectedPath, "rejected, with reasons") }
    if progress.failed.total > 0 { summary.add(file: run.folder.failedPath, "failed calls") }
    return summary
  }
}
