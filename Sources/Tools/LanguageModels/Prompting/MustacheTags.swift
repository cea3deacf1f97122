import PersonaRecords

/// Finds the variables of a template with their lines, before Mustache sees it.
///
/// Mustache renders a misspelt variable as nothing, and a prompt without its text still gets an answer: so every name is
/// checked, and whatever Mustache would read beyond variables and sections is refused here.
enum MustacheTags {
  struct Tag: Equatable {
    let name: String
    let line: Int
  }

  static func read(_ text: String, firstLine: Int, file: String?) throws(Problem) -> [Tag] {
    let bytes = Array(text.utf8)
    var tags: [Tag] = []
    var line = firstLine
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x0A { line += 1 }
      guard bytes[place] == UInt8(ascii: "{"), place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "{") else {
        place += 1
        continue
      }
      let at = Problem.Place(file: file, line: line)
      let start = place + 2
      var end = start
      while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "}") && bytes[end + 1] == UInt8(ascii: "}")) {
        end += 1
      }
      guard end + 1 < bytes.count else {
        throw Problem("a tag begins with {{ and has no }}", at: at, advice: "close it", consequence: .wrongUsage)
      }
      line += bytes[start..<end].count { $0 == 0x0A }
      place = end + 2
      var inside = bytes[start..<end]
      if inside.first == UInt8(ascii: "!") { continue }
      if inside.first == UInt8(ascii: "{") {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "}") else {
          throw Problem(
            "a tag begins with {{{ and ends with }}", at: at, advice: "write {{name}}", consequence: .wrongUsage)
        }
        place += 1
      }
      if let sigil = inside.first, "#^/&{".utf8.contains(sigil) { inside = inside.dropFirst() }
      let name = String(decoding: inside, as: UTF8.self).trimmingWhitespace()
      guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
        throw Problem(
          "the tag {{\(String(decoding: bytes[start..<end], as: UTF8.self).cut(to: 40))}} is none that a prompt may have",
          at: at, advice: "use {{name}}, {{#name}}…{{/name}}, {{^name}}…{{/name}} or {{! a comment}}",
          consequence: .wrongUsage)
      }
      tags.append(Tag(name: name, line: at.line ?? line))
    }
    return tags
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
