/// A reason for dropping a persona; the raw value stands in verdicts and on the command line.
///
/// The order is that in which rules are asked. Rules that recognise something stand before those that only measure,
/// so that "I can't." is a refusal and not too short.
package enum Rule: String, CaseIterable, Sendable {
  case empty
  case controlCharacters = "control-characters"
  case garbled
  case refusal
  case assistantTalk = "assistant-talk"
  case templateLeftover = "template-leftover"
  case promptLeak = "prompt-leak"
  case repetition
  case privateData = "private-data"
  case tooShort = "too-short"
  case tooLong = "too-long"
  case wrongLanguage = "wrong-language"
  case notAPerson = "not-a-person"

  /// One sentence for help texts and reports.
  package var summary: String {
    switch self {
    case .empty: "Nothing but white space and punctuation."
    case .controlCharacters: "Holds NUL or other control characters, bidi overrides, or unassigned characters."
    case .garbled: "Text read in the wrong encoding, random letters, or mostly digits, punctuation and emoji."
    case .refusal: "The model refuses or says that it is a model, instead of describing somebody."
    case .assistantTalk: "The model talks to its user: \"Sure, here is …\", \"Let me know if …\"."
    case .templateLeftover: "A placeholder, tag, or piece of JSON or Markdown was left in, or a bracket never closed."
    case .promptLeak: "Words of the prompt stand in the description, such as \"likely to read this text\"."
    case .repetition: "The same word, phrase or character over and over."
    case .privateData: "A mail address, phone or card number, street address, or a named private individual."
    case .tooShort: "Too short to say who is meant."
    case .tooLong: "Longer than a description should be."
    case .wrongLanguage: "In another language than those asked for; only when languages are asked for."
    case .notAPerson: "Describes a thing, a text or a fact, asks a question, or is a bare title or name."
    }
  }
}
