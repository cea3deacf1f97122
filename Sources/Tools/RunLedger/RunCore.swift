/// Decides what a run does next: which result is written, which is set down for later, when the files are made durable.
///
/// Results come in any order and go out in that of the input. While the next one in order is out, the others wait in
/// memory, up to `held` of them, and then in the ledger; so one slow reply neither blocks the others nor grows the
/// memory. No disk, clock or task is in it: events in, steps out, and a simulation can drive it.
///
/// Memory: a number for each call in flight, and at most `held` settlements with those that just came in.
package struct RunCore: Sendable {
  package struct Limits: Sendable, Equatable {
    /// Items taken in and not settled: calls in flight, those in line, replies on their way to the disk.
    package var width: Int
    /// Results that wait in memory for an earlier one.
    package var held: Int
    /// Items, and time, after which the files are made durable.
    package var commitItems: Int
    package var commitTime: Duration

    package init(width: Int, held: Int = 1024, commitItems: Int = 8192, commitTime: Duration = .seconds(1)) {
      self.width = max(1, width)
      self.held = max(1, held)
      self.commitItems = max(1, commitItems)
      self.commitTime = commitTime
    }
  }

  /// A result with the fingerprint of its item.
  package struct Entry: Sendable, Equatable {
    package var number: Int
    package var identity: UInt64
    package var settlement: Settlement

    package init(number: Int, identity: UInt64, settlement: Settlement) {
      self.number = number
      self.identity = identity
      self.settlement = settlement
    }
  }

  package enum Step: Sendable, Equatable {
    /// Add its lines to the files; `progress` counts it already.
    case write(Settlement)
    /// Set these down in the ledger.
    case spill([Entry])
    /// Hand back, with `fetched`, what was set down from this number on, without gaps, at most so many.
    case fetch(from: Int, limit: Int)
    /// Make the files durable, write `progress` down, forget what was set down before it; then call `committed`.
    case commit
  }

  package let limits: Limits
  /// The run ends when so many records are written.
  package var recordLimit: Int?
  package private(set) var progress: RunProgress
  /// Items taken in so far, those of earlier processes included.
  package private(set) var admitted: Int
  private var running: [Int: UInt64] = [:]
  private var held: [Int: Entry] = [:]
  /// Records that wait in `held`.
  private var heldRecords = 0
  private var sinceCommit = 0
  private var lastCommit: Duration = .zero

  /// - Parameter progress: what the ledger says.
  package init(limits: Limits, progress: RunProgress) {
    self.limits = limits
    self.progress = progress
    admitted = progress.emitted
  }

  package var inFlight: Int { running.count }
  package var heldCount: Int { held.count }
  package var isFull: Bool { recordLimit.map { progress.records >= $0 } ?? false }
  /// Items that may be taken in now. Where only so many records are wanted, no more than could still be needed, so that
  /// none is paid for in vain.
  package var freeSlots: Int {
    let free = limits.width - running.count
    guard let recordLimit else { return free }
    return min(free, max(0, recordLimit - progress.records - heldRecords - running.count))
  }
  /// Whether every item taken in is written.
  package var isIdle: Bool { progress.emitted == admitted || isFull }

  // MARK: Events

  /// Takes in the next item of the input; returns its number.
  package mutating func admit(identity: UInt64) -> Int {
    running[admitted] = identity
    progress.isComplete = false
    admitted += 1
    return admitted - 1
  }

  package mutating func settled(_ number: Int, _ settlement: Settlement) {
    guard let identity = running.removeValue(forKey: number) else { return }
    held[number] = Entry(number: number, identity: identity, settlement: settlement)
    heldRecords += settlement.recordCount
  }

  package mutating func fetched(_ entries: [Entry]) {
    for entry in entries {
      held[entry.number] = entry
      heldRecords += entry.settlement.recordCount
    }
  }

  package mutating func committed(now: Duration) {
    sinceCommit = 0
    lastCommit = now
  }

  package mutating func spent(dollars: Double, tokens: Int) {
    progress.spentDollars = dollars
    progress.spentTokens = tokens
  }

  package mutating func written(lengths: [Int]) { progress.lengths = lengths }

  // MARK: Steps

  /// The next thing to do; nil when there is nothing until the next event.
  package mutating func nextStep(now: Duration) -> Step? {
    if !isFull, progress.emitted < admitted {
      if let entry = held.removeValue(forKey: progress.emitted) {
        heldRecords -= entry.settlement.recordCount
        progress.take(entry.settlement, identity: entry.identity)
        sinceCommit += 1
        return .write(entry.settlement)
      }
      if held.count > limits.held {
        let entries = held.values.sorted { $0.number < $1.number }
        held.removeAll(keepingCapacity: true)
        heldRecords = 0
        return .spill(entries)
      }
      // Neither here nor in flight: it was set down.
      if running[progress.emitted] == nil {
        return .fetch(from: progress.emitted, limit: min(256, limits.held + limits.width - held.count))
      }
    }
    if sinceCommit >= limits.commitItems || (sinceCommit > 0 && now - lastCommit >= limits.commitTime) {
      return .commit
    }
    return nil
  }
}
