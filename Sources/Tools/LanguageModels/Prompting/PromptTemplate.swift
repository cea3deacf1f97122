import Mustache
package import PersonaRecords

/// A prompt as a file that people can read, copy and change: messages with places for values, in Mustache.
///
/// ```
/// Notes for the reader may stand here; they are not sent.
/// --- system ---
/// You describe people.
/// --- user ---
/// Who is likely to {{verb}} this text?
/// {{#language}}Answer in {{language}}.{{/language}}
/// {{text}}
/// ```
/// Lines `--- system ---`, `--- user ---` and `--- assistant ---` begin a message. A file without such a line is one user
/// message. Values are put in as they are: not escaped for HTML, and never rendered again, so a persona with `{{x}}` in it
/// stays as it is. Partials, blocks, pragmas and other delimiters are refused.
package struct PromptTemplate: Sendable {
  /// A value for a place in the prompt.
  package enum Value: Sendable, Equatable {
    /// An empty text counts as absent: `{{#name}}…{{/name}}` leaves its inside out, `{{^name}}…{{/name}}` shows it.
    case text(String)
    case flag(Bool)
    /// Repeats `{{#name}}…{{/name}}` once per row, with the row's values inside.
    case rows([[String: String]])
  }

  private struct Part: Sendable {
    let role: Message.Role
    let template: MustacheTemplate
  }

  /// The file as it was read.
  package let text: String
  /// SHA-256 of the file's bytes as 64 hex digits: says in a record which prompt was used.
  package let sha256: String
  /// The variables that stand in it, sorted.
  package let variables: [String]
  private let parts: [Part]

  /// Reads a prompt.
  /// - Parameters:
  ///   - file: its name, for messages.
  ///   - known: the variables that whoever renders it will give values for, those of rows included.
  /// - Throws: `Problem` with the line of a tag that is broken or not allowed, or of a variable that is not known.
  package init(_ text: String, file: String? = nil, knowing known: Set<String>) throws(Problem) {
    do {
      try self.init(text, file: file, checkedFor: known)
    } catch {
      throw error.first
    }
  }

  /// The same, where all that is wrong is wanted.
  /// - Parameter known: nil takes any variable.
  /// - Throws: what is broken or not allowed in each message, and each variable that is not known, once.
  package init(_ text: String, file: String? = nil, checkedFor known: Set<String>?) throws(Problems) {
    let sections: [PromptSections.Section]
    do {
      sections = try PromptSections.split(text, file: file)
    } catch {
      throw Problems(error)
    }
    var parts: [Part] = []
    var used: Set<String> = []
    var problems: [Problem] = []
    for section in sections {
      do {
        for tag in try MustacheTags.read(section.text, firstLine: section.firstLine, file: file) {
          guard used.insert(tag.name).inserted, let known, !known.contains(tag.name) else { continue }
          problems.append(Self.unknown(tag, known: known, file: file))
        }
        parts.append(Part(role: section.role, template: try Self.template(of: section, file: file)))
      } catch {
        problems.append(error)
      }
    }
    if let problems = Problems(problems) { throw problems }
    self.text = text
    self.sha256 = HexDigits.sha256(of: text.utf8)
    self.variables = used.sorted()
    self.parts = parts
  }

  private static func unknown(_ tag: MustacheTags.Tag, known: Set<String>, file: String?) -> Problem {
    Problem(
      "the prompt asks for {{\(tag.name.cut(to: 40))}}, and there is no such variable",
      at: Problem.Place(file: file, line: tag.line),
      advice: "the variables are: \(known.sorted().joined(separator: ", "))", consequence: .wrongUsage)
  }

  private static func template(of section: PromptSections.Section, file: String?) throws(Problem) -> MustacheTemplate {
    do {
      // The pragma turns HTML escaping off. It takes a line of its own, which leaves no trace.
      return try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}\n" + section.text)
    } catch {
      let line = (error as? MustacheTemplate.ParserError).map {
        section.firstLine + max(0, $0.context.lineNumber - 2)
      }
      throw Problem(
        "the prompt's Mustache tags do not fit together",
        at: Problem.Place(file: file, line: line ?? section.firstLine),
        advice: "close every {{#name}} and {{^name}} with {{/name}}, inside the same message",
        consequence: .wrongUsage)
    }
  }

  /// What the messages say whatever the values are: to recognise the prompt in an answer.
  package var ownWords: String { messages([:]).map(\.content).joined(separator: "\n") }

  /// The messages with values in their places; a variable without a value is empty. Blank lines at the ends of a message
  /// are dropped, and so is a message in which nothing is left.
  package func messages(_ values: [String: Value]) -> [Message] {
    var context: [String: Any] = [:]
    for (name, value) in values {
      switch value {
      case .text(let text): if !text.isEmpty { context[name] = text }
      case .flag(let flag): context[name] = flag
      case .rows(let rows): context[name] = rows.map { $0.filter { !$0.value.isEmpty } }
      }
    }
    return parts.compactMap { part in
      let content = part.template.render(context).trimmingWhitespace()
      return content.isEmpty ? nil : Message(role: part.role, content: content)
    }
  }
}

/// Splits a prompt file into its messages.
enum PromptSections {
  struct Section: Equatable {
    let role: Message.Role
    let text: String
    /// Line of the file, from 1, at which the text begins.
    let firstLine: Int
  }

  static func split(_ text: String, file: String?) throws(Problem) -> [Section] {
    var sections: [Section] = []
    var role: Message.Role?
    var lines: [Substring] = []
    var firstLine = 1
    // Line ends of Windows count as line ends, and are sent as plain ones.
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: Self.isLineEnd).enumerated() {
      guard let name = markerName(line) else {
        lines.append(line)
        continue
      }
      guard let next = Message.Role(rawValue: name) else {
        throw Problem(
          "the line \"\(line.trimmedLine.cut(to: 40))\" begins no message",
          at: Problem.Place(file: file, line: number + 1),
          advice: "write --- system ---, --- user --- or --- assistant ---", consequence: .wrongUsage)
      }
      if let role { sections.append(Section(role: role, text: lines.joined(separator: "\n"), firstLine: firstLine)) }
      role = next
      lines = []
      firstLine = number + 2
    }
    sections.append(Section(role: role ?? .user, text: lines.joined(separator: "\n"), firstLine: firstLine))
    guard sections.contains(where: { $0.role == .user && !$0.text.trimmingWhitespace().isEmpty }) else {
      throw Problem(
        "the prompt has no user message", at: Problem.Place(file: file), advice: "write one under a line --- user ---",
        consequence: .wrongUsage)
    }
    return sections
  }

  private static func isLineEnd(_ character: Character) -> Bool { character == "\n" || character == "\r\n" }

  /// The word in `--- word ---`; nil for every other line.
  private static func markerName(_ line: Substring) -> String? {
    let parts = line.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 3, parts[0] == "---", parts[2].trimmedLine == "---" else { return nil }
    return parts[1].lowercased()
  }
}

extension Substring {
  /// The line without white space at its ends.
  fileprivate var trimmedLine: String { String(self).trimmingWhitespace() }
}
