import ArgumentParser
import Foundation
import PersonaHub
import PersonaRecords

/// Options that mean the same in every command.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the result as one JSON object on stdout.")
  var json = false

  @Flag(help: "No progress and no table; errors only.")
  var quiet = false

  // Read by `SettingsFile` before the command line is parsed; here for `--help`.
  @Option(
    help: ArgumentHelp("Settings for what is not typed. [default: persona-hub.yaml, if there]", valueName: "file"))
  var settings: String?
}

struct HubOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The hub's folder.", valueName: "dir"))
  var hub = "./hub"
}

struct SeedOption: ParsableArguments {
  @Option(help: "Seed of everything that is left to chance.")
  var seed: UInt64 = 0
}

struct FailureOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Exit with 2 when more than this share failed.",
      discussion: "Calls that never succeeded and records that could not be read; what filters drop is no failure.",
      valueName: "percent"), transform: Percentage.init)
  var allowFailures = Percentage(share: 0.01)
}

/// A share typed as `1%`, `1` or `0.5%`.
struct Percentage: Sendable {
  let share: Double

  init(share: Double) { self.share = share }

  init(_ text: String) throws {
    let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
    guard let percent = Double(digits), (0...100).contains(percent) else {
      throw ValidationError("a share should be a percentage from 0% to 100%, and is \"\(text.cut(to: 20))\"")
    }
    share = percent / 100
  }
}
