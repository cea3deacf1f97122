import Foundation
import PersonaRecords
import Synchronization
import TestSupport
import Testing

/// Vectors from an endpoint: the program against servers that break.
@Suite struct EmbeddingEndpointTests {
  private static let faults =
    "429=0.03,429-after=0.05,500=0.03,503=0.02,reset=0.03,half=0.03,drip=0.02,json=0.03,prose=0.02,html=0.02,"
    + "empty=0.02,no-choices=0.02,length=0.03,babble=0.03,no-usage=0.1"

  private func rows(_ count: Int, from first: Int = 0) -> String {
    (first..<first + count).map { row in
      "{\"id\":\"r\(row)\",\"persona\":\"A lock keeper number \(row) who writes down every \(row % 7)th ship\"}\n"
    }.joined()
  }

  /// `serve-model` on a free port for the time of `body`; it logs to `calls.jsonl`.
  private func withServer(_ arguments: String..., body: (Program) async throws -> Void) async throws {
    try await inFreshFolder { program in
      var program = program
      let server = try program.start(
        ["serve-model", "--port", "0", "--log", "calls.jsonl", "--retry-after", "10ms"] + arguments)
      let start = ContinuousClock.now
      while !server.out.hasSuffix("\n"), .now - start < .seconds(20) { try await Task.sleep(for: .milliseconds(10)) }
      program.environment["OPENAI_BASE_URL"] = server.out.trimmingCharacters(in: .newlines)
      do { try await body(program) } catch {
        server.signal(SIGKILL)
        throw error
      }
      server.signal(SIGTERM)
      _ = await server.end()
    }
  }

  private func embed(_ output: String, _ more: String...) -> [String] {
    ["embed", "in.jsonl", "-o", output, "--embedding-name", "m", "--dimensions", "64", "--json"] + more
  }

  /// Bodies that were answered whole, with how often.
  private func answers(_ program: Program) throws -> [String: Int] {
    var answers: [String: Int] = [:]
    for line in try program.lines("calls.jsonl") where line.contains("\"outcome\":\"answered\"") {
      let body = (try JSONValue(text: line))["body"]?.stringValue ?? ""
      answers[body, default: 0] += 1
    }
    return answers
  }

  private func same(_ program: Program, _ one: String, _ other: String) throws -> Bool {
    try ["", ".json"].allSatisfy { suffix in
      try Data(contentsOf: program.folder.appending(path: one + suffix))
        == Data(contentsOf: program.folder.appending(path: other + suffix))
    }
  }

  @Test func aStormOfFaultsEndsInTheSameBytes() async throws {
    var files: [Data] = []
    for faults in [[], ["--faults", Self.faults, "--seed", "5"]] {
      try await inFreshFolder { program in
        var program = program
        try program.write("in.jsonl", rows(400))
        let server = try program.start(["serve-model", "--port", "0", "--retry-after", "10ms"] + faults)
        while !server.out.hasSuffix("\n") { try await Task.sleep(for: .milliseconds(10)) }
        program.environment["OPENAI_BASE_URL"] = server.out.trimmingCharacters(in: .newlines)
        let result = try await program.run(embed("v.npy", "--attempts", "40"))
        server.signal(SIGTERM)
        _ = await server.end()
        #expect(result.code == 0, "\(result.err)")
        #expect(result.count("embedded") == 400 && result.count("dimensions") == 64)
        #expect(result.count("promptTokens") > 400)
        for name in ["v.npy", "v.npy.json"] { files.append(try Data(contentsOf: program.folder.appending(path: name))) }
      }
    }
    #expect(files.count == 4 && files[0] == files[2] && files[1] == files[3])
    #expect(String(decoding: files[1], as: UTF8.self).contains("\"model\":\"m endpoint dimensions=64\""))
  }

