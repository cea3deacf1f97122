import Foundation
package import PersonaRecords
import Processes

/// A program started by us, whose standard output is read here or goes straight through to ours.
///
/// Its standard input is empty and its standard error is kept for the message. When the reader stops early, or the value
/// goes away, the program is ended and awaited: no process is left behind.
@safe package final class ChildProcess: ByteSource {
  private let name: String
  private let place: Problem.Place
  private let process: StartedProcess
  private var output: Int32
  private let messages: Int32
  private var isRunning = true

  /// Starts a program.
  /// - Parameters:
  ///   - path: the program's file.
  ///   - name: its name, for messages.
  ///   - file: the file it works on, for messages.
  ///   - passesOutputThrough: true lets it write to our standard output.
  package init(
    path: String, arguments: [String], name: String, file: String? = nil, passesOutputThrough: Bool = false
  ) throws(Problem) {
    self.name = name
    self.place = Problem.Place(file: file)
    self.messages = try Self.unnamedFile()
    var pipeEnds: [Int32] = [-1, -1]
    if !passesOutputThrough {
      // Safe: the array has room for the two numbers.
      guard unsafe pipe(&pipeEnds) == 0 else {
        let code = errno
        close(messages)
        throw Problem.system(code, doing: "start", path: path)
      }
      // Without this, another program started meanwhile would inherit the pipe and keep it open.
      _ = fcntl(pipeEnds[0], F_SETFD, FD_CLOEXEC)
      _ = fcntl(pipeEnds[1], F_SETFD, FD_CLOEXEC)
    }
    self.output = pipeEnds[0]
    defer { if pipeEnds[1] >= 0 { close(pipeEnds[1]) } }
    do {
      process = try StartedProcess(
        path, arguments: arguments, output: passesOutputThrough ? .ours : .descriptor(pipeEnds[1]),
        messages: .descriptor(messages))
    } catch {
      if output >= 0 { close(output) }
      close(messages)
      throw Problem.system(error.code, doing: "start", path: path)
    }
  }

  deinit {
    end()
    if output >= 0 { close(output) }
    close(messages)
  }

  /// The program's next bytes; at their end its exit status is looked at.
  /// - Throws: `Problem` with what the program wrote to standard error when it failed.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    guard output >= 0 else { return 0 }
    let count = unsafe SystemCall.take(output, into: buffer)
    if count > 0 { return count }
    close(output)
    output = -1
    try wait()
    return 0
  }

  /// Awaits the end of the program.
  /// - Throws: `Problem` with what the program wrote to standard error when it failed.
  package func wait() throws(Problem) {
    guard isRunning else { return }
    isRunning = false
    let how: String
    switch process.awaitEnd() {
    case .exited(code: 0): return
    case .exited(let code): how = "failed (exit code \(code))"
    case .killed(let signal): how = "was ended by signal \(signal)"
    }
    let said = text(ofMessages: 4096)
    throw Problem(
      said.isEmpty ? "\(name) \(how) and did not say why" : "\(name) \(how): \(said)",
      at: place,
      advice: said.isEmpty ? "it may have run out of memory or disk; try a smaller part" : "mend what it complains of")
  }

  /// Ends the program, if it still runs.
  package func end() {
    guard isRunning else { return }
    isRunning = false
    process.kill()
    _ = process.awaitEnd()
  }

  /// What the program wrote to standard error, on one line.
  private func text(ofMessages limit: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: limit)
    // Safe: at most `limit` bytes are written into the array.
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(messages, $0.baseAddress, $0.count, 0) }
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return text.collapsingWhitespace().cut(to: 600)
  }

  /// A file without a name, so that a chatty program never blocks on a pipe that nobody empties.
  private static func unnamedFile() throws(Problem) -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/persona-hub-XXXXXX".utf8CString)
    // Safe: the array ends with a NUL and mkstemp writes over the six X only.
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { name in
      guard let base = name.baseAddress else { return Int32(-1) }
      let descriptor = unsafe mkstemp(base)
      if descriptor >= 0 { unsafe unlink(base) }
      return descriptor
    }
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: folder) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
