import LanguageModels
import PersonaRecords
import TestSupport
import Testing

/// Requests for vectors, against a server that answers in every way that servers do.
@Suite struct EmbeddingRequestTests {
  private static let texts = ["one", "two", "three"]
  private static let request = ModelRequest(model: "m", embeddings: EmbeddingInput(texts: texts))

  private static func numbers(_ reply: ModelReply) -> [Float] { PackedVectors.numbers(in: reply.text) ?? [] }

  private static func index(_ place: Int, _ vector: JSONValue) -> JSONValue {
    .object([.init("index", .number("\(place)")), .init("embedding", vector)])
  }

  @Test func textsGoOutAndVectorsOfLengthOneComeBackInTheirOrder() async throws {
    let shuffled = JSONValue.object([
      .init(
        "data",
        .array([
          Self.index(2, .array([.number("0"), .number("-2")])), Self.index(0, .array([.number("3"), .number("4")])),
          Self.index(1, .array([.number("1e-3"), .number("0.0")])),
        ])),
      .init("usage", .object([.init("prompt_tokens", .number("9")), .init("total_tokens", .number("9"))])),
    ])
    var request = Self.request
    request.embeddings?.dimensions = 2
    let asked = try await Conversation.ask(.json(shuffled), request)
    #expect(Self.numbers(asked.reply) == [0.6, 0.8, 1, 0, 0, -1])
    #expect(asked.reply.usage == ModelReply.Usage(promptTokens: 9, completionTokens: 0))
    let call = try #require(asked.calls.first)
    #expect(call.path == "/v1/embeddings" && call.texts == Self.texts && call.model == "m")
    #expect(call.json["dimensions"]?.intValue == 2 && call.json["encoding_format"]?.stringValue == "base64")
    #expect(call.json["messages"] == nil && call.json["max_tokens"] == nil)
    #expect(call.headers["authorization"] == "Bearer \(Conversation.key)")
  }

  @Test func base64AndNumbersGiveTheSameBits() async throws {
    var random = SeededRandom(seed: 8, purpose: "vectors")
    let rows = (0..<3).map { _ in (0..<48).map { _ in Float(random.unit() - 0.5) } }
    let packed = try await Conversation.ask(.vectors(rows.map { .string(PackedVectors.text($0)) }), Self.request)
    let spelled = try await Conversation.ask(.vectors(rows.map { $0.map(Double.init) }), Self.request)
    #expect(packed.reply.text == spelled.reply.text)
    let numbers = Self.numbers(packed.reply)
    for row in 0..<3 {
      let vector = numbers[row * 48..<(row + 1) * 48]
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
      let length = rows[row].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(zip(vector, rows[row]).allSatisfy { abs(Double($0) - Double($1) / length) < 1e-7 })
    }
    #expect(PackedVectors.numberCount(in: packed.reply.text) == 144)
    for count in 0..<9 {
      #expect(PackedVectors.numberCount(in: PackedVectors.text(.init(repeating: 1, count: count))) == count)
    }
  }

  @Test func aServerThatRefusesBase64IsAskedForNumbersFromThenOn() async throws {
    let answer: ModelServer.Answer = { call in
      call.json["encoding_format"] == .string("base64")
        ? .error(400, "encoding_format base64 is not supported") : .vectors([[1, 0], [0, 1], [1, 1]])
    }
    try await ModelServer.with(answer: answer) { server in
      try await Conversation.withModel(server) { model in
        for _ in 0..<3 {
          let reply = try await model.reply(to: Self.request)
          #expect(Self.numbers(reply).count == 6)
        }
      }
      #expect(server.calls.count == 4)
    }
  }

  @Test func usageIsEstimatedWhereTheServerSaysNothing() async throws {
    let asked = try await Conversation.ask(.vectors([[1], [1], [1]], promptTokens: nil), Self.request)
    #expect(asked.reply.usage == ModelReply.Usage(promptTokens: 4, completionTokens: 0, isEstimated: true))
  }

