import PersonaRecords

/// Derive, expand, filter and dedup in one go: from a corpus to a finished hub.
public struct HubBuild: Sendable {
  public var derivation: Derivation.Settings
  /// nil leaves the step out.
  public var expansion: Expansion.Settings?
  public var filtering: Filtering.Settings?
  public var deduplication: Deduplication.Settings?
  /// Left out unless asked for: it needs the sentence model, and takes longer than all the rest.
  public var semanticDeduplication: SemanticDeduplication.Settings?

  public init(
    derivation: Derivation.Settings, expansion: Expansion.Settings? = Expansion.Settings(),
    filtering: Filtering.Settings? = Filtering.Settings(),
    deduplication: Deduplication.Settings? = Deduplication.Settings()
  ) {
    self.derivation = derivation
    self.expansion = expansion
    self.filtering = filtering
    self.deduplication = deduplication
  }

  /// The step whose outcome is that of the whole.
  public var lastStep: FlowStep {
    if semanticDeduplication != nil { return .semanticDedup }
    if deduplication != nil { return .dedup }
    if filtering != nil { return .filter }
    return expansion != nil ? .expand : .derive
  }

  /// Runs the steps in the order of `FlowStep`; each is one or more commits of the hub.
  ///
  /// - Parameter onStep: told how each step ended, in order.
  /// - Returns: the last step's outcome with the failures of all, or that of the step that was interrupted.
  /// - Throws: `Problem`; steps that were finished before stay in the hub.
  public func run(_ context: FlowContext, onStep: (FlowStep, Outcome) -> Void) async throws -> Outcome {
    var failures = FailureCount()
    var last = Outcome(summary: Summary(title: "build"))
    for step in FlowStep.allCases {
      let outcome: Outcome
      switch step {
      case .derive: outcome = try await Derivation(settings: derivation, context: context).run()
      case .expand:
        guard let expansion else { continue }
        outcome = try await Expansion(settings: expansion, context: context).run()
      case .filter:
        guard let filtering else { continue }
        outcome = try Filtering(settings: filtering).run(context)
      case .dedup:
        guard let deduplication else { continue }
        outcome = try Deduplication(settings: deduplication).run(context)
      case .semanticDedup:
        guard let semanticDeduplication else { continue }
        outcome = try await SemanticDeduplication(settings: semanticDeduplication).run(context)
      // Vectors are made when they are asked for.
      case .embed, .synthesize: continue
      }
      onStep(step, outcome)
      failures.failed += outcome.failures.failed
      failures.total += outcome.failures.total
      last = outcome
      if outcome.isInterrupted { break }
    }
    last.failures = failures
    return last
  }
}
