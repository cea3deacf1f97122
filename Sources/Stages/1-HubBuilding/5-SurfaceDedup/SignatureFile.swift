import ShardFiles
package import SimilarityKernels

/// The MinHash signatures of the texts of a JSON lines file, as a matrix in NumPy's format: `numpy.load` reads it.
package struct SignatureFile {
  package let input: String
  package let key: String
  package let shingling: Shingling
  package let hasher: MinHasher

  package init(input: String, key: String = "persona", shingling: Shingling = .words(1), hasher: MinHasher) {
    self.input = input
    self.key = key
    self.shingling = shingling
    self.hasher = hasher
  }

  /// Signatures gathered before they are written: 512 KB of them at 128 values.
  private static let batchSize = 1024
  private static let headerByteCount = 128

  /// Writes `uint32` values, row-major: one row of `hasher.length` for each readable row of the input, in its order.
  /// - Throws: `Problem`, or what `checkpoint` throws; no file then.
  package func write(
    to path: String, checkpoint: (_ rows: Int, _ share: Double?) throws -> Void = { _, _ in }
  ) throws -> (signed: Int, unreadable: Int) {
    var rows = try TextRows(path: input, keys: [key])
    let writer = try NumberFileWriter(path: path)
    // The number of rows is known at the end.
    try writer.append([UInt8](repeating: 0x20, count: Self.headerByteCount).span)
    var scanner = ShingleScanner(shingling)
    var batch = [UInt32](repeating: 0, count: Self.batchSize * hasher.length)
    var inBatch = 0
    var signed = 0
    var unreadable = 0
    while let row = try rows.next() {
      guard case .text(let line) = row else {
        unreadable += 1
        continue
      }
      rows.withText(of: line) { scanner.scan(utf8: $0) }
      sign(scanner, inBatch, &batch)
      inBatch += 1
      signed += 1
      if inBatch == Self.batchSize {
        try writer.append(batch.span)
        inBatch = 0
        if signed.isMultiple(of: 8 * Self.batchSize) { try checkpoint(signed, rows.share) }
      }
    }
    try writer.append(batch.span.extracting(first: inBatch * hasher.length))
    try writer.overwriteFront(header(rows: signed).span)
    try writer.commit()
    return (signed, unreadable)
  }

  private func sign(_ scanner: borrowing ShingleScanner, _ place: Int, _ batch: inout [UInt32]) {
    let hashes = scanner.hashes
    hasher.sign(hashes.span, into: &batch, at: place * hasher.length)
  }

  /// Version 1.0 of the format: a magic number, the length of a dictionary in Python's notation, and the dictionary.
  private func header(rows: Int) -> [UInt8] {
    let shape = "{'descr': '<u4', 'fortran_order': False, 'shape': (\(rows), \(hasher.length)), }"
    let length = Self.headerByteCount - 10
    let padding = String(repeating: " ", count: length - shape.utf8.count - 1)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array((shape + padding + "\n").utf8)
  }
}
