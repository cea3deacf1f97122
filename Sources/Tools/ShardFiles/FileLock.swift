package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock file that one process holds at a time; the system lets go of it when its holder ends, however it ends.
///
/// The file stays: removing it would let a second process lock a new file of the same name beside the first.
package final class FileLock {
  private var descriptor: Int32

  /// Takes the lock.
  /// - Parameter waits: waits for the holder to let go; otherwise nil is returned while another holds it.
  package init?(path: String, waits: Bool) throws(Problem) {
    // Safe: Swift passes the path as a C string that lives through the call.
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: path) }
    var attempts = 0
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      // A child that was just forked holds its parent's locks until it becomes another program.
      if code == EWOULDBLOCK, attempts < 10 {
        attempts += 1
        usleep(20_000)
        continue
      }
      release()
      if code == EWOULDBLOCK { return nil }
      throw Problem.system(code, doing: "lock", path: path)
    }
  }

  package func release() {
    guard descriptor >= 0 else { return }
    // Closing lets go of the lock, for no other descriptor shares this opening of the file.
    close(descriptor)
    descriptor = -1
  }

  deinit { release() }
}
