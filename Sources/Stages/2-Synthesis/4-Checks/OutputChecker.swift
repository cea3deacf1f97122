package import PersonaRecords
import ProgramSandbox
import SimilarityKernels

/// Applies the checks of one step of a recipe to one output.
package struct OutputChecker: Sendable {
  private let checks: [(kind: OutputCheck, check: Check)]
  private let leaks: PromptLeak
  private let sandbox: ProgramSandbox?

  /// - Parameters:
  ///   - checks: as the recipe states them; names were checked when it was read.
  ///   - instructions: the prompt's own words, without what was put into their places.
  /// - Throws: `Problem` when a check runs programs and there is no Python.
  package init(checks: [Check], instructions: String = "") throws(Problem) {
    self.checks = checks.compactMap { check in OutputCheck(rawValue: check.name).map { ($0, check) } }
    leaks = PromptLeak(instructions: instructions)
    sandbox = self.checks.contains { $0.kind.needsPython } ? try ProgramSandbox.python() : nil
  }

  /// The first check the output fails, in the order of the recipe; nil when it passes all.
  /// - Throws: `Problem` when a program could not be started.
  package func firstFailure(of output: CheckedOutput) throws(Problem) -> CheckFailure? {
    for (kind, check) in checks {
      if let detail = try failure(kind, check, output) { return CheckFailure(reason: kind.rawValue, detail: detail) }
    }
    return nil
  }

  /// Characters as people count them; in ASCII without line ends of two bytes these are the bytes.
  private static func characters(of text: String) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } ? text.utf8.count : text.count
  }

  private func failure(_ kind: OutputCheck, _ check: Check, _ output: CheckedOutput) throws(Problem) -> String? {
    let limits = check.limits
    let text = check.words["of"].flatMap { output.parts[$0] } ?? output.text
    switch kind {
    case .length:
      let count = Self.characters(of: text)
      // A sentence of Chinese or Japanese takes about a third of the characters of an English one.
      let factor = DenseScript.prevails(in: text) ? 3.0 : 1.0
      if let minimum = limits["minimum"], Double(count) * factor < minimum { return "\(count) characters" }
      if let maximum = limits["maximum"], Double(count) > maximum { return "\(count) characters" }
      return nil
    case .noSolution: return SolutionLeak.find(in: text).map { "\"\($0.cut(to: 60))\"" }
    case .questions:
      let count = QuestionCount.of(text, countsParts: check.words["counting"] != "marks")
      return Double(count) > limits["maximum"] ?? .infinity ? "\(count) questions" : nil
    case .hasNumber:
      if text.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { return nil }
      return text.unicodeScalars.contains { $0.properties.numericType != nil } ? nil : "no number in it"
    case .noIntroduction: return Introduction.opens(text) ? "\"\(text.cut(to: 60))\"" : nil
    case .noPersonaCopy:
      let share = SharedRun.share(of: output.persona, in: text)
      return share > limits["maximum-share"] ?? 0.8 ? "\(Int(share * 100))% of the persona word for word" : nil
    case .noDemonstrationCopy:
      let share = output.demonstrations.map { SharedRun.share(of: text, in: $0) }.max() ?? 0
      return share > limits["maximum-share"] ?? 0.5 ? "\(Int(share * 100))% of it stand in a demonstration" : nil
    case .noRefusal: return Refusal.opens(text) ? "\"\(text.cut(to: 60))\"" : nil
    case .noPromptLeak: return leaks.find(in: text).map { "\"\($0.cut(to: 80))\"" }
    case .noMarkup: return Markup.find(in: text).map { "\"\($0)\"" }
    case .noRepetition: return Repetition.find(in: text)
    case .language: return LanguageNames.mismatch(text, wanted: resolved("is", check, output), persona: output.persona)
    case .omits:
      return words(check, output).first { WordSearch.stands($0, in: text) }.map { "\"\($0)\" stands in it" }
    case .uses:
      let wanted = words(check, output)
      if wanted.isEmpty || wanted.contains(where: { WordSearch.stands($0, in: text) }) { return nil }
      return "none of \(wanted.joined(separator: ", ").cut(to: 80)) stands in it"
    case .turns: return Scene.mistake(in: text, limits: limits)
    case .codeParses: return try sandbox.flatMap { box throws(Problem) in try PythonCheck(sandbox: box).parse(text) }
    case .testsPass:
      let code = check.words["code"].flatMap { output.parts[$0] } ?? ""
      let tests = check.words["tests"].flatMap { output.parts[$0] } ?? ""
      return try sandbox.flatMap { box throws(Problem) in
        try PythonCheck(sandbox: box).run(code, tests: tests, minimum: Int(limits["minimum"] ?? 1))
      }
    case .score:
      guard let minimum = limits["minimum"] else { return nil }
      guard let score = Double(text) else { return "\"\(text.cut(to: 40))\" is no number" }
      return score < minimum ? "\(text), and at least \(minimum) is asked" : nil
    }
  }

  /// What a check is told, with the variables' values where it names some.
  private func resolved(_ word: String, _ check: Check, _ output: CheckedOutput) -> String {
    var text = check.words[word] ?? ""
    for name in Check.variables(in: text) { text = text.replacing("{{\(name)}}", with: output.values[name] ?? "") }
    return text
  }

  private func words(_ check: Check, _ output: CheckedOutput) -> [String] {
    resolved("words", check, output).split { $0 == "," || $0 == "，" || $0 == "、" }.map { $0.trimmingWhitespace() }
      .filter { !$0.isEmpty }
  }
}
