import Foundation
package import LanguageModels
package import PersonaRecords
package import RunLedger
import ShardFiles

/// A run of one step, with the model it asks.
package final class FlowRun {
  package let run: Run
  let door: ModelDoor
  let context: FlowContext
  let spent: @Sendable () -> CallBudget.Amount?

  init(run: Run, door: ModelDoor, context: FlowContext, spent: @escaping @Sendable () -> CallBudget.Amount?) {
    self.run = run
    self.door = door
    self.context = context
    self.spent = spent
  }

  package var folder: RunFolder { run.folder }
  package var progress: RunProgress { run.progress }

  /// Asks one call about each item of an input and writes what they come to; see `Run.process`.
  /// - Parameters:
  ///   - again: begins to read the same items anew, for batches, which are sent before the items are asked one by one.
  ///   - describe: how far the step is, in its own terms.
  /// - Returns: whether it was stopped before the end.
  package func ask<Question: Sendable>(
    recordLimit: Int? = nil, next: () throws -> RunItem<Question>?,
    again: () throws -> (() throws -> RunItem<Question>?),
    request: @escaping @Sendable (Question) throws -> ModelRequest,
    settle: @escaping @Sendable (Question, ModelRequest, Answer) throws -> Settlement,
    describe: (RunProgress) -> FlowProgress
  ) async throws -> Bool {
    try await ask(
      recordLimit: recordLimit, next: next, again: again, request: request,
      proceed: { question, calls in .settled(try settle(question, calls[0].request, calls[0].answer)) },
      describe: describe)
  }

  /// As above, for items about which several calls are made.
  /// - Parameter proceed: what an item comes to after its calls so far, or what is asked about it next.
  package func ask<Question: Sendable>(
    recordLimit: Int? = nil, next: () throws -> RunItem<Question>?,
    again: () throws -> (() throws -> RunItem<Question>?),
    request: @escaping @Sendable (Question) throws -> ModelRequest,
    proceed: @escaping @Sendable (Question, [Exchange]) throws -> NextStep, describe: (RunProgress) -> FlowProgress
  ) async throws -> Bool {
    if try await sendBatches(recordLimit: recordLimit, open: again, request: request) { return true }
    var lastShown = -1
    return try await run.process(
      width: door.settings.concurrency, desk: door.desk, recordLimit: recordLimit, isStopping: context.isStopping,
      next: next, request: request, proceed: proceed, spent: spent,
      onProgress: { progress in
        guard progress.emitted != lastShown else { return }
        lastShown = progress.emitted
        var shown = describe(progress)
        shown.rejected = progress.rejected.total + progress.failed.total
        shown.tokens = progress.usage.promptTokens + progress.usage.completionTokens
        shown.costInDollars = door.settings.prices.cost(of: progress.usage, model: door.model.name) ?? 0
        context.onProgress(shown)
      })
  }

  /// The run has come to its end; what it made stands where it belongs.
  package func complete() async throws {
    try await run.complete()
    try await close()
  }

  /// Lets go of the run, which may go on later.
  package func close() async throws {
    try await run.settle(spent: spent())
    try run.close()
  }

  /// Every persona in the run's records, in the order of the input.
  package func forEachPersona(_ body: (Persona) throws -> Void) throws {
    guard progress.lengths[0] > 0 else { return }
    let reader = try JSONLinesReader(path: folder.recordsPath)
    while let event = try reader.next() {
      switch event {
      case .row(let row): try body(try Persona(json: row.value))
      case .rejected(let problem): throw problem
      }
    }
  }

  /// Adds model, calls, tokens and cost to a summary.
  package func describe(in summary: inout Summary) { Self.describe(progress, door, in: &summary) }

  package static func describe(_ progress: RunProgress, _ door: ModelDoor, in summary: inout Summary) {
    let name = door.model.name
    summary.add("model", "model", name)
    summary.add("replies", "replies", progress.replies)
    if door.desk.keepsReplies {
      let counts = door.desk.counts
      summary.add("calls", "of these asked now", counts.called)
      summary.add("replayed", "from the reply store", counts.replayed)
    }
    summary.add("promptTokens", "prompt tokens", progress.usage.promptTokens)
    summary.add("completionTokens", "completion tokens", progress.usage.completionTokens)
    let batches = door.batchTotals
    if batches.answered > 0 { summary.add("batched", "of these answered in batches", batches.answered) }
    if let cost = door.settings.prices.cost(of: progress.usage, model: name) {
      summary.add("costUSD", "cost in dollars", max(0, cost - batches.savedDollars))
    }
    if name == "builtin" {
      summary.notes.append(
        "builtin is a text analyser, not a language model; name a real one with --model and --model-url")
    }
  }
}

extension FlowContext {
  /// An output as seen from the folder the hub lies in, so that moving both together keeps the name of a run.
  func place(of output: String) -> String { HubPlace.of(output, hub: hubPath) }
}

/// Names of files as runs keep them.
enum HubPlace {
  /// A file as seen from the folder a hub lies in; as it was typed where it lies elsewhere.
  static func of(_ file: String, hub: String) -> String {
    let home = URL(fileURLWithPath: hub).standardizedFileURL.deletingLastPathComponent().path + "/"
    let path = URL(fileURLWithPath: file).standardizedFileURL.path
    return path.hasPrefix(home) ? String(path.dropFirst(home.count)) : file
  }
}
