/// `prompt-leak`: words of our prompts in the description; "the persona" as if the reader knew which.
///
/// Somebody may make personas (user research) or have one (the stage): "a persona", "personas", "her stage persona" and
/// "the persona of …" say nothing.
enum PromptLeakRule {
  static func isBroken(by reading: PersonaReading) -> Bool {
    reading.hasPhrase(of: .promptLeak) || speaksOfThePersona(reading)
  }

  private static func speaksOfThePersona(_ reading: PersonaReading) -> Bool {
    for place in reading.words.indices.dropFirst() {
      guard reading.isWord(place, "persona") || reading.isWord(place, "persona's"), reading.isWord(place - 1, "the")
      else { continue }
      if reading.isWord(place + 1, "of") || reading.isWord(place + 1, "she") || reading.isWord(place + 1, "he") {
        continue
      }
      // "behind the persona", "adopts the persona": the mask of an artist.
      let masks: [StaticString] = ["behind", "adopts", "assumes", "plays", "created", "adopting", "between"]
      if place >= 2, masks.contains(where: { reading.isWord(place - 2, $0) }) { continue }
      return true
    }
    return false
  }
}
