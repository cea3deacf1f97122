import Foundation
import PersonaRecords
import Synchronization

/// Appends one JSON line per call to a file. No line holds a key or a word of a prompt: bodies appear as hashes.
package final class CallLog: Sendable {
  struct Entry: Sendable {
    var number: Int
    var route: String
    var hash: UInt64
    /// How often this body was asked before.
    var asked: Int
    /// `answered`, the name of a fault, or why the request was refused.
    var outcome: String
    /// 0 where no status was sent.
    var status: Int
  }

  private struct State {
    var file: FileHandle
    var failure: String?
  }

  private let path: String
  private let state: Mutex<State>

  /// - Throws: `Problem` when the file cannot be written.
  init(path: String) throws(Problem) {
    self.path = path
    let manager = FileManager.default
    if !manager.fileExists(atPath: path) { _ = manager.createFile(atPath: path, contents: nil) }
    guard let file = FileHandle(forWritingAtPath: path), (try? file.seekToEnd()) != nil else {
      throw Problem(
        "the call log cannot be written", at: .init(file: path), advice: "check the folder given with --log")
    }
    state = Mutex(State(file: file))
  }

  /// Hands the line to the system at once, so that it is there whatever becomes of the client or of this process.
  func append(_ entry: Entry) {
    var line = JSONLine()
    line.object { line in
      line.member("call", entry.number)
      line.member("route", entry.route)
      line.member("body", Self.hexadecimal(entry.hash))
      line.member("asked", entry.asked)
      line.member("outcome", entry.outcome)
      line.member("status", entry.status)
    }
    let bytes = Data(line.bytes + [0x0A])
    state.withLock { state in
      guard state.failure == nil else { return }
      do { try state.file.write(contentsOf: bytes) } catch { state.failure = error.localizedDescription }
    }
  }

  /// - Throws: `Problem` when a line could not be written; the server went on without its log then.
  func close() throws(Problem) {
    let failure = state.withLock { state -> String? in
      let failure = state.failure
      do { try state.file.close() } catch { return failure ?? error.localizedDescription }
      return failure
    }
    if let failure {
      throw Problem(
        "the call log is not complete", at: .init(file: path), advice: "make room and start again", cause: failure)
    }
  }

  static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
