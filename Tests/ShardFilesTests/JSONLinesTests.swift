import PersonaRecords
import ShardFiles
import Testing

@Suite struct JSONLinesTests {
  @Test func brokenRowsAreSetAsideAndTheRestGoesOn() throws {
    let good = Array(#"{"text":"fine"}"#.utf8)
    let lines: [[UInt8]] = [
      good, [], Array("   ".utf8), Array(#"{"text":"a"#.utf8) + [0] + Array(#""}"#.utf8),
      Array(#"{"text":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8), Array(#"{"text":"\ud800 alone"}"#.utf8),
      Array("prose".utf8), Array(#"{"text":"cut of"#.utf8), good,
    ]
    let bytes = Array(lines.joined(separator: [0x0A]))
    let reader = JSONLinesReader(LineReader(try ByteStream(MemorySource(bytes[...]), name: "rows.jsonl")))
    var rows: [Int] = []
    var rejected: [Int: String] = [:]
    while let event = try reader.next() {
      switch event {
      case .row(let row):
        rows.append(row.number)
        #expect(row.bytes.elementsEqual(good))
        #expect(row.value["text"]?.stringValue == "fine")
      case .rejected(let problem):
        #expect(problem.place.file == "rows.jsonl")
        #expect(problem.consequence == .rejectRow)
        rejected[problem.place.line ?? 0] = problem.what
      }
    }
    #expect(rows == [1, 9])
    #expect(rejected.keys.sorted() == [4, 5, 6, 7, 8])
    #expect(rejected[4]?.contains("NUL") == true)
    #expect(rejected[5]?.contains("UTF-8") == true)
    #expect(rejected[6]?.contains("surrogate") == true)
  }

  private static let keys = ["text", "id", "täxt", "a\"b"]

  /// The scanner's answer in the words of the reference.
  private func compare(_ bytes: [UInt8], _ comment: String) {
    let scanner = JSONFieldScanner(keys: Self.keys)
    // Surrounded by other bytes, as a line in a window is.
    let window = [0x22, 0x5C] + bytes + [0x22, 0x7D]
    let line = window[2..<(2 + bytes.count)]
    let reference = Result { () throws(JSONSyntaxError) in try JSONValue(utf8: line) }
    let fast = Result { () throws(JSONSyntaxError) in try scanner.fields(in: line) }
    switch (reference, fast) {
    case (.success(let value), .success(let fields)):
      let expected: [JSONField]? =
        if case .object = value { Self.keys.map { JSONField(value[$0]) } } else { nil }
      #expect(fields == expected, "\(comment)")
    case (.failure(let one), .failure(let other)): #expect(one == other, "\(comment)")
    default: Issue.record("one accepts and the other does not: \(comment)")
    }
  }

  @Test(arguments: [
    #"{}"#, #" { "text" : "a" } "#, #"{"text":"a","text":"b"}"#, #"{"text":null,"id":12.50e-3}"#,
    #"{"id":[1,{"text":"no"}]}"#,
    #"{"t\u0065xt":"escaped key"}"#, #"{"t\u00e4xt":"é\n\t\\\"\/\b\f\r\u00e9\ud83d\ude00"}"#, #"{"a\"b":true}"#,
    #"[1]"#,
    #""text""#, #"{"text":"\ud800"}"#, #"{"other":"\ud800"}"#, #"{"other":"\ude00\ud83d"}"#, #"{"text":"a"}x"#,
    #"{"text":"a"}}"#,
    #"{"text":01}"#, #"{"text":-}"#, #"{"text":1.}"#, #"{"text":1e}"#, #"{"text":tru}"#, #"{"text":"a",}"#, #"{,}"#,
    #"{"text"}"#,
    #"{"text":"a" "id":1}"#, #"{"text":"\x"}"#, #"{"text":"\"#, #"{"text":"\u12"}"#, #"{"text":"12345678\"90"}"#, "",
    " ", "{", "{\"",
    "{\"text\":\"tab\there\"}", "{\"text\":\"del\u{7f}ü\"}", "{\"other\":\"tab\tin a longer string than eight\"}",
  ]) func theFastPathAgreesOnHandWrittenLines(line: String) {
    compare(Array(line.utf8), line)
  }

  @Test func theFastPathAgreesOnDeepNesting() {
    for depth in [1, 100, 253, 254, 255, 256, 257, 400] {
      for key in ["text", "other"] {
        let line = "{\"\(key)\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        compare(Array(line.utf8), "depth \(depth)")
      }
    }
  }

  @Test func theFastPathAgreesOnRandomAndHostileLines() {
    let pieces: [[UInt8]] =
      [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"text\"", "\"id\":", "\"text\":\"", "\\u", "d83d", "\\ude00", "\\n",
        "true",
        "null", "-1.5e+3", "0", " ", "longer piece of text", "\u{00e9}", "\u{1F600}", "\t",
      ].map { Array($0.utf8) } + [[0x00], [0xC3], [0xFF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]
    for seed in 0..<4000 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      var bytes: [UInt8] = []
      if seed % 2 == 0 {
        for _ in 0..<random.below(14) { bytes += pieces[random.below(pieces.count)] }
      } else {
        bytes = Array(
          #"{"id":17,"text":"Ein längerer Satz mit \"Zitat\" und \u00fc","n":[1,{"a":null}],"b":false}"#.utf8)
        for _ in 0..<random.below(3) { bytes[random.below(bytes.count)] = pieces[random.below(pieces.count)][0] }
      }
      compare(bytes, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
