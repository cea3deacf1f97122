import PersonaRecords
import SimilarityKernels

/// The start of a file in NumPy's format: what the numbers are, and how many rows and columns.
///
/// Ours are always 128 bytes long, with room for any number of rows, so that the number can be written over in place.
/// Source: NumPy's documentation of `numpy.lib.format`, versions 1.0 and 2.0.
struct NumPyHeader: Equatable {
  static let length = 128

  var element: VectorRows.Element
  var rows: Int
  var dimension: Int

  var rowByteCount: Int { dimension * element.byteCount }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  var bytes: [UInt8] {
    let text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(rows), \(dimension)), }"
    var bytes = Self.magic + [1, 0, UInt8(Self.length - 10), 0] + Array(text.utf8)
    bytes += Array(repeating: UInt8(ascii: " "), count: Self.length - 1 - bytes.count)
    return bytes + [UInt8(ascii: "\n")]
  }

  /// - Parameter start: the first bytes of the file, 4,096 or as many as there are.
  /// - Returns: the header, and where the numbers begin.
  /// - Throws: `Problem` without a place when this is not an array of vectors in half or single precision.
  static func read(_ start: [UInt8]) throws(Problem) -> (header: NumPyHeader, offset: Int) {
    let advice = "write vectors with: persona-hub embed FILE -o vectors.npy"
    guard start.count >= 10, start.starts(with: magic) else {
      throw Problem("this is not a NumPy array", advice: advice)
    }
    let isFirstVersion = start[6] == 1
    let first = isFirstVersion ? 10 : 12
    guard start[6] == 1 || start[6] == 2, start.count >= first else {
      throw Problem("this is a NumPy array of version \(start[6]), and versions 1 and 2 are read", advice: advice)
    }
    let length = Int(start[8]) | Int(start[9]) << 8 | (isFirstVersion ? 0 : Int(start[10]) << 16 | Int(start[11]) << 24)
    guard first + length <= start.count else {
      throw Problem("this NumPy array ends within its header", advice: "write it again")
    }
    let text = String(decoding: start[first..<first + length], as: UTF8.self)
    guard let descr = value(of: "descr", in: text), let order = value(of: "fortran_order", in: text),
      let shape = value(of: "shape", in: text)
    else { throw Problem("the header of this NumPy array is not one: \(text.cut())", advice: advice) }
    guard let element = VectorRows.Element(rawValue: String(descr.filter { $0 != "'" && $0 != "\"" })) else {
      throw Problem(
        "this NumPy array holds numbers of type \(descr.cut(to: 20)), and vectors are '<f2' or '<f4'",
        advice: "convert it: array.astype('<f4')")
    }
    guard order == "False" else {
      throw Problem("this NumPy array is stored column by column", advice: "convert it: numpy.ascontiguousarray(array)")
    }
    let sizes = shape.filter { $0 != "(" && $0 != ")" && $0 != " " }.split(separator: ",").map { Int($0) }
    guard sizes.count == 2, let rows = sizes[0], let dimension = sizes[1], rows >= 0, dimension > 0,
      dimension <= 1 << 20, rows < Int(UInt32.max)
    else {
      throw Problem(
        "this NumPy array has the shape \(shape.cut(to: 40)), and vectors have (rows, dimensions)", advice: advice)
    }
    return (NumPyHeader(element: element, rows: rows, dimension: dimension), first + length)
  }

  /// What stands behind a key: up to the next comma, or for a shape up to its closing bracket.
  private static func value(of key: String, in text: String) -> String? {
    for quote in ["'", "\""] {
      let name = quote + key + quote
      guard let start = place(of: Array(name.utf8), in: Array(text.utf8)) else { continue }
      let behind = text.utf8.dropFirst(start + name.utf8.count).drop {
        $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ")
      }
      let end: UInt8 = behind.first == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: ",")
      return String(decoding: behind.prefix { $0 != end && $0 != UInt8(ascii: "}") }, as: UTF8.self)
    }
    return nil
  }

  private static func place(of name: [UInt8], in text: [UInt8]) -> Int? {
    guard name.count <= text.count else { return nil }
    return (0...text.count - name.count).first { text[$0..<$0 + name.count].elementsEqual(name) }
  }
}
