import Foundation
import HubStore
import PersonaRecords
import Testing

@Suite struct HubTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.at("hub")
  }

  @Test func whatWasAddedIsReadBackInOrder() throws {
    let personas = (0..<10).map { Sample.persona($0) }
    try Hub.openOrCreate(at: path).append(personas, rowsPerSegment: 4)
    let hub = try Hub.open(at: path)
    #expect(try hub.allPersonas() == personas)
    #expect(hub.manifest.segments.map(\.rows) == [4, 4, 2])
    #expect(
      hub.manifest.segments.map(\.path) == (0..<3).map { "personas/00000\($0).jsonl.zst" })
    #expect(hub.manifest.history.map(\.name) == ["derive"])
    #expect(hub.manifest.history[0].counts.map(\.count) == [10, 0, 0, 0])
    #expect(try hub.verify().isClean)
  }

  @Test func aHubThatIsNotThereIsNamed() throws {
    #expect(
      throws: Problem(
        "there is no hub at \(path)", advice: "name one with --hub DIR, or make one with derive or hub import")
    ) {
      try Hub.open(at: path)
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect { try Hub.open(at: path) } throws: { "\($0)".contains("it has no hub.json") }
  }

  @Test func aNewerFormatIsRefusedWithASentence() throws {
    try Hub.openOrCreate(at: path).append([Sample.persona(1)])
    let file = URL(fileURLWithPath: path + "/hub.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("\"formatVersion\":1", with: "\"formatVersion\":2").write(
      to: file, atomically: true, encoding: .utf8)
    #expect { try Hub.open(at: path) } throws: {
      "\($0)" == "\(path)/hub.json: this hub has format version 2, and this program reads versions up to 1\n"
        + "  fix: use a newer persona-hub; nothing was changed"
    }
    #expect(throws: Problem.self) { try Hub.openOrCreate(at: path) }
  }

  @Test(arguments: ["", "{", "[]", "{}", #"{"formatVersion":1,"segments":[{"path":"../precious","rows":1}]}"#])
  func aDamagedManifestIsRefused(_ text: String) throws {
    try Hub.openOrCreate(at: path).append([Sample.persona(1)])
    try text.write(toFile: path + "/hub.json", atomically: true, encoding: .utf8)
    #expect { try Hub.open(at: path) } throws: { ($0 as? Problem)?.place.file == path + "/hub.json" }
  }

  @Test func rowsWithoutAManifestAreNotTakenForAnEmptyHub() throws {
    try Hub.openOrCreate(at: path).append([Sample.persona(1)])
    try FileManager.default.removeItem(atPath: path + "/hub.json")
    #expect { try Hub.openOrCreate(at: path) } throws: { "\($0)".contains("restore hub.json") }
    #expect(FileManager.default.fileExists(atPath: path + "/personas/000000.jsonl.zst"))
  }

  @Test func aSecondWriterIsToldThatThereIsAFirst() throws {
    let hub = try Hub.openOrCreate(at: path)
    let append = try hub.beginAppend()
    #expect { try Hub.open(at: path).beginAppend() } throws: { "\($0)".contains("another command is writing") }
    #expect(throws: Problem.self) { try hub.drop(stage: "x", operation: HubOperation("x")) { _, _ in nil } }
    #expect(try Hub.open(at: path).allPersonas().isEmpty)
    append.abandon()
    try Hub.open(at: path).append([Sample.persona(1)])
  }

  @Test func aPersonaThatArisesTwiceIsOneRowWithItsFirstOrigin() throws {
    let hub = try Hub.openOrCreate(at: path)
    let append = try hub.beginAppend()
    #expect(try append.add(Sample.persona(1)) == .added)
    #expect(try append.add(Sample.persona(1, row: 50)) == .repeated)
    #expect(try append.add(Sample.persona(1)) == .repeated)
    try append.commit(HubOperation("derive"))
    #expect(try hub.allPersonas() == [Sample.persona(1)])
    #expect(try hub.allFurtherOrigins() == [FurtherOrigin(of: Sample.persona(1, row: 50))])
    #expect(append.counts.added == 1 && append.counts.repeated == 2 && append.counts.newOrigins == 1)
    #expect(try hub.verify().isClean)
  }

  @Test func theSameCommandTwiceChangesNothing() throws {
    let hub = try Hub.openOrCreate(at: path)
    let personas = (0..<20).map { Sample.persona($0 % 13, row: $0) }
    #expect(try hub.append(personas))
    let before = try contents(of: path)
    #expect(try hub.append(personas) == false)
    #expect(try contents(of: path) == before)
    #expect(try hub.append([], as: "other"))
    #expect(try hub.append([], as: "other") == false)
    #expect(hub.manifest.history.map(\.name) == ["derive", "other"])
  }

  @Test func droppedRowsAreKeptWithTheirVerdictsAndDoNotComeBack() throws {
    let hub = try Hub.openOrCreate(at: path)
    let personas = (0..<12).map { Sample.persona($0) }
    try hub.append(personas, rowsPerSegment: 4)
    let first = hub.manifest.segments[0]
    let counts = try hub.drop(stage: "quality-filter", operation: HubOperation("filter"), rowsPerSegment: 4) {
      persona, row in
      #expect(persona == personas[row])
      guard row == 5 || row > 9 else { return nil }
      return Verdict(id: "", stage: "", keep: false, reason: row == 5 ? "too-short" : "refusal")
    }
    #expect(counts.rows == 12 && counts.kept == 9 && counts.dropped == 3)
    #expect(try hub.allPersonas() == personas.enumerated().filter { $0.offset != 5 && $0.offset < 10 }.map(\.element))
    #expect(hub.manifest.segments.first == first)
    #expect(hub.manifest.segments.map(\.rows) == [4, 4, 1])
    #expect(hub.manifest.segments.map(\.path) == ["000000", "000003", "000004"].map { "personas/\($0).jsonl.zst" })
    let dropped = try hub.allDropped()
    #expect(dropped.map(\.persona) == [5, 10, 11].map { personas[$0] })
    #expect(dropped.map(\.verdict.reason) == ["too-short", "refusal", "refusal"])
    #expect(dropped.allSatisfy { $0.verdict.id == $0.persona.id.description && $0.verdict.stage == "quality-filter" })
    #expect(
      hub.manifest.history[1].counts.map { "\($0.name) \($0.count)" } == [
        "rows 12", "kept 9", "dropped 3", "dropped: refusal 2", "dropped: too-short 1",
      ])
    #expect(!FileManager.default.fileExists(atPath: path + "/personas/000001.jsonl.zst"))
    #expect(try hub.verify().isClean)

    let append = try hub.beginAppend()
    #expect(try append.add(personas[5]) == .droppedBefore)
    #expect(try append.commit(HubOperation("derive")) == false)
  }

  @Test func aDropThatDropsNothingIsEnteredOnce() throws {
    let hub = try Hub.openOrCreate(at: path)
    try hub.append([Sample.persona(1)])
    let segments = hub.manifest.segments
    for _ in 0..<2 { try hub.drop(stage: "f", operation: HubOperation("filter")) { _, _ in nil } }
    #expect(hub.manifest.segments == segments)
    #expect(hub.manifest.history.map(\.name) == ["derive", "filter"])
  }

  @Test func aHubCanLoseAllItsRows() throws {
    let hub = try Hub.openOrCreate(at: path)
    try hub.append((0..<5).map { Sample.persona($0) })
    try hub.drop(stage: "f", operation: HubOperation("filter")) { _, _ in
      Verdict(id: "", stage: "", keep: false, reason: "x")
    }
    #expect(hub.manifest.segments.isEmpty)
    #expect(hub.manifest.droppedRowCount == 5)
    try hub.append([Sample.persona(9)])
    #expect(hub.manifest.segments.map(\.path) == ["personas/000001.jsonl.zst"])
    #expect(try hub.verify().isClean)
  }

  @Test func aJudgeThatThrowsLeavesTheHubAsItWas() throws {
    struct Stop: Error {}
    let hub = try Hub.openOrCreate(at: path)
    try hub.append((0..<9).map { Sample.persona($0) }, rowsPerSegment: 2)
    let before = try contents(of: path)
    #expect(throws: Stop.self) {
      try hub.drop(stage: "f", operation: HubOperation("f"), rowsPerSegment: 2) { _, row in
        if row == 8 { throw Stop() }
        return row % 2 == 0 ? Verdict(id: "", stage: "", keep: false) : nil
      }
    }
    #expect(try contents(of: path) == before)
    try hub.append([Sample.persona(20)])
  }

  @Test func aPersonaWithoutItsParentIsRefusedAsARow() throws {
    let hub = try Hub.openOrCreate(at: path)
    let append = try hub.beginAppend()
    #expect { try append.add(Sample.child(2, of: Sample.persona(1).id)) } throws: {
      ($0 as? Problem)?.consequence == .rejectRow
    }
    try append.add(Sample.persona(1))
    #expect(try append.add(Sample.child(2, of: Sample.persona(1).id)) == .added)
    try append.commit(HubOperation("expand"))
    #expect(try hub.verify().isClean)
  }

  @Test func anAppendThatIsLetGoIsAbandoned() throws {
    let hub = try Hub.openOrCreate(at: path)
    do {
      let append = try hub.beginAppend(rowsPerSegment: 2)
      for number in 0..<5 { try append.add(Sample.persona(number)) }
    }
    #expect(try contents(of: path).keys.sorted() == ["hub.json"])
    try hub.append([Sample.persona(1)])
  }

  @Test func aReaderIsToldWhenTheHubChangesUnderIt() throws {
    let hub = try Hub.openOrCreate(at: path)
    try hub.append((0..<4).map { Sample.persona($0) }, rowsPerSegment: 2)
    let reader = hub.personas()
    _ = try reader.next()
    try hub.drop(stage: "f", operation: HubOperation("f")) { _, row in
      row == 0 ? Verdict(id: "", stage: "", keep: false) : nil
    }
    #expect(try reader.next() == Sample.persona(1))
    #expect { try reader.next() } throws: { "\($0)".contains("another command changed the hub") }
  }

  @Test func filesOfOthersAreNotGarbage() throws {
    let hub = try Hub.openOrCreate(at: path)
    try hub.append([Sample.persona(1)])
    let foreign = ["notes.txt", "personas/mine.jsonl", "personas/1.jsonl.zst", "hub.json.backup", "dropped.txt"]
    let garbage = [
      "personas/000007.jsonl.zst", "personas/000008.jsonl.zst.123.writing", "hub.json.77.writing",
      "personas/000000.jsonl.zst.5.writing",
    ]
    for name in foreign + garbage { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
    #expect(try hub.verify().garbage == garbage.sorted())
    #expect(try hub.verify().isClean)
    try hub.append([Sample.persona(2)])
    let names = try contents(of: path).keys
    #expect(foreign.allSatisfy(names.contains))
    #expect(!garbage.contains(where: names.contains))
  }
}
