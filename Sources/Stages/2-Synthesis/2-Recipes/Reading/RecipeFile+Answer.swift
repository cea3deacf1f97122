import LanguageModels
package import PersonaRecords
import Yams

extension RecipeFile {
  struct NamedForm {
    let form: AnswerForm
    let stepName: String
  }

  private static let kinds = ["marker", "sections", "json", "code"]

  /// `answer:` of the recipe or of a step; without one the whole reply is the answer.
  func form(in mapping: Node.Mapping, recipe: String, step: String) throws(Problem) -> NamedForm {
    guard let node = mapping["answer"] else { return NamedForm(form: AnswerForm(kind: .whole), stepName: step) }
    let answer = try yaml.mapping(node, "\"answer\"")
    try yaml.refuseUnknownKeys(of: answer, known: Self.kinds + ["name", "text"])
    let said = Self.kinds.filter { answer[$0] != nil }
    guard said.count < 2 else {
      throw yaml.problem("an answer is read one way, and here are \(said.joined(separator: " and "))", at: node)
    }
    var name = step
    if let own = answer["name"] {
      name = try yaml.text(own, "\"name\"")
      guard Recipe.isName(name) else {
        throw yaml.problem("the answer's name may hold letters, digits and hyphens only", at: own)
      }
    }
    let kind = try kind(
      of: answer, name: Self.schemaName(name == "answer" || name == step ? recipe : "\(recipe)-\(name)"))
    let parts = AnswerForm(kind: kind).partNames
    var layout: PromptTemplate?
    if let text = answer["text"] {
      guard !parts.isEmpty else {
        throw yaml.problem("\"text\" puts parts together, and this answer has none", at: text, "leave it out")
      }
      layout = try template(text, knowing: Set(parts))
    }
    return NamedForm(form: AnswerForm(kind: kind, layout: layout), stepName: name)
  }

  private func kind(of answer: Node.Mapping, name: String) throws(Problem) -> AnswerForm.Kind {
    if let marker = answer["marker"] {
      let text = try yaml.text(marker, "\"marker\"").trimmingWhitespace()
      guard !text.isEmpty else { throw yaml.problem("the marker is empty", at: marker) }
      return .marker(text)
    }
    if let code = answer["code"] { return .code(try yaml.text(code, "\"code\"").lowercased()) }
    if let sections = answer["sections"] { return .sections(try self.sections(sections)) }
    if let schema = answer["json"] {
      let value = try yaml.json(schema)
      do {
        return .json(try JSONSchema(value), name: name)
      } catch {
        throw yaml.problem(error.what, at: schema, error.advice.isEmpty ? YAMLFile.advice : error.advice)
      }
    }
    return .whole
  }

  /// `[Title, { name: Code, code: python }]`
  private func sections(_ node: Node) throws(Problem) -> [AnswerForm.Section] {
    var sections: [AnswerForm.Section] = []
    for entry in try yaml.list(node, "\"sections\"") {
      let section: AnswerForm.Section
      if let mapping = entry.mapping {
        try yaml.refuseUnknownKeys(of: mapping, known: ["name", "code"])
        let language = try mapping["code"].map { node throws(Problem) in try self.yaml.text(node, "\"code\"") }
        section = .init(title: try yaml.text("name", in: mapping, of: entry), code: language?.lowercased())
      } else {
        section = .init(title: try yaml.text(entry, "a section"))
      }
      guard !section.name.isEmpty, section.name.utf8.allSatisfy({ $0 < 0x80 }) else {
        throw yaml.problem("a section's title should be of ASCII letters", at: entry)
      }
      sections.append(section)
    }
    guard !sections.isEmpty else { throw yaml.problem("\"sections\" is empty", at: node) }
    return sections
  }

  /// Letters, digits and `_`, as servers demand.
  private static func schemaName(_ name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  /// `demonstrations:` with a list or a file, and how many stand in a prompt.
  func demonstrations(in mapping: Node.Mapping, form: AnswerForm) throws(Problem) -> Demonstrations {
    guard let node = mapping["demonstrations"] else { return Demonstrations() }
    var demonstrations = Demonstrations()
    let list: Node
    if let settings = node.mapping {
      try yaml.refuseUnknownKeys(of: settings, known: ["count", "list", "file", "persona", "output"])
      demonstrations.count = Int(try yaml.number("count", in: settings, range: 1...50) ?? 2)
      if let file = settings["file"] {
        guard settings["list"] == nil else { throw yaml.problem("either \"file\" or \"list\"", at: file) }
        let keys = DemonstrationKeys(
          persona: try settings["persona"].map { node throws(Problem) in try self.yaml.text(node, "\"persona\"") }
            ?? "persona",
          output: try settings["output"].map { node throws(Problem) in try self.yaml.text(node, "\"output\"") }
            ?? "output")
        let path = try yaml.text(file, "\"file\"")
        demonstrations.all = try keys.demonstrations(of: try sources.rows(path), file: path, form: form)
        return demonstrations
      }
      guard let inside = settings["list"] else {
        throw yaml.problem("demonstrations need a \"list\" or a \"file\"", at: node)
      }
      list = inside
    } else {
      list = node
    }
    for entry in try yaml.list(list, "\"demonstrations\"") {
      let pair = try yaml.mapping(entry, "a demonstration")
      try yaml.refuseUnknownKeys(of: pair, known: ["persona", "output"])
      guard let output = pair["output"] else { throw yaml.problem("key \"output\" is missing", at: entry) }
      let text = output.scalar == nil ? try yaml.json(output).line : try yaml.text(output, "\"output\"")
      let persona = try pair["persona"].map { node throws(Problem) in try self.yaml.text(node, "\"persona\"") } ?? ""
      let shown = form.shown(text)
      do {
        _ = try form.read(shown)
      } catch {
        throw yaml.problem(
          "the demonstration is not of the form that is asked for: \(error.reason), \(error.detail)", at: output,
          "write it as a good answer would be")
      }
      demonstrations.all.append(
        .init(persona: persona.trimmingWhitespace(), output: shown))
    }
    return demonstrations
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
