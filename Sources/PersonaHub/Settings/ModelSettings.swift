import Foundation
import HubStore
package import LanguageModels
package import PersonaRecords
import RunLedger

/// Which model is asked, where, and what a token of it costs.
public struct ModelSettings: Sendable {
  /// `builtin`, or the name the endpoint knows.
  public var name: String
  /// Base URL of an OpenAI-compatible endpoint; nil for `builtin`.
  public var url: String?
  /// Read from the environment only; never printed or stored.
  package var apiKey: String?
  /// Requests in flight at once.
  public var concurrency = 16
  public var requestTimeout = Duration.seconds(120)
  public var maximumAttempts = 6
  /// Dollars per million prompt and completion tokens, where the user stated them.
  public var price: TokenPrice?
  /// Sampling settings typed by the user; they beat those of recipes.
  package var sampling = Sampling()
  /// Where replies are kept; nil for the hub's own store.
  public var replyStorePath: String?

  /// - Parameters:
  ///   - name: nil means: `builtin` unless an endpoint is named, and then the endpoint's first model.
  ///   - url: nil means `OPENAI_BASE_URL`, and with `OPENAI_API_KEY` alone the provider of that name.
  ///   - environment: where keys come from.
  public init(name: String?, url: String?, environment: [String: String] = ProcessInfo.processInfo.environment) {
    let key = environment["OPENAI_API_KEY"].flatMap { $0.isEmpty ? nil : $0 }
    let base = url ?? environment["OPENAI_BASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
    self.apiKey = key
    if name == "builtin" || (name == nil && base == nil && key == nil) {
      self.name = "builtin"
      self.url = nil
    } else {
      self.name = name ?? ""
      self.url = base ?? "https://api.openai.com/v1"
    }
  }
}

/// What tokens cost.
public struct TokenPrice: Sendable, Equatable {
  public var dollarsPerMillionPromptTokens: Double
  public var dollarsPerMillionCompletionTokens: Double

  public init(prompt: Double, completion: Double) {
    self.dollarsPerMillionPromptTokens = prompt
    self.dollarsPerMillionCompletionTokens = completion
  }

  /// Reads `0.15,0.60`: dollars per million prompt tokens, then completion tokens.
  public init?(_ text: String) {
    let parts = text.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard parts.count == 2, let prompt = parts[0], let completion = parts[1], prompt >= 0, completion >= 0,
      prompt.isFinite, completion.isFinite
    else { return nil }
    self.init(prompt: prompt, completion: completion)
  }

  public func cost(of usage: TokenUsage) -> Double {
    (Double(usage.promptTokens) * dollarsPerMillionPromptTokens
      + Double(usage.completionTokens) * dollarsPerMillionCompletionTokens) / 1_000_000
  }
}
