package import PersonaRecords

/// A file or standard input as a stream of unpacked bytes, seen through a window that moves from front to back.
///
/// What a file is packed with is known by its first bytes, never by its name: gzip (any number of members), zstd (any
/// number of frames), or nothing. Memory: the window, which is 512 KB unless somebody asks for a longer stretch.
/// Slices of the window share its memory; one that is kept while the stream moves on costs a copy, never a wrong byte.
package final class ByteStream {
  /// What a file is packed with.
  package enum Packing: String, Sendable {
    case plain, gzip, zstd

    /// The packing that begins with these bytes.
    package init(magic bytes: some Sequence<UInt8>) {
      let first = Array(bytes.prefix(4))
      if first.starts(with: [0x1F, 0x8B, 0x08]) {
        self = .gzip
      } else if first == [0x28, 0xB5, 0x2F, 0xFD] || (first.dropFirst() == [0x2A, 0x4D, 0x18] && first[0] >> 4 == 5) {
        self = .zstd
      } else {
        self = .plain
      }
    }
  }

  /// The file as the user named it; `-` for standard input.
  package let name: String
  package let packing: Packing
  /// Size of the file as stored; nil where it cannot be known.
  package let byteCount: Int?
  /// Bytes of the file taken so far, packed as stored: with `byteCount` this gives the progress.
  package var bytesTaken: Int { counter.count }
  /// Place of the first byte of `available` in the unpacked stream.
  package private(set) var offset = 0

  private static let step = 256 << 10
  /// Bytes behind the last one at hand that may be read, whatever they hold: loops over 64 bytes at a time need no end of
  /// their own.
  package static let slack = 64
  private let counter: CountingSource
  private let source: any ByteSource
  private var window: [UInt8]
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// Opens a file; `-` is standard input.
  /// - Parameter name: the name for messages, `path` unless given.
  /// - Throws: `Problem` when the file cannot be opened or its first bytes cannot be read.
  package convenience init(path: String, name: String? = nil) throws(Problem) {
    let file = try FileSource(path: path)
    try self.init(file, name: name ?? path, byteCount: file.byteCount)
  }

  /// A stream over other bytes, unpacked if they are packed.
  package init(_ source: any ByteSource, name: String, byteCount: Int? = nil) throws(Problem) {
    self.name = name
    self.byteCount = byteCount
    let counter = CountingSource(source)
    self.counter = counter
    let packing = Packing(magic: try counter.peek(4))
    self.packing = packing
    switch packing {
    case .plain: self.source = counter
    case .gzip: self.source = try GzipSource(counter, name: name)
    case .zstd: self.source = try ZstdSource(counter, name: name)
    }
    self.window = [UInt8](repeating: 0, count: 2 * Self.step)
  }

  /// The bytes at hand; `fill()` makes more of them.
  package var available: ArraySlice<UInt8> { window[start..<end] }

  package var availableCount: Int { end - start }

  /// Passes over the first `count` bytes of `available`.
  /// - Precondition: `count` ≤ `availableCount`.
  package func consume(_ count: Int) {
    precondition(count <= end - start, "only bytes at hand can be consumed")
    start += count
    offset += count
  }

  /// Calls `body` with the bytes at hand and `slack` bytes behind them.
  @inline(__always)
  package func withWindow<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let window = window
    return body(window.span.extracting(start..<end + Self.slack))
  }

  /// Makes more bytes available behind those at hand.
  /// - Returns: false at the end of the stream.
  /// - Throws: `Problem` when the file cannot be read on or its packing is torn; bytes at hand stay valid, and the stream
  ///   is at its end afterwards.
  package func fill() throws(Problem) -> Bool {
    if isAtEnd { return false }
    makeRoom()
    var failure: Problem?
    let source = self.source
    let end = self.end
    let count = unsafe window.withUnsafeMutableBytes { bytes in
      do throws(Problem) {
        // Safe: makeRoom left at least `step` bytes behind `end`, more than the slack.
        return unsafe try source.read(
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[end..<bytes.count - Self.slack]))
      } catch {
        failure = error
        return 0
      }
    }
    self.end += count
    isAtEnd = count == 0
    if let failure { throw failure }
    return count > 0
  }

  /// Up to `count` bytes from the front, without passing over them; fewer only at the end of the stream.
  package func peek(_ count: Int) throws(Problem) -> ArraySlice<UInt8> {
    while end - start < count {
      guard try fill() else { break }
    }
    return available.prefix(count)
  }

  /// Position in `available`, counted from its front, of the first `byte` at or behind `position`; nil when there is none.
  package func position(of byte: UInt8, from position: Int = 0) -> Int? {
    let from = start + position
    guard from < end else { return nil }
    // Safe: the range lies inside the window.
    return unsafe window.withUnsafeBytes { bytes in
      unsafe ByteSearch.first(byte, in: UnsafeRawBufferPointer(rebasing: bytes[from..<end])).map { $0 + position }
    }
  }

  private func makeRoom() {
    if start == end {
      start = 0
      end = 0
      // A window that grew for one long record goes back to its size.
      if window.count > 8 * Self.step { window = [UInt8](repeating: 0, count: 2 * Self.step) }
    }
    if window.count - end >= Self.step { return }
    if start >= window.count / 2 || (start > 0 && window.count - (end - start) >= Self.step * 3 / 2) {
      let (from, to) = (start, end)
      unsafe window.withUnsafeMutableBytes { bytes in
        // Safe: both ranges lie inside the window; copyMemory allows them to overlap.
        unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[..<(to - from)]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[from..<to]))
      }
      end -= start
      start = 0
    }
    if window.count - end < Self.step { window.append(contentsOf: repeatElement(0, count: window.count)) }
  }
}

/// Counts what is taken from a source and lets the first bytes be seen before they are taken.
private final class CountingSource: ByteSource {
  private let source: any ByteSource
  private var peeked: [UInt8] = []
  private(set) var count = 0

  init(_ source: any ByteSource) {
    self.source = source
  }

  func peek(_ wanted: Int) throws(Problem) -> [UInt8] {
    while peeked.count < wanted {
      var piece = [UInt8](repeating: 0, count: wanted - peeked.count)
      var failure: Problem?
      let got = unsafe piece.withUnsafeMutableBytes { bytes in
        do throws(Problem) { return unsafe try source.read(into: bytes) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if got == 0 { break }
      peeked += piece.prefix(got)
    }
    return peeked
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    if !peeked.isEmpty {
      let taken = min(peeked.count, buffer.count)
      // Safe: `taken` is no larger than the buffer.
      unsafe buffer.copyBytes(from: peeked.prefix(taken))
      peeked.removeFirst(taken)
      count += taken
      return taken
    }
    let taken = unsafe try source.read(into: buffer)
    count += taken
    return taken
  }
}
