package import PersonaRecords

/// The checks there are, by the names recipes use.
package enum OutputCheck: String, Sendable, CaseIterable {
  case length
  case noSolution = "no-solution"
  case questions
  case hasNumber = "has-number"
  case noIntroduction = "no-introduction"
  case noPersonaCopy = "no-persona-copy"
  case noRefusal = "no-refusal"
  case noPromptLeak = "no-prompt-leak"

  /// The limits each takes.
  package static var limitNames: [String: [String]] {
    Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.limits) })
  }

  private var limits: [String] {
    switch self {
    case .length: ["minimum", "maximum"]
    case .questions: ["maximum"]
    case .noPersonaCopy: ["maximum-share"]
    default: []
    }
  }

  /// What the check asks for, in one sentence.
  package var summary: String {
    switch self {
    case .length: "between `minimum` and `maximum` characters long"
    case .noSolution: "the problem does not bring its own solution or answer"
    case .questions: "at most `maximum` questions are asked"
    case .hasNumber: "there is a number to calculate with"
    case .noIntroduction: "does not open by introducing the persona (\"As a chemist, …\")"
    case .noPersonaCopy: "at most `maximum-share` of the persona's words stand in one unbroken row in the output"
    case .noRefusal: "the model did the work instead of declining"
    case .noPromptLeak: "no rules or tags of the prompt stand in the output"
    }
  }
}

/// Why an output was rejected.
package struct CheckFailure: Sendable, Equatable {
  /// The check's name, or `marker-missing`, `cut-by-length`, `empty`, `content-filter`.
  package let reason: String
  package let detail: String

  package init(reason: String, detail: String) {
    self.reason = reason
    self.detail = detail
  }
}

/// Applies a recipe's checks to one output.
package struct OutputChecker: Sendable {
  private let checks: [(kind: OutputCheck, limits: [String: Double])]

  /// - Parameter checks: as the recipe states them; names were checked when it was read.
  package init(checks: [Check]) {
    self.checks = checks.compactMap { check in
      OutputCheck(rawValue: check.name).map { ($0, check.limits) }
    }
  }

  /// The first check the output fails, in the order of the recipe; nil when it passes all.
  package func firstFailure(of output: String, persona: String) -> CheckFailure? {
    for (kind, limits) in checks {
      if let detail = failure(kind, limits, output, persona) {
        return CheckFailure(reason: kind.rawValue, detail: detail)
      }
    }
    return nil
  }

  /// Characters as people count them; in ASCII without line ends of two bytes these are the bytes.
  private static func characters(of text: String) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } ? text.utf8.count : text.count
  }

  private func failure(_ kind: OutputCheck, _ limits: [String: Double], _ output: String, _ persona: String) -> String?
  {
    switch kind {
    case .length:
      let count = Self.characters(of: output)
      // A sentence of Chinese or Japanese takes about a third of the characters of an English one.
      let factor = DenseScript.prevails(in: output) ? 3.0 : 1.0
      if let minimum = limits["minimum"], Double(count) * factor < minimum { return "\(count) characters" }
      if let maximum = limits["maximum"], Double(count) > maximum { return "\(count) characters" }
      return nil
    case .noSolution: return SolutionLeak.find(in: output).map { "\"\($0.cut(to: 60))\"" }
    case .questions:
      let count = QuestionCount.of(output)
      return Double(count) > limits["maximum"] ?? .infinity ? "\(count) questions" : nil
    case .hasNumber:
      if output.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { return nil }
      return output.unicodeScalars.contains { $0.properties.numericType != nil } ? nil : "no number in it"
    case .noIntroduction: return Introduction.opens(output) ? "\"\(output.cut(to: 60))\"" : nil
    case .noPersonaCopy:
      let share = PersonaCopy.longestSharedRun(persona: persona, output: output)
      return share > limits["maximum-share"] ?? 1 ? "\(Int(share * 100))% of the persona word for word" : nil
    case .noRefusal: return Refusal.opens(output) ? "\"\(output.cut(to: 60))\"" : nil
    case .noPromptLeak: return PromptLeak.find(in: output).map { "\"\($0)\"" }
    }
  }
}
