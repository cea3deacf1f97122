import LanguageModels
import PersonaRecords
import TestSupport
import Testing

/// One request to a server that breaks as told.
enum Conversation {
  static let key = "sk-test-0123456789abcdef"
  static let request = ModelRequest(model: "m", messages: [Message(role: .user, content: "Who?")])
  static var structured: ModelRequest {
    var request = request
    request.format = ReplyFormat(
      name: "person",
      schema: .object([
        .init("type", .string("object")),
        .init("properties", .object([.init("persona", .object([.init("type", .string("string"))]))])),
        .init("required", .array([.string("persona")])), .init("additionalProperties", .bool(false)),
      ]))
    return request
  }

  struct Asked {
    var reply: ModelReply
    var calls: [ModelServer.Call]
  }

  /// Opens a model at the server; waiting between tries moves the clock and takes no time.
  static func withModel<Value>(
    _ server: ModelServer, key: String? = Conversation.key, clock: ManualClock = ManualClock(movesBySleeping: true),
    requestTimeout: Duration = .seconds(20), maximumReplyBytes: Int = 16 << 20,
    onRetry: @escaping @Sendable (String) -> Void = { _ in }, body: (ScheduledModel) async throws -> Value
  ) async throws -> Value {
    var endpoint = try ChatEndpoint(
      url: server.url, environment: key.map { ["OPENAI_API_KEY": $0] } ?? [:])
    endpoint.requestTimeout = requestTimeout
    endpoint.maximumReplyBytes = maximumReplyBytes
    var hooks = ScheduledModel.Hooks()
    hooks.onWait = onRetry
    return try await ScheduledModel.withModel(
      "m", at: [endpoint], limits: RetryLimits(attempts: 4), hooks: hooks, clock: clock, body: body)
  }

  static func ask(_ answer: ServerAnswer, _ request: ModelRequest = request) async throws -> Asked {
    try await ModelServer.with(always: answer) { server in
      let reply = try await withModel(server) { try await $0.reply(to: request) }
      return Asked(reply: reply, calls: server.calls)
    }
  }

  /// The problem that a request ends with when the server always answers so; nil when there is none.
  static func problem(
    _ answer: ServerAnswer, _ request: ModelRequest = request, key: String? = key,
    requestTimeout: Duration = .seconds(20), maximumReplyBytes: Int = 16 << 20
  ) async -> Problem? {
    do {
      return try await ModelServer.with(always: answer) { server in
        try await withModel(
          server, key: key, requestTimeout: requestTimeout, maximumReplyBytes: maximumReplyBytes
        ) { model in
          do {
            _ = try await model.reply(to: request)
            return nil
          } catch let problem as Problem {
            return problem
          }
        }
      }
    } catch {
      Issue.record("no problem, but \(error)")
      return nil
    }
  }
}
