import LanguageModels
import PersonaRecords
import Testing

/// The lines of OpenAI's batch format, going out and coming back.
@Suite struct BatchLineTests {
  private static let request = ModelRequest(
    model: "m", messages: [Message(role: .user, content: "Who reads \"this\"?")],
    format: ReplyFormat(name: "personas", schema: .object([.init("type", .string("object"))])))

  private static func endpoint(key: String? = nil) throws -> ChatEndpoint {
    try ChatEndpoint(baseURL: "http://localhost:1/v1", key: APIKey(key, variable: "KEY"))
  }

  private static func answer(_ text: String, key: String? = nil) throws -> BatchAnswer? {
    let json = try JSONValue(text: text.replacing("KEY", with: "\(request.key)"))
    return BatchAnswer(json, model: "m", endpoint: try endpoint(key: key)) { _ in 7 }
  }

  @Test func aRequestIsNamedByItsKeyAndFoundAgain() throws {
    let line = BatchLine.write(Self.request, key: Self.request.key, model: "theirs", as: .schema)
    let json = try JSONValue(utf8: line)
    #expect(json["custom_id"]?.stringValue == Self.request.key.description)
    #expect(json["method"]?.stringValue == "POST")
    #expect(json["url"]?.stringValue == "/v1/chat/completions")
    #expect(json["body"]?["model"]?.stringValue == "theirs")
    #expect(json["body"]?["response_format"]?["type"]?.stringValue == "json_schema")
    #expect(BatchLine.key(ofRequest: line[...]) == Self.request.key)
    #expect(BatchLine.key(ofRequest: Array("{\"custom_id\":\"short\"}".utf8)[...]) == nil)
    let weaker = try JSONValue(utf8: BatchLine.write(Self.request, key: Self.request.key, model: "m", as: .words))
    #expect(weaker["body"]?["response_format"] == nil)
  }

  @Test func aReplyIsReadAsTheAnswerOfACallIs() throws {
    let answer = try #require(
      try Self.answer(
        """
        {"id":"x","custom_id":"KEY","error":null,"response":{"status_code":200,"body":{"model":"m-1","choices":[
        {"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}}}
        """.replacing("\n", with: "")))
    #expect(answer.key == Self.request.key)
    #expect(
      answer.content
        == .reply(
          ModelReply(text: "hello", usage: .init(promptTokens: 3, completionTokens: 4), model: "m-1")))
  }

  @Test func usageThatIsLeftOutIsEstimated() throws {
    let answer = try Self.answer(
      "{\"custom_id\":\"KEY\",\"response\":{\"status_code\":200,\"body\":{\"choices\":[{\"message\":{\"content\":\"hello\"}}]}}}"
    )
    guard case .reply(let reply) = answer?.content else { throw Problem("no reply") }
    #expect(reply.usage == .init(promptTokens: 7, completionTokens: 2, isEstimated: true))
    #expect(reply.model == "m")
  }

  @Test func whatIsNoReplySaysWhy() throws {
    let secret = "sk-secret-0123456789"
    let cases = [
      (
        "{\"custom_id\":\"KEY\",\"response\":null,\"error\":{\"code\":\"batch_expired\",\"message\":\"expired with \(secret)\"}}",
        "expired"
      ),
      (
        "{\"custom_id\":\"KEY\",\"response\":{\"status_code\":500,\"body\":{\"error\":{\"message\":\"broken \(secret)\"}}}}",
        "500: broken"
      ),
      ("{\"custom_id\":\"KEY\",\"response\":{\"status_code\":200,\"body\":{\"choices\":[]}}}", "empty list"),
      ("{\"custom_id\":\"KEY\",\"response\":{\"status_code\":200,\"body\":{}}}", "without"),
      ("{\"custom_id\":\"KEY\"}", "could not answer"),
    ]
    for (line, words) in cases {
      guard case .failed(let why) = try Self.answer(line, key: secret)?.content else { throw Problem(line) }
      #expect(why.contains(words), "\(why)")
      #expect(!why.contains("0123456789"))
    }
  }

  @Test func aRefusedResponseFormatIsKnown() throws {
    let answer = try Self.answer(
      "{\"custom_id\":\"KEY\",\"response\":{\"status_code\":400,\"body\":{\"error\":{\"message\":\"no\",\"param\":\"response_format\"}}}}"
    )
    guard case .rejectsFormat = answer?.content else { throw Problem("not known") }
  }

  @Test func aLineOfSomebodyElseIsNone() throws {
    for name in ["", "42", "zz", "KEYKEY"] {
      #expect(try Self.answer("{\"custom_id\":\"\(name)\",\"response\":null}") == nil)
    }
    #expect(try Self.answer("{}") == nil)
    #expect(try Self.answer("[]") == nil)
  }

  @Test func aBatchIsReadWithItsCountsMarkAndErrors() throws {
    let status = try #require(
      BatchStatus(
        JSONValue(
          text: """
            {"id":"b1","status":"failed","errors":{"data":[{"code":"token_limit_exceeded","message":"Enqueued token limit"}]},
            "request_counts":{"total":3,"completed":1,"failed":2},"metadata":{"persona_hub":"r/1"},"output_file_id":null}
            """.replacing("\n", with: ""))))
    #expect(status.stage == .refused)
    #expect(status.isAboutWaitingBatches)
    #expect(status.mark == "r/1")
    #expect(status.reason == "Enqueued token limit")
    #expect((status.total, status.completed, status.failed) == (3, 1, 2))
    #expect(status.outputFileID == nil)
    #expect(BatchStatus(.object([])) == nil)
    #expect(BatchStatus(id: "b", status: "expired").stage == .over)
    #expect(BatchStatus(id: "b", status: "on_hold").stage == .working)
  }
}
