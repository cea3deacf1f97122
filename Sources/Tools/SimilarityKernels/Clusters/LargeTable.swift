#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Large pages for arrays that fill hundreds of megabytes: a first touch of each 4 KB costs more than what is written there.
enum LargePages {
  static let size = 2 << 20

  /// Asks for large pages under the room that an array has reserved. A wish: nothing depends on it.
  static func wish<Element: BitwiseCopyable>(for array: inout [Element]) {
    #if os(Linux)
      let capacity = array.capacity * MemoryLayout<Element>.stride
      guard capacity >= 4 * size else { return }
      unsafe array.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        // Safe: the advice concerns whole pages inside the array's own memory, and changes nothing that is stored there.
        let start = unsafe (base + (size - 1)).alignedDown(toMultipleOf: size)
        let end = unsafe (base + capacity).alignedDown(toMultipleOf: size)
        if unsafe start < end { unsafe madvise(start, end - start, hugePageAdvice) }
      }
    #endif
  }

  /// `MADV_HUGEPAGE`.
  static let hugePageAdvice: Int32 = 14
}

extension UnsafeMutableRawPointer {
  fileprivate func alignedDown(toMultipleOf size: Int) -> UnsafeMutableRawPointer {
    // Safe: at most `size` - 1 bytes back, and the callers stay inside their memory.
    unsafe self - Int(bitPattern: self) % size
  }
}

/// A table of plain numbers that is looked into at random: zero at first, in large pages where the system has them.
///
/// With pages of 4 KB nearly every look-up in hundreds of megabytes also misses the processor's table of pages, and every
/// first touch of a page is a call into the system.
@safe final class LargeTable<Element: BitwiseCopyable> {
  let count: Int
  private let base: UnsafeMutablePointer<Element>
  private let mapped: UnsafeMutableRawPointer
  private let mappedCount: Int

  /// - Precondition: all bits zero are a value of `Element`.
  init(count: Int) {
    self.count = count
    let wanted = max(count * MemoryLayout<Element>.stride, 1)
    let byteCount = (wanted + LargePages.size - 1) / LargePages.size * LargePages.size
    #if os(Linux)
      // Tables are made for the worst case, and mostly stay empty: nothing is set aside for them.
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    #else
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #endif
    mappedCount = byteCount + LargePages.size
    // Safe: an anonymous mapping that this object alone holds, zero, given back in `deinit`; the table begins at its first
    // whole large page, behind which `byteCount` bytes are left.
    let memory = unsafe mmap(nil, mappedCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      fatalError("no memory for a table of \(byteCount) bytes; give --memory less")
    }
    unsafe mapped = memory
    let start = unsafe (memory + (LargePages.size - 1)).alignedDown(toMultipleOf: LargePages.size)
    #if os(Linux)
      // A wish; where it is not granted, small pages serve.
      unsafe madvise(start, byteCount, LargePages.hugePageAdvice)
    #endif
    unsafe base = start.bindMemory(to: Element.self, capacity: count)
  }

  deinit {
    // Safe: mapped in `init`, given back once.
    unsafe munmap(mapped, mappedCount)
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

  /// Where some elements stand, for calls that read them and nothing else.
  @inline(__always)
  func pointer(to place: Int, count wanted: Int) -> UnsafePointer<Element> {
    precondition(place >= 0 && wanted >= 0 && place + wanted <= count, "places in the table")
    // Safe: checked above; the caller keeps the table.
    return unsafe UnsafePointer(base + place)
  }
}
