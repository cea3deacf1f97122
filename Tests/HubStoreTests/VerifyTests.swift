import Foundation
import HubStore
import PersonaRecords
import ShardFiles
import Testing

@Suite struct VerifyTests {
  let folder: TemporaryFolder
  let path: String
  let hub: Hub

  init() throws {
    folder = try TemporaryFolder()
    path = folder.at("hub")
    hub = try Hub.openOrCreate(at: path)
    try hub.append((0..<40).map { Sample.persona($0 % 30, row: $0) }, rowsPerSegment: 11)
    try hub.drop(stage: "quality-filter", operation: HubOperation("filter")) { _, row in
      row % 5 == 4 ? Verdict(id: "", stage: "", keep: false, reason: "too-short") : nil
    }
  }

  @Test func aHealthyHubIsClean() throws {
    let check = try hub.verify()
    #expect(check.isClean && check.garbage.isEmpty && check.findings.isEmpty)
    #expect(check.rows == 24 && check.droppedRows == 6 && check.furtherOrigins == 10)
    #expect(check.files == hub.manifest.parts.count)
    let json = try JSONValue(text: check.json)
    #expect(json["isClean"]?.boolValue == true && json["rows"]?.intValue == 24)
  }

  @Test func anyDamagedByteIsFoundAndNamed() throws {
    for part in hub.manifest.parts {
      let file = URL(fileURLWithPath: hub.path(of: part))
      let sound = try Data(contentsOf: file)
      for place in stride(from: 0, to: sound.count, by: 7) {
        var damaged = sound
        damaged[place] ^= 0x10
        try damaged.write(to: file)
        let check = try hub.verify()
        #expect(!check.isClean && check.findings.allSatisfy { $0.file == part.path }, "\(part.path) byte \(place)")
      }
      try sound.dropLast(1).write(to: file)
      #expect(try hub.verify().findings.map(\.file) == [part.path])
      try FileManager.default.removeItem(at: file)
      #expect(try hub.verify().findings.map(\.file) == [part.path])
      try sound.write(to: file)
    }
    #expect(try hub.verify().isClean)
  }

  /// Writes other rows into a file of the hub and says so in the manifest, as a program gone wrong would.
  func replace(_ part: HubManifest.Part, with lines: [String]) throws {
    let writer = try ShardWriter(path: hub.path(of: part))
    for line in lines { try writer.append(line: Array(line.utf8)) }
    let summary = try writer.commit()
    let manifest = path + "/hub.json"
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    try text.replacing(
      "\"rows\":\(part.rows),\"bytes\":\(part.byteCount),\"sha256\":\"\(part.sha256)\"",
      with: "\"rows\":\(summary.rows),\"bytes\":\(summary.byteCount),\"sha256\":\"\(summary.sha256)\""
    ).write(toFile: manifest, atomically: true, encoding: .utf8)
  }

  func line(_ record: some JSONLineRecord) -> String { String(decoding: record.jsonLine, as: UTF8.self) }

  @Test func rowsThatDoNotFitTogetherAreNamedWithTheirRow() throws {
    let unknown = Sample.persona(999).id.description
    var relative = Sample.persona(200)
    relative.origin = .init(kind: .relation, parent: unknown, relation: "patient")
    let edited = line(Sample.persona(201)).replacing("notebook 201", with: "notebook 202")
    try replace(
      hub.manifest.segments[0],
      with: [line(Sample.persona(0)), line(Sample.persona(0)), line(relative), edited, "no json", #"{"id":"x"}"#])
    let check = try hub.verify()
    let found = check.findings.filter { $0.file == "personas/000000.jsonl.zst" || $0.row > 0 }
      .map { "\($0.row): \($0.what)" }
    #expect(found.contains { $0.hasPrefix("2: the id") && $0.hasSuffix("stands twice") })
    #expect(found.contains { $0.hasPrefix("4: the id") && $0.hasSuffix("is not that of the description") })
    #expect(found.contains { $0.hasPrefix("5: this row is not JSON") })
    #expect(found.contains { $0.hasPrefix("6: field \"persona\" is missing") })
  }

  @Test func unknownParentsAndRepresentativesAreNamed() throws {
    let unknown = Sample.persona(999).id.description
    var relative = Sample.persona(200)
    relative.origin = .init(kind: .relation, parent: unknown, relation: "patient")
    let duplicate = DroppedPersona(
      verdict: Verdict(
        id: Sample.persona(300).id.description, stage: "surface-dedup", keep: false, representative: unknown),
      persona: Sample.persona(300))
    let stranger = DroppedPersona(
      verdict: Verdict(id: Sample.persona(302).id.description, stage: "surface-dedup", keep: true),
      persona: Sample.persona(301))
    let origin = FurtherOrigin(id: Sample.persona(998).id, origin: .init(kind: .imported), iteration: 0, model: "")
    try replace(hub.manifest.segments[0], with: [line(relative)])
    try replace(hub.manifest.dropped[0], with: [line(duplicate), line(stranger)])
    try replace(hub.manifest.lineage[0], with: [line(origin)])
    let found = Set(try hub.verify().findings.map { "\($0.file):\($0.row): \($0.what.prefix(19))" })
    #expect(
      found == [
        "personas/000003.jsonl.zst:1: the parent \"\(unknown.prefix(7))",
        "dropped/000000-quality-filter.jsonl.zst:1: the representative ",
        "dropped/000000-quality-filter.jsonl.zst:2: the verdict is abou",
        "dropped/000000-quality-filter.jsonl.zst:2: a row that was drop",
        "lineage/000000.jsonl.zst:1: the persona that ar",
      ])
  }

  @Test func oneMissingFileDoesNotMakeEveryRelativeSuspicious() throws {
    let child = Sample.child(500, of: Sample.persona(0).id)
    try hub.append([child])
    try FileManager.default.removeItem(atPath: hub.path(of: hub.manifest.segments[0]))
    #expect(try hub.verify().findingCount == 1)
  }

  @Test func readersNameTheFileAndRowOfDamage() throws {
    try replace(hub.manifest.segments[0], with: [line(Sample.persona(0)), "no json"])
    let hub = try Hub.open(at: path)
    #expect { try hub.forEachPersona { _, _ in } } throws: {
      ($0 as? Problem)?.place.file == hub.path(of: hub.manifest.segments[0]) && ($0 as? Problem)?.place.line == 2
    }
    #expect(throws: Problem.self) { try hub.beginAppend() }
    // The lock was let go.
    #expect { try hub.beginAppend() } throws: { !"\($0)".contains("another command") }
  }
}
