import LanguageModels
package import PersonaRecords
import Yams

/// Reads a recipe from YAML and names what is wrong with it, with line and column.
package struct RecipeFile {
  /// How the files that a recipe names are read: this room has no input of its own.
  package struct Sources: Sendable {
    /// The text of a file.
    package var text: @Sendable (String) throws(Problem) -> String
    /// The rows of a JSON lines, CSV or TSV file.
    package var rows: @Sendable (String) throws(Problem) -> [JSONValue]

    package init(
      text: @escaping @Sendable (String) throws(Problem) -> String,
      rows: @escaping @Sendable (String) throws(Problem) -> [JSONValue]
    ) {
      self.text = text
      self.rows = rows
    }

    /// For recipes that stand alone.
    package static let none = Sources(
      text: { path throws(Problem) in throw Problem("there is no file \(path.cut(to: 60))") },
      rows: { path throws(Problem) in throw Problem("there is no file \(path.cut(to: 60))") })
  }

  let yaml: YAMLFile
  let knownChecks: [String: CheckShape]
  let sources: Sources

  private static let keys = [
    "name", "description", "variables", "prompt", "modes", "demonstrations", "sampling", "answer", "checks", "then",
  ]

  /// - Parameters:
  ///   - text: the file's content.
  ///   - file: its name, for messages.
  ///   - knownChecks: the checks there are, with what each may be told.
  /// - Throws: the first `Problem` of the file, with line and column; nothing is half read.
  package static func read(
    _ text: String, file: String, knownChecks: [String: CheckShape], sources: Sources = .none
  ) throws(Problem) -> Recipe {
    do {
      return try check(text, file: file, knownChecks: knownChecks, sources: sources)
    } catch {
      throw error.first
    }
  }

  /// The same, where all mistakes are wanted.
  /// - Throws: every mistake that can be told, in the order of the file. One that may only follow from another is left out: a
  ///   variable that is not there is none where the variables could not be read.
  package static func check(
    _ text: String, file: String, knownChecks: [String: CheckShape], sources: Sources = .none
  ) throws(Problems) -> Recipe {
    let reader = RecipeFile(yaml: YAMLFile(file: file, source: text), knownChecks: knownChecks, sources: sources)
    let recipe = reader.recipe()
    if let problems = Problems(reader.yaml.mistakes.inOrder) { throw problems }
    guard let recipe else { preconditionFailure("a recipe that cannot be read has a mistake") }
    return recipe
  }

  /// The names that a prompt may use, and whether these are all.
  struct KnownNames {
    var names: Set<String>
    var areAll = true

    mutating func add(_ more: [String]?) {
      if let more { names.formUnion(more) } else { areAll = false }
    }
  }

  /// The recipe; what could not be read of it is noted, and has something in its place.
  private func recipe() -> Recipe? {
    guard let root = yaml.root(), let block = yaml.block(root, "a recipe", known: Self.keys) else { return nil }
    let name = yaml.text("name", in: block) ?? ""
    if !name.isEmpty || block["name"]?.string == "", !Recipe.isName(name) {
      yaml.note(
        "the name \"\(name.cut(to: 40))\" may hold letters, digits and hyphens only", at: block["name"],
        "choose a name such as math-finance")
    }
    let summary = yaml.text("description", in: block) ?? ""
    let variables = variables(in: block)
    let answer = form(in: block, recipe: name, step: "answer")
    // A part of that name is meant where a prompt says {{answer}}; the whole is out of reach then.
    let isHidden = answer.stepName == "answer" && answer.form.partNames.contains("answer")
    let answerName = isHidden ? "reply" : answer.stepName
    var known = KnownNames(
      names: Set(variables.all.map(\.name)).union(["persona", "demonstrations"]), areAll: variables.areAll)
    let first = RecipeStep(
      name: answerName, prompts: prompts(in: block, knowing: known), sampling: sampling(in: block), form: answer.form,
      checks: checks(in: block, variables: variables, parts: answer.parts))
    refuseTakenNames([answerName] + (answer.parts ?? []), known.names, at: block["answer"] ?? root)
    known.add(answer.parts.map { [answerName] + $0 })
    var steps = [first]
    for node in block["then"].flatMap({ yaml.list($0, "\"then\"") }) ?? [] {
      if let step = step(node, recipe: name, knowing: known, variables: variables) { steps.append(step) }
      if let name = node.mapping?["name"]?.string { known.add([name]) } else { known.add(nil) }
    }
    let demonstrations = demonstrations(in: block, form: answer.parts == nil ? nil : answer.form)
    return Recipe(
      name: name, summary: summary, hash: HexDigits.sha256(of: yaml.source.utf8), variables: variables.all,
      demonstrations: demonstrations, steps: steps, modes: first.prompts.keys.sorted(), source: yaml.source)
  }

  private func refuseTakenNames(_ names: [String], _ taken: Set<String>, at node: Node) {
    var seen = taken
    for name in names where !seen.insert(name).inserted {
      yaml.note(
        "the name \"\(name.cut(to: 40))\" is taken: a variable, a part of the answer and a step may not share one",
        at: node, "rename one of them")
    }
  }

  /// A follow-up: `- name: code`, with its own prompt, answer and checks.
  private func step(
    _ node: Node, recipe: String, knowing known: KnownNames, variables: KnownVariables
  ) -> RecipeStep? {
    guard let block = yaml.block(node, "a step", known: ["name", "prompt", "sampling", "answer", "checks"]) else {
      return nil
    }
    let name = yaml.text("name", in: block)
    if let name {
      if Recipe.isName(name) {
        refuseTakenNames([name], known.names, at: node)
      } else {
        yaml.note("a step's name may hold letters, digits and hyphens only", at: block["name"])
      }
    }
    let template = yaml.value("prompt", in: block).flatMap { self.template($0, knowing: known) }
    let answer = form(in: block, recipe: "\(recipe)_\(name ?? "")", step: name ?? "")
    let sampling = sampling(in: block)
    let checks = checks(in: block, variables: variables, parts: answer.parts)
    guard let name, let template else { return nil }
    return RecipeStep(
      name: name, prompts: Dictionary(uniqueKeysWithValues: PromptMode.allCases.map { ($0, template) }),
      sampling: sampling, form: answer.form, checks: checks)
  }

  private func prompts(in block: YAMLFile.Block, knowing known: KnownNames) -> [PromptMode: PromptTemplate] {
    let shared = block["prompt"].flatMap { prompt($0, knowing: known) }
    guard let modes = block["modes"] else {
      guard yaml.value("prompt", in: block) != nil, let shared else { return [:] }
      return Dictionary(uniqueKeysWithValues: PromptMode.allCases.map { ($0, shared) })
    }
    var prompts: [PromptMode: PromptTemplate] = [:]
    if let names = modes.sequence {
      for node in names { if let mode = mode(node) { prompts[mode] = shared } }
      if !names.isEmpty { _ = yaml.value("prompt", in: block) }
    } else {
      guard let mapping = yaml.mapping(modes, "\"modes\"") else { return [:] }
      for (key, value) in mapping {
        let prompt = prompt(value, knowing: known)
        if let mode = mode(key) { prompts[mode] = prompt }
      }
    }
    if modes.sequence?.isEmpty ?? modes.mapping?.isEmpty ?? false { yaml.note("\"modes\" is empty", at: modes) }
    return prompts
  }

  /// A first prompt, which has to ask about the persona.
  private func prompt(_ node: Node, knowing known: KnownNames) -> PromptTemplate? {
    guard let prompt = template(node, knowing: known) else { return nil }
    if !prompt.variables.contains("persona") {
      yaml.note("the prompt does not use {{persona}}", at: node, "put {{persona}} where the person belongs")
    }
    return prompt
  }

  private func mode(_ node: Node) -> PromptMode? {
    let mode = PromptMode(rawValue: node.string ?? "")
    if mode == nil {
      yaml.note(
        "unknown mode \"\((node.string ?? "?").cut(to: 40))\"", at: node,
        "the modes are: \(PromptMode.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return mode
  }

  func template(_ node: Node, knowing known: KnownNames) -> PromptTemplate? {
    guard let text = yaml.text(node, "a prompt") else { return nil }
    do {
      return try PromptTemplate(text, file: yaml.file, checkedFor: known.areAll ? known.names : nil)
    } catch {
      for problem in error.all { yaml.note(problem, inside: node) }
      return nil
    }
  }

  private func sampling(in block: YAMLFile.Block) -> Sampling {
    var sampling = Sampling()
    guard let node = block["sampling"],
      let settings = yaml.block(node, "\"sampling\"", known: ["temperature", "top-p", "max-tokens", "stop"])
    else { return sampling }
    sampling.temperature = yaml.number("temperature", in: settings, range: 0...2)
    sampling.topP = yaml.number("top-p", in: settings, range: 0...1)
    sampling.maxTokens = yaml.number("max-tokens", in: settings, range: 1...1_000_000).map { Int($0) }
    if let stop = settings["stop"] {
      let texts = stop.scalar != nil ? [stop] : yaml.list(stop, "\"stop\"") ?? []
      sampling.stop = texts.compactMap { yaml.text($0, "\"stop\"") }
    }
    return sampling
  }
}
