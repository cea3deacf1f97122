import Crypto
import Foundation
package import PersonaRecords
import ShardFiles

/// The folder of one run below `runs/`: where it is, what it was made for, and which of several it is.
///
/// ```
/// runs/derive-1a2b3c4d/     run.json  ledger.sqlite  records.jsonl  rejected.jsonl  failed.jsonl  run.lock
/// ```
/// The name comes from the run's identity, so the same command finds its run again; `-2`, `-3` … are later ones with
/// other settings.
package struct RunFolder: Sendable {
  package let name: String
  package let path: String

  package init(path: String) {
    self.path = path
    name = path.split(separator: "/").last.map(String.init) ?? path
  }

  package var descriptionPath: String { "\(path)/run.json" }
  package var ledgerPath: String { "\(path)/ledger.sqlite" }
  package var lockPath: String { "\(path)/run.lock" }
  package var recordsPath: String { "\(path)/records.jsonl" }
  package var rejectedPath: String { "\(path)/rejected.jsonl" }
  package var failedPath: String { "\(path)/failed.jsonl" }
  package var outputPaths: [String] { [recordsPath, rejectedPath, failedPath] }

  /// The requests of a batch, while it is under way.
  package func batchPath(_ number: Int) -> String { "\(path)/batch-\(number).jsonl" }
  /// What came back of it, while it is read.
  func batchOutputPath(_ number: Int) -> String { "\(path)/batch-\(number).output.jsonl" }
  func batchErrorPath(_ number: Int) -> String { "\(path)/batch-\(number).errors.jsonl" }

  /// All runs below a folder, by name.
  package static func all(in folder: String) -> [RunFolder] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .map { RunFolder(path: "\(folder)/\($0)") }
      .filter { FileManager.default.fileExists(atPath: $0.descriptionPath) }
  }

  package func description() throws(Problem) -> RunDescription {
    guard let data = FileManager.default.contents(atPath: descriptionPath) else {
      throw Problem("there is no such run", at: .init(file: path), advice: "see them with: persona-hub runs list")
    }
    let text = String(decoding: data, as: UTF8.self)
    do {
      return try RunDescription(json: try JSONValue(text: text))
    } catch {
      throw Problem(
        "this is not the description of a run", at: .init(file: descriptionPath),
        advice: "begin a new run with --new; replies are reused")
    }
  }

  /// The runs of one identity, the earliest first: `NAME`, `NAME-2`, …
  static func series(of description: RunDescription, in folder: String) -> [RunFolder] {
    var series: [RunFolder] = []
    let base = "\(folder)/\(baseName(of: description))"
    while true {
      let next = RunFolder(path: series.isEmpty ? base : "\(base)-\(series.count + 1)")
      guard FileManager.default.fileExists(atPath: next.descriptionPath) else { return series }
      series.append(next)
    }
  }

  static func next(after series: [RunFolder], for description: RunDescription, in folder: String) -> RunFolder {
    let base = "\(folder)/\(baseName(of: description))"
    return RunFolder(path: series.isEmpty ? base : "\(base)-\(series.count + 1)")
  }

  private static func baseName(of description: RunDescription) -> String {
    var line = JSONLine()
    line.object { line in
      line.member("command", description.command)
      for entry in description.identity { line.member(entry.name, entry.value) }
    }
    let digits = SHA256.hash(data: Data(line.bytes)).prefix(4).map { String(format: "%02x", $0) }.joined()
    return "\(description.command)-\(digits)"
  }

  /// Makes the folder with its `run.json`.
  func create(_ description: RunDescription) throws(Problem) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "the run's folder cannot be made", at: .init(file: path), advice: "check that the folder can be written to",
        cause: error.localizedDescription)
    }
    let file = try ShardWriter(path: descriptionPath)
    try file.append(description)
    _ = try file.commit()
  }
}
