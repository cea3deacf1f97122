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
  package let prompts: [PromptMode: PromptTemplate]
  package let sampling: Sampling
  /// The words a good answer starts with; they are taken off. `""` when there are none.
  package let marker: String
  package let checks: [Check]
  /// The file as it was read.
  package let source: String
}

/// How the persona and examples stand in the prompt. Source: arXiv 2406.20094, Section 3.
package enum PromptMode: String, Sendable, CaseIterable, Comparable {
  /// The request and the persona, no examples.
  case zeroShot = "zero-shot"

  package static func < (one: PromptMode, other: PromptMode) -> Bool { one.rawValue < other.rawValue }
}

/// One call to make: a persona and the rendered prompt.
package struct RecipeQuestion: Sendable {
  package let persona: Persona
  package let request: ModelRequest
}

extension Recipe {
  /// The variables a prompt may use; `persona` arrives between the tags `<persona>` and `</persona>`.
  package static let promptVariables: Set<String> = ["persona"]

  /// The request for one persona.
  ///
  /// - Parameters:
  ///   - overrides: sampling settings typed by the user; they beat those of the recipe.
  ///   - seed: mixed with the persona's id, so that the sample's order or size changes no reply.
  /// - Throws: `Problem` when the recipe has no such mode.
  package func question(
    for persona: Persona, mode: PromptMode, model: String, overrides: Sampling, seed: UInt64
  ) throws(Problem) -> RecipeQuestion {
    guard let prompt = prompts[mode] else {
      let known = prompts.keys.sorted().map(\.rawValue).joined(separator: ", ")
      throw Problem(
        "recipe \(name) has no mode \(mode.rawValue)", advice: "use one of: \(known)", consequence: .wrongUsage)
    }
    let messages = prompt.messages(["persona": .text(fenced(persona.text, tag: "persona"))])
    var sampling = self.sampling.overridden(by: overrides)
    // 31 bits: every server takes such a seed.
    sampling.seed = overrides.seed ?? StableHash.of("\(name)\u{0}\(persona.id)".utf8, seed: seed) >> 33
    return RecipeQuestion(persona: persona, request: ModelRequest(model: model, messages: messages, sampling: sampling))
  }

  /// The answer without its marker; text before the marker is an answer's small talk and goes, nil when the marker is
  /// missing.
  package func body(of reply: String) -> String? {
    guard !marker.isEmpty else { return reply.trimmingWhitespace() }
    // Models put the marker in bold or in a heading; that is their layout, not another marker.
    let start = reply.drop { $0.isWhitespace || "*#_>\"“`".contains($0) }
    let head = start.prefix(marker.count)
    guard head.lowercased() == marker.lowercased() else { return nil }
    return String(start[head.endIndex...].drop { "*_\"”`".contains($0) }).trimmingWhitespace()
  }
}
