import PersonaRecords
import ProgramSandbox
import Testing

/// Programs are run for real: each limit is broken by a program that does just that.
@Suite struct ProgramSandboxTests {
  private func run(_ program: String, _ change: (inout ProgramSandbox.Limits) -> Void = { _ in }) throws
    -> ProgramSandbox.Ending
  {
    var limits = ProgramSandbox.Limits()
    change(&limits)
    return try ProgramSandbox.python(limits: limits).run(program)
  }

  @Test func aProgramRunsAndItsOutputIsKept() throws {
    #expect(try run("print(6 * 7)") == .exited(code: 0, output: "42\n"))
    guard case .exited(code: 1, let output) = try run("assert 1 == 2, 'not equal'") else {
      Issue.record("a failed assertion ends with code 1")
      return
    }
    #expect(output.contains("not equal"))
  }

  @Test func timeIsUp() throws {
    #expect(try run("while True: pass") { $0.seconds = 0.3 } == .outOfTime)
    #expect(try run("import time; time.sleep(60)") { $0.seconds = 0.3 } == .outOfTime)
    #expect(try run("while True: pass") { $0.cpuSeconds = 1 } == .outOfTime)
  }

  @Test func memoryIsBounded() throws {
    guard case .exited(code: 1, let output) = try run("x = bytearray(2 << 30)") else {
      Issue.record("two gigabytes were granted")
      return
    }
    #expect(output.contains("MemoryError"))
  }

  @Test func filesAreBounded() throws {
    let ending = try run("open('x', 'wb').write(b'a' * (1 << 20))")
    if case .exited(code: 0, _) = ending { Issue.record("a megabyte was written") }
    if case .exited(code: 0, _) = try run("print('a' * (1 << 20))") { Issue.record("a megabyte was printed") }
  }

  @Test func neitherKeysNorNetworkAreThere() throws {
    let box = try ProgramSandbox.python()
    let keys = try box.run("import os; print(sorted(k for k in os.environ if 'KEY' in k or 'TOKEN' in k))")
    #expect(keys == .exited(code: 0, output: "[]\n"))
    guard box.hasNoNetwork else { return }
    let program = """
      import socket
      server = socket.socket(); server.bind(("0.0.0.0", 0))
      try:
          socket.create_connection(("192.0.2.1", 80), 1)
      except OSError as error:
          print(error.errno in (101, 100))
      """
    #expect(try box.run(program) == .exited(code: 0, output: "True\n"))
  }

  @Test func childrenDoNotOutliveIt() throws {
    let program = """
      import os, time
      if os.fork() == 0:
          time.sleep(2)
          open("/dev/null", "w")
          os._exit(0)
      """
    let start = ContinuousClock.now
    #expect(try run(program) == .exited(code: 0, output: ""))
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func nulsAndOtherScriptsAreOnlyText() throws {
    #expect(try run("print('漢字', '🙂')") == .exited(code: 0, output: "漢字 🙂\n"))
    guard case .exited(let code, _) = try run("x = '\u{0}'") else {
      Issue.record("a NUL kills the program")
      return
    }
    #expect(code == 1)
  }
}