  @Test(arguments: [
    "[1,0],[0,1]|2 vectors for 3 texts", "[1,0],[0,1],[1,1],[1,0]|4 vectors for 3 texts",
    "[1,0],[0,1],[1,1,1]|of 2 and of 3 numbers", "[1,0],[0,null],[1,1]|vector 1 with null in it",
    "[1,0],[0,\"x\"],[1,1]|vector 1 with", "[1,0],[0,1e999],[1,1]|vector 1 with something", "[1,0],[0,1],[0,0]|zeros",
    "[1,0],[[0,1]],[1,1]|vector 1 with", "[1,0],[],[1,1]|without numbers", "[1,0],null,[1,1]|no list of numbers",
    "[1,0],\"AAA\",[1,1]|not base64", "[1,0],\"AACAfwAAAAA=\",[1,1]|not a number", "[1,0],[NaN,1],[1,1]|NaN",
  ])
  func whatIsNoVectorIsSaidByName(testCase: String) async throws {
    let parts = testCase.split(separator: "|").map(String.init)
    let elements = parts[0].replacing("],", with: "]\n").replacing("null,", with: "null\n").replacing(
      "\",[", with: "\"\n["
    )
    .replacing("],[", with: "]\n[").split(separator: "\n")
    // Rows are put together by hand: some are no JSON.
    let body = "{\"data\":[\(elements.map { "{\"embedding\":\($0)}" }.joined(separator: ","))]}"
    let problem = await Conversation.problem(.status(200, body), Self.request)
    #expect(problem?.what.contains(parts[1]) == true, "\(problem?.description ?? "none") for \(body)")
    #expect(problem?.consequence == .retry || problem?.consequence == .stopResumable)
  }

  @Test(arguments: [0, 5]) func anIndexThatIsTakenOrNoneIsRefused(index: Int) async throws {
    let one = JSONValue.array([.number("1")])
    let data = JSONValue.array([Self.index(0, one), Self.index(1, one), Self.index(index, one)])
    let problem = await Conversation.problem(.json(.object([.init("data", data)])), Self.request)
    #expect(problem?.what.contains("index \(index)") == true)
  }

  @Test func aDimensionThatWasNotAskedForStopsAtOnce() async throws {
    var request = Self.request
    request.embeddings?.dimensions = 512
    try await ModelServer.with(always: .vectors([[1, 0], [0, 1], [1, 1]])) { server in
      let problem = try await Conversation.withModel(server) { model in
        await #expect(throws: Problem.self) { try await model.reply(to: request) }
      }
      #expect(problem?.what.contains("vectors of 2 numbers, and 512 were asked for") == true)
      #expect(problem?.consequence == .stopRun && server.calls.count == 1)
    }
  }

  @Test func aServerWithoutTheRouteIsNamed() async throws {
    let problem = await Conversation.problem(.error(404, "no such page"), Self.request)
    #expect(problem?.what.contains("does not answer embedding requests") == true)
    #expect(problem?.advice.contains("/embeddings") == true)
    #expect(problem?.consequence == .stopRun)
  }

  @Test func whatACallMayCostCountsItsTextsAndNoReply() async throws {
    try await ModelServer.with(always: .text("")) { server in
      try await Conversation.withModel(server) { model in
        let worst = model.worstCase(of: Self.request)
        #expect(worst.tokens >= 11 && worst.tokens < 200)
      }
    }
  }

  @Test func everyPartOfARequestForVectorsIsInItsKey() {
    var keys: Set = [Self.request.key, ModelRequest(model: "m", messages: []).key]
    for change in [
      { $0.model = "n" }, { $0.embeddings?.texts[0] = "One" }, { $0.embeddings?.texts.removeLast() },
      { $0.embeddings?.dimensions = 2 }, { $0.embeddings?.texts = ["one", "twothree"] },
    ] as [(inout ModelRequest) -> Void] {
      var request = Self.request
      change(&request)
      keys.insert(request.key)
    }
    #expect(keys.count == 7)
    // A change here means that vectors that were paid for are asked for again.
    #expect(Self.request.key.description == "abf82f4e816cb1f6022f918b91d88b96")
  }
}
