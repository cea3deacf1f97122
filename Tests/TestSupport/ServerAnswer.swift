package import PersonaRecords

/// What `ModelServer` does with one request: an answer of some kind, or a fault.
package struct ServerAnswer: Sendable {
  enum Act: Sendable {
    case send(status: Int, headers: [(String, String)], body: [UInt8])
    /// The connection is reset before a byte of the answer.
    case reset
    /// Nothing, ever.
    case stall
    /// The head and this many bytes of the body, then the connection is closed.
    case cut(status: Int, body: [UInt8], after: Int)
    /// One byte of the body at a time, with this pause between.
    case drip(body: [UInt8], milliseconds: Int)
  }

  let act: Act

  private init(_ act: Act) { self.act = act }

  // MARK: Answers

  /// An ordinary reply with this text.
  package static func text(_ text: String) -> ServerAnswer { completion(content: .string(text)) }

  /// A reply of one choice.
  /// - Parameters:
  ///   - message: further members of the message, such as `reasoning_content` or `refusal`.
  ///   - usage: prompt and completion tokens; nil leaves usage out.
  package static func completion(
    content: JSONValue, finishReason: JSONValue = .string("stop"), message: [JSONValue.Member] = [],
    usage: (prompt: Int, completion: Int)? = (11, 7), model: String = "test-model-0001"
  ) -> ServerAnswer {
    json(
      completionBody(content: content, finishReason: finishReason, message: message, usage: usage, model: model))
  }

  /// Vectors, as lists of numbers (or whatever else stands in their place), in this order.
  package static func vectors(_ vectors: [JSONValue], promptTokens: Int? = 5) -> ServerAnswer {
    let data = vectors.enumerated().map { index, vector in
      JSONValue.object([.init("index", .number("\(index)")), .init("embedding", vector)])
    }
    var members: [JSONValue.Member] = [.init("data", .array(data)), .init("model", .string("test-model-0001"))]
    if let promptTokens {
      members.append(.init("usage", .object([.init("prompt_tokens", .number("\(promptTokens)"))])))
    }
    return json(.object(members))
  }

  package static func vectors(_ vectors: [[Double]], promptTokens: Int? = 5) -> ServerAnswer {
    self.vectors(
      vectors.map { .array($0.map { .number("\($0)") }) }, promptTokens: promptTokens)
  }

  /// Any body with any status.
  package static func status(
    _ status: Int, _ body: String = "", headers: [(String, String)] = [], type: String = "application/json"
  ) -> ServerAnswer {
    ServerAnswer(.send(status: status, headers: [("content-type", type)] + headers, body: Array(body.utf8)))
  }

  package static func json(_ value: JSONValue) -> ServerAnswer { status(200, value.line) }

  /// An error in OpenAI's shape.
  package static func error(
    _ status: Int, _ message: String, code: String = "", parameter: String = "", headers: [(String, String)] = []
  ) -> ServerAnswer {
    let error = JSONValue.object([
      .init("message", .string(message)), .init("type", .string(code)), .init("param", .string(parameter)),
      .init("code", .string(code)),
    ])
    return .status(status, JSONValue.object([.init("error", error)]).line, headers: headers)
  }

  // MARK: Faults

  /// 429, with the header where a value is given (seconds or a date).
  package static func tooManyRequests(retryAfter: String? = nil) -> ServerAnswer {
    error(
      429, "Rate limit reached", code: "rate_limit_exceeded", headers: retryAfter.map { [("retry-after", $0)] } ?? [])
  }
  package static var reset: ServerAnswer { ServerAnswer(.reset) }
  package static var stall: ServerAnswer { ServerAnswer(.stall) }
  package static var halfBody: ServerAnswer {
    let body = Array(completionBody(content: .string("half of this is missing")).line.utf8)
    return ServerAnswer(.cut(status: 200, body: body, after: body.count / 2))
  }
  /// A whole body, one byte every so often.
  package static func drip(everyMilliseconds pause: Int) -> ServerAnswer {
    ServerAnswer(.drip(body: Array(completionBody(content: .string("slowly")).line.utf8), milliseconds: pause))
  }
  package static var wrongJSON: ServerAnswer { status(200, "{\"choices\":[{\"message\":{\"content\":\"a\"") }
  package static var html: ServerAnswer {
    status(200, "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>", type: "text/html")
  }
  package static var prose: ServerAnswer { status(200, "The service is doing well today.", type: "text/plain") }
  package static var emptyBody: ServerAnswer { status(200) }
  package static var emptyChoices: ServerAnswer { json(.object([.init("choices", .array([]))])) }
  package static func refusal(_ words: String) -> ServerAnswer {
    completion(content: .null, message: [.init("refusal", .string(words))])
  }
  package static var contentFilter: ServerAnswer {
    completion(content: .string(""), finishReason: .string("content_filter"))
  }
  package static var cutByLength: ServerAnswer {
    completion(content: .string("{\"persona\":\"A nurse who"), finishReason: .string("length"))
  }
  /// A reply of this many bytes of text.
  package static func long(_ byteCount: Int) -> ServerAnswer { text(String(repeating: "word ", count: byteCount / 5)) }
  /// 401, with the message repeating what the client sent, as careless servers do.
  package static func unauthorized(echoing key: String = "") -> ServerAnswer {
    error(401, "Incorrect API key provided: \(key). You can find your key in your account.", code: "invalid_api_key")
  }
  package static var paymentRequired: ServerAnswer { error(402, "Insufficient Balance") }
  package static var insufficientQuota: ServerAnswer {
    error(429, "You exceeded your current quota", code: "insufficient_quota")
  }
  package static var rejectsResponseFormat: ServerAnswer {
    error(400, "Invalid parameter: 'response_format' of this type is not supported", parameter: "response_format")
  }

  private static func completionBody(
    content: JSONValue, finishReason: JSONValue = .string("stop"), message: [JSONValue.Member] = [],
    usage: (prompt: Int, completion: Int)? = (11, 7), model: String = "test-model-0001"
  ) -> JSONValue {
    let message = JSONValue.object([.init("role", .string("assistant")), .init("content", content)] + message)
    let choice = JSONValue.object([
      .init("index", .number("0")), .init("message", message), .init("finish_reason", finishReason),
    ])
    var members: [JSONValue.Member] = [
      .init("id", .string("chatcmpl-1")), .init("object", .string("chat.completion")), .init("model", .string(model)),
      .init("choices", .array([choice])),
    ]
    if let usage {
      members.append(
        .init(
          "usage",
          .object([
            .init("prompt_tokens", .number("\(usage.prompt)")),
            .init("completion_tokens", .number("\(usage.completion)")),
            .init("total_tokens", .number("\(usage.prompt + usage.completion)")),
          ])))
    }
    return .object(members)
  }
}
