import PersonaRecords
import ProgramSandbox

/// What only Python can say about Python.
struct PythonCheck {
  let sandbox: ProgramSandbox

  /// Why the code does not parse; nil when it does.
  func parse(_ code: String) throws(Problem) -> String? {
    let program = """
      import ast
      with open("code.py", encoding="utf-8") as file:
          ast.parse(file.read())
      """
    return complaint(try sandbox.run(program, files: ["code.py": code]))
  }

  /// Why the tests do not pass; nil when they do.
  ///
  /// At least so many asserts have to be in the tests, and none may hold where the code is left out: tests that pass
  /// without it test nothing.
  func run(_ code: String, tests: String, minimum: Int) throws(Problem) -> String? {
    let count = tests.split(whereSeparator: \.isNewline).count { $0.drop { $0 == " " }.hasPrefix("assert") }
    guard count >= minimum else { return "\(count) asserts, and at least \(minimum) are asked" }
    if let complaint = complaint(try sandbox.run(code + "\n\n" + tests)) { return complaint }
    if case .exited(code: 0, _) = try sandbox.run(tests) { return "the tests pass without the code" }
    return nil
  }

  private func complaint(_ ending: ProgramSandbox.Ending) -> String? {
    switch ending {
    case .exited(code: 0, _): return nil
    case .exited(_, let output), .killed(_, let output):
      let last = output.split(whereSeparator: \.isNewline).last.map { String($0) } ?? ""
      return last.isEmpty ? "it ended without a word" : last.cut(to: 160)
    case .outOfTime: return "out of time"
    }
  }
}
