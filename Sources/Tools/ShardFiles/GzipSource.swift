import CZlib
package import PersonaRecords

/// The unpacked bytes of a gzip stream with any number of members.
///
/// Zero bytes after the last member are padding (tapes and some downloaders add them) and are passed over.
@safe package final class GzipSource: ByteSource {
  private let name: String
  /// What zlib's header calls the window: up to 32 KB, with gzip headers only (16) or found by itself (32).
  private let windowBits: Int32
  /// Allocated, because zlib checks on every call that the address is the one it was started with.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: PackedInput
  private var unpackedCount = 0
  private var isBetweenMembers = false
  private var isFinished = false
  private var fault: Problem?

  /// - Parameters:
  ///   - source: the packed bytes.
  ///   - name: the file, for messages.
  ///   - isRawDeflate: no header at all, as some web servers send what they call deflate.
  package init(_ source: any ByteSource, name: String, isRawDeflate: Bool = false) throws(Problem) {
    self.name = name
    self.windowBits = isRawDeflate ? -15 : 15 + 32
    self.input = PackedInput(source, capacity: 128 << 10)
    unsafe self.stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Safe: the stream is initialised, and all-zero as zlib asks for.
    let status = unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      throw Problem("zlib cannot be started (status \(status))", at: .init(file: name), advice: "free some memory")
    }
  }

  deinit {
    // Safe: the stream was set up in `init` and is ended once.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    if let fault {
      isFinished = true
      self.fault = nil
      throw fault
    }
    while !isFinished {
      if input.isTaken {
        do throws(Problem) { try input.refill() } catch {
          isFinished = true
          throw error
        }
        if input.isTaken {
          isFinished = true
          if isBetweenMembers { return 0 }
          throw torn("ends in the middle")
        }
      }
      if isBetweenMembers {
        guard beginNextMember() else { continue }
      }
      let produced = unsafe inflateOnce(into: buffer)
      if produced > 0 { return produced }
      if let fault {
        isFinished = true
        self.fault = nil
        throw fault
      }
    }
    return 0
  }

  /// At the first byte behind a member: zero bytes are padding, a gzip header begins the next member.
  private func beginNextMember() -> Bool {
    while !input.isTaken, input.bytes[input.start] == 0 { input.start += 1 }
    guard !input.isTaken else { return false }
    guard input.bytes[input.start] == 0x1F else {
      fault = torn("is followed by bytes that are not gzip")
      isBetweenMembers = false
      return true
    }
    // Safe: the stream is set up; its buffers are set anew before each use.
    unsafe inflateReset(stream)
    isBetweenMembers = false
    return true
  }

  private func inflateOnce(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if fault != nil { return 0 }
    let room = min(buffer.count, Int(UInt32.max))
    var status = Z_OK
    let (start, end) = (input.start, input.end)
    input.start = unsafe input.bytes.withUnsafeMutableBufferPointer { bytes in
      // Safe: both ranges lie inside their buffers, and zlib uses them during this call only.
      unsafe stream.pointee.next_in = bytes.baseAddress.map { unsafe $0 + start }
      unsafe stream.pointee.avail_in = UInt32(end - start)
      unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0.assumingMemoryBound(to: UInt8.self) }
      unsafe stream.pointee.avail_out = UInt32(room)
      status = unsafe inflate(stream, Z_NO_FLUSH)
      return end - Int(unsafe stream.pointee.avail_in)
    }
    let produced = room - Int(unsafe stream.pointee.avail_out)
    unpackedCount += produced
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default:
      let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "status \(status)"
      fault = torn("is damaged: \(reason)")
    }
    return produced
  }

  private func torn(_ how: String) -> Problem {
    input.torn("gzip", how, unpacked: unpackedCount, name: name)
  }
}
