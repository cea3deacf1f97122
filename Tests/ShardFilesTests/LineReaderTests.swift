import PersonaRecords
import ShardFiles
import Testing

@Suite struct LineReaderTests {
  /// What the reader made of some bytes: lines as text, oversize lines as their numbers.
  private func read(_ bytes: [UInt8], pieces: [Int] = [1 << 20], limit: Int = 1 << 20) throws -> [String] {
    let reader = LineReader(
      try ByteStream(CrumblingSource(bytes, sizes: pieces), name: "x"), maximumLineBytes: limit)
    var result: [String] = []
    while let event = try reader.next() {
      switch event {
      case .line(let line):
        result.append("\(line.number)@\(line.byteOffset):\(String(decoding: line.bytes, as: UTF8.self))")
      case .oversize(let line): result.append("\(line.number)@\(line.byteOffset)!\(line.byteCount)")
      }
    }
    return result
  }

  @Test(arguments: [[1], [2, 3], [1 << 20]]) func lineEndsByteOrderMarkAndMissingLastEnd(pieces: [Int]) throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("one\r\ntwo\n\n\r\nlast".utf8)
    #expect(try read(bytes, pieces: pieces) == ["1@3:one", "2@8:two", "3@12:", "4@13:", "5@15:last"])
    #expect(try read([], pieces: pieces) == [])
    #expect(try read(Array("\n".utf8), pieces: pieces) == ["1@0:"])
    #expect(try read([0xEF, 0xBB, 0xBF], pieces: pieces) == [])
  }

  @Test(arguments: [[1], [5, 11], [1 << 20]]) func aLongLineIsPassedOverAndTheRestGoesOn(pieces: [Int]) throws {
    let long = String(repeating: "x", count: 50)
    let bytes = Array("a\n\(long)\nb\n\(String(repeating: "y", count: 10))\r\n\(long)y\r\nc\n\(long)".utf8)
    #expect(
      try read(bytes, pieces: pieces, limit: 10)
        == ["1@0:a", "2@2!50", "3@53:b", "4@55:yyyyyyyyyy", "5@67!51", "6@120:c", "7@122!50"])
  }

  @Test func aLineOf200MegabytesIsNeverHeld() throws {
    /// 200 MB of one letter, a line end, and a short line.
    final class LongLine: ByteSource {
      var left = 200 << 20
      func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
        if left == 0 {
          left = -1
          unsafe buffer.copyBytes(from: Array("\nshort\n".utf8))
          return 7
        }
        if left < 0 { return 0 }
        let count = min(left, buffer.count)
        for place in 0..<count { unsafe buffer[place] = 0x78 }
        left -= count
        return count
      }
    }
    let reader = LineReader(try ByteStream(LongLine(), name: "long"), maximumLineBytes: 1 << 20)
    guard case .oversize(let line) = try reader.next() else {
      Issue.record("the long line should be oversize")
      return
    }
    #expect(line.byteCount == 200 << 20)
    #expect(line.problem(file: "long").description.contains("long:1"))
    guard case .line(let next) = try reader.next() else {
      Issue.record("the short line should follow")
      return
    }
    #expect(next.bytes.elementsEqual("short".utf8))
    #expect(next.number == 2)
  }

  @Test func randomTextsSplitAsTheReferenceDoes() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let letters = Array("ab\r\n\n é".utf8)
      let bytes = (0..<random.below(400)).map { _ in letters[random.below(letters.count)] }
      var expected: [String] = []
      for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        let line = piece.last == 0x0D ? piece.dropLast() : piece
        expected.append(String(decoding: line, as: UTF8.self))
      }
      if bytes.last == 0x0A || bytes.isEmpty { expected.removeLast() }
      let found = try read(bytes, pieces: [1 + random.below(9), 1 + random.below(90)])
      #expect(found.map { String($0.drop { $0 != ":" }.dropFirst()) } == expected, "seed \(seed)")
    }
  }

  @Test func aKeptLineStaysWhatItWas() throws {
    let lines = (0..<60_000).map { "line number \($0) with some words" }
    let reader = LineReader(
      try ByteStream(MemorySource(Array(lines.joined(separator: "\n").utf8)[...]), name: "x"))
    var kept: [ArraySlice<UInt8>] = []
    while case .line(let line) = try reader.next() {
      if line.number % 5000 == 1 { kept.append(line.bytes) }
    }
    #expect(kept.map { String(decoding: $0, as: UTF8.self) } == stride(from: 0, to: 60_000, by: 5000).map { lines[$0] })
  }
}
