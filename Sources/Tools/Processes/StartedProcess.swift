import Foundation

/// Another program, started by us: its descriptors, its group, its signals, and its end, which has to be awaited once.
///
/// It gets nothing on its standard input, and of our open files only those named here: all that this project opens are
/// closed on the way (`O_CLOEXEC`). SIGPIPE, which we ignore, ends it as it ends every program, so that it does not go on
/// when nobody reads it any more, and no signal is blocked there, whatever the thread that starts it blocks.
package struct StartedProcess: Sendable {
  /// Where what it writes goes.
  package enum Target: Sendable {
    /// To where ours goes.
    case ours
    case descriptor(Int32)
    /// Behind what stands in this file, which is made where it is missing.
    case file(String)
  }

  /// How it ended.
  package enum Ending: Sendable, Equatable {
    /// By itself; 0 is success.
    case exited(code: Int)
    case killed(signal: Int)
  }

  /// The system would not start it.
  package struct Refusal: Error, Sendable {
    /// The value of `errno`.
    package let code: Int32

    package var reason: String {
      // Safe: strerror returns a valid C string for every number, and it is copied at once.
      unsafe String(cString: strerror(code))
    }
  }

  private let id: pid_t
  private let leadsGroup: Bool

  /// Starts a program.
  /// - Parameters:
  ///   - path: the program's file.
  ///   - environment: `NAME=value` each; nil hands ours on.
  ///   - output: its standard output.
  ///   - messages: its standard error; nil sends it where the output goes.
  ///   - leadsGroup: true puts it into a process group of its own, which ends with it.
  package init(
    _ path: String, arguments: [String], environment: [String]? = nil, output: Target, messages: Target? = nil,
    leadsGroup: Bool = false
  ) throws(Refusal) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    // Safe: both are set up here, destroyed at the end, and live through the call.
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, target) in [(1, output), (2, messages ?? .descriptor(1))] as [(Int32, Target)] {
      switch target {
      case .ours: break
      case .descriptor(let open): unsafe posix_spawn_file_actions_adddup2(&actions, open, descriptor)
      case .file(let path):
        unsafe posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      }
    }
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    var blocked = sigset_t()
    unsafe sigemptyset(&blocked)
    unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (leadsGroup ? POSIX_SPAWN_SETPGROUP : 0)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe (environment ?? Self.ownEnvironment).map { unsafe strdup($0) } + [nil]
    defer {
      for place in unsafe words.indices { unsafe free(words[place]) }
      for place in unsafe variables.indices { unsafe free(variables[place]) }
    }
    var id: pid_t = 0
    // Safe: both lists hold C strings of our own and end with nil.
    let code = unsafe posix_spawn(&id, path, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw Refusal(code: code) }
    self.id = id
    self.leadsGroup = leadsGroup
  }

  private static var ownEnvironment: [String] {
    ProcessInfo.processInfo.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  /// Ends it at once, with its group where it leads one; its end is still to be awaited.
  package func kill() { _ = Foundation.kill(leadsGroup ? -id : id, SIGKILL) }

  /// Awaits its end, and ends what it left running in its group.
  package func awaitEnd() -> Ending {
    var status: Int32 = 0
    // Safe: waitpid writes one number.
    while unsafe waitpid(id, &status, 0) < 0 && errno == EINTR {}
    if leadsGroup { kill() }
    return Ending(status: status)
  }

  /// The same for at most so long.
  /// - Returns: nil when the time was up; it was killed then.
  package func awaitEnd(within time: Duration) -> Ending? {
    let end = ContinuousClock.now + time
    var pause: UInt32 = 500
    var status: Int32 = 0
    while true {
      // Safe: waitpid writes one number.
      let ended = unsafe waitpid(id, &status, WNOHANG)
      if ended == id || (ended < 0 && errno != EINTR) { break }
      if ContinuousClock.now >= end {
        kill()
        _ = awaitEnd()
        return nil
      }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    if leadsGroup { kill() }
    return Ending(status: status)
  }
}

extension StartedProcess.Ending {
  /// - Parameter status: as `waitpid` gives it: the low seven bits name the signal that ended it, the next eight hold its exit
  ///   code.
  fileprivate init(status: Int32) {
    let signal = Int(status & 0x7F)
    self = signal == 0 ? .exited(code: Int(status >> 8 & 0xFF)) : .killed(signal: signal)
  }
}
