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
      #expect(!other.relation.isEmpty && other.persona.hasPrefix("A"))
      #expect(other.persona.utf8.count > 30 && other.persona.utf8.count < 320)
    }
  }

  @Test func relationsCarryTheTopicOver() throws {
    let others = try related(to: Self.nurse, count: 8)
    #expect(others.contains { $0.persona.contains("asthma") || $0.persona.contains("rural clinic") })
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
