import Foundation
import GRDB
package import LanguageModels
import PersonaRecords

/// The SQLite file of one run: how far it is, what waits for its turn, and what may be spent.
///
/// ```
/// PRAGMA application_id = 0x50486C67   -- "PHlg"
/// PRAGMA user_version = 1
/// progress (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT, granted TEXT, command TEXT)
/// waiting  (number INTEGER PRIMARY KEY, identity INTEGER, settlement TEXT)
/// batches  (number INTEGER PRIMARY KEY, state TEXT)
/// ```
/// WAL mode, synced with every commit: what was written down survives a power cut.
package struct LedgerDatabase: Sendable {
  private static let format = SQLiteFormat(
    applicationID: 0x5048_6C67, version: 1, article: "a run's", thing: "ledger",
    adviceForOther: "move it away, or begin a new run with --new",
    adviceForNewer: "use the newer version, or begin a new run with --new")

  package let path: String
  private let queue: DatabaseQueue

  /// Opens or makes the ledger.
  /// - Throws: `Problem` for a file that is damaged, of a newer version, of something else, or not ours to write.
  package init(path: String) async throws {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.label = "ledger"
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try await queue.writeWithoutTransaction { [path] db in
        let isNew = try Self.format.isNew(db, path: path)
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        guard isNew else { return }
        try db.inTransaction(.immediate) {
          try db.execute(
            sql: """
              CREATE TABLE progress (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL,
                granted TEXT NOT NULL DEFAULT '', command TEXT NOT NULL DEFAULT '');
              CREATE TABLE waiting (number INTEGER PRIMARY KEY, identity INTEGER NOT NULL, settlement TEXT NOT NULL);
              CREATE TABLE batches (number INTEGER PRIMARY KEY, state TEXT NOT NULL);
              PRAGMA application_id = \(Self.format.applicationID);
              PRAGMA user_version = \(Self.format.version);
              """)
          return .commit
        }
      }
    } catch {
      throw Self.problem(error, path: path)
    }
  }

  // MARK: Progress

  /// What was written down; nil in a new ledger.
  package func progress() async throws -> RunProgress? {
    let state = try await read { db in try String.fetchOne(db, sql: "SELECT state FROM progress WHERE id = 1") }
    return try state.map { state in
      do {
        return try RunProgress(json: try JSONValue(text: state))
      } catch {
        throw Self.damaged(path, cause: "its progress cannot be read")
      }
    }
  }

  /// Writes the progress down and forgets what was set down before it.
  package func commit(_ progress: RunProgress) async throws {
    let line = String(decoding: progress.jsonLine, as: UTF8.self)
    try await write { db in
      try db.cachedStatement(
        sql: "INSERT INTO progress (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state"
      ).execute(arguments: [line])
      try db.cachedStatement(sql: "DELETE FROM waiting WHERE number < ?").execute(arguments: [progress.emitted])
    }
  }

  /// The command that made the run, as it was typed, and the folder in which.
  package func setCommand(_ line: String) async throws {
    try await write { db in try db.execute(sql: "UPDATE progress SET command = ? WHERE id = 1", arguments: [line]) }
  }

  package func command() async throws -> String {
    try await read { db in try String.fetchOne(db, sql: "SELECT command FROM progress WHERE id = 1") ?? "" }
  }

  // MARK: Waiting results

  package func spill(_ entries: [RunCore.Entry]) async throws {
    let rows = entries.map { entry in
      (entry.number, Int64(bitPattern: entry.identity), String(decoding: entry.settlement.jsonLine, as: UTF8.self))
    }
    try await write { db in
      let insert = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO waiting (number, identity, settlement) VALUES (?, ?, ?)")
      for (number, identity, settlement) in rows { try insert.execute(arguments: [number, identity, settlement]) }
    }
  }

  /// What was set down from a number on, up to the first gap.
  package func fetch(from first: Int, limit: Int) async throws -> [RunCore.Entry] {
    let rows = try await read { db in
      try Row.fetchAll(
        db, sql: "SELECT number, identity, settlement FROM waiting WHERE number >= ? ORDER BY number LIMIT ?",
        arguments: [first, limit]
      ).map { row in (row[0] as Int, row[1] as Int64, row[2] as String) }
    }
    var entries: [RunCore.Entry] = []
    for (number, identity, line) in rows where number == first + entries.count {
      guard let settlement = try? Settlement(json: JSONValue(text: line)) else {
        throw Self.damaged(path, cause: "item \(number) cannot be read")
      }
      entries.append(.init(number: number, identity: UInt64(bitPattern: identity), settlement: settlement))
    }
    guard !entries.isEmpty else { throw Self.damaged(path, cause: "item \(first) is missing") }
    return entries
  }

  package func forgetWaiting() async throws {
    try await write { db in try db.execute(sql: "DELETE FROM waiting") }
  }

  // MARK: Money

  /// The ceiling that was granted and not yet settled; nil after a clean end.
  package func granted() async throws -> CallBudget.Amount? {
    let text = try await read { db in try String.fetchOne(db, sql: "SELECT granted FROM progress WHERE id = 1") ?? "" }
    guard !text.isEmpty else { return nil }
    let parts = text.split(separator: " ")
    guard parts.count == 2, let dollars = Double(parts[0]), let tokens = Int(parts[1]) else {
      throw Self.damaged(path, cause: "its budget cannot be read")
    }
    return CallBudget.Amount(dollars: dollars, tokens: tokens)
  }

  /// Writes down how much may be spent; nil when all is settled.
  package func grant(_ ceiling: CallBudget.Amount?) async throws {
    let text = ceiling.map { "\($0.dollars) \($0.tokens)" } ?? ""
    try await write { db in try db.execute(sql: "UPDATE progress SET granted = ? WHERE id = 1", arguments: [text]) }
  }

  // MARK: Batches

  /// The batches of this run, each as one JSON line, by number.
  package func batches() async throws -> [(number: Int, state: String)] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT number, state FROM batches ORDER BY number").map { (row: Row) in
        (number: row[0] as Int, state: row[1] as String)
      }
    }
  }

  package func setBatch(_ number: Int, _ state: String) async throws {
    try await write { db in
      try db.execute(
        sql:
          "INSERT INTO batches (number, state) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET state = excluded.state",
        arguments: [number, state])
    }
  }

  /// The end of a batch, and what it cost: both or neither.
  func setBatch(_ number: Int, _ state: String, with progress: RunProgress) async throws {
    let line = String(decoding: progress.jsonLine, as: UTF8.self)
    try await write { db in
      try db.execute(
        sql:
          "INSERT INTO batches (number, state) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET state = excluded.state",
        arguments: [number, state])
      try db.execute(sql: "UPDATE progress SET state = ? WHERE id = 1", arguments: [line])
    }
  }

  package func close() throws { try queue.close() }

  // MARK: Errors

  private func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do { return try await queue.read(body) } catch { throw Self.problem(error, path: path) }
  }

  private func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do { return try await queue.write(body) } catch { throw Self.problem(error, path: path) }
  }

  private static func damaged(_ path: String, cause: String) -> Problem {
    Problem(
      "the run's ledger is damaged", at: .init(file: path),
      advice: "begin a new run with --new: replies are in the reply store, and none is paid for again",
      consequence: .stopRun, cause: cause)
  }

  private static func problem(_ error: any Error, path: String) -> any Error {
    SQLiteProblem.of(
      error, path: path, thing: "the run's ledger",
      remedy: "begin a new run with --new: replies are in the reply store, and none is paid for again")
  }
}
