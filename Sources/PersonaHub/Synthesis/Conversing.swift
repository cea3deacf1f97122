import Checks
import Conversation
import Foundation
import HubStore
import LanguageModels
import PersonaRecords
import RunLedger
import Sampler
import ShardFiles

/// Later turns of a conversation: instances of an instruction recipe go on with an assistant, or two personas talk.
/// Source: arXiv 2406.20094, Section 4.3.
public struct Conversing: Sendable {
  public struct Settings: Sendable {
    /// A JSON lines file of instances whose text is a first message; nil takes personas of the hub.
    public var input: String?
    /// Conversations between two personas of the hub, where there is no input.
    public var count = 100
    /// Whether another persona answers, and not an assistant.
    public var isBetweenPersonas = false
    /// Messages of the side that begins, at most.
    public var turns = 3
    /// What two personas are to talk about.
    public var topic = ""
    /// A file with what the assistant is told before the conversation.
    public var systemFile: String?
    public var output: String

    public init(output: String) { self.output = output }
  }

  let settings: Settings
  let context: FlowContext

  public init(settings: Settings, context: FlowContext) {
    self.settings = settings
    self.context = context
  }

  /// Writes one instance per conversation, in the order of the input.
  /// - Throws: `Problem`; no output is left then.
  public func run() async throws -> Outcome {
    try refuseNothing()
    try context.refuseBatchesAlone("each turn of a conversation answers the one before")
    return try await ModelDoor.withDoor(context) { door in
      let (stage, hash) = try stage(model: door.model.name)
      return try await run(door, stage, hash: hash)
    }
  }

  func refuseNothing() throws(Problem) {
    guard settings.input == nil, !settings.isBetweenPersonas else { return }
    throw Problem(
      "there is nothing to continue", advice: "name a file of instances, or use --with persona",
      consequence: .wrongUsage)
  }

  /// Who plays the conversations, and the hash of what the players are told.
  func stage(model: String) throws -> (stage: Conversation, hash: String) {
    let user = try ShippedPrompt.read("converse-user", variables: Conversation.promptVariables)
    let player = try ShippedPrompt.read("converse-persona", variables: Conversation.promptVariables)
    var talk = Conversation.Settings(model: model)
    talk.turns = settings.turns
    talk.sampling = context.model.sampling
    talk.seed = context.seed
    if let path = settings.systemFile { talk.assistantPrompt = try SmallFiles.text(path).trimmingWhitespace() }
    let used = settings.isBetweenPersonas ? [player.template] : [user.template]
    let checker = try OutputChecker(
      checks: ["no-refusal", "no-prompt-leak", "no-markup", "no-repetition"].map { Check(name: $0) },
      instructions: used.map(\.ownWords).joined(separator: "\n"))
    let stage = Conversation(
      settings: talk, userPrompt: user.template, playerPrompt: player.template,
      check: { text, _ throws(Problem) in
        try checker.firstFailure(of: CheckedOutput(text, persona: "")).map { (reason: $0.reason, detail: $0.detail) }
      })
    return (stage, HexDigits.sha256(of: (used.map(\.sha256) + [talk.assistantPrompt]).joined().utf8))
  }

  private func run(_ door: ModelDoor, _ stage: Conversation, hash: String) async throws -> Outcome {
    let writer = TranscriptRecord(
      hash: hash, mode: settings.isBetweenPersonas ? "two-personas" : "assistant", prices: context.model.prices,
      model: door.model.name)
    return try await door.withRun(description(model: door.model.name, hash: hash)) { run in
      let open = try openings()
      let isInterrupted = try await run.ask(
        next: try open(), again: { try open() },
        request: { (opening: Conversation.Opening) in try stage.request(for: opening) },
        proceed: { opening, calls in try writer.proceed(opening, calls, stage) },
        describe: { FlowProgress(step: "converse", done: $0.emitted) })
      if !isInterrupted { try ShardCopy.copy(run.folder.recordsPath, to: settings.output) }
      return (isInterrupted, { summary(run) })
    }
  }

  /// Begins to read the conversations' beginnings; each call of the result begins anew.
  func openings() throws -> () throws -> (() throws -> RunItem<Conversation.Opening>?) {
    guard let input = settings.input else { return try pairsOfTheHub() }
    return {
      let reader = try JSONLinesReader(path: input)
      // Somebody else of the file answers: the next one in it would be a neighbour in the sample, too.
      return {
        guard let event = try reader.next() else { return nil }
        switch event {
        case .rejected(let problem): return Self.unreadable(problem, row: problem.place.line ?? 0, input)
        case .row(let row):
          guard let persona = row.value["persona"]?.stringValue, let text = row.value["text"]?.stringValue,
            !text.trimmingWhitespace().isEmpty
          else {
            return Self.unreadable(
              Problem("the row has no \"persona\" or no \"text\""), row: row.number, input)
          }
          let opening = Conversation.Opening(
            persona: Persona(text: persona, origin: .init(kind: .imported)), message: text.trimmingWhitespace(),
            partner: nil)
          return .question(opening, identity: StableHash.of(text.utf8, seed: opening.persona.id.low))
        }
      }
    }
  }

