import GRDB
import PersonaRecords

/// SQLite's errors in words for the owner of the file.
enum SQLiteProblem {
  /// - Parameters:
  ///   - thing: what the file is, to begin a sentence with.
  ///   - remedy: what to do when it is damaged.
  /// - Returns: a `Problem`, or the error itself where it is not SQLite's.
  static func of(_ error: any Error, path: String, thing: String, remedy: String) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let place = Problem.Place(file: path)
    let cause = (error.message ?? "SQLite error \(error.resultCode.rawValue)").cut()
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return Problem("\(thing) is damaged", at: place, advice: remedy, consequence: .stopRun, cause: cause)
    case .SQLITE_FULL:
      return Problem(
        "the disk is full, and \(thing) cannot grow", at: place,
        advice: "make room; what was acknowledged so far is safe, the same command goes on where it stopped",
        consequence: .stopResumable, cause: cause)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return Problem(
        "another process has held \(thing) for more than half a minute", at: place,
        advice: "wait until it is done, or give another path", consequence: .stopResumable, cause: cause)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return Problem(
        "\(thing) cannot be opened for writing", at: place,
        advice: "check that the folder is there and that you may write to it", consequence: .stopRun, cause: cause)
    default:
      return Problem(
        "\(thing) could not be read or written", at: place,
        advice: "check the disk; what was acknowledged so far is safe", consequence: .stopResumable, cause: cause)
    }
  }
}

/// What kind of SQLite file this is, and in which version, as its head says.
struct SQLiteFormat {
  let applicationID: Int
  let version: Int
  /// What the file is, with its article and without, for messages.
  let article: String
  let thing: String
  /// What to do about a file of something else, and about one of a newer version.
  let adviceForOther: String
  let adviceForNewer: String

  /// Whether the file is still empty.
  /// - Throws: `Problem` for a file that is not ours to use; SQLite's errors.
  func isNew(_ db: Database, path: String) throws -> Bool {
    let found = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let foundVersion = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if found == 0, foundVersion == 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 {
      return true
    }
    guard found == applicationID else {
      throw Problem(
        "the file is an SQLite database of something else, and not \(article) \(thing)", at: .init(file: path),
        advice: adviceForOther, consequence: .wrongUsage)
    }
    guard foundVersion == version else {
      throw Problem(
        "the \(thing) was written by a newer version (format \(foundVersion), this one reads \(version))",
        at: .init(file: path), advice: adviceForNewer, consequence: .wrongUsage)
    }
    return false
  }
}
