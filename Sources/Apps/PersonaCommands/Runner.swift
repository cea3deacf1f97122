import ArgumentParser
import Foundation
import PersonaHub
import PersonaRecords

/// Runs one step for a command: progress, Ctrl-C, the closing table, the exit code.
struct Runner {
  let output: OutputOptions
  var allowedFailures = 0.01
  /// What to type to go on after an interruption.
  var resumeCommand = Runner.typedCommand
  var showsTable = true

  /// The command as it was typed, for messages.
  static var typedCommand: String {
    (["persona-hub"] + CommandLine.arguments.dropFirst()).map { word in
      word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,%@+".contains($0) } && !word.isEmpty
        ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }

  /// - Parameter body: gets the progress to draw and whether to stop.
  /// - Throws: what the body throws, and `ExitCode` for interruptions and too many failures.
  func run(
    _ body: (_ onProgress: @escaping @Sendable (FlowProgress) -> Void, _ isStopping: @escaping @Sendable () -> Bool)
      async throws -> Outcome
  ) async throws {
    let line = ProgressLine(isQuiet: output.quiet)
    let interruption = Interruption(advice: "Nothing is lost; go on with: \(resumeCommand)")
    let start = ContinuousClock.now
    let outcome: Outcome
    do {
      outcome = try await body({ line.show($0) }, { interruption.isRequested })
      line.finish()
    } catch is Stopped {
      line.finish()
      Talk.say("interrupted; nothing was changed. Go on with: \(resumeCommand)")
      throw ExitCode(ExitCodes.interrupted)
    } catch {
      line.finish()
      throw error
    }
    if output.json { Talk.data(outcome.summary.json) }
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
