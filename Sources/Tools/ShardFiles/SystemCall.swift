#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few calls to the operating system whose arguments are C strings and raw buffers; each answers as the C one does.
package enum SystemCall {
  static func openForReading(_ path: String) -> Int32 {
    // Safe: the path is a C string for the length of the call; so it is in all calls below.
    unsafe open(path, O_RDONLY | O_CLOEXEC)
  }

  static func create(_ path: String) -> Int32 {
    unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  }

  static func openForUpdating(_ path: String) -> Int32 {
    unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
  }

  /// Waits until the file's bytes, and its length, are on the disk.
  static func syncData(_ descriptor: Int32) -> Int32 {
    #if os(Linux)
      fdatasync(descriptor)
    #else
      fsync(descriptor)
    #endif
  }

  static func move(_ path: String, to target: String) -> Int32 { unsafe rename(path, target) }

  @discardableResult
  static func remove(_ path: String) -> Int32 { unsafe unlink(path) }

  /// Reads once, and again after a signal.
  static func take(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      // Safe: the kernel writes at most `count` bytes from the base address on.
      let count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      return count
    }
  }

  /// Writes all bytes; 0, or the code of the error.
  package static func store(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { unsafe store($0, to: descriptor) }
  }

  /// Writes all bytes; 0, or the code of the error.
  static func store(_ raw: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var written = 0
    while written < raw.count {
      // Safe: the range is the part of the buffer that is not written yet.
      let count = unsafe write(descriptor, raw.baseAddress.map { unsafe $0 + written }, raw.count - written)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      written += count
    }
    return 0
  }
}