  @Test func aBudgetStopsAndTheSameCommandPaysForNoTextTwice() async throws {
    try await withServer { program in
      try program.write("in.jsonl", rows(600))
      let plan = try await program.run(embed("v.npy", "--dry-run", "--price", "1,0"))
      let calls = plan.count("calls")
      #expect(plan.code == 0 && calls > 15 && plan.count("texts") == 600)
      #expect(try answers(program).isEmpty)
      let tokens = plan.count("promptTokens")
      let stopped = try await program.run(
        embed("v.npy", "--price", "1,0", "--budget", "\(Double(tokens) / 2e6)", "--concurrency", "2"))
      #expect(stopped.code == 75, "\(stopped.err)")
      #expect(!program.exists("v.npy"))
      let paid = try answers(program).count
      #expect(paid > 0 && paid < calls)
      let resumed = try await program.run(embed("v.npy", "--price", "1,0", "--budget", "10"))
      #expect(resumed.code == 0, "\(resumed.err)")
      #expect(try answers(program).count == calls)
      #expect(try answers(program).values.allSatisfy { $0 == 1 })
      // Nothing is asked for vectors that are there, nor for those of texts that were asked about.
      #expect(try await program.run(embed("v.npy")).count("embedded") == 0)
      #expect(try await program.run(embed("w.npy")).count("replayed") == calls)
      #expect(try same(program, "v.npy", "w.npy"))
      #expect(try answers(program).values.allSatisfy { $0 == 1 })
      // Rows in front and in the middle: the others are asked in the words of before.
      try program.write("in.jsonl", rows(3, from: 9_000) + rows(300) + rows(1, from: 9_100) + rows(300, from: 300))
      let edited = try await program.run(embed("x.npy"))
      #expect(edited.code == 0 && edited.count("replayed") > calls / 2, "\(edited.out)")
    }
  }

  @Test func killedInTheMiddleItGoesOnToTheSameBytes() async throws {
    try await withServer("--delay", "10ms..30ms") { program in
      try program.write("in.jsonl", rows(1_500))
      #expect(try await program.run(embed("calm.npy", "--hub", "calm")).code == 0)
      let before = try answers(program)
      var kills = 0
      for milliseconds in [120, 200, 260, 320] {
        let running = try program.start(embed("v.npy", "--concurrency", "4"))
        try await Task.sleep(for: .milliseconds(milliseconds))
        running.signal(SIGKILL)
        if await running.end().code != 0 { kills += 1 }
      }
      #expect(kills > 1)
      let result = try await program.run(embed("v.npy", "--concurrency", "4"))
      #expect(result.code == 0, "\(result.err)")
      #expect(try same(program, "v.npy", "calm.npy"))
      // In flight at the moment of a kill: at most four, and those being written down.
      let twice = try answers(program).reduce(0) { $0 + $1.value - 1 - (before[$1.key] ?? 0) }
      #expect(twice <= kills * 16, "\(twice) for \(kills) kills")
    }
  }

  @Test func aTextThatIsRefusedCostsNoOtherItsVector() async throws {
    let answer: ModelServer.Answer = { call in
      if call.texts.contains(where: { $0.count > 1_000 }) { return .error(400, "maximum context length is 256 tokens") }
      if call.texts.contains("") { return .error(400, "input cannot be an empty string") }
      return .vectors(call.texts.map { [Double($0.utf8.count), 1] })
    }
    try await ModelServer.with(answer: answer) { server in
      try await inFreshFolder { program in
        var program = program
        program.environment["OPENAI_BASE_URL"] = server.url
        let long = "{\"id\":\"long one\",\"persona\":\"\(String(repeating: "word ", count: 400))\"}\n"
        try program.write("in.jsonl", rows(40) + long + "{\"persona\":\"\"}\n" + rows(60, from: 100))
        let arguments = ["embed", "in.jsonl", "-o", "v.npy", "--embedding-name", "m", "--json"]
        let refused = try await program.run(arguments)
        #expect(refused.code == 1, "\(refused.err)")
        #expect(refused.err.contains("long one") && refused.err.contains("maximum context length"), "\(refused.err)")
        #expect(!program.exists("v.npy"))
        let single = server.calls.filter { $0.texts.count == 1 }
        let texts = Set(server.calls.filter { !$0.texts.contains { $0.count > 1_000 } }.flatMap(\.texts))
        #expect(single.count > 1 && texts.count == 101)
        // Again: only what was refused is asked for, and then it is not there any more.
        let calls = server.calls.count
        #expect(try await program.run(arguments).code == 1)
        #expect(server.calls.dropFirst(calls).allSatisfy { $0.texts.contains { $0.count > 1_000 } })
        try program.write("in.jsonl", rows(40) + "{\"persona\":\"\"}\n" + rows(60, from: 100))
        let result = try await program.run(arguments)
        #expect(result.code == 0 && result.count("embedded") == 101, "\(result.err)")
      }
    }
  }

