/// Cuts somebody's text to a size a page can bear.
package enum Excerpt {
  /// Marks on one letter beyond which the rest is left out: stacked higher, they would cover the lines around.
  package static let marksPerLetter = 6

  /// At most `limit` characters, ended at a word where that costs little; line breaks are kept, empty lines are not.
  package static func of(_ text: String, limit: Int) -> String {
    var lines: [String] = []
    var left = limit
    // One character may be made of any number of scalars; this bounds the work on a text of any size.
    let start = String(text.unicodeScalars.prefix(limit * 16))
    for line in start.split(whereSeparator: \.isNewline) {
      let clean = calm(line)
      guard !clean.isEmpty else { continue }
      guard clean.count <= left else {
        lines.append(cut(clean, to: left))
        return lines.joined(separator: "\n")
      }
      lines.append(clean)
      left -= clean.count
    }
    return lines.joined(separator: "\n")
  }

  private static func cut(_ line: String, to limit: Int) -> String {
    let start = line.prefix(limit)
    let tail = start.suffix(24)
    if let space = tail.lastIndex(where: \.isWhitespace) {
      return String(start[..<space]) + " …"
    }
    return start + "…"
  }

  /// One line without white space at its ends and with few marks per letter.
  private static func calm(_ line: Substring) -> String {
    var result = String.UnicodeScalarView()
    var marks = 0
    for scalar in line.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: marks += 1
      default: marks = 0
      }
      if marks <= marksPerLetter { result.append(scalar) }
    }
    let start = result.firstIndex { !$0.properties.isWhitespace } ?? result.endIndex
    let end = result.lastIndex { !$0.properties.isWhitespace }.map(result.index(after:)) ?? result.endIndex
    return String(result[start..<end])
  }
}
