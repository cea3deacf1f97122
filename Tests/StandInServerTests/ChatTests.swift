import PersonaRecords
import StandInServer
import Testing

/// What the server answers, without a socket.
@Suite struct ChatTests {
  @Test func builtinAnswersAndUsageAddsUp() throws {
    let delivery = Desk(StandInSettings()).chat(mathBody())
    #expect(delivery.answer.status == 200)
    #expect(delivery.content.hasPrefix("Math problem:"))
    #expect(delivery.finishReason == "stop")
    let usage = try #require(delivery.json["usage"])
    let parts = ["prompt_tokens", "completion_tokens", "total_tokens"].map { usage[$0]?.intValue ?? -1 }
    #expect(parts[0] > 10 && parts[1] > 10 && parts[0] + parts[1] == parts[2])
  }

  @Test func theSchemaNameTellsTheTask() {
    let format = JSONValue.object([
      .init("type", .string("json_schema")),
      .init("json_schema", .object([.init("name", .string("personas")), .init("schema", .object([]))])),
    ])
    let body = chatBody(
      "<text>\nFeed the sour starter in the evening, and bake the rye loaf at falling heat.\n</text>\nDescribe 1 person.",
      more: [.init("response_format", format)])
    let reply = try? JSONValue(text: Desk(StandInSettings()).chat(body).content)
    #expect(reply?["personas"]?.arrayValue?.count == 1)
  }

  @Test func anObjectAskedForIsAnObject() {
    let format = JSONValue.object([.init("type", .string("json_object"))])
    let delivery = Desk(StandInSettings()).chat(mathBody(more: [.init("response_format", format)]))
    #expect((try? JSONValue(text: delivery.content))?.objectValue != nil)
  }

  @Test func aSeedOfItsOwnChangesTheAnswerAndTheSameSeedDoesNot() {
    let desk = Desk(StandInSettings())
    let texts = (1...8).map { desk.chat(mathBody(more: [.init("seed", .number("\($0)"))])).content }
    #expect(Set(texts).count > 1)
    #expect(desk.chat(mathBody(more: [.init("seed", .number("3"))])).content == texts[2])
  }

  @Test func lengthCutsTheAnswerAndSaysSo() {
    let desk = Desk(StandInSettings())
    let whole = desk.chat(mathBody()).content
    let cut = desk.chat(mathBody(more: [.init("max_tokens", .number("9"))]))
    #expect(cut.finishReason == "length")
    #expect(whole.hasPrefix(cut.content) && cut.content.utf8.count == 36)
  }

  @Test func aCutNeverSplitsACharacter() {
    for tokens in 1...6 {
      let text = TokenCount.cut("小麦播种以后要看土壤", to: tokens)
      #expect(text.map { "小麦播种以后要看土壤".hasPrefix($0) && !$0.contains("\u{FFFD}") } ?? false)
    }
    #expect(TokenCount.cut("short", to: 2) == nil)
  }

  @Test func aStopSequenceEndsTheText() {
    let delivery = Desk(StandInSettings()).chat(mathBody(more: [.init("stop", .array([.string(":")]))]))
    #expect(delivery.content == "Math problem")
    #expect(delivery.finishReason == "stop")
  }

  @Test func severalChoicesAreSeveralSamples() {
    let delivery = Desk(StandInSettings()).chat(mathBody(more: [.init("n", .number("3"))]))
    #expect(delivery.json["choices"]?.arrayValue?.count == 3)
  }

  @Test(arguments: [
    ("", ""), ("{\"model\":\"m\",", ""), ("[1]", ""), ("{}", "model"), ("{\"model\":\"m\"}", "messages"),
    ("{\"model\":\"m\",\"messages\":[]}", "messages"), ("{\"model\":\"m\",\"messages\":3}", "messages"),
    ("{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}", "messages[0].role"),
    ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}", "stream"),
    ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0}", "max_tokens"),
    ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":9}", "temperature"),
  ])
  func aBadBodyIsRefusedInTheShapeThatClientsKnow(body: String, parameter: String) throws {
    let delivery = Desk(StandInSettings()).chat(body)
    #expect(delivery.answer.status == 400)
    let error = try #require(delivery.json["error"])
    #expect(error["message"]?.stringValue?.isEmpty == false)
    #expect(error["type"]?.stringValue == "invalid_request_error")
    #expect((error["param"]?.stringValue ?? "") == parameter)
  }

  @Test func unknownAddressesAndMethodsAreRefused() {
    let desk = Desk(StandInSettings())
    #expect(desk.get("/v1/chat").answer.status == 404)
    #expect(desk.get("/").answer.status == 404)
    #expect(desk.post("/chat/completions", mathBody()).answer.status == 404)
    #expect(desk.get("/v1/chat/completions").answer.status == 405)
    #expect(desk.post("/v1/models", "").answer.status == 405)
    #expect(desk.get("/health").answer.status == 200)
    #expect(desk.get("/v1/models").json["data"]?.arrayValue?.first?["id"]?.stringValue == "stand-in")
  }

  @Test func aWrongKeyIsRefusedWithoutRepeatingIt() {
    var settings = StandInSettings()
    settings.key = "sk-right"
    let desk = Desk(settings)
    for sent in [nil, "Bearer sk-wrong", "sk-right", "Bearer sk-right "] {
      var call = IncomingCall(method: "POST", target: "/v1/chat/completions")
      call.authorization = sent
      call.body = Array(mathBody().utf8)
      let delivery = desk.delivery(for: call, at: Moment(uptime: .zero, unixSeconds: 0))
      #expect(delivery.answer.status == 401)
      #expect(!delivery.text.contains("sk-"))
    }
    var call = IncomingCall(method: "GET", target: "/v1/models")
    call.authorization = "Bearer sk-right"
    #expect(desk.delivery(for: call, at: Moment(uptime: .zero, unixSeconds: 0)).answer.status == 200)
    #expect(desk.get("/health").answer.status == 200)
  }
}
