import HubStore
import LanguageModels
import PersonaRecords
import PersonaToPersona
import ShardFiles

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
    let prompt = try ShippedPrompt.read(
      "expand", replacedBy: settings.promptFile, variables: PersonaToPersona.promptVariables)
    var stageSettings = PersonaToPersona.Settings(model: door.model.name)
    stageSettings.relationsPerPersona = settings.relationsPerPersona
    stageSettings.seed = context.seed
    stageSettings.sampling = context.model.sampling
    let stage = PersonaToPersona(settings: stageSettings, prompt: prompt.template)

    let dedup = try settings.deduplication.map { settings throws(Problem) in try Deduplication(settings: settings) }
    var nearCopies = 0
    var perRound = Tally()
    var rejected = Tally()
    var failures = FailureCount()
    var runs: [String] = []
    var isInterrupted = false
    for round in 1...max(settings.rounds, 1) where settings.rounds > 0 {
      if let limit = settings.maximumTotal, hub.manifest.rowCount >= limit { break }
      var work = try RoundWork(
        round: round, hub: hub, stage: stage, limit: settings.maximumTotal, context: context,
        settings: described(round: round, model: door.model.name), prompt: prompt)
      isInterrupted = try await work.run(door: door)
      for (reason, count) in work.rejected.ranked { rejected[reason] += count }
      failures.failed += work.failed
      failures.total += work.asked
      if isInterrupted { break }
      if let dedup, work.added > 0 {
        nearCopies += try dedup.dropNewCopies(context, after: hub.manifest.rowCount - work.added)
        hub = try Hub.open(at: context.hubPath)
      }
      runs.append(work.directory.path)
      perRound["round \(round)"] = work.added
      if work.asked == 0 { break }
    }
    var summary = Summary(title: FlowStep.expand.rawValue)
    summary.add("asked", "personas asked about", failures.total)
    summary.add("added", "new in the hub", perRound.total)
    if dedup != nil { summary.add("nearCopies", "of these dropped as near-copies", nearCopies) }
    summary.add("total", "personas in the hub", hub.manifest.rowCount)
    summary.add("perRound", "new per round", perRound)
    summary.add("rejected", "replies rejected, by reason", rejected)
    summary.add("failed", "calls failed", failures.failed)
    door.describe(in: &summary)
    for path in runs { summary.add(file: path, "run") }
    summary.next = ["persona-hub filter --hub \(context.hubPath)"]
    return Outcome(summary: summary, failures: failures, isInterrupted: isInterrupted)
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
    var summary = Summary(title: "expand, dry run")
    summary.add("personas", "personas in the hub", hub.manifest.rowCount)
    summary.add("firstRound", "calls in round 1", known.first ?? 0)
    summary.add("calls", "calls in all rounds, at most", settings.maximumTotal.map { min(calls, $0) } ?? calls)
    for (name, value) in described(round: 1, model: context.model.name) where name != "round" && !value.isEmpty {
      summary.add(name, name, value)
    }
    return Outcome(summary: summary)
  }

  private func described(round: Int, model: String) -> [(String, String)] {
    [
      ("round", String(round)), ("perPersona", String(settings.relationsPerPersona)),
      ("maximumTotal", settings.maximumTotal.map(String.init) ?? ""), ("model", model),
      ("sampling", context.model.described), ("seed", String(context.seed)),
    ]
  }
}

/// One round.
private struct RoundWork {
  let round: Int
  let hub: Hub
  let stage: PersonaToPersona
  let limit: Int?
  let context: FlowContext
  let settings: [(String, String)]
  let directory: RunDirectory
  var asked = 0
  var failed = 0
  var added = 0
  var rejected = Tally()

  init(
    round: Int, hub: Hub, stage: PersonaToPersona, limit: Int?, context: FlowContext, settings: [(String, String)],
    prompt: ShippedPrompt
  ) throws(Problem) {
    self.round = round
    self.hub = hub
    self.stage = stage
    self.limit = limit
    self.context = context
    self.settings = settings
    self.directory = try RunDirectory(
      hub: context.hubPath, command: "\(FlowStep.expand.rawValue)-round-\(round)", settings: settings,
      prompts: [(prompt.name, prompt.template.sha256)])
  }

  /// Returns whether the round was interrupted; the hub is unchanged then.
  mutating func run(door: ModelDoor) async throws -> Bool {
    let append = try hub.beginAppend()
    do {
      if try await ask(door: door, append: append) {
        append.abandon()
        directory.abandon()
        return true
      }
      try directory.commit()
      var operation = HubOperation(FlowStep.expand.rawValue)
      for (name, value) in settings { operation.add(setting: name, value) }
      operation.add(count: "asked", asked)
      try append.commit(operation)
      return false
    } catch {
      append.abandon()
      directory.abandon()
      throw error
    }
  }

  private mutating func ask(door: ModelDoor, append: HubAppend) async throws -> Bool {
    let reader = hub.personas()
    let start = hub.manifest.rowCount
    var state = self
    defer { self = state }
    let stage = stage
    let previous = round - 1
    return try await door.ask(
      isStopping: context.isStopping,
      next: {
        while let persona = try reader.next() {
          if persona.iteration == previous { return stage.question(about: persona) }
        }
        return nil
      },
      request: { (question: PersonaToPersona.Question) in question.request },
      deliver: { question, answer in
        try state.take(answer, to: question, append: append, start: start)
        if state.asked.isMultiple(of: 64) {
          state.context.onProgress(
            FlowProgress(
              step: "expand, round \(state.round)", done: state.asked, rejected: state.rejected.total + state.failed,
              tokens: door.tokens, costInDollars: door.costInDollars))
        }
      })
  }

  private mutating func take(
    _ answer: ModelDoor.Answer, to question: PersonaToPersona.Question, append: HubAppend, start: Int
  ) throws {
    asked += 1
    let id = question.persona.id.description
    switch answer {
    case .failed(let problem):
      failed += 1
      try directory.failed.append(Rejection(id: id, reason: "call", detail: problem.description))
    case .reply(let reply):
      switch stage.read(reply, to: question) {
      case .rejected(let reason, let detail):
        rejected[reason] += 1
        try directory.rejected.append(Rejection(id: id, reason: reason, detail: detail, text: reply.text))
      case .personas(let found):
        for persona in found {
          // The limit counts rows of the hub; what lies beyond it was made and is kept in the run's records.
          try directory.records.append(persona)
          if let limit, start + added >= limit { continue }
          if try append.add(persona) == .added { added += 1 }
        }
      }
    }
  }
}
