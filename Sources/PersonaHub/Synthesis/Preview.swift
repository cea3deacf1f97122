import Checks
import HubStore
import LanguageModels
public import PersonaRecords
import Recipes
import RunLedger
import Sampler

/// A few instances to look at before the money is spent: what is asked, what comes back, and what the checks say.
///
/// Nothing is written but the replies, so that the same personas cost nothing when `synthesize` asks them with the same
/// settings.
public struct Preview: Sendable {
  /// One instance, or why there is none.
  public struct Sample: Sendable {
    public let persona: String
    /// What was asked first.
    public let messages: [Message]
    /// nil where it was rejected.
    public let instance: SynthesizedInstance?
    /// The check that failed, or how the answer could not be read; `""` for what passed.
    public let reason: String
    public let detail: String
    /// The reply that was rejected.
    public let reply: String
  }

  private let choice: RecipeChoice
  private let count: Int
  private let context: FlowContext

  public init(_ choice: RecipeChoice, count: Int, context: FlowContext) {
    self.choice = choice
    self.count = count
    self.context = context
  }

  /// - Parameter show: called for each sample, in the order of the sample.
  public func run(_ show: @Sendable (Sample) -> Void) async throws -> Outcome {
    let mode = try choice.promptMode()
    let recipe = try choice.read(seed: context.seed)
    let hub = try Hub.opened(for: context)
    return try await ModelDoor.withDoor(context) { door in
      let told = try await DemonstrationPersonas(context: context, choice: choice).fill(recipe, mode, door)
      let work = try RecipeWork(told, mode: mode, model: door.model.name, context: context)
      let settings = Synthesis.Settings(recipe: choice, count: count, output: "")
      let personas = try Synthesis(settings: settings, context: context).sample(hub, count).map(\.row)
      return try await ask(personas, work, door, show)
    }
  }

  private func ask(
    _ personas: [Persona], _ work: RecipeWork, _ door: ModelDoor, _ show: @Sendable (Sample) -> Void
  ) async throws -> Outcome {
    var samples: [Int: (Sample, TokenUsage)] = [:]
    let desk = door.desk
    try await withThrowingTaskGroup(of: (Int, Sample, TokenUsage).self) { group in
      for (place, persona) in personas.enumerated() {
        group.addTask {
          let (sample, usage) = try await Self.sample(work.assignment(of: persona, number: 0), work, desk)
          return (place, sample, usage)
        }
      }
      for try await (place, sample, usage) in group {
        samples[place] = (sample, usage)
        context.onProgress(FlowProgress(step: "preview", done: samples.count, total: personas.count))
      }
    }
    var usage = TokenUsage()
    var reasons = Tally()
    for place in personas.indices {
      guard let (sample, used) = samples[place] else { continue }
      show(sample)
      usage = usage + used
      if sample.instance == nil { reasons[sample.reason] += 1 }
    }
    var summary = Summary(title: "preview \(work.recipe.name)")
    summary.add("asked", "personas asked", personas.count)
    summary.add("passed", "passed the checks", personas.count - reasons.total)
    summary.add("rejected", "rejected, by check", reasons)
    summary.add("promptTokens", "prompt tokens", usage.promptTokens)
    summary.add("completionTokens", "completion tokens", usage.completionTokens)
    if let cost = work.prices.cost(of: usage, model: work.model), !personas.isEmpty {
      summary.add("costUSD", "cost in dollars", cost)
      summary.add("costPerThousand", "  for a thousand of these", cost / Double(personas.count) * 1000)
    }
    return Outcome(summary: summary)
  }

  private static func sample(
    _ assignment: Assignment, _ work: RecipeWork, _ desk: ReplyDesk
  ) async throws -> (Sample, TokenUsage) {
    var calls: [Exchange] = []
    var usage = TokenUsage()
    var request = try work.request(for: assignment)
    let first = request.messages
    func sample(_ instance: SynthesizedInstance?, _ reason: String, _ detail: String, _ reply: String) -> Sample {
      Sample(
        persona: assignment.persona.text, messages: first, instance: instance, reason: reason, detail: detail,
        reply: reply)
    }
    while true {
      do {
        let reply = try await desk.answer(to: request)
        usage = usage + reply.usage.tokens
        calls.append(Exchange(request, .reply(reply)))
      } catch let problem as Problem where problem.consequence == .rejectRow || problem.consequence == .retry {
        calls.append(Exchange(request, .failed(problem)))
      }
      switch try work.read(assignment, calls) {
      case .asks(let next): request = next
      case .instance(let instance): return (sample(instance, "", "", ""), usage)
      case .rejected(let failure, let text): return (sample(nil, failure.reason, failure.detail, text), usage)
      case .failed(let problem): return (sample(nil, "call", problem.description, ""), usage)
      }
    }
  }
}
