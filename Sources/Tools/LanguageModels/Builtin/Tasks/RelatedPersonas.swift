import PersonaRecords

/// Persona-to-Persona: `{"related":[{"relation":"…","persona":"…"}]}`.
///
/// Who is related comes from the persona's walk of life; what they have in common is the topic that the persona names.
/// Place and circumstances make each a person of their own, and only the topic travels on, so that six rounds later a
/// description is as long as the first.
enum RelatedPersonas: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName == "related_personas"
      || request.schemaName.isEmpty && request.persona != nil && request.instruction.contains("\"relation\"")
  }

  static func answer(_ request: Request) -> String {
    let persona = (request.persona ?? request.instruction).collapsingWhitespace()
    var random = SeededRandom(
      seed: WordHash.of(
        text: Array(persona.utf8), seed: request.seed ^ UInt64(truncatingIfNeeded: request.sampleNumber) << 32),
      purpose: "related")
    let related = RelatedPersonas.related(to: persona, count: request.count, random: &random)
    var line = JSONLine()
    line.object { line in
      line.key("related")
      line.array { line in
        for other in related {
          line.object { line in
            line.member("relation", other.relation)
            line.member("persona", other.persona)
          }
        }
      }
    }
    return line.text
  }

  static func related(
    to persona: String, count: Int, random: inout SeededRandom
  ) -> [(relation: String, persona: String)] {
    if let foreign = ForeignPersona(persona),
      let related = ForeignRelatedPersonas.related(to: foreign, text: persona, count: count, random: &random)
    {
      return related
    }
    let reading = PersonaReading(persona)
    let relations = Relations.shared
    var pool = relations.relations(of: reading.domain.sector)
    // Two of the walk of life to one that anybody has.
    for relation in relations.general where random.below(100) < 30 { pool.append(relation) }
    var result: [(relation: String, persona: String)] = []
    while result.count < count {
      if pool.isEmpty { pool = relations.general }
      let relation = pool.remove(at: random.below(pool.count))
      let topic =
        reading.topics.count > 1 && random.below(4) == 0 ? reading.topics[1] : reading.topic
      let text = describe(relation.sentence, topic: topic, field: reading.domain.field, random: &random)
      if text != persona, !result.contains(where: { $0.persona == text }) { result.append((relation.name, text)) }
    }
    return result
  }

  private static func describe(
    _ sentence: String, topic: String, field: String, random: inout SeededRandom
  ) -> String {
    let domains = DomainTable.shared.domains
    let occupation = random.pick(domains[random.below(domains.count)].occupations) ?? "clerk"
    var text = sentence.replacing("{a-Occ}", with: Article.with(occupation)).replacing("{Occ}", with: occupation)
      .replacing("{k}", with: topic).replacing("{f}", with: field)
    let relations = Relations.shared
    let isYoung = ["quiet ten-year-old", "small boy", "child of", "teenage", "grandchild", "substitute in", "younger"]
      .contains { sentence.hasPrefix($0) }
    if random.below(2) == 0, let place = random.pick(relations.places), let range = text.firstRange(of: " who ") {
      // The place belongs to the person, not to somebody named later.
      let head = text[..<range.lowerBound]
      if head.split(separator: " ").count <= 5 { text.replaceSubrange(range, with: " \(place) who ") }
    }
    if !isYoung, random.below(3) > 0, let trait = random.pick(relations.traits), !Self.opensWithTrait(text) {
      text = trait + " " + text
    }
    let clauses = isYoung ? relations.childhoods : relations.circumstances
    if let clause = random.pick(clauses) { text += ", " + clause }
    return Article.starting(text)
  }

  private static func opensWithTrait(_ text: String) -> Bool {
    let first = text.prefix { $0 != " " }
    return [
      "quiet", "worried", "young", "retired", "shy", "stern", "elderly", "devoted", "loyal", "reluctant", "patient",
    ]
    .contains(String(first)) || first.contains("-")
  }
}
