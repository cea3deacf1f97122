import Crypto
package import PersonaRecords

/// Reads a stored shard back and compares it with what its manifest says.
package enum ShardCheck {
  /// Rows, size and SHA-256 of a file as it stands now.
  /// - Throws: `Problem` when it cannot be read, or its packing is torn.
  package static func summary(ofFile path: String) throws(Problem) -> ShardSummary {
    let tap = HashingSource(try FileSource(path: path))
    let stream = try ByteStream(tap, name: path)
    var rows = 0
    var last = UInt8(ascii: "\n")
    while try stream.fill() {
      var from = 0
      while let place = stream.position(of: UInt8(ascii: "\n"), from: from) {
        rows += 1
        from = place + 1
      }
      last = stream.available.last ?? last
      stream.consume(stream.availableCount)
    }
    if last != UInt8(ascii: "\n") { rows += 1 }
    let (byteCount, sha256) = tap.finish()
    return ShardSummary(rows: rows, byteCount: byteCount, sha256: sha256)
  }

  /// Checks that a file is the one that was committed.
  /// - Throws: `Problem` that says what differs.
  package static func verify(_ path: String, against expected: ShardSummary) throws(Problem) {
    let found = try summary(ofFile: path)
    guard found != expected else { return }
    let what =
      if found.byteCount != expected.byteCount {
        "the file has \(found.byteCount) bytes, and \(expected.byteCount) were written"
      } else if found.sha256 != expected.sha256 {
        "the file has the right size and other bytes than were written (SHA-256 \(found.sha256.prefix(12))… instead of "
          + "\(expected.sha256.prefix(12))…)"
      } else {
        "the file has \(found.rows) rows, and \(expected.rows) are on record"
      }
    throw Problem(what, at: .init(file: path), advice: "restore the file from a copy; the disk may be failing")
  }
}

/// Hands bytes on and hashes them on the way.
private final class HashingSource: ByteSource {
  private let source: any ByteSource
  private var hash = SHA256()
  private var byteCount = 0

  init(_ source: any ByteSource) {
    self.source = source
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let count = unsafe try source.read(into: buffer)
    // Safe: the source wrote `count` bytes.
    unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    byteCount += count
    return count
  }

  func finish() -> (byteCount: Int, sha256: String) {
    (byteCount, HexDigits.of(hash.finalize()))
  }
}