  @Test(
    arguments: [
      ("fewer", 75, "vectors for"), ("null", 75, "null in it"), ("zero", 75, "zeros"), ("html", 75, "HTML"),
      ("dimension", 1, "vectors of 2 numbers, and 64 were asked for"), ("mixed", 1, "beside others"),
      ("no route", 1, "does not answer embedding requests"), ("refuses", 1, "all refused"),
      ("key", 75, "OPENAI_API_KEY"),
    ] as [(String, Int32, String)])
  func aServerThatGivesNoVectorsIsToldByName(fault: String, code: Int32, words: String) async throws {
    let answer: ModelServer.Answer = { call in
      let fine = call.texts.map { _ in [1.0, 2.0] }
      return switch fault {
      case "fewer": .vectors(Array(fine.dropLast()))
      case "null": .vectors(call.texts.map { _ in .array([.null, .number("1")]) })
      case "zero": .vectors(call.texts.map { _ in [0, 0] })
      case "html": .html
      case "mixed": .vectors(call.texts.map { _ in Array(repeating: 1, count: 2 + call.number % 2) })
      case "no route": .error(404, "no such page")
      case "refuses": .error(400, "this model has no vectors")
      case "key": .error(401, "Incorrect API key")
      default: .vectors(fine)
      }
    }
    try await ModelServer.with(answer: answer) { server in
      try await inFreshFolder { program in
        var program = program
        program.environment["OPENAI_BASE_URL"] = server.url
        try program.write("in.jsonl", rows(500))
        let dimensions = fault == "dimension" ? ["--dimensions", "64"] : []
        let result = try await program.run(
          ["embed", "in.jsonl", "-o", "v.npy", "--embedding-name", "m", "--attempts", "2", "--concurrency", "4"]
            + dimensions)
        #expect(result.code == code, "\(result.code) \(result.err)")
        #expect(result.err.contains(words), "\(result.err)")
        #expect(!program.exists("v.npy") && !program.exists("v.npy.part"))
        #expect(server.calls.count < 40)
      }
    }
  }

  @Test func aHubIsSearchedWithTheModelItWasEmbeddedWithAndNoOther() async throws {
    try await withServer { program in
      try program.write("a.jsonl", rows(50) + "{\"persona\":\"A nurse who keeps bees in Oslo\"}\n")
      try await program.run("hub", "import", "a.jsonl", "--quiet")
      let model = ["--embedding-name", "m", "--dimensions", "64"]
      #expect(try await program.run(["embed", "--json"] + model).count("embedded") == 51)
      let search = ["hub", "search", "--semantic", "a nurse who keeps bees in Bergen", "--limit", "1"]
      let found = try await program.run(search + model)
      #expect(found.code == 0 && found.out.contains("nurse"), "\(found.err)")
      let calls = try program.lines("calls.jsonl").count
      #expect(try await program.run(search + model).out == found.out)
      #expect(try program.lines("calls.jsonl").count == calls)
      // Another size of the same model is another model.
      for other in [["--embedding-name", "m"], ["--embedding-name", "m", "--dimensions", "65"]] {
        let refused = try await program.run(search + other)
        #expect(refused.code == 1 && refused.err.contains("\"m endpoint dimensions=64\""), "\(refused.err)")
      }
      #expect(try program.lines("calls.jsonl").count == calls)
      // Rows that come later are embedded alone, with the others' size.
      try program.write("b.jsonl", rows(30, from: 500))
      try await program.run("hub", "import", "b.jsonl", "--quiet")
      let more = try await program.run(["dedup", "--semantic", "0.999", "--json"] + model)
      #expect(more.code == 0 && more.count("embedded") == 30, "\(more.err)")
      #expect(try await program.run(["hub", "sample", "--diverse", "2"] + model).code == 0)
      #expect(try await program.run("hub", "verify").code == 0)
    }
  }

  @Test func wrongUsageIsRefusedBeforeAnythingIsAsked() async throws {
    try await inFreshFolder { program in
      try program.write("in.jsonl", rows(2))
      for arguments in [
        ["--dimensions", "64"], ["--embedding-name", "m", "--dimensions", "0"], ["--embedding-name", "builtin"],
        ["--embedding-name", "m", "--embedding-model", "x"], ["--embedding-url", "ftp://x", "--embedding-name", "m"],
        ["--embedding-name", "m", "--budget", "-1"],
      ] {
        let result = try await program.run(["embed", "in.jsonl", "-o", "v.npy"] + arguments)
        #expect(result.code == 64, "\(arguments): \(result.code) \(result.err)")
        #expect(!program.exists("v.npy"))
      }
    }
  }
}
