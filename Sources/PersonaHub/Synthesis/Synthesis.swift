import Checks
import Crypto
import Foundation
import HubStore
import LanguageModels
import PersonaRecords
import Recipes
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
    let run = try RunDirectory(
      hub: context.hubPath, command: FlowStep.synthesize.rawValue,
      settings: described(recipe: recipe, model: door.model.name),
      prompts: recipe.prompts.sorted { $0.key < $1.key }.map { ("\(recipe.name), \($0.key.rawValue)", $0.value.sha256) }
    )
    let output: ShardWriter
    do throws(Problem) {
      output = try ShardWriter(path: settings.output)
    } catch {
      run.abandon()
      throw error
    }
    var work = SynthesisWork(
      recipe: recipe, mode: mode, run: run, output: output, price: context.model.price, limit: settings.accepted)
    do {
      if try await ask(&work, hub: hub, door: door, mode: mode) {
        output.abandon()
        run.abandon()
        return Outcome(summary: summary(work, door, run, mode), failures: work.failures, isInterrupted: true)
      }
      try run.commit()
      _ = try output.commit()
    } catch {
      output.abandon()
      run.abandon()
      throw error
    }
    return Outcome(summary: summary(work, door, run, mode), failures: work.failures)
  }

  /// The settings as they are meant, and the rendered prompt of the first persona; nothing is asked or written.
  public func plan() throws -> Outcome {
    let recipe = try RecipeShelf.recipe(settings.recipe)
    let mode = try promptMode()
    let hub = try Hub.open(at: context.hubPath)
    var collector = Sampler.Collector<Persona>(Sampler(count: settings.count, seed: context.seed))
    try hub.forEachPersona { persona, _ in collector.add(id: persona.id, row: persona) }
    let sample = collector.candidates()
    var promptTokens = 0
    var first = ""
    for candidate in sample {
      let question = try recipe.question(
        for: candidate.row, mode: mode, model: context.model.name, overrides: context.model.sampling, seed: context.seed
      )
      promptTokens += TokenEstimate.of(question.request.messages)
      if first.isEmpty {
        first = question.request.messages.map { "[\($0.role.rawValue)]\n\($0.content)" }.joined(separator: "\n")
      }
    }
    var summary = Summary(title: "synthesize \(recipe.name), dry run")
    summary.add("personas", "personas in the hub", hub.manifest.rowCount)
    summary.add("calls", "calls to make", sample.count)
    summary.add("promptTokens", "prompt tokens, about", promptTokens)
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
  private func ask(
    _ work: inout SynthesisWork, hub: Hub, door: ModelDoor, mode: PromptMode
  ) async throws -> Bool {
    var state = work
    defer { work = state }
    let recipe = work.recipe
    var after: Sampler.Key?
    var isFirstWave = true
    while isFirstWave || (settings.accepted.map { state.accepted < $0 } ?? false) {
      let missing = settings.accepted.map { $0 - state.accepted } ?? 0
      // Later waves ask for what is missing and a little more: a wave costs one pass over the hub.
      let size = isFirstWave ? settings.count : max(missing + missing / 4, 16)
      var collector = Sampler.Collector<Persona>(Sampler(count: size, seed: context.seed, after: after))
      try hub.forEachPersona { persona, _ in collector.add(id: persona.id, row: persona) }
      let wave = collector.candidates()
      guard let last = wave.last else { break }
      after = last.key
      isFirstWave = false
      var waiting = wave.makeIterator()
      let model = door.model.name
      let isInterrupted = try await door.ask(
        isStopping: context.isStopping,
        next: {
          try waiting.next().map { candidate in
            try recipe.question(
              for: candidate.row, mode: mode, model: model, overrides: context.model.sampling, seed: context.seed)
          }
        },
        request: { (question: RecipeQuestion) in question.request },
        deliver: { question, answer in
          try state.take(answer, to: question)
          context.onProgress(
            FlowProgress(
              step: FlowStep.synthesize.rawValue, done: settings.accepted == nil ? state.asked : state.accepted,
              total: settings.accepted ?? settings.count, rejected: state.rejected.total + state.failed,
              tokens: door.tokens, costInDollars: door.costInDollars))
        })
      if isInterrupted { return true }
    }
    return false
  }

  private func described(recipe: Recipe, model: String) -> [(String, String)] {
    [
      ("recipe", recipe.name), ("recipeHash", recipe.hash), ("mode", settings.mode), ("count", String(settings.count)),
      ("accepted", settings.accepted.map(String.init) ?? ""), ("model", model),
      ("sampling", context.model.described), ("seed", String(context.seed)),
      ("output", placeOfOutput),
    ]
  }

  /// The output as seen from the folder the hub lies in, so that moving both together keeps the run's name.
  private var placeOfOutput: String {
    let home = URL(fileURLWithPath: context.hubPath).standardizedFileURL.deletingLastPathComponent().path + "/"
    let output = URL(fileURLWithPath: settings.output).standardizedFileURL.path
    return output.hasPrefix(home) ? String(output.dropFirst(home.count)) : settings.output
  }

  private func summary(_ work: SynthesisWork, _ door: ModelDoor, _ run: RunDirectory, _ mode: PromptMode) -> Summary {
    var summary = Summary(title: "synthesize \(work.recipe.name)")
    summary.add("asked", "personas asked", work.asked)
    summary.add("accepted", "instances accepted", work.accepted)
    summary.add("rejected", "rejected, by check", work.rejected)
    summary.add("failed", "calls failed", work.failed)
    door.describe(in: &summary)
    if let accepted = settings.accepted, work.accepted < accepted {
      summary.notes.append("the hub has no further personas: \(work.accepted) of \(accepted) instances")
    }
    summary.add(file: settings.output, "instances")
    if work.rejected.total > 0 { summary.add(file: "\(run.path)/rejected.jsonl", "rejected, with reasons") }
    if work.failed > 0 { summary.add(file: "\(run.path)/failed.jsonl", "failed calls") }
    return summary
  }
}

