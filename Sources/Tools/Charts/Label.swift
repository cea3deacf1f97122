/// Fits labels into drawings, which cannot break or shorten a line themselves.
enum Label {
  /// Rough width in units of half an em: East Asian characters and pictures count two, marks none.
  static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  /// The start of the text on one line, at most `limit` units wide.
  static func shortened(_ text: String, to limit: Int) -> String {
    var result = ""
    var used = 0
    for character in text {
      used += width(character)
      // One letter may carry any number of marks; a drawing needs only the first few.
      guard used <= limit else { return result + "…" }
      let shown = character.isWhitespace ? " " : character
      result.unicodeScalars.append(contentsOf: shown.unicodeScalars.prefix(12))
    }
    return result
  }

  /// Up to `lines` lines, broken at spaces.
  static func wrapped(_ text: String, to limit: Int, lines: Int) -> [String] {
    var result: [String] = []
    var rest = text.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    while let word = rest.popFirst() {
      if let last = result.last, width(last) + 1 + width(word) <= limit {
        result[result.count - 1] += " " + word
      } else if result.count < lines {
        result.append(word)
      } else {
        result[result.count - 1] += " " + ([word] + rest).joined(separator: " ")
        break
      }
    }
    return result.map { shortened($0, to: limit) }
  }

  private static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }
}
