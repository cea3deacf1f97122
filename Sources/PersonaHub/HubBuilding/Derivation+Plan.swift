import Corpus
import LanguageModels
import PersonaRecords
import TextToPersona

extension Derivation {
  /// What a run would read and ask: the corpus is read, no model is asked and nothing is written.
  public func plan() throws -> Outcome {
    let (stage, _) = try stage(model: context.model.name)
    let reader = CorpusReader(inputs: inputs, settings: corpusSettings)
    var passages = 0
    var questions = 0
    var promptTokens = 0
    var setAside = Tally()
    while let event = try reader.next() {
      switch event {
      case .rejected: setAside["unreadable"] += 1
      case .document(let document):
        if context.isStopping() { throw Stopped() }
        passages += 1
        for question in stage.questions(about: document) {
          questions += 1
          promptTokens += TokenEstimate.of(question.request.messages)
        }
        if passages.isMultiple(of: 1024) {
          context.onProgress(FlowProgress(step: "plan", done: passages, fraction: reader.counts.fractionRead))
        }
      }
    }
    var summary = Summary(title: "derive, dry run")
    summary.add("records", "records read", reader.counts.records)
    summary.add("passages", "passages", passages)
    summary.add("calls", "calls to make", questions)
    summary.add("promptTokens", "prompt tokens, about", promptTokens)
    // A description is about 40 tokens and the JSON around it a dozen.
    let completionTokens = questions * settings.personasPerText * 55
    summary.add("completionTokens", "completion tokens, about", completionTokens)
    if let price = context.model.price {
      let usage = TokenUsage(promptTokens: promptTokens, completionTokens: completionTokens)
      summary.add("costUSD", "cost in dollars, about", price.cost(of: usage))
    }
    for (name, value) in described(model: context.model.name) where !value.isEmpty { summary.add(name, name, value) }
    summary.add("failed", "records that cannot be read", setAside)
    return Outcome(summary: summary, failures: FailureCount(failed: setAside.total, total: reader.counts.records))
  }
}
