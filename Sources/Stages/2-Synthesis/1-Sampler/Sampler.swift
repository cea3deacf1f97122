package import PersonaRecords

/// Draws personas from a hub by seed, each at most once, in one pass and with memory for the sample alone.
///
/// Every persona gets a key from (seed, id); the sample is the personas with the smallest keys, in the order of their
/// keys. So a sample does not depend on the order of the hub, a sample of 100 is the start of a sample of 200, and the
/// next wave begins where the last one ended. With weights the key is −ln(u)/w, which draws without replacement with
/// chances in proportion to the weights (Efraimidis and Spirakis 2006).
package struct Sampler: Sendable {
  /// A persona's place in the sample: smaller comes first; equal keys are told apart by the id.
  package struct Key: Comparable, Sendable {
    package let value: Double
    package let id: PersonaID

    package init(value: Double, id: PersonaID) {
      self.value = value
      self.id = id
    }

    package static func < (one: Key, other: Key) -> Bool {
      one.value != other.value ? one.value < other.value : one.id < other.id
    }
  }

  /// One row of the hub (or of any file) as the sampler sees it.
  package struct Candidate<Row: Sendable>: Sendable {
    package let key: Key
    package let stratum: String
    package let row: Row
  }

  package let count: Int
  package let seed: UInt64
  /// Draws only what comes behind this key: the next wave of an earlier sample.
  package let after: Key?

  package init(count: Int, seed: UInt64, after: Key? = nil) {
    self.count = count
    self.seed = seed
    self.after = after
  }

  /// The key of one row; nil for weight 0 or less, which is never drawn.
  package func key(of id: PersonaID, weight: Double = 1) -> Key? {
    guard weight > 0 else { return nil }
    let bits = StableHash.mix(id.high ^ StableHash.mix(id.low ^ StableHash.mix(seed)))
    // (bits + 1) / 2^53 lies in 0 < u ≤ 1, so that the logarithm is finite.
    let unit = Double((bits >> 11) + 1) * 0x1p-53
    return Key(value: -Self.logarithm(unit) / weight, id: id)
  }

  /// Collects the sample of one pass; `add` every row, then ask for `rows`.
  package struct Collector<Row: Sendable>: Sendable {
    private let sampler: Sampler
    /// By stratum a heap with the largest key on top: memory is `count` rows per stratum.
    private var strata: [String: LargestOnTop<Row>] = [:]

    package init(_ sampler: Sampler) { self.sampler = sampler }

    /// - Parameters:
    ///   - stratum: rows are drawn in equal numbers from every stratum; `""` for all when none are wanted.
    ///   - row: evaluated only if the row is in the sample so far.
    package mutating func add(
      id: PersonaID, weight: Double = 1, stratum: String = "", row: @autoclosure () -> Row
    ) {
      guard sampler.count > 0, let key = sampler.key(of: id, weight: weight) else { return }
      if let after = sampler.after, key <= after { return }
      if let heap = strata[stratum], heap.elements.count >= sampler.count, let top = heap.elements.first, key >= top.key
      {
        return
      }
      strata[stratum, default: LargestOnTop()].insert(
        Candidate(key: key, stratum: stratum, row: row()), limit: sampler.count)
    }

    /// The sample, smallest key first. With strata: equal numbers from each, and what a small stratum cannot give is
    /// shared among the others in their order by name.
    package func candidates() -> [Candidate<Row>] {
      var shares: [(name: String, rows: [Candidate<Row>])] = strata.map { ($0.key, $0.value.sorted()) }
      shares.sort { $0.name < $1.name }
      var taken = [Int](repeating: 0, count: shares.count)
      var left = sampler.count
      var isGiving = true
      while left > 0, isGiving {
        isGiving = false
        for place in shares.indices where left > 0 && taken[place] < shares[place].rows.count {
          taken[place] += 1
          left -= 1
          isGiving = true
        }
      }
      let chosen = shares.indices.flatMap { shares[$0].rows.prefix(taken[$0]) }
      return chosen.sorted { $0.key < $1.key }
    }
  }

  /// A bounded heap whose first element has the largest key.
  struct LargestOnTop<Row: Sendable>: Sendable {
    private(set) var elements: [Candidate<Row>] = []

    mutating func insert(_ candidate: Candidate<Row>, limit: Int) {
      if elements.count >= limit {
        guard let top = elements.first, candidate.key < top.key else { return }
        elements[0] = candidate
        sink()
        return
      }
      elements.append(candidate)
      var child = elements.count - 1
      while child > 0, elements[(child - 1) / 2].key < elements[child].key {
        elements.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    }

    private mutating func sink() {
      var parent = 0
      while true {
        var child = 2 * parent + 1
        guard child < elements.count else { return }
        if child + 1 < elements.count, elements[child].key < elements[child + 1].key { child += 1 }
        guard elements[parent].key < elements[child].key else { return }
        elements.swapAt(parent, child)
        parent = child
      }
    }

    func sorted() -> [Candidate<Row>] { elements.sorted { $0.key < $1.key } }
  }

  /// The natural logarithm from additions, multiplications and one division only.
  ///
  /// The C library's differs in the last bit between systems; a sample must not. Relative error below 1e-15.
  static func logarithm(_ value: Double) -> Double {
    // value = significand × 2^exponent with significand in √½ … √2, then ln s = 2 artanh((s−1)/(s+1)) as a series.
    var significand = value.significand
    var exponent = Double(value.exponent)
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    let ratio = (significand - 1) / (significand + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    var divisor = 1.0
    while divisor < 41 {
      sum += term / divisor
      term *= square
      divisor += 2
    }
    return 2 * sum + exponent * 0.6931471805599453
  }
}
