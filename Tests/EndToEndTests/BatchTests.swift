import Foundation
import PersonaRecords
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `--batch` as its users run it: the program, and `serve-model` as the provider.
@Suite struct BatchTests {
  private static let quick = ["--model", "m", "--batch", "--batch-poll", "0.05", "--patience", "30"]

  /// Runs the stand-in server with a log for the time of `body`.
  private func withProvider(
    _ arguments: String..., environment: [String: String] = [:],
    body: (_ url: String, _ program: Program) async throws -> Void
  ) async throws {
    try await inFreshFolder { program in
      var program = program
      program.environment = environment
      let server = try program.start(["serve-model", "--port", "0", "--log", "calls.jsonl"] + arguments)
      defer { server.signal(SIGKILL) }
      let start = ContinuousClock.now
      while !server.out.hasSuffix("\n"), .now - start < .seconds(20) { try await Task.sleep(for: .milliseconds(10)) }
      let url = server.out.trimmingCharacters(in: .newlines)
      program.environment["OPENAI_BASE_URL"] = url
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      try await body(url, program)
    }
  }

  private struct Call {
    let route: String
    let body: String
    let outcome: String
  }

  private func calls(_ program: Program) throws -> [Call] {
    try program.lines("calls.jsonl").map { line in
      let json = try JSONValue(text: line)
      return Call(route: try json.string("route"), body: try json.string("body"), outcome: try json.string("outcome"))
    }
  }

  /// Requests that were answered, in batches and in calls.
  private func answered(_ program: Program) throws -> (batched: [String], called: [String]) {
    let answered = try calls(program).filter { $0.outcome == "answered" }
    return (
      answered.filter { $0.route == "batch" }.map(\.body),
      answered.filter { $0.route == "/v1/chat/completions" }.map(\.body)
    )
  }

  private func begun(_ program: Program) throws -> Int {
    try calls(program).count { $0.route == "/v1/batches" && $0.outcome == "answered" }
  }

  /// The hub without what a run costs, which is another in batches.
  private func records(_ program: Program, _ hub: String) throws -> [String: Data] {
    try program.contents(of: hub).filter { !$0.key.hasSuffix("run.json") }
  }

  @Test func aHubFromBatchesIsThatFromCallsForHalfTheMoney() async throws {
    try await withProvider("--batch-time", "100ms") { _, program in
      let calls = try await program.run(
        "derive", "texts.jsonl", "--model", "m", "--hub", "calls", "--price", "10,20", "--json")
      #expect(calls.code == 0, "\(calls.err)")
      let before = try answered(program).called.count
      let command = ["derive", "texts.jsonl", "--hub", "batches", "--batch-size", "3", "--price", "10,20", "--json"]
      let batches = try await program.run(command + Self.quick)
      #expect(batches.code == 0, "\(batches.err)")
      #expect(try records(program, "calls") == records(program, "batches"))
      #expect(try answered(program).batched.count == SampleTexts.passages.count)
      #expect(try answered(program).called.count == before)
      #expect(try begun(program) == 3)
      #expect(batches.count("batched") == SampleTexts.passages.count)
      let cost = try #require(batches.json["costUSD"] as? Double)
      let full = try #require(calls.json["costUSD"] as? Double)
      #expect(abs(cost * 2 - full) < 1e-6)
      let shown = try await program.run("runs", "show", "derive", "--hub", "batches")
      #expect(shown.out.contains("batch 3  done  answered 2 of 2  batch_"), "\(shown.out)")
      // Once more: nothing is left to send.
      #expect(try await program.run(command + Self.quick).code == 0)
      #expect(try begun(program) == 3)
    }
  }

