/// `control-characters`: what no description needs and what can harm whoever shows it.
///
/// Right-to-left and left-to-right *marks* (U+200E, U+200F, U+061C) and the joiners are part of ordinary Arabic, Hebrew,
/// Persian and Indian text and stay; embeddings, overrides and isolates, which turn the order of what follows, do not.
enum ControlCharactersRule {
  static func isBroken(by reading: PersonaReading) -> Bool {
    if reading.signs.contains(.control) { return true }
    guard reading.signs.contains(.beyondASCII) else { return false }
    let bytes = reading.original
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        position += 1
        continue
      }
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard position + length <= bytes.count else { return true }
      switch byte {
      // U+0080…U+009F, but for U+0085, a line end.
      case 0xC2 where bytes[position + 1] < 0xA0: if bytes[position + 1] != 0x85 { return true }
      // U+202A…U+202E and U+2066…U+206F.
      case 0xE2 where bytes[position + 1] == 0x80: if (0xAA...0xAE).contains(bytes[position + 2]) { return true }
      case 0xE2 where bytes[position + 1] == 0x81: if (0xA6...0xAF).contains(bytes[position + 2]) { return true }
      // The private-use area U+E000…U+F8FF, and U+FFF0…U+FFFF but for the replacement character (that is `garbled`).
      case 0xEE: return true
      case 0xEF where bytes[position + 1] < 0xA4: return true
      case 0xEF where bytes[position + 1] == 0xBF:
        if bytes[position + 2] >= 0xB0 && bytes[position + 2] != 0xBD { return true }
      case 0xF0...0xF7: if isUnassigned(bytes[position..<(position + 4)]) { return true }
      default: break
      }
      position += length
    }
    return false
  }

  /// Beyond the basic plane there are few characters in a description, so the slow and exact way may be taken.
  private static func isUnassigned(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return true }
    switch scalar.properties.generalCategory {
    case .unassigned, .privateUse, .control, .surrogate: return true
    default: return false
    }
  }
}
