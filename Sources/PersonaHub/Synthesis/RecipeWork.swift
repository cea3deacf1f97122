import Checks
import LanguageModels
import PersonaRecords
import Recipes
import RunLedger

/// One recipe at work: from an assignment to its calls, and from their answers to an instance or the check that failed.
///
/// Depends on nothing but the answers, so it runs beside the calls.
struct RecipeWork: Sendable {
  let recipe: Recipe
  let mode: PromptMode
  let prices: PriceList
  let model: String
  let overrides: Sampling
  let seed: UInt64
  private let checkers: [OutputChecker]

  /// - Throws: `Problem` when the recipe cannot be asked in this mode, or its checks cannot run here.
  init(_ recipe: Recipe, mode: PromptMode, model: String, context: FlowContext) throws(Problem) {
    if let obstacle = recipe.obstacle(to: mode) { throw obstacle }
    self.recipe = recipe
    self.mode = mode
    self.model = model
    prices = context.model.prices
    overrides = context.model.sampling
    seed = context.seed
    var checkers: [OutputChecker] = []
    for step in recipe.steps {
      checkers.append(try OutputChecker(checks: step.checks, instructions: step.prompts[mode]?.ownWords ?? ""))
    }
    self.checkers = checkers
  }

  func assignment(of persona: Persona, number: Int) -> Assignment {
    recipe.assignment(of: persona, number: number, seed: seed)
  }

  /// What is asked first.
  func request(for assignment: Assignment) throws(Problem) -> ModelRequest {
    try request(step: 0, of: assignment, after: [])
  }

  private func request(
    step: Int, of assignment: Assignment, after answers: [StepAnswer]
  ) throws(Problem) -> ModelRequest {
    try recipe.request(
      step: step, of: assignment, after: answers, mode: mode, model: model, overrides: overrides, seed: seed)
  }

  /// An instance, the check it failed, or what is asked next.
  enum Reading {
    case asks(ModelRequest)
    case instance(SynthesizedInstance)
    case rejected(CheckFailure, text: String)
    case failed(Problem)
  }

  func proceed(_ assignment: Assignment, _ calls: [Exchange]) throws -> NextStep {
    let id = assignment.persona.id.description
    switch try read(assignment, calls) {
    case .asks(let request): return .asks(request)
    case .failed(let problem):
      return .settled(.failed(Rejection(id: id, reason: "call", detail: problem.description)))
    case .rejected(let failure, let text):
      return .settled(.rejected(Rejection(id: id, reason: failure.reason, detail: failure.detail, text: text)))
    case .instance(let instance):
      var settlement = Settlement()
      settlement.add(instance)
      return .settled(settlement)
    }
  }

  func read(_ assignment: Assignment, _ calls: [Exchange]) throws(Problem) -> Reading {
    var answers: [StepAnswer] = []
    for (place, call) in calls.enumerated() {
      let step = recipe.steps[place]
      switch call.answer {
      case .failed(let problem): return .failed(problem)
      case .reply(let reply):
        switch try read(reply, step, place, assignment) {
        case .success(let answer): answers.append(StepAnswer(step: step.name, answer: answer))
        case .failure(let mistake):
          let detail = place == 0 ? mistake.detail : "in step \(step.name): \(mistake.detail)"
          return .rejected(CheckFailure(reason: mistake.reason, detail: detail), text: reply.text)
        }
      }
    }
    guard answers.count == recipe.steps.count else {
      return .asks(try request(step: answers.count, of: assignment, after: answers))
    }
    return .instance(instance(assignment, calls, answers))
  }

  private struct Mistake: Error {
    let reason: String
    let detail: String
  }

  private func read(
    _ reply: ModelReply, _ step: RecipeStep, _ place: Int, _ assignment: Assignment
  ) throws(Problem) -> Result<ReadAnswer, Mistake> {
    if let reason = reply.rejectionReason {
      return .failure(Mistake(reason: reason, detail: "the model stopped with \"\(reply.finishReason)\""))
    }
    let answer: ReadAnswer
    do {
      answer = try step.form.read(reply.text)
    } catch {
      return .failure(Mistake(reason: error.reason, detail: error.detail))
    }
    let output = CheckedOutput(
      answer.text, persona: assignment.persona.text,
      parts: Dictionary(answer.parts.map { ($0.name, $0.text) }) { first, _ in first },
      values: Dictionary(assignment.values.map { ($0.name, $0.text) }) { first, _ in first },
      demonstrations: place == 0 && mode != .zeroShot ? assignment.demonstrations.map(\.output) : [])
    if let failure = try checkers[place].firstFailure(of: output) {
      return .failure(Mistake(reason: failure.reason, detail: failure.detail))
    }
    return .success(answer)
  }

  private func instance(
    _ assignment: Assignment, _ calls: [Exchange], _ answers: [StepAnswer]
  ) -> SynthesizedInstance {
    let replies = calls.compactMap { call in
      if case .reply(let reply) = call.answer { reply } else { nil }
    }
    let usage = replies.reduce(TokenUsage()) { $0 + $1.usage.tokens }
    var fields = assignment.values.map { JSONValue.Member($0.name, $0.field) }
    for (place, said) in answers.enumerated() {
      if place > 0 { fields.append(.init(said.step, .string(said.answer.text))) }
      for part in said.answer.parts {
        fields.append(.init(place == 0 ? part.name : "\(said.step)-\(part.name)", part.field))
      }
    }
    return SynthesizedInstance(
      id: calls[0].itemKey(recipe.hash, assignment.persona), recipe: recipe.name, recipeHash: recipe.hash,
      mode: mode.rawValue,
      personaID: assignment.persona.id, persona: assignment.persona.text, messages: calls[0].request.messages,
      text: answers[0].answer.text, reasoning: replies.first?.reasoning ?? "", fields: fields,
      model: replies.first?.model ?? model, finishReason: replies.last?.finishReason ?? "", usage: usage,
      costInDollars: prices.cost(of: usage, model: model) ?? 0)
  }
}

extension Exchange {
  /// The name of an item whose first call this is: reply key, recipe and persona, so that an edited recipe makes new items
  /// and the same one never two.
  func itemKey(_ recipeHash: String, _ persona: Persona) -> String {
    ReplyKey(hashing: Array("\(key)\u{0}\(recipeHash)\u{0}\(persona.id)".utf8)).description
  }
}
