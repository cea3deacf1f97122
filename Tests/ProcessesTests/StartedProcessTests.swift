import Foundation
import Processes
import Testing

struct StartedProcessTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "processes-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func shell(
    _ script: String, _ output: StartedProcess.Target, messages: StartedProcess.Target? = nil,
    environment: [String]? = nil, leadsGroup: Bool = false
  ) throws -> StartedProcess {
    try StartedProcess(
      "/bin/sh", arguments: ["-c", script], environment: environment, output: output, messages: messages,
      leadsGroup: leadsGroup)
  }

  @Test(arguments: [0, 1, 3, 255]) func itsCodeIsKept(code: Int) throws {
    #expect(try shell("exit \(code)", .ours).awaitEnd() == .exited(code: code))
    #expect(try shell("exit \(code)", .ours).awaitEnd(within: .seconds(60)) == .exited(code: code))
  }

  @Test func itsSignalIsKept() throws {
    #expect(try shell("kill -KILL $$", .ours).awaitEnd() == .killed(signal: 9))
    let sleeper = try shell("exec sleep 600", .ours)
    sleeper.kill()
    #expect(sleeper.awaitEnd() == .killed(signal: 9))
  }

  @Test func whatIsNotThereIsRefusedWithTheReason() {
    let refusal = #expect(throws: StartedProcess.Refusal.self) {
      try StartedProcess("/nowhere/program", arguments: [], output: .ours)
    }
    #expect(refusal?.code == ENOENT && refusal?.reason.isEmpty == false)
  }

  @Test func outputAndMessagesGoWhereTheyAreSent() throws {
    try withFolder { folder in
      let (both, output, messages) = ("\(folder)/both", "\(folder)/output", "\(folder)/messages")
      for _ in 0..<2 { _ = try shell("echo out; echo err >&2", .file(both)).awaitEnd() }
      #expect(try String(contentsOfFile: both, encoding: .utf8) == "out\nerr\nout\nerr\n")
      _ = try shell("echo out; echo err >&2", .file(output), messages: .file(messages)).awaitEnd()
      #expect(try String(contentsOfFile: output, encoding: .utf8) == "out\n")
      #expect(try String(contentsOfFile: messages, encoding: .utf8) == "err\n")
      let open = unsafe open(output, O_WRONLY | O_APPEND | O_CLOEXEC)
      defer { close(open) }
      _ = try shell("echo more", .descriptor(open)).awaitEnd()
      #expect(try String(contentsOfFile: output, encoding: .utf8) == "out\nmore\n")
    }
  }

  @Test func itsInputIsEmptyItsEnvironmentIsGivenAndPipesEndIt() throws {
    try withFolder { folder in
      let file = "\(folder)/output"
      unsafe setenv("PROCESSES_TEST", "ours", 1)
      _ = try shell("cat; echo $PROCESSES_TEST", .file(file)).awaitEnd()
      _ = try shell("echo ${PROCESSES_TEST-none}$GIVEN", .file(file), environment: ["GIVEN=!"]).awaitEnd()
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "ours\nnone!\n")
      // Ignored here, and not there. It stays so: other tests write to sockets that their peers close.
      signal(SIGPIPE, SIG_IGN)
      #expect(try shell("kill -13 $$; echo alive", .file(file)).awaitEnd() == .killed(signal: 13))
    }
  }

  @Test func signalsBlockedHereAreNotBlockedThere() throws {
    var blocked = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&blocked)
    unsafe sigaddset(&blocked, SIGTERM)
    // Of this thread alone, and nothing waits here.
    unsafe pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    #expect(try shell("kill -TERM $$; exit 0", .ours).awaitEnd() == .killed(signal: 15))
  }

  @Test func filesOfOursAreNotHandedOn() throws {
    try withFolder { folder in
      let open = unsafe open("\(folder)/ours", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(open) }
      let child = try shell("[ -e /dev/fd/1 ] && [ ! -e /dev/fd/\(open) ]", .ours)
      #expect(child.awaitEnd() == .exited(code: 0))
    }
  }

  /// A group ends as a whole: with its leader, or when time is up.
  @Test(arguments: [true, false]) func whatItLeavesRunningEndsWithIt(isInTime: Bool) throws {
    try withFolder { folder in
      let file = "\(folder)/output"
      let script = "(sleep 600 & echo $!) ; \(isInTime ? "exit 0" : "sleep 600")"
      let start = ContinuousClock.now
      let child = try shell(script, .file(file), leadsGroup: true)
      #expect(
        child.awaitEnd(within: isInTime ? .seconds(60) : .milliseconds(400)) == (isInTime ? .exited(code: 0) : nil))
      #expect(ContinuousClock.now - start < .seconds(60))
      let text = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
      let grandchild = try #require(pid_t(text))
      // Whoever adopts it collects it; until then it is a zombie, which has no command line.
      var isGone = false
      for _ in 0..<200 where !isGone {
        let line = try? Data(contentsOf: URL(filePath: "/proc/\(grandchild)/cmdline"))
        isGone = kill(grandchild, 0) != 0 || line?.isEmpty == true
        if !isGone { usleep(10_000) }
      }
      #expect(isGone)
    }
  }
}
