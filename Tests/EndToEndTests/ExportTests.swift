import Foundation
import PersonaRecords
import Testing

/// `export`, from instances that `synthesize` made to what trainers' own libraries read.
@Suite struct ExportTests {
  /// The project's Python with Hugging Face datasets and transformers; nil without them.
  private static let python: URL? = {
    let program = Program.package.appending(path: ".tools/bin/python3")
    let check = Process()
    check.executableURL = program
    check.arguments = ["-c", "import datasets, pyarrow, transformers"]
    check.standardError = FileHandle.nullDevice
    guard (try? check.run()) != nil else { return nil }
    check.waitUntilExit()
    return check.terminationStatus == 0 ? program : nil
  }()

  /// Instances of two recipes over one hub, in `math.jsonl` and `instruction.jsonl`.
  private func made(_ program: Program) async throws {
    try program.write("texts.jsonl", SampleTexts.jsonLines)
    #expect(try await program.run("derive", "texts.jsonl", "--every-verb", "--quiet").code == 0)
    for recipe in ["math", "instruction"] {
      let result = try await program.run(
        "synthesize", "--recipe", recipe, "--count", "12", "-o", "\(recipe).jsonl", "--quiet")
      #expect(result.code == 0, "\(result.err)")
    }
  }

  private func load(_ arguments: String..., in program: Program) async throws -> [String: Any] {
    let process = Process()
    process.executableURL = Self.python
    process.arguments = [Program.package.appending(path: "Tests/EndToEndTests/load-dataset.py").path] + arguments
    process.currentDirectoryURL = program.folder
    process.environment = program.bareEnvironment
    let result = await (try Program.Running(process, input: Data())).end()
    #expect(result.code == 0, "\(arguments): \(result.err.suffix(600))")
    return result.json
  }

  @Test(.enabled(if: python != nil, "datasets and transformers are not installed: run Scripts/setup --tests"))
  func everyFormatIsReadByTheLibrariesOfItsUsers() async throws {
    try await inFreshFolder { program in
      try await made(program)
      let written = try program.lines("math.jsonl").count + program.lines("instruction.jsonl").count
      for (format, columns) in [
        ("messages", ["messages"]), ("openai", ["messages"]),
        ("alpaca", ["instruction", "input", "output", "system"]), ("sharegpt", ["conversations"]), ("text", ["text"]),
        ("personahub", ["input persona", "synthesized text", "description"]),
      ] {
        let result = try await program.run(
          "export", "math.jsonl", "instruction.jsonl", "-o", "\(format).jsonl", "--format", format, "--json")
        #expect(result.code == 0, "\(result.err)")
        #expect(result.count("written") == written)
        let found = try await load("file", "json", "\(format).jsonl", in: program)
        #expect(found["rows"] as? Int == written)
        #expect(found["columns"] as? [String] == columns)
      }
      let rendered = try await load("template", "openai.jsonl", in: program)
      #expect(rendered["rows"] as? Int == written)
      let first = try JSONValue(utf8: Array(try program.lines("openai.jsonl")[0].utf8))["messages"]?.arrayValue ?? []
      let chat = first.map { message in
        "<|im_start|>\(message["role"]?.stringValue ?? "")\n\(message["content"]?.stringValue ?? "")<|im_end|>\n"
      }
      #expect(rendered["first"] as? String == chat.joined())

      let table = try await program.run(
        "export", "math.jsonl", "instruction.jsonl", "-o", "all.parquet", "--format", "parquet")
      #expect(table.code == 0, "\(table.err)")
      let columns = ["id", "recipe", "personaID", "persona", "messages"]
      for found in [
        try await load("parquet", "all.parquet", in: program),
        try await load("file", "parquet", "all.parquet", in: program),
      ] {
        #expect(found["rows"] as? Int == written)
        #expect(found["columns"] as? [String] == columns)
      }
    }
  }

