/// The phrases that give a rule away, in folded form (lower case, straight quotation marks).
///
/// `^` at the start of the text, `.` at the start of a sentence, `~` anywhere; `*` at the end: the word may go on.
enum PhraseTables {
  static let all: [(rule: Rule, lines: String)] = [
    (.refusal, refusal), (.refusal, refusalElsewhere), (.assistantTalk, assistantTalk),
    (.templateLeftover, templateLeftover), (.promptLeak, promptLeak), (.notAPerson, aboutText),
  ]
}
