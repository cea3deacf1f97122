#if os(Linux)
  import Foundation
  import PersonaRecords
  import TestSupport
  import Testing

  /// A wall clock that jumps an hour back and forth while pauses are waited for: nothing waits an hour, nothing is skipped.
  @Suite struct ClockFaultTests {
    @Test func aClockThatJumpsChangesNothing() async throws {
      // Every third call is told to wait, in seconds or without a word.
      let answer: ModelServer.Answer = { call in
        if call.number % 6 == 1 { return .tooManyRequests(retryAfter: "1") }
        if call.number % 6 == 3 { return .tooManyRequests(retryAfter: nil) }
        let words = call.lastMessage.split(whereSeparator: { !$0.isLetter }).dropFirst().prefix(9).joined(
          separator: " ")
        let persona = JSONValue.object([.init("persona", .string("A careful person who knows all about \(words)"))])
        return .text(JSONValue.object([.init("personas", .array([persona]))]).line)
      }
      try await ModelServer.with(answer: answer) { server in
        try await inFreshFolder { program in
          try program.write("texts.jsonl", SampleTexts.jsonLines)
          var calm = program
          calm.environment = ["OPENAI_BASE_URL": server.url]
          var jumping = calm
          jumping.environment["LD_PRELOAD"] = try Preloaded.library("jumping-clock", in: program.folder)
          // A limit per minute, too, counts by the clock that does not jump.
          let command = ["derive", "texts.jsonl", "--attempts", "20", "--rpm", "6000"]
          #expect(try await calm.run(command + ["--hub", "calm"]).code == 0)
          let start = ContinuousClock.now
          let result = try await jumping.run(command + ["--hub", "jumping"])
          #expect(result.code == 0, "\(result.err)")
          #expect(.now - start < .seconds(300))
          #expect(try program.contents(of: "jumping") == program.contents(of: "calm"))
        }
      }
    }
  }
#endif
