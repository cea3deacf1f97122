import LanguageModels
package import PersonaRecords

/// An example of what is wanted, with the persona it was made for, if that is known.
package struct Demonstration: Sendable, Equatable {
  /// `""` where it is not known.
  package var persona: String
  package var output: String

  package init(persona: String, output: String) {
    self.persona = persona
    self.output = output
  }
}

/// The examples of a recipe. Source: arXiv 2406.20094, Section 3.
package struct Demonstrations: Sendable, Equatable {
  /// How many stand in one prompt, drawn by seed.
  package var count: Int
  package var all: [Demonstration]

  package init(count: Int = 2, all: [Demonstration] = []) {
    self.count = count
    self.all = all
  }

  /// Different ones, in an order that is drawn too: models lean on the last one.
  func draw(_ random: inout SeededRandom) -> [Demonstration] {
    var places = Array(all.indices)
    let wanted = min(count, places.count)
    for place in 0..<wanted { places.swapAt(place, place + random.below(places.count - place)) }
    return places.prefix(wanted).map { all[$0] }
  }

  /// The examples as they stand in a prompt.
  static func block(_ demonstrations: [Demonstration], withPersonas: Bool) -> String {
    var lines = [
      "<examples>",
      "Examples of what is wanted. Learn the form and the care from them; take over neither their topics nor their words.",
    ]
    for demonstration in demonstrations {
      lines += ["", "<example>"]
      if withPersonas { lines.append(fenced(inside(demonstration.persona), tag: "persona")) }
      lines += [withoutTag("persona", in: inside(demonstration.output)), "</example>"]
    }
    lines.append("</examples>")
    return lines.joined(separator: "\n")
  }

  private static func inside(_ text: String) -> String {
    withoutTag("example", in: withoutTag("examples", in: text))
  }
}

extension Recipe {
  /// The recipe with other demonstrations, or with another number of them in a prompt.
  package func demonstrating(_ demonstrations: Demonstrations) -> Recipe {
    var recipe = self
    recipe.demonstrations = demonstrations
    return recipe
  }

  /// What is wrong with asking in this mode; nil when all that it takes is there.
  package func obstacle(to mode: PromptMode) -> Problem? {
    guard modes.contains(mode) else {
      return Problem(
        "recipe \(name) has no mode \(mode.rawValue)",
        advice: "use one of: \(modes.map(\.rawValue).joined(separator: ", "))", consequence: .wrongUsage)
    }
    guard mode != .zeroShot else { return nil }
    guard demonstrations.count >= 1, !demonstrations.all.isEmpty else {
      return Problem(
        "mode \(mode.rawValue) needs demonstrations, and recipe \(name) has none",
        advice: "give them in the recipe, or with --demonstrations FILE", consequence: .wrongUsage)
    }
    if mode == .personaEnhancedFewShot, let place = demonstrations.all.firstIndex(where: { $0.persona.isEmpty }) {
      return Problem(
        "demonstration \(place + 1) has no persona, and mode \(mode.rawValue) shows one with each",
        advice: "give it in the recipe or the file, or have the model derive them with --infer-personas",
        consequence: .wrongUsage)
    }
    return nil
  }
}
