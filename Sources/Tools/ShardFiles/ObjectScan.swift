import PersonaRecords

/// One walk over one line. Every access is checked against `count` before it happens.
@safe struct ObjectScan {
  enum Outcome {
    case fields([JSONField])
    case noObject
    case broken
  }

  /// Valid for the length of the walk; its owner is the line the caller holds.
  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private var position = 0

  init(bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = bytes
    self.count = bytes.count
  }

  /// The byte at the position; 0 at the end, which no rule of JSON allows outside strings.
  private var current: UInt8 {
    // Safe: position < count.
    position < count ? unsafe bytes[position] : 0
  }

  mutating func run(keys: [[UInt8]]) -> Outcome {
    var fields = [JSONField](repeating: .absent, count: keys.count)
    let isObject = walk(keys) { scan, wanted in
      guard let field = scan.field() else { return false }
      fields[wanted] = field
      return true
    }
    return isObject.map { $0 ? .fields(fields) : .noObject } ?? .broken
  }

  /// True when the line is an object, false when it is something else, nil when it is broken.
  mutating func findPlaces(keys: [[UInt8]], into places: inout [JSONPlace]) -> Bool? {
    walk(keys) { scan, wanted in
      guard let place = scan.place() else { return false }
      places[wanted] = place
      return true
    }
  }

  /// Walks over the line's object.
  /// - Parameter take: walks over a value whose key is wanted, by the key's number; false when it is broken.
  /// - Returns: true when the line is an object, false when it is something else, nil when it is broken.
  @inline(__always)
  private mutating func walk(_ keys: [[UInt8]], _ take: (inout ObjectScan, _ wanted: Int) -> Bool) -> Bool? {
    skipWhitespace()
    guard current == UInt8(ascii: "{") else { return false }
    position += 1
    skipWhitespace()
    if current == UInt8(ascii: "}") {
      position += 1
    } else {
      while true {
        skipWhitespace()
        guard current == UInt8(ascii: "\""), let key = skipString() else { return nil }
        let wanted = slot(of: key, in: keys)
        skipWhitespace()
        guard current == UInt8(ascii: ":") else { return nil }
        position += 1
        skipWhitespace()
        if let wanted {
          guard take(&self, wanted) else { return nil }
        } else {
          guard skipValue(depth: 1) else { return nil }
        }
        skipWhitespace()
        let byte = current
        position += 1
        if byte == UInt8(ascii: "}") { break }
        guard byte == UInt8(ascii: ",") else { return nil }
      }
    }
    skipWhitespace()
    return position == count ? true : nil
  }

  private mutating func place() -> JSONPlace? {
    let start = position
    switch current {
    case UInt8(ascii: "\""):
      guard let stretch = skipString() else { return nil }
      return .string(stretch.start..<stretch.end, hasEscapes: stretch.hasEscapes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return skipNumber() ? .number(start..<position) : nil
    default: return skipValue(depth: 1) ? .other : nil
    }
  }

  /// A string between its quotes, and whether escapes stand in it.
  private struct Stretch {
    let start: Int
    let end: Int
    let hasEscapes: Bool
  }

  private func slot(of key: Stretch, in keys: [[UInt8]]) -> Int? {
    if key.hasEscapes {
      guard let text = text(of: key) else { return nil }
      return keys.firstIndex { $0.elementsEqual(text.utf8) }
    }
    let length = key.end - key.start
    return keys.firstIndex { wanted in
      // Safe: the stretch lies inside the line.
      unsafe wanted.count == length && bytes[key.start..<key.end].elementsEqual(wanted)
    }
  }

  private mutating func field() -> JSONField? {
    switch current {
    case UInt8(ascii: "\""):
      guard let stretch = skipString(validates: false) else { return nil }
      return text(of: stretch).map(JSONField.string)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let start = position
      guard skipNumber() else { return nil }
      // Safe: the number lies inside the line.
      return .number(unsafe String(decoding: bytes[start..<position], as: UTF8.self))
    case UInt8(ascii: "{"): return skipValue(depth: 1) ? .other(kindName: "an object") : nil
    case UInt8(ascii: "["): return skipValue(depth: 1) ? .other(kindName: "an array") : nil
    case UInt8(ascii: "n"): return skipValue(depth: 1) ? .other(kindName: "null") : nil
    default: return skipValue(depth: 1) ? .other(kindName: "true or false") : nil
    }
  }

  /// The text of a string; nil when it is not valid.
  private func text(of stretch: Stretch) -> String? {
    // Safe: the stretch lies inside the line.
    let inside = unsafe UnsafeRawBufferPointer(rebasing: bytes[stretch.start..<stretch.end])
    guard stretch.hasEscapes else { return unsafe Self.string(inside) }
    return unsafe withUnsafeTemporaryAllocation(byteCount: inside.count, alignment: 1) { room in
      guard let length = unsafe JSONEscapes.unescape(inside, into: room) else { return nil }
      // Safe: unescape wrote `length` bytes.
      return unsafe Self.string(UnsafeRawBufferPointer(rebasing: room[..<length]))
    }
  }

  private static func string(_ bytes: UnsafeRawBufferPointer) -> String? {
    unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe String(validating: $0, as: UTF8.self) }
  }

