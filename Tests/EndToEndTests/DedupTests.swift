import Foundation
import PersonaRecords
import Testing

@Suite struct DedupTests {
  /// Made-up personas, a third of them near-copies of earlier ones.
  private func rows(_ count: Int) -> String {
    var random = SeededRandom(seed: 11, purpose: "dedup")
    var recent: [[Int]] = []
    var text = ""
    for row in 0..<count {
      var words = (0..<12).map { _ in random.below(50_000) }
      if !recent.isEmpty && random.below(3) == 0 {
        words = recent[random.below(recent.count)]
        if random.below(2) == 0 { words.append(random.below(50_000)) }
      }
      if recent.count < 5_000 { recent.append(words) } else { recent[random.below(5_000)] = words }
      text += "{\"id\":\"r\(row)\",\"persona\":\"A \(words.map { "w\($0)" }.joined(separator: " "))\"}\n"
    }
    return text
  }

  @Test func aKilledRunThatSpillsGoesOnToTheSameBytes() async throws {
    try await inFreshFolder { program in
      try program.write("in.jsonl", rows(330_000))
      let outputs = ["", ".dropped.jsonl"]
      let whole = try await program.run("dedup", "in.jsonl", "-o", "whole.jsonl", "--quiet")
      #expect(whole.code == 0, "\(whole.err)")
      let arguments = ["dedup", "in.jsonl", "-o", "cut.jsonl", "--memory", "128MB", "--quiet"]
      var kills = 0
      for milliseconds in [150, 500, 900, 1_300, 1_700] {
        let running = try program.start(arguments)
        try await Task.sleep(for: .milliseconds(milliseconds))
        running.signal(SIGKILL)
        if await running.end().code != 0 { kills += 1 }
        if program.exists("cut.jsonl") { #expect(try program.read("cut.jsonl") == program.read("whole.jsonl")) }
      }
      #expect(kills > 0)
      let result = try await program.run(arguments)
      #expect(result.code == 0, "\(result.err)")
      for output in outputs {
        #expect(try program.read("cut.jsonl\(output)") == program.read("whole.jsonl\(output)"), "\(output)")
      }
      #expect(!program.exists("cut.jsonl.dedup-work"))
    }
  }

  private let personas = [
    #"{"persona":"A retired nurse from Oslo who keeps bees and writes letters to her seven grandchildren","stars":1}"#,
    #"{"persona":"a retired nurse, from Oslo, who keeps bees and writes letters to her seven grandchildren!","stars":5}"#,
    #"{"persona":"A retired nurse from Oslo who keeps bees and writes long letters to her seven grandchildren","stars":3}"#,
    #"{"persona":"An astronomer looking for planets around dwarf stars","stars":2}"#,
  ]

  @Test func clustersPreferenceReportAndTarget() async throws {
    try await inFreshFolder { program in
      try program.write("in.jsonl", personas.joined(separator: "\n"))
      let byStars = try await program.run(
        "dedup", "in.jsonl", "-o", "kept.jsonl", "--prefer", "stars", "--clusters", "clusters.jsonl", "--json")
      #expect(byStars.code == 0, "\(byStars.err)")
      #expect(try program.lines("kept.jsonl") == [personas[1], personas[3]])
      let cluster = try JSONValue(utf8: Array(try #require(try program.lines("clusters.jsonl").first).utf8)[...])
      #expect(cluster["representative"]?.stringValue == "in.jsonl:2" && cluster["size"]?.intValue == 3)

      let report = try await program.run("dedup", "in.jsonl", "--report", "--json", "--quiet")
      #expect(report.count("kept0.50") == 2 && report.count("kept0.95") == 3 && report.count("read") == 4)
      let target = try await program.run(
        "dedup", "in.jsonl", "-o", "two.jsonl", "--target-count", "2", "--json", "--quiet")
      #expect(target.count("kept") == 2)
      // 14 of 15 words are the same: 0.93 is the last threshold at which they are copies.
      #expect(target.json["threshold"] as? String == "0.93")
      let impossible = try await program.run("dedup", "in.jsonl", "--target-count", "1", "--quiet")
      #expect(impossible.code == 64 && impossible.err.contains("--target-count"))
    }
  }

  @Test func anyTextByWordsOrCharacters() async throws {
    try await inFreshFolder { program in
      try program.write(
        "in.jsonl", #"{"text":"one two three four five"}"# + "\n" + #"{"text":"five four three two one"}"# + "\n")
      let words = try await program.run("dedup", "in.jsonl", "--key", "text", "--quiet")
      #expect(words.out.split(separator: "\n").count == 1)
      let runs = try await program.run("dedup", "in.jsonl", "--key", "text", "--ngram", "2", "--quiet")
      #expect(runs.out.split(separator: "\n").count == 2)
      let characters = try await program.run("dedup", "in.jsonl", "--key", "text", "--chars", "5", "--quiet")
      #expect(characters.out.split(separator: "\n").count == 2)
      let signatures = try await program.run(
        "dedup", "in.jsonl", "--key", "text", "--signatures", "s.npy", "--json", "--quiet")
      #expect(signatures.count("signed") == 2)
      let size = try FileManager.default.attributesOfItem(atPath: program.folder.appending(path: "s.npy").path)[.size]
      #expect((size as? Int) == 128 + 2 * 128 * 4)
    }
  }

  @Test(arguments: [
    (["--threshold", "1.2"], "threshold"), (["--memory", "3MB"], "--memory"), (["--memory", "lots"], "size"),
    (["--method", "magic"], "method"), (["--ngram", "0"], "--ngram"), (["--ngram", "2", "--chars", "3"], "not both"),
    (["--report", "--target-count", "3"], "exclude"),
  ])
  func nonsenseIsRefusedBeforeAnyWork(arguments: [String], word: String) async throws {
    try await inFreshFolder { program in
      try program.write("in.jsonl", personas.joined(separator: "\n"))
      let result = try await program.run(["dedup", "in.jsonl", "-o", "kept.jsonl"] + arguments)
      #expect(result.code == 64 && result.err.contains(word), "\(result.err)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: program.folder.path) == ["in.jsonl"])
    }
  }

  @Test func rowsWithoutTheKeyAreSetAside() async throws {
    try await inFreshFolder { program in
      try program.write(
        "in.jsonl", (personas + [#"{"other":1}"#, #"{"persona":3}"#, "nonsense"]).joined(separator: "\n"))
      let result = try await program.run("dedup", "in.jsonl", "-o", "kept.jsonl", "--json", "--quiet")
      #expect(result.code == 2)
      #expect(result.count("kept") == 2 && result.count("unreadable") == 3)
      let aside = try program.lines("kept.jsonl.unreadable.jsonl")
      #expect(aside.count == 3 && aside[0].contains("in.jsonl:5") && aside[2].contains("not valid JSON"))
    }
  }

  @Test func importAndExpandDropNearCopies() async throws {
    try await inFreshFolder { program in
      try program.write("a.jsonl", personas[0] + "\n" + personas[3] + "\n")
      try program.write(
        "b.jsonl", personas[1] + "\n" + #"{"persona":"A ferryman who restores wooden clocks in winter"}"#)
      try await program.run("hub", "import", "a.jsonl")
      let imported = try await program.run("hub", "import", "b.jsonl", "--dedup", "0.9", "--json", "--quiet")
      #expect(imported.code == 0, "\(imported.err)")
      #expect(imported.count("added") == 2 && imported.count("nearCopies") == 1)
      // In input order the result is that of one run over all.
      let again = try await program.run("dedup", "--json", "--quiet")
      #expect(again.count("read") == 3 && again.count("dropped") == 0)

      let arguments = ["expand", "--rounds", "2", "--per-persona", "3", "--dedup", "0.6", "--json", "--quiet"]
      let expanded = try await program.run(arguments)
      #expect(expanded.code == 0, "\(expanded.err)")
      let total = expanded.count("total")
      #expect(expanded.count("nearCopies") == 3 + expanded.count("added") - total)
      #expect(try await program.run(arguments).count("total") == total)
    }
  }
}
