package import ArgumentParser
import Foundation
import PersonaHub
import PersonaRecords
import Synchronization

/// The command line: one file per command, this one knows their order and how each way of ending becomes an exit code.
package struct PersonaHubCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "persona-hub",
    abstract: "Turns web text into a hub of distinct personas, and personas into diverse synthetic data.",
    discussion: """
      Without a model named, `builtin` answers: a text analyser, not a language model, for demos, tests and dry runs.
      Set OPENAI_BASE_URL and OPENAI_API_KEY to ask a real one.

      Example: persona-hub demo --out demo-out
      """,
    version: Version.current,
    subcommands: [
      DemoCommand.self, DeriveCommand.self, ExpandCommand.self, FilterCommand.self, DedupCommand.self,
      EmbedCommand.self,
      BuildCommand.self, HubCommand.self, RecipesCommand.self, PromptsCommand.self, PreviewCommand.self,
      SynthesizeCommand.self, ConverseCommand.self, PanelCommand.self, ExportCommand.self, ReportCommand.self,
      RunsCommand.self, ServeModelCommand.self, DoctorCommand.self,
    ])

  package init() {}

  /// Parses the command line, runs the command and ends the process with the exit code of `ExitCodes`.
  package static func runAndExit() async -> Never {
    // A reader that closes the pipe must not kill a run that writes files too.
    signal(SIGPIPE, SIG_IGN)
    do {
      try await runAsTyped(Array(CommandLine.arguments.dropFirst()))
      Foundation.exit(0)
    } catch {
      Foundation.exit(ExitCodes.report(error))
    }
  }
}

extension PersonaHubCommand {
  /// Runs a command from its words, completed from the settings file.
  static func runAsTyped(_ words: [String]) async throws {
    Runner.words.withLock { $0 = words }
    var command = try parseAsRoot(try SettingsFile.completed(words))
    if var asyncCommand = command as? any AsyncParsableCommand {
      try await asyncCommand.run()
    } else {
      try command.run()
    }
  }
}

/// How a command ended, as the process says it.
enum ExitCodes {
  static let done: Int32 = 0
  static let failed: Int32 = 1
  static let tooManyFailures: Int32 = 2
  static let wrongUsage: Int32 = 64
  static let stoppedResumable: Int32 = 75
  static let interrupted: Int32 = 130

  /// Says on stderr what happened, and returns the code.
  static func report(_ error: any Error) -> Int32 {
    switch error {
    case let problem as Problem:
      Talk.say("persona-hub: \(problem)")
      return code(of: problem.consequence)
    case let code as ExitCode: return code.rawValue
    case is Stopped, is CancellationError: return interrupted
    default:
      // Usage errors, `--help` and `--version`, which the parser has words for.
      let code = PersonaHubCommand.exitCode(for: error)
      let text = PersonaHubCommand.fullMessage(for: error)
      if code == .success { Talk.data(text) } else { Talk.say(text) }
      return code == .validationFailure ? wrongUsage : code.rawValue
    }
  }

  static func code(of consequence: Problem.Consequence) -> Int32 {
    switch consequence {
    case .wrongUsage: wrongUsage
    case .stopResumable, .retry: stoppedResumable
    case .rejectRow, .stopRun: failed
    }
  }
}
