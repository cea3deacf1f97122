import PersonaRecords

/// A request for vectors, as far as the server cares about it.
struct EmbeddingsCall: Sendable, Equatable {
  static let usualDimensions = 384
  /// OpenAI takes so many.
  private static let textLimit = 2048

  var model: String
  var texts: [String]
  var dimensions = Self.usualDimensions
  var isBase64 = false

  var promptTokens: Int { texts.reduce(0) { $0 + TokenCount.of($1) } }

  /// - Throws: `Refusal` that names the parameter.
  init(body: [UInt8]) throws(Refusal) {
    let json: JSONValue
    do {
      json = try JSONValue(utf8: body)
    } catch {
      throw Refusal(message: "We could not parse the JSON body of your request: \(error)")
    }
    guard json.objectValue != nil else {
      throw Refusal(message: "The body should be a JSON object and is \(json.kindName)")
    }
    model = try ChatCall.text(json, "model")
    texts = try Self.texts(json["input"])
    dimensions = try ChatCall.number(json, "dimensions", from: 1, to: 1 << 16) ?? Self.usualDimensions
    switch json["encoding_format"] {
    case nil, .null, .string("float"): break
    case .string("base64"): isBase64 = true
    case .some:
      throw Refusal(
        message: "Invalid value: 'encoding_format' should be 'float' or 'base64'", parameter: "encoding_format",
        code: "invalid_value")
    }
  }

  private static func texts(_ value: JSONValue?) throws(Refusal) -> [String] {
    guard let value else { throw ChatCall.missing("input") }
    let elements = value.arrayValue ?? [value]
    guard !elements.isEmpty, elements.count <= textLimit else {
      throw Refusal(
        message: "Invalid 'input': expected 1 to \(textLimit) texts, got \(elements.count)", parameter: "input",
        code: "invalid_value")
    }
    var texts: [String] = []
    for (place, element) in elements.enumerated() {
      guard let text = element.stringValue else { throw ChatCall.wrong("input[\(place)]", "a string", element) }
      guard !text.isEmpty else {
        throw Refusal(message: "'input[\(place)]' cannot be an empty string", parameter: "input")
      }
      texts.append(text)
    }
    return texts
  }
}
