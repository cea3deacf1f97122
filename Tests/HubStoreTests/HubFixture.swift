import Foundation
import HubStore
import PersonaRecords
import Synchronization

/// A fresh folder that goes away with its last user.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    // These tests sync thousands of small files, which a file system in memory does at once.
    let memory = "/dev/shm"
    let place =
      FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    path = place + "/hub-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func at(_ name: String) -> String { path + "/" + name }
}

/// Personas to fill hubs with; the same number gives the same persona.
enum Sample {
  static let people = ["nurse", "surveyor", "beekeeper", "judge", "student", "tram driver", "baker", "geologist"]
  static let places = ["Leipzig", "Accra", "a small island", "the night shift", "a port", "the mountains"]

  static func text(_ number: Int) -> String {
    "A \(people[number % people.count]) in \(places[number / 3 % places.count]) who keeps notebook \(number)"
  }

  static func persona(_ number: Int, row: Int? = nil) -> Persona {
    Persona(
      text: text(number),
      origin: .init(kind: .text, document: "d\(row ?? number)", verb: "read", file: "texts.jsonl", row: row ?? number),
      model: "builtin")
  }

  static func child(_ number: Int, of parent: PersonaID, iteration: Int = 1) -> Persona {
    Persona(
      text: text(number), origin: .init(kind: .relation, parent: parent.description, relation: "colleague"),
      iteration: iteration, model: "builtin")
  }
}

extension Hub {
  /// Adds personas in one operation.
  @discardableResult
  func append(_ personas: [Persona], as name: String = "derive", rowsPerSegment: Int = Hub.rowsPerSegment) throws
    -> Bool
  {
    let append = try beginAppend(rowsPerSegment: rowsPerSegment)
    for persona in personas { try append.add(persona) }
    return try append.commit(HubOperation(name))
  }

  func allPersonas() throws -> [Persona] {
    var personas: [Persona] = []
    try forEachPersona { persona, _ in personas.append(persona) }
    return personas
  }

  func allDropped() throws -> [DroppedPersona] {
    var rows: [DroppedPersona] = []
    let reader = droppedPersonas()
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  func allFurtherOrigins() throws -> [FurtherOrigin] {
    var rows: [FurtherOrigin] = []
    let reader = furtherOrigins()
    while let row = try reader.next() { rows.append(row) }
    return rows
  }
}

/// Every file of a folder with its bytes, but for the catalogue and locks.
func contents(of folder: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    var isFolder: ObjCBool = false
    // Safe: fileExists writes one Bool, which lives through the call.
    guard unsafe FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder),
      !isFolder.boolValue,
      !name.hasPrefix("index."), name != "hub.lock"
    else { continue }
    files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  }
  return files
}