  private static func unreadable(_ problem: Problem, row: Int, _ file: String) -> RunItem<Conversation.Opening> {
    .settled(
      .failed(Rejection(id: "\(file):\(row)", reason: "unreadable", detail: problem.what, file: file, row: row)),
      identity: UInt64(row))
  }

  /// Twice as many personas as conversations, two and two in the order of the sample.
  private func pairsOfTheHub() throws -> () throws -> (() throws -> RunItem<Conversation.Opening>?) {
    let hub = try Hub.opened(for: context)
    var collector = Sampler.Collector<Persona>(Sampler(count: settings.count * 2, seed: context.seed))
    try hub.forEachPersona { persona, _ in collector.add(id: persona.id, row: persona) }
    let personas = collector.candidates().map(\.row)
    guard personas.count >= 2 else {
      throw Problem(
        "two personas are needed, and the hub holds \(personas.count)", at: .init(file: context.hubPath),
        advice: "fill it with persona-hub derive or hub import")
    }
    let topic = settings.topic
    return {
      var place = 0
      return {
        guard place + 1 < personas.count else { return nil }
        defer { place += 2 }
        let opening = Conversation.Opening(
          persona: personas[place], message: "", partner: personas[place + 1], topic: topic)
        return .question(opening, identity: StableHash.mix(personas[place].id.low &+ personas[place + 1].id.low))
      }
    }
  }

  func description(model: String, hash: String) -> RunDescription {
    RunDescription(
      command: "converse", version: Version.current, identity: [.init("output", context.place(of: settings.output))],
      settings: [
        .init("input", settings.input.map { context.place(of: $0) } ?? "hub"), .init("count", String(settings.count)),
        .init("with", settings.isBetweenPersonas ? "persona" : "assistant"), .init("turns", String(settings.turns)),
        .init("topic", settings.topic), .init("model", model), .init("sampling", context.model.described),
        .init("seed", String(context.seed)),
      ], prompts: [.init("converse", hash)])
  }

  private func summary(_ run: FlowRun) -> Summary {
    let progress = run.progress
    var summary = Summary(title: "converse")
    summary.add("asked", "conversations begun", progress.emitted)
    summary.add("accepted", "conversations kept", progress.records)
    summary.add("rejected", "rejected, by reason", progress.rejected)
    summary.add("failed", "failed", progress.failed.total)
    run.describe(in: &summary)
    if progress.isComplete { summary.add(file: settings.output, "conversations") }
    if progress.rejected.total > 0 { summary.add(file: run.folder.rejectedPath, "rejected, with reasons") }
    if progress.failed.total > 0 { summary.add(file: run.folder.failedPath, "failed") }
    summary.next = ["persona-hub export \(settings.output) -o messages.jsonl --format messages"]
    return summary
  }
}

extension Conversation {
  /// What is asked first.
  fileprivate func request(for opening: Opening) throws -> ModelRequest {
    guard case .asks(let request) = try proceed(opening, replies: []) else {
      throw Problem("a conversation of no turns", consequence: .wrongUsage)
    }
    return request
  }
}

/// Turns a finished conversation into an instance.
private struct TranscriptRecord: Sendable {
  let hash: String
  let mode: String
  let prices: PriceList
  let model: String

  func proceed(_ opening: Conversation.Opening, _ calls: [Exchange], _ stage: Conversation) throws -> NextStep {
    let id = opening.persona.id.description
    var replies: [ModelReply] = []
    for call in calls {
      switch call.answer {
      case .reply(let reply): replies.append(reply)
      case .failed(let problem):
        return .settled(.failed(Rejection(id: id, reason: "call", detail: problem.description)))
      }
    }
    switch try stage.proceed(opening, replies: replies) {
    case .asks(let request): return .asks(request)
    case .rejected(let reason, let detail, let text):
      return .settled(.rejected(Rejection(id: id, reason: reason, detail: detail, text: text)))
    case .ended(let transcript):
      var settlement = Settlement()
      settlement.add(instance(opening, transcript, calls, replies))
      return .settled(settlement)
    }
  }

  private func instance(
    _ opening: Conversation.Opening, _ transcript: Conversation.Transcript, _ calls: [Exchange],
    _ replies: [ModelReply]
  ) -> SynthesizedInstance {
    let usage = replies.reduce(TokenUsage()) { $0 + $1.usage.tokens }
    var turns = JSONLine()
    turns.value(transcript.messages)
    let names: [Message.Role: String] =
      opening.partner == nil ? [.user: "User", .assistant: "Assistant"] : [.user: "A", .assistant: "B"]
    return SynthesizedInstance(
      id: calls[0].itemKey(hash, opening.persona), recipe: "converse", recipeHash: hash, mode: mode,
      personaID: opening.persona.id, persona: opening.persona.text, messages: transcript.messages,
      text: transcript.messages.map { "\(names[$0.role] ?? ""): \($0.content)" }.joined(separator: "\n\n"),
      reasoning: "",
      fields: [
        .init("turns", .string(turns.text)), .init("messageCount", .number(String(transcript.messages.count))),
        .init("ended", .string(transcript.ending.rawValue)),
        .init("with", .string(opening.partner?.text ?? "assistant")),
        .init("topic", .string(opening.topic)),
      ], model: replies.first?.model ?? model, finishReason: replies.last?.finishReason ?? "", usage: usage,
      costInDollars: prices.cost(of: usage, model: model) ?? 0)
  }
}
