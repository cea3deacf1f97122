import Metrics
import PersonaRecords
import Tracing

/// Counters, times and spans of calls, for those who run this as a service.
///
/// They go to whatever backend the process has set up (swift-metrics, swift-distributed-tracing); without one they cost
/// next to nothing. No prompt, reply or key is in them.
struct CallMeters: Sendable {
  private let model: String
  private let calls: [String: Counter]
  private let promptTokens: Counter
  private let completionTokens: Counter
  private let duration: Timer

  private static let outcomes = [
    "reply", "format", "rejected", "refused", "throttled", "unreachable", "faulty", "cancelled",
  ]

  init(model: String) {
    self.model = model
    calls = Dictionary(
      uniqueKeysWithValues: Self.outcomes.map { outcome in
        (outcome, Counter(label: "persona_hub_calls_total", dimensions: [("model", model), ("outcome", outcome)]))
      })
    promptTokens = Counter(label: "persona_hub_prompt_tokens_total", dimensions: [("model", model)])
    completionTokens = Counter(label: "persona_hub_completion_tokens_total", dimensions: [("model", model)])
    duration = Timer(label: "persona_hub_call_seconds", dimensions: [("model", model)])
  }

  /// A call that is under way.
  struct Call {
    let meters: CallMeters
    let start: ContinuousClock.Instant
    let span: (any Span)?

    func end(_ outcome: String, usage: ModelReply.Usage? = nil) {
      meters.calls[outcome]?.increment()
      meters.duration.recordNanoseconds(Int64((ContinuousClock.now - start) / .nanoseconds(1)))
      if let usage {
        meters.promptTokens.increment(by: usage.promptTokens)
        meters.completionTokens.increment(by: usage.completionTokens)
      }
      span?.attributes["persona_hub.outcome"] = outcome
      span?.end()
    }
  }

  func begin(_ request: ModelRequest, at endpoint: ChatEndpoint) -> Call {
    var span: (any Span)?
    // The no-op tracer would still make a span's context for every call.
    if !(InstrumentationSystem.tracer is NoOpTracer) {
      span = startSpan("\(request.embeddings == nil ? "chat" : "embeddings") \(model)", ofKind: .client)
      span?.attributes["server.address"] = endpoint.host
      span?.attributes["gen_ai.request.model"] = endpoint.modelName ?? request.model
    }
    return Call(meters: self, start: .now, span: span)
  }
}
