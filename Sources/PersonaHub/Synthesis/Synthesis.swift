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
    public var recipe: RecipeChoice
    /// How many personas are asked.
    public var count: Int
    /// Instances for each persona.
    public var perPersona = 1
    /// With this, further personas are drawn in sample order until so many instances have passed.
    public var accepted: Int?
    /// Jaccard similarity of words from which on an instance is a copy of an earlier one; nil keeps copies.
    public var nearCopies: String? = "0.9"
    public var output: String

    public init(recipe: RecipeChoice, count: Int, output: String) {
      self.recipe = recipe
      self.count = count
      self.output = output
    }
  }

  let settings: Settings
  let context: FlowContext

  public init(settings: Settings, context: FlowContext) {
    self.settings = settings
    self.context = context
  }

  /// Writes the instances in the order of the sample; rejected replies and failed calls go to the run's folder.
  /// - Throws: `Problem`; no output is left then.
  public func run() async throws -> Outcome {
    let mode = try settings.recipe.promptMode()
    let recipe = try settings.recipe.read(seed: context.seed)
    let hub = try Hub.opened(for: context)
    // Told before the calls, not after them.
    if let threshold = settings.nearCopies { _ = try Deduplication(settings: .init(threshold: threshold)) }
    if recipe.steps.count > 1 {
      try context.refuseBatchesAlone("recipe \(recipe.name) asks further calls about its answers")
    }
    return try await ModelDoor.withDoor(context) { door in
      let told = try await DemonstrationPersonas(context: context, choice: settings.recipe).fill(recipe, mode, door)
      return try await run(door, hub, try RecipeWork(told, mode: mode, model: door.model.name, context: context))
    }
  }

  private func run(_ door: ModelDoor, _ hub: Hub, _ work: RecipeWork) async throws -> Outcome {
    try await door.withRun(description(work)) { run in
      let distinct = DistinctOutputs(threshold: settings.nearCopies, folder: run.folder, context: context)
      let isInterrupted = try await ask(run, hub, work, distinct)
      // The output appears whole, or not at all; the run's own records grow while it works.
      if !isInterrupted { try ShardCopy.copy(distinct.path, to: settings.output) }
      return (isInterrupted, { summary(run, work, distinct) })
    }
  }

  /// Asks wave after wave of the sample; returns whether it was interrupted.
  ///
  /// All waves are pieces of one order of the hub, so a run that goes on finds its place whatever the waves were.
  private func ask(_ run: FlowRun, _ hub: Hub, _ work: RecipeWork, _ distinct: DistinctOutputs) async throws -> Bool {
    var after: Sampler.Key?
    var first = settings.count
    // A batch is sent whole, so it should hold little more than is needed; calls stop when there is enough.
    if context.model.batches != nil, let accepted = settings.accepted {
      first = min(first, max(personas(for: accepted + accepted / 4), 16))
    }
    var size = max(first, personas(for: run.progress.emitted))
    // What was dropped as a copy has to be replaced.
    var limit = settings.accepted
    while true {
      let wave = try sample(hub, size, after: after)
      if let last = wave.last {
        after = last.key
        if try await ask(run, wave.map(\.row), work, recordLimit: limit) { return true }
        if let limit, run.progress.records < limit {
          size = missing(limit - run.progress.records)
          continue
        }
      }
      try await distinct.find(run.progress)
      guard let accepted = settings.accepted, distinct.kept < accepted, !wave.isEmpty else { return false }
      limit = run.progress.records + accepted - distinct.kept
      size = missing(accepted - distinct.kept)
    }
  }

  private func personas(for instances: Int) -> Int {
    (instances + settings.perPersona - 1) / settings.perPersona
  }

  /// Later waves ask for what is missing and a little more: a wave costs one pass over the hub.
  private func missing(_ instances: Int) -> Int { max(personas(for: instances + instances / 4), 16) }

  func sample(_ hub: Hub, _ size: Int, after: Sampler.Key? = nil) throws -> [Sampler.Candidate<Persona>] {
    var collector = Sampler.Collector<Persona>(Sampler(count: size, seed: context.seed, after: after))
    try hub.forEachPersona { persona, _ in collector.add(id: persona.id, row: persona) }
    return collector.candidates()
  }

  private func ask(
    _ run: FlowRun, _ personas: [Persona], _ work: RecipeWork, recordLimit: Int?
  ) async throws -> Bool {
    let perPersona = settings.perPersona
    func reader() -> () -> RunItem<Assignment>? {
      var place = 0
      return {
        let (persona, number) = place.quotientAndRemainder(dividingBy: perPersona)
        guard persona < personas.count else { return nil }
        place += 1
        let id = personas[persona].id.low
        return .question(
          work.assignment(of: personas[persona], number: number),
          identity: number == 0 ? id : StableHash.mix(id &+ UInt64(number)))
      }
    }
    return try await run.ask(
      recordLimit: recordLimit, next: reader(), again: { reader() },
      request: { (assignment: Assignment) in try work.request(for: assignment) },
      proceed: { assignment, calls in try work.proceed(assignment, calls) },
      describe: { progress in
        FlowProgress(
          step: FlowStep.synthesize.rawValue, done: settings.accepted == nil ? progress.emitted : progress.records,
          total: settings.accepted ?? settings.count * settings.perPersona)
      })
  }

  private func description(_ work: RecipeWork) -> RunDescription {
    let recipe = work.recipe
    return RunDescription(
      command: FlowStep.synthesize.rawValue, version: Version.current,
      identity: [.init("output", context.place(of: settings.output))],
      settings: described(work).filter { $0.0 != "output" }.map { .init($0.0, $0.1) },
      prompts: recipe.steps.enumerated().flatMap { place, step in
        step.prompts.sorted { $0.key < $1.key }.filter { place == 0 || $0.key == work.mode }.map {
          .init("\(recipe.name), \(place == 0 ? $0.key.rawValue : step.name)", $0.value.sha256)
        }
      })
  }

  func described(_ work: RecipeWork) -> [(String, String)] {
    let own = settings.recipe.described(work.recipe)
    var list = [
      ("recipe", work.recipe.name), ("recipeHash", work.recipe.hash), ("mode", work.mode.rawValue),
      ("count", String(settings.count)), ("accepted", settings.accepted.map(String.init) ?? ""),
      ("model", work.model), ("sampling", context.model.described), ("seed", String(context.seed)),
      ("output", context.place(of: settings.output)),
    ]
    if settings.perPersona > 1 { list.append(("perPersona", String(settings.perPersona))) }
    list.append(("nearCopies", settings.nearCopies ?? "kept"))
    return list + own
  }

  private func summary(_ run: FlowRun, _ work: RecipeWork, _ distinct: DistinctOutputs) -> Summary {
    let progress = run.progress
    var summary = Summary(title: "synthesize \(work.recipe.name)")
    summary.add("asked", settings.perPersona == 1 ? "personas asked" : "instances asked for", progress.emitted)
    summary.add("passed", "passed the checks", progress.records)
    if distinct.isDone { summary.add("nearCopies", "near-copies of an earlier one", progress.records - distinct.kept) }
    summary.add("accepted", "instances accepted", distinct.isDone ? distinct.kept : progress.records)
    summary.add("rejected", "rejected, by check", progress.rejected)
    summary.add("failed", "calls failed", progress.failed.total)
    run.describe(in: &summary)
    if let accepted = settings.accepted, distinct.isDone, distinct.kept < accepted {
      summary.notes.append("the hub has no further personas: \(distinct.kept) of \(accepted) instances")
    }
    if progress.records == 0, progress.rejected.total > 0 {
      summary.notes.append("nothing passed: look at what was rejected, and try changes with persona-hub preview")
    }
    if progress.isComplete { summary.add(file: settings.output, "instances") }
    if progress.rejected.total > 0 { summary.add(file: run.folder.rejectedPath, "rejected, with reasons") }
    if let copies = distinct.copiesPath { summary.add(file: copies, "near-copies, with what they are copies of") }
    if progress.failed.total > 0 { summary.add(file: run.folder.failedPath, "failed calls") }
    return summary
  }
}

extension Hub {
  /// The hub of a context, which has to hold somebody.
  static func opened(for context: FlowContext) throws(Problem) -> Hub {
    let hub = try Hub.open(at: context.hubPath)
    guard hub.manifest.rowCount > 0 else {
      throw Problem(
        "the hub is empty", at: .init(file: context.hubPath), advice: "fill it with persona-hub derive or hub import")
    }
    return hub
  }
}