/// What a synthesis has done so far; changed by one task only, in the order of the sample.
private struct SynthesisWork {
  let recipe: Recipe
  let mode: PromptMode
  let run: RunDirectory
  let output: ShardWriter
  let price: TokenPrice?
  let limit: Int?
  let checker: OutputChecker
  var asked = 0
  var accepted = 0
  var failed = 0
  var rejected = Tally()

  var failures: FailureCount { FailureCount(failed: failed, total: asked) }

  init(recipe: Recipe, mode: PromptMode, run: RunDirectory, output: ShardWriter, price: TokenPrice?, limit: Int?) {
    self.recipe = recipe
    self.mode = mode
    self.run = run
    self.output = output
    self.price = price
    self.limit = limit
    checker = OutputChecker(checks: recipe.checks)
  }

  mutating func take(_ answer: ModelDoor.Answer, to question: RecipeQuestion) throws(Problem) {
    if let limit, accepted >= limit { return }
    asked += 1
    let persona = question.persona
    switch answer {
    case .failed(let problem):
      failed += 1
      try run.failed.append(Rejection(id: persona.id.description, reason: "call", detail: problem.description))
    case .reply(let reply):
      switch read(reply, persona: persona.text) {
      case .failure(let failure):
        rejected[failure.reason] += 1
        try run.rejected.append(
          Rejection(id: persona.id.description, reason: failure.reason, detail: failure.detail, text: reply.text))
      case .text(let text):
        accepted += 1
        let instance = instance(text, reply, question)
        try output.append(instance)
        try run.records.append(instance)
      }
    }
  }

  private enum Reading {
    case text(String)
    case failure(CheckFailure)
  }

  private func read(_ reply: ModelReply, persona: String) -> Reading {
    if let reason = reply.rejectionReason {
      return .failure(CheckFailure(reason: reason, detail: "the model stopped with \"\(reply.finishReason)\""))
    }
    guard let body = recipe.body(of: reply.text) else {
      return .failure(CheckFailure(reason: "marker-missing", detail: "it does not start with \"\(recipe.marker)\""))
    }
    if body.isEmpty { return .failure(CheckFailure(reason: "empty", detail: "nothing but white space")) }
    if let failure = checker.firstFailure(of: body, persona: persona) { return .failure(failure) }
    return .text(body)
  }

  private func instance(_ text: String, _ reply: ModelReply, _ question: RecipeQuestion) -> SynthesizedInstance {
    let usage = TokenUsage(promptTokens: reply.usage.promptTokens, completionTokens: reply.usage.completionTokens)
    return SynthesizedInstance(
      id: itemKey(of: question), recipe: recipe.name, recipeHash: recipe.hash, mode: mode.rawValue,
      personaID: question.persona.id, persona: question.persona.text,
      messages: question.request.messages.map { message in
        Message(role: Message.Role(rawValue: message.role.rawValue) ?? .user, content: message.content)
      },
      text: text, reasoning: reply.reasoning, fields: [], model: reply.model, finishReason: reply.finishReason,
      usage: usage, costInDollars: price?.cost(of: usage) ?? 0)
  }

  /// The item's name: reply key, recipe and persona, so that an edited recipe makes new items and the same one never two.
  private func itemKey(of question: RecipeQuestion) -> String {
    let parts = "\(question.request.key)\u{0}\(recipe.hash)\u{0}\(question.persona.id)"
    return SHA256.hash(data: Data(parts.utf8)).prefix(16).map { String(format: "%02x", $0) }.joined()
  }
}
