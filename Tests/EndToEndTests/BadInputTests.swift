import Foundation
import Testing

/// Input as it really comes: set aside with its place, and the rest goes on.
@Suite struct BadInputTests {
  private static let good =
    "{\"text\":\"The beekeeper lifts the second frame and looks for the queen; the brood is sealed, the stores are heavy, and the swarm will wait another week.\"}\n"

  /// Runs `derive` on bytes and returns what was set aside.
  private func derive(
    _ data: Data, as name: String = "in.jsonl", _ flags: [String] = [], in program: Program
  ) async throws -> (result: Program.Result, failed: String) {
    try program.write(name, data)
    let result = try await program.run(["derive", name, "--json", "--allow-failures", "100%"] + flags)
    let runs = try program.contents(of: ".").filter { $0.key.hasSuffix("failed.jsonl") }
    return (result, runs.values.map { String(decoding: $0, as: UTF8.self) }.joined())
  }

  @Test(arguments: [
    ("NUL bytes", "{\"text\":\"a\u{0}b\"}\n", "NUL"),
    ("a lone surrogate", "{\"text\":\"\\ud800 \\u0041\"}\n", "surrogate"),
    ("no JSON", "this is prose\n", "JSON"),
    ("a missing key", "{\"body\":\"x\"}\n", "body"),
    ("a key of another type", "{\"text\":17}\n", "text"),
  ])
  func aBrokenRowIsSetAsideWithItsPlace(what: String, row: String, word: String) async throws {
    try await inFreshFolder { program in
      let (result, failed) = try await derive(
        Data((Self.good + row + Self.good.replacing("queen", with: "drone")).utf8), in: program)
      #expect(result.code == 0, "\(what): \(result.err)")
      #expect(result.count("added") == 2, "\(what): \(result.out)")
      #expect(failed.contains("\"row\":2"), "\(what): \(failed)")
      #expect(failed.contains("in.jsonl"), "\(what): \(failed)")
      #expect(failed.contains(word), "\(what): \(failed)")
    }
  }

  @Test func invalidUTF8IsSetAside() async throws {
    try await inFreshFolder { program in
      var data = Data(Self.good.utf8)
      data.append(contentsOf: Array("{\"text\":\"".utf8) + [0xC3, 0x28, 0xFF] + Array("\"}\n".utf8))
      let (result, failed) = try await derive(data, in: program)
      #expect(result.count("added") == 1, "\(result.err)")
      #expect(failed.contains("UTF-8"))
    }
  }

  @Test func byteOrderMarkCRLFAndNoFinalNewlineAreFine() async throws {
    try await inFreshFolder { program in
      let text =
        "\u{FEFF}" + Self.good.replacing("\n", with: "\r\n") + "\r\n"
        + Self.good.replacing("queen", with: "drone").dropLast()
      let (result, failed) = try await derive(Data(text.utf8), in: program)
      #expect(result.count("added") == 2, "\(result.out) \(failed)")
      #expect(failed.isEmpty)
    }
  }

