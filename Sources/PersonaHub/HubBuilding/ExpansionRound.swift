import HubStore
import LanguageModels
import PersonaRecords
import PersonaToPersona
import RunLedger

/// One round of Persona-to-Persona: asks about every persona of the round before, and adds what is new to the hub.
struct ExpansionRound {
  let round: Int
  let hub: Hub
  let stage: PersonaToPersona
  /// Rows the hub has at most afterwards.
  let limit: Int?

  /// Tells the personas asked about apart from any others, order included.
  func fingerprint() throws -> String {
    var digest: UInt64 = 0
    try hub.forEachPersona { persona, _ in
      if persona.iteration == round - 1 { digest = RunProgress.digest(digest, adding: persona.id.low) }
    }
    return String(digest, radix: 16)
  }

  /// - Parameter settings: for the hub's history.
  /// - Returns: how many personas are new in the hub; nil when it was stopped, and the hub is unchanged.
  func run(_ run: FlowRun, settings: [(String, String)]) async throws -> Int? {
    if run.progress.isComplete { return 0 }
    let stage = stage
    let previous = round - 1
    func personas() -> () throws -> RunItem<Persona>? {
      let reader = hub.personas()
      return {
        while let persona = try reader.next() {
          if persona.iteration == previous { return .question(persona, identity: persona.id.low) }
        }
        return nil
      }
    }
    let step = "expand, round \(round)"
    let isStopped = try await run.ask(
      next: personas(), again: { personas() },
      request: { (persona: Persona) in stage.request(about: persona) },
      settle: { persona, _, answer in Self.settle(persona, answer, stage) },
      describe: { FlowProgress(step: step, done: $0.emitted) })
    if isStopped { return nil }
    let start = hub.manifest.rowCount
    let append = try hub.beginAppend()
    do {
      try run.forEachPersona { persona in
        // The limit counts rows of the hub; what lies beyond it was made and stays in the run's records.
        if let limit, start + append.counts.added >= limit { return }
        _ = try append.add(persona)
      }
      var operation = HubOperation(FlowStep.expand.rawValue)
      for (name, value) in settings { operation.add(setting: name, value) }
      operation.add(count: "asked", run.progress.emitted)
      try append.commit(operation)
      return append.counts.added
    } catch {
      append.abandon()
      throw error
    }
  }

  private static func settle(_ persona: Persona, _ answer: Answer, _ stage: PersonaToPersona) -> Settlement {
    let id = persona.id.description
    switch answer {
    case .failed(let problem): return .failed(Rejection(id: id, reason: "call", detail: problem.description))
    case .reply(let reply):
      switch stage.read(reply, about: persona) {
      case .rejected(let reason, let detail):
        return .rejected(Rejection(id: id, reason: reason, detail: detail, text: reply.text))
      case .personas(let found):
        var settlement = Settlement()
        for persona in found { settlement.add(persona) }
        return settlement
      }
    }
  }
}
