import Foundation
import PersonaRecords
import ShardFiles
import Testing

/// What stands in for DuckDB where the tests must not need it: a shell script.
///
/// One test at a time: a program started by another test at the moment a script is written inherits the open file, and
/// the script is "busy" until that program ends.
@Suite(.serialized) struct DuckDBProgramTests {
  private func script(_ body: String, in folder: Folder) throws -> DuckDBProgram {
    let path = try folder.file("duckdb", Array("#!/bin/sh\n\(body)\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return DuckDBProgram(path: path)
  }

  @Test func itIsFoundByVariableThenPathThenToolsFolder() throws {
    let named = try Folder()
    let onPath = try Folder()
    let house = try Folder()
    let one = try script("exit 0", in: named).path
    let other = try script("exit 0", in: onPath).path
    let tools = "\(house.path)/.tools/bin"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: one, toPath: "\(tools)/duckdb")
    let own = "\(house.path)/.build/release/persona-hub"
    let everything = ["PERSONA_HUB_DUCKDB": one, "PATH": "/nowhere:\(onPath.path)"]
    #expect(try DuckDBProgram.locate(environment: everything, ownProgram: own).path == one)
    #expect(try DuckDBProgram.locate(environment: ["PATH": "/nowhere:\(onPath.path)"], ownProgram: own).path == other)
    #expect(try DuckDBProgram.locate(environment: [:], ownProgram: own).path.hasSuffix(".tools/bin/duckdb"))
    let nowhere = #expect(throws: Problem.self) {
      try DuckDBProgram.locate(environment: ["PATH": "/nowhere"], ownProgram: "/nowhere/persona-hub")
    }
    #expect(nowhere?.advice.contains("make setup") == true)
    let wrong = #expect(throws: Problem.self) {
      try DuckDBProgram.locate(environment: ["PERSONA_HUB_DUCKDB": "/nowhere/duckdb"], ownProgram: nil)
    }
    #expect(wrong?.place.file == "/nowhere/duckdb")
  }

  @Test func itsRowsStreamAndItsQueryArrives() throws {
    let folder = try Folder()
    let program = try script(#"echo '{"n":1}'; for last; do :; done; printf '"%s"\n' "$last""#, in: folder)
    let stream = try program.jsonLines("SELECT 1 ;\n", name: "a.parquet")
    let text = String(decoding: drain(stream).bytes, as: UTF8.self)
    #expect(text == "{\"n\":1}\n\"COPY (SELECT 1) TO '/dev/stdout' (FORMAT json)\"\n")
  }

  @Test func itsComplaintBecomesTheProblem() throws {
    let folder = try Folder()
    let program = try script("echo '{\"n\":1}'; echo 'Binder Error: no column \"x\"' >&2; exit 1", in: folder)
    let found = drain(try program.jsonLines("SELECT x", name: "a.parquet"))
    #expect(found.bytes == Array("{\"n\":1}\n".utf8))
    #expect(found.problem?.what == "DuckDB failed (exit code 1): Binder Error: no column \"x\"")
    #expect(found.problem?.place.file == "a.parquet")
    let silent = #expect(throws: Problem.self) { try script("kill -9 $$", in: folder).run("SELECT 1") }
    #expect(silent?.what.contains("signal 9") == true)
  }

  @Test func aChattyProgramDoesNotBlock() throws {
    let folder = try Folder()
    let program = try script("head -c 3000000 /dev/zero >&2; echo '{}'", in: folder)
    #expect(drain(try program.jsonLines("x", name: "x")).bytes == Array("{}\n".utf8))
  }

  @Test func aReaderThatStopsEarlyEndsTheProgram() throws {
    let folder = try Folder()
    let program = try script("echo $$ >\(folder.path)/pid; while :; do echo '{\"n\":1}'; done", in: folder)
    do {
      let stream = try program.jsonLines("x", name: "endless")
      #expect(try stream.peek(8).count == 8)
    }
    let text = try String(contentsOfFile: "\(folder.path)/pid", encoding: .utf8)
    let process = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    // Signal 0 asks only whether the process exists.
    #expect(kill(process, 0) == -1)
  }

  @Test func namesAndStringsAreQuoted() {
    #expect(DuckDBProgram.identifier("a\"b") == "\"a\"\"b\"")
    #expect(DuckDBProgram.literal("it's; DROP\u{0}") == "'it''s; DROP'")
    #expect(DuckDBProgram.literal("e\u{301}'\u{301}") == "'e\u{301}''\u{301}'")
  }
}
