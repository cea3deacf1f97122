import Foundation
package import LanguageModels
package import PersonaRecords
import RunLedger
import Synchronization

/// The model of one command, open for its time: every call goes through here, is remembered, and is counted.
package final class ModelDoor: Sendable {
  /// What became of one question.
  package enum Answer: Sendable {
    case reply(ModelReply)
    /// The call never succeeded, or the server refused this request.
    case failed(Problem)
  }

  private struct Counts {
    var replies = 0
    var usage = TokenUsage()
  }

  package let model: any LanguageModel
  private let settings: ModelSettings
  private let counts = Mutex(Counts())
  private let remembering: RememberingModel?

  private init(_ model: any LanguageModel, remembering: RememberingModel?, settings: ModelSettings) {
    self.model = model
    self.remembering = remembering
    self.settings = settings
  }

  /// Opens the model that the context names, with the reply store of the hub, for the time of `body`.
  /// - Throws: `Problem` when the endpoint's address or the reply store cannot be used, and what `body` throws.
  package static func withDoor<Value: Sendable>(
    _ context: FlowContext, _ body: (ModelDoor) async throws -> Value
  ) async throws -> Value {
    let settings = context.model
    guard let endpoint = try settings.endpoint() else {
      return try await body(ModelDoor(BuiltinLanguageModel(), remembering: nil, settings: settings))
    }
    let name = settings.name.isEmpty ? try await endpoint.onlyModel() : settings.name
    let store = try await openStore(context)
    do {
      let value = try await OpenAIChatModel.withModel(name, at: endpoint, seed: context.seed) { model in
        let remembering = RememberingModel(model, store: store)
        return try await body(ModelDoor(remembering, remembering: remembering, settings: settings))
      }
      try await store.close()
      return value
    } catch {
      // The first error is the one to report.
      try? await store.close()
      throw error
    }
  }

  private static func openStore(_ context: FlowContext) async throws -> ReplyStore {
    if let path = context.model.replyStorePath { return try await ReplyStore(path: path) }
    do {
      try FileManager.default.createDirectory(atPath: context.hubPath, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "the hub's folder cannot be made", at: .init(file: context.hubPath),
        advice: "check the path given with --hub", cause: error.localizedDescription)
    }
    return try await ReplyStore(path: "\(context.hubPath)/replies.sqlite")
  }

  /// Tokens of all replies so far.
  package var tokens: Int { counts.withLock { $0.usage.promptTokens + $0.usage.completionTokens } }

  /// Cost of all replies so far; replayed ones cost nothing now, and are counted as what they cost then.
  package var costInDollars: Double { counts.withLock { settings.price?.cost(of: $0.usage) ?? 0 } }

  /// Asks many questions at once and delivers the answers in the order of the questions.
  ///
  /// - Parameters:
  ///   - isStopping: true means that no further question is asked; those in flight are delivered.
  ///   - next: the next question; nil at the end.
  /// - Returns: whether it was stopped before the end.
  /// - Throws: `Problem` that ends the run (a wrong key, an endpoint that is down), after what was in flight.
  package func ask<Question: Sendable>(
    isStopping: @Sendable () -> Bool, next: () throws -> Question?,
    request: @escaping @Sendable (Question) -> ModelRequest, deliver: (Question, Answer) throws -> Void
  ) async throws -> Bool {
    var isStopped = false
    let model = model
    _ = try await withWindow(
      of: settings.concurrency,
      next: {
        if isStopping() {
          isStopped = true
          return nil
        }
        return try next()
      },
      body: { (question: Question) -> (Question, Answer) in
        do {
          return (question, .reply(try await model.reply(to: request(question))))
        } catch let problem as Problem where problem.consequence == .rejectRow || problem.consequence == .retry {
          return (question, .failed(problem))
        }
      },
      inOrder: { (question: Question, answer: Answer) in
        if case .reply(let reply) = answer {
          counts.withLock { counts in
            counts.replies += 1
            counts.usage.promptTokens += reply.usage.promptTokens
            counts.usage.completionTokens += reply.usage.completionTokens
          }
        }
        try deliver(question, answer)
      })
    return isStopped
  }

  /// Adds model, calls, tokens and cost to a summary.
  package func describe(in summary: inout Summary) {
    let (replies, usage) = counts.withLock { ($0.replies, $0.usage) }
    summary.add("model", "model", model.name)
    summary.add("replies", "replies", replies)
    if let remembering {
      summary.add("calls", "of these asked now", remembering.counts.called)
      summary.add("replayed", "from the reply store", remembering.counts.replayed)
    }
    summary.add("promptTokens", "prompt tokens", usage.promptTokens)
    summary.add("completionTokens", "completion tokens", usage.completionTokens)
    if let price = settings.price { summary.add("costUSD", "cost in dollars", price.cost(of: usage)) }
    if model.name == "builtin" {
      summary.notes.append(
        "builtin is a text analyser, not a language model; name a real one with --model and --model-url")
    }
  }
}
