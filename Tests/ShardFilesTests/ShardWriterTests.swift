import Foundation
import PersonaRecords
import ShardFiles
import Testing

@Suite struct ShardWriterTests {
  @Test(arguments: ["rows.jsonl", "rows.jsonl.zst"]) func whatIsWrittenReadsBack(name: String) throws {
    let folder = try Folder()
    let path = "\(folder.path)/\(name)"
    let writer = try ShardWriter(path: path)
    let lines = (0..<50_000).map { "{\"n\":\($0)}" }
    for line in lines { try writer.append(line: Array(line.utf8)) }
    #expect(folder.names.allSatisfy { $0.hasSuffix(".writing") }, "nothing under the final name before the commit")
    let summary = try writer.commit()
    #expect(folder.names == [name])
    #expect(summary.rows == 50_000)
    #expect(summary.byteCount == (try Data(contentsOf: URL(fileURLWithPath: path)).count))
    #expect(try ShardCheck.summary(ofFile: path) == summary)
    try ShardCheck.verify(path, against: summary)
    let reader = try LineReader(path: path)
    var count = 0
    while case .line(let line) = try reader.next() {
      #expect(line.bytes.elementsEqual(lines[count].utf8))
      count += 1
    }
    #expect(count == 50_000)
  }

  @Test func theHashIsThatOfTheFile() throws {
    let folder = try Folder()
    let writer = try ShardWriter(path: "\(folder.path)/a.jsonl")
    try writer.append(line: Array("abc".utf8))
    // printf 'abc\n' | sha256sum
    #expect(try writer.commit().sha256 == "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb")
  }

  @Test func theSameLinesGiveTheSameBytes() throws {
    let folder = try Folder()
    var sums: Set<String> = []
    for run in 0..<3 {
      let writer = try ShardWriter(path: "\(folder.path)/\(run).zst")
      for row in 0..<40_000 { try writer.append(line: Array("row \(row &* 2_654_435_761 % 1000)".utf8)) }
      sums.insert(try writer.commit().sha256)
    }
    #expect(sums.count == 1)
  }

  @Test func anAbandonedShardLeavesNothing() throws {
    let folder = try Folder()
    let path = try folder.file("kept.jsonl", Array("old\n".utf8))
    let writer = try ShardWriter(path: path)
    try writer.append(line: Array("new".utf8))
    writer.abandon()
    #expect(folder.names == ["kept.jsonl"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old\n")
    #expect(throws: Problem.self) { _ = try writer.commit() }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old\n")
    do {
      let forgotten = try ShardWriter(path: "\(folder.path)/forgotten.jsonl")
      try forgotten.append(line: Array("x".utf8))
    }
    #expect(folder.names == ["kept.jsonl"])
  }

  @Test func aChangedFileIsFound() throws {
    let folder = try Folder()
    let path = "\(folder.path)/a.jsonl"
    let writer = try ShardWriter(path: path)
    for row in 0..<10 { try writer.append(line: Array("row \(row)".utf8)) }
    let summary = try writer.commit()
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[5] ^= 1
    _ = try folder.file("a.jsonl", bytes)
    let changed = #expect(throws: Problem.self) { try ShardCheck.verify(path, against: summary) }
    #expect(changed?.what.contains("other bytes") == true)
    _ = try folder.file("a.jsonl", Array(bytes.dropLast(3)))
    let shortened = #expect(throws: Problem.self) { try ShardCheck.verify(path, against: summary) }
    #expect(shortened?.what.contains("57 bytes, and 60 were written") == true)
  }

  @Test func aMissingFolderIsTold() throws {
    let folder = try Folder()
    let problem = #expect(throws: Problem.self) { _ = try ShardWriter(path: "\(folder.path)/no/such/a.jsonl") }
    #expect(problem?.place.file == "\(folder.path)/no/such/a.jsonl")
  }

  #if os(Linux)
    /// The device that is always full stands where the temporary file would.
    @Test(arguments: ["", ".zst"]) func aFullDiskIsAProblemAndLeavesNoFile(suffix: String) throws {
      let folder = try Folder()
      let path = "\(folder.path)/full.jsonl\(suffix)"
      try FileManager.default.createSymbolicLink(
        atPath: "\(path).\(ProcessInfo.processInfo.processIdentifier).writing", withDestinationPath: "/dev/full")
      let writer = try ShardWriter(path: path)
      let problem = #expect(throws: Problem.self) {
        var random = SeededRandom(seed: 1)
        for _ in 0..<100_000 { try writer.append(line: Array("\(random.next())".utf8)) }
        _ = try writer.commit()
      }
      #expect(problem?.what == "the disk is full")
      #expect(problem?.place.file == path)
      #expect(problem?.consequence == .stopResumable)
      #expect(folder.names == [])
      #expect(throws: Problem.self) { try writer.append(line: Array(repeating: 0x61, count: 1 << 20)) }
    }
  #endif
}
