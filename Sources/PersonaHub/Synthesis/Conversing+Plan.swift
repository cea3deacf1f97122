import Conversation
import LanguageModels
import PersonaRecords
import RunLedger

extension Conversing {
  /// Tokens that a message takes as a rule, as far as a plan can know.
  private static let messageTokens = 150

  /// What the conversations take if each goes on to its last turn, and the first prompt; nothing is asked or written.
  public func plan() throws -> Outcome {
    try refuseNothing()
    let (stage, _) = try stage(model: context.model.name)
    let length = min(Self.messageTokens, context.model.sampling.maxTokens ?? Self.messageTokens)
    var plan = CallPlan(isAtMost: true)
    var conversations = 0
    var unreadable = 0
    let next = try openings()()
    while let item = try next() {
      guard case .question(let opening, _) = item else {
        unreadable += 1
        continue
      }
      conversations += 1
      for request in stage.rehearsal(opening, messageTokens: length) { plan.add(request, expected: length) }
    }
    var summary = Summary(title: "converse, dry run")
    summary.add("conversations", "conversations", conversations)
    if unreadable > 0 { summary.add("unreadable", "rows that cannot be read", unreadable) }
    plan.describe(in: &summary, model: context.model)
    for entry in description(model: context.model.name, hash: "").settings where !entry.value.isEmpty {
      summary.add(entry.name, entry.name, entry.value)
    }
    summary.add("prompt", "first prompt", plan.firstPrompt)
    summary.notes.append("a conversation that ends before its last turn takes fewer calls")
    return Outcome(summary: summary)
  }
}
