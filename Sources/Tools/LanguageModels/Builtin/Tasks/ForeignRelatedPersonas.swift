import PersonaRecords

/// Persona-to-Persona in the persona's own language: somebody beside it, and the topic that both share.
enum ForeignRelatedPersonas {
  /// nil for a language without a table.
  static func related(
    to persona: ForeignPersona, text: String, count: Int, random: inout SeededRandom
  ) -> [(relation: String, persona: String)]? {
    guard let row = rows[persona.language] else { return nil }
    let endings = row.endings + ForeignPersonaWriter.allEndings(of: persona.language)
    let topics = persona.topics.isEmpty ? [row.topic] : persona.topics
    var result: [(relation: String, persona: String)] = []
    var attempts = 0
    var people = row.people
    while result.count < count {
      attempts += 1
      // Each relation once, as long as there are others.
      if people.isEmpty { people = row.people }
      let person = people.remove(at: random.below(people.count))
      let topic = topics[random.below(min(topics.count, 2))]
      let described = ForeignPersonaWriter.joined(
        person.person, ending: endings[random.below(endings.count)], topic: topic)
      // More people than the table has may be asked for: then some come twice.
      let isNew = described != text && !result.contains { $0.persona == described }
      if isNew || attempts > count * 40 { result.append((person.relation, described)) }
    }
    return result
  }

  /// The ends of sentences that only related personas have.
  static func endings(of language: String) -> [String] { rows[language]?.endings ?? [] }

  private struct Row: Sendable {
    var people: [(relation: String, person: String)]
    var endings: [String]
    var topic: String
  }

  private static let rows: [String: Row] = {
    var rows: [String: Row] = [:]
    for line in ForeignRelationTable.table.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      precondition(fields.count == 4, "a row of foreign relations has four fields: \(line)")
      let people = fields[1].split(separator: ";").map { entry in
        let parts = entry.split(separator: "=").map { String($0) }
        precondition(parts.count == 2, "a relation has a name and a person: \(entry)")
        return (relation: parts[0], person: parts[1])
      }
      rows[fields[0]] = Row(
        people: people, endings: fields[2].split(separator: "|").map { String($0) }, topic: fields[3])
    }
    return rows
  }()
}
