import CZstd
package import PersonaRecords

/// The unpacked bytes of a zstd stream with any number of frames.
@safe package final class ZstdSource: ByteSource {
  private let name: String
  private let stream: OpaquePointer
  private var input: PackedInput
  private var unpackedCount = 0
  /// What zstd said last: 0 when a frame has just ended and all of it was handed out.
  private var expectsMore = false
  private var isFinished = false
  private var fault: Problem?

  package init(_ source: any ByteSource, name: String) throws(Problem) {
    self.name = name
    guard let stream = unsafe ZSTD_createDStream() else {
      throw Problem("zstd cannot be started", at: .init(file: name), advice: "free some memory")
    }
    unsafe self.stream = stream
    self.input = PackedInput(source, capacity: ZSTD_DStreamInSize())
  }

  deinit {
    // Safe: created in `init`, freed once.
    unsafe ZSTD_freeDStream(stream)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    while !isFinished {
      if let fault {
        isFinished = true
        throw fault
      }
      if input.isTaken {
        // zstd may hold back unpacked bytes although it took all packed ones: ask once more before reading on.
        if expectsMore {
          let produced = unsafe unpackOnce(into: buffer)
          if produced > 0 { return produced }
          if fault != nil { continue }
        }
        do throws(Problem) { try input.refill() } catch {
          isFinished = true
          throw error
        }
        if input.isTaken {
          isFinished = true
          if expectsMore { throw torn("ends in the middle") }
          return 0
        }
      }
      let produced = unsafe unpackOnce(into: buffer)
      if produced > 0 { return produced }
    }
    return 0
  }

  private func unpackOnce(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let (taken, produced, status) = unsafe input.bytes.withUnsafeBytes { bytes in
      // Safe: both ranges lie inside their buffers, and zstd uses them during this call only.
      var packed = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: input.end, pos: input.start)
      var unpacked = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
      let status = unsafe ZSTD_decompressStream(stream, &unpacked, &packed)
      return (unsafe packed.pos, unsafe unpacked.pos, status)
    }
    input.start = taken
    unpackedCount += produced
    if ZSTD_isError(status) != 0 {
      fault = torn("is damaged: \(unsafe String(cString: ZSTD_getErrorName(status)))")
    } else {
      expectsMore = status != 0
    }
    return produced
  }

  private func torn(_ how: String) -> Problem {
    input.torn("zstd", how, unpacked: unpackedCount, name: name)
  }
}
