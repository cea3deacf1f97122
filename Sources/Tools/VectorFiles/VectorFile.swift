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

/// A file of unit vectors, mapped into memory: an array in NumPy's format, row-major, with its description beside it.
///
/// A mapped file counts as memory of the program as far as it was read; the system takes it back when it needs it.
package struct VectorFile: Sendable {
  package let path: String
  package let vectors: VectorRows
  /// nil when no description stands beside the file: an array that somebody else wrote.
  package let description: VectorDescription?

  /// Of rows in half precision the squared length may be off by this.
  static let lengthTolerance: Float = 4e-3

  /// The name of the description of a file of vectors.
  package static func descriptionPath(of path: String) -> String { "\(path).json" }

  /// Opens a file and looks at every row.
  ///
  /// - Parameters:
  ///   - wanted: model, dimensions, type and texts that the vectors should be of; a file without a description is then
  ///     refused. nil takes whatever stands there.
  ///   - rows: how many there should be; nil takes as many as there are.
  /// - Throws: `Problem` with the place: no such file, not an array of vectors, cut short, of another model, dimension or
  ///   text, a row that is not a number or not of length 1.
  package static func open(_ path: String, wanted: VectorDescription? = nil, rows: Int? = nil) throws(Problem)
    -> VectorFile
  {
    let mapping = try FileMapping(path: path)
    let header: NumPyHeader
    let offset: Int
    do throws(Problem) { (header, offset) = try NumPyHeader.read(mapping.start(4096)) } catch {
      throw error.at(file: path)
    }
    guard offset % header.element.byteCount == 0 else {
      throw Problem("the numbers of this array are not aligned", at: .init(file: path), advice: "write it again")
    }
    let expected = offset + header.rows * header.rowByteCount
    guard mapping.byteCount == expected else {
      throw Problem(
        "this file has \(mapping.byteCount) bytes, and \(header.rows) rows of \(header.dimension) take \(expected)",
        at: .init(file: path),
        advice: mapping.byteCount < expected ? "it was cut short; make the vectors again" : "make the vectors again")
    }
    let description = try readDescription(of: path)
    if let description, description.rows != header.rows || description.dimension != header.dimension {
      throw Problem(
        "the description beside this file is of \(description.rows) rows of \(description.dimension), "
          + "and it has \(header.rows) of \(header.dimension)",
        at: .init(file: path), advice: "make the vectors again")
    }
    if let wanted { try check(description, header, against: wanted, path) }
    if let rows, rows != header.rows {
      throw Problem(
        "this file has \(header.rows) vectors for \(rows) rows", at: .init(file: path),
        advice: "make the vectors of this very file: persona-hub embed")
    }
    let vectors = mapping.vectors(header, offset: offset)
    try checkRows(of: vectors, path)
    return VectorFile(path: path, vectors: vectors, description: description)
  }

  /// The description beside a file; nil when there is none.
  package static func readDescription(of path: String) throws(Problem) -> VectorDescription? {
    let name = descriptionPath(of: path)
    guard WorkFiles.stamp(of: name) != nil else { return nil }
    let bytes = try FileMapping(path: name).start(1 << 20)
    let json: JSONValue
    do throws(JSONSyntaxError) { json = try JSONValue(utf8: bytes) } catch {
      throw Problem(
        "this is not the description of a file of vectors", at: .init(file: name), advice: "make the vectors again",
        cause: error.description)
    }
    do throws(Problem) { return try VectorDescription(json: json) } catch { throw error.at(file: name) }
  }

  private static func check(
    _ description: VectorDescription?, _ header: NumPyHeader, against wanted: VectorDescription, _ path: String
  ) throws(Problem) {
    guard let description else {
      throw Problem(
        "nothing says which model these vectors are of: \(descriptionPath(of: path)) is missing", at: .init(file: path),
        advice: "make them with: persona-hub embed FILE -o \(path)")
    }
    if let difference = description.difference(from: wanted) {
      throw Problem(
        "these vectors are of \(difference)", at: .init(file: path),
        advice: "vectors of different models cannot be mixed: make them again, or name the model they are of")
    }
    guard header.element == description.element else {
      throw Problem(
        "the description beside this file says \(description.element.rawValue), and it holds \(header.element.rawValue)",
        at: .init(file: path), advice: "make the vectors again")
    }
  }

  /// - Throws: `Problem` with the first row, counted from 1, that is not a unit vector.
  static func checkRows(of vectors: VectorRows, _ path: String) throws(Problem) {
    for row in 0..<vectors.count {
      let length = vectors.cosine(row, row)
      // Written so that what is not a number fails too.
      guard abs(length - 1) <= lengthTolerance else {
        throw notUnit(vectors.vector(row), row: row, path)
      }
    }
  }

  static func notUnit(_ vector: [Float], row: Int, _ path: String) -> Problem {
    // Halves whose exponent has all bits set are widened to at least 65,536 where the processor does not know them.
    if let place = vector.firstIndex(where: { !$0.isFinite || abs($0) >= 65_536 }) {
      return Problem(
        "number \(place + 1) of this vector is not a number", at: .init(file: path, line: row + 1),
        advice: "make the vectors again; the model or the file is damaged")
    }
    let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    return Problem(
      "this vector has length \(Double(Int(length * 10_000)) / 10_000), and unit vectors are compared",
      at: .init(file: path, line: row + 1), advice: "divide each row by its length")
  }
}

/// A file that can be read as if it were memory. It must not be cut by others while it is in use.
@safe private final class FileMapping {
  let byteCount: Int
  private let base: UnsafeMutableRawPointer?

  init(path: String) throws(Problem) {
    // Safe: the path is a C string for the length of the call.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "read", path: path) }
    defer { close(descriptor) }
    guard WorkFiles.stamp(of: path) != nil else {
      throw Problem("this is not a regular file", at: .init(file: path), advice: "name a file")
    }
    byteCount = Int(lseek(descriptor, 0, SEEK_END))
    guard byteCount > 0 else {
      unsafe base = nil
      return
    }
    // Safe: a private mapping that this object alone holds; it is given back in `deinit`.
    let memory = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw Problem.system(errno, doing: "read", path: path)
    }
    unsafe base = memory
  }

  deinit {
    // Safe: mapped in `init`, given back once.
    if let base = unsafe base { unsafe munmap(base, byteCount) }
  }

  /// The first bytes, at most so many.
  func start(_ most: Int) -> [UInt8] {
    guard let base = unsafe base else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: base, count: min(most, byteCount)))
  }

  func vectors(_ header: NumPyHeader, offset: Int) -> VectorRows {
    guard let base = unsafe base, header.rows > 0 else {
      return VectorRows([], dimension: header.dimension, element: header.element)
    }
    // Safe: the caller compared the size of the file with what the header says, and the offset is aligned.
    return unsafe VectorRows(
      base: UnsafeRawPointer(base + offset), count: header.rows, dimension: header.dimension, element: header.element,
      owner: self)
  }
}
