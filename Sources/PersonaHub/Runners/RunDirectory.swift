import Crypto
import Foundation
import PersonaRecords
import ShardFiles

/// The folder of one run: what was asked for, what came out, what was rejected, and what failed.
///
/// `run.json` holds settings, prompt hashes and the program's version; `records.jsonl`, `rejected.jsonl` and
/// `failed.jsonl` appear when the run is complete (they are written beside and renamed), so none of them is ever half.
/// The name comes from the settings: the same command writes the same folder.
struct RunDirectory {
  let name: String
  let path: String
  let records: ShardWriter
  let rejected: ShardWriter
  let failed: ShardWriter

  /// - Parameters:
  ///   - settings: all that decides the result, in a fixed order; no keys, no absolute paths.
  ///   - prompts: name and SHA-256 of every prompt.
  init(
    hub: String, command: String, settings: [(String, String)], prompts: [(String, String)]
  ) throws(Problem) {
    var line = JSONLine()
    line.object { line in
      line.member("command", command)
      line.member("version", Version.current)
      line.key("settings")
      line.object { line in for (name, value) in settings { line.member(name, value) } }
      line.key("prompts")
      line.object { line in for (name, hash) in prompts { line.member(name, hash) } }
    }
    let digits = SHA256.hash(data: Data(line.bytes)).prefix(4).map { String(format: "%02x", $0) }.joined()
    name = "\(command)-\(digits)"
    path = "\(hub)/runs/\(name)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "the run's folder cannot be made", at: .init(file: path), advice: "check that the folder can be written to",
        cause: error.localizedDescription)
    }
    let description = try ShardWriter(path: "\(path)/run.json")
    try description.append(line: line.bytes)
    _ = try description.commit()
    records = try ShardWriter(path: "\(path)/records.jsonl")
    rejected = try ShardWriter(path: "\(path)/rejected.jsonl")
    failed = try ShardWriter(path: "\(path)/failed.jsonl")
  }

  /// Makes the files appear under their names.
  func commit() throws(Problem) {
    _ = try records.commit()
    _ = try rejected.commit()
    _ = try failed.commit()
  }

  /// Leaves nothing but `run.json`.
  func abandon() {
    records.abandon()
    rejected.abandon()
    failed.abandon()
  }
}

/// The program's version, as `--version` prints it and runs record it.
public enum Version {
  public static let current = "0.1.0"
}
