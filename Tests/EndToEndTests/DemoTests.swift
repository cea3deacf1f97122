import Foundation
import Testing

@Suite struct DemoTests {
  /// Two folders, one core and all of them, another width: the same bytes but for the SQLite files.
  @Test func twoDemosAreEqualByteForByte() async throws {
    try await inFreshFolder { program in
      let first = try await program.run("demo", "--out", "one", "--json")
      #expect(first.code == 0, "\(first.err)")
      let launcher = FileManager.default.isExecutableFile(atPath: "/usr/bin/taskset") ? ["taskset", "-c", "0"] : []
      let second = try await program.run(["demo", "--out", "deeper/two", "--concurrency", "3"], launcher: launcher)
      #expect(second.code == 0, "\(second.err)")
      let (one, two) = (try program.contents(of: "one"), try program.contents(of: "deeper/two"))
      #expect(one.keys.sorted() == two.keys.sorted())
      for path in one.keys.sorted() { #expect(one[path] == two[path], "\(path) differs") }
      #expect(first.count("records") > 60)
      #expect(first.count("instances") > 100)
      let page = try program.read("one/report.html")
      #expect(page.contains("not a language model"))
      #expect(!page.contains(program.folder.path))
    }
  }

  @Test func aHubOfSomebodyElseIsNotTouched() async throws {
    try await inFreshFolder { program in
      try program.write("p.jsonl", "{\"persona\":\"A glass blower who repairs church windows\"}\n")
      try await program.run("hub", "import", "p.jsonl", "--hub", "mine/hub")
      let result = try await program.run("demo", "--out", "mine")
      #expect(result.code == 1)
      #expect(result.err.contains("--out"))
      #expect(try await program.run("hub", "stats", "--hub", "mine/hub", "--json").count("rows") == 1)
    }
  }
}
