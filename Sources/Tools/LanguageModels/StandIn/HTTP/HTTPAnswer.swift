import PersonaRecords

/// One HTTP response, whole.
package struct HTTPAnswer: Sendable, Equatable {
  package var status: Int
  package var contentType = "application/json"
  package var headers: [Header] = []
  package var body: [UInt8]

  package struct Header: Sendable, Equatable {
    package let name: String
    package let value: String
  }

  init(_ status: Int, _ body: [UInt8], type: String = "application/json") {
    self.status = status
    self.body = body
    self.contentType = type
  }

  /// An answer of one JSON object.
  static func json(_ status: Int = 200, _ build: (inout JSONLine) -> Void) -> HTTPAnswer {
    var line = JSONLine()
    line.object(build)
    return HTTPAnswer(status, line.bytes)
  }

  func adding(_ more: [(String, String)]) -> HTTPAnswer {
    var answer = self
    answer.headers += more.map { Header(name: $0.0, value: $0.1) }
    return answer
  }

  /// Status line and header fields with the empty line behind them; `content-length` is that of the whole body.
  func head(keepsConnection: Bool) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.phrase(status))\r\ncontent-type: \(contentType)\r\n"
    text += "content-length: \(body.count)\r\n"
    for header in headers { text += "\(header.name): \(header.value)\r\n" }
    if !keepsConnection { text += "connection: close\r\n" }
    text += "\r\n"
    return Array(text.utf8)
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 413: "Content Too Large"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    default: "Answer"
    }
  }
}

/// How an answer goes onto the wire, and when.
package struct Delivery: Sendable {
  package enum Manner: Sendable, Equatable {
    case whole
    /// Head and half of the body, then the end of the connection.
    case half
    /// A few bytes at a time, with this pause.
    case drip(Duration)
    case reset
    case stall
  }

  package var answer: HTTPAnswer
  package var manner = Manner.whole
  /// Counted from the arrival of the call.
  package var delay = Duration.zero

  init(_ answer: HTTPAnswer, manner: Manner = .whole, delay: Duration = .zero) {
    self.answer = answer
    self.manner = manner
    self.delay = delay
  }
}

/// A request that the server does not do, in the shape in which OpenAI says so.
struct Refusal: Error, Sendable {
  var status = 400
  var message: String
  var type = "invalid_request_error"
  var parameter: String?
  var code: String?
  var headers: [(String, String)] = []

  var answer: HTTPAnswer { HTTPAnswer(status, errorLine.bytes).adding(headers) }

  /// `{"error":{…}}`.
  var errorLine: JSONLine {
    var line = JSONLine()
    line.object { line in
      line.key("error")
      line.object { line in
        line.member("message", message)
        line.member("type", type)
        line.member("param", parameter.map(JSONValue.string) ?? .null)
        line.member("code", code.map(JSONValue.string) ?? .null)
      }
    }
    return line
  }
}
