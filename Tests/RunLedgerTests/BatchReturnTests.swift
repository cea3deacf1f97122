import Foundation
import LanguageModels
import PersonaRecords
import RunLedger
import Synchronization
import TestSupport
import Testing

/// Every reply that a batch gave is kept, however its file came over the network.
@Suite struct BatchReturnTests {
  private static let keys = (0..<5).map { place in
    ModelRequest(model: "m", messages: [Message(role: .user, content: "question \(place)")]).key
  }

  private func line(_ place: Int) -> String {
    "{\"id\":\"r\(place)\",\"custom_id\":\"\(Self.keys[place])\",\"response\":{\"status_code\":200,\"body\":"
      + "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"answer \(place)\"},\"finish_reason\":\"stop\"}],"
      + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}},\"error\":null}\n"
  }

  private func emptyReturn() throws -> BatchReturn {
    BatchReturn(
      requests: Dictionary(uniqueKeysWithValues: Self.keys.map { ($0, 4) }), model: "m",
      endpoint: try ChatEndpoint(baseURL: "http://localhost:1/v1", key: nil), cost: { _ in CallBudget.Amount() })
  }

  @Test func ofAFileTornAnywhereAndFetchedOnceMoreEveryReplyIsKeptOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("output.jsonl")
    let whole = Array((0..<5).map(line).joined().utf8)
    for cut in stride(from: 0, to: whole.count - 1, by: 7) {
      let kept = Mutex<[String: [String]]>([:])
      var found = try emptyReturn()
      func keep(_ replies: [(key: ReplyKey, reply: ModelReply)]) {
        kept.withLock { kept in
          for (key, reply) in replies { kept["\(key)", default: []].append(reply.text) }
        }
      }
      try Data(whole[..<cut]).write(to: URL(fileURLWithPath: path))
      await #expect(throws: BatchReturn.Torn.self, "cut at \(cut)") {
        try await found.read(path, named: "file", minimum: 5, isStrict: true) { keep($0) }
      }
      try Data(whole).write(to: URL(fileURLWithPath: path))
      try await found.read(path, named: "file", minimum: 5, isStrict: true) { keep($0) }
      let expected = Dictionary(
        uniqueKeysWithValues: Self.keys.enumerated().map { ("\($1)", ["answer \($0)"]) })
      #expect(kept.withLock { $0 } == expected, "cut at \(cut)")
      #expect(found.yield.answered == 5)
      #expect(found.yield.usage == TokenUsage(promptTokens: 15, completionTokens: 10))
    }
  }
}
