import Foundation
import PersonaRecords
import Synchronization
import TestSupport
import Testing

/// Runs of the real binary against real HTTP servers: budgets, resumption, refusals, several endpoints.
@Suite struct RunEngineTests {
  private static func persona(for call: ModelServer.Call) -> ServerAnswer {
    // The text's own words, its number among them, so that every text has its own persona.
    let text = call.lastMessage.components(separatedBy: "<text>").last ?? ""
    let words = text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(14).joined(separator: " ")
    let persona = JSONValue.object([.init("persona", .string("A careful person who knows all about \(words)"))])
    return .text(JSONValue.object([.init("personas", .array([persona]))]).line)
  }

  private static let texts = (0..<60).map { number in
    "{\"id\":\"t\(number)\",\"text\":\"Lock number \(number) was emptied on a Tuesday, and the keeper of gate \(number) "
      + "wrote down every barge that had to wait for the water to rise again.\"}\n"
  }.joined()

  private func withServer(
    _ answer: @escaping ModelServer.Answer = { persona(for: $0) }, _ body: (ModelServer, Program) async throws -> Void
  ) async throws {
    try await ModelServer.with(answer: answer) { server in
      try await inFreshFolder { program in
        var program = program
        program.environment = ["OPENAI_BASE_URL": server.url]
        try program.write("texts.jsonl", Self.texts)
        try await body(server, program)
      }
    }
  }

  /// How often each prompt was answered.
  private static func answers(_ server: ModelServer) -> [String: Int] {
    Dictionary(server.calls.map { ($0.lastMessage, 1) }, uniquingKeysWith: +)
  }

  // MARK: Budget

