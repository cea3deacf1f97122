import BuiltinModel
import PersonaRecords

/// One answer to a chat completions request: what is in it, and its JSON.
struct Completion: Sendable {
  struct Choice: Sendable, Equatable {
    var text: String
    var finishReason = "stop"
    var refusal: String?
    var reasoning: String?
  }

  var id: String
  var createdAt: Int
  var model: String
  var choices: [Choice]
  var promptTokens: Int
  var hasUsage = true

  var completionTokens: Int {
    choices.reduce(0) { $0 + TokenCount.of($1.text) + TokenCount.of($1.reasoning ?? "") }
  }

  /// Answers with builtin, or with a text that is always the same.
  ///
  /// - Parameters:
  ///   - seed: for requests without one of their own.
  ///   - fault: what the model does wrong; faults of the connection change nothing here.
  init(to call: ChatCall, id: String, createdAt: Int, seed: UInt64, canned: String?, fault: Fault? = nil) {
    self.id = id
    self.createdAt = createdAt
    model = call.model
    promptTokens = TokenCount.of(call.messages)
    choices = (0..<call.choices).map { number in
      let text = canned ?? Self.builtinText(call, seed: seed, number: number)
      return Self.limited(Choice(text: text), by: call)
    }
    if let fault { spoil(by: fault) }
  }

  private static func builtinText(_ call: ChatCall, seed: UInt64, number: Int) -> String {
    let text = BuiltinModel().answer(
      messages: call.messages.map { BuiltinModel.Message(role: $0.role, content: $0.content) },
      schemaName: call.schemaName, schema: call.schema, seed: call.seed ?? seed, sampleNumber: number)
    // Builtin writes prose where it was not told a schema; a server that promises an object keeps its word.
    guard call.wantsObject, (try? JSONValue(text: text))?.objectValue == nil else { return text }
    return JSONValue.object([.init("text", .string(text))]).line
  }

  /// Ends the text at a stop sequence and at the length asked for.
  private static func limited(_ choice: Choice, by call: ChatCall) -> Choice {
    var choice = choice
    let stops = call.stop.compactMap { choice.text.firstRange(of: $0)?.lowerBound }
    if let stop = stops.min() { choice.text = String(choice.text[..<stop]) }
    if let most = call.maxTokens, let cut = TokenCount.cut(choice.text, to: most) {
      choice.text = cut
      choice.finishReason = "length"
    }
    return choice
  }

  private mutating func spoil(by fault: Fault) {
    switch fault {
    case .noChoices: choices = []
    case .noUsage: hasUsage = false
    default: for place in choices.indices { Self.spoil(&choices[place], by: fault) }
    }
  }

  private static func spoil(_ choice: inout Choice, by fault: Fault) {
    switch fault {
    case .refusal:
      choice.text = ""
      choice.refusal = "I'm sorry, but I cannot help with that."
    case .filter:
      choice.text = ""
      choice.finishReason = "content_filter"
    case .length:
      choice.text = TokenCount.cut(choice.text, to: TokenCount.of(choice.text) / 2) ?? choice.text
      choice.finishReason = "length"
    case .reasoning:
      choice.reasoning = "First I look at what is asked, then I think about who might ask it, and then I write it down."
    case .babble: choice.text = "What a pleasant day it is for a walk along the harbour."
    default: break
    }
  }

  func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id)
      line.member("object", "chat.completion")
      line.member("created", createdAt)
      line.member("model", model)
      line.key("choices")
      line.array { line in
        for (number, choice) in choices.enumerated() { Self.write(choice, number, to: &line) }
      }
      if hasUsage {
        line.key("usage")
        line.object { line in
          line.member("prompt_tokens", promptTokens)
          line.member("completion_tokens", completionTokens)
          line.member("total_tokens", promptTokens + completionTokens)
        }
      }
    }
  }

  private static func write(_ choice: Choice, _ number: Int, to line: inout JSONLine) {
    line.object { line in
      line.member("index", number)
      line.key("message")
      line.object { line in
        line.member("role", "assistant")
        line.member("content", choice.refusal == nil ? .string(choice.text) : .null)
        line.member("refusal", choice.refusal.map(JSONValue.string) ?? .null)
        if let reasoning = choice.reasoning { line.member("reasoning_content", reasoning) }
      }
      line.member("logprobs", .null)
      line.member("finish_reason", choice.finishReason)
    }
  }

  var answer: HTTPAnswer {
    var line = JSONLine()
    write(to: &line)
    return HTTPAnswer(200, line.bytes)
  }
}
