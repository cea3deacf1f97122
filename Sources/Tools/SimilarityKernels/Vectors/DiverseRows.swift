import PersonaRecords

/// Rows that are far from each other: greedy k-center.
///
/// The first row is drawn by chance; each further one is the row whose largest cosine to the rows chosen before is least, of
/// equal ones the first. The set covers all rows: no other set of as many has a radius, in angles, smaller than half of
/// this one's (Gonzalez: Clustering to minimize the maximum intercluster distance, 1985).
///
/// A row's largest cosine only grows as rows are chosen. So what it was when the row was last looked at is a lower bound, and
/// only the row with the least bound has to be brought up to date, again and again until the least is current. The answer is
/// that of looking at all rows in each round; what is saved is most of the products.
///
/// Cost: at worst rows × wanted products; memory: 16 bytes for each row.
package enum DiverseRows {
  /// - Parameters:
  ///   - wanted: at most so many; fewer when there are not as many rows.
  ///   - onProgress: told how many are chosen; what it throws ends the work.
  /// - Returns: rows in the order in which they were chosen.
  package static func choose(
    _ wanted: Int, of vectors: VectorRows, seed: UInt64, _ loop: ParallelLoop,
    onProgress: (_ chosen: Int) throws -> Void
  ) rethrows -> [NearRow] {
    guard wanted > 0, vectors.count > 0 else { return [] }
    var random = SeededRandom(seed: seed, purpose: "diverse")
    let first = random.below(vectors.count)
    var chosen = [NearRow(row: first, cosine: 0)]
    var queue = BoundQueue(
      loop.map(vectors.count, scratch: Nothing.init) { row, _ in
        BoundQueue.Entry(bound: row == first ? .infinity : vectors.cosine(row, first), row: UInt32(row), seen: 1)
      })
    while chosen.count < min(wanted, vectors.count) {
      // Bringing many rows up to date at once lets threads share the work; the least of them is looked for again each time.
      while queue.least.seen < chosen.count {
        let stale = queue.take(64, seenBefore: chosen.count)
        let fresh = loop.map(stale.count, scratch: Nothing.init) { place, _ in
          var entry = stale[place]
          while entry.seen < chosen.count {
            entry.bound = max(entry.bound, vectors.cosine(Int(entry.row), chosen[Int(entry.seen)].row))
            entry.seen += 1
          }
          return entry
        }
        for entry in fresh { queue.add(entry) }
      }
      let next = queue.takeLeast()
      chosen.append(NearRow(row: Int(next.row), cosine: next.bound))
      if chosen.count.isMultiple(of: 16) { try onProgress(chosen.count) }
    }
    return chosen
  }

  /// The definition, round by round: what tests compare `choose` with.
  package static func reference(_ wanted: Int, of vectors: VectorRows, seed: UInt64) -> [NearRow] {
    guard wanted > 0, vectors.count > 0 else { return [] }
    var random = SeededRandom(seed: seed, purpose: "diverse")
    var chosen = [NearRow(row: random.below(vectors.count), cosine: 0)]
    while chosen.count < min(wanted, vectors.count) {
      var best: NearRow?
      for row in 0..<vectors.count where !chosen.contains(where: { $0.row == row }) {
        let most = chosen.map { vectors.cosine(row, $0.row) }.max() ?? 0
        if best.map({ most < $0.cosine }) ?? true { best = NearRow(row: row, cosine: most) }
      }
      if let best { chosen.append(best) }
    }
    return chosen
  }

  private final class Nothing {}
}

/// Rows by the least that their largest cosine can be, the least first; a heap.
private struct BoundQueue {
  struct Entry {
    /// The largest cosine to the first `seen` rows that were chosen.
    var bound: Float
    var row: UInt32
    var seen: UInt32
  }

  private var entries: [Entry]

  init(_ entries: [Entry]) {
    self.entries = entries
    for place in stride(from: entries.count / 2, through: 0, by: -1) { sink(from: place) }
  }

  var least: Entry { entries[0] }

  mutating func takeLeast() -> Entry {
    let least = entries[0]
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      sink(from: 0)
    }
    return least
  }

  /// The first entries of the queue, as long as they are out of date; at most so many.
  mutating func take(_ most: Int, seenBefore current: Int) -> [Entry] {
    var taken: [Entry] = []
    while taken.count < most, !entries.isEmpty, entries[0].seen < current { taken.append(takeLeast()) }
    return taken
  }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    var place = entries.count - 1
    while place > 0, Self.stands(entries[place], before: entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private static func stands(_ one: Entry, before other: Entry) -> Bool {
    one.bound != other.bound ? one.bound < other.bound : one.row < other.row
  }

  private mutating func sink(from start: Int) {
    var place = start
    while true {
      var first = place
      for child in 2 * place + 1...2 * place + 2
      where child < entries.count && Self.stands(entries[child], before: entries[first]) { first = child }
      guard first != place else { return }
      entries.swapAt(place, first)
      place = first
    }
  }
}
