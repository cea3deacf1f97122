import Foundation
package import PersonaRecords

/// A safetensors file: a header of JSON that says where each tensor lies, then their bytes.
///
/// The file is mapped; every offset is checked against its length and shape before anything is read.
/// Source: the format's own description (8 bytes of header length, little-endian; JSON; tensors without gaps).
package struct TensorFile: Sendable {
  /// How the numbers of a tensor are stored. Others are refused when they are asked for.
  enum Kind: String, Sendable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    var byteCount: Int { self == .float32 ? 4 : 2 }
  }

  /// Where one tensor lies. All of `bytes` is within the file, and is as long as the shape says.
  struct Tensor: Sendable {
    let name: String
    let kind: Kind
    let shape: [Int]
    let bytes: Range<Int>
  }

  private struct Entry {
    let kind: String
    let shape: [Int]
    let bytes: Range<Int>
  }

  package let path: String
  private let data: Data
  private let entries: [String: Entry]

  private static let getAgain = "get the file again, for example with `make setup`, or name another folder"
  private static let longestHeader = 100_000_000

  /// - Throws: `Problem` with the file, and the tensor if it is one that is wrong.
  package init(path: String) throws(Problem) {
    self.path = path
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw Problem(
        "the weights cannot be read", at: .init(file: path), advice: "check the path and its permissions",
        cause: error.localizedDescription)
    }
    guard data.count >= 8 else {
      throw Problem(
        "the file has \(data.count) bytes, which holds no header", at: .init(file: path), advice: Self.getAgain)
    }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(data.count - 8, Self.longestHeader)) else {
      throw Problem(
        "this is no safetensors file, or it is cut short: its header should have \(length) bytes, "
          + "and \(data.count - 8) follow", at: .init(file: path), advice: Self.getAgain)
    }
    let start = 8 + Int(length)
    let header: JSONValue
    do throws(JSONSyntaxError) {
      header = try JSONValue(utf8: [UInt8](data[8..<start]))
    } catch {
      throw Problem("the header is not JSON", at: .init(file: path), advice: Self.getAgain, cause: "\(error)")
    }
    guard let members = header.objectValue else {
      throw Problem("the header is no JSON object", at: .init(file: path), advice: Self.getAgain)
    }
    var entries: [String: Entry] = [:]
    for member in members where member.key != "__metadata__" {
      entries[member.key] = try Self.entry(member, start: start, end: data.count, path: path)
    }
    self.entries = entries
  }

  private static func entry(
    _ member: JSONValue.Member, start: Int, end: Int, path: String
  ) throws(Problem) -> Entry {
    func fault(_ what: String) -> Problem {
      Problem(what, at: .init(file: path, field: member.key.cut()), advice: getAgain)
    }
    guard let kind = member.value["dtype"]?.stringValue, let sizes = member.value["shape"]?.arrayValue,
      let offsets = member.value["data_offsets"]?.arrayValue, offsets.count == 2,
      let first = offsets[0].intValue, let last = offsets[1].intValue
    else { throw fault("the header says not where this tensor lies: dtype, shape or data_offsets is missing") }
    var shape: [Int] = []
    for size in sizes {
      guard let size = size.intValue, size >= 0 else { throw fault("a size of its shape is no whole number") }
      shape.append(size)
    }
    guard first >= 0, last >= first else { throw fault("its data_offsets are out of order: \(first), \(last)") }
    guard last <= end - start else {
      throw fault(
        "the file is cut short: this tensor ends at byte \(UInt64(start) + UInt64(last)), and the file has \(end)")
    }
    return Entry(kind: kind, shape: shape, bytes: start + first..<start + last)
  }

  /// All names, sorted.
  var names: [String] { entries.keys.sorted() }

  func contains(_ name: String) -> Bool { entries[name] != nil }

  /// The place of a tensor of a known shape.
  ///
  /// - Throws: `Problem` that names file and tensor when it is missing, or of another shape or kind.
  func tensor(_ name: String, shape: [Int]) throws(Problem) -> Tensor {
    let place = Problem.Place(file: path, field: name)
    guard let entry = entries[name] else {
      throw Problem(
        "this tensor is missing; the file has \(entries.count) others", at: place,
        advice:
          "name the folder of a BERT-type model with --embedding-model, with config.json and model.safetensors of "
          + "one download")
    }
    guard entry.shape == shape else {
      throw Problem(
        "this tensor is \(Self.text(entry.shape)), and config.json asks for \(Self.text(shape))", at: place,
        advice: "config.json, the vocabulary and model.safetensors must be of one download")
    }
    guard let kind = Kind(rawValue: entry.kind) else {
      throw Problem(
        "this tensor is stored as \(entry.kind.cut(to: 20)); F32, F16 and BF16 can be read", at: place,
        advice: "use the model's file in single precision")
    }
    var size = kind.byteCount
    for length in shape {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: length)
      size = isTooLarge ? -1 : product
      if isTooLarge { break }
    }
    guard size == entry.bytes.count else {
      throw Problem(
        "this tensor has \(entry.bytes.count) bytes, and its shape \(Self.text(shape)) takes another number", at: place,
        advice: Self.getAgain)
    }
    return Tensor(name: name, kind: kind, shape: shape, bytes: entry.bytes)
  }

  private static func text(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }

  /// All numbers of a tensor, row-major.
  func floats(_ tensor: Tensor) -> [Float] {
    let count = tensor.bytes.count / tensor.kind.byteCount
    var floats = [Float](repeating: 0, count: count)
    var span = floats.mutableSpan
    read(tensor, 0..<count, into: &span)
    return floats
  }

  /// The numbers of a part of a tensor, counted row-major, over those of `floats` from `start` on.
  func read(_ tensor: Tensor, _ range: Range<Int>, into floats: inout MutableSpan<Float>, at start: Int = 0) {
    precondition(range.upperBound <= tensor.bytes.count / tensor.kind.byteCount, "numbers of the tensor")
    let first = tensor.bytes.lowerBound + range.lowerBound * tensor.kind.byteCount
    unsafe data.withUnsafeBytes { bytes in
      // Safe: the range is within the tensor and the tensor within the file. The file's numbers are little-endian, as
      // are all processors this runs on.
      switch tensor.kind {
      case .float32:
        for place in 0..<range.count {
          floats[start + place] = unsafe bytes.loadUnaligned(fromByteOffset: first + place * 4, as: Float.self)
        }
      case .float16:
        for place in 0..<range.count {
          let bits = unsafe bytes.loadUnaligned(fromByteOffset: first + place * 2, as: UInt16.self)
          floats[start + place] = Self.widened(half: bits)
        }
      case .bfloat16:
        for place in 0..<range.count {
          let bits = unsafe bytes.loadUnaligned(fromByteOffset: first + place * 2, as: UInt16.self)
          floats[start + place] = Float(bitPattern: UInt32(bits) << 16)
        }
      }
    }
  }

  /// Half precision by its parts: `Float16` is not there on every platform.
  static func widened(half bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1 + fraction * 0x1p-10) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }

  /// The mapped bytes, to be hashed.
  func withBytes(_ body: (Data) -> Void) { body(data) }
}
