import LanguageModels
import PersonaRecords
import Synchronization
import TestSupport
import Testing

/// Every fault of the scripted server against the real client.
@Suite struct ClientFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let answer: ServerAnswer

    init(_ name: String, _ answer: ServerAnswer) {
      self.testDescription = name
      self.answer = answer
    }
  }

  static let passing = [
    Fault("429", .tooManyRequests()), Fault("429 with Retry-After", .tooManyRequests(retryAfter: "2")),
    Fault("500", .error(500, "oops")), Fault("502", .status(502, "<html>bad gateway</html>", type: "text/html")),
    Fault("503", .status(503)), Fault("529", .error(529, "overloaded")), Fault("408", .status(408)),
    Fault("reset", .reset), Fault("half body", .halfBody), Fault("wrong JSON", .wrongJSON), Fault("HTML", .html),
    Fault("prose", .prose), Fault("empty body", .emptyBody), Fault("empty choices", .emptyChoices),
    Fault("an error with status 200", .json(.object([.init("error", .object([.init("code", .number("503"))]))]))),
    Fault("no choices", .json(.object([]))), Fault("JSON of another kind", .status(200, "[1,2,3]")),
    Fault("a choice without message", .status(200, #"{"choices":[{"index":0}]}"#)),
  ]

  @Test(arguments: passing) func whatMayPassIsTriedAgainUntilItDoes(fault: Fault) async throws {
    let clock = ManualClock(movesBySleeping: true)
    try await ModelServer.with(script: [fault.answer, fault.answer]) { server in
      try await Conversation.withModel(server, clock: clock) { model in
        let reply = try await model.reply(to: Conversation.request)
        #expect(reply.text == "fine")
        #expect(model.traffic == .init(sent: 3, retries: 2))
      }
      #expect(server.calls.count == 3)
    }
    #expect(clock.waits.count == 2)
  }

  @Test func stallsAndDripsEndWithTheTimeOutAndAreTriedAgain() async throws {
    for fault in [ServerAnswer.stall, .drip(everyMilliseconds: 60)] {
      try await ModelServer.with(script: [fault]) { server in
        // Long enough for the second try on a machine that is busy with other tests.
        try await Conversation.withModel(server, requestTimeout: .seconds(2)) { model in
          let reply = try await model.reply(to: Conversation.request)
          #expect(reply.text == "fine")
        }
        #expect(server.calls.count == 2)
      }
    }
  }

  @Test func aSlowReplyWithinTheTimeOutIsTaken() async throws {
    #expect(try await Conversation.ask(.drip(everyMilliseconds: 0)).reply.text == "slowly")
  }

  @Test func aPauseThatTheServerAsksForIsKept() async throws {
    let clock = ManualClock(movesBySleeping: true)
    let dated = ServerAnswer.error(
      429, "slow down",
      headers: [("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:07 GMT")])
    let notices = Mutex<[String]>([])
    try await ModelServer.with(script: [.tooManyRequests(retryAfter: "7"), dated]) { server in
      try await Conversation.withModel(
        server, clock: clock, onRetry: { notice in notices.withLock { $0.append(notice) } }
      ) { model in
        _ = try await model.reply(to: Conversation.request)
      }
    }
    #expect(clock.waits.count == 2)
    #expect(clock.waits[0] >= .seconds(7) && clock.waits[0] < .seconds(8))
    #expect(clock.waits[1] >= .seconds(30) && clock.waits[1] < .seconds(31))
    let first = notices.withLock { $0.first } ?? ""
    #expect(first.hasPrefix("127.0.0.1:"))
    #expect(first.contains("answered 429: Rate limit reached; next try in 7."))
    #expect(first.hasSuffix("(2 of 4)"))
  }

  @Test func aPauseThatIsTooLongStopsTheRun() async throws {
    let problem = await Conversation.problem(.tooManyRequests(retryAfter: "3600"))
    #expect(problem?.consequence == .stopResumable)
    #expect(problem?.what.contains("(1 try)") == true)
  }

  @Test func theWaitsOfARequestFollowFromTheSeed() async throws {
    var waits: [[Duration]] = []
    for _ in 0..<2 {
      let clock = ManualClock(movesBySleeping: true)
      try await ModelServer.with(script: [.status(500), .status(500), .status(500)]) { server in
        _ = try await Conversation.withModel(server, clock: clock) { try await $0.reply(to: Conversation.request) }
      }
      waits.append(clock.waits)
    }
    #expect(waits[0].count == 3 && waits[0] == waits[1])
  }

  // MARK: What ends an item

  @Test(arguments: [400, 413, 422]) func aRequestThatIsRejectedFailsAlone(status: Int) async throws {
    let problem = await Conversation.problem(.error(status, "the prompt is too long"))
    #expect(problem?.consequence == .rejectRow)
    #expect(problem?.description.contains("the prompt is too long") == true)
  }

  @Test func aReplyWithoutEndIsNotReadToItsEnd() async throws {
    let problem = await Conversation.problem(.long(100_000), maximumReplyBytes: 10_000)
    #expect(problem?.consequence == .rejectRow)
    #expect(problem?.what.contains("more than 10000 bytes") == true)
  }

  @Test func aRequestThatAlwaysBreaksFailsAloneWhileOthersSucceed() async throws {
    let answer: ModelServer.Answer = { $0.lastMessage == "bad" ? .error(500, "oops") : .text("fine") }
    try await ModelServer.with(answer: answer) { server in
      try await Conversation.withModel(server) { model in
        let bad = ModelRequest(model: "m", messages: [Message(role: .user, content: "bad")])
        for _ in 0..<4 {
          _ = try await model.reply(to: Conversation.request)
          let error = await #expect(throws: Problem.self) { try await model.reply(to: bad) }
          #expect(error?.consequence == .retry)
          #expect(error?.what.contains("answered 500: oops (4 tries)") == true)
        }
      }
    }
  }

  // MARK: What ends a run

  @Test func aServerThatBreaksForEveryRequestStopsTheRun() async throws {
    for fault in [ServerAnswer.error(500, "oops"), .html, .emptyBody] {
      try await ModelServer.with(always: fault) { server in
        try await Conversation.withModel(server) { model in
          var consequences: [Problem.Consequence?] = []
          for _ in 0..<3 {
            consequences.append(
              await #expect(throws: Problem.self) {
                try await model.reply(to: Conversation.request)
              }?.consequence)
          }
          #expect(consequences == [.retry, .retry, .stopResumable])
        }
      }
    }
  }

  @Test func anEndpointThatIsDownStopsTheRunWithItsAddress() async throws {
    let server = try await ModelServer.start(answer: { _ in .text("") })
    try await server.stop()
    let clock = ManualClock(movesBySleeping: true)
    let problem = try await Conversation.withModel(server, clock: clock) { model in
      await #expect(throws: Problem.self) { try await model.reply(to: Conversation.request) }
    }
    #expect(problem?.consequence == .stopResumable)
    #expect(
      problem?.what
        == "\(server.url) cannot be reached: it did not take the connection (connection refused) (4 tries)")
    #expect(problem?.advice.contains("OPENAI_BASE_URL") == true)
    #expect(clock.waits.count == 3)
  }

  @Test(arguments: [502, 503, 504]) func aGatewayWithNobodyBehindItCountsAsDown(status: Int) async throws {
    #expect(await Conversation.problem(.status(status))?.consequence == .stopResumable)
  }

  @Test func aServerThatLetsNothingThroughStopsTheRun() async throws {
    let problem = await Conversation.problem(.tooManyRequests())
    #expect(problem?.consequence == .stopResumable)
    #expect(problem?.advice.contains("--concurrency") == true)
  }

  @Test(arguments: [401, 403]) func aRefusedKeyStopsTheRunAtOnceAndIsNotShown(status: Int) async throws {
    for echo in [Conversation.key, "sk-test-********cdef", "(Bearer \(Conversation.key))"] {
      let problem = await Conversation.problem(.error(status, "Incorrect API key provided: \(echo)."))
      #expect(problem?.consequence == .stopResumable)
      #expect(problem?.what.hasSuffix("refused the key in OPENAI_API_KEY (\(status))") == true)
      let text = "\(String(describing: problem)) \(String(reflecting: problem))"
      #expect(!text.contains("sk-test") && !text.contains("cdef"), "\(text)")
      #expect(text.contains("[key]"))
    }
  }

  @Test func aKeyIsShownInNoFaultWhateverTheServerEchoes() async throws {
    let echo = "you sent \(Conversation.key)"
    let faults: [ServerAnswer] = [
      .error(400, echo), .error(404, echo), .error(429, echo), .error(500, echo), .status(503, echo),
      .status(200, echo),
      .status(200, "{\"error\":{\"message\":\"\(echo)\"}}"),
      .status(301, headers: [("location", "http://x/?k=\(echo)")]),
      .error(402, echo), .status(418, echo), .status(422, "{\"detail\":[{\"input\":\"\(echo)\"}]}"),
    ]
    for (number, fault) in faults.enumerated() {
      let problem = try #require(await Conversation.problem(fault), "fault \(number)")
      #expect(!"\(problem)".contains("0123456789"), "fault \(number): \(problem)")
    }
  }

  @Test func aServerThatWantsAKeySaysWhereToPutIt() async throws {
    let problem = await Conversation.problem(.unauthorized(), key: nil)
    #expect(problem?.what.hasSuffix("wants a key (401)") == true)
    #expect(problem?.advice.hasPrefix("set OPENAI_API_KEY") == true)
  }

  @Test func anEmptyPurseStopsTheRunAtOnce() async throws {
    for fault in [ServerAnswer.paymentRequired, .insufficientQuota] {
      try await ModelServer.with(always: fault) { server in
        let problem = try await Conversation.withModel(server) { model in
          await #expect(throws: Problem.self) { try await model.reply(to: Conversation.request) }
        }
        #expect(problem?.consequence == .stopResumable)
        #expect(server.calls.count == 1)
      }
    }
  }

  @Test func anUnknownModelIsAWrongCommandAndIsNotTriedAgain() async throws {
    let problem = await Conversation.problem(.error(404, "The model `m` does not exist", code: "model_not_found"))
    #expect(problem?.consequence == .stopRun)
    #expect(problem?.advice.contains("--model") == true)
  }

  @Test func aRedirectIsNotFollowedWithTheKey() async throws {
    try await ModelServer.with(always: .text("")) { other in
      let away = ServerAnswer.status(307, headers: [("location", "\(other.url)/chat/completions")])
      #expect(await Conversation.problem(away)?.consequence == .stopRun)
      #expect(other.calls.isEmpty)
    }
  }

  @Test func aCancelledRequestEndsAtOnce() async throws {
    try await ModelServer.with(always: .stall) { server in
      try await Conversation.withModel(server) { model in
        let asking = Task { try await model.reply(to: Conversation.request) }
        #expect(await eventually { server.calls.count == 1 })
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
      }
    }
  }
}
