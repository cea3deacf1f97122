import Foundation
import HubStore
import PersonaRecords
import SimilarityKernels
import Synchronization
import Testing
import VectorFiles

/// The vectors of a hub follow its rows through appends, drops and crashes.
@Suite struct HubVectorsTests {
  private static let dimension = 6

  /// A unit vector that a text alone decides, as a model's would be.
  private static func vector(_ text: String) -> [Float] {
    var random = SeededRandom(seed: StableHash.of(text.utf8))
    let numbers = (0..<dimension).map { _ in Float(random.unit()) - 0.5 }
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return numbers.map { $0 / length }
  }

  private static func description(_ source: String, model: String = "m 1") -> VectorDescription {
    VectorDescription(model: model, dimension: dimension, element: .float32, source: source)
  }

  /// Embeds all personas, as the command does without a start.
  private func embed(_ hub: Hub, model: String = "m") throws {
    let shelf = HubVectors(hub, model: model)
    try shelf.makeFolder()
    let writer = try VectorFileWriter(path: shelf.path, description: Self.description(shelf.source))
    for persona in try hub.allPersonas().dropFirst(writer.rows) { try writer.append(Self.vector(persona.text)) }
    try writer.finish()
    shelf.removeShorter()
  }

  private func expectWhole(_ hub: Hub, model: String = "m", _ comment: Comment? = nil) throws {
    let shelf = HubVectors(hub, model: model)
    let file = try VectorFile.open(
      shelf.path, wanted: Self.description(shelf.source), rows: hub.manifest.rowCount)
    for (row, persona) in try hub.allPersonas().enumerated() {
      #expect(file.vectors.vector(row) == Self.vector(persona.text), comment)
    }
  }

  private func files(_ folder: TemporaryFolder) -> [String] {
    (FileManager.default.enumerator(atPath: folder.at("hub/vectors"))?.allObjects as? [String] ?? []).sorted()
  }

  private func drop(_ hub: Hub, _ goes: (Int) -> Bool) throws {
    try hub.drop(stage: "test", operation: HubOperation("test"), rowsPerSegment: 7) { persona, row in
      goes(row) ? Verdict(id: persona.id.description, stage: "test", keep: false, reason: "odd") : nil
    }
  }

  @Test func aDropTakesTheirVectorsAlong() throws {
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    try hub.append((0..<40).map { Sample.persona($0) }, rowsPerSegment: 9)
    try embed(hub)
    try embed(hub, model: "another/model name")
    try drop(hub) { $0 % 5 == 3 }
    try expectWhole(hub)
    try expectWhole(hub, model: "another/model name")
    // Nothing that covers the hub as it was is left.
    #expect(files(folder).filter { $0.hasSuffix(".npy") }.count == 2)
    // Where nothing goes, nothing is written.
    let before = files(folder)
    try drop(hub) { _ in false }
    #expect(files(folder) == before)
    try drop(hub) { _ in true }
    #expect(hub.manifest.rowCount == 0)
  }

  @Test func rowsThatComeLaterLeaveTheStart() throws {
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    try hub.append((0..<20).map { Sample.persona($0) })
    try embed(hub)
    let old = HubVectors(hub, model: "m").path
    try hub.append((20..<30).map { Sample.persona($0) })
    let shelf = HubVectors(hub, model: "m")
    #expect(shelf.path != old)
    let start = shelf.longestStart()
    #expect(start?.path == old && start?.rows == 20)
    try embed(hub)
    try expectWhole(hub)
    #expect(!FileManager.default.fileExists(atPath: old))
    // A drop while only a start has vectors takes them away: they would be of other rows.
    try hub.append((30..<40).map { Sample.persona($0) })
    try drop(hub) { $0 == 2 }
    #expect(HubVectors(hub, model: "m").longestStart() == nil)
    #expect(files(folder).filter { $0.hasSuffix(".npy") }.isEmpty)
  }

  @Test func whatBeganForTheHubAsItIsStaysAndOtherFilesAreNotTouched() throws {
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    try hub.append((0..<20).map { Sample.persona($0) })
    let shelf = HubVectors(hub, model: "m")
    try shelf.makeFolder()
    do {
      let writer = try VectorFileWriter(path: shelf.path, description: Self.description(shelf.source))
      try writer.append(Self.vector(Sample.text(0)))
      try writer.commit()
    }
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.at("hub/vectors/m/notes.txt")))
    try hub.append((20..<22).map { Sample.persona($0) })
    #expect(files(folder).contains { $0.hasSuffix(".npy.part") }, "the start still begins the hub")
    try drop(hub) { $0 == 0 }
    #expect(files(folder) == ["m", "m/notes.txt"])
    try embed(hub)
    try expectWhole(hub)
  }

  @Test func aCrashAtAnyStepOfADropLeavesVectorsOfTheRowsThatCount() throws {
    struct Crash: Error {}
    let whole = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: whole.at("hub"))
    try hub.append((0..<25).map { Sample.persona($0) }, rowsPerSegment: 9)
    try embed(hub)
    for last in 0... {
      let folder = try TemporaryFolder()
      try FileManager.default.copyItem(atPath: whole.at("hub"), toPath: folder.at("hub"))
      let steps = Counter()
      let crashing = try Hub.open(at: folder.at("hub")) { _ in if steps.next() > last { throw Crash() } }
      let isDone = (try? drop(crashing) { $0 % 3 == 1 }) != nil
      let after = try Hub.open(at: folder.at("hub"))
      try expectWhole(after, "after step \(last)")
      // The next write clears away what the crash left.
      try after.append([Sample.persona(99)])
      #expect(files(folder).filter { $0.hasSuffix(".npy") }.count == 1, "after step \(last)")
      if isDone, steps.count <= last { break }
    }
  }
}

private final class Counter: Sendable {
  private let value = Mutex(0)
  var count: Int { value.withLock { $0 } }
  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}
