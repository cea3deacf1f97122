import Foundation
import PersonaRecords
import TestSupport
import Testing

#if os(Linux)
  /// A disk that is full from the n-th change on, for every n of a small run: the command says so, nothing is lost, and
  /// once there is room the same command ends in the bytes of a calm run, without paying twice.
  @Suite struct DiskFaultTests {
    private static let answer: ModelServer.Answer = { call in
      let words = call.lastMessage.split(whereSeparator: { !$0.isLetter }).dropFirst().prefix(9).joined(separator: " ")
      let persona = JSONValue.object([.init("persona", .string("A careful person who knows all about \(words)"))])
      return .text(JSONValue.object([.init("personas", .array([persona]))]).line)
    }

    @Test func fullAtAnyChangeNothingIsLost() async throws {
      try await ModelServer.with(answer: Self.answer) { server in
        try await inFreshFolder { program in
          let faulty = try Preloaded.library("faulty-disk", in: program.folder)
          try program.write("texts.jsonl", SampleTexts.jsonLines)
          var calm = program
          calm.environment = ["OPENAI_BASE_URL": server.url]
          #expect(try await calm.run("derive", "texts.jsonl", "--hub", "calm").code == 0)
          let expected = try program.contents(of: "calm")
          let items = SampleTexts.passages.count

          var change = 1
          while true {
            // Close together at the start, where files are made, and wider apart later.
            let hub = "full-\(change)"
            var full = calm
            full.environment["LD_PRELOAD"] = faulty
            full.environment["FAULTY_DISK_FOLDER"] = program.folder.resolvingSymlinksInPath().path
            full.environment["FAULTY_DISK_AT"] = String(change)
            let before = server.calls.count
            let failed = try await full.run("derive", "texts.jsonl", "--hub", hub)
            if failed.code == 0 { break }
            #expect(failed.code == 75 || failed.code == 1, "change \(change): \(failed.code) \(failed.err)")
            #expect(failed.err.contains("fix:"), "change \(change): \(failed.err)")
            let resumed = try await calm.run("derive", "texts.jsonl", "--hub", hub)
            #expect(resumed.code == 0, "change \(change): \(resumed.err)")
            // What was under way when the disk filled up had no place to be written to; the rest is asked once.
            #expect(server.calls.count - before <= 2 * items, "change \(change)")
            let contents = try program.contents(of: hub)
            #expect(contents == expected, "change \(change): \(contents.keys.filter { contents[$0] != expected[$0] })")
            try FileManager.default.removeItem(at: program.folder.appending(path: hub))
            change += 1
          }
          #expect(change > 20, "a run changes files more often than \(change) times")
        }
      }
    }

    @Test func aFolderThatCanOnlyBeReadIsNamedBeforeAnyCall() async throws {
      // Root may write everywhere, so the folder is given to a mount or left out where that is so.
      guard getuid() != 0 else { return }
      try await ModelServer.with(answer: Self.answer) { server in
        try await inFreshFolder { program in
          var program = program
          program.environment = ["OPENAI_BASE_URL": server.url]
          try program.write("texts.jsonl", SampleTexts.jsonLines)
          try program.write("hub/note", "")
          try FileManager.default.setAttributes(
            [.posixPermissions: 0o555], ofItemAtPath: program.folder.appending(path: "hub").path)
          let result = try await program.run("derive", "texts.jsonl")
          #expect(result.code == 1, "\(result.err)")
          #expect(server.calls.isEmpty)
        }
      }
    }
  }
#endif
