import GRDB
package import PersonaRecords

/// One persona that a search found.
package struct HubSearchHit: Sendable, Equatable {
  package var persona: Persona
  /// Place in the hub, counted from 0.
  package var row: Int
  /// BM25: the smaller, the better; comparable within one search only.
  package var rank: Double
}

extension HubCatalogue {
  /// Personas whose description holds the words of a query, best first.
  ///
  /// Every word must occur; if nothing has them all, every word as the beginning of one; if nothing has these, any of
  /// them. English endings and accents make no difference, and in scripts without spaces a word is found inside
  /// others. No sign in the query is an operator. Equal ranks stand in the order of the hub.
  ///
  /// - Returns: nothing when the query holds no letter or digit.
  package func search(_ query: String, limit: Int = 20) throws(Problem) -> [HubSearchHit] {
    guard limit > 0 else { return [] }
    for strictness in SearchText.Strictness.allCases {
      guard let words = SearchText.query(query, strictness) else { return [] }
      let hits = try read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT found.row AS row, found.rank AS rank, line
            FROM (SELECT rowid AS row, rank FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?) AS found
            JOIN personas ON personas.row = found.row
            ORDER BY found.rank, found.row
            """, arguments: [words, limit]
        ).map { row in
          HubSearchHit(persona: try Self.record(from: row["line"]), row: (row["row"] as Int) - 1, rank: row["rank"])
        }
      }
      if !hits.isEmpty { return hits }
    }
    return []
  }

  static func record<Record: HubRow>(from line: String) throws -> Record {
    try Record(written: JSONValue(text: line))
  }
}

extension Hub {
  /// Personas whose description holds the words of a query, best first; see `HubCatalogue.search`.
  package func search(
    _ query: String, limit: Int = 20, progress: @escaping HubCatalogue.Progress = { _, _ in }
  ) throws(Problem) -> [HubSearchHit] {
    try catalogue(progress: progress).search(query, limit: limit)
  }
}

extension HubSearchHit: JSONLineRecord {
  /// The persona's own keys, then `row` and `rank`.
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.key("persona")
      persona.write(to: &line)
      line.member("row", row)
      line.member("rank", rank)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    self.init(
      persona: try Persona(json: json["persona"] ?? .null), row: try json.int("row"), rank: try json.double("rank"))
  }
}
