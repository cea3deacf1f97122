/// The tables of a search, used again by the next one: fresh memory has to be cleared by the system, page by page.
package struct SearchTables: ~Copyable {
  private var index: CandidateIndex?
  private var twins: TwinTable?

  package init() {}

  /// An empty index for so many entries.
  mutating func takeIndex(capacity: Int) -> CandidateIndex {
    if var known = index.take(), known.capacity >= capacity {
      known.removeAll()
      return known
    }
    return CandidateIndex(capacity: capacity)
  }

  /// An empty table for so many rows.
  mutating func takeTwins(rowCount: Int) -> TwinTable {
    if let known = twins.take(), known.rowCount >= rowCount {
      known.removeAll()
      return known
    }
    return TwinTable(rowCount: rowCount)
  }

  /// Takes tables back that a search does not need any more.
  mutating func giveBack(_ index: consuming CandidateIndex, _ twins: consuming TwinTable) {
    self.index = consume index
    self.twins = consume twins
  }
}
