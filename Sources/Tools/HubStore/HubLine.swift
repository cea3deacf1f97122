import PersonaRecords
import ShardFiles

/// What can be read off a line of a hub without parsing it.
///
/// All lines of a hub are written by `JSONLine` with their keys in one order, so the id stands at a fixed place, and
/// all from `"origin":` on is a spelling of the origin that two lines share exactly when they state the same origin.
enum HubLine {
  private static let personaLead = Array(#"{"id":""#.utf8)
  private static let droppedLead = Array(#"{"verdict":{"id":""#.utf8)
  private static let originKey = Array(#","origin":{"#.utf8)

  /// Id of the persona a line speaks of; nil when no hub wrote this line.
  static func id(of line: ArraySlice<UInt8>, _ kind: HubManifest.Part.Kind) -> PersonaID? {
    let lead = kind == .dropped ? droppedLead : personaLead
    let start = line.startIndex + lead.count
    guard line.count > lead.count + 32, line.starts(with: lead), line[start + 32] == UInt8(ascii: "\"") else {
      return nil
    }
    guard let high = word(line[start..<start + 16]), let low = word(line[start + 16..<start + 32]) else { return nil }
    return PersonaID(high: high, low: low)
  }

  /// A hash of id, origin, iteration and model, equal for lines of any kind that state the same ones; nil when no hub
  /// wrote this line.
  ///
  /// The key is found by its spelling: `,"` with a bare quotation mark cannot stand inside a JSON string.
  static func originFingerprint(
    of line: ArraySlice<UInt8>, _ kind: HubManifest.Part.Kind, id: PersonaID
  ) -> UInt64? {
    guard let start = ByteSearch.first(originKey, in: line) else { return nil }
    // A dropped row closes one more object.
    let end = line.endIndex - (kind == .dropped ? 1 : 0)
    var hash = id.high ^ StableHash.mix(id.low)
    for byte in line[start..<max(start, end)] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return StableHash.mix(hash)
  }

  private static func word(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var word: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    return word
  }
}

extension PersonaID {
  /// The id as one number, for flat tables.
  var word: UInt128 { UInt128(high) << 64 | UInt128(low) }
}
