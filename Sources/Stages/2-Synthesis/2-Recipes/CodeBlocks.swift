import PersonaRecords

/// The fenced blocks of a text in Markdown.
enum CodeBlocks {
  struct Block: Equatable {
    /// In lower case, `""` where none is named.
    let language: String
    let text: String
  }

  /// The blocks that are closed, in order. A fence is three or more backticks at a line's start; one at least as long
  /// closes it, so that a block may show shorter ones.
  static func read(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var open: (fence: Int, language: String, lines: [Substring])?
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let plain = line.drop { $0 == " " }
      let fence = plain.prefix { $0 == "`" }.count
      if let block = open {
        if fence >= block.fence, plain.dropFirst(fence).allSatisfy(\.isWhitespace) {
          blocks.append(Block(language: block.language, text: block.lines.joined(separator: "\n")))
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if fence >= 3 {
        let language = plain.dropFirst(fence).prefix { !$0.isWhitespace && $0 != "{" }
        open = (fence, language == "py" ? "python" : language.lowercased(), [])
      }
    }
    return blocks
  }
}

/// Reads an answer of titled parts.
struct SectionReader {
  let sections: [AnswerForm.Section]

  init(_ sections: [AnswerForm.Section]) { self.sections = sections }

  /// The texts of the sections, in the order in which the recipe names them.
  ///
  /// What stands before the first one is small talk and goes. Titles inside a code block are no titles.
  func read(_ reply: String) throws(FormMistake) -> [String] {
    var found: [Int: [Substring]] = [:]
    var current: Int?
    var isInCode = false
    for line in reply.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.drop(while: { $0 == " " }).hasPrefix("```") { isInCode.toggle() }
      if !isInCode, let (place, rest) = title(of: line) {
        guard found[place] == nil else {
          throw FormMistake(reason: "answered-twice", detail: "\"\(sections[place].title):\" stands there twice")
        }
        found[place] = [rest]
        current = place
      } else if let current {
        found[current]?.append(line)
      }
    }
    var texts: [String] = []
    for (place, section) in sections.enumerated() {
      guard let lines = found[place] else {
        throw FormMistake(reason: "section-missing", detail: "no line begins with \"\(section.title):\"")
      }
      let text = lines.joined(separator: "\n").trimmingWhitespace()
      guard !text.isEmpty else { throw FormMistake(reason: "empty", detail: "nothing follows \"\(section.title):\"") }
      texts.append(
        try section.code.map { language throws(FormMistake) in
          try AnswerForm.code(in: text, language: language)
        } ?? text)
    }
    return texts
  }

  /// The section that a line begins, and the rest of the line.
  private func title(of line: Substring) -> (Int, Substring)? {
    let plain = line.drop { $0.isWhitespace || "*#_>".contains($0) }
    for (place, section) in sections.enumerated() {
      let head = plain.prefix(section.title.count)
      guard head.lowercased() == section.title.lowercased() else { continue }
      let rest = plain[head.endIndex...].drop { "*_ ".contains($0) }
      guard let colon = rest.first, colon == ":" || colon == "：" else { continue }
      return (place, rest.dropFirst().drop { "*_".contains($0) })
    }
    return nil
  }
}
