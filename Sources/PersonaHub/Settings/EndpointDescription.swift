import LanguageModels
public import PersonaRecords

/// A further endpoint as it is typed: `url=http://host:8000/v1,model=NAME,weight=2,key=VARIABLE,rpm=500,tpm=200000`.
///
/// Only `url` must be there. `key` names the environment variable that holds the key; the key itself is never typed.
public struct EndpointDescription: Sendable, Equatable {
  public var url: String
  public var model: String?
  public var weight = 1
  public var keyVariable: String?
  public var requestsPerMinute: Int?
  public var tokensPerMinute: Int?

  /// - Throws: `Problem` (wrong usage) that says which part is wrong.
  public init(_ text: String) throws(Problem) {
    url = ""
    for part in text.split(separator: ",") {
      guard let equals = part.firstIndex(of: "=") else { throw Self.problem("\"\(part)\" has no =") }
      let name = part[..<equals]
      let value = String(part[part.index(after: equals)...])
      switch name {
      case "url": url = value
      case "model": model = value
      case "key": keyVariable = value
      case "weight", "rpm", "tpm":
        guard let number = Int(value), number >= 1 else {
          throw Self.problem("\(name) should be a whole number from 1")
        }
        if name == "weight" { weight = number }
        if name == "rpm" { requestsPerMinute = number }
        if name == "tpm" { tokensPerMinute = number }
      default: throw Self.problem("there is no \"\(name)\"")
      }
    }
    guard !url.isEmpty else { throw Self.problem("url is missing") }
  }

  private static func problem(_ what: String) -> Problem {
    Problem(
      "an endpoint cannot be read: \(what.cut())",
      advice: "write it as url=http://host:8000/v1,model=NAME,weight=2,key=VARIABLE,rpm=500,tpm=200000",
      consequence: .wrongUsage)
  }

  func endpoint(environment: [String: String]) throws(Problem) -> ChatEndpoint {
    let variable = keyVariable ?? ChatEndpoint.keyVariable
    var endpoint = try ChatEndpoint(baseURL: url, key: APIKey(environment[variable], variable: variable))
    endpoint.modelName = model
    endpoint.weight = weight
    endpoint.requestsPerMinute = requestsPerMinute
    endpoint.tokensPerMinute = tokensPerMinute
    return endpoint
  }
}
