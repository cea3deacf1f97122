import Foundation

/// Vectors as the text of a reply: base64 of 32-bit floats, little-endian, row after row.
///
/// So the reply store, the scheduler and the run engine take them for what they know, and every bit is kept: a third of
/// the bytes that decimal numbers would need.
package enum PackedVectors {
  /// - Parameter numbers: row-major, `count` × `dimension`.
  package static func text(_ numbers: [Float]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(numbers.count * 4)
    for number in numbers {
      let bits = number.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    return Data(bytes).base64EncodedString()
  }

  /// The numbers of a text; nil where it is no base64, or no whole number of floats.
  package static func numbers(in text: String) -> [Float]? {
    guard let data = Data(base64Encoded: text), data.count.isMultiple(of: 4) else { return nil }
    let bytes = [UInt8](data)
    return stride(from: 0, to: bytes.count, by: 4).map { place in
      Float(
        bitPattern: UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
          | UInt32(bytes[place + 3]) << 24)
    }
  }

  /// How many numbers a text of ours holds, without reading them.
  package static func numberCount(in text: String) -> Int {
    let padding = text.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
    return (text.utf8.count / 4 * 3 - padding) / 4
  }
}
