import PersonaRecords

/// Fills templates: `{k}` is a word of the persona's world, `[short|plain]` one of several ways to say it.
///
/// Alternatives may stand inside alternatives and may be empty. A slot that nobody knows stays as it stands, so that a
/// slip in a table shows in the first test that looks for braces.
struct Weaver {
  private(set) var slots: [String: String] = [:]

  subscript(slot: String) -> String {
    get { slots[slot] ?? "" }
    set { slots[slot] = newValue }
  }

  func fill(_ template: String, _ random: inout SeededRandom) -> String {
    let source = Array(template.utf8)
    var written: [UInt8] = []
    written.reserveCapacity(source.count * 2)
    write(source[...], to: &written, &random)
    return String(decoding: written, as: UTF8.self)
  }

  /// One of the templates, filled.
  func one(of templates: [String], _ random: inout SeededRandom) -> String {
    guard let template = random.pick(templates) else { return "" }
    return fill(template, &random)
  }

  /// Some of the templates in a new order, each filled.
  func some(_ count: Int, of templates: [String], _ random: inout SeededRandom) -> [String] {
    Self.drawn(count, of: templates, &random).map { fill($0, &random) }
  }

  /// `count` different elements in a random order; all of them where there are fewer.
  static func drawn<Element>(_ count: Int, of elements: [Element], _ random: inout SeededRandom) -> [Element] {
    var pool = elements
    var chosen: [Element] = []
    while chosen.count < count, !pool.isEmpty { chosen.append(pool.remove(at: random.below(pool.count))) }
    return chosen
  }

  private func write(_ source: ArraySlice<UInt8>, to written: inout [UInt8], _ random: inout SeededRandom) {
    var place = source.startIndex
    while place < source.endIndex {
      switch source[place] {
      case UInt8(ascii: "{"):
        guard let end = source[place...].firstIndex(of: UInt8(ascii: "}")) else {
          written += source[place...]
          return
        }
        let name = String(decoding: source[(place + 1)..<end], as: UTF8.self)
        if let value = slots[name] { written += value.utf8 } else { written += source[place...end] }
        place = end + 1
      case UInt8(ascii: "["):
        let (ways, end) = Self.ways(in: source, from: place + 1)
        if let way = random.pick(ways) { write(way, to: &written, &random) }
        place = end
      default:
        written.append(source[place])
        place += 1
      }
    }
  }

  /// The alternatives up to the bracket that closes them, and where the text goes on.
  private static func ways(
    in source: ArraySlice<UInt8>, from start: Int
  ) -> (ways: [ArraySlice<UInt8>], end: Int) {
    var ways: [ArraySlice<UInt8>] = []
    var depth = 0
    var first = start
    for place in start..<source.endIndex {
      switch source[place] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        if depth == 0 { return (ways + [source[first..<place]], place + 1) }
        depth -= 1
      case UInt8(ascii: "|") where depth == 0:
        ways.append(source[first..<place])
        first = place + 1
      default: break
      }
    }
    return (ways + [source[first...]], source.endIndex)
  }
}

extension String {
  /// The text with a capital as its first letter.
  var capitalised: String {
    guard let first else { return self }
    return first.uppercased() + dropFirst()
  }

  /// Lower-case words of ASCII letters and digits joined by `_`, as names in programs are; `""` where there are none.
  var snakeCase: String {
    var name = ""
    for byte in lowercased().utf8 {
      let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      if isPlain {
        name.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !name.isEmpty, name.last != "_", byte != 0x27 {
        name += "_"
      }
    }
    while name.last == "_" { name.removeLast() }
    return name
  }
}
