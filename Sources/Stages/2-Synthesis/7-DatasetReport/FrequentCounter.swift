/// Counts what comes often in a stream, in bounded memory.
///
/// As long as at most `limit` different things have come, all counts are exact. Beyond it the rare ones are forgotten, and
/// a count is too low by at most `error` (Manku and Motwani's lossy counting). What is forgotten depends on the stream
/// alone, never on the order of a hash table.
package struct FrequentCounter<Key: Hashable & Comparable & Sendable>: Sendable {
  package struct Entry: Sendable, Equatable {
    package var count: Int
    /// Where it came first, as the caller numbers places.
    package let first: Int
  }

  package private(set) var entries: [Key: Entry] = [:]
  /// By how much a count may be too low.
  package private(set) var error = 0
  private let limit: Int

  package init(limit: Int) { self.limit = limit }

  package mutating func count(_ key: Key, at place: Int) {
    entries[key, default: Entry(count: 0, first: place)].count += 1
    guard entries.count > limit else { return }
    while entries.count > limit / 2 {
      error += 1
      let floor = error
      entries = entries.filter { $0.value.count > floor }
    }
  }

  /// The most frequent, largest first, then by where they came first and by the key; none that came less than `least` times.
  package func top(_ number: Int, least: Int = 2) -> [(key: Key, entry: Entry)] {
    let frequent = entries.filter { $0.value.count >= least }.map { (key: $0.key, entry: $0.value) }
    return Array(
      frequent.sorted { one, other in
        (-one.entry.count, one.entry.first) != (-other.entry.count, other.entry.first)
          ? (-one.entry.count, one.entry.first) < (-other.entry.count, other.entry.first) : one.key < other.key
      }.prefix(number))
  }
}
