package import PersonaRecords

/// Where an OpenAI-compatible server is, and how patiently it is talked to.
package struct ChatEndpoint: Sendable {
  package static let defaultURL = "https://api.openai.com/v1"
  package static let urlVariable = "OPENAI_BASE_URL"
  package static let keyVariable = "OPENAI_API_KEY"

  /// Full address of the chat completions route.
  package let chatURL: String
  /// Host, port and path without the query: for messages.
  package let displayURL: String
  package let host: String
  /// The host without its port, the port, whether it is encrypted, and path and query of the route: for the connection.
  let hostName: String
  let port: Int
  let usesTLS: Bool
  let chatPath: String
  /// Path and query of the route for vectors.
  let embeddingsPath: String
  package let key: APIKey?
  /// The options that name address and model, for messages.
  package let options: Options
  /// The name this server knows the model by, where it is another than the one asked for.
  package var modelName: String?
  /// Share of the calls beside other endpoints, and what the server may be asked per minute.
  package var weight = 1
  package var requestsPerMinute: Int?
  package var tokensPerMinute: Int?
  /// Requests at the same time, at most; as many connections are kept.
  package var concurrency = 8
  package var connectTimeout: Duration = .seconds(10)
  /// From sending a request until the last byte of its reply.
  package var requestTimeout: Duration = .seconds(300)
  /// A longer reply body is not read to its end.
  package var maximumReplyBytes = 16 << 20

  /// How the user names an endpoint's address and its model.
  package struct Options: Sendable {
    package var url = "--model-url"
    package var model = "--model"

    package init() {}

    package init(url: String, model: String) {
      self.url = url
      self.model = model
    }
  }

  /// - Parameters:
  ///   - baseURL: with or without `/v1` and a slash at the end; a query is kept.
  ///   - key: sent as a bearer token; nil sends none, as local servers like it.
  ///   - options: what the user typed the address and the model with, for messages.
  /// - Throws: `Problem` (wrong usage) for an address that is none, or that holds a password, and for a key that cannot
  ///   be sent.
  package init(baseURL: String, key: APIKey?, options: Options = Options()) throws(Problem) {
    let advice = "give an address such as http://localhost:8000/v1 with \(options.url) or \(Self.urlVariable)"
    let trimmed = baseURL.trimmingWhitespace()
    guard let schemeEnd = trimmed.firstRange(of: "://") else {
      throw Problem(
        "the model's address \"\(trimmed.cut())\" does not start with http:// or https://", advice: advice,
        consequence: .wrongUsage)
    }
    let scheme = trimmed[..<schemeEnd.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw Problem(
        "the model's address starts with \"\(scheme.cut(to: 20))://\" and should start with http:// or https://",
        advice: advice, consequence: .wrongUsage)
    }
    let rest = trimmed[schemeEnd.upperBound...].prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard !authority.contains("@") else {
      throw Problem(
        "the model's address holds a user name or password",
        advice: "put the key into \(Self.keyVariable), and leave it out of the address", consequence: .wrongUsage)
    }
    guard !authority.isEmpty, rest.unicodeScalars.allSatisfy({ ("!"..."~").contains($0) }) else {
      throw Problem(
        "the model's address \"\(trimmed.cut())\" has no host, or a character that no address has",
        advice: advice, consequence: .wrongUsage)
    }
    let afterAuthority = rest[authority.endIndex...]
    var path = String(afterAuthority.prefix { $0 != "?" })
    let query = afterAuthority.dropFirst(path.count)
    while path.hasSuffix("/") { path.removeLast() }
    for route in ["/chat/completions", "/embeddings"] where path.hasSuffix(route) { path.removeLast(route.count) }
    // A bare host means the usual place; a path of one's own (a gateway, Azure) is taken as it is.
    if path.isEmpty { path = "/v1" }
    self.host = String(authority)
    usesTLS = scheme == "https"
    let afterBracket = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority[...]
    let colon = afterBracket.lastIndex(of: ":")
    hostName = String(authority[..<(colon ?? authority.endIndex)].filter { $0 != "[" && $0 != "]" })
    let stated = colon.map { authority[authority.index(after: $0)...] }
    let number = stated.map { Int($0) ?? 0 } ?? (usesTLS ? 443 : 80)
    guard (1...65535).contains(number) else {
      throw Problem(
        "the model's address \"\(trimmed.cut())\" has a port that is none", advice: advice, consequence: .wrongUsage)
    }
    port = number
    chatPath = "\(path)/chat/completions\(query)"
    embeddingsPath = "\(path)/embeddings\(query)"
    self.options = options
    self.displayURL = "\(scheme)://\(authority)\(path)"
    self.chatURL = "\(displayURL)/chat/completions\(query)"
    self.key = key
    if let key, !key.isSendable {
      throw Problem(
        "the key in \(key.variable) holds a space, a line break or another character that no key has",
        advice: "set it again, without quotes and line ends inside", consequence: .wrongUsage)
    }
  }

  /// Reads address and key from the environment; a flag beats `OPENAI_BASE_URL`.
  /// - Parameter keyVariable: the variable that holds the key.
  package init(
    url: String? = nil, environment: [String: String], keyVariable: String = Self.keyVariable
  ) throws(Problem) {
    let stated = url ?? environment[Self.urlVariable].flatMap { $0.trimmingWhitespace().isEmpty ? nil : $0 }
    try self.init(
      baseURL: stated ?? Self.defaultURL, key: APIKey(environment[keyVariable], variable: keyVariable))
  }

  /// The text without any part of the key.
  func redact(_ text: String) -> String { key?.redact(text) ?? text }
}
