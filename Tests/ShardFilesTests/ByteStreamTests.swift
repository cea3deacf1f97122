import Foundation
import PersonaRecords
import ShardFiles
import Testing

@Suite struct ByteStreamTests {
  /// Python's `gzip.compress` of one sentence 40 times and a line end.
  private let squeezed = Array(
    Data(
      base64Encoded: """
        H4sIAAAAAAACAwvJSFUoyUxJVUjOz00tVsjMUygpz0xOVUhUSEms1FMIGZUelR6VHpUeatJcAH9cXb/ZBAAA
        """) ?? Data())

  private func text(_ count: Int) -> [UInt8] {
    Array((0..<count).map { "line \($0) of the tide table\n" }.joined().utf8)
  }

  @Test func packingIsKnownByContentAndNotByName() throws {
    let folder = try Folder()
    let plain = Array("no packing at all\n".utf8)
    let packed = try folder.file("looks-plain.txt", StoredGzip.member(plain))
    let unpacked = try folder.file("looks-packed.gz", plain)
    #expect(try ByteStream(path: packed).packing == .gzip)
    #expect(drain(try ByteStream(path: packed)).bytes == plain)
    #expect(try ByteStream(path: unpacked).packing == .plain)
    #expect(drain(try ByteStream(path: unpacked)).bytes == plain)
  }

  @Test func aSqueezedGzipFileUnpacks() throws {
    let expected = Array((String(repeating: "The tide comes in twice a day. ", count: 40) + "\n").utf8)
    let found = drain(try ByteStream(MemorySource(squeezed[...]), name: "tide.gz"))
    #expect(found.bytes == expected)
    #expect(found.problem == nil)
  }

  @Test(arguments: [[1], [7], [1, 2, 3], [4096], [100_000]])
  func manyGzipMembersReadAsOneText(pieces: [Int]) throws {
    let parts = [text(3), [], text(4000), text(1)]
    let packed: [UInt8] = parts.flatMap { StoredGzip.member($0) } + [0, 0, 0, 0]
    let found = drain(try ByteStream(CrumblingSource(packed, sizes: pieces), name: "members.gz"))
    #expect(found.problem == nil)
    #expect(found.bytes == parts.flatMap { $0 })
  }

  @Test func aTornGzipFileGivesAllBeforeTheTear() throws {
    let whole = text(20_000)
    let packed = StoredGzip.member(whole)
    for cut in [11, 5000, 65536, packed.count - 8, packed.count - 1] {
      let stream = try ByteStream(MemorySource(packed[..<cut]), name: "torn.gz")
      let found = drain(stream)
      #expect(whole.starts(with: found.bytes))
      #expect(found.bytes.count >= min(whole.count, cut - 10 - 5 * (cut / 65535 + 1)))
      #expect(found.problem?.place.file == "torn.gz")
      #expect(found.problem?.what.contains("ends in the middle at byte \(cut)") == true)
      #expect(try stream.fill() == false)
    }
  }

  @Test func damageInsideGzipIsToldWithItsPlace() throws {
    var packed = StoredGzip.member(text(100))
    packed[packed.count - 6] ^= 0xFF
    let found = drain(try ByteStream(MemorySource(packed[...]), name: "bad.gz"))
    #expect(found.bytes == text(100))
    #expect(found.problem?.what.contains("damaged") == true)
    let trailing = drain(try ByteStream(MemorySource((StoredGzip.member(text(2)) + [9, 9])[...]), name: "more.gz"))
    #expect(trailing.bytes == text(2))
    #expect(trailing.problem?.what.contains("not gzip") == true)
  }

  @Test(arguments: [[1], [13], [1 << 20]]) func manyZstdFramesReadAsOneText(pieces: [Int]) throws {
    let folder = try Folder()
    var packed: [UInt8] = []
    for part in [1, 30_000, 5] {
      let writer = try ShardWriter(path: "\(folder.path)/part.zst")
      for row in 0..<part { try writer.append(line: Array("row \(row)".utf8)) }
      _ = try writer.commit()
      packed += try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/part.zst"))
    }
    let expected = [1, 30_000, 5].flatMap { rows in (0..<rows).flatMap { Array("row \($0)\n".utf8) } }
    let found = drain(try ByteStream(CrumblingSource(packed, sizes: pieces), name: "frames.zst"))
    #expect(found.problem == nil)
    #expect(found.bytes == expected)
    let torn = drain(try ByteStream(MemorySource(packed[..<(packed.count - 9)]), name: "frames.zst"))
    #expect(expected.starts(with: torn.bytes))
    #expect(torn.bytes.count >= 8)
    #expect(torn.problem?.what.contains("zstd data ends in the middle at byte \(packed.count - 9)") == true)
  }

  @Test func progressCountsStoredBytes() throws {
    let folder = try Folder()
    let packed = StoredGzip.member(text(1000))
    let stream = try ByteStream(path: try folder.file("a", packed))
    #expect(stream.byteCount == packed.count)
    _ = drain(stream)
    #expect(stream.bytesTaken == packed.count)
  }

  @Test func whatCannotBeOpenedIsToldWithAdvice() throws {
    let folder = try Folder()
    let missing = #expect(throws: Problem.self) { try ByteStream(path: "\(folder.path)/absent") }
    #expect(missing?.what == "there is no such file or folder")
    #expect(missing?.place.file == "\(folder.path)/absent")
    let directory = #expect(throws: Problem.self) { try ByteStream(path: folder.path) }
    #expect(directory?.what.contains("folder") == true)
    #expect(directory?.advice.isEmpty == false)
  }

  @Test func noBytesCrashTheStream() throws {
    var random = SeededRandom(seed: 7)
    for seed in 0..<400 {
      var bytes = seed % 2 == 0 ? StoredGzip.member(text(20)) : [0x28, 0xB5, 0x2F, 0xFD] + text(3)
      for _ in 0...random.below(6) { bytes[2 + random.below(bytes.count - 2)] = UInt8(random.below(256)) }
      _ = drain(try ByteStream(MemorySource(bytes.prefix(random.below(bytes.count) + 1)), name: "seed \(seed)"))
    }
  }
}
