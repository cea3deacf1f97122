/// What happened in simulated runs, counted, so that a reader sees that the faults were really there.
package struct Encounters: Sendable {
  package enum Kind: Int, CaseIterable, Sendable {
    case items, sent, replies, repliesReplayed, repliesShared
    case throttled, throttledWithPause, hiddenLimit, serverFaults, brokenConnections, stalls, unreachable, toldLimits
    case refusedKeys, reshaped, badRequests, givenUp
    case kills, powerCuts, diskFull, storeCommitsLost, interrupts, cancellations
    case lives, stopsByBudget, stopsByKey, stopsByServer, stopsByDisk, startsOver, recordLimits
    case grants, spills, fetches, ledgerCommits, storeCommits, bytesCutOff
  }

  private var counts = [Int](repeating: 0, count: Kind.allCases.count)

  package init() {}

  package subscript(kind: Kind) -> Int {
    get { counts[kind.rawValue] }
    set { counts[kind.rawValue] = newValue }
  }

  package mutating func add(_ other: Encounters) {
    for place in counts.indices { counts[place] += other.counts[place] }
  }
}
