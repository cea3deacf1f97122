import Foundation
import Testing

/// `serve-model` as its users run it: a process of its own, and our own commands as its clients.
@Suite struct ServeModelTests {
  /// Runs `serve-model` on a free port for the time of `body`, and ends it with Ctrl-C.
  private func withServer(
    _ arguments: String..., environment: [String: String] = [:],
    body: (_ url: String, _ program: Program) async throws -> Void
  ) async throws {
    try await inFreshFolder { program in
      var program = program
      program.environment = environment
      let server = try program.start(["serve-model", "--port", "0"] + arguments)
      let start = ContinuousClock.now
      while !server.out.hasSuffix("\n"), .now - start < .seconds(20) { try await Task.sleep(for: .milliseconds(10)) }
      let url = server.out.trimmingCharacters(in: .newlines)
      do {
        try await body(url, program)
      } catch {
        server.signal(SIGKILL)
        throw error
      }
      server.signal(SIGINT)
      let result = await server.end()
      #expect(result.code == 0, "\(result.err)")
      #expect(result.out == "\(url)\n")
    }
  }

  @Test func theAddressIsTheOneLineOnStdoutAndCtrlCStopsCleanly() async throws {
    try await withServer { url, program in
      #expect(url.hasPrefix("http://127.0.0.1:") && url.hasSuffix("/v1"))
      let port = try #require(URL(string: url)?.port)
      let second = try await program.run("serve-model", "--port", "\(port)")
      #expect(second.code == 1)
      #expect(second.out.isEmpty && second.err.contains("127.0.0.1:\(port)"))
    }
  }

  @Test func personasDerivedThroughItAreThoseOfBuiltin() async throws {
    try await withServer("--faults", "429=0.1,500=0.1,reset=0.1,half=0.1,drip=0.05", "--seed", "4") { url, program in
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      var client = program
      client.environment = ["OPENAI_BASE_URL": url]
      let through = try await client.run("derive", "texts.jsonl", "--hub", "through", "--attempts", "20", "--json")
      #expect(through.count("added") == SampleTexts.passages.count, "\(through.err)")
      try await program.run("derive", "texts.jsonl", "--hub", "direct")
      let lines = try await program.run("hub", "export", "--hub", "through").out
      let direct = try await program.run("hub", "export", "--hub", "direct").out
      #expect(lines.replacing("\"model\":\"stand-in\"", with: "\"model\":\"builtin\"") == direct)
      #expect(!direct.isEmpty)
    }
  }

  @Test func theKeyComesFromTheEnvironmentAndReachesNoLog() async throws {
    let key = "sk-stand-in-0123456789"
    try await withServer("--key", "STAND_IN_KEY", "--log", "calls.jsonl", environment: ["STAND_IN_KEY": key]) {
      url, program in
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      var client = program
      client.environment = ["OPENAI_BASE_URL": url, "OPENAI_API_KEY": "sk-another-9876543210"]
      #expect(try await client.run("derive", "texts.jsonl", "--model", "m").code == 75)
      client.environment["OPENAI_API_KEY"] = key
      #expect(try await client.run("derive", "texts.jsonl", "--model", "m").code == 0)
      let log = try program.read("calls.jsonl")
      #expect(log.contains("wrong-key") && log.contains("answered"))
      #expect(!log.contains("sk-"))
    }
  }

  @Test func wrongUsageIsRefusedBeforeAnythingListens() async throws {
    try await inFreshFolder { program in
      for arguments in [
        ["--faults", "429"], ["--faults", "nonsense=0.1"], ["--delay", "fast"], ["--port", "70000"], ["--rpm", "0"],
        ["--key", "NO_SUCH_VARIABLE"], ["--batch-faults", "refusal=0.1"], ["--stop-after", "later"],
      ] {
        let result = try await program.run(["serve-model"] + arguments)
        #expect(result.code == 64, "\(arguments): \(result.err)")
        #expect(result.out.isEmpty)
      }
      let stopped = try await program.run("serve-model", "--port", "0", "--stop-after", "50ms")
      #expect(stopped.code == 0, "\(stopped.err)")
      #expect(try await program.run("serve-model", "--port", "0", "--log", "no/such/folder/x").code == 1)
    }
  }
}
