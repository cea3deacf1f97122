import PersonaRecords

/// What a server says when it refuses, in the several shapes that are in use.
struct ServerError: Sendable, Equatable {
  var message: String
  /// `code` and `type` of the error, for example `insufficient_quota`; `""` where there is none.
  var codes: [String]
  /// The parameter it complains about.
  var parameter: String
  /// A status that is stated in the body, as gateways do that answer 200 with an error inside.
  var status: Int?
  /// The whole body as text, for the few words that are searched in it.
  var body: String

  init(body bytes: [UInt8]) {
    if let json = try? JSONValue(utf8: bytes), json.objectValue != nil {
      self.init(json: json)
    } else if Self.looksLikeHTML(bytes) {
      self.init(message: "an HTML page", codes: [], parameter: "", body: "")
    } else {
      let text = String(decoding: bytes, as: UTF8.self)
      self.init(message: text.collapsingWhitespace(), codes: [], parameter: "", body: text)
    }
  }

  init(json: JSONValue) {
    let error = json["error"] ?? json
    let detail = json["detail"].map { $0.stringValue ?? $0.line }
    let codes = [error["code"]?.stringValue, error["type"]?.stringValue].compactMap(\.self)
    self.init(
      message: (error.stringValue ?? error["message"]?.stringValue ?? detail ?? json.line).collapsingWhitespace(),
      codes: codes, parameter: error["param"]?.stringValue ?? "", status: error["code"]?.intValue, body: json.line)
  }

  private init(message: String, codes: [String], parameter: String, status: Int? = nil, body: String) {
    self.message = message
    self.codes = codes
    self.parameter = parameter
    self.status = status
    self.body = body
  }

  /// The account is empty: no pause helps.
  var isAboutMoney: Bool {
    codes.contains { ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"].contains($0) }
  }

  /// The server does not take `response_format`, or not this one.
  ///
  /// OpenAI names the parameter; others say it only in words, so a few words that occur nowhere else are searched.
  var isAboutResponseFormat: Bool {
    if parameter.hasPrefix("response_format") { return true }
    let words = [
      "response_format", "json_schema", "json_object", "structured output", "structured_output", "guided_json",
      "support the requested parameters",
    ]
    let text = body.lowercased()
    return words.contains { text.contains($0) }
  }

  /// The server does not take `encoding_format`, or not base64.
  var isAboutEncodingFormat: Bool {
    if parameter.hasPrefix("encoding_format") { return true }
    let text = body.lowercased()
    return text.contains("encoding_format") || text.contains("base64")
  }

  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(256), as: UTF8.self).trimmingWhitespace().lowercased()
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head")
  }
}
