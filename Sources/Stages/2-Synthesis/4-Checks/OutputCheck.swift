package import PersonaRecords

/// The checks there are, by the names recipes use.
package enum OutputCheck: String, Sendable, CaseIterable {
  case length
  case noSolution = "no-solution"
  case questions
  case hasNumber = "has-number"
  case noIntroduction = "no-introduction"
  case noPersonaCopy = "no-persona-copy"
  case noDemonstrationCopy = "no-demonstration-copy"
  case noRefusal = "no-refusal"
  case noPromptLeak = "no-prompt-leak"
  case noMarkup = "no-markup"
  case noRepetition = "no-repetition"
  case language
  case omits
  case uses
  case turns
  case codeParses = "code-parses"
  case testsPass = "tests-pass"
  case score

  /// What each may be told.
  package static var shapes: [String: CheckShape] {
    Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.shape) })
  }

  private var shape: CheckShape {
    let count = 0.0...10_000_000
    let part: [String: Set<String>?] = ["of": nil]
    return switch self {
    case .length:
      CheckShape(limits: ["minimum": count, "maximum": 1...10_000_000], words: part, oneOf: ["minimum", "maximum"])
    case .questions:
      CheckShape(
        limits: ["maximum": count], words: ["of": nil, "counting": ["marks", "marks-and-parts"]], required: ["maximum"])
    case .noPersonaCopy, .noDemonstrationCopy: CheckShape(limits: ["maximum-share": 0...1], words: part)
    case .language: CheckShape(words: ["of": nil, "is": LanguageNames.known], required: ["is"])
    case .omits, .uses: CheckShape(words: ["of": nil, "words": nil], required: ["words"])
    case .turns:
      CheckShape(
        limits: ["minimum": 1...1000, "maximum": 1...1000, "speakers": 1...100], words: part,
        oneOf: ["minimum", "maximum", "speakers"])
    case .codeParses: CheckShape(words: part)
    case .testsPass:
      CheckShape(limits: ["minimum": count], words: ["code": nil, "tests": nil], required: ["code", "tests"])
    case .score: CheckShape(limits: ["minimum": -1_000_000...1_000_000], words: part, required: ["of", "minimum"])
    default: CheckShape(words: part)
    }
  }

  /// What the check asks for, in one sentence.
  package var summary: String {
    switch self {
    case .length: "between `minimum` and `maximum` characters long"
    case .noSolution: "the problem does not bring its own solution or answer"
    case .questions:
      "at most `maximum` questions are asked, by question marks or labelled parts (`counting: marks`: by marks alone)"
    case .hasNumber: "there is a number to calculate with"
    case .noIntroduction: "does not open by introducing the persona (\"As a chemist, …\")"
    case .noPersonaCopy: "at most `maximum-share` (0.8) of the persona's words stand in one unbroken row in the output"
    case .noDemonstrationCopy:
      "at most `maximum-share` (0.5) of the output's words stand in one unbroken row in a demonstration"
    case .noRefusal: "the model did the work instead of declining"
    case .noPromptLeak: "no rules or tags of the prompt stand in the output"
    case .noMarkup: "no HTML that a browser would run or draw: `<script>`, `<iframe>`, `onclick=` …"
    case .noRepetition: "no sentence three times, and no words five times in a row"
    case .language:
      "written in the language that `is` names: `persona` (the persona's), a name such as `English`, or a variable"
    case .omits: "none of `words` (separated by commas) stands in it"
    case .uses: "at least one of `words` (separated by commas) stands in it"
    case .turns: "a scene of `minimum` to `maximum` lines `NAME: speech`, by exactly `speakers` different names"
    case .codeParses: "the code is Python that parses"
    case .testsPass: "the `tests` (at least `minimum` asserts) run without an error after the `code`, in a sandbox"
    case .score: "the number in part `of` is at least `minimum`"
    }
  }

  var needsPython: Bool { self == .codeParses || self == .testsPass }
}

/// Why an output was rejected.
package struct CheckFailure: Sendable, Equatable {
  /// The check's name, or how the answer could not be read: `marker-missing`, `not-json`, `cut-by-length`, `empty` …
  package let reason: String
  package let detail: String

  package init(reason: String, detail: String) {
    self.reason = reason
    self.detail = detail
  }
}

/// An answer with all that checks compare it with.
package struct CheckedOutput: Sendable {
  package var text: String
  package var persona: String
  /// Parts of the answer by name.
  package var parts: [String: String]
  /// What was drawn for the recipe's variables.
  package var values: [String: String]
  /// The examples that stood in the prompt.
  package var demonstrations: [String]

  package init(
    _ text: String, persona: String, parts: [String: String] = [:], values: [String: String] = [:],
    demonstrations: [String] = []
  ) {
    self.text = text
    self.persona = persona
    self.parts = parts
    self.values = values
    self.demonstrations = demonstrations
  }
}
