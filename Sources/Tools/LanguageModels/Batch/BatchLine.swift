package import PersonaRecords

/// The lines of batch files in OpenAI's format: one request each going out, one answer each coming back.
package enum BatchLine {
  /// The route that every line asks for, whatever the server's address.
  package static let route = "/v1/chat/completions"

  private static let head = Array("{\"custom_id\":\"".utf8)

  /// A request, named by its key in the reply store; without line end.
  /// - Parameter model: the name this server knows the model by.
  package static func write(
    _ request: ModelRequest, key: ReplyKey, model: String, as output: StructuredOutput
  ) -> [UInt8] {
    // The key is hex digits: nothing in it needs escaping.
    var line = head + Array("\(key)\",\"method\":\"POST\",\"url\":\"\(route)\",\"body\":".utf8)
    line += ChatCompletionBody.write(request, model: model, as: output)
    line.append(UInt8(ascii: "}"))
    return line
  }

  /// The key of a line that `write` made, without reading the rest of it; nil for any other line.
  package static func key(ofRequest line: ArraySlice<UInt8>) -> ReplyKey? {
    guard line.starts(with: head) else { return nil }
    return ReplyKey(hex: line.dropFirst(head.count).prefix(32))
  }

  /// About how many prompt tokens a line of `write` asks with: one per four bytes, the JSON around the words included.
  package static func promptTokens(ofRequest line: ArraySlice<UInt8>) -> Int { (line.count + 3) / 4 }
}

/// One line of an output or error file.
package struct BatchAnswer: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case reply(ModelReply)
    /// What happened, in a few words without any part of a key.
    case failed(String)
    /// The server does not take this way of asking for structured output.
    case rejectsFormat(String)
  }

  package let key: ReplyKey
  package let content: Content

  package init(key: ReplyKey, content: Content) {
    self.key = key
    self.content = content
  }

  /// Reads a line.
  /// - Parameters:
  ///   - model: what was asked for.
  ///   - promptTokens: of a request, where the answer says nothing of its usage.
  /// - Returns: nil for a line that is not about a request of ours.
  package init?(
    _ json: JSONValue, model: String, endpoint: ChatEndpoint, promptTokens: (ReplyKey) -> Int
  ) {
    guard let key = json["custom_id"]?.stringValue.flatMap({ ReplyKey(hex: Array($0.utf8)) }) else { return nil }
    self.key = key
    guard let response = json["response"], response.objectValue != nil else {
      let error = ServerError(json: json)
      content = .failed("the provider could not answer it: \(endpoint.redact(error.message).cut())")
      return
    }
    let status = response["status_code"]?.intValue ?? 0
    let body = response["body"] ?? .null
    guard (200..<300).contains(status) else {
      let error = ServerError(json: body)
      let words = "the provider answered \(status): \(endpoint.redact(error.message).cut())"
      let isAboutFormat = [400, 404, 422, 500].contains(status) && error.isAboutResponseFormat
      content = isAboutFormat ? .rejectsFormat(words) : .failed(words)
      return
    }
    switch ChatCompletionReader.read(body, model: model, promptTokens: { promptTokens(key) }) {
    case .reply(let reply): content = .reply(reply)
    case .unreadable(let reason): content = .failed("the provider sent \(endpoint.redact(reason).cut())")
    case .error(let error): content = .failed("the provider answered: \(endpoint.redact(error.message).cut())")
    }
  }
}
