import Foundation
import PersonaRecords
import Testing

/// Vectors and what they are good for, with the real program and the real model.
@Suite struct EmbedTests {
  private static let occupations = [
    "nurse", "surveyor", "beekeeper", "judge", "tram driver", "baker", "geologist", "piano tuner", "night guard",
  ]
  private static let doings = [
    "collects old maps", "repairs wooden boats", "teaches arithmetic to adults", "writes letters to the council",
    "grows potatoes on a slope", "translates poems", "measures rainfall",
  ]

  private static func lines(_ count: Int) -> String {
    (0..<count).map { number in
      let what =
        "\(occupations[number % occupations.count]) of \(20 + number / 63) who \(doings[number / 9 % doings.count])"
      return "{\"id\":\"p\(number)\",\"persona\":\"A \(what)\"}\n"
    }.joined()
  }

  /// The bytes of an array's rows, behind its header.
  private func rows(_ program: Program, _ name: String) throws -> Data {
    try Data(contentsOf: program.folder.appending(path: name)).dropFirst(128)
  }

  @Test func aFileGetsItsVectorsAndTheyAreUsed() async throws {
    try await inFreshFolder { program in
      try program.write(
        "p.jsonl",
        Self.lines(80)
          + "{\"id\":\"copy\",\"persona\":\"A nurse, aged 20, who collects maps that are old\"}\nnot json\n")
      let embedded = try await program.run("embed", "p.jsonl", "-o", "v.npy", "--json", "--allow-failures", "5%")
      #expect(embedded.code == 0, "\(embedded.err)")
      #expect(
        embedded.count("vectors") == 81 && embedded.count("unreadable") == 1 && embedded.count("dimensions") == 384)
      #expect(try rows(program, "v.npy").count == 81 * 384 * 2)
      // Once more: nothing is left to do.
      let again = try await program.run("embed", "p.jsonl", "-o", "v.npy", "--json", "--allow-failures", "5%")
      #expect(again.count("embedded") == 0 && again.count("vectors") == 81)

      let given = try await program.run(
        "dedup", "p.jsonl", "--semantic", "0.9", "--vectors", "v.npy", "-o", "given.jsonl", "--json",
        "--allow-failures", "5%")
      let made = try await program.run(
        "dedup", "p.jsonl", "--semantic", "0.9", "-o", "made.jsonl", "--json", "--allow-failures", "5%")
      #expect(given.code == 0 && made.code == 0, "\(given.err) \(made.err)")
      #expect(try program.read("given.jsonl") == program.read("made.jsonl"))
      #expect(!(try program.read("given.jsonl")).contains("\"copy\""))
      let dropped = try program.lines("given.jsonl.dropped.jsonl").map { try JSONValue(text: $0) }
      let copy = try #require(dropped.first { $0["row"]?["id"]?.stringValue == "copy" })
      #expect(copy["verdict"]?["representative"]?.stringValue == "p0")
      #expect(copy["verdict"]?["similarity"]?.doubleValue ?? 0 > 0.9)

      try program.write("p.jsonl", Self.lines(81))
      let other = try await program.run(
        "dedup", "p.jsonl", "--semantic", "0.9", "--vectors", "v.npy", "-o", "other.jsonl")
      #expect(other.code == 64 && other.err.contains("other texts"), "\(other.err)")
    }
  }

  @Test func killedAtAnyMomentItEndsInTheSameBytes() async throws {
    try await inFreshFolder { program in
      try program.write("p.jsonl", Self.lines(1500))
      let calm = try await program.run("embed", "p.jsonl", "-o", "calm.npy")
      #expect(calm.code == 0, "\(calm.err)")
      let kept = try await program.run(
        "dedup", "p.jsonl", "--semantic", "0.8", "--vectors", "calm.npy", "-o", "calm.jsonl")
      #expect(kept.code == 0, "\(kept.err)")
      let seed: UInt64 = 11
      var random = SeededRandom(seed: seed)
      var kills = 0
      while true {
        let running = try program.start(["dedup", "p.jsonl", "--semantic", "0.8", "-o", "killed.jsonl"])
        if kills < 10 {
          try await Task.sleep(for: .milliseconds(200 + random.below(1500)))
          running.signal(SIGKILL)
        }
        let result = await running.end()
        let isThere = FileManager.default.fileExists(atPath: program.folder.appending(path: "killed.jsonl").path)
        if result.code == 0 { break }
        kills += 1
        if isThere { #expect(try program.read("killed.jsonl") == program.read("calm.jsonl"), "seed \(seed)") }
        try #require(result.code == 128 + SIGKILL, "seed \(seed), \(kills) kills: \(result.err)")
      }
      #expect(kills > 2)
      #expect(try program.read("killed.jsonl") == program.read("calm.jsonl"), "seed \(seed)")
      #expect(try rows(program, "killed.jsonl.vectors.npy") == rows(program, "calm.npy"), "seed \(seed)")
    }
  }

  @Test func aHubIsSearchedByMeaningSampledAndDeduplicated() async throws {
    try await inFreshFolder { program in
      try program.write("p.jsonl", Self.lines(120))
      #expect(try await program.run("hub", "import", "p.jsonl").code == 0)
      let found = try await program.run("hub", "search", "--semantic", "somebody who mends ships", "--limit", "3")
      #expect(found.code == 0, "\(found.err)")
      #expect(found.out.split(separator: "\n").allSatisfy { $0.contains("repairs wooden boats") }, "\(found.out)")
      let id = try #require(found.out.split(separator: " ").dropFirst().first).description
      let near = try await program.run("hub", "show", id, "--near", "4", "--json")
      let cosines = try near.out.split(separator: "\n").map { try JSONValue(text: String($0)) }
        .map { $0["cosine"]?.doubleValue ?? 0 }
      #expect(cosines.count == 4 && cosines == cosines.sorted(by: >), "\(near.out) \(near.err)")
      #expect(!near.out.contains(id))

      let diverse = try await program.run("hub", "sample", "--diverse", "7", "--seed", "3")
      #expect(Set(diverse.out.split(separator: "\n")).count == 7, "\(diverse.err)")
      #expect(try await program.run("hub", "sample", "--diverse", "7", "--seed", "3").out == diverse.out)
      let pairs = try await program.run("hub", "sample", "--pairs", "0.6", "--tolerance", "0.05", "--count", "5")
      for line in pairs.out.split(separator: "\n") {
        let cosine = try JSONValue(text: String(line))["cosine"]?.doubleValue ?? 0
        #expect(abs(cosine - 0.6) <= 0.0501, "\(line)")
      }
      #expect(pairs.out.split(separator: "\n").count == 5, "\(pairs.err)")

      let dedup = try await program.run("dedup", "--semantic", "0.9", "--json")
      #expect(dedup.code == 0 && dedup.count("embedded") == 0, "\(dedup.err)")
      #expect(dedup.count("dropped") > 0 && dedup.count("kept") + dedup.count("dropped") == 120)
      // What stays has its vectors without being embedded again, and nothing of what stays is above the threshold.
      let embed = try await program.run("embed", "--json")
      #expect(embed.count("embedded") == 0 && embed.count("vectors") == dedup.count("kept"), "\(embed.err)")
      #expect(try await program.run("dedup", "--semantic", "0.9", "--json").count("dropped") == 0)
      #expect(try await program.run("hub", "verify").code == 0)
    }
  }

  @Test func withoutTheModelItSaysHowToGetItAndWordsAreStillCompared() async throws {
    try await inFreshFolder { program in
      var bare = program
      bare.environment["PERSONA_HUB_EMBEDDING_MODEL"] = "nowhere"
      try program.write("p.jsonl", Self.lines(10))
      let embed = try await bare.run("embed", "p.jsonl", "-o", "v.npy")
      #expect(embed.code == 1 && embed.err.contains("config.json"), "\(embed.err)")
      #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "v.npy.part").path))
      #expect(try await bare.run("dedup", "p.jsonl", "-o", "kept.jsonl").code == 0)
    }
  }

  @Test func whatHasNoMeaningIsRefused() async throws {
    try await inFreshFolder { program in
      try program.write("p.jsonl", Self.lines(3))
      let cases: [([String], String)] = [
        (["embed", "p.jsonl"], "-o"), (["embed", "-o", "v.npy"], "hub"),
        (["embed", "-", "-o", "v.npy"], "standard input"),
        (["dedup", "p.jsonl", "--exact"], "--semantic"), (["dedup", "--semantic", "0.9", "--vectors", "v.npy"], "hub"),
        (["dedup", "p.jsonl", "--semantic", "1.5", "-o", "k.jsonl"], "cosine"),
        (["hub", "search"], "--semantic"), (["hub", "sample", "--pairs", "0.01"], "--pairs"),
        (["hub", "sample", "p.jsonl", "--diverse", "3"], "hub"),
      ]
      for (arguments, words) in cases {
        let result = try await program.run(arguments)
        #expect(result.code == 64, "\(arguments): \(result.code) \(result.err)")
        #expect(result.err.contains(words), "\(result.err)")
      }
    }
  }
}
