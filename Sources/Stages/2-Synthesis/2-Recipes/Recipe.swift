package import LanguageModels
package import PersonaRecords

/// One use case: what is asked with a persona, how the answer is read, and what it must pass.
///
/// A recipe is one YAML file; `RecipeFile` reads it. Source: arXiv 2406.20094, Sections 3 and 4.
package struct Recipe: Sendable {
  package let name: String
  package let summary: String
  /// SHA-256 of the file, 64 hex digits: part of an item's identity, so that an edited recipe makes new items.
  package let hash: String
  /// What is drawn for each instance, in the order of the file; a later one may depend on an earlier one.
  package internal(set) var variables: [Variable]
  package internal(set) var demonstrations: Demonstrations
  /// What is asked: first for the answer itself, then for what follows from it. Never empty.
  package internal(set) var steps: [RecipeStep]
  package let modes: [PromptMode]
  /// The file as it was read.
  package let source: String

  /// Where a name may stand that a prompt uses: letters, digits and hyphens.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

/// One call of a recipe, and what its answer must be.
package struct RecipeStep: Sendable {
  /// Names the answer in later prompts and, from the second step on, among the instance's fields.
  package let name: String
  package let prompts: [PromptMode: PromptTemplate]
  package let sampling: Sampling
  package let form: AnswerForm
  package internal(set) var checks: [Check]
}

/// How the persona and examples stand in the prompt. Source: arXiv 2406.20094, Section 3.
package enum PromptMode: String, Sendable, CaseIterable, Comparable {
  /// The request and the persona, no examples.
  case zeroShot = "zero-shot"
  /// Examples of the wanted output, then the request and the persona.
  case fewShot = "few-shot"
  /// Each example shows its own persona and output.
  case personaEnhancedFewShot = "persona-enhanced-few-shot"

  package static func < (one: PromptMode, other: PromptMode) -> Bool { one.order < other.order }

  private var order: Int {
    switch self {
    case .zeroShot: 0
    case .fewShot: 1
    case .personaEnhancedFewShot: 2
    }
  }
}
