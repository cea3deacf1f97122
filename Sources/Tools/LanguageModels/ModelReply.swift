public import PersonaRecords

/// What a model answered.
public struct ModelReply: JSONLineRecord, Equatable {
  /// Tokens that were read and written.
  public struct Usage: Sendable, Equatable {
    public var promptTokens: Int
    public var completionTokens: Int
    /// True where the server said nothing and `TokenEstimate` was used.
    public var isEstimated: Bool

    public init(promptTokens: Int, completionTokens: Int, isEstimated: Bool = false) {
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.isEstimated = isEstimated
    }

    /// The counts alone, to be added up.
    package var tokens: TokenUsage { TokenUsage(promptTokens: promptTokens, completionTokens: completionTokens) }
  }

  public var text: String
  /// What the model thought before it answered, where the server or the text tells it apart; else `""`.
  public var reasoning: String
  /// `stop`, `length` (cut off), `content_filter`, `refusal`, or what else the server says; `""` where it says nothing.
  public var finishReason: String
  public var usage: Usage
  /// The model that answered, as the server names it.
  public var model: String

  public init(text: String, reasoning: String = "", finishReason: String = "stop", usage: Usage, model: String) {
    self.text = text
    self.reasoning = reasoning
    self.finishReason = finishReason
    self.usage = usage
    self.model = model
  }

  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("text", text)
      line.member("reasoning", reasoning)
      line.member("finishReason", finishReason)
      line.key("usage")
      line.object { line in
        line.member("promptTokens", usage.promptTokens)
        line.member("completionTokens", usage.completionTokens)
        line.member("estimated", usage.isEstimated)
      }
      line.member("model", model)
    }
  }

  public init(json: JSONValue) throws(Problem) {
    let usage = json["usage"] ?? .object([])
    self.init(
      text: try json.string("text"), reasoning: try json.string("reasoning"),
      finishReason: try json.string("finishReason"),
      usage: Usage(
        promptTokens: try usage.int("promptTokens"), completionTokens: try usage.int("completionTokens"),
        isEstimated: usage["estimated"]?.boolValue ?? false),
      model: try json.string("model"))
  }
}

/// Token counts for models that do not say: one token per four bytes of UTF-8, rounded up, and four per message.
///
/// A rule of thumb: a token of English is about four letters, a Chinese character is three bytes; code and scripts that a
/// model knows badly take more tokens than this says. Good enough to plan with, and marked as an estimate where stored.
public enum TokenEstimate {
  public static func of(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

  public static func of(_ messages: [Message]) -> Int {
    messages.reduce(0) { $0 + 4 + of($1.content) }
  }
}
