import GRDB
package import PersonaRecords

extension HubCatalogue {
  /// The personas at these places of the hub, counted from 0, in the order asked for.
  package func personas(at rows: [Int]) throws(Problem) -> [Persona] {
    try read { database in
      let statement = try database.cachedStatement(sql: "SELECT line FROM personas WHERE row = ?")
      return try rows.map { row in
        guard let line = try String.fetchOne(statement, arguments: [row + 1]) else {
          throw Problem("the hub has no persona at place \(row)", advice: "run the same command again")
        }
        return try Self.record(from: line)
      }
    }
  }

  /// The place of a persona in the hub, counted from 0; nil when it is not in it.
  package func row(of id: PersonaID) throws(Problem) -> Int? {
    try read { database in
      try Int.fetchOne(database, sql: "SELECT row FROM personas WHERE id = ?", arguments: [id.data]).map { $0 - 1 }
    }
  }
}
