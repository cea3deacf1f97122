package import LanguageModels
import PersonaRecords
import ShardFiles

/// One run of a command over its input: every item ends exactly once on disk, whatever happens in between.
///
/// The ledger says how far the run's files are valid; opening cuts off what a crash left beyond it. Items that were
/// answered and not yet written are answered again from the reply store, at no cost. Used by one task at a time; one
/// process at a time holds its lock.
package final class Run {
  /// What opening does where the run was made with other settings.
  package enum Beginning: Sendable {
    /// Goes on with the same settings; others are refused.
    case goOn
    /// As `goOn`, and beside a run that is complete a new one may begin.
    case goOnOrBeside
    /// A new run, whatever is there.
    case anew
  }

  package let folder: RunFolder
  package let description: RunDescription
  package let ledger: LedgerDatabase
  let files: [GrowingFile]
  private let lock: FileLock
  package internal(set) var progress: RunProgress
  let progressAtOpen: RunProgress
  /// What the run's calls had cost when it was opened, at most.
  package let spentBefore: CallBudget.Amount
  /// Items taken from the input in this process, those that were done before included.
  var taken = 0
  var takenDigest: UInt64 = 0

  private init(
    folder: RunFolder, description: RunDescription, ledger: LedgerDatabase, files: [GrowingFile], lock: FileLock,
    progress: RunProgress, spentBefore: CallBudget.Amount
  ) {
    self.folder = folder
    self.description = description
    self.ledger = ledger
    self.files = files
    self.lock = lock
    self.progress = progress
    progressAtOpen = progress
    self.spentBefore = spentBefore
  }

  /// Opens the run for this description below `folder`, or makes it.
  ///
  /// A complete run in which items failed starts over: what was answered is replayed, and only the failed are asked.
  /// - Throws: `Problem`: other settings than the run was made with, another process at work, a damaged ledger, a folder
  ///   that cannot be written to.
  package static func open(
    _ description: RunDescription, in folder: String, _ beginning: Beginning = .goOn
  ) async throws -> Run {
    let series = RunFolder.series(of: description, in: folder)
    var place = RunFolder.next(after: series, for: description, in: folder)
    var isNew = true
    if let last = series.last, beginning != .anew {
      let differences = description.differences(from: try last.description())
      if differences.isEmpty {
        place = last
        isNew = false
      } else {
        let isBeside = beginning == .goOnOrBeside ? try await isComplete(last) : false
        if !isBeside { throw refusal(last, differences) }
      }
    }
    if isNew { try place.create(description) }
    guard let lock = try FileLock(path: place.lockPath, waits: false) else {
      throw Problem(
        "another process is at work on this run", at: .init(file: place.path),
        advice: "wait for it, or stop it", consequence: .stopResumable)
    }
    let ledger = try await LedgerDatabase(path: place.ledgerPath)
    var progress = try await ledger.progress() ?? RunProgress()
    if progress.isComplete, progress.failed.total > 0 {
      progress = startedOver(progress)
    }
    let files = try zip(place.outputPaths, progress.lengths).map { path, length in
      try GrowingFile(path: path, validLength: length)
    }
    for file in files { try file.sync() }
    try await ledger.forgetWaiting()
    try await ledger.commit(progress)
    let granted = try await ledger.granted()
    let spent = CallBudget.Amount(
      dollars: max(progress.spentDollars, granted?.dollars ?? 0),
      tokens: max(progress.spentTokens, granted?.tokens ?? 0))
    return Run(
      folder: place, description: description, ledger: ledger, files: files, lock: lock, progress: progress,
      spentBefore: spent)
  }

  private static func isComplete(_ folder: RunFolder) async throws -> Bool {
    let ledger = try await LedgerDatabase(path: folder.ledgerPath)
    let isComplete = try await ledger.progress()?.isComplete ?? false
    try ledger.close()
    return isComplete
  }

  private static func startedOver(_ old: RunProgress) -> RunProgress {
    var progress = RunProgress()
    progress.spentDollars = old.spentDollars
    progress.spentTokens = old.spentTokens
    return progress
  }

  private static func refusal(_ folder: RunFolder, _ differences: [String]) -> Problem {
    Problem(
      "\(folder.name) was made with other settings: \(differences.prefix(4).joined(separator: "; "))"
        + (differences.count > 4 ? "; and \(differences.count - 4) more" : ""), at: .init(file: folder.path),
      advice: "type the settings it was made with, or begin a new run with --new (replies that were paid for are used "
        + "again)", consequence: .wrongUsage)
  }

  /// Notes the command that made the run, for `runs resume`.
  package func note(command: String) async throws { try await ledger.setCommand(command) }

  /// Makes everything durable; what was spent is exact from here on.
  /// - Parameter spent: what all calls of this run have cost, earlier processes included; nil where none is counted.
  package func settle(spent: CallBudget.Amount?) async throws {
    if let spent {
      progress.spentDollars = spent.dollars
      progress.spentTokens = spent.tokens
    }
    try await ledger.commit(progress)
    try await ledger.grant(nil)
  }

  /// The run has come to its end.
  /// - Throws: `Problem` when the input was shorter this time than what is written already.
  package func complete() async throws {
    guard taken == progressAtOpen.emitted else { throw inputChanged() }
    progress.isComplete = true
    try await ledger.commit(progress)
  }

  /// Whether the input turned out to be another than the one the run began with.
  package private(set) var isInputChanged = false

  func inputChanged() -> Problem {
    isInputChanged = true
    return Problem(
      "the input is not what it was when this run stopped (looked at its first \(taken) items)",
      at: .init(file: folder.path),
      advice: "put the input back, or begin a new run with --new; replies that were paid for are used again",
      consequence: .wrongUsage)
  }

  /// Closes the ledger and lets other processes in.
  package func close() throws {
    try ledger.close()
    lock.release()
  }
}
