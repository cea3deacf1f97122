import Foundation

/// Turns bytes into text by the character set that a page or a file says it has.
enum TextEncoding {
  /// The order mark's character set and the bytes behind it; nil when there is no UTF-16 order mark.
  static func utf16(_ bytes: ArraySlice<UInt8>) -> (charset: String, rest: ArraySlice<UInt8>)? {
    if bytes.starts(with: [0xFF, 0xFE]) { return ("utf-16le", bytes.dropFirst(2)) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("utf-16be", bytes.dropFirst(2)) }
    return nil
  }

  /// The text; nil when the bytes are not valid in that character set, or it is not known here.
  static func string(_ bytes: ArraySlice<UInt8>, _ charset: String) -> String? {
    switch charset.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "utf8", "usascii", "ascii", "": String(validating: bytes, as: UTF8.self)
    case "iso88591", "latin1", "windows1252", "cp1252": windows1252(bytes)
    case "utf16le": utf16(bytes, littleEndian: true)
    case "utf16be": utf16(bytes, littleEndian: false)
    case "utf16": utf16(bytes).flatMap { string($0.rest, $0.charset) } ?? utf16(bytes, littleEndian: true)
    case let name: other(bytes, name)
    }
  }

  /// Every byte is a character, as browsers read it: the five that the standard leaves open are control characters.
  static func windows1252(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      text.append((0x80..<0xA0).contains(byte) ? HTMLEntities.windows1252[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return String(text)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, littleEndian: Bool) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for place in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
      let pair = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      units.append(littleEndian ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1)
    }
    return String(validating: units, as: UTF16.self)
  }

  /// The character sets of the web that Foundation knows, by their names without punctuation.
  private static func other(_ bytes: ArraySlice<UInt8>, _ name: String) -> String? {
    let encoding: String.Encoding
    switch name {
    case "windows1251", "cp1251": encoding = .windowsCP1251
    case "windows1250", "cp1250": encoding = .windowsCP1250
    case "windows1253", "cp1253": encoding = .windowsCP1253
    case "windows1254", "cp1254", "iso88599": encoding = .windowsCP1254
    case "iso88592", "latin2": encoding = .isoLatin2
    case "shiftjis", "sjis", "xsjis", "windows31j": encoding = .shiftJIS
    case "eucjp": encoding = .japaneseEUC
    case "iso2022jp": encoding = .iso2022JP
    default: return nil
    }
    return String(data: Data(bytes), encoding: encoding)
  }

  /// How many bytes at the end begin a UTF-8 character that is cut off; 0 when none is.
  static func incompleteTail(_ bytes: ArraySlice<UInt8>) -> Int {
    var length = 0
    for byte in bytes.reversed().prefix(4) {
      length += 1
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > length ? length : 0
    }
    return 0
  }

  /// Offset of the first byte that makes UTF-8 invalid.
  static func firstInvalidByte(in bytes: ArraySlice<UInt8>) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var source = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &source) {
      case .valid(let scalar): offset += scalar.count
      case .error, .emptyInput: return offset
      }
    }
  }
}
