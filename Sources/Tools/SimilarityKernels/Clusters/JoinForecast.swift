/// The work of a join, foreseen from a sample of the rows.
package struct JoinForecast: Sendable, Equatable {
  package var rows: Int
  /// Keys under which rows are stored, if all rows are kept.
  package var keys: Int
  /// Pairs of rows that meet in a bucket, counted once for each bucket they share, if all rows are kept.
  package var candidates: Double

  package init(rows: Int, keys: Int, candidates: Double) {
    self.rows = rows
    self.keys = keys
    self.candidates = candidates
  }

  /// Nanoseconds of one core: a row that is read, a key that is made and looked for, a candidate that is walked past, and now
  /// and then counted. Measured on personas at thresholds from 0.5 to 0.9.
  private static let costs = (row: 500.0, key: 30.0, candidate: 4.0)

  /// Seconds of one core.
  package var seconds: Double {
    (Double(rows) * Self.costs.row + Double(keys) * Self.costs.key + candidates * Self.costs.candidate) / 1e9
  }

  /// Most of the time goes into candidates, and these grow with the square of the rows.
  package var isQuadratic: Bool {
    candidates * Self.costs.candidate > 2 * (Double(rows) * Self.costs.row + Double(keys) * Self.costs.key)
  }
}

extension RowKeys {
  /// The work foreseen for some rows with these keys.
  package func forecast(_ sets: WordSets) -> JoinForecast {
    var keys = 0
    for row in 0..<sets.count { keys += storedKeyCount(ofSize: sets.size(of: row)) }
    return forecast(sets.sample(min(sets.count, Self.forecastSampleSize)), of: sets.count, keys: keys)
  }

  /// The same from an evenly spaced sample.
  /// - Parameters:
  ///   - rows: all rows.
  ///   - keys: under which they are stored.
  package func forecast(_ sample: WordSets, of rows: Int, keys: Int) -> JoinForecast {
    let scale = Double(rows) / Double(max(1, sample.count))
    return JoinForecast(rows: rows, keys: keys, candidates: Double(meetings(of: sample)) * scale * scale)
  }

  /// Rows that a forecast looks at.
  package static var forecastSampleSize: Int { 4096 }

  /// How often two different rows of a sample meet in a bucket.
  private func meetings(of sample: WordSets) -> Int {
    var storedKeys = KeyList()
    var soughtKeys = KeyList()
    var scratch = KeyScratch()
    let words = sample.words.span
    var withThemselves = 0
    for row in sample.distinctRows() {
      let range = sample.range(of: row)
      for kind in kinds(ofSize: range.count) {
        scratch.salts.clear()
        let own = addSalts(kind, to: &scratch.salts)
        for place in 0..<scratch.salts.count where scratch.salts[place] == own { withThemselves += keyCount(kind) }
      }
      append(range, of: words, stored: &storedKeys, sought: &soughtKeys, &scratch)
    }
    // Of two rows that meet, each seeks the other here; in the join only the later one does.
    return (storedKeys.meetings(with: soughtKeys) - withThemselves) / 2
  }
}

extension KeyList {
  /// How often a key of this list is equal to one of another.
  func meetings(with other: KeyList) -> Int {
    let stored = buffer[..<count].sorted()
    let sought = other.buffer[..<other.count].sorted()
    var meetings = 0
    var place = 0
    var equal = 0
    for (number, key) in sought.enumerated() {
      if number == 0 || key != sought[number - 1] {
        while place < stored.count && stored[place] < key { place += 1 }
        equal = place
        while equal < stored.count && stored[equal] == key { equal += 1 }
        equal -= place
      }
      meetings += equal
    }
    return meetings
  }
}
