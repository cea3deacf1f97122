import Foundation
import GRDB
package import PersonaRecords
import ShardFiles

/// The hub as a database: rows by id, relations both ways, full-text search; the file `index.sqlite`.
///
/// It holds nothing that the hub's files do not say, and is made from them when it is missing or older than the
/// manifest. Like all files of a hub it is written beside and renamed, and never changed in place: whoever has it
/// open goes on reading the state it opened, and no journal can be left behind.
package final class HubCatalogue: Sendable {
  /// Told how far the making of the catalogue is, now and then.
  package typealias Progress = @Sendable (_ rowsDone: Int, _ rowsTotal: Int) -> Void

  private let database: DatabaseQueue
  private let path: String

  /// Opens the file at `path`, which is complete.
  init(path: String) throws {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "hub-catalogue"
    database = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Reads, and puts SQLite's words into a `Problem`.
  func read<Value>(_ body: (Database) throws -> Value) throws(Problem) -> Value {
    do {
      return try database.read(body)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Self.problem(error, path: path)
    }
  }

  static func problem(_ error: any Error, path: String) -> Problem {
    if let problem = error as? Problem { return problem }
    let code = (error as? DatabaseError)?.resultCode
    return Problem(
      code == .SQLITE_FULL ? "the disk is full" : "the catalogue of the hub cannot be used", at: .init(file: path),
      advice: code == .SQLITE_FULL
        ? "free some space and run the same command again"
        : "delete the file and run the same command again: it is made anew from the hub's files",
      cause: (error as? DatabaseError)?.message ?? "\(error)")
  }

  /// The parts of the hub it was made from; none when its tables are laid out as in another version.
  func parts() throws(Problem) -> [IndexedPart] {
    try read { database in
      let layout = try Int.fetchOne(database, sql: "PRAGMA user_version")
      guard layout == CatalogueBuilder.layoutVersion else { return [] }
      return try Row.fetchAll(database, sql: "SELECT path, sha256 FROM part ORDER BY number")
        .map { IndexedPart(path: $0["path"], sha256: $0["sha256"]) }
    }
  }
}

/// A file of the hub as the catalogue remembers it.
struct IndexedPart: Hashable {
  var path: String
  var sha256: String

  init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }

  init(_ part: HubManifest.Part) { self.init(path: part.path, sha256: part.sha256) }
}

extension Hub {
  /// The catalogue of the hub as it is now; made, or brought up to date, when it has to be.
  ///
  /// Rows that were appended since are added to a copy; after a drop it is made anew. Another process that makes it
  /// at the same time is waited for.
  /// - Throws: `Problem` when a file of the hub is damaged or the catalogue cannot be written.
  package func catalogue(progress: @escaping HubCatalogue.Progress = { _, _ in }) throws(Problem) -> HubCatalogue {
    let file = path + "/index.sqlite"
    try reload()
    let present = try? HubCatalogue(path: file)
    if let present, isUpToDate(present) { return present }
    // One process makes it while the others wait, and then find it made.
    let lock = try FileLock(path: path + "/index.lock", waits: true)
    defer { lock?.release() }
    try reload()
    let older = try? HubCatalogue(path: file)
    if let older, isUpToDate(older) { return older }
    let indexed = (try? older?.parts()) ?? []
    do {
      let builder = try CatalogueBuilder(self, path: file + ".building", progress: progress)
      if !indexed.isEmpty, isGrown(from: indexed) {
        try builder.extend(copyOf: file, indexed: Set(indexed))
      } else {
        try builder.makeAnew()
      }
      // Safe: Swift passes both paths as C strings that live through the call.
      guard unsafe rename(file + ".building", file) == 0 else {
        throw Problem.system(errno, doing: "write", path: file)
      }
      return try HubCatalogue(path: file)
    } catch {
      try? FileManager.default.removeItem(atPath: file + ".building")
      throw HubCatalogue.problem(error, path: file)
    }
  }

  /// Whether a catalogue was made from just the files that count now; one that cannot be read was not.
  private func isUpToDate(_ catalogue: HubCatalogue) -> Bool {
    guard let indexed = try? catalogue.parts() else { return false }
    return Set(indexed) == Set(manifest.parts.map(IndexedPart.init))
  }

  /// Whether all that was indexed still counts, and the new segments stand behind the indexed ones.
  private func isGrown(from indexed: [IndexedPart]) -> Bool {
    let indexed = Set(indexed)
    let segments = manifest.segments.map { indexed.contains(IndexedPart($0)) }
    return indexed.isSubset(of: manifest.parts.map(IndexedPart.init))
      && segments == segments.sorted { $0 && !$1 }
  }
}
