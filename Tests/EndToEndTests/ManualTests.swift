import Foundation
import Testing

/// What the README and the help texts show is run here, as it stands.
@Suite struct ManualTests {
  /// A folder with what a reader of the README has: texts, personas, a settings file, and the program on the PATH.
  private func prepared(_ program: Program) throws -> Program {
    var program = program
    try program.write("texts/a.jsonl", SampleTexts.jsonLines)
    try program.write(
      "personas.jsonl",
      SampleTexts.passages.indices.map {
        "{\"persona\":\"A person number \($0) who keeps bees near the \($0 + 2)th mill\"}\n"
      }
      .joined())
    try FileManager.default.createDirectory(
      at: program.folder.appending(path: "bin"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: program.folder.appending(path: "bin/persona-hub"), withDestinationURL: Program.executable)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let tools = Program.package.appending(path: ".tools/bin").path
    program.environment["PATH"] = "\(program.folder.appending(path: "bin").path):\(tools):\(path)"
    return program
  }

  private static let settings = """
    hub: ./hub
    derive:
      corpus: [texts/]
    expand:
      rounds: 1
    """

  private func shell(_ script: String, in program: Program) async throws -> Program.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-euo", "pipefail", "-c", script]
    process.currentDirectoryURL = program.folder
    process.environment = program.bareEnvironment
    return await (try Program.Running(process, input: Data())).end()
  }

