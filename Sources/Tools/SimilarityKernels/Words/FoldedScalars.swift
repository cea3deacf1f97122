import Foundation

/// The code points of a text after NFKC and full case folding, with their properties, in buffers used again.
///
/// NFKC comes once more after folding, which can leave a letter and a mark that have a common code point, as `H` and a
/// macron below do. Most texts outside ASCII are in NFKC already: a table tells, so that Foundation is asked for odd texts
/// only.
struct FoldedScalars {
  private(set) var points: [UInt32] = []
  /// One for each of `points`.
  private(set) var properties: [ScalarProperties] = []
  private(set) var count = 0

  /// Reads a text. Broken UTF-8 reads as U+FFFD.
  mutating func read(_ bytes: borrowing Span<UInt8>, _ table: ScalarTable) {
    count = 0
    var mayNormalise = false
    var followsMark = false
    var place = 0
    while place < bytes.count {
      let point = Self.decode(bytes, &place)
      let properties = table[point]
      mayNormalise = mayNormalise || properties.mayNormalise || (followsMark && properties.isMark)
      followsMark = properties.isMark
      if properties.folds {
        for folded in table.folding(of: point) {
          let properties = table[folded]
          mayNormalise = mayNormalise || properties.mayNormalise
          followsMark = properties.isMark
          store(folded, properties)
        }
      } else {
        store(point, properties)
      }
    }
    if mayNormalise { normalise(bytes, table) }
  }

  private mutating func store(_ point: UInt32, _ properties: ScalarProperties) {
    if count == points.count {
      points.append(point)
      self.properties.append(properties)
    } else {
      points[count] = point
      self.properties[count] = properties
    }
    count += 1
  }

  /// The long way: NFKC, folding, NFKC.
  private mutating func normalise(_ bytes: borrowing Span<UInt8>, _ table: ScalarTable) {
    // Safe: the bytes are copied into the string before the closure ends.
    let text = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    var folded = String.UnicodeScalarView()
    for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
      guard table[scalar.value].folds else {
        folded.append(scalar)
        continue
      }
      for point in table.folding(of: scalar.value) {
        // Foldings of code points are code points: nothing is lost here.
        if let scalar = Unicode.Scalar(point) { folded.append(scalar) }
      }
    }
    count = 0
    for scalar in String(folded).precomposedStringWithCompatibilityMapping.unicodeScalars {
      store(scalar.value, table[scalar.value])
    }
  }

  /// The code point at `place`, which moves behind it.
  private static func decode(_ bytes: borrowing Span<UInt8>, _ place: inout Int) -> UInt32 {
    let first = bytes[place]
    place += 1
    guard first >= 0x80 else { return UInt32(first) }
    let length = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    guard first >= 0xC2 && first <= 0xF4 && place + length <= bytes.count else { return 0xFFFD }
    var point = UInt32(first) & (0x3F >> UInt32(length))
    for offset in 0..<length {
      let byte = bytes[place + offset]
      guard byte & 0xC0 == 0x80 else { return 0xFFFD }
      point = point << 6 | UInt32(byte & 0x3F)
    }
    let isLongForm = point < (length == 3 ? 0x1_0000 : length == 2 ? 0x800 : 0x80)
    guard !isLongForm && point <= 0x10_FFFF && point & 0x1F_F800 != 0xD800 else { return 0xFFFD }
    place += length
    return point
  }
}
