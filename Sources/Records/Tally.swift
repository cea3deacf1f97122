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
