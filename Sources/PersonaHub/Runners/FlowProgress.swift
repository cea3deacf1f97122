import Synchronization

/// How far a piece of long work is; drawn by whoever runs the flow.
public struct FlowProgress: Sendable {
  /// The step by its name in the flow, for example `derive`.
  public var step: String
  public var done: Int
  /// nil when the end is not known.
  public var total: Int?
  /// Share of the work done, for inputs that are measured in bytes; overrides `done / total`.
  public var fraction: Double?
  public var rejected: Int
  public var tokens: Int
  public var costInDollars: Double

  public init(
    step: String, done: Int, total: Int? = nil, fraction: Double? = nil, rejected: Int = 0, tokens: Int = 0,
    costInDollars: Double = 0
  ) {
    self.step = step
    self.done = done
    self.total = total
    self.fraction = fraction
    self.rejected = rejected
    self.tokens = tokens
    self.costInDollars = costInDollars
  }
}
