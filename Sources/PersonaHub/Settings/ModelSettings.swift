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
  private let environment: [String: String]
  /// Every text form of it hides the secret, so that no dump of the settings shows it.
  private let key: APIKey?
  /// Requests in flight at once.
  public var concurrency = 16
  public var requestTimeout = Duration.seconds(120)
  public var maximumAttempts = 6
  /// How long an endpoint that has answered before may be away until the run stops.
  public var patience = Duration.seconds(300)
  /// What may be asked of the endpoint per minute; nil for no limit of our own.
  public var requestsPerMinute: Int?
  public var tokensPerMinute: Int?
  /// Further endpoints, which share the calls and stand in for each other.
  public var furtherEndpoints: [EndpointDescription] = []
  public var prices = PriceList()
  /// Dollars that this run may spend, its earlier attempts included; nil for no limit.
  public var budgetInDollars: Double?
  /// Tokens that this run may use, prompts and replies together.
  public var maximumTokens: Int?
  /// Where it is written down which prompt went where; nil for nowhere.
  public var auditPath: String?
  /// Sampling settings typed by the user; they beat those of recipes.
  package var sampling = Sampling()
  /// How requests are sent in batches; nil asks them call by call.
  public var batches: BatchOptions?
  /// Where replies are kept; nil for the hub's own store.
  public var replyStorePath: String?
  private var options = ChatEndpoint.Options()

  /// - Parameters:
  ///   - name: nil means: `builtin` unless an endpoint is named, and then the one model it serves.
  ///   - url: nil means `OPENAI_BASE_URL`; with a model named and neither given, the provider of that variable's name.
  ///   - environment: where address and key come from; nil for that of the process.
  public init(name: String?, url: String?, environment: [String: String]? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    self.environment = environment
    self.url = url
    baseURLOfEnvironment = environment[ChatEndpoint.urlVariable].flatMap { $0.isEmpty ? nil : $0 }
    key = APIKey(environment[ChatEndpoint.keyVariable], variable: ChatEndpoint.keyVariable)
    let isEndpointNamed = url != nil || baseURLOfEnvironment != nil
    self.name = name ?? (isEndpointNamed ? "" : "builtin")
  }

  /// A model that gives texts their vectors, behind an endpoint.
  /// - Parameters:
  ///   - name: nil means the one model that the endpoint serves.
  ///   - url: nil means `OPENAI_BASE_URL`, else the provider of that variable's name.
  public static func embeddings(
    name: String?, url: String?, environment: [String: String]? = nil
  ) -> ModelSettings {
    var settings = ModelSettings(name: name ?? "", url: url, environment: environment)
    settings.options = ChatEndpoint.Options(url: "--embedding-url", model: "--embedding-name")
    return settings
  }

  /// Where the model is; empty for `builtin`.
  /// - Throws: `Problem` when an address is none, or a key cannot be sent.
  package func endpoints() throws(Problem) -> [ChatEndpoint] {
    guard name != "builtin" else { return [] }
    var first = try ChatEndpoint(
      baseURL: url ?? baseURLOfEnvironment ?? ChatEndpoint.defaultURL, key: key, options: options)
    first.requestsPerMinute = requestsPerMinute
    first.tokensPerMinute = tokensPerMinute
    var endpoints = [first]
    for description in furtherEndpoints { endpoints.append(try description.endpoint(environment: environment)) }
    for place in endpoints.indices {
      endpoints[place].concurrency = concurrency
      endpoints[place].requestTimeout = requestTimeout
    }
    return endpoints
  }

  package var retries: RetryLimits { RetryLimits(attempts: maximumAttempts, patience: patience) }

  /// What may be spent.
  /// - Throws: `Problem` when dollars are limited and a model has no price.
  package func budget(model: String, endpoints: [ChatEndpoint]) throws(Problem) -> CallBudget {
    if budgetInDollars != nil {
      for endpoint in endpoints where prices.price(of: endpoint.modelName ?? model) == nil {
        throw Problem(
          "a budget in dollars needs the price of \"\(endpoint.modelName ?? model)\", and it is not known",
          advice: "state it with --price IN,OUT (dollars per million tokens), or in a list with --prices FILE; "
            + "a model that costs nothing is limited with --max-tokens-total", consequence: .wrongUsage)
      }
    }
    return CallBudget(dollarLimit: budgetInDollars, tokenLimit: maximumTokens)
  }

  /// How replies are drawn; what is nil is left to recipe and server.
  public mutating func setSampling(
    temperature: Double?, topP: Double?, maxTokens: Int?, stop: [String], extra: [JSONValue.Member]
  ) {
    sampling = Sampling(temperature: temperature, topP: topP, maxTokens: maxTokens, stop: stop, extra: extra)
  }

  /// The sampling settings that were typed, in one line; `""` when there are none.
  package var described: String { sampling.described }
}
