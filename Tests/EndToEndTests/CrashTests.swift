import Foundation
import PersonaRecords
import Testing

/// kill -9 at any moment: the last committed manifest stands, `verify` says so, and the same command goes on to the same
/// bytes.
@Suite struct CrashTests {
  private static let commands = [
    ["derive", "texts.jsonl", "--every-verb", "--per-text", "2"], ["expand", "--rounds", "4"], ["filter"], ["dedup"],
  ]

  @Test func killedAtAnyMomentTheHubIsWholeAndTheCommandsGoOn() async throws {
    try await inFreshFolder { program in
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      var undisturbed = program
      undisturbed.environment = [:]
      for command in Self.commands {
        let result = try await undisturbed.run(command + ["--hub", "calm"])
        #expect(result.code == 0, "\(result.err)")
      }
      let calm = try program.contents(of: "calm")

      let seed: UInt64 = 20_406
      var random = SeededRandom(seed: seed)
      for round in 0..<6 {
        let hub = "storm-\(round)"
        for command in Self.commands {
          var kills = 0
          while true {
            let running = try program.start(command + ["--hub", hub])
            // Moments spread over the whole life of the command: its own length decides how many kills it takes.
            if kills < 3 {
              try await Task.sleep(for: .milliseconds(1 + random.below(120)))
              running.signal(SIGKILL)
              kills += 1
            }
            let result = await running.end()
            if program.exists("\(hub)/hub.json") {
              let verified = try await program.run("hub", "verify", "--hub", hub)
              #expect(verified.code == 0, "seed \(seed), round \(round), \(command): \(verified.out)\(verified.err)")
            }
            if result.code == 0 { break }
            #expect(result.code == 128 + SIGKILL, "seed \(seed), round \(round), \(command): \(result.err)")
          }
        }
        let storm = try program.contents(of: hub)
        for path in calm.keys.sorted() where !path.hasPrefix("runs/") {
          #expect(storm[path] == calm[path], "seed \(seed), round \(round): \(path) differs")
        }
        let leftovers = storm.keys.filter { calm[$0] == nil }.sorted()
        #expect(leftovers.isEmpty, "seed \(seed), round \(round): \(leftovers)")
      }
    }
  }

  @Test func twoWritersDoNotMeet() async throws {
    try await inFreshFolder { program in
      let rows = (0..<60_000).map { "{\"persona\":\"A lock keeper who writes down ship number \($0)\"}\n" }.joined()
      try program.write("many.jsonl", rows)
      let first = try program.start(["hub", "import", "many.jsonl"])
      while !program.exists("hub/hub.json") { try await Task.sleep(for: .milliseconds(2)) }
      let second = try await program.run("hub", "import", "many.jsonl")
      let result = await first.end()
      #expect(result.code == 0, "\(result.err)")
      #expect(second.code == 0 || second.err.contains("another"), "\(second.code) \(second.err)")
      #expect(try await program.run("hub", "stats", "--json").count("rows") == 60_000)
    }
  }
}