  /// The blocks of a page that are meant to be typed.
  private func blocks(of page: URL) throws -> [String] {
    try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```sh\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  @Test func everyCommandOfTheREADMERuns() async throws {
    let blocks = try blocks(of: Program.package.appending(path: "README.md"))
    #expect(blocks.count > 6)
    try await inFreshFolder { program in
      let program = try prepared(program)
      for block in blocks {
        // The file that `build` names is there when its turn comes, and does not change what the others mean.
        let needsSettings = block.contains("build --settings")
        if needsSettings { try program.write("persona-hub.yaml", Self.settings) }
        let result = try await shell(block, in: program)
        #expect(result.code == 0, "\(block)\n\(result.err)")
        if needsSettings { try FileManager.default.removeItem(at: program.folder.appending(path: "persona-hub.yaml")) }
      }
    }
  }

  private static let docs = Program.package.appending(path: "docs")

  /// The pages on recipes, conversations and panels, over one hub; no two of their commands write the same file.
  @Test func everyCommandOfTheDocsOnRecipesRuns() async throws {
    let files = FileManager.default
    let pages = try files.contentsOfDirectory(atPath: Self.docs.appending(path: "recipes").path).sorted()
    #expect(pages.count > 10)
    try await inFreshFolder { program in
      let program = try prepared(program)
      #expect(try await program.run("derive", "texts/", "--every-verb", "--quiet").code == 0)
      for name in try files.contentsOfDirectory(atPath: Self.docs.appending(path: "examples").path) {
        try files.copyItem(
          at: Self.docs.appending(path: "examples/\(name)"), to: program.folder.appending(path: name))
      }
      let names = ["recipe-format.md", "recipes.md", "conversations.md", "panels.md"] + pages.map { "recipes/\($0)" }
      for name in names {
        let blocks = try blocks(of: Self.docs.appending(path: name))
        #expect(!blocks.isEmpty, "\(name)")
        for block in blocks {
          let result = try await shell(block, in: program)
          #expect(result.code == 0, "\(name)\n\(block)\n\(result.err)")
        }
      }
    }
  }

  @Test func everyRecipeHasAPageThatNamesItsChecksAndVariables() async throws {
    try await inFreshFolder { program in
      let index = try String(contentsOf: Self.docs.appending(path: "recipes.md"), encoding: .utf8)
      for line in try await program.run("recipes", "list", "--json").out.split(separator: "\n") {
        let recipe = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let name = try #require(recipe["name"] as? String)
        let page = try String(contentsOf: Self.docs.appending(path: "recipes/\(name).md"), encoding: .utf8)
        #expect(index.contains("(recipes/\(name).md)") && index.contains("### \(name)"), "\(name)")
        for key in ["checks", "variables"] {
          for word in recipe[key] as? [String] ?? [] {
            #expect(page.contains("`\(word)`"), "\(name).md does not name \(word)")
          }
        }
      }
    }
  }

  @Test func theExampleOfTheRecipeFileIsTheFile() throws {
    let page = try String(contentsOf: Self.docs.appending(path: "recipe-format.md"), encoding: .utf8)
    let example = try String(contentsOf: Self.docs.appending(path: "examples/museum-label.yaml"), encoding: .utf8)
    #expect(page.contains("```yaml\n\(example)```"))
  }

  @Test func everyCommandHasAnExampleThatWorks() async throws {
    try await inFreshFolder { program in
      let program = try prepared(program)
      try program.write("persona-hub.yaml", Self.settings)
      #expect(try await program.run("build", "--settings", "persona-hub.yaml", "--quiet").code == 0)
      let first = try await program.run("hub", "sample", "--count", "1", "--quiet").out
      let id = first.dropFirst(7).prefix(8)
      // What `converse` and `panel` are given in their examples.
      try program.write(
        "instructions.jsonl", "{\"persona\":\"A baker\",\"text\":\"Which flour keeps longest in a damp cellar?\"}\n")
      try program.write("question.yaml", "question: Should shops open on Sundays?\nchoices: [yes, no]\n")
      var commands = try await subcommands(of: [], program)
      for command in commands { commands += try await subcommands(of: command, program) }
      #expect(commands.count > 15)
      // A group of commands shows the example of one of them.
      var ran: Set<String> = []
      for command in [[]] + commands {
        let help = try await program.run(command + ["--help"])
        #expect(help.code == 0)
        #expect(help.err.isEmpty)
        // Help is wrapped to the terminal; an example is a paragraph of its own end.
        let example = help.out.components(separatedBy: "Example: ").dropFirst().first?.components(separatedBy: "\n\n")
          .first
        let line = try #require(example, "\(command) shows no example").replacing("\n", with: " ")
        guard ran.insert(line).inserted else { continue }
        let result = try await shell(line.replacing("0a1b2c3d", with: id), in: program)
        #expect(result.code == 0, "\(line)\n\(result.err)")
      }
    }
  }

  private func subcommands(of command: [String], _ program: Program) async throws -> [[String]] {
    let help = try await program.run(command + ["--help"]).out
    guard let list = help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first else { return [] }
    return list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map { command + [String($0)] } }
      .filter { $0.last != "help" }
  }

  @Test func wrongUsageIsToldInOneSentenceWithExitCode64() async throws {
    try await inFreshFolder { program in
      for arguments in [
        ["derive"], ["nonsense"], ["derive", "x", "--per-text", "0"], ["dedup", "x", "--threshold"],
        ["hub", "sample", "--count", "0"],
        ["synthesize", "--recipe", "math"], ["derive", "x", "--price", "cheap"], ["expand", "--rounds", "-1"],
      ] {
        let result = try await program.run(arguments)
        #expect(result.code == 64, "\(arguments): \(result.code) \(result.err)")
        #expect(result.out.isEmpty)
        #expect(!result.err.isEmpty)
      }
    }
  }

  @Test func aClosedPipeIsSuccess() async throws {
    try await inFreshFolder { program in
      let program = try prepared(program)
      let rows = (0..<20_000).map { "{\"persona\":\"A lock keeper who writes down ship number \($0)\"}\n" }.joined()
      try program.write("many.jsonl", rows)
      let result = try await shell(
        "persona-hub hub import many.jsonl --quiet; persona-hub hub export | head -n 2 | wc -l", in: program)
      #expect(result.code == 0, "\(result.err)")
      #expect(result.out.contains("2"))
    }
  }
}
