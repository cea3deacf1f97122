import PersonaRecords

/// A page as it came from the web, as text that a person can read.
enum WebPage {
  /// - Parameters:
  ///   - bytes: the page, unpacked.
  ///   - statedCharset: what the server says; `""` when it says nothing.
  ///   - isHTML: false for plain text.
  ///   - isTruncated: the page was cut off on purpose, so a torn last character is no fault.
  static func text(
    of bytes: ArraySlice<UInt8>, statedCharset: String, isHTML: Bool, isTruncated: Bool
  ) -> Result<String, Refusal> {
    let decoded: String
    if let sixteen = TextEncoding.utf16(bytes) {
      guard let text = TextEncoding.string(sixteen.rest, sixteen.charset) else {
        return .failure(Refusal(reason: "invalid UTF-16 in this page"))
      }
      decoded = text
    } else {
      var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
      let charset = statedCharset.isEmpty ? (isHTML ? charsetInPage(rest.prefix(4096)) : "") : statedCharset
      let isSixteen = charset.lowercased().hasPrefix("utf-16") && rest.prefix(64).contains(0)
      if !isSixteen && rest.contains(0) { return .failure(Refusal(reason: "NUL bytes in this page: it is no text")) }
      if isTruncated { rest = rest.dropLast(TextEncoding.incompleteTail(rest)) }
      // Many pages are UTF-8 whatever they say, and hardly any other text is valid UTF-8 by chance.
      if !isSixteen, let text = String(validating: rest, as: UTF8.self) {
        decoded = text
      } else if charset.isEmpty {
        decoded = TextEncoding.windows1252(rest)
      } else if let text = TextEncoding.string(rest, charset) {
        decoded = text
      } else {
        let isUnicode = charset.lowercased().hasPrefix("utf")
        let reason =
          isUnicode
          ? "invalid \(charset.uppercased()) in this page" : "the character set \(charset.cut(to: 40)) is not read here"
        return .failure(Refusal(reason: reason))
      }
    }
    return .success(isHTML ? readableText(Array(decoded.utf8)) : decoded)
  }

  /// The text of the page without its furniture; where little is left without it, with.
  static func readableText(_ html: [UInt8]) -> String {
    let text = HTMLText(html, dropsFurniture: true).text()
    if text.utf8.count >= 200 { return text }
    let whole = HTMLText(html, dropsFurniture: false).text()
    return whole.utf8.count > text.utf8.count ? whole : text
  }

  /// What `<meta charset=…>` or `<meta http-equiv … content="…; charset=…">` says.
  static func charsetInPage(_ start: ArraySlice<UInt8>) -> String {
    let head = String(decoding: start, as: UTF8.self).lowercased()
    for meta in head.split(separator: "<meta").dropFirst() {
      let tag = meta.prefix { $0 != ">" }
      guard let place = tag.firstRange(of: "charset=") else { continue }
      let value = tag[place.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
      return String(value.prefix { $0.isLetter || $0.isNumber || "-_:".contains($0) })
    }
    return ""
  }
}
