import Foundation
package import LanguageModels
public import PersonaRecords

/// Which model is asked, where, and what a token of it costs.
public struct ModelSettings: Sendable {
  /// `builtin`, or the name the endpoint knows.
  public var name: String
  /// Base URL of an OpenAI-compatible endpoint; nil for `builtin` and for what the environment says.
  public var url: String?
  private let baseURLOfEnvironment: String?
  /// Every text form of it hides the secret, so that no dump of the settings shows it.
  private let key: APIKey?
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
  ///   - name: nil means: `builtin` unless an endpoint is named, and then the one model it serves.
  ///   - url: nil means `OPENAI_BASE_URL`; with a model named and neither given, the provider of that variable's name.
  ///   - environment: where address and key come from; nil for that of the process.
  public init(name: String?, url: String?, environment: [String: String]? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    self.url = url
    baseURLOfEnvironment = environment[ChatEndpoint.urlVariable].flatMap { $0.isEmpty ? nil : $0 }
    key = APIKey(environment[ChatEndpoint.keyVariable], variable: ChatEndpoint.keyVariable)
    let isEndpointNamed = url != nil || baseURLOfEnvironment != nil
    self.name = name ?? (isEndpointNamed ? "" : "builtin")
  }

  /// Where the model is; nil for `builtin`.
  /// - Throws: `Problem` when the address is none, or the key cannot be sent.
  package func endpoint() throws(Problem) -> ChatEndpoint? {
    guard name != "builtin" else { return nil }
    var endpoint = try ChatEndpoint(
      baseURL: url ?? baseURLOfEnvironment ?? ChatEndpoint.defaultURL, key: key)
    endpoint.concurrency = concurrency
    endpoint.requestTimeout = requestTimeout
    endpoint.retries.attempts = maximumAttempts
    return endpoint
  }

  /// The sampling settings that were typed, in one line; `""` when there are none.
  package var described: String {
    var parts: [String] = []
    if let temperature = sampling.temperature { parts.append("temperature=\(temperature)") }
    if let topP = sampling.topP { parts.append("top-p=\(topP)") }
    if let maxTokens = sampling.maxTokens { parts.append("max-tokens=\(maxTokens)") }
    return parts.joined(separator: " ")
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
