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