  @Test(.enabled(if: python != nil, "datasets and transformers are not installed: run Scripts/setup --tests"))
  func aDataSetInPartsIsLoadedByItsCard() async throws {
    try await inFreshFolder { program in
      try await made(program)
      for format in ["messages", "parquet"] {
        let result = try await program.run(
          "export", "math.jsonl", "instruction.jsonl", "-o", "set-\(format)", "--format", format, "--split",
          "0.5,0.25,0.25", "--card", "--json")
        #expect(result.code == 0, "\(result.err)")
        let found = try await load("folder", "set-\(format)", in: program)
        let parts = try #require(result.json["parts"] as? [String: Int])
        for (name, rows) in parts where rows > 0 {
          #expect((found[name] as? [String: Any])?["rows"] as? Int == rows, "\(format) \(name)")
        }
      }
      // Conversations and single answers in one alpaca set: every row has the same columns, whatever its file begins with.
      try program.write("talks.jsonl", try program.read("math.jsonl") + talks(20))
      let mixed = try await program.run(
        "export", "talks.jsonl", "-o", "mixed", "--format", "alpaca", "--split", "0.6,0.4", "--card")
      #expect(mixed.code == 0, "\(mixed.err)")
      let found = try await load("folder", "mixed", in: program)
      for part in ["train", "test"] {
        let columns = (found[part] as? [String: Any])?["columns"] as? [String]
        #expect(columns == ["instruction", "input", "output", "system", "history"], "\(part)")
      }
    }
  }

  @Test func theCardTellsHowRowsWereSampled() async throws {
    try await inFreshFolder { program in
      try await made(program)
      func sampling(_ arguments: String...) async throws -> [String] {
        let result = try await program.run(["export"] + arguments + ["-o", "set/", "--card", "--json"])
        #expect(result.code == 0, "\(result.err)")
        let rows = try JSONValue(text: result.out)["sampling"]?.arrayValue ?? []
        let card = try program.read("set/README.md")
        for row in rows {
          let cells = ["recipe", "mode", "call", "stated", "typed"].map { row[$0]?.stringValue ?? "" }
          #expect(card.contains("| \(cells.joined(separator: " | ")) |"), "\(cells)")
        }
        return rows.map {
          "\($0["recipe"]?.stringValue ?? ""): \($0["stated"]?.stringValue ?? ""), \($0["typed"]?.stringValue ?? "")"
        }
      }
      let math = try await sampling("math.jsonl")
      #expect(math.count == 1 && math[0].hasPrefix("math: temperature=") && math[0].hasSuffix(", nothing"), "\(math)")
      // A recipe of one's own, asked twice with other settings: what was typed is that of the file's own run.
      let source = try await program.run("recipes", "show", "math").out.replacing("name: math", with: "name: sums")
      try program.write("sums.yaml", source)
      for (file, temperature) in [("a.jsonl", "0.25"), ("b.jsonl", "1.5")] {
        let made = try await program.run(
          "synthesize", "--recipe", "sums.yaml", "--count", "5", "-o", file, "--temperature", temperature)
        #expect(made.code == 0, "\(made.err)")
      }
      #expect(try await sampling("a.jsonl") == ["sums: not known, temperature=0.25"])
      let both = try await sampling("a.jsonl", "b.jsonl", "--recipe", "sums.yaml")
      #expect(both.count == 1 && both[0].hasPrefix("sums: temperature="), "\(both)")
      #expect(both[0].hasSuffix(", temperature=0.25; or: temperature=1.5"), "\(both)")
      // The same rows elsewhere: any run of the recipe may have made them, and without the hub none is known.
      try program.write("c.jsonl", try program.read("a.jsonl"))
      #expect(try await sampling("c.jsonl") == ["sums: not known, temperature=0.25; or: temperature=1.5"])
      #expect(try await sampling("a.jsonl", "--hub", "elsewhere") == ["sums: not known, not known"])
    }
  }

  /// Instances with turns, a persona each.
  private func talks(_ count: Int, from first: Int = 0) -> String {
    (first..<first + count).map { number in
      let persona = "A ferryman who has told story number \(number)"
      let turns =
        #"[{\"role\":\"user\",\"content\":\"Tell it.\"},{\"role\":\"assistant\",\"content\":\"It rained.\"},"#
        + #"{\"role\":\"user\",\"content\":\"And then?\"},{\"role\":\"assistant\",\"content\":\"It stopped.\"}]"#
      return #"{"id":"t\#(number)","recipe":"talk","recipeHash":"","mode":"zero-shot","personaID":"# + "\""
        + "\(PersonaID(describing: persona))\",\"persona\":\"\(persona)\","
        + #""messages":[{"role":"user","content":"Talk."}],"text":"Tell it.","reasoning":"","fields":{"turns":"\#(turns)"},"#
        + #""model":"m","finishReason":"stop","usage":{"promptTokens":1,"completionTokens":1},"costUSD":0}"# + "\n"
    }.joined()
  }

