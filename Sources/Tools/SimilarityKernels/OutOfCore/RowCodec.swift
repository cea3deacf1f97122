/// Packs word sets for the disk: two bytes for a word of the dictionary, nine for any other, and one for the size of the row.
///
/// The dictionary holds up to 32,768 words that came first, which in texts are most of those that come again. A persona of
/// 14 words takes about 45 bytes instead of 112.
package struct RowCodec: Sendable, Equatable {
  /// By code.
  package private(set) var dictionary: [UInt64] = []
  /// By 16 bits of the word: its code plus 1, if it is in the dictionary.
  private var codes = [UInt16](repeating: 0, count: 1 << 16)
  private static let limit = 1 << 15

  package init() {}

  /// A codec with the dictionary of another one.
  package init(dictionary: [UInt64]) {
    for word in dictionary { learn(word) }
  }

  private static func cell(of word: UInt64) -> Int { Int(truncatingIfNeeded: word >> 40 & 0xFFFF) }

  /// Takes a word into the dictionary, unless it is full or another word has its place.
  package mutating func learn(_ word: UInt64) {
    let cell = Self.cell(of: word)
    guard codes[cell] == 0, dictionary.count < Self.limit else { return }
    dictionary.append(word)
    codes[cell] = UInt16(dictionary.count)
  }

  /// Appends a row.
  package func encode(_ row: ArraySlice<UInt64>, to bytes: inout [UInt8]) {
    var size = row.count
    while size >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: size) | 0x80)
      size >>= 7
    }
    bytes.append(UInt8(size))
    for word in row {
      let code = codes[Self.cell(of: word)]
      if code != 0 && dictionary[Int(code) - 1] == word {
        bytes.append(UInt8(truncatingIfNeeded: (code - 1) >> 8))
        bytes.append(UInt8(truncatingIfNeeded: code - 1))
      } else {
        // 0x80 tells it from a code; the 64 bits follow.
        bytes.append(0x80)
        for shift in stride(from: 56 as UInt64, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
      }
    }
  }

  /// Reads the row at `place` into the front of `row`, which grows as needed, and moves `place` behind it.
  /// - Returns: the words of the row; nil when the bytes break off.
  package func decode(_ bytes: [UInt8], at place: inout Int, into row: inout [UInt64]) -> Int? {
    guard let size = Self.size(bytes, at: &place), size <= bytes.count else { return nil }
    if row.count < size { row = [UInt64](repeating: 0, count: size * 2) }
    let bytes = bytes.span
    let dictionary = dictionary.span
    var row = row.mutableSpan
    var from = place
    for number in 0..<size {
      guard from + 1 < bytes.count else { return nil }
      if bytes[from] & 0x80 == 0 {
        let code = Int(bytes[from]) << 8 | Int(bytes[from + 1])
        guard code < dictionary.count else { return nil }
        row[number] = dictionary[code]
        from += 2
      } else {
        guard from + 8 < bytes.count else { return nil }
        // Safe: eight bytes follow, as was just made sure.
        let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: from + 1, as: UInt64.self)
        row[number] = UInt64(bigEndian: word)
        from += 9
      }
    }
    place = from
    return size
  }

  private static func size(_ bytes: [UInt8], at place: inout Int) -> Int? {
    var size = 0
    var shift = 0
    while place < bytes.count && shift < 42 {
      let byte = bytes[place]
      place += 1
      size |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return size }
      shift += 7
    }
    return nil
  }
}
