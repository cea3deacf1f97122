import PersonaRecords

/// Which families a recipe's lines `Focus: …` and `Difficulty: …` choose.
enum MathFocus {
  /// The families for what is asked; all of them, in their old order, where nothing is.
  static func families(focus: String?, difficulty: String?) -> [MathFamilies.Family] {
    guard focus != nil || difficulty != nil else { return MathFamilies.all }
    let focused = focus.map { byFocus($0.lowercased()) } ?? []
    let level = difficulty.map { byDifficulty($0.lowercased()) }
    if focused.isEmpty { return level?.flatMap(\.families) ?? MathFamilies.all }
    guard let level else { return focused.flatMap(\.families) }
    // Both: what the field has at this level, or else the field.
    let names = Set(level.map(\.name))
    let both = focused.filter { names.contains($0.name) }
    return (both.isEmpty ? focused : both).flatMap(\.families)
  }

  private struct Group {
    let name: String
    let families: [MathFamilies.Family]
  }

  private static let geometry = Group(name: "geometry", families: MathFamilies.shapes)
  private static let harderGeometry = Group(name: "harder geometry", families: MathFamilies.harderShapes)
  private static let probability = Group(name: "probability", families: MathFamilies.chance)
  private static let harderProbability = Group(name: "harder probability", families: MathFamilies.harderChance)
  private static let finance = Group(name: "finance", families: MathFamilies.money)
  private static let harderFinance = Group(name: "harder finance", families: MathFamilies.harderMoney)
  private static let counting = Group(name: "counting", families: MathFamilies.counting)
  private static let numbers = Group(name: "numbers", families: MathFamilies.contest)
  private static let algebra = Group(name: "algebra", families: MathFamilies.advanced)
  private static let everyday = Group(name: "everyday", families: MathFamilies.everyday)
  private static let statistics = Group(name: "statistics", families: MathFamilies.averages)
  private static let analysis = Group(name: "analysis", families: MathFamilies.analysis)

  private static func byFocus(_ focus: String) -> [Group] {
    let table: [(String, [Group])] = [
      ("geometr", [geometry, harderGeometry]), ("shape", [geometry, harderGeometry]),
      ("probab", [probability, harderProbability]),
      ("chance", [probability]), ("financ", [finance, harderFinance]), ("money", [finance, harderFinance]),
      ("interest", [finance, harderFinance]),
      ("combinat", [counting]), ("counting", [counting]), ("number", [counting, numbers]), ("algebra", [algebra]),
      ("equation", [algebra]), ("statist", [statistics]), ("average", [statistics]), ("arithmetic", [everyday]),
      ("calculus", [analysis]), ("analysis", [analysis]), ("optimi", [analysis, algebra]),
    ]
    var groups: [Group] = []
    for (word, found) in table where focus.contains(word) {
      groups += found.filter { group in !groups.contains { $0.name == group.name } }
    }
    return groups
  }

  private static func byDifficulty(_ difficulty: String) -> [Group] {
    if difficulty.contains("olymp") || difficulty.contains("contest") || difficulty.contains("competition") {
      return [numbers, harderGeometry, harderProbability]
    }
    if difficulty.contains("univ") || difficulty.contains("college") || difficulty.contains("undergrad") {
      return [analysis, harderFinance, harderProbability]
    }
    if difficulty.contains("high") || difficulty.contains("secondary") {
      return [algebra, counting, probability, geometry, finance, statistics]
    }
    if difficulty.contains("grade") || difficulty.contains("element") || difficulty.contains("primary")
      || difficulty.contains("easy")
    {
      return [everyday, statistics]
    }
    return []
  }
}
