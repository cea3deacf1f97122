import ArgumentParser
import Foundation
import PersonaHub
import PersonaRecords

struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Runs of a hub: what they made, what failed, and how to go on.",
    discussion: "Example: persona-hub runs list --hub hub",
    subcommands: [RunsListCommand.self, RunsShowCommand.self, RunsResumeCommand.self])
}

struct RunsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The runs of a hub.",
    discussion: "Example: persona-hub runs list --hub hub")

  @OptionGroup var hub: HubOptions

  @Flag(help: "One JSON object per run.")
  var json = false

  func run() async throws {
    for run in try await RunOverview.all(inHub: hub.hub) {
      if json {
        Talk.data(run.json)
      } else {
        let state = run.isComplete ? "complete" : "can go on"
        let parts = [
          run.name, state, "\(grouped(run.items)) items", "\(grouped(run.records)) records",
          "rejected \(grouped(run.rejected.total))", "failed \(grouped(run.failed.total))",
        ]
        Talk.data(parts.joined(separator: "  "))
      }
    }
  }
}

struct RunsShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One run: settings, counts, and its failures grouped by cause.",
    discussion: "Example: persona-hub runs show derive --hub hub")

  @Argument(help: "The run's name, or its beginning.")
  var name: String

  @OptionGroup var hub: HubOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() async throws {
    let run = try await RunOverview.named(name, inHub: hub.hub)
    if json {
      Talk.data(run.json)
      return
    }
    var lines = ["\(run.name)  \(run.isComplete ? "complete" : "can go on")  \(run.path)"]
    lines.append("  items \(grouped(run.items)), records \(grouped(run.records))")
    for (label, tally) in [("rejected", run.rejected), ("failed", run.failed)] {
      for (reason, count) in tally.ranked { lines.append("  \(label), \(reason): \(grouped(count))") }
    }
    lines.append("  tokens \(grouped(run.usage.promptTokens)) in, \(grouped(run.usage.completionTokens)) out")
    if run.spentDollars > 0 { lines.append("  spent $\(String(format: "%.4f", run.spentDollars))") }
    for batch in run.batches {
      var words =
        "  batch \(batch.number)  \(batch.phase)  answered \(grouped(batch.answered)) of \(grouped(batch.requests))"
      if !batch.batchID.isEmpty { words += "  \(batch.batchID) (\(batch.status))" }
      if !batch.reason.isEmpty { words += "  \(batch.reason)" }
      lines.append(words)
    }
    for cause in run.causes {
      lines.append("  \(grouped(cause.count)) × \(cause.cause)  (for example \(cause.example))")
    }
    for setting in run.settings where !setting.value.isEmpty { lines.append("  \(setting.name) = \(setting.value)") }
    if !run.isComplete { lines.append("  go on with: persona-hub runs resume \(run.name) --hub \(hub.hub)") }
    for line in lines { Talk.data(line) }
  }
}

struct RunsResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Goes on with a run, as if its command were typed again in its folder.",
    discussion: """
      What comes after -- is added to the command, such as a larger --budget.

      Example: persona-hub runs resume derive --hub hub
      """)

  @Argument(help: "The run's name, or its beginning.")
  var name: String

  @Argument(parsing: .postTerminator, help: "Further options for the command.")
  var further: [String] = []

  @OptionGroup var hub: HubOptions

  func run() async throws {
    let (folder, typed) = try await RunOverview.command(of: name, inHub: hub.hub)
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw Problem(
        "the folder in which the run was begun is gone", at: .init(file: folder),
        advice: "type the command again where its files are now", consequence: .wrongUsage)
    }
    Talk.say("going on with: persona-hub \(typed.joined(separator: " "))")
    try await PersonaHubCommand.runAsTyped(Self.merged(typed, further))
  }

  /// The command with further options in the place of those it had.
  static func merged(_ typed: [String], _ further: [String]) -> [String] {
    let names = Set(further.filter { $0.hasPrefix("--") }.map { String($0.split(separator: "=")[0]) })
    var kept: [String] = []
    var place = 0
    while place < typed.count {
      let word = typed[place]
      let name = word.split(separator: "=").first.map(String.init) ?? word
      if names.contains(name) {
        let hasOwnWord = !word.contains("=") && place + 1 < typed.count && !typed[place + 1].hasPrefix("-")
        place += hasOwnWord ? 2 : 1
      } else {
        kept.append(word)
        place += 1
      }
    }
    // A run that goes on is not begun anew.
    return kept.filter { $0 != "--new" } + further
  }
}
