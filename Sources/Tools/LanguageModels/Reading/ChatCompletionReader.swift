import PersonaRecords

/// Reads the body of a successful chat completions reply, as the servers in use write it.
enum ChatCompletionReader {
  enum Outcome: Equatable {
    case reply(ModelReply)
    /// The body is no chat completion; the reason in words.
    case unreadable(String)
    /// An error sent with status 200, as some gateways do.
    case error(ServerError)
  }

  static func read(_ body: [UInt8], for request: ModelRequest) -> Outcome {
    guard !body.isEmpty else { return .unreadable("the reply is empty") }
    guard let json = json(body) else {
      if ServerError.looksLikeHTML(body) { return .unreadable("an HTML page instead of a reply") }
      return .unreadable(
        "a reply that is not JSON, or is cut off: \"\(String(decoding: body, as: UTF8.self).cut(to: 60))\"")
    }
    return read(json, model: request.model) { TokenEstimate.of(request.messages) }
  }

  /// As above, for a body that is parsed already.
  /// - Parameters:
  ///   - model: what was asked for, where the reply does not say who answered.
  ///   - promptTokens: estimated where the reply says nothing of its usage.
  static func read(_ json: JSONValue, model: String, promptTokens: () -> Int) -> Outcome {
    if let error = json["error"], error != .null { return .error(ServerError(json: json)) }
    guard let choices = json["choices"]?.arrayValue else {
      return .unreadable("a reply without \"choices\"")
    }
    guard let choice = choices.first else { return .unreadable("a reply with an empty list of choices") }
    guard let message = choice["message"], message.objectValue != nil else {
      return .unreadable("a choice without a message")
    }
    return .reply(reply(from: message, choice: choice, in: json, model: model, promptTokens: promptTokens))
  }

  private static func json(_ body: [UInt8]) -> JSONValue? {
    if let value = try? JSONValue(utf8: body) { return value }
    // Lone surrogates and raw control characters: some servers write what the model's tokens spell.
    var parser = TolerantJSONParser(body)
    guard case .complete(let value, let end) = parser.parse(), value.objectValue != nil,
      body[end...].allSatisfy({ $0 <= 0x20 })
    else { return nil }
    return value
  }

  private static func reply(
    from message: JSONValue, choice: JSONValue, in json: JSONValue, model: String, promptTokens: () -> Int
  ) -> ModelReply {
    var (text, partsRefusal) = content(message["content"])
    var reasoning = message["reasoning_content"]?.stringValue ?? message["reasoning"]?.stringValue ?? ""
    if reasoning.isEmpty { (reasoning, text) = splitThinking(text) }
    var finishReason = commonName(ofFinishReason: choice["finish_reason"]?.stringValue ?? "")
    let refusal = message["refusal"]?.stringValue ?? partsRefusal
    if !refusal.isEmpty {
      if text.isEmpty { text = refusal }
      finishReason = "refusal"
    }
    return ModelReply(
      text: text, reasoning: reasoning, finishReason: finishReason,
      usage: usage(json["usage"], text: text, reasoning: reasoning, promptTokens: promptTokens),
      model: json["model"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } ?? model)
  }

  /// The text of a message's content, and a refusal that stands among its parts.
  private static func content(_ value: JSONValue?) -> (text: String, refusal: String) {
    switch value {
    case .string(let text): return (text, "")
    case .array(let parts):
      var text = ""
      var refusal = ""
      for part in parts {
        text += part.stringValue ?? part["text"]?.stringValue ?? ""
        refusal += part["refusal"]?.stringValue ?? ""
      }
      return (text, refusal)
    default: return ("", "")
    }
  }

  /// Splits off the thinking that a model writes before its answer, between `<think>` and `</think>`.
  ///
  /// Some chat templates write the opening tag into the prompt, so the reply has the closing one alone; and a reply that
  /// was cut off may have only the opening one: then all of it is thinking.
  static func splitThinking(_ text: String) -> (reasoning: String, text: String) {
    // Nearly every reply is without; looking for one byte costs a hundredth of looking for words.
    guard text.utf8.contains(UInt8(ascii: "<")) else { return ("", text) }
    let trimmed = text.trimmingWhitespace()
    let opens = trimmed.hasPrefix("<think>")
    let inner = opens ? trimmed.dropFirst("<think>".count) : trimmed[...]
    guard let close = inner.firstRange(of: "</think>") else {
      return opens ? (String(inner).trimmingWhitespace(), "") : ("", text)
    }
    let reasoning = inner[..<close.lowerBound]
    guard opens || reasoning.firstRange(of: "<think>") == nil else { return ("", text) }
    return (String(reasoning).trimmingWhitespace(), String(inner[close.upperBound...]).trimmingWhitespace())
  }

  /// One name for what servers call differently.
  private static func commonName(ofFinishReason reason: String) -> String {
    switch reason.lowercased() {
    case "max_tokens", "model_length", "length": "length"
    case "eos", "eos_token", "end_turn", "stop", "stop_sequence": "stop"
    default: reason
    }
  }

  private static func usage(
    _ value: JSONValue?, text: String, reasoning: String, promptTokens: () -> Int
  ) -> ModelReply.Usage {
    guard let prompt = value?["prompt_tokens"]?.intValue, let completion = value?["completion_tokens"]?.intValue,
      prompt >= 0, completion >= 0
    else {
      return ModelReply.Usage(
        promptTokens: promptTokens(),
        completionTokens: TokenEstimate.of(text) + TokenEstimate.of(reasoning), isEstimated: true)
    }
    return ModelReply.Usage(promptTokens: prompt, completionTokens: completion)
  }
}
