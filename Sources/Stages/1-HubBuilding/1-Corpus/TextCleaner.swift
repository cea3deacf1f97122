/// Takes a text line by line, leaves boilerplate out, and joins the rest with even line and paragraph breaks.
struct TextCleaner {
  /// So many menu entries in a row are a menu; shorter runs may be a list, a poem or a talk.
  static let menuLength = 8

  struct Outcome {
    /// Lines ended by LF, paragraphs by an empty line, no white space at the ends of lines.
    var bytes: [UInt8] = []
    var characterCount = 0
    var droppedLines = 0
  }

  /// - Parameters:
  ///   - enough: stops once so many characters are kept; 0 takes the whole text.
  ///   - dropsBoilerplate: false only evens out the breaks.
  static func clean(_ text: String, enough: Int, dropsBoilerplate: Bool) -> Outcome {
    var text = text
    return text.withUTF8 { buffer in
      var cleaner = TextCleaner(dropsBoilerplate: dropsBoilerplate)
      // Safe: the buffer lives through the closure.
      unsafe cleaner.run(buffer, enough: enough)
      return cleaner.outcome
    }
  }

  private let dropsBoilerplate: Bool
  private let boilerplate = Boilerplate.shared
  private var outcome = Outcome()
  private var hasBreak = false
  private var menuEntries = 0
  private var menuStart = (bytes: 0, characters: 0)

  private init(dropsBoilerplate: Bool) {
    self.dropsBoilerplate = dropsBoilerplate
  }

  private mutating func run(_ buffer: UnsafeBufferPointer<UInt8>, enough: Int) {
    var start = 0
    while start < buffer.count {
      var end = start
      // Safe: end < count.
      while end < buffer.count, unsafe buffer[end] != 0x0A && buffer[end] != 0x0D { end += 1 }
      // A line longer than needed is taken in part: the passages come from the start of the text.
      let limit = enough > 0 ? min(end, start + 8 * enough) : end
      unsafe take(Array(buffer[start..<Self.scalarStart(buffer, limit)]))
      if enough > 0 && outcome.characterCount >= enough && menuEntries == 0 { return }
      // CR LF is one line end.
      // Safe: end + 1 < count.
      if end + 1 < buffer.count, unsafe buffer[end] == 0x0D && buffer[end + 1] == 0x0A { end += 1 }
      start = end + 1
    }
    endMenu()
  }

  /// The start of the scalar that the byte at `place` belongs to.
  private static func scalarStart(_ buffer: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    var place = place
    // Safe: 0 < place < count.
    while place > 0, place < buffer.count, unsafe buffer[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }

  private mutating func take(_ whole: [UInt8]) {
    let line = Self.trimmed(whole[...])
    guard !line.isEmpty else {
      hasBreak = true
      return
    }
    if dropsBoilerplate {
      if boilerplate.matches(line) {
        outcome.droppedLines += 1
        return
      }
      if boilerplate.isMenuEntry(line) {
        if menuEntries == 0 { menuStart = (outcome.bytes.count, outcome.characterCount) }
        menuEntries += 1
      } else {
        endMenu()
      }
    }
    if !outcome.bytes.isEmpty {
      outcome.bytes.append(0x0A)
      outcome.characterCount += 1
      if hasBreak {
        outcome.bytes.append(0x0A)
        outcome.characterCount += 1
      }
    }
    hasBreak = false
    outcome.bytes += line
    outcome.characterCount += PassageCutter.scalarCount(line)
  }

  private mutating func endMenu() {
    if menuEntries >= Self.menuLength {
      outcome.bytes.removeSubrange(menuStart.bytes...)
      outcome.characterCount = menuStart.characters
      outcome.droppedLines += menuEntries
      hasBreak = true
    }
    menuEntries = 0
  }

  /// Without white space at the ends: ASCII's, the no-break space, the ideographic space, and byte order marks.
  static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let first = line.first {
      if first <= 0x20 {
        line = line.dropFirst()
      } else if let wide = wide.first(where: { line.starts(with: $0) }) {
        line = line.dropFirst(wide.count)
      } else {
        break
      }
    }
    while let last = line.last {
      if last <= 0x20 {
        line = line.dropLast()
      } else if last >= 0x80, let wide = wide.first(where: { line.suffix($0.count).elementsEqual($0) }) {
        line = line.dropLast(wide.count)
      } else {
        break
      }
    }
    return line
  }

  private static let wide: [[UInt8]] = [[0xC2, 0xA0], [0xE3, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0x8B]]
}
