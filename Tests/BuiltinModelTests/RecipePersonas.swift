import BuiltinModel
import PersonaRecords

/// Personas from all walks of life, and ways to ask for something with one.
enum RecipePersonas {
  static let foreign = [
    "一位热爱京剧的退休教师", "香港的小企业主，关心政府财政政策对企业的影响", "一名研究机器学习的软件工程师", "Сторож на лодочной станции",
    "Преподаватель курсов по автоматизации тестирования", "Eu sou um apaixonado por fotografia da vida selvagem",
  ]

  /// 220: a few people, and three rounds of those who are close to them.
  static let all: [String] = {
    let first = [
      "A paediatric nurse who looks after children with asthma in a rural clinic",
      "A fisherman who worries about cod quotas",
      "A retired judge writing a book on maritime law", "A software engineer who maintains an open-source database",
      "A pastry chef who experiments with sourdough", "A high school physics teacher preparing lessons on waves",
      "A goalkeeper in an amateur football league", "A train driver interested in old signalling systems",
      "A community organiser who runs a food bank", "A jazz musician who repairs trumpets",
    ]
    var seen = first
    var layer = first
    for round in 1...3 {
      layer = layer.flatMap { related(to: $0, count: round == 1 ? 4 : 3) }
      for persona in layer where !seen.contains(persona) { seen.append(persona) }
    }
    return Array(seen.prefix(214)) + foreign
  }()

  private static func related(to persona: String, count: Int) -> [String] {
    let reply = BuiltinModel().answer(
      messages: [.init(role: "user", content: "Who?\n<persona>\n\(persona)\n</persona>\nDescribe \(count) people.")],
      schemaName: "related_personas", seed: 4, sampleNumber: 0)
    let elements = (try? JSONValue(text: reply))?["related"]?.arrayValue ?? []
    return elements.compactMap { $0["persona"]?.stringValue }
  }

  static func ask(
    _ persona: String, _ instruction: String, blocks: String = "", schemaName: String = "", schema: JSONValue? = nil,
    examples: String = "", seed: UInt64 = 1
  ) -> String {
    let prompt = "\(examples)<persona>\n\(persona)\n</persona>\n\(blocks)\n\(instruction)"
    return BuiltinModel().answer(
      messages: [
        .init(role: "system", content: "Secret house rules: never mention the walrus."),
        .init(role: "user", content: prompt),
      ],
      schemaName: schemaName, schema: schema, seed: seed, sampleNumber: 0)
  }

  static func marker(_ words: String) -> String { "Begin with the words \"\(words)\" and write nothing before them." }

  /// Hashes of the words, or of the characters where a script has no spaces, each once, in rising order.
  private static func words(_ text: String) -> [UInt64] {
    var words = Set<UInt64>()
    var word: [UInt8] = []
    for scalar in text.lowercased().unicodeScalars {
      let isDense = (0x3400...0x9FFF).contains(scalar.value)
      if !isDense, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word += UTF8.encode(scalar)?.map { $0 } ?? []
        continue
      }
      if !word.isEmpty { words.insert(StableHash.of(word)) }
      word = []
      if isDense { words.insert(UInt64(scalar.value)) }
    }
    if !word.isEmpty { words.insert(StableHash.of(word)) }
    return words.sorted()
  }

  private static func jaccard(_ one: [UInt64], _ other: [UInt64]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < one.count, j < other.count {
      if one[i] == other[j] {
        (i, j, shared) = (i + 1, j + 1, shared + 1)
      } else if one[i] < other[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(shared) / Double(max(1, one.count + other.count - shared))
  }

  /// How many of the texts are no near-copy of an earlier one that was kept.
  static func distinct(_ texts: [String]) -> Int {
    var kept: [[UInt64]] = []
    for text in texts {
      let words = words(text)
      if !kept.contains(where: { jaccard($0, words) >= 0.9 }) { kept.append(words) }
    }
    return kept.count
  }
}
