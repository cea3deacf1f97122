import ArgumentParser

struct HubCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hub",
    abstract: "The hub at rest: import, look, sample, search, check, export.",
    discussion: "Example: persona-hub hub stats --hub hub",
    subcommands: [
      HubImportCommand.self, HubStatsCommand.self, HubSampleCommand.self, HubSearchCommand.self, HubShowCommand.self,
      HubVerifyCommand.self, HubExportCommand.self, HubSQLCommand.self,
    ])
}
