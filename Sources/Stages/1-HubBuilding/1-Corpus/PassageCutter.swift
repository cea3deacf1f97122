/// Cuts a text into passages at the ends of paragraphs, lines and sentences, and never inside a grapheme.
struct PassageCutter {
  /// The longest passage, in Unicode scalars.
  let maximum: Int
  /// The shortest; a last piece below it is not left over, the cut before it moves forward instead.
  let minimum: Int

  /// - Parameters:
  ///   - bytes: valid UTF-8 as `TextCleaner` leaves it.
  ///   - characterCount: Unicode scalars in `bytes`.
  ///   - count: passages wanted from the start; 0 for all.
  func passages(of bytes: [UInt8], characterCount: Int, count: Int) -> [String] {
    // Made only when a cut falls beside a character that is not ASCII.
    lazy var text = String(decoding: bytes, as: UTF8.self)
    func isBoundary(_ byte: Int) -> Bool {
      // Between two ASCII characters there is always one; CR LF, the exception, is not left by the cleaner.
      if byte < bytes.count && bytes[byte] < 0x80 && bytes[byte - 1] < 0x80 { return true }
      return String.Index(text.utf8.index(text.utf8.startIndex, offsetBy: byte), within: text) != nil
    }
    var result: [String] = []
    var rest = characterCount
    var start = 0
    var startOfLast = 0
    var startBefore = 0
    while start < bytes.count && (count == 0 || result.count < count) {
      let end = room(for: rest).map { cut(bytes, from: start, limit: $0, isBoundary: isBoundary) } ?? bytes.count
      if end < bytes.count { rest -= Self.scalarCount(bytes[start..<end]) }
      let piece = TextCleaner.trimmed(bytes[start..<end])
      if !piece.isEmpty {
        result.append(String(decoding: piece, as: UTF8.self))
        startBefore = startOfLast
        startOfLast = start
      }
      start = end
    }
    // The end of the text can still be short when the shortest is more than half of the longest.
    if start >= bytes.count, result.count > 1, Self.scalarCount(bytes[startOfLast...]) < minimum {
      result.removeLast(2)
      result.append(String(decoding: TextCleaner.trimmed(bytes[startBefore...]), as: UTF8.self))
    }
    return result
  }

  private struct Place {
    var byte = 0
    var count = 0
  }

  /// Where the passage that begins at `start` ends.
  private func cut(_ bytes: [UInt8], from start: Int, limit: Int, isBoundary: (Int) -> Bool) -> Int {
    var (paragraph, line, sentence, space, scalar) = (Place(), Place(), Place(), Place(), Place())
    var count = 0
    var place = start
    while place < bytes.count && count <= limit {
      let byte = bytes[place]
      if byte & 0xC0 != 0x80 {
        scalar = Place(byte: place, count: count)
        count += 1
      }
      switch byte {
      case 0x61...0x7A, 0x41...0x5A, 0x80...0xBF: break
      case 0x0A where place > start:
        line = Place(byte: place, count: count - 1)
        if bytes[place - 1] == 0x0A { paragraph = line }
      case 0x20: space = Place(byte: place, count: count - 1)
      default:
        if let end = SentenceEnds.end(in: bytes, at: place) {
          let after = count + bytes[(place + 1)..<end].count { $0 & 0xC0 != 0x80 }
          if after <= limit { sentence = Place(byte: end, count: after) }
        }
      }
      place += 1
    }
    // First what leaves the passage at least half full, then what leaves it long enough at all.
    for least in [limit / 2, max(1, minimum)] {
      for candidate in [paragraph, line, sentence] where candidate.count >= least {
        if isBoundary(candidate.byte) { return candidate.byte }
      }
    }
    if space.count >= max(1, minimum), isBoundary(space.byte) { return space.byte }
    var end = scalar.byte
    while end > start && !isBoundary(end) { end -= 1 }
    if end > start { return end }
    // One grapheme longer than a passage: it stays whole.
    end = scalar.byte + 1
    while end < bytes.count && !isBoundary(end) { end += 1 }
    return end
  }

  /// How many scalars the passage may take so that nothing too short is left; nil when all that is left fits.
  private func room(for rest: Int) -> Int? {
    if rest > maximum + minimum { return maximum }
    if rest <= maximum { return nil }
    return max(rest - minimum, min(maximum, (rest + 1) / 2))
  }

  /// Scalars in valid UTF-8: the bytes that do not continue one, counted eight at a time.
  static func scalarCount(_ bytes: ArraySlice<UInt8>) -> Int {
    unsafe bytes.withUnsafeBytes { raw in
      var continuing = 0
      var place = 0
      while place + 8 <= raw.count {
        // Safe: place + 8 ≤ count.
        let word = unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        // The high bit is set and the next one is not.
        continuing += (word & ~(word << 1) & 0x8080_8080_8080_8080).nonzeroBitCount
        place += 8
      }
      while place < raw.count {
        // Safe: place < count.
        if unsafe raw[place] & 0xC0 == 0x80 { continuing += 1 }
        place += 1
      }
      return raw.count - continuing
    }
  }
}

/// Knows where sentences end.
enum SentenceEnds {
  /// Length of the mark at `place` that ends a sentence by itself, in scripts that put no space behind it or have marks of
  /// their own: 。！？｡．؟۔।॥။።។…; 0 when there is none.
  private static func wideMark(in bytes: [UInt8], at place: Int) -> Int {
    guard place + 1 < bytes.count else { return 0 }
    let (first, second) = (bytes[place], bytes[place + 1])
    if first == 0xD8 { return second == 0x9F ? 2 : 0 }
    if first == 0xDB { return second == 0x94 ? 2 : 0 }
    guard place + 2 < bytes.count else { return 0 }
    switch (first, second, bytes[place + 2]) {
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xEF, 0xBC, 0x8E), (0xEF, 0xBD, 0xA1),
      (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5), (0xE1, 0x81, 0x8B), (0xE1, 0x8D, 0xA2), (0xE1, 0x9F, 0x94),
      (0xE2, 0x80, 0xA6):
      return 3
    default: return 0
    }
  }

  /// What may stand between the mark and the end: quotes and brackets.
  private static let closers: [[UInt8]] = ["」", "』", "”", "’", "»", "）", "》", "】"].map { Array($0.utf8) }

  /// The place behind the sentence whose mark stands at `place`; nil when no sentence ends there.
  static func end(in bytes: [UInt8], at place: Int) -> Int? {
    let byte = bytes[place]
    var end: Int
    var needsSpace = false
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      end = place + 1
      needsSpace = true
    case 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF:
      let length = wideMark(in: bytes, at: place)
      guard length > 0 else { return nil }
      end = place + length
    default: return nil
    }
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") || bytes[end] == UInt8(ascii: ")") {
        end += 1
      } else if bytes[end] >= 0x80, let closer = closers.first(where: { bytes[end...].starts(with: $0) }) {
        end += closer.count
      } else {
        break
      }
    }
    if needsSpace && end < bytes.count && bytes[end] > 0x20 { return nil }
    return end
  }
}
