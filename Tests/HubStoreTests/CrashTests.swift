import Foundation
import HubStore
import PersonaRecords
import Synchronization
import Testing

/// What one writer does in these tests: two appends with further origins, two drops, one append of dropped rows.
private struct Story {
  static let rowsPerSegment = 3
  /// Each returns when its operation is committed.
  static let chapters: [@Sendable (Hub) throws -> Void] = [
    { try $0.append((0..<8).map { Sample.persona($0) }, as: "derive", rowsPerSegment: rowsPerSegment) },
    {
      try $0.append(
        (5..<12).map { Sample.persona($0, row: 100 + $0) }, as: "derive-more", rowsPerSegment: rowsPerSegment)
    },
    {
      try $0.drop(stage: "quality-filter", operation: HubOperation("filter"), rowsPerSegment: rowsPerSegment) {
        _, row in
        row % 4 == 3 ? Verdict(id: "", stage: "", keep: false, reason: "too-short") : nil
      }
    },
    { try $0.append((0..<5).map { Sample.persona($0, row: 200 + $0) }, as: "again", rowsPerSegment: rowsPerSegment) },
    {
      try $0.drop(stage: "surface-dedup", operation: HubOperation("dedup"), rowsPerSegment: rowsPerSegment) { _, row in
        row == 0
          ? Verdict(id: "", stage: "", keep: false, representative: Sample.persona(1).id.description, similarity: 0.95)
          : nil
      }
    },
  ]

  static func play(from first: Int = 0, _ hub: Hub) throws {
    for chapter in chapters[first...] { try chapter(hub) }
    // A write that was cut short after its commit leaves files for the next one to clear away.
    try hub.beginAppend().abandon()
  }

  /// Files of an undisturbed hub after 0, 1, 2 … chapters.
  static func undisturbed() throws -> [[String: Data]] {
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    var states = [try contents(of: hub.path)]
    for chapter in chapters {
      try chapter(hub)
      states.append(try contents(of: hub.path))
    }
    return states
  }
}

@Suite struct CrashTests {
  /// Copies the hub at each step, so that every copy is what a crash there would leave; then each copy is used.
  @Test func aCrashBeforeAnyStepLeavesTheLastCommit() throws {
    let undisturbed = try Story.undisturbed()
    let folder = try TemporaryFolder()
    let path = folder.at("hub")
    let crashes = Mutex(0)
    let chapter = Mutex(0)
    // Chapter of the operation that each crash interrupted.
    let interrupted = Mutex<[Int]>([])
    _ = try Hub.openOrCreate(at: path)
    let hub = try Hub.open(at: path) { _ in
      let number = crashes.withLock { count in
        count += 1
        return count
      }
      interrupted.withLock { $0.append(chapter.withLock { $0 }) }
      try FileManager.default.copyItem(atPath: path, toPath: folder.at("crash-\(number)"))
    }
    for (number, play) in Story.chapters.enumerated() {
      chapter.withLock { $0 = number }
      try play(hub)
    }
    #expect(try contents(of: path) == undisturbed.last)
    let count = crashes.withLock { $0 }
    #expect(count >= 80)

    for number in 1...count {
      let crashed = folder.at("crash-\(number)")
      let chapter = interrupted.withLock { $0[number - 1] }
      try Self.leaveTornFiles(in: crashed)
      let hub = try Hub.open(at: crashed)
      let done = hub.manifest.history.count
      #expect(done == chapter || done == chapter + 1, "crash \(number)")
      let check = try hub.verify()
      #expect(check.isClean, "crash \(number): \(check.findings)")
      #expect(try hub.allPersonas().count == hub.manifest.rowCount)
      // The same commands again, the interrupted one included, lead to the same bytes.
      try Story.play(from: done, hub)
      #expect(try contents(of: crashed) == undisturbed.last, "crash \(number)")
      #expect(try hub.verify().garbage.isEmpty)
    }
  }

  /// What a power cut adds to a crash: files whose bytes had not reached the disk.
  private static func leaveTornFiles(in path: String) throws {
    let named = try Set(Hub.open(at: path).manifest.parts.map(\.path))
    for name in try contents(of: path).keys where name != "hub.json" && !named.contains(name) {
      let file = URL(fileURLWithPath: "\(path)/\(name)")
      try Data(contentsOf: file).prefix(10).write(to: file)
    }
    try Data("{\"formatV".utf8).write(to: URL(fileURLWithPath: path + "/hub.json.4711.writing"))
    try Data("SQLite".utf8).write(to: URL(fileURLWithPath: path + "/index.sqlite.building"))
  }

  @Test func everyWriteThatFailsLeavesTheLastCommitAndTheNextWriteSucceeds() throws {
    struct DiskFull: Error {}
    let undisturbed = try Story.undisturbed()
    for failing in 1... {
      let folder = try TemporaryFolder()
      let path = folder.at("hub")
      _ = try Hub.openOrCreate(at: path)
      let steps = Mutex(0)
      let hub = try Hub.open(at: path) { _ in
        let step = steps.withLock { count in
          count += 1
          return count
        }
        if step == failing { throw DiskFull() }
      }
      var failures = 0
      for (number, chapter) in Story.chapters.enumerated() {
        do {
          try chapter(hub)
        } catch {
          failures += 1
          #expect("\(error)".contains("the hub cannot be written to"))
          #expect(try contents(of: path) == undisturbed[number], "step \(failing)")
          #expect(try Hub.open(at: path).verify().isClean)
          try chapter(hub)
        }
      }
      #expect(failures <= 1)
      try hub.beginAppend().abandon()
      #expect(try contents(of: path) == undisturbed.last, "step \(failing)")
      if failing > steps.withLock({ $0 }) { break }
    }
  }

  @Test func aFullDiskIsSaidToBeFull() throws {
    // A device on which every write fails with ENOSPC stands in for the disk.
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    try hub.append([Sample.persona(1)])
    let before = try contents(of: hub.path)
    let pid = ProcessInfo.processInfo.processIdentifier
    let temporary = hub.path + "/personas/000001.jsonl.zst.\(pid).writing"
    let append = try hub.beginAppend()
    try FileManager.default.createSymbolicLink(atPath: temporary, withDestinationPath: "/dev/full")
    #expect {
      try append.add(Sample.persona(2))
      try append.commit(HubOperation("derive"))
    } throws: { "\($0)".contains("the disk is full") }
    append.abandon()
    #expect(try contents(of: hub.path) == before)
    try hub.append([Sample.persona(2)])
    #expect(try hub.verify().isClean)
  }
}
