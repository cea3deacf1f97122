package import PersonaRecords

/// What is in a hub, counted.
package struct HubStatistics: Sendable, Equatable {
  /// Rows that share a value.
  package struct Group: Sendable, Equatable {
    package var name: String
    package var rows: Int
  }

  /// Dropped rows that share stage and reason.
  package struct DropGroup: Sendable, Equatable {
    package var stage: String
    package var reason: String
    package var rows: Int
  }

  package var rows = 0
  package var segments = 0
  /// All files, compressed.
  package var byteCount = 0
  /// Times a persona arose again after its first time.
  package var furtherOrigins = 0
  package var droppedRows = 0
  /// By rounds of Persona-to-Persona, from 0 on.
  package var byIteration: [Group] = []
  /// Most frequent first, like the groups below.
  package var byOriginKind: [Group] = []
  package var byModel: [Group] = []
  /// Rows that came from a text, by what the person does with it.
  package var byVerb: [Group] = []
  package var lengths = LengthDistribution()
  /// By stage, and within it most frequent first.
  package var droppedByReason: [DropGroup] = []
}

/// How long descriptions are, in Unicode scalars (code points).
package struct LengthDistribution: Sendable, Equatable {
  /// Rows by length; as many entries as there are different lengths.
  package private(set) var rowsByLength: [Int: Int] = [:]
  package private(set) var rows = 0
  private var sum = 0

  package init() {}

  mutating func add(_ length: Int) {
    rowsByLength[length, default: 0] += 1
    rows += 1
    sum += length
  }

  package var mean: Double { rows == 0 ? 0 : Double(sum) / Double(rows) }

  /// The smallest length that at least this share of the rows does not exceed; 0 of no rows.
  package func quantile(_ share: Double) -> Int {
    let wanted = max(1, Int((share * Double(rows)).rounded(.up)))
    var seen = 0
    for (length, count) in rowsByLength.sorted(by: { $0.key < $1.key }) {
      seen += count
      if seen >= wanted { return length }
    }
    return 0
  }

  /// Rows by length in steps, from the shortest on, without gaps, for a chart.
  package func histogram(step: Int) -> [(from: Int, rows: Int)] {
    precondition(step > 0, "a step of at least 1")
    guard let shortest = rowsByLength.keys.min(), let longest = rowsByLength.keys.max() else { return [] }
    var counts = [Int](repeating: 0, count: longest / step - shortest / step + 1)
    for (length, count) in rowsByLength { counts[length / step - shortest / step] += count }
    return counts.enumerated().map { (from: (shortest / step + $0.offset) * step, rows: $0.element) }
  }
}

extension Hub {
  /// Counts what is in the hub; reads all rows once, in memory that grows only with the number of different values.
  /// - Throws: `Problem` when a file of the hub is damaged.
  package func statistics() throws(Problem) -> HubStatistics {
    let manifest = manifest
    var statistics = HubStatistics()
    statistics.segments = manifest.segments.count
    statistics.byteCount = manifest.byteCount
    statistics.furtherOrigins = manifest.lineageRowCount
    var iterations: [Int: Int] = [:]
    var (kinds, models, verbs) = (Tally(), Tally(), Tally())
    let personas = HubReader<Persona>(self, manifest.segments)
    while let persona = try personas.next() {
      statistics.rows += 1
      iterations[persona.iteration, default: 0] += 1
      kinds.add(persona.origin.kind.rawValue)
      models.add(persona.model)
      if persona.origin.kind == .text { verbs.add(persona.origin.verb) }
      statistics.lengths.add(persona.text.unicodeScalars.count)
    }
    var drops: [String: Tally] = [:]
    let dropped = HubReader<DroppedPersona>(self, manifest.dropped)
    while let row = try dropped.next() {
      statistics.droppedRows += 1
      drops[row.verdict.stage, default: Tally()].add(row.verdict.reason)
    }
    statistics.byIteration = iterations.sorted { $0.key < $1.key }.map { .init(name: String($0.key), rows: $0.value) }
    statistics.byOriginKind = kinds.groups
    statistics.byModel = models.groups
    statistics.byVerb = verbs.groups
    statistics.droppedByReason = drops.sorted { $0.key < $1.key }.flatMap { stage, reasons in
      reasons.groups.map { .init(stage: stage, reason: $0.name, rows: $0.rows) }
    }
    return statistics
  }
}

/// Counts rows by a value that users choose, so that there may be too many different ones.
private struct Tally {
  private static let limit = 1000
  private var counts: [String: Int] = [:]
  private var others = 0

  mutating func add(_ name: String) {
    if counts[name] != nil || counts.count < Self.limit { counts[name, default: 0] += 1 } else { others += 1 }
  }

  /// Most frequent first, then by name; what found no room last.
  var groups: [HubStatistics.Group] {
    let groups = counts.map { HubStatistics.Group(name: $0.key, rows: $0.value) }
      .sorted { ($1.rows, $0.name) < ($0.rows, $1.name) }
    return others == 0 ? groups : groups + [.init(name: "(others)", rows: others)]
  }
}
