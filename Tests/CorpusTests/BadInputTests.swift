import Corpus
import Foundation
import PersonaRecords
import ShardFiles
import Testing

@Suite struct BadInputTests {
  @Test func anEmptyFileSaysSo() throws {
    let reading = try Reading("empty.jsonl", "")
    #expect(
      reading.rejections.map(\.problem.description) == [
        "empty.jsonl: this file is empty\n  fix: leave it out, or fetch it again"
      ])
  }

  @Test func oneBadRowNeverEndsTheRun() throws {
    let bytes: [[UInt8]] = [
      Array(row(1).utf8), Array("{\"text\":\"".utf8) + [0, 0] + Array("\"}".utf8),
      Array("{\"text\":\"".utf8) + [0xFF] + Array("\"}".utf8), Array(#"{"text":"\udc00"}"#.utf8), Array("[1]".utf8),
      Array("{\"text\":\"\(story(9))\\u0000\"}".utf8), Array(#"{"text":7}"#.utf8), Array(row(2).utf8) + [0x0D],
    ]
    let reading = try Reading("a.jsonl", Array(bytes.joined(separator: [0x0A])))
    #expect(reading.texts == [story(1), story(2)])
    #expect(reading.rejections.map(\.row) == [2, 3, 4, 5, 6, 7])
    for (rejection, word) in zip(
      reading.rejections, ["NUL", "UTF-8", "surrogate", "an array", "NUL", "should be a string and is a number"])
    {
      #expect(rejection.reason.contains(word), "\(rejection)")
      #expect(rejection.file == "a.jsonl")
    }
  }

  @Test func aLineOverTheLimitIsSetAside() throws {
    var settings = CorpusSettings()
    settings.maximumRecordBytes = 4096
    let long = "{\"text\":\"\(String(repeating: "very long ", count: 1000))\"}"
    let reading = try Reading("a.jsonl", "\(row(1))\n\(long)\n\(row(2))", settings)
    #expect(reading.texts == [story(1), story(2)])
    #expect(reading.rejections.map(\.row) == [2])
    let plain = try Reading("a.txt", String(repeating: "very long ", count: 1_000_00), settings)
    #expect(plain.rejections.count == 1)
    #expect(plain.documents.isEmpty)
  }

  @Test func aMissingKeyIsToldOnceAtTheTop() throws {
    let rows = (0..<3).map { "{\"body\":\"\(story($0))\",\"url\":\"u\"}" }.joined(separator: "\n")
    let reading = try Reading("a.jsonl", rows)
    #expect(
      reading.rejections.first?.reason
        == "none of the 3 rows has a text under \"text\", \"raw_content\", \"content\"; the keys seen are: body, url")
    #expect(reading.rejections.dropFirst().map(\.row) == [1, 2, 3])
    #expect(reading.rejections.last?.reason.contains("this row has: body, url") == true)
    let mixed = try Reading("a.jsonl", rows + "\n" + row(5))
    #expect(mixed.rejections.map(\.row) == [1, 2, 3])
    #expect(mixed.texts == [story(5)])
  }

  @Test func aTornZstdFileGivesItsRowsAndThenTheReason() throws {
    let folder = try Folder()
    let writer = try ShardWriter(path: "\(folder.path)/a.jsonl.zst")
    var random = SeededRandom(seed: 3)
    for number in 0..<20_000 {
      try writer.append(line: Array("{\"text\":\"\(story(number)) \(random.next())\"}".utf8))
    }
    _ = try writer.commit()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a.jsonl.zst")))
    let reading = try Reading("torn.jsonl.zst", Array(bytes.prefix(bytes.count / 2)))
    #expect(reading.documents.count > 5000)
    #expect(reading.rejections.count == 1)
    #expect(reading.rejections.first?.reason.contains("ends in the middle at byte \(bytes.count / 2)") == true)
    let tiny = try Reading("torn.jsonl.zst", Array(bytes.prefix(20)))
    #expect(tiny.rejections.count == 1)
  }

  @Test func whatCannotBeReadDoesNotStopTheOthers() throws {
    let folder = try Folder()
    let good = try folder.file("good.txt", story(1))
    let locked = try folder.file("locked.txt", story(2))
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: locked)
    let reading = try Reading([CorpusInput(locked), CorpusInput("\(folder.path)/absent"), CorpusInput(good)])
    #expect(reading.texts.contains(story(1)))
    // The superuser may read everything.
    #expect(reading.rejections.count == (getuid() == 0 ? 1 : 2))
    #expect(reading.rejections.last?.reason == "there is no such file or folder")
    #expect(reading.rejections.allSatisfy { !$0.advice.isEmpty })
  }

  @Test func invalidPlainTextIsSetAsideWithItsPlace() throws {
    let invalid = try Reading("a.txt", Array("abc".utf8) + [0xE9, 0x20] + Array(story(1).utf8))
    #expect(invalid.documents.isEmpty)
    #expect(invalid.rejections.map(\.byteOffset) == [3])
    #expect(invalid.rejections.first?.reason.contains("UTF-8") == true)
    let binary = try Reading("a.bin", [1, 2, 3, 0, 4] + Array(story(1).utf8))
    #expect(binary.rejections.first?.reason.contains("NUL") == true)
  }

  @Test func aRejectionReadsBackAsItWasWritten() throws {
    let rejection = CorpusRejection(file: "a", row: 3, byteOffset: 9, reason: "why", advice: "what")
    #expect(try CorpusRejection(json: JSONValue(utf8: rejection.jsonLine)) == rejection)
  }

  @Test func settingsThatMakeNoSenseAreRefused() throws {
    var settings = CorpusSettings()
    settings.passageCharacters = 10
    #expect(throws: Problem.self) { try Reading("a.txt", story(1), settings) }
  }

  @Test func noBytesTrapTheReader() throws {
    let seeds: [[UInt8]] = [
      Array("\(row(1))\n\(row(2))".utf8), Array("id,text\n1,\"\(story(1))\"\n".utf8), Array("[\(row(1)),[\"x\"]]".utf8),
      Array("<html><body class=\"a\"><p>\(story(1))&amp;&#x41;<!-- x --><b>y</p></body></html>".utf8),
      WARC.file([
        WARC.page("<p>\(story(1))</p>"), WARC.page("<p>\(story(2))</p>", headers: "Transfer-Encoding: chunked\r\n"),
      ]),
    ]
    let folder = try Folder()
    for seed in 0..<600 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      var bytes = seeds[random.below(seeds.count)]
      for _ in 0..<random.below(8) {
        let letters = Array("<>\"'&;,{}[]\n\r\0\\é- /".utf8)
        bytes[random.below(bytes.count)] = letters[random.below(letters.count)]
      }
      let path = try folder.file("x", Array(bytes.prefix(1 + random.below(bytes.count))))
      _ = try Reading([CorpusInput(path)])
    }
  }
}
