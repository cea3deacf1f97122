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

/// Counts by name in the order in which the names first came, so that printed tables do not depend on hashing.
public struct Tally: Sendable, Equatable {
  public private(set) var names: [String] = []
  private var counts: [String: Int] = [:]

  public init() {}

  public subscript(name: String) -> Int {
    get { counts[name] ?? 0 }
    set {
      if counts[name] == nil { names.append(name) }
      counts[name] = newValue
    }
  }

  public var total: Int { counts.values.reduce(0, +) }

  /// Largest first, equal counts by name.
  public var ranked: [(name: String, count: Int)] {
    counts.map { (name: $0.key, count: $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }
}
