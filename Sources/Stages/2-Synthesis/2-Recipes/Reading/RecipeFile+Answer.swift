import JSONSchemas
import LanguageModels
package import PersonaRecords
import Yams

extension RecipeFile {
  struct NamedForm {
    let form: AnswerForm
    let stepName: String
    /// Names of the answer's parts; nil where it cannot be read how the answer is read.
    let parts: [String]?
  }

  private static let kinds = ["marker", "sections", "json", "code"]

  /// `answer:` of the recipe or of a step; without one the whole reply is the answer.
  func form(in block: YAMLFile.Block, recipe: String, step: String) -> NamedForm {
    let whole = AnswerForm(kind: .whole)
    let unread = NamedForm(form: whole, stepName: step, parts: nil)
    guard let node = block["answer"] else { return NamedForm(form: whole, stepName: step, parts: []) }
    guard let answer = yaml.block(node, "\"answer\"", known: Self.kinds + ["name", "text"]) else { return unread }
    let said = Self.kinds.filter { answer[$0] != nil }
    var name: String? = step
    if let own = answer["name"] {
      name = yaml.text(own, "\"name\"")
      if let text = name, !Recipe.isName(text) {
        yaml.note("the answer's name may hold letters, digits and hyphens only", at: own)
        name = nil
      }
    }
    guard said.count < 2 else {
      yaml.note("an answer is read one way, and here are \(said.joined(separator: " and "))", at: node)
      return unread
    }
    let schemaName = name == nil || name == "answer" || name == step ? recipe : "\(recipe)-\(name ?? step)"
    let kind = kind(of: answer, name: Self.schemaName(schemaName))
    // A key that is not known may be the misspelt way in which the answer is read.
    let isKnown = kind != nil && !(said.isEmpty && answer.hasUnknownKey)
    let parts = AnswerForm(kind: kind ?? .whole).partNames
    var layout: PromptTemplate?
    if let text = answer["text"] {
      if isKnown, parts.isEmpty {
        yaml.note("\"text\" puts parts together, and this answer has none", at: text, "leave it out")
      } else {
        layout = template(text, knowing: KnownNames(names: Set(parts), areAll: isKnown))
      }
    }
    return NamedForm(
      form: AnswerForm(kind: kind ?? .whole, layout: layout), stepName: name ?? step,
      parts: isKnown && name != nil ? parts : nil)
  }

  private func kind(of answer: YAMLFile.Block, name: String) -> AnswerForm.Kind? {
    if let marker = answer["marker"] {
      guard let text = yaml.text(marker, "\"marker\"")?.trimmingWhitespace() else { return nil }
      if text.isEmpty { yaml.note("the marker is empty", at: marker) }
      return .marker(text)
    }
    if let code = answer["code"] { return yaml.text(code, "\"code\"").map { .code($0.lowercased()) } }
    if let sections = answer["sections"] { return self.sections(sections).map { .sections($0) } }
    if let schema = answer["json"] {
      guard let value = yaml.json(schema) else { return nil }
      do {
        return .json(try AnswerSchema(value), name: name)
      } catch {
        for mistake in error.all {
          yaml.note("\(mistake)", at: yaml.node(at: mistake.place, in: schema), mistake.advice)
        }
        return nil
      }
    }
    return .whole
  }

  /// `[Title, { name: Code, code: python }]`; nil where one of them cannot be read.
  private func sections(_ node: Node) -> [AnswerForm.Section]? {
    guard let entries = yaml.list(node, "\"sections\"") else { return nil }
    if entries.isEmpty { yaml.note("\"sections\" is empty", at: node) }
    let sections = entries.compactMap { section($0) }
    return sections.count == entries.count && !entries.isEmpty ? sections : nil
  }

  private func section(_ entry: Node) -> AnswerForm.Section? {
    let section: AnswerForm.Section
    if entry.mapping != nil {
      guard let block = yaml.block(entry, "a section", known: ["name", "code"]) else { return nil }
      let language = block["code"].flatMap { yaml.text($0, "\"code\"") }
      guard let title = yaml.text("name", in: block) else { return nil }
      section = .init(title: title, code: language?.lowercased())
    } else {
      guard let title = yaml.text(entry, "a section") else { return nil }
      section = .init(title: title)
    }
    guard !section.name.isEmpty, section.name.utf8.allSatisfy({ $0 < 0x80 }) else {
      yaml.note("a section's title should be of ASCII letters", at: entry)
      return nil
    }
    return section
  }

