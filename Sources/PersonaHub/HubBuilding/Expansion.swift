import HubStore
import LanguageModels
import PersonaRecords
import PersonaToPersona
import RunLedger

/// Persona-to-Persona over a hub, round by round. Source: arXiv 2406.20094, Section 2.2.
///
/// A round asks about every persona of the round before; what it yields that is new is the next round's. A description
/// that is known, in the hub or dropped, never enters again. Each round is one commit of the hub, and a round that was
/// done before yields nothing new, so the same command simply goes on after a crash.
public struct Expansion: Sendable {
  public struct Settings: Sendable {
    public var rounds = PaperSettings.expansionIterations
    public var relationsPerPersona = 2
    /// The hub grows to this many personas at most; nil for no limit.
    public var maximumTotal: Int?
    public var promptFile: String?
    /// Near-copies leave after each round, before the next one asks about them; nil lets them stay.
    public var deduplication: Deduplication.Settings?

    public init() {}
  }

  private let settings: Settings
  private let context: FlowContext

  public init(settings: Settings, context: FlowContext) {
    self.settings = settings
    self.context = context
  }

  /// - Throws: `Problem`; rounds that were finished before stay in the hub.
  public func run() async throws -> Outcome {
    try await ModelDoor.withDoor(context) { door in try await run(door) }
  }

  private func run(_ door: ModelDoor) async throws -> Outcome {
    var hub = try Hub.open(at: context.hubPath)
    let (stage, prompt) = try stage(model: door.model.name)
    let dedup = try settings.deduplication.map { settings throws(Problem) in try Deduplication(settings: settings) }
    var nearCopies = 0
    var totals = RunProgress()
    var perRound = Tally()
    var runs: [String] = []
    var isInterrupted = false
    for round in 1...max(settings.rounds, 1) where settings.rounds > 0 {
      if let limit = settings.maximumTotal, hub.manifest.rowCount >= limit { break }
      let work = ExpansionRound(round: round, hub: hub, stage: stage, limit: settings.maximumTotal)
      let run = try await door.begin(
        try description(of: work, model: door.model.name, prompt: prompt), .goOnOrBeside)
      do {
        let wasComplete = run.progress.isComplete
        let added = try await work.run(run, settings: described(round: round, model: door.model.name))
        totals.add(run.progress)
        perRound["round \(round)"] = added ?? 0
        isInterrupted = added == nil
        if isInterrupted || wasComplete { try await run.close() } else { try await run.complete() }
      } catch {
        try? await run.close()
        throw error
      }
      runs.append(run.folder.path)
      if let dedup, !isInterrupted {
        nearCopies += try dedup.dropCopies(ofRound: round, in: hub, context)
        hub = try Hub.open(at: context.hubPath)
      }
      if isInterrupted || run.progress.emitted == 0 { break }
    }
    var summary = Summary(title: FlowStep.expand.rawValue)
    summary.add("asked", "personas asked about", totals.emitted)
    summary.add("added", "new in the hub", perRound.total)
    if dedup != nil { summary.add("nearCopies", "of these dropped as near-copies", nearCopies) }
    summary.add("total", "personas in the hub", hub.manifest.rowCount)
    summary.add("perRound", "new per round", perRound)
    summary.add("rejected", "replies rejected, by reason", totals.rejected)
    summary.add("failed", "calls failed", totals.failed.total)
    FlowRun.describe(totals, door, in: &summary)
    for path in runs { summary.add(file: path, "run") }
    summary.next = ["persona-hub filter --hub \(context.hubPath)"]
    return Outcome(
      summary: summary, failures: FailureCount(failed: totals.failed.total, total: totals.emitted),
      isInterrupted: isInterrupted)
  }

  /// A round is known by the personas it asks about, so a hub that grew since has another round.
  private func description(
    of work: ExpansionRound, model: String, prompt: ShippedPrompt
  ) throws -> RunDescription {
    RunDescription(
      command: "\(FlowStep.expand.rawValue)-round-\(work.round)", version: Version.current,
      identity: [.init("round", String(work.round)), .init("personas", try work.fingerprint())],
      settings: described(round: work.round, model: model).filter { $0.0 != "round" }.map { .init($0.0, $0.1) },
      prompts: [.init(prompt.name, prompt.template.sha256)])
  }

  /// What the first round would ask, and what all rounds would at most; nothing is asked or written.
  public func plan() throws -> Outcome {
    let hub = try Hub.open(at: context.hubPath)
    var known = [Int](repeating: 0, count: settings.rounds)
    try hub.forEachPersona { persona, _ in
      if persona.iteration < known.count { known[persona.iteration] += 1 }
    }
    var calls = 0
    var growing = 0
    for round in 0..<settings.rounds {
      // At most: every reply brings as many new people as were asked for.
      growing = max(known[round], growing * settings.relationsPerPersona)
      calls += growing
    }
    if let limit = settings.maximumTotal { calls = min(calls, limit) }
    var summary = Summary(title: "expand, dry run")
    summary.add("personas", "personas in the hub", hub.manifest.rowCount)
    summary.add("firstRound", "calls in round 1", known.first ?? 0)
    let sample = try sampledPlan(hub)
    // All rounds at most; the later ones ask about people that are not there yet, much like these.
    sample.scaled(by: Double(calls) / Double(max(sample.calls, 1))).describe(in: &summary, model: context.model)
    summary.notes.append("calls and cost are those of all rounds, if every reply brings only new people")
    for (name, value) in described(round: 1, model: context.model.name) where name != "round" && !value.isEmpty {
      summary.add(name, name, value)
    }
    return Outcome(summary: summary)
  }

  /// The calls about the first personas of the hub.
  private func sampledPlan(_ hub: Hub) throws -> CallPlan {
    let (stage, _) = try stage(model: context.model.name)
    var plan = CallPlan()
    let reader = hub.personas()
    while plan.calls < 500, let persona = try reader.next() {
      plan.add(stage.request(about: persona), expected: settings.relationsPerPersona * 60)
    }
    return plan
  }

  private func stage(model: String) throws -> (PersonaToPersona, ShippedPrompt) {
    let prompt = try ShippedPrompt.read(
      "expand", replacedBy: settings.promptFile, variables: PersonaToPersona.promptVariables)
    var stageSettings = PersonaToPersona.Settings(model: model)
    stageSettings.relationsPerPersona = settings.relationsPerPersona
    stageSettings.seed = context.seed
    stageSettings.sampling = context.model.sampling
    return (PersonaToPersona(settings: stageSettings, prompt: prompt.template), prompt)
  }

  private func described(round: Int, model: String) -> [(String, String)] {
    [
      ("round", String(round)), ("perPersona", String(settings.relationsPerPersona)),
      ("maximumTotal", settings.maximumTotal.map(String.init) ?? ""), ("model", model),
      ("sampling", context.model.described), ("seed", String(context.seed)),
    ]
  }
}

extension RunProgress {
  /// The counts of several runs together.
  fileprivate mutating func add(_ other: RunProgress) {
    emitted += other.emitted
    records += other.records
    replies += other.replies
    usage = usage + other.usage
    for name in other.rejected.names { rejected[name] += other.rejected[name] }
    for name in other.failed.names { failed[name] += other.failed[name] }
  }
}
