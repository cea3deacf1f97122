import Corpus
import Foundation
import PersonaRecords
import ShardFiles
import Testing

@Suite struct FormatTests {
  @Test func jsonLinesGiveIDLanguageAndPlace() throws {
    let reading = try Reading(
      "a.jsonl",
      """
      {"id":"x1","text":"\(story(1))","lang":"en"}
      {"raw_content":"\(story(2))","id":17,"language":"DE-at"}

      {"content":"\(story(3))","text":null}
      """)
    #expect(reading.texts == [story(1), story(2), story(3)])
    #expect(reading.documents.map(\.id) == ["x1", "17", "a.jsonl:4"])
    #expect(reading.documents.map(\.source.row) == [1, 2, 4])
    #expect(reading.documents.map(\.language).prefix(2) == ["en", "de"])
    #expect(reading.rejections.isEmpty)
  }

  @Test func formatsAreKnownByContentUnderAnyName() throws {
    let formats: [(String, Int)] = [
      ("\u{FEFF}\(row(1))\r\n\(row(2))", 2), ("[\n  {\n    \"text\": \"\(story(1))\"\n  },\n  \"\(story(2))\"\n]", 2),
      ("[\(row(1)),\(row(2)),\(row(3))]", 3), ("{\n  \"text\": \"\(story(1))\"\n}\n{\n \"text\": \"\(story(2))\"}", 2),
      ("id,text\n1,\"\(story(1))\"\n", 1), ("text\tid\n\(story(1))\t7\n\(story(2))\t8", 2),
      ("<!DOCTYPE html><html><body><p>\(story(1))</p></body></html>", 1), ("Plain text. \(story(1))", 1),
      ("[1] is how a footnote begins. \(story(1))", 1), ("---\ntitle: No text\n---\n\(story(1))", 1),
    ]
    for (text, count) in formats {
      let reading = try Reading("data", text)
      #expect(reading.documents.count == count, "\(text.prefix(30))")
      #expect(reading.rejections.isEmpty, "\(reading.rejections)")
      #expect(!reading.texts.joined().contains("title: No text"))
    }
  }

  @Test func csvFieldsHoldQuotesSeparatorsAndLineBreaks() throws {
    let reading = try Reading(
      "a.csv",
      "id,text\r\n7,\"She said \"\"no, never\"\",\r\nand wrote it down in the book of the harbour master.\"\r\n\r\n8,\(story(2).filter { $0 != "," })\r\n9,\"short\"\r\n"
    )
    #expect(
      reading.texts.first == "She said \"no, never\",\nand wrote it down in the book of the harbour master.")
    #expect(reading.documents.map(\.id) == ["7", "8"])
    #expect(reading.counts.tooShort == 1)
    #expect(reading.rejections.isEmpty)
  }

  @Test func brokenRowsOfATableAreSetAside() throws {
    let reading = try Reading(
      "a.csv", "id,text\n1,\"\(story(1))\"\n2,two,three\n3,\"never closed \(story(3))\n4,\"\(story(4))\"\n")
    #expect(reading.rejections.first?.reason.contains("3 fields, and the header has 2") == true)
    #expect(reading.texts.first == story(1))
    #expect(reading.rejections.count >= 2)
    let open = try Reading("a.csv", "id,text\n1,\"open \(story(1))\n2,\(story(2).filter { $0 != "," })\n")
    #expect(open.rejections.map(\.row) == [1])
    #expect(open.documents.map(\.id) == ["2"])
    let missing = try Reading("a.csv", "id,body\n1,\(story(1))\n")
    #expect(missing.rejections.map(\.reason).first?.contains("the columns are: id, body") == true)
    #expect(missing.rejections.first?.advice.contains("--text-key") == true)
  }

  @Test func semicolonsAndTheUsersKey() throws {
    var settings = CorpusSettings()
    settings.textKey = "body"
    let reading = try Reading("a.csv", "id;body;text\n1;\"\(story(1))\";wrong\n", settings)
    #expect(reading.texts == [story(1)])
    #expect(try Reading("b.jsonl", row(1, key: "body"), settings).texts == [story(1)])
  }

  @Test func foldersGlobsAndPackingAreReadInOrder() throws {
    let folder = try Folder()
    try folder.file("b/two.txt", story(2))
    try folder.file("a/one.md", "# Tides\n\n\(story(1))")
    try folder.file("c.jsonl", row(3))
    try folder.file(".hidden", "not read, although it is long enough to be a document of its own")
    let packed = try ShardWriter(path: "\(folder.path)/d.dat", packsWithZstd: true)
    try packed.append(line: Array(row(4).utf8))
    _ = try packed.commit()
    let reading = try Reading([CorpusInput(folder.path, label: "mine")])
    #expect(reading.documents.map(\.source.file) == ["mine/a/one.md", "mine/b/two.txt", "mine/c.jsonl", "mine/d.dat"])
    #expect(reading.rejections.isEmpty)
    #expect(reading.counts.bytesRead == reading.counts.bytesTotal)
    let pattern = try Reading([CorpusInput("\(folder.path)/*/*.t?t"), CorpusInput("\(folder.path)/*.zip")])
    #expect(pattern.texts == [story(2)])
    #expect(pattern.rejections.map(\.reason) == ["no file matches this pattern"])
  }

  @Test func utf16TextIsRead() throws {
    let text = "Wächter \(story(1))"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try Reading("a.txt", little).texts == [text])
    #expect(try Reading("a.txt", big).texts == [text])
  }

  @Test func parquetRowsComeThroughDuckDB() throws {
    guard let program = try? DuckDBProgram.locate() else { return }
    let folder = try Folder()
    let path = "\(folder.path)/it's.parquet"
    try program.run(
      "COPY (SELECT range AS id, repeat('Row ' || range || ' of a parquet file. ', 5) AS content, 'fr' AS lang FROM range(3)) "
        + "TO \(DuckDBProgram.literal(path)) (FORMAT parquet)")
    let reading = try Reading([CorpusInput(path, label: "it's.parquet")])
    #expect(reading.documents.map(\.id) == ["0", "1", "2"])
    #expect(reading.documents.map(\.language) == ["fr", "fr", "fr"])
    #expect(reading.documents.last?.source.row == 3)
    var settings = CorpusSettings()
    settings.textKey = "body"
    let missing = try Reading([CorpusInput(path)], settings)
    #expect(missing.rejections.first?.reason.contains("the columns are: id (BIGINT), content, lang") == true)
  }

  @Test func parquetColumnsOfChatMessagesAreJoined() throws {
    guard let program = try? DuckDBProgram.locate() else { return }
    let folder = try Folder()
    let path = "\(folder.path)/chat.parquet"
    try program.run(
      "COPY (SELECT [{'role': 'user', 'content': repeat('Where is the ferry? ', 5)}, "
        + "{'role': 'assistant', 'content': repeat('At the pier. ', 5)}] AS prompt FROM range(2)) "
        + "TO \(DuckDBProgram.literal(path)) (FORMAT parquet)")
    var settings = CorpusSettings()
    settings.textKey = "prompt"
    settings.repeatWindow = 0
    let reading = try Reading([CorpusInput(path)], settings)
    #expect(reading.rejections.isEmpty)
    #expect(reading.texts.count == 2)
    #expect(reading.texts.allSatisfy { $0.contains("ferry?") && $0.contains("At the pier.") })
  }
}
