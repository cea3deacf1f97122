import PersonaRecords

enum ChineseWriter {
  static func article(_ world: PersonaWorld, _ random: inout SeededRandom, section: String) -> String { "" }
  static func puzzle(_ world: PersonaWorld, _ random: inout SeededRandom, isSpatial: Bool) -> String { "？" }
}