  @Test func theOtherStepsTakeBatchesToo() async throws {
    try await withProvider("--batch-time", "50ms") { _, program in
      for hub in ["calls", "batches"] {
        let how = hub == "batches" ? Self.quick : ["--model", "m"]
        for command in [
          ["derive", "texts.jsonl"], ["expand", "--rounds", "2"],
          ["synthesize", "--recipe", "math", "--accepted", "3", "-o", "problems-\(hub).jsonl"],
        ] {
          let result = try await program.run(command + ["--hub", hub] + how)
          #expect(result.code == 0, "\(command): \(result.err)")
        }
      }
      #expect(try program.read("calls.jsonl").contains("\"route\":\"batch\""))
      #expect(
        try records(program, "calls").filter { !$0.key.hasPrefix("runs/") }
          == records(program, "batches").filter { !$0.key.hasPrefix("runs/") })
      #expect(try program.lines("problems-batches.jsonl").count == 3)
    }
  }

  @Test func killedAtAnyMomentNoBatchIsBegunTwiceAndNoneIsForgotten() async throws {
    let faults = "500=0.05,reset=0.1,half=0.05,json=0.05"
    try await withProvider("--batch-time", "300ms", "--batch-faults", faults, "--seed", "3") { _, program in
      let texts = (0..<48).map { place in
        "{\"id\":\"t\(place)\",\"text\":\"Chapter \(place) tells how ship number \(place * 7) passes the lock at night, and "
          + "what the lock keeper writes down about its load of rye.\"}\n"
      }
      try program.write("texts.jsonl", texts.joined())
      let command = ["derive", "texts.jsonl", "--batch-size", "4", "--batches-at-once", "2"] + Self.quick
      let seed: UInt64 = 7
      var random = SeededRandom(seed: seed)
      var kills = 0
      while true {
        let running = try program.start(command)
        if kills < 14 {
          try await Task.sleep(for: .milliseconds(30 + random.below(250)))
          running.signal(SIGKILL)
        }
        let result = await running.end()
        if result.code == 0 { break }
        kills += 1
        try #require(result.code == 128 + SIGKILL, "seed \(seed), \(kills) kills: \(result.err)")
      }
      #expect(kills >= 10)
      let (batched, called) = try answered(program)
      #expect(Set(batched).count == 48)
      #expect(batched.count == 48, "seed \(seed): answered twice")
      #expect(called.isEmpty, "seed \(seed): asked once more in calls")
      let left = try program.contents(of: "hub").keys.filter { $0.contains("batch-") }
      #expect(left.isEmpty, "\(left)")

      let calm = try await program.run("derive", "texts.jsonl", "--hub", "calm", "--model", "m")
      #expect(calm.code == 0, "\(calm.err)")
      #expect(try records(program, "calm") == records(program, "hub"))
    }
  }

  @Test func linesThatFailAreAskedInCallsUnlessBatchesAreAllThatIsWanted() async throws {
    try await withProvider("--batch-time", "50ms", "--faults", "no-choices=0.4", "--seed", "5") { _, program in
      let only = try await program.run(
        ["derive", "texts.jsonl", "--hub", "only", "--batch-only", "--json"] + Self.quick)
      #expect(only.code == 2, "\(only.err)")
      let failed = (only.json["failed"] as? [String: Int])?["call"] ?? 0
      #expect(failed > 0)
      #expect(try answered(program).called.isEmpty)
      let shown = try await program.run("runs", "show", "derive", "--hub", "only")
      #expect(shown.out.contains("no batch answered this request"), "\(shown.out)")
      // Once more: only what failed is sent again.
      let sent = try calls(program).count { $0.route == "batch" }
      #expect(sent == SampleTexts.passages.count)
      _ = try await program.run(["derive", "texts.jsonl", "--hub", "only", "--batch-only"] + Self.quick)
      #expect(try calls(program).count { $0.route == "batch" } == sent + failed)

      let rest = try await program.run(["derive", "texts.jsonl", "--hub", "rest", "--json"] + Self.quick)
      #expect(rest.code == 0, "\(rest.err)")
      #expect(rest.count("added") == SampleTexts.passages.count)
    }
  }

  @Test func aBatchThatIsRefusedAsAWholeIsAskedInCalls() async throws {
    try await withProvider("--batch-time", "50ms", "--batch-lines", "5") { _, program in
      let result = try await program.run(["derive", "texts.jsonl", "--json"] + Self.quick)
      #expect(result.code == 0, "\(result.err)")
      #expect(result.err.contains("batch 1: failed"))
      #expect(try answered(program).called.count == SampleTexts.passages.count)
      #expect(result.count("added") == SampleTexts.passages.count)
    }
  }

  @Test func aBatchThatEndsEarlyKeepsWhatWasDone() async throws {
    try await withProvider("--batch-time", "1500ms") { url, program in
      let running = try program.start(["derive", "texts.jsonl", "--json"] + Self.quick)
      var id = ""
      while id.isEmpty, running.process.isRunning {
        try await Task.sleep(for: .milliseconds(300))
        let list = try await fetch("\(url)/batches")
        id =
          list["data"]?.arrayValue?.first { ($0["request_counts"]?["completed"]?.intValue ?? 0) > 1 }?["id"]?
          .stringValue ?? ""
      }
      _ = try await fetch("\(url)/batches/\(id)/cancel", method: "POST")
      let result = await running.end()
      #expect(result.code == 0, "\(result.err)")
      #expect(result.err.contains("batch 1: cancelled"), "\(result.err)")
      let called = try answered(program).called.count
      #expect(called > 0 && called < SampleTexts.passages.count)
      #expect(result.count("batched") == SampleTexts.passages.count - called)
      #expect(result.count("added") == SampleTexts.passages.count)
    }
  }

  private func fetch(_ address: String, method: String = "GET") async throws -> JSONValue {
    var request = URLRequest(url: try #require(URL(string: address)))
    request.httpMethod = method
    let (data, _) = try await URLSession.shared.data(for: request)
    return try JSONValue(utf8: Array(data))
  }

  @Test func ctrlCLeavesTheBatchWhereItIsAndTheSameCommandFetchesIt() async throws {
    try await withProvider("--batch-time", "1s") { _, program in
      let running = try program.start(["derive", "texts.jsonl"] + Self.quick)
      while try begun(program) == 0, running.process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
      try await Task.sleep(for: .milliseconds(100))
      running.signal(SIGINT)
      let stopped = await running.end()
      #expect(stopped.code == 130, "\(stopped.err)")
      #expect(stopped.err.contains("a batch goes on at 127.0.0.1"), "\(stopped.err)")
      let shown = try await program.run("runs", "show", "derive")
      #expect(shown.out.contains("batch 1  created"), "\(shown.out)")
      // Even a command that asks for no batches fetches it: it is paid for.
      let result = try await program.run("derive", "texts.jsonl", "--model", "m", "--json")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("added") == SampleTexts.passages.count)
      #expect(try begun(program) == 1)
      #expect(try answered(program).called.isEmpty)
    }
  }

  @Test func aWrongKeyStopsTheRunAndTheRightOneGoesOn() async throws {
    let key = "sk-stand-in-0123456789"
    try await withProvider("--batch-time", "50ms", "--key", "STAND_IN_KEY", environment: ["STAND_IN_KEY": key]) {
      _, program in
      var client = program
      client.environment["OPENAI_API_KEY"] = "sk-another-9876543210"
      let refused = try await client.run(["derive", "texts.jsonl"] + Self.quick)
      #expect(refused.code == 75, "\(refused.err)")
      #expect(refused.err.contains("OPENAI_API_KEY") && !refused.err.contains("9876543210"))
      client.environment["OPENAI_API_KEY"] = key
      let result = try await client.run(["derive", "texts.jsonl", "--json"] + Self.quick)
      #expect(result.code == 0, "\(result.err)")
      #expect(try begun(program) == 1)
      for data in try program.contents(of: "hub").values { #expect(data.range(of: Data(key.utf8)) == nil) }
    }
  }

  @Test func theBudgetHoldsAndALargerOneGoesOn() async throws {
    try await withProvider("--batch-time", "50ms") { _, program in
      let command = ["derive", "texts.jsonl", "--max-tokens", "200", "--price", "1000,1000", "--json"] + Self.quick
      // One request at its worst; what it turns out to cost lets a few more in.
      let stopped = try await program.run(command + ["--budget", "1.3"])
      #expect(stopped.code == 75, "\(stopped.err)")
      #expect(stopped.err.contains("--budget"))
      let sent = try answered(program).batched.count
      #expect(sent > 0 && sent < SampleTexts.passages.count, "\(sent)")
      let shown = try await program.run("runs", "show", "derive", "--json")
      let spent = try #require(shown.json["spentUSD"] as? Double)
      #expect(spent > 0 && spent <= 1.3)
      let result = try await program.run(command + ["--budget", "50"])
      #expect(result.code == 0, "\(result.err)")
      let (batched, called) = try answered(program)
      #expect(batched.count == SampleTexts.passages.count)
      #expect(Set(batched).count == batched.count)
      #expect(called.isEmpty)
    }
  }

  @Test func whatHasNoMeaningIsRefused() async throws {
    try await inFreshFolder { program in
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      let cases: [([String], String)] = [
        (["derive", "texts.jsonl", "--batch"], "builtin"),
        (["derive", "texts.jsonl", "--model", "m", "--batch", "--no-cache"], "--no-cache"),
        (["derive", "-", "--model", "m", "--batch"], "standard input"),
        (["derive", "texts.jsonl", "--batch-size", "0"], "--batch-size"),
        (["derive", "texts.jsonl", "--batch-poll", "0"], "--batch-poll"),
      ]
      for (arguments, words) in cases {
        let result = try await program.run(arguments)
        #expect(result.code == 64, "\(arguments): \(result.err)")
        #expect(result.err.contains(words), "\(result.err)")
      }
    }
  }

  @Test func aServerWithoutBatchesIsNamed() async throws {
    try await withProvider { url, program in
      let result = try await program.run(
        ["derive", "texts.jsonl", "--model-url", url.replacing("/v1", with: "/elsewhere")] + Self.quick)
      #expect(result.code == 75, "\(result.err)")
      #expect(result.err.contains("leave out --batch"), "\(result.err)")
      // And so it goes on without.
      #expect(try await program.run("derive", "texts.jsonl", "--model", "m").code == 0)
    }
  }
}
