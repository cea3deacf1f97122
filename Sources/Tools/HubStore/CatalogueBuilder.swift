import Foundation
import GRDB
import PersonaRecords
import ShardFiles

/// Writes the catalogue of a hub into a new file.
struct CatalogueBuilder {
  /// Number of the layout below; a catalogue with another one is made anew.
  static let layoutVersion = 1

  private let hub: Hub
  private let path: String
  private let progress: HubCatalogue.Progress

  /// - Parameter path: what stands there is a left-over, and goes.
  init(_ hub: Hub, path: String, progress: @escaping HubCatalogue.Progress) throws {
    self.hub = hub
    self.path = path
    self.progress = progress
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }

  func makeAnew() throws {
    try write { database in
      try Self.createTables(in: database)
      try fill(database, from: hub.manifest.parts)
      // Ids are random: an index over all rows at once is sorted, one that grows row by row seeks for each.
      try Self.createIndexes(in: database)
    }
  }

  /// Adds what is new to a copy of an older catalogue.
  func extend(copyOf older: String, indexed: Set<IndexedPart>) throws {
    try FileManager.default.copyItem(atPath: older, toPath: path)
    try write { database in
      try fill(database, from: hub.manifest.parts.filter { !indexed.contains(IndexedPart($0)) })
    }
  }

  private func write(_ body: (Database) throws -> Void) throws {
    var configuration = Configuration()
    configuration.label = "hub-catalogue-builder"
    configuration.prepareDatabase { database in
      // No journal: a file that was not finished is thrown away whole.
      try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write(body)
    try queue.close()
  }

  private static func createTables(in database: Database) throws {
    try database.execute(sql: "PRAGMA user_version = \(layoutVersion)")
    try database.execute(
      sql: "CREATE TABLE part (number INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL)")
    for kind in HubManifest.Part.Kind.allCases {
      // `row` is the place in the hub, or among the dropped, or among the further origins, counted from 1.
      try database.execute(
        sql: """
          CREATE TABLE \(kind.rawValue) (row INTEGER PRIMARY KEY, id BLOB NOT NULL, parent BLOB, line TEXT NOT NULL)
          """)
    }
    // Without content: the descriptions stand in `personas` already.
    try database.execute(
      sql: "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = \"\(SearchText.tokenizer)\")")
  }

  private static func createIndexes(in database: Database) throws {
    for kind in HubManifest.Part.Kind.allCases {
      let table = kind.rawValue
      try database.execute(sql: "CREATE INDEX \(table)_by_id ON \(table) (id)")
      try database.execute(
        sql: "CREATE INDEX \(table)_by_parent ON \(table) (parent) WHERE parent IS NOT NULL")
    }
  }

  private func fill(_ database: Database, from parts: [HubManifest.Part]) throws {
    let total = parts.reduce(0) { $0 + $1.rows }
    var done = 0
    progress(0, total)
    let addWords = try database.makeStatement(sql: "INSERT INTO words (rowid, text) VALUES (?, ?)")
    for kind in HubManifest.Part.Kind.allCases {
      let table = kind.rawValue
      var row = try Int.fetchOne(database, sql: "SELECT max(row) FROM \(table)") ?? 0
      let addRow = try database.makeStatement(sql: "INSERT INTO \(table) (row, id, parent, line) VALUES (?, ?, ?, ?)")
      for part in parts where part.kind == kind {
        let reader = PartLineReader(hub, [part])
        while let line = try reader.next() {
          guard let id = HubLine.id(of: line, kind) else {
            throw reader.damaged("this is not a row as the hub writes it")
          }
          row += 1
          let (text, parent) = try Self.textAndParent(of: line, kind, reader)
          try addRow.execute(arguments: [row, id.data, parent, String(decoding: line, as: UTF8.self)])
          if kind == .segment { try addWords.execute(arguments: [row, SearchText.indexed(text)]) }
          done += 1
          if done % 10_000 == 0 { progress(done, total) }
        }
      }
    }
    let addPart = try database.makeStatement(sql: "INSERT INTO part (path, sha256) VALUES (?, ?)")
    for part in parts { try addPart.execute(arguments: [part.path, part.sha256]) }
    progress(total, total)
  }

  private static func textAndParent(
    of line: ArraySlice<UInt8>, _ kind: HubManifest.Part.Kind, _ reader: PartLineReader
  ) throws(Problem) -> (text: String, parent: Data?) {
    let (text, origin) =
      switch kind {
      case .segment:
        try { (persona: Persona) in (persona.text, persona.origin) }(reader.record(Persona.self, from: line))
      case .dropped:
        try { (row: DroppedPersona) in ("", row.persona.origin) }(reader.record(DroppedPersona.self, from: line))
      case .lineage:
        try { (row: FurtherOrigin) in ("", row.origin) }(reader.record(FurtherOrigin.self, from: line))
      }
    return (text, PersonaID(origin.parent)?.data)
  }
}

extension PersonaID {
  /// The 16 bytes, most significant first, so that they sort as the digits do.
  var data: Data {
    unsafe withUnsafeBytes(of: word.bigEndian) { bytes in unsafe Data(bytes) }
  }
}
