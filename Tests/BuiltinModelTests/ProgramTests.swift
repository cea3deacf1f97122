import BuiltinModel
import Foundation
import PersonaRecords
import Testing

/// Code runs: solutions pass their tests, wrong ones fail, and tools parse. Without python3 only the form is looked at.
struct ProgramTests {
  private typealias P = RecipePersonas

  private static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  /// Feeds JSON lines to a Python program and gives back what it prints.
  private func python(_ program: String, _ lines: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", program]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(lines.joined(separator: "\n").utf8))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private func blocks(_ text: String) -> [String] {
    text.split(separator: "```python\n", omittingEmptySubsequences: false).dropFirst().map { part in
      String(part[..<(part.firstRange(of: "\n```")?.lowerBound ?? part.endIndex)])
    }
  }

  @Test func solutionsPassTheirTestsAndWrongOnesFail() throws {
    var lines: [String] = []
    var texts: [String] = []
    for (number, persona) in P.all.enumerated() {
      let text = P.ask(persona, "Problem: …\nSolution: …\nTests: …", seed: UInt64(number))
      texts.append(text)
      let parts = blocks(text)
      try #require(parts.count == 2 && text.hasPrefix("Problem: "))
      #expect(text.contains("\nSolution:\n```python\n") && text.contains("\nTests:\n```python\n"))
      lines.append(JSONValue.array(parts.map { .string($0) }).line)
    }
    #expect(P.distinct(texts) * 10 >= texts.count * 9)
    guard Self.hasPython else { return }
    let program = """
      import json, re, sys
      for line in sys.stdin:
          solution, tests = json.loads(line)
          world = {}
          exec(solution, world)
          exec(tests, world)
          name = re.match(r"def (\\w+)\\(", solution).group(1)
          world[name] = lambda *given: None
          try:
              exec(tests, world)
              print("no test fails for None:", name)
          except AssertionError:
              pass
      print("done")
      """
    #expect(try python(program, lines) == "done\n")
  }

  @Test func toolCodeParsesAndChecksItsArguments() throws {
    var lines: [String] = []
    let interfaces =
      P.all.map { P.ask($0, "Invent a tool.", schemaName: "tool_interface") } + [
        #"{"function_name": "class", "input_args": "show_name, year: int", "return": "a list of \"\"\" dicts", "depend": "requests"}"#,
        #"{"function_name": "2 fast!", "input_args": [{"name": "from", "type": "List[str]"}, "client", {"to": "float"}]}"#,
        #"Here it is: {"name": "X", "description": "Ends in a \\", "function_name": "get_x", "input_args": {}}"#,
        "no JSON at all",
      ]
    for (number, interface) in interfaces.enumerated() {
      let text = P.ask(
        P.all[number % 100], "Write the code in a fenced Python block.",
        blocks: "<interface>\n\(interface)\n</interface>")
      #expect(text.hasPrefix("```python\ndef ") && text.hasSuffix("\n```"))
      let name = (try? JSONValue(text: interface))?["function_name"]?.stringValue ?? ""
      lines.append(
        JSONValue.array([.string(blocks(text).first ?? "("), .string(number < P.all.count ? name : "")]).line)
    }
    guard Self.hasPython else { return }
    let program = """
      import ast, json, sys
      for line in sys.stdin:
          source, name = json.loads(line)
          tree = ast.parse(source)
          function = tree.body[0]
          assert len(tree.body) == 1 and ast.get_docstring(function), source
          assert function.name == name or not name, name
          assert [a.arg for a in function.args.kwonlyargs] == ["client"], source
          if name:
              world = {}
              exec(source, world)
              try:
                  world[name](*[object()] * len(function.args.args), client=None)
                  print("took nonsense:", name)
              except ValueError:
                  pass
      print("done")
      """
    #expect(try python(program, lines) == "done\n")
  }
}
