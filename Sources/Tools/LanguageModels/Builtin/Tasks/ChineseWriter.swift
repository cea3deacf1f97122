import PersonaRecords

enum ChineseWriter {
  static func article(_ world: PersonaWorld, _ random: inout SeededRandom, section: String) -> String { "" }
}
