import LanguageModels
import PersonaRecords
import Testing

@Suite struct RequestKeyTests {
  static let plain = ModelRequest(
    model: "m",
    messages: [Message(role: .system, content: "be brief"), Message(role: .user, content: "hello")],
    sampling: Sampling(temperature: 0.7, maxTokens: 100, seed: 4))

  @Test func equalRequestsHaveOneKeyAndAnyDifferenceAnother() {
    let variants: [(inout ModelRequest) -> Void] = [
      { $0.model = "n" }, { $0.messages[0].role = .user }, { $0.messages[1].content = "hello " },
      { $0.messages.removeFirst() }, { $0.sampling.temperature = nil }, { $0.sampling.topP = 0.7 },
      { $0.sampling.maxTokens = 101 }, { $0.sampling.stop = ["x"] }, { $0.sampling.seed = 5 }, { $0.sampleNumber = 1 },
      { $0.format = ReplyFormat(name: "p", schema: .object([])) },
      { $0.format = ReplyFormat(name: "p", schema: .object([.init("type", .string("object"))])) },
    ]
    var keys = [Self.plain.key]
    for change in variants {
      var request = Self.plain
      change(&request)
      keys.append(request.key)
    }
    #expect(Set(keys).count == variants.count + 1)
    #expect(Self.plain.key == Self.plain.key)
  }

  @Test func aKeyStaysTheSameFromVersionToVersion() {
    // A change here means that nobody's stored replies are found again.
    #expect(Self.plain.key.description == "2e8abdfc0f58a2dd78aa2994b0573446")
    #expect(Self.plain.key.bytes.count == 16)
  }

  @Test func bytesAndHexDigitsAgree() {
    let key = ReplyKey(high: 0x0123_4567_89AB_CDEF, low: 1)
    #expect(key.description == "0123456789abcdef0000000000000001")
    #expect(key.bytes.last == 1 && key.bytes[0] == 0x01)
    #expect(ReplyKey(high: 0, low: .max) < ReplyKey(high: 1, low: 0))
  }

  @Test func aReplyReadsBackAsItWasWritten() throws {
    let reply = ModelReply(
      text: "a \"quoted\"\nline 😀", reasoning: "because", finishReason: "length",
      usage: .init(promptTokens: 12, completionTokens: 3, isEstimated: true), model: "m-1")
    #expect(try ModelReply(json: JSONValue(utf8: reply.jsonLine)) == reply)
  }

  @Test func builtinAnswersTheSameRequestAlike() async throws {
    let model = BuiltinLanguageModel()
    let one = try await model.reply(to: Self.plain)
    #expect(try await model.reply(to: Self.plain) == one)
    #expect(one.model == "builtin" && one.finishReason == "stop" && one.usage.isEstimated)
    #expect(one.usage.promptTokens == 4 + 2 + 4 + 2)
    #expect(!model.repliesAreWorthKeeping)
  }
}
