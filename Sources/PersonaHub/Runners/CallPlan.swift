import LanguageModels
import PersonaRecords

/// What a step would ask, counted before anything is asked: calls, tokens, and what they cost.
struct CallPlan {
  /// Whether fewer calls may do.
  var isAtMost = false
  /// What is asked first, to be read; empty where nothing is, or where vectors are.
  private(set) var firstPrompt = ""
  private(set) var calls = 0
  private(set) var promptTokens = 0
  private var completionTokens = 0
  private var mostCompletionTokens = 0

  init(isAtMost: Bool = false) { self.isAtMost = isAtMost }

  /// Counts one call.
  /// - Parameter expected: tokens the reply takes as a rule.
  mutating func add(_ request: ModelRequest, expected: Int) {
    if calls == 0 {
      firstPrompt = request.messages.map { "[\($0.role.rawValue)]\n\($0.content)" }.joined(separator: "\n")
    }
    calls += 1
    promptTokens += request.estimatedPromptTokens
    guard request.embeddings == nil else { return }
    let most = request.sampling.maxTokens ?? Sampling.usualMaxTokens
    completionTokens += min(expected, most)
    mostCompletionTokens += most
  }

  /// The plan of a whole of which this is a part.
  func scaled(by factor: Double) -> CallPlan {
    func scale(_ count: Int) -> Int { Int((Double(count) * factor).rounded()) }
    var plan = self
    plan.calls = scale(calls)
    plan.promptTokens = scale(promptTokens)
    plan.completionTokens = scale(completionTokens)
    plan.mostCompletionTokens = scale(mostCompletionTokens)
    return plan
  }

  /// Adds calls, tokens, time and cost: about as much as expected, and at most if every reply were as long as it may be.
  ///
  /// Of the time it is only known what limits per minute make of it: how fast a model answers shows when it does.
  func describe(in summary: inout Summary, model settings: ModelSettings) {
    summary.add("calls", isAtMost ? "calls to make, at most" : "calls to make", calls)
    summary.add("promptTokens", "prompt tokens, about", promptTokens)
    summary.add("completionTokens", "completion tokens, about", completionTokens)
    if let minutes = minutes(within: settings) {
      summary.add("minutesLow", "minutes, by the limits per minute", minutes)
    }
    guard settings.prices.price(of: settings.name) != nil else { return }
    func cost(_ prompt: Int, _ completion: Int) -> Double {
      (settings.prices.cost(
        of: TokenUsage(promptTokens: prompt, completionTokens: completion), model: settings.name) ?? 0)
        * (settings.batches?.priceFactor ?? 1)
    }
    summary.add("costUSD", "cost in dollars, about", cost(promptTokens, completionTokens))
    // What ends early has no lower bound here.
    if isAtMost {
      return summary.add("costUSDHigh", "  at most", cost(promptTokens * 6 / 5, mostCompletionTokens))
    }
    // Token counts are estimates from bytes: a fifth either way covers prose in most scripts.
    summary.add("costUSDLow", "  at least", cost(promptTokens * 4 / 5, completionTokens / 2))
    summary.add("costUSDHigh", "  at most", cost(promptTokens * 6 / 5, mostCompletionTokens))
  }

  /// What the limits per minute leave no way around, to the tenth; nil without any, or with further endpoints to share the calls.
  private func minutes(within settings: ModelSettings) -> Double? {
    guard settings.name != "builtin", settings.furtherEndpoints.isEmpty else { return nil }
    let calls = settings.requestsPerMinute.map { Double(self.calls) / Double($0) }
    let tokens = settings.tokensPerMinute.map { Double(promptTokens + completionTokens) / Double($0) }
    return [calls, tokens].compactMap(\.self).max().map { ($0 * 10).rounded() / 10 }
  }
}
