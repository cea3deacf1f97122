import PersonaRecords

/// A chat completions request, as far as builtin and the server care about it.
struct ChatCall: Sendable, Equatable {
  struct Message: Sendable, Equatable {
    let role: String
    let content: String
  }

  var model: String
  var messages: [Message]
  var seed: UInt64?
  var maxTokens: Int?
  var stop: [String] = []
  var choices = 1
  /// Name of the JSON schema asked for; `""` where none is.
  var schemaName = ""
  /// That schema; nil where none was sent with the name.
  var schema: JSONValue?
  /// `json_object` was asked for.
  var wantsObject = false

  /// - Throws: `Refusal` that names the parameter, in the words of the servers that this one stands in for.
  init(body: [UInt8]) throws(Refusal) {
    let json: JSONValue
    do {
      json = try JSONValue(utf8: body)
    } catch {
      throw Refusal(message: "We could not parse the JSON body of your request: \(error)")
    }
    try self.init(json: json)
  }

  init(json: JSONValue) throws(Refusal) {
    guard json.objectValue != nil else {
      throw Refusal(message: "The body should be a JSON object and is \(json.kindName)")
    }
    model = try Self.text(json, "model")
    messages = try Self.messages(json["messages"])
    if let value = json["seed"], value != .null {
      guard let seed = value.intValue else { throw Self.wrong("seed", "an integer", value) }
      self.seed = UInt64(bitPattern: Int64(seed))
    }
    for name in ["max_completion_tokens", "max_tokens"] where maxTokens == nil {
      maxTokens = try Self.number(json, name, from: 1, to: 1 << 24)
    }
    choices = try Self.number(json, "n", from: 1, to: 128) ?? 1
    stop = try Self.stop(json["stop"])
    if json["stream"]?.boolValue == true {
      throw Refusal(message: "This server does not stream", parameter: "stream", code: "unsupported_value")
    }
    try readFormat(json["response_format"])
    try Self.checkRange(json, "temperature", 0...2)
    try Self.checkRange(json, "top_p", 0...1)
  }

  private mutating func readFormat(_ format: JSONValue?) throws(Refusal) {
    guard let format, format != .null else { return }
    switch format["type"]?.stringValue {
    case "text": break
    case "json_object": wantsObject = true
    case "json_schema":
      guard let name = format["json_schema"]?["name"]?.stringValue, !name.isEmpty else {
        throw Self.missing("response_format.json_schema.name")
      }
      schemaName = name
      schema = format["json_schema"]?["schema"]
    default:
      throw Refusal(
        message: "Invalid value: 'response_format.type' should be 'json_object', 'json_schema' or 'text'",
        parameter: "response_format.type", code: "invalid_value")
    }
  }

  private static func messages(_ value: JSONValue?) throws(Refusal) -> [Message] {
    guard let value else { throw missing("messages") }
    guard let elements = value.arrayValue else { throw wrong("messages", "an array of objects", value) }
    guard !elements.isEmpty else {
      throw Refusal(message: "Invalid 'messages': empty array", parameter: "messages", code: "empty_array")
    }
    var messages: [Message] = []
    for (place, element) in elements.enumerated() {
      guard let role = element["role"]?.stringValue else { throw missing("messages[\(place)].role") }
      messages.append(Message(role: role, content: try content(element["content"], "messages[\(place)].content")))
    }
    return messages
  }

  /// A string, or a list of parts of which the texts count.
  private static func content(_ value: JSONValue?, _ name: String) throws(Refusal) -> String {
    switch value {
    case .string(let text): return text
    case .array(let parts): return parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    case .null, nil: return ""
    case .some(let other): throw wrong(name, "a string or an array of parts", other)
    }
  }

  private static func stop(_ value: JSONValue?) throws(Refusal) -> [String] {
    switch value {
    case .string(let text): return [text]
    case .array(let elements): return elements.compactMap(\.stringValue).filter { !$0.isEmpty }
    case .null, nil: return []
    case .some(let other): throw wrong("stop", "a string or an array of strings", other)
    }
  }

  static func text(_ json: JSONValue, _ name: String) throws(Refusal) -> String {
    guard let value = json[name] else { throw missing(name) }
    guard let text = value.stringValue else { throw wrong(name, "a string", value) }
    guard !text.isEmpty else { throw missing(name) }
    return text
  }

  static func number(_ json: JSONValue, _ name: String, from least: Int, to most: Int) throws(Refusal) -> Int? {
    guard let value = json[name], value != .null else { return nil }
    guard let number = value.intValue else { throw wrong(name, "an integer", value) }
    guard (least...most).contains(number) else {
      throw Refusal(
        message: "Invalid '\(name)': expected a value from \(least) to \(most), got \(number)", parameter: name,
        code: "invalid_value")
    }
    return number
  }

  private static func checkRange(_ json: JSONValue, _ name: String, _ range: ClosedRange<Double>) throws(Refusal) {
    guard let value = json[name], value != .null else { return }
    guard let number = value.doubleValue else { throw wrong(name, "a number", value) }
    guard range.contains(number) else {
      throw Refusal(
        message: "Invalid '\(name)': expected a value from \(range.lowerBound) to \(range.upperBound)",
        parameter: name, code: "invalid_value")
    }
  }

  static func missing(_ name: String) -> Refusal {
    Refusal(
      message: "Missing required parameter: '\(name)'", parameter: name, code: "missing_required_parameter")
  }

  static func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> Refusal {
    Refusal(
      message: "Invalid type for '\(name)': expected \(expected), got \(value.kindName)", parameter: name,
      code: "invalid_type")
  }
}
