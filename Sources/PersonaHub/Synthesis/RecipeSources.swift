import Corpus
import Foundation
import PersonaRecords
import Recipes
import ShardFiles

extension RecipeFile.Sources {
  /// Files that a recipe names, looked for beside it.
  /// - Parameter folder: the recipe's; `""` is the current one.
  static func beside(_ folder: String) -> RecipeFile.Sources {
    @Sendable func place(_ path: String) -> String {
      path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }
    return RecipeFile.Sources(
      text: { path throws(Problem) in try SmallFiles.text(place(path)) },
      rows: { path throws(Problem) in try SmallFiles.rows(place(path)) })
  }
}

/// Files that are read whole: they belong to a prompt, which is small.
enum SmallFiles {
  /// Refuses what could never stand in a prompt before it is read.
  private static let mostBytes = 64 << 20

  /// - Throws: `Problem` when the file is not there, too large, or no text.
  static func text(_ path: String) throws(Problem) -> String {
    try refuseHuge(path)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Problem("there is no such file", at: .init(file: path), advice: "check the path", consequence: .wrongUsage)
    }
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Problem(
        "the file cannot be read as UTF-8 text", at: .init(file: path), advice: "check the path and the encoding",
        cause: error.localizedDescription)
    }
  }

  /// The rows of JSON lines (also packed), CSV or TSV, by the file's name.
  static func rows(_ path: String) throws(Problem) -> [JSONValue] {
    if path.hasSuffix(".csv") { return try TableRows.read(path: path, separator: UInt8(ascii: ",")) }
    if path.hasSuffix(".tsv") { return try TableRows.read(path: path, separator: UInt8(ascii: "\t")) }
    let reader = try JSONLinesReader(path: path)
    var rows: [JSONValue] = []
    while let event = try reader.next() {
      switch event {
      case .row(let row): rows.append(row.value)
      case .rejected(let problem): throw problem
      }
    }
    return rows
  }

  private static func refuseHuge(_ path: String) throws(Problem) {
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    guard size <= mostBytes else {
      throw Problem(
        "the file is \(size >> 20) MB long, and it is to stand in a prompt", at: .init(file: path),
        advice: "cut it to what the model needs to know", consequence: .wrongUsage)
    }
  }
}