  @Test func aPersonaStaysOnOneSideAlsoWhenTheDataSetGrows() async throws {
    try await inFreshFolder { program in
      try program.write("small.jsonl", talks(300) + talks(300))
      try program.write("large.jsonl", talks(900, from: 300) + talks(300))
      var sides: [[String: String]] = []
      for name in ["small", "large"] {
        let result = try await program.run(
          "export", "\(name).jsonl", "-o", name, "--format", "personahub", "--split", "0.8,0.1,0.1", "--seed", "7")
        #expect(result.code == 0, "\(result.err)")
        var side: [String: String] = [:]
        for part in ["train", "validation", "test"] {
          for line in try program.lines("\(name)/\(part).jsonl") {
            let persona = try #require(try JSONValue(utf8: Array(line.utf8))["input persona"]?.stringValue)
            #expect(side[persona] ?? part == part, "\(persona) on two sides")
            side[persona] = part
          }
        }
        sides.append(side)
      }
      #expect(sides[0].count == 300 && sides[1].count == 1200)
      for (persona, part) in sides[0] { #expect(sides[1][persona] == part) }
    }
  }

  @Test func theSameInputGivesTheSameBytes() async throws {
    try await inFreshFolder { program in
      try program.write("talks.jsonl", talks(500))
      for folder in ["one", "two"] {
        for format in ["messages", "parquet", "alpaca"] {
          let result = try await program.run(
            "export", "talks.jsonl", "-o", "\(folder)/set", "--format", format, "--split", "0.9,0.1", "--card",
            "--quiet")
          // The folder above has to be there: nothing is written where nobody expects it.
          if !program.exists(folder) {
            #expect(result.code == 1)
            try FileManager.default.createDirectory(
              at: program.folder.appending(path: folder), withIntermediateDirectories: false)
            try await program.run(
              "export", "talks.jsonl", "-o", "\(folder)/set", "--format", format, "--split", "0.9,0.1", "--card",
              "--quiet")
          }
        }
      }
      let one = try program.contents(of: "one")
      #expect(one == (try program.contents(of: "two")))
      #expect(
        one.keys.sorted() == [
          "set/README.md", "set/dataset_info.json", "set/test.jsonl", "set/test.parquet", "set/train.jsonl",
          "set/train.parquet",
        ])
    }
  }

  @Test func killedAtAnyMomentNothingIsHalf() async throws {
    try await inFreshFolder { program in
      try program.write("talks.jsonl", talks(20_000))
      #expect(
        try await program.run(
          "export", "talks.jsonl", "-o", "calm", "--split", "0.9,0.1", "--card", "--quiet"
        ).code == 0)
      let calm = try program.contents(of: "calm")
      let seed: UInt64 = 11
      var random = SeededRandom(seed: seed)
      var killed = 0
      for round in 0..<12 {
        let running = try program.start([
          "export", "talks.jsonl", "-o", "storm", "--split", "0.9,0.1", "--card", "--quiet",
        ])
        try await Task.sleep(for: .milliseconds(1 + random.below(400)))
        running.signal(SIGKILL)
        if await running.end().code != 0 { killed += 1 }
        // A folder that is there is whole. (The card tells its name.)
        guard program.exists("storm") else { continue }
        let storm = try program.contents(of: "storm")
        #expect(storm.keys.sorted() == calm.keys.sorted(), "seed \(seed), round \(round)")
        for part in ["train.jsonl", "test.jsonl"] { #expect(storm[part] == calm[part], "seed \(seed), round \(round)") }
      }
      #expect(killed > 0)
      #expect(
        try await program.run(
          "export", "talks.jsonl", "-o", "storm", "--split", "0.9,0.1", "--card", "--quiet"
        ).code == 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
      #expect(left.filter { $0.contains("writing") }.isEmpty, "\(left)")
    }
  }

