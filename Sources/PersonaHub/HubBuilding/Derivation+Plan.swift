import Corpus
import PersonaRecords
import TextToPersona

extension Derivation {
  /// Passages a plan looks at; the rest of a larger corpus is estimated.
  private static let planPassages = 50_000

  /// What a run would read and ask: the corpus is read, no model is asked and nothing is written.
  public func plan() throws -> Outcome {
    let (stage, _) = try stage(model: context.model.name)
    let reader = CorpusReader(inputs: inputs, settings: corpusSettings)
    var passages = 0
    var plan = CallPlan()
    var setAside = Tally()
    while passages < Self.planPassages, let event = try reader.next() {
      switch event {
      case .rejected: setAside["unreadable"] += 1
      case .document(let document):
        if context.isStopping() { throw Stopped() }
        passages += 1
        // A description is about 40 tokens and the JSON around it a dozen.
        for question in stage.questions(about: document) {
          plan.add(stage.request(for: question), expected: settings.personasPerText * 55)
        }
        if passages.isMultiple(of: 1024) {
          context.onProgress(FlowProgress(step: "plan", done: passages, fraction: reader.counts.fractionRead))
        }
      }
    }
    var summary = Summary(title: "derive, dry run")
    if passages == Self.planPassages, let share = reader.counts.fractionRead, share > 0, share < 1 {
      plan = plan.scaled(by: 1 / share)
      summary.notes.append("estimated from the first \(Self.planPassages) passages, \(Int(share * 100))% of the corpus")
    }
    summary.add("records", "records read", reader.counts.records)
    summary.add("passages", "passages", passages)
    plan.describe(in: &summary, model: context.model)
    for (name, value) in described(model: context.model.name) where !value.isEmpty { summary.add(name, name, value) }
    summary.add("failed", "records that cannot be read", setAside)
    return Outcome(summary: summary, failures: FailureCount(failed: setAside.total, total: reader.counts.records))
  }
}
