package import PersonaRecords

/// Says of each persona whether it is good enough to keep, and if not, which rule it breaks.
///
/// The paper drops low-quality descriptions by "simple heuristics" and names none; these are ours, each with a name, a
/// page in `docs/filter.md` and a switch. Where a persona breaks several rules, the first in the order of
/// `Rule.allCases` gives the reason.
///
/// All rules work on one reading of the text (`PersonaReading`): its bytes, its words with what kind of word each is,
/// and the phrases found in one pass.
/// Source: arXiv 2406.20094, Section 2.3.
package struct QualityFilter: Sendable {
  /// The name of this stage in verdicts.
  package static let stage = "quality-filter"

  package let settings: Settings

  private let rules: [Rule]
  private let phrases = PhraseFinder.shared
  private let wordBook = WordBook.shared

  package init(settings: Settings = Settings()) {
    self.settings = settings
    self.rules = Rule.allCases.filter { !settings.without.contains($0) }
  }

  /// Keep, or drop with the name of the first rule broken.
  package func verdict(for persona: Persona) -> Verdict {
    let broken = firstBrokenRule(in: persona.text)
    return Verdict(
      id: persona.id.description, stage: Self.stage, keep: broken == nil, reason: broken?.rawValue ?? "")
  }

  /// The first rule that the text breaks; nil when it may stay.
  /// - Complexity: O(length); never traps, whatever the text.
  package func firstBrokenRule(in text: String) -> Rule? {
    let reading = PersonaReading(text, phrases: phrases, wordBook: wordBook)
    for rule in rules where breaks(rule, text, reading) { return rule }
    return nil
  }

  private func breaks(_ rule: Rule, _ text: String, _ reading: PersonaReading) -> Bool {
    switch rule {
    case .empty: reading.words.isEmpty
    case .controlCharacters: ControlCharactersRule.isBroken(by: reading)
    case .garbled: GarbledRule.isBroken(by: reading)
    case .refusal: reading.hasPhrase(of: .refusal)
    case .assistantTalk: reading.hasPhrase(of: .assistantTalk)
    case .templateLeftover: TemplateLeftoverRule.isBroken(by: reading)
    case .promptLeak: PromptLeakRule.isBroken(by: reading)
    case .repetition: RepetitionRule.isBroken(by: reading)
    case .privateData: PrivateDataRule.isBroken(by: reading)
    case .tooShort: LengthRule.isTooShort(reading, settings)
    case .tooLong: LengthRule.isTooLong(reading, settings)
    case .wrongLanguage: WrongLanguageRule.isBroken(by: text, asked: settings.languages)
    case .notAPerson: NotAPersonRule.isBroken(by: reading)
    }
  }
}
