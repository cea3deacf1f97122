package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of lines that only grows, and of which somebody else remembers how far it is valid.
///
/// After a crash the file may be longer than that, never shorter: `sync()` returns when all that was appended is on the
/// disk, and only then is the new length written down. Opening cuts off what lies beyond.
///
/// After a write or a sync that failed nobody knows what of it is on the disk (a second sync would say that all is well),
/// so the file takes nothing more: it is opened anew, and cut.
package final class GrowingFile {
  package let path: String
  /// Bytes appended so far, those that are still in memory included.
  package private(set) var length: Int
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var isDirty = false
  private var failure: Problem?

  private static let bufferSize = 256 << 10

  /// Opens or makes the file and cuts it to `validLength`.
  /// - Throws: `Problem` when it cannot be written, or is shorter than it was said to be.
  package init(path: String, validLength: Int) throws(Problem) {
    self.path = path
    length = validLength
    descriptor = SystemCall.openForUpdating(path)
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: path) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= validLength else {
      close(descriptor)
      descriptor = -1
      throw Problem(
        "this file has \(end) bytes, and the run's ledger says that \(validLength) were written",
        at: .init(file: path), advice: "it was changed by somebody else; begin anew with --new, and replies are reused")
    }
    if end > validLength {
      guard ftruncate(descriptor, off_t(validLength)) == 0 else {
        throw Problem.system(errno, doing: "write", path: path)
      }
      isDirty = true
    }
    lseek(descriptor, off_t(validLength), SEEK_SET)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds bytes; they are on the disk after the next `sync()`.
  /// - Throws: `Problem` when they cannot be written.
  package func append(_ bytes: some Collection<UInt8>) throws(Problem) {
    buffer.append(contentsOf: bytes)
    length += bytes.count
    isDirty = true
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Returns when everything that was appended is on the disk.
  /// - Throws: `Problem`, for a full disk a resumable one.
  package func sync() throws(Problem) {
    if let failure { throw failure }
    guard isDirty else { return }
    try flush()
    guard SystemCall.syncData(descriptor) == 0 else { throw failed(errno) }
    isDirty = false
  }

  /// Forgets all that the file holds.
  package func empty() throws(Problem) {
    buffer = []
    length = 0
    isDirty = true
    failure = nil
    guard ftruncate(descriptor, 0) == 0 else { throw failed(errno) }
    lseek(descriptor, 0, SEEK_SET)
  }

  private func flush() throws(Problem) {
    if let failure { throw failure }
    guard !buffer.isEmpty else { return }
    let code = SystemCall.store(buffer[...], to: descriptor)
    guard code == 0 else { throw failed(code) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failed(_ code: Int32) -> Problem {
    let problem = Problem.system(code, doing: "write", path: path)
    failure = problem
    return problem
  }
}
