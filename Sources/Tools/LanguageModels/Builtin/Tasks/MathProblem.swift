import PersonaRecords

/// A math problem for a persona: `Math problem: …`, no solution in it.
enum MathProblem: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName.isEmpty && request.instruction.contains("Math problem:")
  }

  static func answer(_ request: Request) -> String {
    BuiltinModel.mathProblem(
      persona: request.persona ?? request.instruction,
      seed: request.seed &+ StableHash.mix(UInt64(truncatingIfNeeded: request.sampleNumber)),
      focus: request.setting("Focus"), difficulty: request.setting("Difficulty")
    ).text
  }
}

extension BuiltinModel {
  /// A problem from the persona's world, and its answer.
  ///
  /// - Parameters:
  ///   - focus: a field of mathematics ("geometry", "finance and probability"); nil for any.
  ///   - difficulty: "grade school", "high school", "university" or "olympiad"; nil for any. Unknown words choose nothing.
  /// - Returns: the text with its marker in front, at most two questions and no solution in it; and the answer: a whole
  ///   number, a fraction in lowest terms, or two of them joined by "and".
  package static func mathProblem(
    persona: String, seed: UInt64, focus: String? = nil, difficulty: String? = nil
  ) -> (text: String, answer: String) {
    let persona = persona.collapsingWhitespace()
    var random = SeededRandom(seed: WordHash.of(text: Array(persona.utf8), seed: seed), purpose: "math")
    let setting = MathSetting(persona: persona, random: &random)
    let chosen = MathFocus.families(focus: focus, difficulty: difficulty)
    let families = chosen.isEmpty ? MathFamilies.all : chosen
    let family = families[random.below(families.count)]
    let problem = family(setting, &random)
    let opening = [
      "\(setting.who) is busy with \(setting.topic).", "\(setting.who) takes care of \(setting.topic) this month.",
      "For a project on \(setting.topic), \(Article.with(setting.role)) plans the work in the \(setting.place).",
      "\(setting.who) is getting ready for a busy week with \(setting.topic).",
    ]
    let start = opening[random.below(opening.count)]
    return ("\(PaperSettings.mathMarker) \(start) \(problem.text)", problem.answer)
  }
}
