import LanguageModels
import PersonaRecords
import TestSupport
import Testing

/// Replies as servers in use write them, through a real connection.
@Suite struct ClientReplyTests {
  @Test func anOrdinaryReplyIsReadWithItsUsage() async throws {
    let reply = try await Conversation.ask(.text("hello")).reply
    #expect(
      reply
        == ModelReply(
          text: "hello", finishReason: "stop", usage: .init(promptTokens: 11, completionTokens: 7),
          model: "test-model-0001"))
  }

  @Test func theRequestSaysWhatWasAskedAndNoMore() async throws {
    var request = Conversation.request
    request.sampling = Sampling(temperature: 0.5, topP: 0.9, maxTokens: 64, stop: ["END"], seed: 5)
    let asked = try await Conversation.ask(.text("hello"), request)
    let call = try #require(asked.calls.first)
    #expect(
      call.body
        == #"{"model":"m","messages":[{"role":"user","content":"Who?"}],"temperature":0.5,"top_p":0.9,"#
        + #""max_tokens":64,"stop":["END"],"seed":5}"#)
    #expect(call.headers["authorization"] == "Bearer \(Conversation.key)")
    #expect(call.headers["content-type"] == "application/json")
    let plain = try await Conversation.ask(.text("hello"))
    #expect(plain.calls[0].body == #"{"model":"m","messages":[{"role":"user","content":"Who?"}],"max_tokens":4096}"#)
  }

  @Test func furtherSamplesOfOnePromptHaveSeedsOfTheirOwn() async throws {
    var seeds: Set<Int> = []
    for number in 0..<4 {
      var request = Conversation.request
      request.sampling.seed = 5
      request.sampleNumber = number
      seeds.insert(try await Conversation.ask(.text("x"), request).calls[0].json["seed"]?.intValue ?? -1)
    }
    #expect(seeds.count == 4 && seeds.contains(5))
    #expect(seeds.allSatisfy { 0 <= $0 && $0 < 1 << 31 })
  }

  @Test func contentInPartsIsJoined() async throws {
    let parts = JSONValue.array([
      .object([.init("type", .string("text")), .init("text", .string("one, "))]),
      .object([.init("type", .string("text")), .init("text", .string("two"))]),
    ])
    #expect(try await Conversation.ask(.completion(content: parts)).reply.text == "one, two")
  }

  @Test(arguments: ["reasoning", "reasoning_content"])
  func thinkingInAFieldOfItsOwnIsKeptApart(field: String) async throws {
    let answer = ServerAnswer.completion(content: .string("42"), message: [.init(field, .string("six by seven"))])
    let reply = try await Conversation.ask(answer).reply
    #expect(reply.text == "42" && reply.reasoning == "six by seven")
  }

  @Test(arguments: [
    ("<think>\nhm\n</think>\n\n42", "hm", "42"), ("hm\n</think>\n42", "hm", "42"),
    ("<think>cut off here", "cut off here", ""),
    ("  <think></think>42", "", "42"),
    ("a <think> in the text </think> stays", "", "a <think> in the text </think> stays"),
    ("plain", "", "plain"),
  ])
  func thinkingInTheTextIsSplitOff(content: String, reasoning: String, text: String) async throws {
    let reply = try await Conversation.ask(.text(content)).reply
    #expect(reply.reasoning == reasoning)
    #expect(reply.text == text)
  }

  @Test func aReplyCutByLengthSaysSo() async throws {
    #expect(try await Conversation.ask(.cutByLength).reply.finishReason == "length")
    let other = ServerAnswer.completion(content: .string("x"), finishReason: .string("MAX_TOKENS"))
    #expect(try await Conversation.ask(other).reply.finishReason == "length")
  }

  @Test func aRefusalAndAFilterAreRepliesWithThatName() async throws {
    let refusal = try await Conversation.ask(.refusal("I can't help with that.")).reply
    #expect(refusal.finishReason == "refusal" && refusal.text == "I can't help with that.")
    #expect(try await Conversation.ask(.contentFilter).reply.finishReason == "content_filter")
  }

  @Test func nullContentIsAnEmptyReply() async throws {
    let reply = try await Conversation.ask(.completion(content: .null, finishReason: .null)).reply
    #expect(reply.text == "" && reply.finishReason == "")
  }

  @Test func usageLeftOutIsEstimated() async throws {
    let reply = try await Conversation.ask(.completion(content: .string("12345678"), usage: nil)).reply
    #expect(reply.usage == .init(promptTokens: 5, completionTokens: 2, isEstimated: true))
  }

  @Test func tenTimesTheLengthIsStillAReply() async throws {
    #expect(try await Conversation.ask(.long(1_000_000)).reply.text.utf8.count == 1_000_000)
  }

  @Test func aReplyWithLoneSurrogatesAndRawControlsIsRead() async throws {
    let body = "{\"choices\":[{\"message\":{\"content\":\"a\\ud83d b\tc\"},\"finish_reason\":\"stop\"}]}"
    #expect(try await Conversation.ask(.status(200, body)).reply.text == "a\u{FFFD} b\tc")
  }

  @Test func manyRequestsAtOnceAllGetTheirOwnReply() async throws {
    let answer: ModelServer.Answer = { .text("you said \($0.lastMessage)") }
    try await ModelServer.with(answer: answer) { server in
      try await Conversation.withModel(server) { model in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<200 {
            group.addTask {
              let request = ModelRequest(model: "m", messages: [Message(role: .user, content: "\(number)")])
              let reply = try await model.reply(to: request)
              #expect(reply.text == "you said \(number)")
            }
          }
          try await group.waitForAll()
        }
      }
      #expect(server.calls.count == 200)
    }
  }

  // MARK: Structured output

  @Test func aSchemaIsSentWhereTheServerTakesIt() async throws {
    let asked = try await Conversation.ask(.text("{}"), Conversation.structured)
    #expect(asked.calls.map(\.responseFormat) == ["json_schema"])
    let format = asked.calls[0].json["response_format"]?["json_schema"]
    #expect(format?["name"] == .string("person") && format?["strict"] == .bool(true))
    #expect(asked.calls[0].lastMessage == "Who?")
  }

  @Test func anOpenSchemaIsNotCalledStrict() async throws {
    var request = Conversation.structured
    request.format?.schema = .object([
      .init("type", .string("object")),
      .init("properties", .object([.init("persona", .object([.init("type", .string("string"))]))])),
    ])
    let asked = try await Conversation.ask(.text("{}"), request)
    #expect(asked.calls[0].json["response_format"]?["json_schema"]?["strict"] == .bool(false))
  }

  @Test(arguments: [400, 404, 422, 500])
  func aServerThatRejectsTheSchemaIsAskedForLessAndThatIsRemembered(status: Int) async throws {
    let rejection = ServerAnswer.error(status, "response_format is not supported here")
    let answer: ModelServer.Answer = { $0.responseFormat.isEmpty ? .text("{\"a\":1}") : rejection }
    try await ModelServer.with(answer: answer) { server in
      try await Conversation.withModel(server) { model in
        for _ in 0..<2 {
          let reply = try await model.reply(to: Conversation.structured)
          #expect(reply.text == "{\"a\":1}")
        }
      }
      #expect(server.calls.map(\.responseFormat) == ["json_schema", "json_object", "json_object", "", ""])
      #expect(server.calls[1].json["response_format"]?["schema"] != nil)
      #expect(server.calls[2].json["response_format"]?["schema"] == nil)
      for call in server.calls.dropFirst() {
        #expect(call.lastMessage.hasPrefix("Who?\n\nAnswer with one JSON object"))
        #expect(call.lastMessage.hasSuffix(Conversation.structured.format?.schema.line ?? "-"))
      }
    }
  }

  @Test func jsonObjectIsEnoughWhereTheServerTakesIt() async throws {
    let answer: ModelServer.Answer = { $0.responseFormat == "json_schema" ? .rejectsResponseFormat : .text("{}") }
    try await ModelServer.with(answer: answer) { server in
      _ = try await Conversation.withModel(server) { try await $0.reply(to: Conversation.structured) }
      #expect(server.calls.map(\.responseFormat) == ["json_schema", "json_object"])
    }
  }

  @Test func anotherRejectionIsNotTakenForOneOfTheSchema() async throws {
    let problem = await Conversation.problem(.error(400, "too many tokens in the prompt"), Conversation.structured)
    #expect(problem?.consequence == .rejectRow)
  }
}
