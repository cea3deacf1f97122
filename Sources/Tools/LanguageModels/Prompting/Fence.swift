/// Puts a text of unknown origin between tags that it cannot close.
///
/// A text that says `</text>` would otherwise end where its writer wants, and go on as if we spoke. Whatever looks like
/// the tag, opening or closing, in any case, with spaces, attributes, invisible characters or full-width letters, loses
/// its bracket to `‹`; all else stays as it is.
///
/// - Parameter tag: ASCII letters, digits and hyphens.
/// - Returns: the tag, a line break, the text, a line break, the closing tag.
package func fenced(_ text: String, tag: String = "text") -> String {
  "<\(tag)>\n\(Fence.neutralise(text, tag: tag))\n</\(tag)>"
}

/// The text with a bracket of the tag's form, opening or closing, made harmless: for a text that stands between such tags
/// among others.
package func withoutTag(_ tag: String, in text: String) -> String { Fence.neutralise(text, tag: tag) }

enum Fence {
  static func neutralise(_ text: String, tag: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let name = Array(tag.lowercased().unicodeScalars)
    guard scalars.contains(where: isBracket) else { return text }
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      result.append(isBracket(scalar) && looksLikeTag(scalars[(place + 1)...], name: name) ? "‹" : scalar)
    }
    return String(result)
  }

  /// Whether optional blanks, slashes and then the name stand here, and the name ends there.
  private static func looksLikeTag(_ rest: ArraySlice<Unicode.Scalar>, name: [Unicode.Scalar]) -> Bool {
    var matched = 0
    for scalar in rest {
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      let letter = plain(scalar)
      if matched == name.count { return !letter.properties.isAlphabetic && !("0"..."9").contains(letter) }
      if matched == 0, letter.properties.isWhitespace || letter == "\\" || isSlash(letter) || isBracket(scalar) {
        continue
      }
      guard letter == name[matched] else { return false }
      matched += 1
    }
    return matched == name.count
  }

  /// Full-width forms as ASCII, and ASCII in lower case.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    var code = scalar.value
    if (0xFF01...0xFF5E).contains(code) { code -= 0xFEE0 }
    if (0x41...0x5A).contains(code) { code += 0x20 }
    return Unicode.Scalar(code) ?? scalar
  }

  private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "<" || scalar == "\u{FF1C}" || scalar == "\u{FE64}" || scalar == "\u{3008}" || scalar == "\u{2329}"
  }

  private static func isSlash(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "/" || scalar == "\u{2044}" || scalar == "\u{2215}"
  }
}
