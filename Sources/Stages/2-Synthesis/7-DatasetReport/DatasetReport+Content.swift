package import PersonaRecords

extension DatasetReport {
  /// Everything the page and the JSON say, as plain values; what is left empty is left out of the page.
  package struct Content: Sendable {
    package var title: String
    /// Key of the text in each row.
    package var key: String
    package var measures: DatasetMeasures
    /// Lines that are no rows, or have no text at the key, by what is wrong.
    package var unreadable = Tally()
    package var phrases: [RepeatedPhrases.Phrase] = []
    package var nearCopies: NearCopies?
    package var adherence: Adherence?
    /// Why there is no adherence although it was asked for.
    package var adherenceNote = ""
    /// Name of the schema; `""` without one.
    package var schemaName = ""
    /// Texts proper of rows that the page shows, by their number.
    package var texts: [Int: String] = [:]

    package init(title: String, key: String, measures: DatasetMeasures) {
      self.title = title
      self.key = key
      self.measures = measures
    }
  }

  /// A row that repeats another.
  package struct Copy: Sendable, Equatable {
    package let row: Int
    /// The row that stays.
    package let of: Int
    /// Jaccard similarity of their sets of words.
    package let similarity: Double

    package init(row: Int, of: Int, similarity: Double) {
      self.row = row
      self.of = of
      self.similarity = similarity
    }
  }

  /// Rows whose words nearly repeat those of another.
  package struct NearCopies: Sendable, Equatable {
    package let threshold: String
    package var count = 0
    /// Those that fit the schema too.
    package var fitting = 0
    /// The first ones.
    package var first: [Copy] = []

    package init(threshold: String) { self.threshold = threshold }

    /// Those worth a look: what was changed says more than what is the same.
    package func shown(_ number: Int) -> ArraySlice<Copy> {
      (first.filter { $0.similarity < 1 } + first.filter { $0.similarity >= 1 }).prefix(number)
    }
  }

  /// How near texts are to the personas they were made for.
  package struct Adherence: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
      package let row: Int
      package let own: Double
      package let other: Double
      package let persona: String
      package let text: String

      package init(row: Int, own: Double, other: Double, persona: String, text: String) {
        self.row = row
        self.own = own
        self.other = other
        self.persona = persona
        self.text = text
      }
    }

    package let model: String
    package let measured: Int
    /// Rows whose text is nearer to its own persona than to another one, drawn by chance.
    package let nearer: Int
    package let medianOwn: Double
    package let medianOther: Double
    /// The rows that are farthest from their personas, farthest first.
    package let worst: [Row]

    /// - Parameter rows: in any order; at least one.
    package init(model: String, rows: [Row], worstCount: Int = 10) {
      self.model = model
      measured = rows.count
      nearer = rows.count { $0.own > $0.other }
      medianOwn = Self.median(rows.map(\.own))
      medianOther = Self.median(rows.map(\.other))
      worst = Array(rows.sorted { ($0.own, $0.row) < ($1.own, $1.row) }.prefix(worstCount))
    }

    package var share: Double { measured == 0 ? 0 : Double(nearer) / Double(measured) }

    /// Wilson's interval for the share, at 95%: it stays within 0 and 1, and holds for few rows too.
    package var interval: (low: Double, high: Double) {
      guard measured > 0 else { return (0, 1) }
      let z = 1.959_963_985
      let n = Double(measured)
      let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
      let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
      return (max(0, middle - half), min(1, middle + half))
    }

    private static func median(_ values: [Double]) -> Double {
      let sorted = values.sorted()
      guard !sorted.isEmpty else { return 0 }
      let middle = sorted.count / 2
      return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
  }
}
