import PersonaRecords
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
  /// Rows after which progress is told.
  private static let reportStep = 8192

  /// Writes `uint32` values, row-major: one row of `hasher.length` for each readable row of the input, in its order.
  /// - Throws: `Problem`, or what `checkpoint` throws; no file then.
  package func write(
    to path: String, checkpoint: (_ rows: Int, _ share: Double?) throws -> Void = { _, _ in }
  ) throws -> (signed: Int, unreadable: Int) {
    var rows = try TextRows(path: input, keys: [key])
    let writer = try NumberFileWriter(path: path, passesCache: true)
    // The number of rows is known at the end.
    try writer.append([UInt8](repeating: 0x20, count: Self.headerByteCount).span)
    var scanner = ShingleScanner(shingling)
    var cutter = ASCIIRows()
    var batch = [UInt32](repeating: 0, count: Self.batchSize * hasher.length)
    var inBatch = 0
    var signed = 0
    var unreadable = 0
    var nextReport = Self.reportStep
    func next() throws(Problem) {
      inBatch += 1
      signed += 1
      guard inBatch == Self.batchSize else { return }
      try writer.append(batch.span)
      inBatch = 0
    }
    func sign(scanned row: TextRows.Row?) throws(Problem) {
      guard case .text(let line)? = row else {
        unreadable += row == nil ? 0 : 1
        return
      }
      guard rows.scan(line) == nil else {
        unreadable += 1
        return
      }
      rows.withText(of: line) { scanner.scan(utf8: $0) }
      self.sign(scanner, inBatch, &batch)
      try next()
    }
    while true {
      rows.nextBatch()
      var number = 0
      while number < rows.batch.count {
        if shingling == .words(1) {
          let count = rows.cut(from: number, with: &cutter)
          var start = 0
          for row in 0..<count {
            let end = start + Int(cutter.sizes[row])
            hasher.sign(cutter.words.span.extracting(start..<end), into: &batch, at: inBatch * hasher.length)
            start = end
            try next()
          }
          number += count
          if number == rows.batch.count { break }
        }
        try sign(scanned: rows.row(number))
        number += 1
      }
      if rows.batch.count == 0 {
        guard let row = try rows.nextLine() else { break }
        try sign(scanned: row)
      }
      if signed >= nextReport {
        nextReport = signed + Self.reportStep
        try checkpoint(signed, rows.share)
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
