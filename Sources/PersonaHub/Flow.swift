import PersonaRecords

/// The steps from texts to a data set, in the order in which data flows; the one place that knows it.
public enum FlowStep: String, Sendable, CaseIterable {
  case derive, expand, filter, dedup, embed
  case semanticDedup = "dedup, semantic"
  case synthesize

  /// What the step does, in words for tables and `--help`.
  public var summary: String {
    switch self {
    case .derive: "texts become personas (Text-to-Persona)"
    case .expand: "personas become related personas (Persona-to-Persona)"
    case .filter: "poor descriptions leave"
    case .dedup: "near-copies leave"
    case .embed: "descriptions become vectors"
    case .semanticDedup: "descriptions of the same meaning leave"
    case .synthesize: "personas and a recipe become a data set"
    }
  }
}

/// What every step gets from whoever runs it.
public struct FlowContext: Sendable {
  /// The hub's folder.
  public var hubPath: String
  public var model: ModelSettings
  /// Seed of everything that is left to chance.
  public var seed: UInt64
  /// Begins a new run even where one could go on.
  public var startsAnew = false
  /// Asks models even where a reply is kept.
  public var asksAgain = false
  /// How to call this again, for `runs resume`: the folder and the words, as one JSON line.
  public var command = ""
  /// Told, in a line, what the work waits for.
  public var onNotice: @Sendable (String) -> Void = { _ in }
  /// Told, in a line, of what happened that is worth a place in the log.
  public var onMessage: @Sendable (String) -> Void = { _ in }
  /// Called now and then, from any task.
  public var onProgress: @Sendable (FlowProgress) -> Void
  /// Asked before each new piece of work; true means: finish what is in flight, and stop.
  public var isStopping: @Sendable () -> Bool

  public init(
    hubPath: String, model: ModelSettings, seed: UInt64 = 0,
    onProgress: @escaping @Sendable (FlowProgress) -> Void = { _ in },
    isStopping: @escaping @Sendable () -> Bool = { false }
  ) {
    self.hubPath = hubPath
    self.model = model
    self.seed = seed
    self.onProgress = onProgress
    self.isStopping = isStopping
  }
}

/// How a step ended.
public struct Outcome: Sendable {
  public var summary: Summary
  public var failures: FailureCount
  /// True when the step was asked to stop before its end; nothing is lost, the same command goes on.
  public var isInterrupted: Bool

  public init(summary: Summary, failures: FailureCount = FailureCount(), isInterrupted: Bool = false) {
    self.summary = summary
    self.failures = failures
    self.isInterrupted = isInterrupted
  }
}
