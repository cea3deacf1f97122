import BuiltinModel
import PersonaRecords
import Testing

/// Answers in JSON: tools, reactions, panels, judgements, and schemas of anybody.
struct SchemaTasksTests {
  private typealias P = RecipePersonas

  @Test func toolsHaveTheirKeysAndAreDistinct() throws {
    var texts: [String] = []
    for persona in P.all {
      let text = P.ask(persona, "Invent a tool.", schemaName: "tool_interface")
      texts.append(text)
      let tool = try JSONValue(text: text)
      let keys = tool.objectValue?.map(\.key)
      #expect(keys == ["name", "description", "function_name", "input_args", "return", "depend"])
      let function = try tool.string("function_name")
      #expect(function.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") } && !function.isEmpty)
      for argument in try #require(tool["input_args"]?.objectValue) {
        #expect(argument.value.objectValue?.map(\.key) == ["type", "description", "required"])
      }
      #expect(tool["return"]?.objectValue?.map(\.key) == ["type", "description"])
      #expect(tool["depend"]?.arrayValue?.isEmpty == false)
      #expect(!text.contains("{record}") && !text.contains("{one}") && !text.contains("{k}"))
    }
    #expect(P.distinct(texts) * 10 >= texts.count * 9, "\(P.distinct(texts))")
  }

  private static let stances = try? JSONValue(
    text: #"{"type":"object","properties":{"stance":{"enum":["support","oppose","mixed","indifferent"]}}}"#)

  @Test func reactionsHaveAStanceAndReasons() throws {
    var counts: [String: Int] = [:]
    for (number, persona) in P.all.enumerated() {
      let text = P.ask(
        persona, "React.", blocks: "<subject>\nA sugar tax\n</subject>", schemaName: "reaction", schema: Self.stances,
        seed: UInt64(number))
      let reaction = try JSONValue(text: text)
      counts[try reaction.string("stance"), default: 0] += 1
      let reasons = try #require(reaction["reasons"]?.arrayValue)
      #expect((1...3).contains(reasons.count))
      #expect(try !reaction.string("reaction").hasPrefix("As a"))
      #expect(Set(reasons.compactMap(\.stringValue)).count == reasons.count)
    }
    #expect(
      Set(counts.keys).isSubset(of: ["support", "oppose", "mixed", "indifferent"]) && counts.count >= 3, "\(counts)")
  }

  private static let panel = try? JSONValue(
    text: """
      {"type":"object","properties":{"answer":{"type":"string"},"choice":{"enum":["bus","tram","bicycle"]},
      "rating":{"type":"integer","minimum":0,"maximum":10}}}
      """)

  @Test func panelsKeepToTheChoicesAndLeanByWalkOfLife() throws {
    var counts: [String: Int] = [:]
    let nurse = "A ward nurse who cares about patients"
    var ofNurses: [String: Int] = [:]
    for (number, persona) in P.all.enumerated() {
      for (who, isNurse) in [(persona, false), (nurse, true)] {
        let answer = try JSONValue(
          text: P.ask(
            who, "Answer.", blocks: "<question>\nWhat should be built?\n</question>", schemaName: "panel_answer",
            schema: Self.panel, seed: UInt64(number)))
        let rating = try answer.int("rating")
        #expect((0...10).contains(rating))
        let choice = try answer.string("choice")
        if isNurse { ofNurses[choice, default: 0] += 1 } else { counts[choice, default: 0] += 1 }
      }
    }
    #expect(Set(counts.keys) == ["bus", "tram", "bicycle"])
    // Equal walks of life mostly agree, and not all of them.
    let most = try #require(ofNurses.values.max())
    #expect(most * 2 > P.all.count && most < P.all.count, "\(ofNurses)")
  }

  @Test func judgementsFollowTheSurface() throws {
    func score(_ output: String) throws -> Int {
      let text = P.ask(P.all[1], "Score.", blocks: "<output>\n\(output)\n</output>", schemaName: "judgement")
      return try JSONValue(text: text).int("score")
    }
    let good =
      "Last winter the cod quotas were cut by half, and the harbour fell silent. Two boats were sold. I kept mine, mended the "
      + "nets, and waited for the spring tide with everybody else on the quay."
    #expect(try score("ok") == 1)
    #expect(try score(good) == 5)
    #expect(try score(String(repeating: "The ferry was late again today. ", count: 6)) < score(good))
  }

  private static let card = try? JSONValue(
    text: """
      {"type":"object","required":["title","mood","age","tags","day","note"],"properties":{
      "title":{"type":"string","maxLength":40},"mood":{"enum":["good","bad"]},"age":{"type":"integer","minimum":18,"maximum":20},
      "tags":{"type":"array","items":{"type":"string"},"minItems":2},"extra":{"type":"string"},"share":{"type":"number"},
      "day":{"type":"object","properties":{"morning":{"type":"string","minLength":200,"maxLength":260},"isFree":{"type":"boolean"}}},
      "note":{"anyOf":[{"$ref":"#/$defs/note"},{"type":"null"}]}},"$defs":{"note":{"type":"object","properties":{"k":{"const":7}}}}}
      """)

  @Test func anySchemaIsFilled() throws {
    var texts: [String] = []
    for persona in P.all {
      let text = P.ask(persona, "Fill it.", schemaName: "card", schema: Self.card)
      texts.append(text)
      let card = try JSONValue(text: text)
      #expect(card.objectValue?.map(\.key) == ["title", "mood", "age", "tags", "day", "note"])
      #expect(try card.string("title").count <= 40)
      #expect(try (18...20).contains(card.int("age")) && ["good", "bad"].contains(card.string("mood")))
      #expect((2...4).contains(card["tags"]?.arrayValue?.count ?? 0))
      let morning = try #require(card["day"]).string("morning")
      #expect((200...260).contains(morning.count), "\(morning.count)")
      #expect(card["day"]?["isFree"]?.boolValue != nil && card["note"]?["k"]?.intValue == 7)
    }
    #expect(P.distinct(texts) * 10 >= texts.count * 9)
  }

  @Test func aSchemaThatHoldsItselfEnds() throws {
    let schema = try JSONValue(text: ##"{"type":"object","properties":{"child":{"$ref":"#"}}}"##)
    let text = P.ask(P.all[0], "Fill it.", schemaName: "tree", schema: schema)
    #expect(try JSONValue(text: text).objectValue != nil)
  }

  @Test func sectionsAreWrittenInTheirOrder() {
    let text = P.ask(P.all[0], "Write these sections:\nMorning: what happens\nEvening: what happens\n\nRules: be brief")
    #expect(text.split(separator: "\n").map { $0.prefix { $0 != ":" } } == ["Morning", "Evening"])
  }
}
