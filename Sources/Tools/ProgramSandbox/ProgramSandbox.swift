import Foundation
package import PersonaRecords
import Processes

/// Runs short Python programs that a model wrote, under limits of time, memory, files and network.
///
/// A program gets a process group, an empty folder of its own and an environment without our keys. It is limited by
/// `setrlimit` and has no network where the system lets us take it away (`hasNoNetwork`). It may read what this user may
/// read: it is a fence against accidents and idle mischief, not against an attacker, who needs a container around all of
/// this.
package struct ProgramSandbox: Sendable {
  package struct Limits: Sendable {
    /// Wall clock.
    package var seconds = 10.0
    package var cpuSeconds = 8
    package var memoryBytes = 1 << 30
    /// Of each file that it writes, its output among them.
    package var fileBytes = 64 << 10
    package var processes = 64

    package init() {}
  }

  /// How a program ended.
  package enum Ending: Sendable, Equatable {
    /// By itself; `code` 0 is success. The output holds what it printed, errors too.
    case exited(code: Int, output: String)
    case outOfTime
    /// By a signal, for example because it wrote more than it may.
    case killed(signal: Int, output: String)
  }

  private let python: String
  private let limits: Limits
  /// Whether programs are cut off from the network.
  package let hasNoNetwork: Bool

  /// A sandbox with the `python3` of the PATH.
  /// - Throws: `Problem` when there is none.
  package static func python(limits: Limits = Limits()) throws(Problem) -> ProgramSandbox {
    guard let python = program("python3") else {
      throw Problem(
        "python3 is not on the PATH, and programs are to be run", advice: "install Python 3, or leave the check out",
        consequence: .wrongUsage)
    }
    var sandbox = ProgramSandbox(python: python, limits: limits, hasNoNetwork: false)
    if program("unshare") != nil {
      let fenced = ProgramSandbox(python: python, limits: limits, hasNoNetwork: true)
      if case .exited(code: 0, _)? = try? fenced.run("pass") { sandbox = fenced }
    }
    return sandbox
  }

  private static func program(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: Python.
  ///   - files: further files in its folder, by name.
  /// - Throws: `Problem` when the program could not be started at all.
  package func run(_ program: String, files: [String: String] = [:]) throws(Problem) -> Ending {
    let folder = try Self.emptyFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try Data(program.utf8).write(to: URL(fileURLWithPath: "\(folder)/program.py"))
      for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
    } catch {
      throw Problem(
        "a folder for a program cannot be written", at: .init(file: folder),
        advice: "make room in the temporary folder",
        consequence: .stopResumable, cause: error.localizedDescription)
    }
    let shell = """
      cd "$1" && ulimit -t \(limits.cpuSeconds) && ulimit -c 0 && ulimit -v \(limits.memoryBytes / 1024) && \
      ulimit -f \(limits.fileBytes / 512) && { ulimit -u \(limits.processes) 2>/dev/null || :; } && \
      exec \(hasNoNetwork ? "unshare -rn " : "")"$2" -I -B -S program.py
      """
    let child: StartedProcess
    do {
      child = try StartedProcess(
        "/bin/sh", arguments: ["-c", shell, "sh", folder, python],
        environment: [
          "PATH=\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")", "LANG=C.UTF-8", "HOME=\(folder)",
          "PYTHONHASHSEED=0",
        ], output: .file("\(folder)/.output"), leadsGroup: true)
    } catch {
      throw Problem(
        "a program could not be started", advice: "close other programs, and run the same command again",
        consequence: .stopResumable, cause: error.reason)
    }
    guard let ending = child.awaitEnd(within: .seconds(limits.seconds)) else { return .outOfTime }
    let output = (try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/.output"))) ?? Data()
    let text = String(decoding: output.suffix(4096), as: UTF8.self)
    return switch ending {
    case .exited(let code): .exited(code: code, output: text)
    case .killed(Int(SIGXCPU)), .killed(Int(SIGKILL)): .outOfTime
    case .killed(let signal): .killed(signal: signal, output: text)
    }
  }

  private static func emptyFolder() throws(Problem) -> String {
    let parent = FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/persona-hub-program-XXXXXX".utf8CString)
    // Safe: the array ends with a NUL and mkdtemp writes over the six X only.
    let isMade = unsafe template.withUnsafeMutableBufferPointer { name in
      guard let base = name.baseAddress else { return false }
      return unsafe mkdtemp(base) != nil
    }
    guard isMade else {
      throw Problem(
        "no folder for a program can be made", at: .init(file: parent), advice: "make room in the temporary folder",
        consequence: .stopResumable)
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
