import ArgumentParser
import Foundation
import PersonaHub
import PersonaRecords
import Synchronization

/// Runs one step for a command: progress, Ctrl-C, the closing table, the exit code.
struct Runner {
  let output: OutputOptions
  var allowedFailures = 0.01
  /// What to type to go on after an interruption.
  var resumeCommand = Runner.typedCommand
  var showsTable = true
  /// False where the command prints a JSON object of its own.
  var printsJSON = true

  /// The command's words; those of the earlier command where one is resumed.
  static let words = Mutex(Array(CommandLine.arguments.dropFirst()))

  /// The command as it was typed, for messages.
  static var typedCommand: String {
    (["persona-hub"] + words.withLock { $0 }).map { word in
      word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,%@+".contains($0) } && !word.isEmpty
        ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }

  /// The command and its folder as one JSON line, for `runs resume`; kept in the run's ledger, on this machine.
  static var noted: String {
    var line = JSONLine()
    line.object { line in
      line.member("folder", FileManager.default.currentDirectoryPath)
      line.key("arguments")
      line.array { line in for word in words.withLock({ $0 }) { line.value(word) } }
    }
    return line.text
  }

  /// What a step is given of the terminal.
  struct Hooks: Sendable {
    let onProgress: @Sendable (FlowProgress) -> Void
    let onNotice: @Sendable (String) -> Void
    let onMessage: @Sendable (String) -> Void
    let isStopping: @Sendable () -> Bool
  }

  /// - Parameter body: gets the progress to draw and whether to stop.
  /// - Throws: what the body throws, and `ExitCode` for interruptions and too many failures.
  func run(
    _ body: (_ onProgress: @escaping @Sendable (FlowProgress) -> Void, _ isStopping: @escaping @Sendable () -> Bool)
      async throws -> Outcome
  ) async throws {
    try await runStep { try await body($0.onProgress, $0.isStopping) }
  }

  /// The same for a step that asks models, and may have to say what it waits for.
  func runStep(_ body: (Hooks) async throws -> Outcome) async throws {
    let line = ProgressLine(isQuiet: output.quiet)
    let interruption = Interruption(advice: "Nothing is lost; go on with: \(resumeCommand)")
    let start = ContinuousClock.now
    let outcome: Outcome
    do {
      outcome = try await body(
        Hooks(
          onProgress: { line.show($0) }, onNotice: { line.notice($0) }, onMessage: { line.say($0) },
          isStopping: { interruption.isRequested }))
      line.finish()
    } catch is Stopped {
      line.finish()
      Talk.say("interrupted; nothing was changed. Go on with: \(resumeCommand)")
      throw ExitCode(ExitCodes.interrupted)
    } catch {
      line.finish()
      throw error
    }
    if output.json, printsJSON { Talk.data(outcome.summary.json) }
    if !output.quiet, showsTable { Talk.say(SummaryTable.text(outcome.summary, elapsed: .now - start)) }
    if outcome.isInterrupted {
      Talk.say("interrupted; replies so far are kept. Go on with: \(resumeCommand)")
      throw ExitCode(ExitCodes.interrupted)
    }
    if outcome.failures.exceeds(allowedFailures) {
      let failures = outcome.failures
      Talk.say(
        "\(grouped(failures.failed)) of \(grouped(failures.total)) failed, more than --allow-failures lets pass")
      throw ExitCode(ExitCodes.tooManyFailures)
    }
  }
}

extension Runner.Hooks {
  /// For commands that answer at once, and end where Ctrl-C finds them.
  init(drawnBy line: ProgressLine) {
    self.init(
      onProgress: { line.show($0) }, onNotice: { line.notice($0) }, onMessage: { line.say($0) }, isStopping: { false })
  }
}
