import LanguageModels
import PersonaRecords
import Testing

@Suite struct TolerantJSONTests {
  @Test(arguments: [
    (#"{"a":1}"#, #"{"a":1}"#),
    ("```json\n{\"a\": 1}\n```", #"{"a":1}"#),
    ("Sure! Here it is:\n```\n{\"a\": [1, 2,],}\n```\nHope that helps.", #"{"a":[1,2]}"#),
    (#"As shown in [1] and {braces}, the answer is {"persona": "A nurse"}."#, #"{"persona":"A nurse"}"#),
    ("{'a': 'it''s'}", #"{"a":"it''s"}"#),
    ("{'a': 'don't', b: True, c: None}", #"{"a":"don't","b":true,"c":null}"#),
    ("{\"a\": \"two\nlines\" // why\n, /* and */ \"b\": .5, \"c\": +3}", "{\"a\":\"two\\nlines\",\"b\":0.5,\"c\":3}"),
    (#"{“a”: “b”, "c": "she said "hi" to him"}"#, #"{"a":"b","c":"she said \"hi\" to him"}"#),
    ("{\"a\": \"x\"\n\"b\": \"y\"}", #"{"a":"x","b":"y"}"#),
    (#"{"a": "\alpha and \d \ud83d\ude00 \ud83d!"}"#, #"{"a":"\\alpha and \\d 😀 �!"}"#),
    (#"{"a": ["x", "y"}"#, #"{"a":["x","y"]}"#),
    (#"[{"p": "one"}, {"p": "two"}]"#, #"[{"p":"one"},{"p":"two"}]"#),
    (
      #"{"e": "first, the short one"} and then {"e": "second, which is a good deal longer"}"#,
      #"{"e":"second, which is a good deal longer"}"#
    ),
    (#"{} {"a":1}"#, #"{"a":1}"#),
    ("\u{FEFF}{\"a\":1}", #"{"a":1}"#),
  ])
  func whatModelsWriteIsRead(text: String, expected: String) {
    #expect(TolerantJSON.read(text) == .value(try! JSONValue(text: expected), isCutOff: false))
  }

  @Test(arguments: [
    (
      #"{"personas": [{"d": "one", "r": "x"}, {"d": "two", "r": "y"}, {"d": "three"#,
      #"{"personas":[{"d":"one","r":"x"},{"d":"two","r":"y"}]}"#
    ),
    (#"{"personas": ["one", "two", "thr"#, #"{"personas":["one","two"]}"#),
    (#"{"a": {"b": 1, "c": 2"#, #"{"a":{"b":1}}"#),
    (#"{"a": "whole", "b": tru"#, #"{"a":"whole"}"#),
    (#"{"a": "whole", "b"#, #"{"a":"whole"}"#),
    (#"Here: {"a": "whole", "b": "\u00"#, #"{"a":"whole"}"#),
  ])
  func ofACutReplyTheCompletePartsAreSaved(text: String, expected: String) {
    #expect(TolerantJSON.read(text) == .value(try! JSONValue(text: expected), isCutOff: true))
  }

  @Test(arguments: [
    ("", "the reply is empty"), (" \n", "the reply is empty"),
    ("I cannot help with that.", "no JSON object in the reply"),
    ("{", "the reply is cut off before the first complete part of its JSON"),
    ("\"text\"", "no JSON object in the reply"),
    ("{a b c}", "no JSON object in the reply"),
  ])
  func aReplyWithoutJSONSaysWhy(text: String, reason: String) {
    #expect(TolerantJSON.read(text) == .nothing(reason))
  }

  @Test func severalObjectsAreReadInOrder() {
    let all = TolerantJSON.readAll("{\"a\":1}\n{\"a\":2}\n and {\"a\":3}")
    #expect(all.map { $0["a"]?.intValue } == [1, 2, 3])
  }

  @Test func theReaderNeverTrapsOnAnyBytes() {
    let alphabet =
      Array(#"{}[]"',:\/*u0123456789abcdeftrunl-+. \#n\#u{201C}é😀"#.utf8) + [0, 0x80, 0xC3, 0xE2, 0xED, 0xFF]
    for seed in 0..<3000 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "any bytes")
      let bytes = (0..<random.below(200)).map { _ in alphabet[random.below(alphabet.count)] }
      expectSound(TolerantJSON.read(bytes), "seed \(seed)")
    }
  }

  @Test func theReaderNeverTrapsOnDamagedReplies() {
    let reply = Array(
      """
      Sure, here you go:
      ```json
      {"personas": [{"description": "A nurse who says \\"hello\\" \\u00e9", "relation": 'patient', n: [1, 2.5, -3e2]},
        {"description": "Ein Lehrer – “Herr Müller”", "ok": true, "none": null}]}
      ```
      """.utf8)
    for seed in 0..<3000 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "damage")
      var bytes = reply
      for _ in 0...random.below(6) {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8(random.below(256)), at: place)
        case 2: bytes[place] = reply[random.below(reply.count)]
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { bytes = reply }
      }
      expectSound(TolerantJSON.read(bytes), "seed \(seed)")
    }
  }

  @Test func everyPrefixOfAReplyGivesAPrefixOfItsPersonas() throws {
    let personas = (0..<5).map {
      JSONValue.object([.init("d", .string("person \($0)")), .init("n", .number("\($0)"))])
    }
    let whole = Array(JSONValue.object([.init("personas", .array(personas))]).line.utf8)
    for length in 0...whole.count {
      let saved = TolerantJSON.read(Array(whole.prefix(length))).value?["personas"]?.arrayValue ?? []
      #expect(saved == Array(personas.prefix(saved.count)), "length \(length)")
      if length == whole.count { #expect(saved.count == 5) }
    }
  }

  @Test func hostileNestingNeitherTrapsNorTakesLong() {
    for unit in ["[", "{\"a\":", "{\"a\":[", "[{", "\"", "{'", "/*", "{\"a\":\"b\",c "] {
      let text = String(repeating: unit, count: 20_000)
      expectSound(TolerantJSON.read(text), unit)
    }
  }

  /// What was read must be something that can be written and read again.
  private func expectSound(_ reading: TolerantJSON.Reading, _ label: String) {
    guard let value = reading.value else { return }
    #expect(value.objectValue != nil || value.arrayValue != nil, "\(label)")
    #expect((try? JSONValue(text: value.line)) == value, "\(label)")
  }
}
