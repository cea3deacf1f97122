package import LanguageModels
package import PersonaRecords

/// One instance to be made: a persona, and what was drawn for it.
package struct Assignment: Sendable {
  package let persona: Persona
  /// Which of the persona's instances this is, from 0.
  package let number: Int
  package let values: [DrawnValue]
  package let demonstrations: [Demonstration]
}

/// What a step of a recipe answered, as later prompts may use it.
package struct StepAnswer: Sendable {
  package let step: String
  package let answer: ReadAnswer

  package init(step: String, answer: ReadAnswer) {
    self.step = step
    self.answer = answer
  }
}

extension Recipe {
  /// Draws the variables and demonstrations of one instance.
  ///
  /// - Parameter seed: mixed with the persona's id, so that the sample's order or size changes nothing.
  package func assignment(of persona: Persona, number: Int, seed: UInt64) -> Assignment {
    let own = StableHash.of("\(name)\u{0}\(persona.id)\u{0}\(number)".utf8, seed: seed)
    var values: [DrawnValue] = []
    for variable in variables {
      var random = SeededRandom(seed: own, purpose: "variable \(variable.name)")
      let (text, field) = variable.kind.draw(&random, earlier: values)
      values.append(DrawnValue(name: variable.name, text: text, field: field))
    }
    var random = SeededRandom(seed: own, purpose: "demonstrations")
    return Assignment(
      persona: persona, number: number, values: values, demonstrations: demonstrations.draw(&random))
  }

  /// What is asked in one step.
  ///
  /// - Parameters:
  ///   - step: its place among the steps.
  ///   - answers: those of the steps before.
  ///   - overrides: sampling settings typed by the user; they beat those of the recipe.
  package func request(
    step: Int, of assignment: Assignment, after answers: [StepAnswer], mode: PromptMode, model: String,
    overrides: Sampling, seed: UInt64
  ) throws(Problem) -> ModelRequest {
    if let obstacle = obstacle(to: mode) { throw obstacle }
    let asked = steps[step]
    guard let prompt = asked.prompts[mode] else { throw Problem("recipe \(name) has no prompt for \(mode.rawValue)") }
    var messages = prompt.messages(places(of: assignment, after: answers, mode: mode))
    if mode != .zeroShot, step == 0, !prompt.variables.contains("demonstrations"),
      let last = messages.lastIndex(where: { $0.role == .user })
    {
      messages[last].content = examples(of: assignment, mode) + "\n\n" + messages[last].content
    }
    var sampling = asked.sampling.overridden(by: overrides)
    var purpose = "\(name)\u{0}\(assignment.persona.id)"
    if assignment.number > 0 || step > 0 { purpose += "\u{0}\(assignment.number)\u{0}\(step)" }
    // 31 bits: every server takes such a seed.
    sampling.seed = overrides.seed ?? StableHash.of(purpose.utf8, seed: seed) >> 33
    // A seed that the user fixed must not make all instances of a persona one.
    return ModelRequest(
      model: model, messages: messages, sampling: sampling, format: asked.form.replyFormat,
      sampleNumber: overrides.seed == nil ? 0 : assignment.number)
  }

  private func examples(of assignment: Assignment, _ mode: PromptMode) -> String {
    Demonstrations.block(assignment.demonstrations, withPersonas: mode == .personaEnhancedFewShot)
  }

  /// The values of a prompt's places. Long texts and those of unknown origin stand between tags of their name.
  private func places(
    of assignment: Assignment, after answers: [StepAnswer], mode: PromptMode
  ) -> [String: PromptTemplate.Value] {
    var places: [String: PromptTemplate.Value] = ["persona": .text(fenced(assignment.persona.text, tag: "persona"))]
    if mode != .zeroShot { places["demonstrations"] = .text(examples(of: assignment, mode)) }
    for (value, variable) in zip(assignment.values, variables) {
      places[value.name] = .text(
        variable.isBlock && !value.text.isEmpty ? fenced(value.text, tag: value.name) : value.text)
    }
    // What a judge is shown.
    if let first = answers.first { places["output"] = .text(fenced(first.answer.text, tag: "output")) }
    for (place, said) in answers.enumerated() {
      places[said.step] = .text(fenced(said.answer.text, tag: said.step))
      // Parts of later answers have no names of their own in a prompt.
      for part in place == 0 ? said.answer.parts : [] { places[part.name] = .text(fenced(part.text, tag: part.name)) }
    }
    return places
  }
}

extension Recipe {
  /// The recipe with a judge's verdict as its last step: what it scores below the minimum is rejected.
  ///
  /// The judge is a recipe whose prompt uses `{{persona}}` and `{{output}}`, and whose answer is JSON with a `score`.
  /// - Throws: `Problem` when it is none.
  package func judged(by judge: Recipe, minimum: Double?) throws(Problem) -> Recipe {
    func refusal(_ what: String) -> Problem {
      Problem(
        "recipe \(judge.name) is no judge: \(what)", advice: "see how one is written: persona-hub recipes show judge",
        consequence: .wrongUsage)
    }
    guard judge.steps.count == 1, let step = judge.steps.first, let prompt = step.prompts[.zeroShot] else {
      throw refusal("it has more than one step, or no zero-shot mode")
    }
    guard prompt.variables.contains("output"), judge.variables.map(\.name) == ["output"] else {
      throw refusal("its one variable should be output, and its prompt should use it")
    }
    guard step.form.partNames.contains("score") else { throw refusal("its answer has no part \"score\"") }
    guard !steps.contains(where: { $0.name == "judge" }), !variables.contains(where: { $0.name == "judge" }) else {
      throw refusal("recipe \(name) has a step or variable of the name judge already")
    }
    var checks = step.checks
    if let minimum {
      checks.removeAll { $0.name == "score" }
      checks.append(Check(name: "score", limits: ["minimum": minimum], words: ["of": "score"]))
    }
    var recipe = self
    recipe.steps.append(
      RecipeStep(
        name: "judge", prompts: Dictionary(uniqueKeysWithValues: PromptMode.allCases.map { ($0, prompt) }),
        sampling: step.sampling, form: step.form, checks: checks))
    return recipe
  }
}
