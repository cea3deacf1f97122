import LanguageModels
import PersonaRecords
import RunLedger

extension FlowRun {
  /// Sends what has no reply yet in batches, waits for them, and puts their replies into the reply store.
  ///
  /// Batches that were begun before are fetched even where this command does not ask for batches: they are paid for.
  /// - Returns: whether it was stopped before the end.
  func sendBatches<Question: Sendable>(
    recordLimit: Int?, open: () throws -> (() throws -> RunItem<Question>?), request: (Question) throws -> ModelRequest
  ) async throws -> Bool {
    guard let scheduled = door.scheduled, let endpoint = door.endpoint else { return false }
    let options = door.settings.batches
    let isUnderWay = try await run.ledger.batchRecords().contains(where: \.isUnderWay)
    guard options != nil || isUnderWay else { return false }
    if let recordLimit, progress.records >= recordLimit, !isUnderWay { return false }
    // What a crash left open in the budget is settled first: from here on batches count on what is written down.
    try await run.settle(spent: spent())
    let settings = (options ?? BatchOptions()).settings(begins: options != nil)
    let ending = try await BatchClient.withClient(endpoint) { client in
      var pass = BatchPass(
        run, desk: door.desk, client: client, settings: settings, limits: door.settings.retries,
        budget: scheduled.budget, around: surroundings(scheduled, endpoint))
      return try await pass.run(open: open, request: request)
    }
    for record in try await run.ledger.batchRecords() where record.phase == .done { door.count(record) }
    if ending.isStopped, ending.underWay > 0 {
      context.onMessage(
        "\(ending.underWay == 1 ? "a batch goes" : "\(ending.underWay) batches go") on at \(endpoint.host); "
          + "the same command fetches what it gives")
    }
    if options?.isOnly == true { refuseCalls(ending, scheduled) }
    return ending.isStopped
  }

  private func surroundings(_ scheduled: ScheduledModel, _ endpoint: ChatEndpoint) -> BatchPass.Surroundings {
    let model = endpoint.modelName ?? door.model.name
    let prices = door.settings.prices
    let step = run.description.command
    let context = context
    return BatchPass.Surroundings(
      worst: { scheduled.worstCase(of: $0) },
      cost: { usage, factor in
        return CallBudget.Amount(
          dollars: (prices.cost(of: usage.tokens, model: model) ?? 0) * factor,
          tokens: usage.promptTokens + usage.completionTokens)
      },
      onSpent: { scheduled.countAsSpent($0) }, audit: door.audit, isStopping: context.isStopping,
      onNotice: context.onNotice, onMessage: context.onMessage,
      onProgress: { done, total in
        context.onProgress(FlowProgress(step: "\(step), batches", done: done, total: total))
      })
  }

  /// From here on what no batch has answered counts as failed, or stops the run where the budget is why.
  private func refuseCalls(_ ending: BatchPass.Ending, _ scheduled: ScheduledModel) {
    let causes = ending.causes
    let budgetProblem = ending.isOutOfBudget ? scheduled.budgetProblem : nil
    door.desk.refuseCalls { key in
      let cause = key.flatMap { causes[$0] }
      if cause == nil, let budgetProblem { return budgetProblem }
      return Problem(
        "no batch answered this request",
        advice: "the same command sends it again; without --batch-only it is asked in a call", consequence: .retry,
        cause: cause ?? "")
    }
  }
}

extension FlowContext {
  /// Batches hold the first call of each item; what feeds on its answer is asked in calls.
  func refuseBatchesAlone(_ reason: String) throws(Problem) {
    guard model.batches?.isOnly == true else { return }
    throw Problem(
      "--batch-only sends no calls, and \(reason)",
      advice: "use --batch: the first calls go in batches, and those that feed on them one by one",
      consequence: .wrongUsage)
  }
}
