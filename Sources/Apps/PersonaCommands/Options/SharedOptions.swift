import ArgumentParser
import Foundation
import LanguageModels
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

/// Which model is asked, and how.
struct ModelOptions: ParsableArguments {
  @Option(help: "Model to ask: builtin, or a name the endpoint knows. [default: builtin without an endpoint]")
  var model: String?

  @Option(help: ArgumentHelp("Base URL of an OpenAI-compatible endpoint. [default: OPENAI_BASE_URL]", valueName: "url"))
  var modelURL: String?

  @Option(help: "Requests in flight at once.")
  var concurrency = 16

  @Option(help: ArgumentHelp("Seconds until a call counts as lost.", valueName: "s"))
  var timeout: Double = 120

  @Option(help: ArgumentHelp("Times a call is tried before its item fails.", valueName: "n"))
  var attempts = 6

  @Option(help: "Sampling temperature. [default: the recipe's or the server's]")
  var temperature: Double?

  @Option(help: "Nucleus sampling. [default: the server's]")
  var topP: Double?

  @Option(help: "Most tokens of one reply. [default: the recipe's or the server's]")
  var maxTokens: Int?

  @Option(
    help: ArgumentHelp("Dollars per million prompt and completion tokens, such as 0.15,0.60.", valueName: "in,out"))
  var price: String?

  @Option(help: ArgumentHelp("Where replies are kept. [default: the hub's own store]", valueName: "path"))
  var replyStore: String?

  func validate() throws {
    guard (1...4096).contains(concurrency) else { throw ValidationError("--concurrency goes from 1 to 4096") }
    guard timeout > 0, timeout.isFinite else { throw ValidationError("--timeout should be above 0 seconds") }
    guard (1...100).contains(attempts) else { throw ValidationError("--attempts goes from 1 to 100") }
    if let temperature, !(0...2).contains(temperature) { throw ValidationError("--temperature goes from 0 to 2") }
    if let topP, !(0...1).contains(topP) { throw ValidationError("--top-p goes from 0 to 1") }
    if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens should be at least 1") }
    if let price, TokenPrice(price) == nil {
      throw ValidationError("--price should be two numbers such as 0.15,0.60 and is \"\(price.cut(to: 20))\"")
    }
  }

  var settings: ModelSettings {
    var settings = ModelSettings(name: model, url: modelURL)
    settings.concurrency = concurrency
    settings.requestTimeout = .milliseconds(Int64(timeout * 1000))
    settings.maximumAttempts = attempts
    settings.price = price.flatMap { TokenPrice($0) }
    settings.replyStorePath = replyStore
    settings.sampling.temperature = temperature
    settings.sampling.topP = topP
    settings.sampling.maxTokens = maxTokens
    return settings
  }
}
