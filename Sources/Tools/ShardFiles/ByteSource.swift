package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Something that bytes come out of, once, from front to back.
package protocol ByteSource: AnyObject {
  /// Writes the next bytes to the start of `buffer` and says how many; 0 at the end.
  ///
  /// Bytes that were readable before a fault are always handed out first; the fault is thrown by the call after them.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int
}

/// The bytes of a file, a pipe or standard input, as they stand there.
package final class FileSource: ByteSource {
  package let path: String
  /// Size of a regular file; nil for pipes and standard input.
  package let byteCount: Int?
  private let descriptor: Int32
  private let closesAtEnd: Bool

  /// Opens a file; `-` is standard input.
  /// - Throws: `Problem` with the path when it cannot be opened or is a folder.
  package init(path: String) throws(Problem) {
    self.path = path
    self.closesAtEnd = path != "-"
    self.descriptor = closesAtEnd ? SystemCall.openForReading(path) : 0
    guard descriptor >= 0 else {
      self.byteCount = nil
      throw Problem.system(errno, doing: "read", path: path)
    }
    var status = stat()
    // Safe: fstat writes only into `status`, which lives through the call.
    guard unsafe fstat(descriptor, &status) == 0 else {
      self.byteCount = nil
      throw Problem.system(errno, doing: "read", path: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      self.byteCount = nil
      throw Problem.system(EISDIR, doing: "read", path: path)
    case S_IFREG: self.byteCount = Int(status.st_size)
    default: self.byteCount = nil
    }
  }

  deinit {
    if closesAtEnd && descriptor >= 0 { close(descriptor) }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let count = unsafe SystemCall.take(descriptor, into: buffer)
    guard count >= 0 else { throw Problem.system(errno, doing: "read", path: path) }
    return count
  }
}

/// Bytes that are in memory already.
package final class MemorySource: ByteSource {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) {
    self.rest = bytes
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let count = min(rest.count, buffer.count)
    // Safe: `count` is no larger than the buffer.
    unsafe buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}
