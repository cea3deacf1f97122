import Foundation
import PersonaRecords
import Synchronization
import TestSupport
import Testing

/// The same commands against a real HTTP server, and what happens when it misbehaves.
@Suite struct EndpointTests {
  private static let key = "sk-test-0123456789abcdef"

  /// A persona for every text, told apart by the text's own words.
  private static func persona(for call: ModelServer.Call) -> ServerAnswer {
    let words = call.lastMessage.split(whereSeparator: { !$0.isLetter }).dropFirst().prefix(9).joined(separator: " ")
    let persona = JSONValue.object([.init("persona", .string("A careful person who knows all about \(words)"))])
    return .text(JSONValue.object([.init("personas", .array([persona]))]).line)
  }

  private static let obliging: ModelServer.Answer = { persona(for: $0) }

  private func withServer(
    _ answer: @escaping ModelServer.Answer, _ body: (ModelServer, Program) async throws -> Void
  ) async throws {
    try await ModelServer.with(answer: answer) { server in
      try await inFreshFolder { program in
        var program = program
        program.environment = ["OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": Self.key]
        try program.write("texts.jsonl", SampleTexts.jsonLines)
        try await body(server, program)
      }
    }
  }

  @Test func twoVariablesAreEnough() async throws {
    try await withServer(Self.obliging) { server, program in
      let result = try await program.run("derive", "texts.jsonl", "--json", "--price", "1,2")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("added") == SampleTexts.passages.count)
      #expect(result.json["model"] as? String == "test-model")
      #expect(server.calls.count == SampleTexts.passages.count)
      #expect(server.calls.allSatisfy { $0.headers["authorization"] == "Bearer \(Self.key)" })
      #expect(server.calls.allSatisfy { $0.responseFormat == "json_schema" })
      #expect((result.json["costUSD"] as? Double ?? 0) > 0)
    }
  }

  @Test func aReplyIsPaidForOnce() async throws {
    try await withServer(Self.obliging) { server, program in
      try await program.run("derive", "texts.jsonl")
      let calls = server.calls.count
      let again = try await program.run(
        "derive", "texts.jsonl", "--hub", "other", "--reply-store", "hub/replies.sqlite", "--json")
      #expect(again.code == 0, "\(again.err)")
      #expect(again.count("replayed") == calls)
      #expect(server.calls.count == calls)
    }
  }

  @Test func theKeyReachesNoFileAndNoMessage() async throws {
    let echoing: ModelServer.Answer = { call in
      call.number == 2
        ? .error(400, "bad request from \(call.headers["authorization"] ?? "")") : Self.persona(for: call)
    }
    try await withServer(echoing) { _, program in
      let result = try await program.run("derive", "texts.jsonl", "--allow-failures", "50%")
      #expect(result.code == 0, "\(result.err)")
      #expect(!(result.err + result.out).contains(Self.key))
      for path in try FileManager.default.subpathsOfDirectory(atPath: program.folder.path) {
        let data = (try? Data(contentsOf: program.folder.appending(path: path))) ?? Data()
        #expect(data.range(of: Data(Self.key.utf8)) == nil, "\(path) holds the key")
      }
    }
  }

  @Test func aWrongKeyStopsAtOnceAndTheRunGoesOn() async throws {
    let gate = WrongKeyGate()
    let guarded: ModelServer.Answer = { call in
      gate.isOpen ? Self.persona(for: call) : .error(401, "Incorrect API key")
    }
    try await withServer(guarded) { server, program in
      let refused = try await program.run("derive", "texts.jsonl", "--concurrency", "1")
      #expect(refused.code == 75, "\(refused.err)")
      #expect(refused.err.contains("OPENAI_API_KEY"))
      #expect(server.calls.count == 1)
      gate.open()
      #expect(try await program.run("derive", "texts.jsonl", "--json").count("added") == SampleTexts.passages.count)
    }
  }

  @Test func aServerThatIsDownIsNamed() async throws {
    try await inFreshFolder { program in
      var program = program
      program.environment = ["OPENAI_BASE_URL": "http://127.0.0.1:9/v1"]
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      let result = try await program.run("derive", "texts.jsonl", "--model", "m", "--attempts", "2")
      #expect(result.code == 75, "\(result.err)")
      #expect(result.err.contains("127.0.0.1:9"))
      #expect(try await program.run("hub", "verify").code == 0)
    }
  }

  @Test(arguments: [
    ("prose", 75), ("html", 75), ("emptyBody", 75), ("emptyChoices", 75), ("wrongJSON", 75), ("halfBody", 75),
    ("reset", 75),
    ("tenfold", 0), ("refusal", 0), ("contentFilter", 0), ("cutByLength", 0), ("proseAnswer", 0), ("badRequest", 2),
  ])
  func everyFaultIsCountedByName(fault: String, code: Int32) async throws {
    let answer: ModelServer.Answer = { call in
      switch fault {
      case "prose": .prose
      case "html": .html
      case "emptyBody": .emptyBody
      case "emptyChoices": .emptyChoices
      case "wrongJSON": .wrongJSON
      case "halfBody": .halfBody
      case "reset": .reset
      case "refusal": .refusal("I cannot do that")
      case "contentFilter": .contentFilter
      case "cutByLength": .cutByLength
      case "badRequest": .error(400, "context too long")
      case "tenfold":
        .text(
          "{\"personas\":["
            + (0..<10).map { "{\"persona\":\"Person \($0) who mends nets at the \(call.number)th quay\"}" }
            .joined(separator: ",") + "]}")
      default: .text("I think that many people would enjoy this.")
      }
    }
    try await withServer(answer) { _, program in
      let result = try await program.run("derive", "texts.jsonl", "--attempts", "1", "--json")
      // Answers that are none may be the server's trouble (75) or this item's (2); either way nothing is dropped in silence.
      #expect(result.code == code || (code == 75 && result.code == 2), "\(result.code) \(result.err)")
      let rejected = (result.json["rejected"] as? [String: Int]) ?? [:]
      switch fault {
      case "tenfold": #expect(result.count("personas") == SampleTexts.passages.count)
      case "refusal": #expect(rejected == ["refusal": SampleTexts.passages.count])
      case "contentFilter": #expect(rejected == ["content-filter": SampleTexts.passages.count])
      case "cutByLength": #expect(rejected == ["cut-by-length": SampleTexts.passages.count])
      case "proseAnswer": #expect(rejected == ["not-json": SampleTexts.passages.count])
      case "badRequest":
        #expect((result.json["failed"] as? [String: Int]) == ["call": SampleTexts.passages.count])
      default: break
      }
      #expect(try await program.run("hub", "verify").code == 0)
    }
  }

  @Test func aStormOfRefusalsEndsInTheSameHub() async throws {
    let storm: ModelServer.Answer = { call in
      switch call.number % 4 {
      case 0: .tooManyRequests(retryAfter: "0")
      case 1: .error(503, "busy")
      default: Self.persona(for: call)
      }
    }
    var hubs: [[String: Data]] = []
    let calm: ModelServer.Answer = { Self.persona(for: $0) }
    for answer in [storm, calm] {
      try await withServer(answer) { _, program in
        let result = try await program.run("derive", "texts.jsonl", "--attempts", "9", "--concurrency", "4")
        #expect(result.code == 0, "\(result.err)")
        hubs.append(try program.contents(of: "hub"))
      }
    }
    #expect(hubs[0] == hubs[1])
  }

  @Test func ctrlCFinishesWhatIsInFlightAndTheSameCommandGoesOn() async throws {
    let slow: ModelServer.Answer = { call in
      if call.number == 3 { try? await Task.sleep(for: .milliseconds(600)) }
      return Self.persona(for: call)
    }
    try await withServer(slow) { server, program in
      let running = try program.start(["derive", "texts.jsonl", "--concurrency", "1", "--json"])
      while server.calls.count < 4 { try await Task.sleep(for: .milliseconds(5)) }
      running.signal(SIGINT)
      let stopped = await running.end()
      #expect(stopped.code == 130, "\(stopped.err)")
      #expect(stopped.err.contains("persona-hub derive texts.jsonl"))
      let calls = server.calls.count
      #expect(calls < SampleTexts.passages.count)
      let resumed = try await program.run("derive", "texts.jsonl", "--json")
      #expect(resumed.count("added") == SampleTexts.passages.count, "\(resumed.err)")
      #expect(resumed.count("calls") == SampleTexts.passages.count - calls)
      #expect(server.calls.count == SampleTexts.passages.count)
    }
  }
}

private final class WrongKeyGate: Sendable {
  private let state = Mutex(false)
  var isOpen: Bool { state.withLock { $0 } }
  func open() { state.withLock { $0 = true } }
}
