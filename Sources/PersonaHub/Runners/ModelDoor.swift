import Foundation
package import LanguageModels
import PersonaRecords
package import RunLedger
import Synchronization

/// The model of one command, open for its time: every call goes through here, is remembered, counted and paid for.
package final class ModelDoor: Sendable {
  package let desk: ReplyDesk
  let settings: ModelSettings
  private let context: FlowContext
  let scheduled: ScheduledModel?
  /// Where batches are sent: the first endpoint.
  let endpoint: ChatEndpoint?
  let audit: (any CallAudit)?
  private let grants: GrantBook

  private init(
    _ desk: ReplyDesk, settings: ModelSettings, context: FlowContext, scheduled: ScheduledModel?, grants: GrantBook,
    endpoint: ChatEndpoint? = nil, audit: (any CallAudit)? = nil
  ) {
    self.desk = desk
    self.settings = settings
    self.context = context
    self.scheduled = scheduled
    self.grants = grants
    self.endpoint = endpoint
    self.audit = audit
  }

  package var model: any LanguageModel { desk.model }

  /// What the batches of this command's runs have answered, and how much less that cost than calls.
  struct BatchTotals {
    var answered = 0
    var savedDollars = 0.0
  }

  private let totals = Mutex(BatchTotals())
  var batchTotals: BatchTotals { totals.withLock { $0 } }

  func count(_ batch: BatchRecord) {
    totals.withLock { totals in
      totals.answered += batch.answered
      totals.savedDollars += batch.savedDollars
    }
  }

  /// Opens the model that the context names, with the reply store of the hub, for the time of `body`.
  /// - Throws: `Problem` when an endpoint's address, the prices or the reply store cannot be used, and what `body`
  ///   throws.
  package static func withDoor<Value: Sendable>(
    _ context: FlowContext, _ body: (ModelDoor) async throws -> Value
  ) async throws -> Value {
    let settings = context.model
    let grants = GrantBook()
    let endpoints = try settings.endpoints()
    try refuseImpossible(context, hasEndpoint: !endpoints.isEmpty)
    guard let first = endpoints.first else {
      let desk = ReplyDesk(BuiltinLanguageModel(), store: nil)
      return try await body(ModelDoor(desk, settings: settings, context: context, scheduled: nil, grants: grants))
    }
    let name = settings.name.isEmpty ? try await first.onlyModel() : settings.name
    let budget = try settings.budget(model: name, endpoints: endpoints)
    let store = try await openStore(context)
    do {
      var hooks = ScheduledModel.Hooks()
      hooks.onWait = context.onNotice
      hooks.onGrant = { try await grants.grant($0) }
      let prices = settings.prices
      hooks.price = { model, promptTokens, completionTokens in
        prices.price(of: model)?.cost(
          of: TokenUsage(promptTokens: promptTokens, completionTokens: completionTokens)) ?? 0
      }
      if let path = settings.auditPath { hooks.audit = try AuditLog(path: path) }
      let value = try await ScheduledModel.withModel(
        name, at: endpoints, limits: settings.retries, budget: budget, hooks: hooks, seed: context.seed
      ) { model in
        let desk = ReplyDesk(model, store: store, asksAgain: context.asksAgain)
        return try await body(
          ModelDoor(
            desk, settings: settings, context: context, scheduled: model, grants: grants, endpoint: first,
            audit: hooks.audit))
      }
      try await store.close()
      return value
    } catch {
      // The first error is the one to report.
      try? await store.close()
      throw error
    }
  }

  /// Combinations that have no meaning together.
  private static func refuseImpossible(_ context: FlowContext, hasEndpoint: Bool) throws(Problem) {
    guard context.model.batches != nil else { return }
    guard hasEndpoint else {
      throw Problem(
        "builtin answers at once and has no batches", advice: "leave out --batch, or name a model that has them",
        consequence: .wrongUsage)
    }
    guard !context.asksAgain else {
      throw Problem(
        "--batch puts replies into the reply store, and --no-cache does not look there",
        advice: "leave out one of the two; another --reply-store has everything asked again", consequence: .wrongUsage)
    }
  }

  private static func openStore(_ context: FlowContext) async throws -> ReplyStore {
    if let path = context.model.replyStorePath { return try await ReplyStore(path: path) }
    do {
      try FileManager.default.createDirectory(atPath: context.hubPath, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "the hub's folder cannot be made", at: .init(file: context.hubPath),
        advice: "check the path given with --hub", cause: error.localizedDescription)
    }
    return try await ReplyStore(path: "\(context.hubPath)/replies.sqlite")
  }

  /// Opens or begins the run of a step; its calls are paid from here on by this run.
  /// - Throws: `Problem`: other settings than it was made with, another process at work, a damaged ledger.
  package func begin(_ description: RunDescription, _ beginning: Run.Beginning) async throws -> FlowRun {
    let run = try await Run.open(
      description, in: "\(context.hubPath)/runs", context.startsAnew ? .anew : beginning)
    try await run.note(command: context.command)
    let before = scheduled?.spent ?? CallBudget.Amount()
    scheduled?.countAsSpent(run.spentBefore)
    grants.open(run.ledger, baseline: before)
    return FlowRun(run: run, door: self, context: context) { [scheduled] in scheduled.map { $0.spent - before } }
  }
}

extension ModelDoor {
  /// Begins the run of a step or goes on with it, and ends it however the body does.
  /// - Parameter body: asks, and puts what came of it where it belongs unless it was interrupted; its summary is made when
  ///   the run is over.
  /// - Throws: what the body throws; the run can go on then.
  func withRun(
    _ description: RunDescription,
    _ body: (FlowRun) async throws -> (isInterrupted: Bool, summary: () -> Summary)
  ) async throws -> Outcome {
    let run = try await begin(description, .goOn)
    do {
      let (isInterrupted, summary) = try await body(run)
      if isInterrupted { try await run.close() } else { try await run.complete() }
      let failures = FailureCount(failed: run.progress.failed.total, total: run.progress.emitted)
      return Outcome(summary: summary(), failures: failures, isInterrupted: isInterrupted)
    } catch {
      try? await run.close()
      throw error
    }
  }
}

/// Knows which run's ledger writes down what may be spent.
private final class GrantBook: Sendable {
  private struct Page {
    var ledger: LedgerDatabase?
    /// What was spent before that run began, by other runs of the same command.
    var baseline = CallBudget.Amount()
  }

  private let page = Mutex(Page())

  func open(_ ledger: LedgerDatabase, baseline: CallBudget.Amount) {
    page.withLock { $0 = Page(ledger: ledger, baseline: baseline) }
  }

  func grant(_ ceiling: CallBudget.Amount) async throws {
    let (ledger, baseline) = page.withLock { ($0.ledger, $0.baseline) }
    try await ledger?.grant(ceiling - baseline)
  }
}