  /// Letters, digits and `_`, as servers demand.
  private static func schemaName(_ name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  /// `demonstrations:` with a list or a file, and how many stand in a prompt.
  /// - Parameter form: of the answer that they show; nil where it could not be read.
  func demonstrations(in block: YAMLFile.Block, form: AnswerForm?) -> Demonstrations {
    var demonstrations = Demonstrations()
    guard let node = block["demonstrations"] else { return demonstrations }
    guard node.mapping != nil else {
      demonstrations.all = list(node, form: form)
      return demonstrations
    }
    let known = ["count", "list", "file", "persona", "output"]
    guard let settings = yaml.block(node, "\"demonstrations\"", known: known) else { return demonstrations }
    demonstrations.count = Int(yaml.number("count", in: settings, range: 1...50) ?? 2)
    if let file = settings["file"] {
      if settings["list"] != nil { yaml.note("either \"file\" or \"list\"", at: file) }
      demonstrations.all = rows(of: file, in: settings, form: form)
    } else if let list = settings["list"] {
      demonstrations.all = self.list(list, form: form)
    } else if !settings.hasUnknownKey {
      yaml.note("demonstrations need a \"list\" or a \"file\"", at: node)
    }
    return demonstrations
  }

  private func rows(of file: Node, in settings: YAMLFile.Block, form: AnswerForm?) -> [Demonstration] {
    let persona = settings["persona"].map { yaml.text($0, "\"persona\"") } ?? "persona"
    let output = settings["output"].map { yaml.text($0, "\"output\"") } ?? "output"
    guard let path = yaml.text(file, "\"file\"") else { return [] }
    do {
      let rows = try sources.rows(path)
      guard let persona, let output, let form else { return [] }
      return try DemonstrationKeys(persona: persona, output: output).demonstrations(of: rows, file: path, form: form)
    } catch {
      yaml.note(error, ofFileNamedAt: file)
      return []
    }
  }

  private func list(_ node: Node, form: AnswerForm?) -> [Demonstration] {
    (yaml.list(node, "\"demonstrations\"") ?? []).compactMap { demonstration($0, form: form) }
  }

  private func demonstration(_ entry: Node, form: AnswerForm?) -> Demonstration? {
    guard let pair = yaml.block(entry, "a demonstration", known: ["persona", "output"]) else { return nil }
    let persona = pair["persona"].map { yaml.text($0, "\"persona\"") } ?? ""
    guard let output = yaml.value("output", in: pair),
      let text = output.scalar == nil ? yaml.json(output)?.line : yaml.text(output, "\"output\""), let form
    else { return nil }
    let shown = form.shown(text)
    do {
      _ = try form.read(shown)
    } catch {
      yaml.note(
        "the demonstration is not of the form that is asked for: \(error.reason), \(error.detail)", at: output,
        "write it as a good answer would be")
    }
    return persona.map { .init(persona: $0.trimmingWhitespace(), output: shown) }
  }
}

/// Which keys of a row make a demonstration.
package struct DemonstrationKeys: Sendable {
  let persona: String
  let output: String

  package init(persona: String = "persona", output: String = "output") {
    self.persona = persona
    self.output = output
  }

  /// The demonstrations of a file's rows; one without a persona has none yet.
  /// - Throws: `Problem` with the row that has no output, or one of another form.
  package func demonstrations(
    of rows: [JSONValue], file: String, form: AnswerForm
  ) throws(Problem) -> [Demonstration] {
    guard !rows.isEmpty else {
      throw Problem("there are no demonstrations in it", at: .init(file: file), consequence: .wrongUsage)
    }
    var all: [Demonstration] = []
    for (place, row) in rows.enumerated() {
      guard let text = row[output]?.stringValue ?? row[output].flatMap({ $0.objectValue == nil ? nil : $0.line }),
        !text.trimmingWhitespace().isEmpty
      else {
        let keys = row.objectValue?.map(\.key).joined(separator: ", ") ?? "none"
        throw Problem(
          "demonstration \(place + 1) has no text under \"\(output)\" (its keys: \(keys.cut(to: 120)))",
          at: .init(file: file, line: place + 1), advice: "name the key of the output, for example output: instruction",
          consequence: .wrongUsage)
      }
      let shown = form.shown(text)
      do {
        _ = try form.read(shown)
      } catch {
        throw Problem(
          "demonstration \(place + 1) is not of the form that is asked for: \(error.reason), \(error.detail)",
          at: .init(file: file, line: place + 1), consequence: .wrongUsage)
      }
      all.append(
        .init(persona: (row[persona]?.stringValue ?? "").trimmingWhitespace(), output: shown))
    }
    return all
  }
}

extension AnswerForm {
  /// A demonstration as a good answer would look: with its marker, or in its fence.
  func shown(_ output: String) -> String {
    let text = output.trimmingWhitespace()
    switch kind {
    case .marker(let marker): return text.lowercased().hasPrefix(marker.lowercased()) ? text : "\(marker) \(text)"
    case .code(let language): return text.contains("```") ? text : "```\(language)\n\(text)\n```"
    case .whole, .sections, .json: return text
    }
  }
}