  @Test func badRowsAreSetAsideAndCounted() async throws {
    try await inFreshFolder { program in
      let broken = [
        "nonsense", "[1]", "{\"persona\":\"no instance\"}", "\0\0\0",
        talks(1).replacing("\"text\":\"Tell it.\"", with: "\"text\":\"Tell \\u0000it.\""),
        talks(1).replacing("{\\\"role\\\":\\\"user\\\"", with: "{\\\"role\\\":\\\"wizard\\\""),
        talks(1).replacing("\"personaID\":\"", with: "\"personaID\":\"x"),
        talks(1).replacing("\"id\":\"t0\"", with: "\"id\":\"t0\",\"somebody's\":{\"own\":[1]}"),
      ].map { $0.trimmingWhitespace() + "\n" }.joined()
      try program.write("bad.jsonl", broken + talks(2))
      let result = try await program.run(
        "export", "bad.jsonl", "-o", "out.jsonl", "--format", "sharegpt", "--json", "--allow-failures", "90%")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("read") == 10)
      #expect(result.count("written") == 4)
      #expect(result.count("rejected") == 6)
      let rejected = try program.lines("out.jsonl.rejected.jsonl").map {
        try Rejection(json: JSONValue(utf8: Array($0.utf8)))
      }
      #expect(rejected.map(\.row) == [1, 2, 3, 4, 6, 7])
      #expect(rejected.map(\.reason) == Array(repeating: "unreadable", count: 4) + ["turns-broken", "unreadable"])
      #expect(try await program.run("export", "bad.jsonl", "-o", "out.jsonl").code == 2)

      try program.write("empty.jsonl", "")
      for (arguments, code) in [
        (["export", "empty.jsonl", "-o", "e.jsonl"], 1), (["export", "absent.jsonl", "-o", "e.jsonl"], 1),
        (["export", "bad.jsonl", "-o", "e.jsonl", "--pair", "prompt-only", "--format", "openai"], 1),
        (["export", "bad.jsonl", "-o", "bad.jsonl"], 64),
        (["export", "bad.jsonl", "-o", "e", "--split", "0.5,0.6"], 64),
        (["export", "bad.jsonl", "-o", "e", "--split", "half"], 64), (["export", "bad.jsonl"], 64),
        (["export", "bad.jsonl", "-o", "e", "--format", "xml"], 64), (["export", "-", "-o", "e"], 64),
        (["export", "bad.jsonl", "-o", "e", "--format", "text", "--pair", "asked"], 64),
      ] as [([String], Int32)] {
        let result = try await program.run(arguments)
        #expect(result.code == code, "\(arguments): \(result.code) \(result.err)")
        #expect(!program.exists("e.jsonl") && !program.exists("e"))
      }
    }
  }

  @Test func workOfOthersIsNotOverwritten() async throws {
    try await inFreshFolder { program in
      try program.write("talks.jsonl", talks(3))
      try program.write("README.md", "# my project\n")
      let card = try await program.run("export", "talks.jsonl", "-o", "out.jsonl", "--card")
      #expect(card.code == 64)
      #expect(try program.read("README.md") == "# my project\n")
      #expect(!program.exists("out.jsonl"))

      try program.write("dataset_info.json", "{\"mine\": {\"file_name\": \"mine.json\"}}")
      #expect(try await program.run("export", "talks.jsonl", "-o", "out.jsonl").code == 0)
      let index = try JSONValue(utf8: Array(try program.read("dataset_info.json").utf8))
      #expect(index.objectValue?.map(\.key) == ["mine", "out"])
      try program.write("dataset_info.json", "[broken")
      let refused = try await program.run("export", "talks.jsonl", "-o", "other.jsonl")
      #expect(refused.code == 1)
      #expect(try program.read("dataset_info.json") == "[broken")
      #expect(!program.exists("other.jsonl"))
      #expect(try await program.run("export", "talks.jsonl", "-o", "other.jsonl", "--no-dataset-info").code == 0)
    }
  }
}
