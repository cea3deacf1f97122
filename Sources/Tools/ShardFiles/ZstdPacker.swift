import CZstd
import PersonaRecords

/// Packs pieces into one zstd frame with a checksum.
///
/// One level and no worker threads, whatever the machine: zstd's bytes depend on both.
@safe final class ZstdPacker {
  /// zstd's own default: about 400 MB/s, a third of the size for text.
  static let level: Int32 = 3

  private let name: String
  private let context: OpaquePointer
  private var output: [UInt8]

  init(name: String) throws(Problem) {
    self.name = name
    guard let context = unsafe ZSTD_createCCtx() else {
      throw Problem("zstd cannot be started", at: .init(file: name), advice: "free some memory")
    }
    unsafe self.context = context
    self.output = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
    // Safe: the context was just made. All three settings are within zstd's bounds, so none can fail.
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, 0)
  }

  deinit {
    // Safe: created in `init`, freed once.
    unsafe ZSTD_freeCCtx(context)
  }

  /// Takes a piece and returns what is ready to be stored, often nothing.
  func pack(_ piece: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
    try run(piece, ZSTD_e_continue)
  }

  /// Ends the frame and returns its last bytes.
  func finish() throws(Problem) -> [UInt8] {
    try run([], ZSTD_e_end)
  }

  private func run(_ piece: ArraySlice<UInt8>, _ directive: ZSTD_EndDirective) throws(Problem) -> [UInt8] {
    var packed: [UInt8] = []
    var errorName: String?
    unsafe piece.withUnsafeBytes { bytes in
      var input = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      var isDone = false
      while !isDone {
        unsafe output.withUnsafeMutableBytes { room in
          // Safe: both buffers outlive the call.
          var produced = unsafe ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
          let rest = unsafe ZSTD_compressStream2(context, &produced, &input, directive)
          if ZSTD_isError(rest) != 0 {
            errorName = unsafe String(cString: ZSTD_getErrorName(rest))
            isDone = true
            return
          }
          // Safe: zstd wrote `pos` bytes.
          unsafe packed.append(contentsOf: room[..<produced.pos])
          isDone = directive == ZSTD_e_end ? rest == 0 : unsafe input.pos == input.size
        }
      }
    }
    if let errorName {
      throw Problem("zstd cannot pack this", at: .init(file: name), advice: "free some memory", cause: errorName)
    }
    return packed
  }
}
