import Foundation
import PersonaRecords
import ShardFiles
import Testing

/// Lines found many at a time against the reader of single lines and the full parser.
@Suite struct LineBatchTests {
  private static let pieces = [
    "{", "}", "[", "]", ":", ",", " ", "\t", "\r", "\"", "\"id\"", "\"persona\"", "\"persona\":\"a nurse\"", "\"n\":12",
    "-0.5e+3",
    "01", "true", "null", "nul", "\\", "\\u0041", "é", "一", "👩", "\u{1}", "a", "\"kind\": \"new\"", "1.", "1e", "-",
  ]

  private static let values = [
    "\"a b\"", "\"\"", "12", "-1.5e3", "true", "false", "null", "[1]", "{}", "\"x\\n\"", "\"é\"",
  ]

  private func lines(seed: UInt64) -> [[UInt8]] {
    var random = SeededRandom(seed: seed, purpose: "lines")
    return (0..<300).map { _ in
      var line = ""
      switch random.below(4) {
      case 0: line = (0..<random.below(12)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
      case 1:
        let members = (0..<random.below(6)).map { _ in
          let key = ["persona", "id", "other", "persona"][random.below(4)]
          return "\"\(key)\"\([":", " : "][random.below(2)])\(Self.values[random.below(Self.values.count)])"
        }
        line =
          "{" + members.joined(separator: [",", ", ", " ,"][random.below(3)]) + "}" + ["", " ", "x"][random.below(3)]
      default:
        let text = String(repeating: "w ", count: random.below(100))
        line = "{\"persona\": \"\(text)\", \"id\": \"\(random.below(99))\"}"
      }
      var bytes = Array(line.utf8)
      // One byte in a few lines is replaced by any other.
      if random.below(5) == 0, !bytes.isEmpty {
        let byte = UInt8(random.below(256))
        if byte != 10 { bytes[random.below(bytes.count)] = byte }
      }
      return bytes
    }
  }

  @Test(arguments: 0..<25) func aLineThatIsUnderstoodIsWhatTheFullParserSays(seed: UInt64) throws {
    let lines = lines(seed: seed)
    var bytes = Array(lines.joined(separator: [10]))
    if seed % 2 == 0 { bytes.append(10) }
    let reader = LineReader(try ByteStream(MemorySource(bytes[...]), name: "memory"))
    var batch = LineBatch(key: "persona")
    var row = 0
    var understood = 0
    while true {
      try reader.nextBatch(&batch)
      for number in 0..<batch.count {
        let line = lines[row]
        row += 1
        #expect(batch.firstNumber + number == row)
        guard case .line(let event) = reader.event(number, of: batch) else {
          Issue.record("line \(row) is too long")
          continue
        }
        #expect(Array(event.bytes) == (line.last == 13 ? Array(line.dropLast()) : line))
        guard batch.isUnderstood(number) else { continue }
        understood += 1
        let value = try JSONValue(utf8: line[...])
        let text = batch.text(number).map { place in
          reader.stream.withWindow { window in
            String(decoding: place.map { window[$0] }, as: UTF8.self)
          }
        }
        #expect(text == value["persona"]?.stringValue, "seed \(seed), line \(row)")
        #expect(value["persona"] == nil || text != nil)
      }
      if batch.count == 0 {
        guard try reader.next() != nil else { break }
        row += 1
      }
    }
    #expect(row == lines.count)
    #expect(understood > 90)
  }

  @Test(arguments: 0..<25) func linesThatAreOnlyFoundAreTheSameLines(seed: UInt64) throws {
    let lines = lines(seed: seed) + [[], [32, 9], [13], Array("{\"persona\":\"a\"}\r".utf8)]
    let bytes = Array(lines.joined(separator: [10])) + [10]
    let reader = LineReader(try ByteStream(MemorySource(bytes[...]), name: "memory"))
    let other = LineReader(try ByteStream(MemorySource(bytes[...]), name: "memory"))
    var batch = LineBatch(key: "persona", findsLinesOnly: true)
    var whole = LineBatch(key: "persona")
    var row = 0
    while true {
      try reader.nextBatch(&batch)
      try other.nextBatch(&whole)
      #expect(batch.count == whole.count)
      for number in 0..<batch.count {
        let line = lines[row]
        row += 1
        #expect(batch.whole(number) == whole.whole(number))
        let isBlank = line.allSatisfy { [9, 13, 32].contains($0) }
        // Whatever is not looked into stands for itself, byte for byte.
        if batch.isUnderstood(number) && !whole.isUnderstood(number) { #expect(!isBlank && line.last != 13) }
        if whole.isUnderstood(number) { #expect(batch.isUnderstood(number)) }
        reader.stream.withWindow { batch.understand(number, in: $0) }
        #expect(batch.isUnderstood(number) == whole.isUnderstood(number))
        #expect(batch.text(number) == whole.text(number))
      }
      if batch.count == 0 { break }
    }
    #expect(row == lines.count)
  }

  @Test func batchesAndEventsMayTakeTurns() throws {
    let text = (1...9_000).map { "{\"persona\":\"row \($0)\"}" }.joined(separator: "\n")
    let reader = LineReader(try ByteStream(MemorySource(Array(text.utf8)[...]), name: "memory"))
    var batch = LineBatch(key: "persona")
    var next = 1
    while true {
      try reader.nextBatch(&batch)
      for number in 0..<batch.count { #expect(batch.firstNumber + number == next + number) }
      next += batch.count
      guard case .line(let line)? = try reader.next() else { break }
      #expect(line.number == next)
      #expect(String(decoding: line.bytes, as: UTF8.self) == "{\"persona\":\"row \(next)\"}")
      next += 1
    }
    #expect(next == 9_001)
  }

  @Test(arguments: [0, 100, 1 << 20, (8 << 20) + 1, (11 << 20) + 12_345]) func aFilePastTheCacheHasTheSameBytes(
    byteCount: Int
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bulk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    for place in bytes.indices { bytes[place] = UInt8(truncatingIfNeeded: place &* 31 >> 3) }
    let writer = try ShardWriter(path: "\(folder)/lines", takesHash: false, passesCache: true)
    var place = 0
    while place < byteCount {
      let end = min(byteCount, place + 70_001)
      try writer.append(whole: bytes[place..<end].span, count: 1)
      place = end
    }
    try writer.append(line: "end".utf8)
    let summary = try writer.commit()
    #expect(summary.byteCount == byteCount + 4)
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/lines")) == Data(bytes + Array("end\n".utf8)))
  }
}