  private mutating func skipWhitespace() {
    while position < count {
      // Safe: position < count.
      let byte = unsafe bytes[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  /// Passes over a string that begins at the position; nil when it is broken.
  /// - Parameter validates: false leaves UTF-8 and escapes to `text(of:)`.
  private mutating func skipString(validates: Bool = true) -> Stretch? {
    position += 1
    let start = position
    var hasEscapes = false
    var isASCII = true
    while true {
      position += plainCount(isASCII: &isASCII)
      guard position < count else { return nil }
      // Safe: position < count.
      let byte = unsafe bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\") else { return nil }
      hasEscapes = true
      position += 2
    }
    let stretch = Stretch(start: start, end: position, hasEscapes: hasEscapes)
    position += 1
    if validates && (hasEscapes || !isASCII) && text(of: stretch) == nil { return nil }
    return stretch
  }

  /// How many bytes from the position on are neither quote, backslash nor control characters.
  ///
  /// Eight bytes at a time: a byte is below `n`, or equal to `q`, exactly when the well-known subtraction carries into its
  /// high bit; bytes from 0x80 on never count, because `~word` masks them out. A carry out of a found byte can only mark
  /// bytes behind it, and only the first mark is used.
  private func plainCount(isASCII: inout Bool) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var place = position
    var seen: UInt64 = 0
    while place + 8 <= count {
      // Safe: place + 8 ≤ count.
      let word = UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let marks =
        (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | ((word &- ones &* 0x20) & ~word)) & highs
      if marks != 0 {
        let plain = marks.trailingZeroBitCount / 8
        if word & highs & ((1 << UInt64(plain * 8)) &- 1) != 0 { isASCII = false }
        if seen & highs != 0 { isASCII = false }
        return place + plain - position
      }
      seen |= word
      place += 8
    }
    if seen & highs != 0 { isASCII = false }
    while place < count {
      // Safe: place < count.
      let byte = unsafe bytes[place]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      if byte >= 0x80 { isASCII = false }
      place += 1
    }
    return place - position
  }

  private mutating func skipNumber() -> Bool {
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") {
      position += 1
    } else {
      guard skipDigits() else { return false }
    }
    if current == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() else { return false }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() else { return false }
    }
    return true
  }

  private mutating func skipDigits() -> Bool {
    let start = position
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = current { position += 1 }
    return position > start
  }

  private mutating func skipWord(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard position + length <= count else { return false }
    // Safe: both ranges are `length` bytes long and inside their texts.
    guard
      unsafe bytes[position..<position + length].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: length))
    else { return false }
    position += length
    return true
  }

  /// Passes over the value at the position. `depth` counts as in `JSONParser`, whose limit holds here too.
  private mutating func skipValue(depth: Int) -> Bool {
    guard depth < JSONParser<[UInt8]>.maximumDepth else { return false }
    switch current {
    case UInt8(ascii: "\""): return skipString() != nil
    case UInt8(ascii: "t"): return skipWord("true")
    case UInt8(ascii: "f"): return skipWord("false")
    case UInt8(ascii: "n"): return skipWord("null")
    case UInt8(ascii: "["), UInt8(ascii: "{"): return skipContainer(depth: depth)
    default: return skipNumber()
    }
  }

  private mutating func skipContainer(depth: Int) -> Bool {
    let isObject = current == UInt8(ascii: "{")
    let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    position += 1
    skipWhitespace()
    if current == close {
      position += 1
      return true
    }
    while true {
      skipWhitespace()
      if isObject {
        guard current == UInt8(ascii: "\""), skipString() != nil else { return false }
        skipWhitespace()
        guard current == UInt8(ascii: ":") else { return false }
        position += 1
        skipWhitespace()
      }
      guard skipValue(depth: depth + 1) else { return false }
      skipWhitespace()
      let byte = current
      position += 1
      if byte == close { return true }
      guard byte == UInt8(ascii: ",") else { return false }
    }
  }
}