  @Test func aBudgetHoldsWithCallsInFlightAndALargerOneGoesOn() async throws {
    try await withServer { server, program in
      let command = ["derive", "texts.jsonl", "--max-tokens", "100", "--price", "1000,1000", "--concurrency", "8"]
      let stopped = try await program.run(command + ["--budget", "2.2"])
      #expect(stopped.code == 75, "\(stopped.err)")
      #expect(stopped.err.contains("--budget"))
      let paid = server.calls.count
      #expect(paid > 0 && paid < 60)
      // A call could cost nearly two dollars and costs cents, so it is the room set aside that ends the run.
      let spent = try #require(
        try await program.run("runs", "show", "derive", "--json").json["spentUSD"] as? Double)
      #expect(spent > 0 && spent <= 2.2)
      let again = try await program.run(command + ["--budget", "2.2"])
      #expect(again.code == 75)
      #expect(server.calls.count == paid)
      let resumed = try await program.run("runs", "resume", "derive", "--", "--budget", "500", "--json")
      #expect(resumed.code == 0, "\(resumed.err)")
      #expect(resumed.count("personas") == 60)
      #expect(server.calls.count == 60)
      #expect(Self.answers(server).values.allSatisfy { $0 == 1 })
    }
  }

  @Test func tokensAreABudgetToo() async throws {
    try await withServer { server, program in
      let stopped = try await program.run(
        "derive", "texts.jsonl", "--max-tokens", "50", "--max-tokens-total", "2200", "--concurrency", "4")
      #expect(stopped.code == 75, "\(stopped.err)")
      #expect(server.calls.count < 60)
    }
  }

  @Test func aBudgetWithoutAPriceIsRefusedBeforeAnyCall() async throws {
    try await withServer { server, program in
      let result = try await program.run("derive", "texts.jsonl", "--budget", "5")
      #expect(result.code == 64)
      #expect(result.err.contains("--price"))
      #expect(server.calls.isEmpty)
    }
  }

  @Test func aDryRunSaysWhatItWouldCost() async throws {
    try await withServer { server, program in
      let plan = try await program.run("derive", "texts.jsonl", "--model", "m", "--price", "1,2", "--dry-run", "--json")
      #expect(plan.code == 0, "\(plan.err)")
      #expect(plan.count("calls") == 60)
      let costs = ["costUSDLow", "costUSD", "costUSDHigh"].compactMap { plan.json[$0] as? Double }
      #expect(costs.count == 3 && costs == costs.sorted() && costs[0] > 0)
      #expect(server.calls.isEmpty)
      let first = try await program.run("derive", "texts.jsonl", "--model", "gpt-4o-mini", "--dry-run", "--json")
      #expect((first.json["costUSD"] as? Double ?? 0) > 0, "the shipped list knows this model")
      try program.write("prices.yaml", "m: {prompt: 3}\n")
      let broken = try await program.run(
        "derive", "texts.jsonl", "--model", "m", "--prices", "prices.yaml", "--dry-run")
      #expect(broken.code == 64)
      #expect(broken.err.contains("prices.yaml:1"), "\(broken.err)")
    }
  }

  // MARK: Going on

  @Test func aChangedSettingIsRefusedWithTheDifferenceWhereSomethingWouldBeLost() async throws {
    try await withServer { server, program in
      _ = try await program.run("derive", "texts.jsonl")
      let command = ["synthesize", "--recipe", "instruction", "--count", "10", "-o", "out.jsonl"]
      _ = try await program.run(command)
      let other = try await program.run(command + ["--temperature", "0.5"])
      #expect(other.code == 64, "\(other.err)")
      #expect(other.err.contains("sampling") && other.err.contains("temperature=0.5") && other.err.contains("--new"))
      let calls = server.calls.count
      let new = try await program.run(command + ["--temperature", "0.5", "--new"])
      #expect(new.code == 0, "\(new.err)")
      #expect(server.calls.count == calls + 10)
      // The same again begins nothing and asks nothing.
      #expect(try await program.run(command + ["--temperature", "0.5"]).code == 0)
      #expect(server.calls.count == calls + 10)
      let runs = try await program.run("runs", "list", "--json").out.split(separator: "\n")
      #expect(runs.count == 3)
    }
  }

  @Test func newTextsAreAskedAboutAndOldOnesAreNot() async throws {
    try await withServer { server, program in
      _ = try await program.run("derive", "texts.jsonl")
      #expect(server.calls.count == 60)
      let more =
        "{\"id\":\"new\",\"text\":\"A ferry that nobody had asked for came up the river in the night, lit from end to end.\"}\n"
      try program.write("texts.jsonl", Self.texts + more)
      #expect(try await program.run("derive", "texts.jsonl", "--json").count("added") == 1)
      #expect(server.calls.count == 61)
      // A text in front shifts all others: another input, of which all but one reply is known.
      try program.write(
        "texts.jsonl", more.replacing("\"new\"", with: "\"newest\"").replacing("ferry", with: "barge") + Self.texts)
      #expect(try await program.run("derive", "texts.jsonl", "--json").count("added") == 1)
      #expect(server.calls.count == 62)
    }
  }

  @Test func askingAgainIsAskedFor() async throws {
    try await withServer { server, program in
      _ = try await program.run("derive", "texts.jsonl")
      #expect(try await program.run("derive", "texts.jsonl", "--new").code == 0)
      #expect(server.calls.count == 60)
      #expect(try await program.run("derive", "texts.jsonl", "--new", "--no-cache").code == 0)
      #expect(server.calls.count == 120)
    }
  }

  @Test func failuresAreGroupedByCauseAndAskedAgain() async throws {
    let isMended = Mutex(false)
    let answer: ModelServer.Answer = { call in
      if !isMended.withLock({ $0 }), call.lastMessage.contains("number 7 ") {
        return .error(400, "the prompt is too long")
      }
      return Self.persona(for: call)
    }
    try await withServer(answer) { server, program in
      let first = try await program.run("derive", "texts.jsonl", "--allow-failures", "50%")
      #expect(first.code == 0, "\(first.err)")
      let shown = try await program.run("runs", "show", "derive")
      #expect(shown.out.contains("1 × ") && shown.out.contains("rejected this request"), "\(shown.out)")
      isMended.withLock { $0 = true }
      #expect(try await program.run("derive", "texts.jsonl", "--json").count("personas") == 60)
      #expect(server.calls.count == 61)
    }
  }

  @Test func anUnknownRunIsAWrongCommand() async throws {
    try await withServer { _, program in
      _ = try await program.run("derive", "texts.jsonl")
      for command in [["runs", "show", "nothing"], ["runs", "resume", "nothing"]] {
        let result = try await program.run(command)
        #expect(result.code == 64)
        #expect(result.err.contains("runs list"))
      }
    }
  }

  // MARK: Endpoints

  @Test func anotherEndpointStandsInForOneThatRefusesTheKey() async throws {
    try await ModelServer.with(always: .unauthorized()) { closed in
      try await withServer { server, program in
        let result = try await program.run(
          "derive", "texts.jsonl", "--model-url", closed.url, "--model", "big", "--json",
          "--endpoint", "url=\(server.url),model=small,weight=3")
        #expect(result.code == 0, "\(result.err)")
        #expect(result.count("personas") == 60)
        #expect(server.calls.count == 60)
        #expect(server.calls.allSatisfy { $0.model == "small" })
        #expect((1...16).contains(closed.calls.count))
      }
    }
  }

  @Test func endpointsShareTheCallsByTheirWeight() async throws {
    let slow: ModelServer.Answer = { call in
      try? await Task.sleep(for: .milliseconds(30))
      return Self.persona(for: call)
    }
    try await ModelServer.with(answer: slow) { first in
      try await withServer(slow) { second, program in
        let result = try await program.run(
          "derive", "texts.jsonl", "--model-url", first.url, "--model", "m", "--concurrency", "8",
          "--endpoint", "url=\(second.url),weight=3")
        #expect(result.code == 0, "\(result.err)")
        #expect(first.calls.count + second.calls.count == 60)
        #expect(second.calls.count > first.calls.count, "\(first.calls.count) and \(second.calls.count)")
        #expect(first.calls.count > 3)
      }
    }
  }

  @Test func aServerThatIsAwayForAWhileIsWaitedFor() async throws {
    let closing = Mutex<ContinuousClock.Instant?>(nil)
    let answer: ModelServer.Answer = { call in
      guard call.number >= 10 else { return Self.persona(for: call) }
      let since = closing.withLock { moment in
        moment = moment ?? .now
        return moment ?? .now
      }
      return ContinuousClock.now - since < .seconds(6) ? .status(503) : Self.persona(for: call)
    }
    try await withServer(answer) { server, program in
      let result = try await program.run("derive", "texts.jsonl", "--attempts", "2", "--json")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("personas") == 60)
      #expect(result.err.contains("waiting:"))
      // A closed door is knocked at by one call at a time.
      #expect(server.calls.count < 60 + 40, "\(server.calls.count)")
    }
  }

  @Test func patienceHasAnEnd() async throws {
    let answer: ModelServer.Answer = { $0.number < 10 ? Self.persona(for: $0) : .status(503) }
    try await withServer(answer) { _, program in
      let result = try await program.run("derive", "texts.jsonl", "--patience", "1")
      #expect(result.code == 75, "\(result.err)")
      #expect(result.err.contains("cannot be reached"))
    }
  }

  // MARK: What is sent and written down

  @Test func furtherMembersAndStopsReachTheServerAndTheRunKnowsThem() async throws {
    try await withServer { server, program in
      let result = try await program.run(
        "derive", "texts.jsonl", "--extra-body", "{\"top_k\":20,\"chat_template_kwargs\":{\"thinking\":false}}",
        "--stop",
        "END", "--stop", "FIN")
      #expect(result.code == 0, "\(result.err)")
      #expect(server.calls.allSatisfy { $0.json["top_k"]?.intValue == 20 })
      #expect(server.calls[0].json["stop"]?.arrayValue?.count == 2)
      #expect(try await program.run("runs", "show", "derive").out.contains("top_k"))
      for wrong in ["[1]", "{\"messages\":[]}", "nonsense"] {
        #expect(try await program.run("derive", "texts.jsonl", "--extra-body", wrong).code == 64)
      }
    }
  }

  @Test func theAuditSaysWhichPromptWentWhereAndHoldsNoKey() async throws {
    try await withServer { server, program in
      var program = program
      program.environment["OPENAI_API_KEY"] = "sk-secret-0123456789"
      #expect(try await program.run("derive", "texts.jsonl", "--audit", "audit.jsonl").code == 0)
      let lines = try program.lines("audit.jsonl")
      #expect(lines.count == 60)
      #expect(lines.allSatisfy { $0.contains(server.url) && $0.contains("Lock number") })
      #expect(!lines.joined().contains("sk-secret"))
    }
  }

  @Test func killedAtAnyMomentNothingIsPaidForTwiceBeyondWhatWasInFlight() async throws {
    let slow: ModelServer.Answer = { call in
      try? await Task.sleep(for: .milliseconds(10 + call.number % 7))
      return Self.persona(for: call)
    }
    try await withServer(slow) { server, program in
      #expect(try await program.run("derive", "texts.jsonl", "--hub", "calm", "--concurrency", "4").code == 0)
      let calm = try program.contents(of: "calm")
      let before = server.calls.count
      let seed: UInt64 = 77
      var random = SeededRandom(seed: seed)
      var kills = 0
      while true {
        let running = try program.start(["derive", "texts.jsonl", "--hub", "storm", "--concurrency", "4"])
        if kills < 8 {
          try await Task.sleep(for: .milliseconds(30 + random.below(250)))
          running.signal(SIGKILL)
        }
        let result = await running.end()
        if result.code == 0 { break }
        kills += 1
        #expect(result.code == 128 + SIGKILL, "seed \(seed): \(result.err)")
      }
      #expect(try program.contents(of: "storm") == calm, "seed \(seed), \(kills) kills")
      #expect(server.calls.count - before <= 60 + kills * (4 + 256), "seed \(seed)")
    }
  }
}
