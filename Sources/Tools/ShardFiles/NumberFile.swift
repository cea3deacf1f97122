package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes plain numbers one behind the other into a file that gets its name when it is whole.
///
/// For files that this machine reads back itself: numbers stand there as in memory.
package final class NumberFileWriter {
  package let path: String
  package private(set) var byteCount = 0
  private let temporaryPath: String
  private var descriptor: Int32
  private let bulk: BulkFile

  /// - Parameter passesCache: for files that may be large and are not read again soon.
  /// - Throws: `Problem` with the path when the file cannot be made.
  package init(path: String, passesCache: Bool = false) throws(Problem) {
    self.path = path
    temporaryPath = "\(path).writing"
    descriptor = SystemCall.create(temporaryPath)
    bulk = BulkFile(descriptor: descriptor, passesCache: passesCache)
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: path) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      SystemCall.remove(temporaryPath)
    }
  }

  /// - Throws: `Problem` with the path and the reason, for example a full disk.
  package func append<Number: BitwiseCopyable>(_ numbers: Span<Number>) throws(Problem) {
    var code: Int32 = 0
    unsafe numbers.withUnsafeBytes { bytes in
      // Safe: the span's own bytes, for the length of the call.
      code = unsafe bulk.append(bytes)
    }
    guard code == 0 else { throw Problem.system(code, doing: "write", path: path) }
    byteCount += numbers.count * MemoryLayout<Number>.stride
  }

  /// Writes over the first bytes of the file: a header that is known at the end.
  package func overwriteFront(_ bytes: Span<UInt8>) throws(Problem) {
    precondition(bytes.count <= byteCount, "only bytes that were written")
    try flush()
    var written = 0
    unsafe bytes.withUnsafeBytes { raw in
      // Safe: the span's own bytes, for the length of the call.
      written = unsafe pwrite(descriptor, raw.baseAddress, raw.count, 0)
    }
    guard written == bytes.count else { throw Problem.system(written < 0 ? errno : EIO, doing: "write", path: path) }
  }

  private func flush() throws(Problem) {
    let code = bulk.flush()
    guard code == 0 else { throw Problem.system(code, doing: "write", path: path) }
  }

  /// Makes sure that the file is on the disk and gives it its name.
  package func commit() throws(Problem) {
    try flush()
    guard fsync(descriptor) == 0 else { throw Problem.system(errno, doing: "write", path: path) }
    let file = descriptor
    descriptor = -1
    guard close(file) == 0, SystemCall.move(temporaryPath, to: path) == 0 else {
      throw Problem.system(errno, doing: "write", path: path)
    }
  }
}

/// Reads numbers from any place of a file.
package final class NumberFileReader: Sendable {
  package let path: String
  package let byteCount: Int
  private let descriptor: Int32

  /// - Throws: `Problem` with the path when the file cannot be opened.
  package init(path: String) throws(Problem) {
    self.path = path
    descriptor = SystemCall.openForReading(path)
    guard descriptor >= 0 else {
      byteCount = 0
      throw Problem.system(errno, doing: "read", path: path)
    }
    byteCount = Int(lseek(descriptor, 0, SEEK_END))
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Replaces the first `count` of `numbers`, which grow if they are fewer, by those that stand at a place of the file.
  /// - Throws: `Problem` when the file cannot be read or ends before.
  // Elsewhere an array of unknown elements is filled with one call for each of them.
  @specialized(where Number == UInt8)
  @specialized(where Number == UInt32)
  @specialized(where Number == UInt64)
  @specialized(where Number == Int)
  package func read<Number: BitwiseCopyable>(
    _ count: Int, at byteOffset: Int, into numbers: inout [Number], zero: Number
  ) throws(Problem) {
    if numbers.count < count { numbers = [Number](repeating: zero, count: count) }
    let wanted = count * MemoryLayout<Number>.stride
    var taken = 0
    var code: Int32 = 0
    unsafe numbers.withUnsafeMutableBytes { bytes in
      while taken < wanted {
        // Safe: `wanted` bytes are within the array, and any bits are a number.
        let got = unsafe pread(
          descriptor, bytes.baseAddress.map { unsafe $0 + taken }, wanted - taken, off_t(byteOffset + taken))
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          code = got == 0 ? EIO : errno
          return
        }
        taken += got
      }
    }
    guard code == 0 else { throw Problem.system(code, doing: "read", path: path) }
  }
}

/// Room on disks, and files of work in progress.
package enum WorkFiles {
  /// Bytes that this user may still write to the disk of a folder; nil when the system does not say.
  package static func freeBytes(at folder: String) -> Int? {
    var status = statvfs()
    // Safe: statvfs writes only into `status`; the path is a C string for the length of the call.
    guard unsafe statvfs(folder, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  package static func remove(_ path: String) { SystemCall.remove(path) }

  /// Size and time of the last change of a regular file; nil for others.
  package static func stamp(of path: String) -> (byteCount: Int, changed: Int)? {
    var status = stat()
    // Safe: stat writes only into `status`; the path is a C string for the length of the call.
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return (Int(status.st_size), Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec))
  }
}
