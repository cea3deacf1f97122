/// One thing that stands in a page.
enum HTMLToken {
  /// Text, with references still in it.
  case text(ArraySlice<UInt8>)
  case open(HTMLTag)
  case close(name: String)
}

struct HTMLTag {
  let name: String
  /// The bytes behind the name, up to `>`.
  let attributes: ArraySlice<UInt8>

  /// The value of an attribute, in lower case; `""` when it has none, nil when it does not stand there.
  func attribute(_ wanted: String) -> String? {
    var rest = attributes
    while true {
      rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "/") }
      guard !rest.isEmpty else { return nil }
      let name = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
      rest = rest[name.endIndex...].drop { $0 <= 0x20 }
      var value: ArraySlice<UInt8> = []
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst().drop { $0 <= 0x20 }
        if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
          value = rest.dropFirst().prefix { $0 != quote }
          rest = rest[value.endIndex...].dropFirst()
        } else {
          value = rest.prefix { $0 > 0x20 }
          rest = rest[value.endIndex...]
        }
      } else if name.isEmpty {
        rest = rest.dropFirst()
      }
      if name.count == wanted.utf8.count, String(decoding: name, as: UTF8.self).lowercased() == wanted {
        return String(decoding: value, as: UTF8.self).lowercased()
      }
    }
  }
}

/// Cuts a page into tags and text, as leniently as browsers do: any bytes give some tokens.
struct HTMLTokens {
  /// Elements whose inside is not markup: it ends at their closing tag and nowhere else.
  static let rawElements: Set<String> = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
  ]

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func next() -> HTMLToken? {
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else { return .text(takeText()) }
      let after = place + 1 < bytes.count ? bytes[place + 1] : 0
      if after == UInt8(ascii: "!") || after == UInt8(ascii: "?") {
        skipDeclaration()
      } else if after == UInt8(ascii: "/"), place + 2 < bytes.count, Self.isLetter(bytes[place + 2]) {
        place += 2
        let name = takeName()
        skipToTagEnd()
        return .close(name: name)
      } else if Self.isLetter(after) {
        place += 1
        let name = takeName()
        let start = place
        let end = skipToTagEnd()
        return .open(HTMLTag(name: name, attributes: bytes[start..<max(start, end)]))
      } else {
        // A lone `<` is text.
        let start = place
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        return .text(bytes[start..<place])
      }
    }
    return nil
  }

  /// Passes over the inside of a raw element and its closing tag.
  mutating func skipRawElement(_ name: String) {
    let letters = Array(name.utf8)
    while place < bytes.count {
      guard let open = bytes[place...].firstIndex(of: UInt8(ascii: "<")) else {
        place = bytes.count
        return
      }
      place = open + 1
      let end = open + 2 + letters.count
      guard end <= bytes.count, bytes[open + 1] == UInt8(ascii: "/") else { continue }
      if zip(bytes[(open + 2)..<end], letters).allSatisfy({ $0 | 0x20 == $1 }) {
        place = end
        skipToTagEnd()
        return
      }
    }
  }

  private mutating func takeText() -> ArraySlice<UInt8> {
    let start = place
    place = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    return bytes[start..<place]
  }

  private mutating func takeName() -> String {
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      if byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") { break }
      place += 1
    }
    return String(decoding: bytes[start..<min(place, start + 40)], as: UTF8.self).lowercased()
  }

  /// Leaves the place behind `>`; quotes may hold one. Returns where the attributes end.
  @discardableResult
  private mutating func skipToTagEnd() -> Int {
    var quote: UInt8 = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return place - 1
      } else if (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")) && place >= 2
        && bytes[place - 2] == UInt8(ascii: "=")
      {
        quote = byte
      }
    }
    return place
  }

  private mutating func skipDeclaration() {
    if bytes[place...].starts(with: "<!--".utf8) {
      place += 4
      while place < bytes.count {
        guard let dash = bytes[place...].firstIndex(of: UInt8(ascii: "-")) else { break }
        place = dash
        if bytes[place...].starts(with: "-->".utf8) {
          place += 3
          return
        }
        place += 1
      }
      place = bytes.count
    } else {
      while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
      place = min(place + 1, bytes.count)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }
}
