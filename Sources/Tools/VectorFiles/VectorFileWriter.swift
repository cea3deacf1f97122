package import PersonaRecords
import ShardFiles
package import SimilarityKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes vectors as they come, and goes on after a crash with the rows that were acknowledged.
///
/// The growing file is `NAME.part`, itself a valid array of NumPy at every commit: rows are appended and synced, and
/// only then does the header say how many there are. After `kill -9` it may be longer than that, never shorter; what lies
/// beyond is cut off. `NAME.part.json` says what the vectors are of; a file that was begun for another model is
/// refused. `finish()` gives both their names, the vectors first: vectors without a description are of nobody, so no
/// moment of it leaves vectors with the description of others.
///
/// One writer at a time: the growing file is locked for as long as this object lives.
package final class VectorFileWriter {
  package let path: String
  package let description: VectorDescription
  /// Rows appended so far, those of an earlier process among them.
  package private(set) var rows = 0
  /// Rows that an earlier process had committed.
  package let resumedRows: Int

  private let partPath: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var committedRows = 0
  private var failure: Problem?

  private static let bufferSize = 1 << 20

  /// Begins a file, or goes on with one that was begun.
  /// - Parameter description: its `rows` are not looked at.
  /// - Throws: `Problem` when the file cannot be written, when another process is writing it, or when it was begun for
  ///   another model, dimension, type or text; nothing is changed then.
  package init(path: String, description: VectorDescription) throws(Problem) {
    self.path = path
    self.description = description
    partPath = "\(path).part"
    try Self.takeBack(path, partPath)
    let begun = try VectorFile.readDescription(of: partPath)
    if let difference = begun?.difference(from: description), WorkFiles.stamp(of: partPath) != nil {
      throw Problem(
        "vectors were begun here of \(difference)", at: .init(file: partPath),
        advice: "finish them with the settings of before, or remove this file")
    }
    // Safe: the path is a C string for the length of the call.
    descriptor = unsafe open(partPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      resumedRows = 0
      throw Problem.system(errno, doing: "write", path: partPath)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      descriptor = -1
      resumedRows = 0
      throw Problem("another process is writing these vectors", at: .init(file: partPath), advice: "wait for its end")
    }
    var kept = 0
    do throws(Problem) {
      kept = begun == nil ? 0 : try Self.committedRows(of: descriptor, partPath, description)
      try Self.prepare(descriptor, partPath, description, keeping: kept)
    } catch {
      close(descriptor)
      descriptor = -1
      resumedRows = 0
      throw error
    }
    resumedRows = kept
    rows = kept
    committedRows = kept
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// A crash between the two renames of `finish()` leaves whole vectors without a description: they grow again.
  private static func takeBack(_ path: String, _ partPath: String) throws(Problem) {
    guard WorkFiles.stamp(of: partPath) == nil,
      WorkFiles.stamp(of: VectorFile.descriptionPath(of: partPath)) != nil, WorkFiles.stamp(of: path) != nil,
      WorkFiles.stamp(of: VectorFile.descriptionPath(of: path)) == nil
    else { return }
    guard unsafe rename(path, partPath) == 0 else { throw Problem.system(errno, doing: "write", path: partPath) }
  }

  /// Rows that the header of a growing file acknowledges; 0 when it has no header yet.
  private static func committedRows(
    of descriptor: Int32, _ path: String, _ description: VectorDescription
  ) throws(Problem) -> Int {
    let byteCount = Int(lseek(descriptor, 0, SEEK_END))
    guard byteCount >= NumPyHeader.length else { return 0 }
    var bytes = [UInt8](repeating: 0, count: NumPyHeader.length)
    let got = unsafe bytes.withUnsafeMutableBytes { bytes in
      // Safe: the kernel writes at most `count` bytes into the array.
      unsafe pread(descriptor, bytes.baseAddress, bytes.count, 0)
    }
    guard got == bytes.count else { throw Problem.system(got < 0 ? errno : EIO, doing: "read", path: path) }
    guard let (header, offset) = try? NumPyHeader.read(bytes), offset == NumPyHeader.length,
      header.dimension == description.dimension, header.element == description.element,
      byteCount >= offset + header.rows * header.rowByteCount
    else {
      throw Problem(
        "the vectors that were begun here are damaged", at: .init(file: path),
        advice: "remove this file, and begin anew")
    }
    return header.rows
  }

  /// Cuts what was not acknowledged, and makes the header and the description of a new file.
  private static func prepare(
    _ descriptor: Int32, _ path: String, _ description: VectorDescription, keeping rows: Int
  ) throws(Problem) {
    let header = NumPyHeader(element: description.element, rows: rows, dimension: description.dimension)
    var begun = description
    begun.rows = 0
    if rows == 0 {
      // Nothing of an older file may look acknowledged under the new description.
      guard ftruncate(descriptor, 0) == 0 else { throw Problem.system(errno, doing: "write", path: path) }
      try describe(begun, in: VectorFile.descriptionPath(of: path))
      try overwriteFront(descriptor, path, header.bytes)
    }
    let end = NumPyHeader.length + rows * header.rowByteCount
    guard ftruncate(descriptor, off_t(end)) == 0, lseek(descriptor, off_t(end), SEEK_SET) == off_t(end) else {
      throw Problem.system(errno, doing: "write", path: path)
    }
  }

  /// Adds whole rows; they are safe after the next `commit()`.
  /// - Throws: `Problem` when a row is not a unit vector, with its number in the file; none of these rows is added then. Or
  ///   when they cannot be written; then nothing more can be, and a new writer goes on from what was committed.
  package func append(_ numbers: [Float]) throws(Problem) {
    if let failure { throw failure }
    precondition(numbers.count % description.dimension == 0, "whole rows")
    let added = VectorRows(numbers, dimension: description.dimension, element: description.element)
    for row in 0..<added.count {
      let length = added.cosine(row, row)
      guard abs(length - 1) <= VectorFile.lengthTolerance else {
        throw VectorFile.notUnit(added.vector(row), row: rows + row, path)
      }
    }
    switch description.element {
    case .float32:
      for number in numbers { append(number.bitPattern.littleEndian) }
    case .float16:
      for half in HalfPrecision.narrow(numbers) { append(half.littleEndian) }
    }
    rows += added.count
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Adds these rows of other vectors, as `append` does.
  package func append(rows: some Sequence<Int>, of vectors: VectorRows) throws(Problem) {
    var numbers: [Float] = []
    for row in rows {
      numbers += vectors.vector(row)
      guard numbers.count >= 1 << 20 else { continue }
      try append(numbers)
      numbers.removeAll(keepingCapacity: true)
    }
    try append(numbers)
  }

  private func append(_ number: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: number) { bytes in
      // Safe: the bytes of the number, for the length of the call.
      unsafe buffer.append(contentsOf: bytes)
    }
  }

  /// Returns when all rows so far are on the disk, and acknowledged.
  package func commit() throws(Problem) {
    if let failure { throw failure }
    guard rows > committedRows else { return }
    try flush()
    guard fsync(descriptor) == 0 else { throw failed(errno) }
    let header = NumPyHeader(element: description.element, rows: rows, dimension: description.dimension)
    do throws(Problem) { try Self.overwriteFront(descriptor, partPath, header.bytes) } catch {
      failure = error
      throw error
    }
    committedRows = rows
  }

  /// Commits, and gives the file and its description their names.
  package func finish() throws(Problem) {
    try commit()
    guard fsync(descriptor) == 0 else { throw failed(errno) }
    var whole = description
    whole.rows = rows
    let name = VectorFile.descriptionPath(of: path)
    unsafe unlink(name)
    guard unsafe rename(partPath, path) == 0 else { throw failed(errno) }
    try Self.describe(whole, in: name)
    unsafe unlink(VectorFile.descriptionPath(of: partPath))
    close(descriptor)
    descriptor = -1
    failure = Problem("these vectors are finished", at: .init(file: path))
  }

  private func flush() throws(Problem) {
    let code = SystemCall.store(buffer[...], to: descriptor)
    guard code == 0 else { throw failed(code) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failed(_ code: Int32) -> Problem {
    let problem = Problem.system(code, doing: "write", path: path)
    failure = problem
    return problem
  }

  private static func overwriteFront(_ descriptor: Int32, _ path: String, _ bytes: [UInt8]) throws(Problem) {
    let written = unsafe bytes.withUnsafeBytes { bytes in
      // Safe: the array's own bytes. They lie in one page, so a crash leaves the old ones or the new ones.
      unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
    }
    guard written == bytes.count else { throw Problem.system(written < 0 ? errno : EIO, doing: "write", path: path) }
  }

  private static func describe(_ description: VectorDescription, in path: String) throws(Problem) {
    let writer = try ShardWriter(path: path, packsWithZstd: false, takesHash: false)
    try writer.append(description)
    _ = try writer.commit()
  }
}
