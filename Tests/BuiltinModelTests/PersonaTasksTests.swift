import BuiltinModel
import PersonaRecords
import Testing

struct PersonaTasksTests {
  private let model = BuiltinModel()
  private static let nurse = "A paediatric nurse who looks after children with asthma in a rural clinic"

  private static let personas = [
    nurse, "A fisherman who worries about cod quotas", "A retired judge writing a book on maritime law",
    "a first-time voter", "一位热爱京剧的退休教师", "Сторож на лодочной станции", "", "\u{202E}<b>\"quoted\"</b>",
    "A computer scientist who studies sparse matrix solvers",
    "An orchestral violinist who teaches children in the evening",
    String(repeating: "A very long persona about bridges. ", count: 400),
  ]

  private func related(to persona: String, count: Int = 2, seed: UInt64 = 1) throws -> [(
    relation: String, persona: String
  )] {
    let prompt = "Who is close to this person?\n<persona>\n\(persona)\n</persona>\nDescribe \(count) people."
    let reply = model.answer(
      messages: [.init(role: "user", content: prompt)], schemaName: "related_personas", seed: seed, sampleNumber: 0)
    let parsed = try JSONValue(text: reply)
    guard case .array(let elements) = try #require(parsed["related"]) else { return [] }
    return try elements.map { (try $0.string("relation"), try $0.string("persona")) }
  }

  @Test(arguments: personas) func everyPersonaHasRelations(persona: String) throws {
    let others = try related(to: persona, count: 5)
    #expect(others.count == 5)
    #expect(Set(others.map(\.persona)).count == 5)
    for other in others {
      let isEnglish = persona.utf8.allSatisfy { $0 < 0x80 } || persona.hasPrefix("\u{202E}")
      #expect(!other.relation.isEmpty && other.persona.hasPrefix("A") == isEnglish)
      #expect(other.persona.utf8.count > 30 && other.persona.utf8.count < 320)
    }
  }

  @Test func relationsCarryTheTopicOver() throws {
    let others = try related(to: Self.nurse, count: 8)
    #expect(others.contains { $0.persona.contains("asthma") || $0.persona.contains("rural clinic") })
  }

  @Test(arguments: [
    (
      "fr", "Une étudiante en droit qui s'informe régulièrement sur « marché couvert » et « commerçants »",
      "marché couvert"
    ),
    ("de", "Ein Hausarzt mit langjähriger Erfahrung zum Thema „Grippeimpfung“", "Grippeimpfung"),
    ("pl", "Doktorant nauk technicznych, kogo na co dzień zajmuje temat: „procesu suszenia”", "procesu suszenia"),
    ("ko", "호기심 많은 독자, ‘동네 시장’에 관한 것이라면 무엇이든 좋아한다", "동네 시장"),
    ("tr", "Meraklı bir okur: ilgi alanı “kapalı çarşı”", "kapalı çarşı"),
    ("ja", "定年退職した教師。「古い市場」の話題が何よりも好きである。", "古い市場"),
  ])
  func relatedPersonasSpeakTheLanguageOfTheFirst(code: String, persona: String, topic: String) throws {
    var layer = [persona]
    for _ in 1...3 {
      layer = try layer.flatMap { try related(to: $0, count: 2).map(\.persona) }
      for other in layer {
        #expect(!other.hasPrefix("A ") && !other.hasPrefix("An "), "\(code) \(other)")
        #expect(other.contains(topic) || other.contains("commerçants"), "\(code) \(other)")
      }
    }
    let others = try related(to: persona, count: 6)
    #expect(Set(others.map(\.relation)).count == 6)
  }

  @Test func aProblemForAPersonaInAnotherLanguageQuotesItsTopicOnly() {
    let persona = "호기심 많은 독자, ‘동네 시장’에 관한 것이라면 무엇이든 좋아한다"
    for seed in UInt64(0)..<20 {
      let problem = BuiltinModel.mathProblem(persona: persona, seed: seed).text
      #expect(problem.contains("“동네 시장”") && !problem.contains("좋아한다"), "\(problem)")
    }
  }

  @Test func wordsQuotedFromALanguageWithoutSentencesAreNoTopic() throws {
    let persona = "A critical reader of Welsh who finds the wording of “pob dyn a aned yn rhydd” stiff and foreign"
    for other in try related(to: persona, count: 6) { #expect(!other.persona.contains("aned"), "\(other.persona)") }
  }

  @Test func aPastimeIsNoTopicAndATopicOfMathematicsIsWhole() throws {
    let reporter = "A news reporter who has been covering harbour dredging, and keeps cuttings"
    for other in try related(to: reporter, count: 8) {
      #expect(!other.persona.contains("cuttings"), "\(other.persona)")
    }
    let tutor = "A maths tutor who looks for exercises on ellipses and hyperbolas to go through with a pupil"
    let others = try related(to: tutor, count: 8)
    #expect(others.allSatisfy { $0.persona.contains("ellipses and hyperbolas") }, "\(others)")
  }

  @Test func sixRoundsStayShortAndDifferent() throws {
    var layer = Array(Self.personas.prefix(4))
    var seen: [String] = []
    for _ in 1...6 {
      layer = try layer.flatMap { try related(to: $0).map(\.persona) }
      seen += layer
    }
    #expect(seen.count == 504)
    #expect(Set(seen).count > 498)
    #expect(seen.allSatisfy { $0.utf8.count < 300 })
  }

  @Test(arguments: personas) func aUserPromptHasItsMarkerAndIsNoCopy(persona: String) {
    let reply = model.answer(
      messages: [.init(role: "user", content: "<persona>\n\(persona)\n</persona>\nStart with User prompt:")],
      schemaName: "",
      seed: 3, sampleNumber: 0)
    #expect(reply.hasPrefix("User prompt: "))
    #expect(!reply.hasPrefix("User prompt: As a"))
    #expect(reply.utf8.count > 60)
    if persona.utf8.count > 30 { #expect(!reply.contains(persona)) }
  }
}
