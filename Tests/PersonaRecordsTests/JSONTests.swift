import Foundation
import PersonaRecords
import Testing

@Suite struct JSONTests {
  @Test func readsWhatFoundationReads() throws {
    var random = SeededRandom(seed: 11)
    for round in 0..<400 {
      let value = Self.randomValue(&random, depth: 0)
      let line = value.line
      #expect(try JSONValue(text: line) == value, "seed 11, round \(round): \(line)")
      let foundation = try JSONSerialization.jsonObject(with: Data(line.utf8), options: [.fragmentsAllowed])
      #expect(Self.isSame(value, foundation), "seed 11, round \(round): \(line)")
    }
  }

  @Test(arguments: [
    #"{"a":1,}"#, #"{"a" 1}"#, "[1,2", "01", "1.", "1e", "-", "+1", "tru", #""\ud800""#, #""\ud800\u0041""#,
    #""\udc00""#,
    "\"a\u{1}b\"", #""\x""#, #""\u12g4""#, "{} {}", "", "nul", "[1 2]", #"{"a":}"#, "'a'", "\"abc",
  ])
  func refusesWhatIsNotJSON(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(text: text) }
  }

  @Test func refusesInvalidUTF8AndNamesTheByte() {
    let bytes: [UInt8] = Array("{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(utf8: bytes) }
    #expect(error?.reason.contains("UTF-8") == true)
  }

  @Test func deepNestingIsAnErrorAndNoCrash() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(text: text) }
  }

  @Test func neverTrapsWhateverTheBytes() {
    var random = SeededRandom(seed: 3)
    let alphabet = Array(#"{}[]":,\u0aeE+-.1 tfn"#.utf8) + [0x00, 0x0A, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
    for _ in 0..<20_000 {
      let bytes = (0..<random.below(24)).map { _ in random.pick(alphabet) ?? 0 }
      if let value = try? JSONValue(utf8: bytes) { #expect((try? JSONValue(text: value.line)) == value) }
    }
  }

  @Test func surrogatePairsAndEscapesAreRead() throws {
    let value = try JSONValue(text: #""\ud83d\ude00 \u00e9 \n\t\"\\\/""#)
    #expect(value.stringValue == "😀 é \n\t\"\\/")
  }

  private static func randomValue(_ random: inout SeededRandom, depth: Int) -> JSONValue {
    switch random.below(depth > 3 ? 5 : 7) {
    case 0: .null
    case 1: .bool(random.below(2) == 0)
    case 2: .number(String(Int(truncatingIfNeeded: random.next()) >> 20))
    case 3: .number(["0.5", "-12.25", "1e3", "2.5E-2"][random.below(4)])
    case 4: .string(randomText(&random))
    case 5: .array((0..<random.below(4)).map { _ in randomValue(&random, depth: depth + 1) })
    default:
      .object(
        (0..<random.below(4)).map { place in
          JSONValue.Member("\(place)\(randomText(&random))", randomValue(&random, depth: depth + 1))
        })
    }
  }

  private static func randomText(_ random: inout SeededRandom) -> String {
    let pieces = ["a", "é", "日", "😀", "\"", "\\", "\n", "\u{1}", "\u{7F}", " ", "/", "\u{202E}"]
    return (0..<random.below(6)).map { _ in random.pick(pieces) ?? "" }.joined()
  }

  private static func isSame(_ value: JSONValue, _ other: Any) -> Bool {
    switch value {
    case .null: other is NSNull
    case .bool(let flag): (other as? Bool) == flag
    case .number(let spelling): (other as? NSNumber)?.doubleValue == Double(spelling)
    case .string(let text): (other as? String) == text
    case .array(let elements):
      (other as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy { isSame($0, $1) } } ?? false
    case .object(let members):
      (other as? [String: Any]).map { object in
        members.allSatisfy { member in object[member.key].map { isSame(member.value, $0) } ?? false }
      } ?? false
    }
  }
}
