import PersonaRecords

/// A logic puzzle for a persona: `Logic puzzle: …`, one solution, and it is not told.
enum LogicPuzzle: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Logic puzzle:") }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "logic")
    if world.isChinese { return "Logic puzzle: " + ChineseWriter.puzzle(world, &random, isSpatial: false) }
    return "Logic puzzle: " + LogicFamilies.all[random.below(LogicFamilies.all.count)](&world, &random).text
  }
}

/// A puzzle about places, turns and shapes: `Spatial puzzle: …`.
enum SpatialPuzzle: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Spatial puzzle:") }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "spatial")
    if world.isChinese { return "Spatial puzzle: " + ChineseWriter.puzzle(world, &random, isSpatial: true) }
    return "Spatial puzzle: " + SpatialFamilies.all[random.below(SpatialFamilies.all.count)](&world, &random).text
  }
}

extension BuiltinModel {
  /// A logic puzzle and its answer, for tests and for whoever wants to score a solver.
  package static func logicPuzzle(persona: String, seed: UInt64) -> (text: String, answer: String) {
    var random = SeededRandom(seed: WordHash.of(text: Array(persona.utf8), seed: seed), purpose: "logic")
    var world = PersonaWorld(persona, random: &random)
    return LogicFamilies.all[random.below(LogicFamilies.all.count)](&world, &random)
  }

  /// A spatial puzzle and its answer.
  package static func spatialPuzzle(persona: String, seed: UInt64) -> (text: String, answer: String) {
    var random = SeededRandom(seed: WordHash.of(text: Array(persona.utf8), seed: seed), purpose: "spatial")
    var world = PersonaWorld(persona, random: &random)
    return SpatialFamilies.all[random.below(SpatialFamilies.all.count)](&world, &random)
  }
}
