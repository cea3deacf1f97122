import Crypto
import Foundation
package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a finished shard holds, as a manifest keeps it.
package struct ShardSummary: Sendable, Equatable {
  package var rows: Int
  /// Size of the file as stored.
  package var byteCount: Int
  /// SHA-256 of the file as stored, 64 lower-case hex digits.
  package var sha256: String

  package init(rows: Int, byteCount: Int, sha256: String) {
    self.rows = rows
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}

/// Writes a file of lines beside its final name and gives it that name when it is whole.
///
/// A reader never sees half a shard: until `commit()` the lines stand in `NAME.PID.writing`, which `abandon()`, a failure
/// and the end of the writer's life remove. The same lines give the same bytes on every machine: zstd works with one
/// setting, without threads, on blocks whose borders depend on the lines alone.
package final class ShardWriter {
  package let path: String
  package let packsWithZstd: Bool
  /// Lines so far.
  package private(set) var rows = 0
  /// Bytes of the lines so far, before packing.
  package private(set) var unpackedByteCount = 0

  private static let blockSize = 256 << 10
  private let temporaryPath: String
  private var descriptor: Int32
  private var block: [UInt8] = []
  private var packer: ZstdPacker?
  private var hash = SHA256()
  private let takesHash: Bool
  /// Where plain files that need no hash go past the system's cache.
  private let bulk: BulkFile?
  private var byteCount = 0

  /// Begins a shard.
  /// - Parameters:
  ///   - path: the final name; a file that stands there is replaced at `commit()`, not before.
  ///   - packsWithZstd: nil leaves it to the name: `.zst` is packed.
  ///   - takesHash: false leaves the summary's `sha256` empty, for files of which nobody keeps it.
  ///   - passesCache: a plain file without a hash that may be large and is not read again soon.
  /// - Throws: `Problem` with the path when the folder cannot be written to.
  package init(
    path: String, packsWithZstd: Bool? = nil, takesHash: Bool = true, passesCache: Bool = false
  ) throws(Problem) {
    self.path = path
    self.takesHash = takesHash
    self.packsWithZstd = packsWithZstd ?? path.hasSuffix(".zst")
    self.temporaryPath = "\(path).\(getpid()).writing"
    Self.removeLeftovers(of: path)
    let descriptor = SystemCall.create(temporaryPath)
    self.descriptor = descriptor
    bulk =
      passesCache && !takesHash && !self.packsWithZstd && descriptor >= 0
      ? BulkFile(descriptor: descriptor, passesCache: true) : nil
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: path) }
    block.reserveCapacity(Self.blockSize)
    if self.packsWithZstd { packer = try ZstdPacker(name: path) }
  }

  deinit {
    abandon()
  }

  /// Removes what killed processes left of this file half written; those of processes that live stay.
  private static func removeLeftovers(of path: String) {
    let (folder, name) =
      path.lastIndex(of: "/").map { (String(path[...$0]), path[path.index(after: $0)...]) } ?? ("./", path[...])
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where entry.hasPrefix(name + ".") && entry.hasSuffix(".writing") {
      let digits = entry.dropFirst(name.count + 1).dropLast(".writing".count)
      guard let process = Int32(digits), kill(process, 0) != 0, errno == ESRCH else { continue }
      SystemCall.remove(folder + entry)
    }
  }

  /// Adds one line; its end is written here.
  /// - Throws: `Problem` with the path and the reason; the half-written file is gone then, and further calls throw too.
  package func append(line: some Collection<UInt8>) throws(Problem) {
    block.append(contentsOf: line)
    block.append(UInt8(ascii: "\n"))
    rows += 1
    if block.count >= Self.blockSize { try flush(upTo: block.count - block.count % Self.blockSize) }
  }

  /// Adds some lines, each with its end.
  /// - Throws: as `append(line:)`.
  package func append(whole lines: Span<UInt8>, count: Int) throws(Problem) {
    rows += count
    if bulk != nil {
      if !block.isEmpty { try flush(upTo: block.count) }
      unpackedByteCount += lines.count
      var code: Int32 = 0
      // Safe: the span's own bytes, for the length of the call.
      unsafe lines.withUnsafeBytes { unsafe code = store($0) }
      guard code == 0 else { throw failure(code) }
    } else {
      // Safe: the span's own bytes, for the length of the call.
      unsafe lines.withUnsafeBytes { unsafe block.append(contentsOf: $0) }
      if block.count >= Self.blockSize { try flush(upTo: block.count - block.count % Self.blockSize) }
    }
  }

  /// Adds one record.
  package func append(_ record: some JSONLineRecord) throws(Problem) {
    try append(line: record.jsonLine)
  }

  /// Finishes the file, makes sure that it is on the disk, and gives it its name.
  /// - Throws: `Problem`; nothing stands under the final name then but what stood there before.
  package func commit() throws(Problem) -> ShardSummary {
    try flush(upTo: block.count)
    if let packer { try store(packer.finish()[...]) }
    if let bulk {
      let code = bulk.flush()
      guard code == 0 else { throw failure(code) }
    }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
    let file = descriptor
    descriptor = -1
    // Some file systems report a full disk only here.
    guard close(file) == 0 else { throw failure(errno) }
    guard SystemCall.move(temporaryPath, to: path) == 0 else { throw failure(errno) }
    try Self.syncFolder(of: path)
    return ShardSummary(rows: rows, byteCount: byteCount, sha256: takesHash ? HexDigits.of(hash.finalize()) : "")
  }

  /// Gives the shard up and removes what was written; after `commit()` this does nothing.
  package func abandon() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    SystemCall.remove(temporaryPath)
  }

  private func flush(upTo count: Int) throws(Problem) {
    guard descriptor >= 0 else {
      throw Problem("this file was given up or finished before", at: .init(file: path), advice: "begin it anew")
    }
    // zstd's output may depend on how its input is cut, so it always gets whole blocks, and the last one as it is.
    var from = 0
    while from < count {
      let piece = block[from..<min(from + Self.blockSize, count)]
      unpackedByteCount += piece.count
      if let packer { try store(packer.pack(piece)[...]) } else { try store(piece) }
      from += piece.count
    }
    block.removeFirst(count)
  }

  private func store(_ bytes: ArraySlice<UInt8>) throws(Problem) {
    let code = unsafe bytes.withUnsafeBytes { unsafe store($0) }
    guard code == 0 else { throw failure(code) }
    if takesHash { hash.update(data: bytes) }
  }

  private func store(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    byteCount += bytes.count
    return unsafe bulk?.append(bytes) ?? SystemCall.store(bytes, to: descriptor)
  }

  private func failure(_ code: Int32) -> Problem {
    abandon()
    // The rename may have failed after the file was closed.
    SystemCall.remove(temporaryPath)
    return Problem.system(code, doing: "write", path: path)
  }

  /// Makes a new name durable: without it a power cut may forget the rename.
  private static func syncFolder(of path: String) throws(Problem) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = SystemCall.openForReading(folder)
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: folder) }
    defer { close(descriptor) }
    // Some network file systems cannot sync a folder and say so with EINVAL: there is nothing more to do then.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw Problem.system(errno, doing: "write", path: folder)
    }
  }
}
