import LanguageModels
import PersonaRecords

/// What a step would ask, counted before anything is asked: calls, tokens, and what they cost.
struct CallPlan {
  private(set) var calls = 0
  private(set) var promptTokens = 0
  private var completionTokens = 0
  private var mostCompletionTokens = 0

  /// Counts one call.
  /// - Parameter expected: tokens the reply takes as a rule.
  mutating func add(_ request: ModelRequest, expected: Int) {
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

  /// Adds calls, tokens and cost: about as much as expected, and at most if every reply were as long as it may be.
  func describe(in summary: inout Summary, model settings: ModelSettings) {
    summary.add("calls", "calls to make", calls)
    summary.add("promptTokens", "prompt tokens, about", promptTokens)
    summary.add("completionTokens", "completion tokens, about", completionTokens)
    guard settings.prices.price(of: settings.name) != nil else { return }
    func cost(_ prompt: Int, _ completion: Int) -> Double {
      (settings.prices.cost(
        of: TokenUsage(promptTokens: prompt, completionTokens: completion), model: settings.name) ?? 0)
        * (settings.batches?.priceFactor ?? 1)
    }
    summary.add("costUSD", "cost in dollars, about", cost(promptTokens, completionTokens))
    // Token counts are estimates from bytes: a fifth either way covers prose in most scripts.
    summary.add("costUSDLow", "  at least", cost(promptTokens * 4 / 5, completionTokens / 2))
    summary.add("costUSDHigh", "  at most", cost(promptTokens * 6 / 5, mostCompletionTokens))
  }
}