  @Test func anEmptyFileAndAMissingOneAreToldAndTheRestGoesOn() async throws {
    try await inFreshFolder { program in
      try program.write("empty.jsonl", "")
      try program.write("good.jsonl", Self.good)
      let result = try await program.run(
        "derive", "empty.jsonl", "nowhere.jsonl", "good.jsonl", "--json", "--allow-failures", "100%")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("added") == 1)
      let strict = try await program.run("derive", "empty.jsonl", "nowhere.jsonl", "good.jsonl", "--hub", "h2")
      #expect(strict.code == 2, "\(strict.code) \(strict.err)")
    }
  }

  @Test func aRecordOverTheLimitIsSetAsideInLittleMemory() async throws {
    try await inFreshFolder { program in
      let file = program.folder.appending(path: "in.jsonl")
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
      let handle = try FileHandle(forWritingTo: file)
      try handle.write(contentsOf: Data("{\"text\":\"".utf8))
      let piece = Data(repeating: 0x61, count: 10 << 20)
      for _ in 0..<20 { try handle.write(contentsOf: piece) }
      try handle.write(contentsOf: Data("\"}\n\(Self.good)".utf8))
      try handle.close()
      let launcher =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit") ? ["prlimit", "--data=400000000"] : []
      let result = try await program.run(
        ["derive", "in.jsonl", "--json", "--allow-failures", "100%"], launcher: launcher)
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("added") == 1)
      #expect((result.json["failed"] as? [String: Int]) == ["unreadable": 1])
    }
  }

  @Test func aTruncatedGzipGivesWhatIsReadable() async throws {
    try await inFreshFolder { program in
      let rows = (0..<400).map { Self.good.replacing("second", with: "\($0)th") }.joined()
      try program.write("whole.jsonl", rows)
      let packed = try await shell("gzip -c whole.jsonl > packed.gz && head -c 900 packed.gz > torn.gz", in: program)
      #expect(packed == 0)
      let result = try await program.run("derive", "torn.gz", "--json", "--allow-failures", "100%")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("records") > 10)
      #expect((result.json["failed"] as? [String: Int]) == ["unreadable": 1])
    }
  }

  @Test func hostilePersonasPassThroughUnchanged() async throws {
    try await inFreshFolder { program in
      let hostile = [
        "A <script>alert(1)</script> collector who says \"quote\" and 'quote'",
        "A translator of \u{202E}Hebrew\u{202C} poems",
        "A fan of {{persona}} and {{{x}}}",
      ]
      let data = try hostile.map { try JSONSerialization.data(withJSONObject: ["persona": $0]) }
      try program.write("p.jsonl", Data(data.joined(separator: [0x0A])))
      #expect(try await program.run("hub", "import", "p.jsonl").code == 0)
      let out = try await program.run("hub", "export", "--format", "persona").out
      let read = try out.split(separator: "\n").map {
        (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])?["persona"] ?? ""
      }
      #expect(read == hostile)
      #expect(try await program.run("hub", "search", "<script> AND \"alert* NEAR(").code == 0)
      #expect(try await program.run("synthesize", "--recipe", "math", "--count", "3", "-o", "m.jsonl").code == 0)
    }
  }

  @Test func whatCannotBeReadOrWrittenIsNamed() async throws {
    try await inFreshFolder { program in
      try program.write("good.jsonl", Self.good)
      let out = try await program.run("dedup", "good.jsonl", "--key", "text", "-o", "no/such/folder/x.jsonl")
      #expect(out.code == 1)
      #expect(out.err.contains("no/such/folder/x.jsonl"))
      let missing = try await program.run("dedup", "nowhere.jsonl", "-o", "x.jsonl")
      #expect(missing.code == 1)
      #expect(missing.err.contains("nowhere.jsonl"))
      let noHub = try await program.run("hub", "stats", "--hub", "nohub")
      #expect(noHub.code == 1)
      #expect(noHub.err.contains("fix:"))
      let parquet = try await derive(Data("PAR1 broken PAR1".utf8), as: "x.parquet", in: program)
      #expect(parquet.failed.contains("x.parquet"), "\(parquet.result.err)")
    }
  }

  @Test func aFullDiskIsToldAndNothingHalfIsLeft() async throws {
    try await inFreshFolder { program in
      let rows = (0..<40_000).map { "{\"persona\":\"A lock keeper who writes down ship number \($0)\"}\n" }.joined()
      try program.write("many.jsonl", rows)
      #expect(try await program.run("hub", "import", "many.jsonl").code == 0)
      // A file may grow to 100 KB: what the system says of a full disk, without one. (The signal is ignored by the shell.)
      let code = try await shell(
        "trap '' XFSZ; ulimit -f 100; '\(Program.executable.path)' hub export -o out.jsonl 2> err.txt", in: program)
      #expect(code == 1)
      #expect(try program.read("err.txt").contains("out.jsonl"))
      let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
      #expect(!left.contains { $0.hasPrefix("out.jsonl") }, "\(left)")
      let drop = try await shell(
        "trap '' XFSZ; ulimit -f 100; '\(Program.executable.path)' dedup --threshold 0.5 2> err.txt", in: program)
      #expect(drop == 1 || drop == 0)
      #expect(try await program.run("hub", "verify").code == 0)
    }
  }

  private func shell(_ script: String, in program: Program) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = program.folder
    process.environment = program.bareEnvironment
    return await (try Program.Running(process, input: Data())).end().code
  }
}
