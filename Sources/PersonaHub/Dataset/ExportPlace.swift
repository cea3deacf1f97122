import Dataset
import Foundation
import PersonaRecords

/// Where the files of a data set go, and what they are called.
struct ExportPlace: Sendable {
  /// One part of the split and its file.
  struct Part: Sendable {
    /// Its number in the split.
    let number: Int
    let split: String
    /// Name of the file.
    let name: String
    /// Where it goes.
    let path: String
    /// Its name in `dataset_info.json`.
    let entryName: String
    let isParquet: Bool

    /// The file of rows in the making: of parquet, the JSON lines that it is made from.
    var rowsName: String { isParquet ? "\(name).jsonl" : name }
  }

  static let cardName = "README.md"

  /// As typed, without slashes at its end.
  let output: String
  let isFolder: Bool
  let parts: [Part]
  /// Name of the data set.
  let title: String
  private let inputs: [String]
  private let writesCard: Bool

  /// - Throws: `Problem` when the output cannot be meant so.
  init(settings: DatasetExport.Settings, format: DatasetFormat, split: DatasetSplit) throws(Problem) {
    var output = settings.output
    while output.count > 1, output.hasSuffix("/") { output.removeLast() }
    guard !output.isEmpty, output != "-" else {
      throw Problem("say which file or folder to write", advice: "for example -o train.jsonl", consequence: .wrongUsage)
    }
    guard !output.hasSuffix(".gz") else {
      throw Problem(
        "gzip is read and not written", at: .init(file: output), advice: "name it .jsonl, or .jsonl.zst to pack it",
        consequence: .wrongUsage)
    }
    let name = (output as NSString).lastPathComponent
    let isFolder = !settings.split.isEmpty || settings.output.hasSuffix("/") || Self.isFolder(output)
    let stem = isFolder ? name : Self.stem(name)
    title = stem == "." || stem == ".." ? "data set" : stem
    self.output = output
    self.isFolder = isFolder
    inputs = settings.inputs
    writesCard = settings.writesCard
    let entry = String(title.map { $0 == "," || $0.isWhitespace ? "_" : $0 })
    parts = split.parts.enumerated().map { number, part in
      let file = isFolder ? "\(part.name).\(format.fileExtension)" : name
      return Part(
        number: number, split: part.name, name: file, path: isFolder ? "\(output)/\(file)" : output,
        entryName: isFolder ? "\(entry)_\(part.name)" : entry, isParquet: format == .parquet)
    }
  }

  var rejectedPath: String { "\(output).rejected.jsonl" }
  var cardPath: String { beside(Self.cardName) }
  var trainerIndexPath: String { beside(TrainerIndex.fileName) }

  /// The folder is not there yet, so that it can appear whole.
  var isNewFolder: Bool { isFolder && !Self.isFolder(output) }

  /// Makes sure, before any work, that nothing of somebody else's is in the way.
  func check() throws(Problem) {
    for input in inputs {
      if input == "-" {
        throw Problem("export reads files", advice: "write standard input to a file first", consequence: .wrongUsage)
      }
      let source = URL(filePath: input).resolvingSymlinksInPath().path
      for path in parts.map(\.path) where URL(filePath: path).resolvingSymlinksInPath().path == source {
        throw Problem(
          "this file is input and output at once", at: .init(file: input), advice: "write to another file",
          consequence: .wrongUsage)
      }
    }
    if isFolder, !Self.isFolder(output), FileManager.default.fileExists(atPath: output) {
      throw Problem(
        "this is a file, and a data set in parts needs a folder", at: .init(file: output),
        advice: "name a folder with -o", consequence: .wrongUsage)
    }
    guard writesCard, let card = try? Data(contentsOf: URL(filePath: cardPath)) else { return }
    guard String(decoding: card, as: UTF8.self).contains(DatasetCard.mark) else {
      throw Problem(
        "this file is not a card that export wrote, and is not replaced", at: .init(file: cardPath),
        advice: "write the data set into a folder of its own, such as -o dataset/", consequence: .wrongUsage)
    }
  }

  private func beside(_ name: String) -> String {
    if isFolder { return "\(output)/\(name)" }
    let folder = (output as NSString).deletingLastPathComponent
    return folder.isEmpty ? name : "\(folder == "/" ? "" : folder)/\(name)"
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    // Safe: the flag outlives the call that writes it.
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private static func stem(_ name: String) -> String {
    var stem = name
    for ending in [".zst", ".jsonl", ".json", ".parquet"] where stem.hasSuffix(ending) && stem.count > ending.count {
      stem.removeLast(ending.count)
    }
    return stem
  }
}
