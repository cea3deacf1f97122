import Corpus
import Foundation
import PersonaRecords
import ShardFiles

/// A fresh folder that goes away with the value.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("corpus-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}

/// All that came out of some inputs.
struct Reading {
  var documents: [Document] = []
  var rejections: [CorpusRejection] = []
  var counts = CorpusCounts()

  init(_ inputs: [CorpusInput], _ settings: CorpusSettings = CorpusSettings()) throws {
    let reader = CorpusReader(inputs: inputs, settings: settings)
    while let event = try reader.next() {
      switch event {
      case .document(let document): documents.append(document)
      case .rejected(let rejection): rejections.append(rejection)
      }
    }
    counts = reader.counts
  }

  /// One file whose name ends as given, in a folder of its own; its label is the name.
  init(_ name: String, _ bytes: [UInt8], _ settings: CorpusSettings = CorpusSettings()) throws {
    let folder = try Folder()
    try self.init([CorpusInput(try folder.file(name, bytes), label: name)], settings)
  }

  init(_ name: String, _ text: String, _ settings: CorpusSettings = CorpusSettings()) throws {
    try self.init(name, Array(text.utf8), settings)
  }

  var texts: [String] { documents.map(\.text) }
}

/// A text of its own for every number, long enough to be a document.
func story(_ number: Int) -> String {
  "Keeper \(number) of the lighthouse writes down the wind, the tide and every ship that passes before dawn."
}

func row(_ number: Int, key: String = "text") -> String { "{\"\(key)\":\"\(story(number))\"}" }
