#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table of plain numbers that is looked into at random: zero at first, in large pages where the system has them.
///
/// With pages of 4 KB nearly every look-up in hundreds of megabytes also misses the processor's table of pages, and every
/// first touch of a page is a call into the system.
@safe final class LargeTable<Element: BitwiseCopyable> {
  let count: Int
  private let base: UnsafeMutablePointer<Element>
  private let byteCount: Int
  private static var pageSize: Int { 2 << 20 }

  /// - Precondition: all bits zero are a value of `Element`.
  init(count: Int) {
    self.count = count
    let wanted = max(count * MemoryLayout<Element>.stride, 1)
    byteCount = (wanted + Self.pageSize - 1) / Self.pageSize * Self.pageSize
    // Safe: an anonymous mapping of `byteCount` bytes that this object alone holds, aligned to pages and zero; it is given
    // back in `deinit`.
    let memory = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      fatalError("no memory for a table of \(byteCount) bytes; give --memory less")
    }
    #if os(Linux)
      // A wish; where it is not granted, small pages serve.
      unsafe madvise(memory, byteCount, 14 /* MADV_HUGEPAGE */)
    #endif
    unsafe base = memory.bindMemory(to: Element.self, capacity: count)
  }

  deinit {
    // Safe: mapped in `init`, given back once.
    unsafe munmap(base, byteCount)
  }

  @inline(__always)
  subscript(place: Int) -> Element {
    get {
      precondition(place >= 0 && place < count, "a place in the table")
      // Safe: checked above.
      return unsafe base[place]
    }
    set {
      precondition(place >= 0 && place < count, "a place in the table")
      // Safe: checked above.
      unsafe base[place] = newValue
    }
  }
}
