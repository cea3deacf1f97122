import Foundation
import GRDB
import LanguageModels
import PersonaRecords

/// The SQLite file below `ReplyStore`: its form, its transactions, and its errors in words.
///
/// ```
/// PRAGMA application_id = 0x50487270   -- "PHrp"
/// PRAGMA user_version = 1
/// replies (number INTEGER PRIMARY KEY, key BLOB UNIQUE, reply TEXT)
/// ```
/// `key` holds the 16 bytes of `ReplyKey`; `reply` one JSON line. Rows stay in the order of their arrival, with an index
/// beside them: a table sorted by random keys would be rewritten all over with every group.
struct ReplyDatabase: Sendable {
  private static let format = SQLiteFormat(
    applicationID: 0x5048_7270, version: 1, article: "a", thing: "reply store",
    adviceForOther: "give another path for the reply store",
    adviceForNewer: "use the newer version, or give another path for the reply store")
  /// How long another process may hold the file.
  static let busySeconds = 30.0

  private let path: String
  private let queue: DatabaseQueue

  init(path: String) async throws {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.busySeconds)
    configuration.label = "replies"
    do {
      self.queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw Self.problem(error, path: path)
    }
    try await prepare()
  }

  private func prepare() async throws {
    // Looked at before anything is written: a file of something else, or of a newer version, stays as it is.
    let isNew = try await mapErrors { try await queue.read { db in try Self.format.isNew(db, path: path) } }
    try await switchToWriteAheadLog()
    try await mapErrors {
      try await queue.writeWithoutTransaction { db in
        // An acknowledged reply survives a power cut.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        guard isNew else { return }
        try db.inTransaction(.immediate) {
          // Another process may have come first.
          guard try Self.format.isNew(db, path: path) else { return .commit }
          try db.execute(
            sql: "CREATE TABLE replies (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, reply TEXT NOT NULL)")
          try db.execute(sql: "PRAGMA application_id = \(Self.format.applicationID)")
          try db.execute(sql: "PRAGMA user_version = \(Self.format.version)")
          return .commit
        }
      }
    }
  }

  /// Two processes that make the file at the same time may meet here, and SQLite does not always wait for this one.
  private func switchToWriteAheadLog() async throws {
    for attempt in 1... {
      do {
        try await queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = WAL") }
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempt < 100 {
        try await Task.sleep(for: .milliseconds(20))
      } catch {
        throw Self.problem(error, path: path)
      }
    }
  }

  /// The stored line of each key, in the order of the keys.
  func lines(for keys: [ReplyKey]) async throws -> [[UInt8]?] {
    try await mapErrors {
      try await queue.read { db in
        let statement = try db.cachedStatement(sql: "SELECT reply FROM replies WHERE key = ?")
        return try keys.map { key in try Self.line(for: key, statement) }
      }
    }
  }

  /// Keeps replies in one transaction; returns the line that is kept for each.
  func keep(_ replies: [(key: ReplyKey, line: [UInt8], isReplacing: Bool)]) async throws -> [[UInt8]] {
    try await mapErrors {
      try await queue.write { db in
        let insert = try db.cachedStatement(
          sql: "INSERT INTO replies (key, reply) VALUES (?, ?) ON CONFLICT (key) DO NOTHING")
        let replace = try db.cachedStatement(
          sql: "INSERT INTO replies (key, reply) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET reply = excluded.reply")
        let select = try db.cachedStatement(sql: "SELECT reply FROM replies WHERE key = ?")
        return try replies.map { key, line, isReplacing in
          let text = String(decoding: line, as: UTF8.self)
          try (isReplacing ? replace : insert).execute(arguments: [Data(key.bytes), text])
          guard db.changesCount == 0 else { return line }
          return try Self.line(for: key, select) ?? line
        }
      }
    }
  }

  func count() async throws -> Int {
    try await mapErrors {
      try await queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM replies") ?? 0 }
    }
  }

  func close() throws { try queue.close() }

  private static func line(for key: ReplyKey, _ statement: Statement) throws -> [UInt8]? {
    try String.fetchOne(statement, arguments: [Data(key.bytes)]).map { Array($0.utf8) }
  }

  private func mapErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      throw Self.problem(error, path: path)
    }
  }

  static func damaged(_ path: String, cause: String) -> Problem {
    Problem(
      "the reply store is damaged, or no reply store", at: Problem.Place(file: path),
      advice: "move the file away (with its -wal and -shm); what it held is asked for, and paid for, again",
      consequence: .stopRun, cause: cause)
  }

  private static func problem(_ error: any Error, path: String) -> any Error {
    SQLiteProblem.of(
      error, path: path, thing: "the reply store",
      remedy: "move the file away (with its -wal and -shm); what it held is asked for, and paid for, again")
  }
}
