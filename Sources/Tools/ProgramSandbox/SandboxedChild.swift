import Foundation
import PersonaRecords

/// A process in a group of its own, with nothing on its standard input and its output in a file.
struct SandboxedChild {
  private let process: pid_t

  /// - Throws: `Problem` when the system does not start it.
  init(arguments: [String], environment: [String], output: String) throws(Problem) {
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
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var words = unsafe (["/bin/sh"] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      for place in unsafe words.indices { unsafe free(words[place]) }
      for place in unsafe variables.indices { unsafe free(variables[place]) }
    }
    var process: pid_t = 0
    // Safe: both lists hold C strings of our own and end with nil.
    let code = unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &variables)
    guard code == 0 else {
      throw Problem(
        "a program could not be started", advice: "close other programs, and run the same command again",
        consequence: .stopResumable, cause: unsafe String(cString: strerror(code)))
    }
    self.process = process
  }

  /// Awaits the end; kills the whole group when time is up, and whatever the program left running.
  /// - Returns: the status as `waitpid` gives it; nil when the time was up.
  func awaitEnd(seconds: Double) -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    var pause: UInt32 = 500
    var status: Int32 = 0
    while true {
      // Safe: waitpid writes one number.
      let ended = unsafe waitpid(process, &status, WNOHANG)
      if ended == process || (ended < 0 && errno != EINTR) { break }
      if ContinuousClock.now >= end {
        kill(-process, SIGKILL)
        unsafe waitpid(process, &status, 0)
        return nil
      }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    kill(-process, SIGKILL)
    return status
  }
}
