/// What stands between two words, and where sentences and clauses begin and end.
extension QuotationReader {
  enum Gap {
    /// The phrase goes on.
    case none
    case comma, semicolon, colon, dash
    /// A sentence ends.
    case stop
    case lineEnd
    /// Brackets, quotation marks, signs: nothing goes across them.
    case wall
    /// An abbreviation, or a place where something is missing: nothing ends there either.
    case lost
  }

  /// - Parameter place: the gap behind this token.
  func readGap(_ place: Int) -> Gap {
    let bytes = scan.bytes
    var at = Int(scan.tokens[place].end)
    let end = place + 1 < scan.tokens.count ? Int(scan.tokens[place + 1].start) : bytes.count
    // The possessive ending is no part of a token.
    if at + 1 < bytes.count, bytes[at] == 0x27, bytes[at + 1] | 0x20 == 0x73 { at += 2 }
    if at < end, bytes[at] == 0x27, bytes[at - 1] | 0x20 == 0x73 { at += 1 }
    var found = Gap.none
    while at < end {
      switch bytes[at] {
      case 0x20, 0x09: break
      case 0x0A:
        if found == .none || found == .comma {
          if !isWrapped(at, before: place + 1) {
            // Behind a line of a conversation somebody else speaks.
            let next = place + 1 < scan.tokens.count ? scan.tokens[place + 1] : nil
            return found == .comma ? .lost : next.map { $0.isFrame && speaks(place + 1) } ?? false ? .stop : .lineEnd
          }
        } else {
          return found
        }
      case 0x2C where found == .none: found = .comma
      case 0x3B where found == .none: found = .semicolon
      case 0x3A where found == .none && (at + 1 >= bytes.count || bytes[at + 1] == 0x20 || bytes[at + 1] == 0x0A):
        found = .colon
      case 0x2D where found == .none && bytes[at - 1] == 0x20: found = .dash
      case 0x2D where found == .dash: break
      case 0x2E, 0x21, 0x3F:
        guard found == .none else { return .lost }
        if bytes[at] == 0x2E, isAbbreviation(place) { return .lost }
        if at + 1 < bytes.count, bytes[at + 1] == bytes[at], bytes[at] == 0x2E { return .lost }
        guard at + 1 < bytes.count else { return .stop }
        switch bytes[at + 1] {
        case 0x20, 0x0A, 0x22, 0x27, 0x29, 0x21, 0x3F: return .stop
        default: return .lost
        }
      case 0x22 where found == .comma && bytes[at - 1] == 0x2C: return .stop
      case 0x27 where found == .none: break
      case 0x26, 0x24, 0x25: break
      case 0x28 where found == .none && bytes[at - 1] == 0x20: return .wall
      default: return .lost
      }
      at += 1
    }
    if place + 1 == scan.tokens.count { return found == .none ? .lineEnd : found }
    return found
  }

  /// Whether a line's end is only where the line was full: a long line, and the next word in small letters.
  func isWrapped(_ newline: Int, before place: Int) -> Bool {
    guard place < scan.tokens.count, !scan.tokens[place].isCapitalised, !scan.tokens[place].isNumber else {
      return false
    }
    if newline + 1 < scan.bytes.count, scan.bytes[newline + 1] == 0x0A || scan.bytes[newline + 1] == 0x2D {
      return false
    }
    var start = newline
    while start > 0, scan.bytes[start - 1] != 0x0A { start -= 1 }
    return newline - start >= 40
  }

  /// "Anna:", "Teen girl #1:".
  func speaks(_ place: Int) -> Bool {
    scan.tokens[place...].prefix(4).contains {
      $0.isFrame && Int($0.end) < scan.bytes.count && scan.bytes[Int($0.end)] == 0x3A
    }
  }

  /// "Mr.", "U.S.", "et al.": a full stop that ends no sentence.
  func isAbbreviation(_ place: Int) -> Bool {
    let token = scan.tokens[place]
    if token.end - token.start < 2, scan.bytes[Int(token.start)] >= 0x41, token.hash != Self.i { return true }
    return Self.abbreviations.contains(token.hash) || token.classes.contains(.honorific)
  }

  /// Whether a sentence of the text begins with this token.
  func opens(_ place: Int) -> Bool {
    let token = scan.tokens[place]
    guard !token.isFrame, !token.isNumber || token.hash == Self.i || token.hash == Self.a else { return false }
    let isSaid = place > 0 && scan.tokens[place - 1].isFrame && scan.bytes[Int(scan.tokens[place - 1].end)] == 0x3A
    guard token.isCapitalised || isWithoutCapitals || isSaid else { return false }
    // "Introduction Every task needs energy": the heading is no part of the sentence.
    if Self.headings.contains(token.hash), place + 1 < scan.tokens.count, scan.tokens[place + 1].isCapitalised {
      return false
    }
    if place > 0, Self.headings.contains(scan.tokens[place - 1].hash), scan.tokens[place - 1].isCapitalised,
      token.isCapitalised, place - 1 == firstOwn || scan.tokens[place - 1].startsSentence
    {
      return true
    }
    let start = Int(token.start)
    if start > 0, isGlued(start - 1) { return true }
    if start > 0, ![0x20, 0x0A, 0x22, 0x27].contains(scan.bytes[start - 1]) { return false }
    guard place > 0 else { return true }
    if place == firstOwn { return true }
    var isAfterQuotation = false
    var newlines = 0
    var at = start - 1
    while at >= Int(scan.tokens[place - 1].end) {
      switch scan.bytes[at] {
      case 0x20: break
      case 0x0A: newlines += 1
      case 0x22, 0x27:
        if isAfterQuotation { return false }
        isAfterQuotation = true
      case 0x2E, 0x21, 0x3F: return scan.bytes[at] != 0x2E || !isAbbreviation(place - 1)
      // A label: what follows stands by itself; a report behind its agency: "(AP) AP -".
      case 0x3A: return newlines > 0 || scan.tokens[place - 1].isFrame
      // Or behind the name of an entry, that comes again.
      case 0x2D:
        return scan.tokens[place - 1].isAllCapitals || token.hash == scan.tokens[firstOwn].hash && place - firstOwn < 8
      default: return false
      }
      at -= 1
    }
    // A heading, an empty line, or a short line before it.
    return newlines > 1 || newlines == 1 && isShortLine(before: start)
  }

  func isShortLine(before start: Int) -> Bool {
    var newline = start - 1
    while newline > 0, scan.bytes[newline] != 0x0A { newline -= 1 }
    var begin = newline
    while begin > 0, scan.bytes[begin - 1] != 0x0A { begin -= 1 }
    return newline - begin < 40
  }
}
