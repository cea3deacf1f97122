#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes on their way into a file that is written from front to back, a megabyte at a time.
///
/// A file that grows past a few megabytes and is not read again at once only pushes other things out of the system's cache of
/// files, and finding room there takes longer than everything else that is done to write it. So what comes behind them goes
/// straight to the disk where the system allows it; the bytes are the same.
@safe final class BulkFile {
  private static let pieceSize = 1 << 20
  /// What every disk's blocks divide.
  private static let alignment = 4096
  /// Bytes that go through the cache before others go past it.
  private static let cachedByteCount = 8 << 20

  /// `O_DIRECT`, which C hides unless it is asked for.
  #if arch(arm64) || arch(arm)
    private static let direct: Int32 = 0o200000
  #else
    private static let direct: Int32 = 0o40000
  #endif

  private let descriptor: Int32
  private let piece: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var written = 0
  private var mayPassCache: Bool
  private var passesCache = false

  /// - Parameters:
  ///   - descriptor: a file open for writing, at its start; it stays the caller's.
  ///   - passesCache: false leaves everything to the cache, for files that are read again soon.
  init(descriptor: Int32, passesCache: Bool) {
    self.descriptor = descriptor
    mayPassCache = passesCache
    unsafe piece = .allocate(byteCount: Self.pieceSize, alignment: Self.alignment)
  }

  deinit { unsafe piece.deallocate() }

  /// Takes over some bytes.
  /// - Returns: 0, or the code of the error.
  func append(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    var taken = 0
    while taken < bytes.count {
      let count = min(bytes.count - taken, Self.pieceSize - filled)
      // Safe: `count` bytes are left in both.
      unsafe UnsafeMutableRawBufferPointer(rebasing: piece[filled...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + count]))
      filled += count
      taken += count
      if filled == Self.pieceSize {
        let code = store()
        guard code == 0 else { return code }
      }
    }
    return 0
  }

  /// Hands everything that was taken over to the system; what comes after it goes through the cache.
  /// - Returns: 0, or the code of the error.
  func flush() -> Int32 {
    passCache(false)
    mayPassCache = false
    return filled == 0 ? 0 : store()
  }

  private func store() -> Int32 {
    if mayPassCache && !passesCache && written >= Self.cachedByteCount { passCache(true) }
    var place = 0
    while place < filled {
      // Safe: the part of the piece that is filled and not yet written.
      let count = unsafe write(descriptor, piece.baseAddress.map { unsafe $0 + place }, filled - place)
      if count < 0 {
        if errno == EINTR { continue }
        // A disk that does not do it says so here.
        guard errno == EINVAL && passesCache else { return errno }
        passCache(false)
        mayPassCache = false
        continue
      }
      place += count
      if passesCache && place < filled {
        // What is left is no whole block any more.
        passCache(false)
        mayPassCache = false
      }
    }
    written += filled
    filled = 0
    return 0
  }

  private func passCache(_ wanted: Bool) {
    guard wanted != passesCache else { return }
    #if os(Linux)
      let flags = fcntl(descriptor, F_GETFL)
      guard flags >= 0 else { return }
      if fcntl(descriptor, F_SETFL, wanted ? flags | Self.direct : flags & ~Self.direct) == 0 { passesCache = wanted }
      if wanted && !passesCache { mayPassCache = false }
    #endif
  }
}
