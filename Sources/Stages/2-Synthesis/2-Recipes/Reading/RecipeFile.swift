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
  /// - Throws: `Problem` with file, line and column; nothing is half read.
  package static func read(
    _ text: String, file: String, knownChecks: [String: CheckShape], sources: Sources = .none
  ) throws(Problem) -> Recipe {
    try RecipeFile(yaml: YAMLFile(file: file, source: text), knownChecks: knownChecks, sources: sources).read(text)
  }

  private func read(_ text: String) throws(Problem) -> Recipe {
    let root = try yaml.root()
    let mapping = try yaml.mapping(root, "a recipe")
    try yaml.refuseUnknownKeys(of: mapping, known: Self.keys)
    let name = try yaml.text("name", in: mapping, of: root)
    guard Recipe.isName(name) else {
      throw yaml.problem(
        "the name \"\(name.cut(to: 40))\" may hold letters, digits and hyphens only", at: mapping["name"],
        "choose a name such as math-finance")
    }
    let summary = try yaml.text("description", in: mapping, of: root)
    let variables = try variables(in: mapping)
    let form = try form(in: mapping, recipe: name, step: "answer")
    // A part of that name is meant where a prompt says {{answer}}; the whole is out of reach then.
    let answerName = form.stepName == "answer" && form.form.partNames.contains("answer") ? "reply" : form.stepName
    var known = Set(variables.map(\.name)).union(["persona", "demonstrations"])
    let first = RecipeStep(
      name: answerName, prompts: try prompts(in: mapping, of: root, knowing: known),
      sampling: try sampling(in: mapping), form: form.form,
      checks: try checks(in: mapping, variables: variables, parts: form.form.partNames))
    try refuseTakenNames([answerName] + form.form.partNames, known, at: mapping["answer"] ?? root)
    known.formUnion([answerName] + form.form.partNames)
    var steps = [first]
    for node in try mapping["then"].map({ node throws(Problem) in try yaml.list(node, "\"then\"") }) ?? [] {
      let step = try step(node, recipe: name, number: steps.count, knowing: known, variables: variables)
      try refuseTakenNames([step.name], known, at: node)
      known.insert(step.name)
      steps.append(step)
    }
    let demonstrations = try demonstrations(in: mapping, form: form.form)
    return Recipe(
      name: name, summary: summary, hash: HexDigits.sha256(of: text.utf8), variables: variables,
      demonstrations: demonstrations, steps: steps, modes: first.prompts.keys.sorted(), source: text)
  }

  private func refuseTakenNames(_ names: [String], _ taken: Set<String>, at node: Node) throws(Problem) {
    var seen = taken
    for name in names where !seen.insert(name).inserted {
      throw yaml.problem(
        "the name \"\(name.cut(to: 40))\" is taken: a variable, a part of the answer and a step may not share one",
        at: node, "rename one of them")
    }
  }

  /// A follow-up: `- name: code`, with its own prompt, answer and checks.
  private func step(
    _ node: Node, recipe: String, number: Int, knowing known: Set<String>, variables: [Variable]
  ) throws(Problem) -> RecipeStep {
    let mapping = try yaml.mapping(node, "a step")
    try yaml.refuseUnknownKeys(of: mapping, known: ["name", "prompt", "sampling", "answer", "checks"])
    let name = try yaml.text("name", in: mapping, of: node)
    guard Recipe.isName(name) else {
      throw yaml.problem("a step's name may hold letters, digits and hyphens only", at: mapping["name"])
    }
    guard let prompt = mapping["prompt"] else { throw yaml.problem("key \"prompt\" is missing", at: node) }
    let template = try template(prompt, knowing: known)
    let form = try form(in: mapping, recipe: "\(recipe)_\(name)", step: name)
    return RecipeStep(
      name: name, prompts: Dictionary(uniqueKeysWithValues: PromptMode.allCases.map { ($0, template) }),
      sampling: try sampling(in: mapping), form: form.form,
      checks: try checks(in: mapping, variables: variables, parts: form.form.partNames))
  }

  private func prompts(
    in mapping: Node.Mapping, of root: Node, knowing known: Set<String>
  ) throws(Problem) -> [PromptMode: PromptTemplate] {
    let shared = try mapping["prompt"].map { node throws(Problem) in try self.prompt(node, knowing: known) }
    guard let modes = mapping["modes"] else {
      guard let shared else { throw yaml.problem("key \"prompt\" is missing", at: root) }
      return Dictionary(uniqueKeysWithValues: PromptMode.allCases.map { ($0, shared) })
    }
    var prompts: [PromptMode: PromptTemplate] = [:]
    if let names = modes.sequence {
      for node in names {
        guard let shared else { throw yaml.problem("key \"prompt\" is missing", at: root) }
        prompts[try mode(node)] = shared
      }
    } else {
      for (key, value) in try yaml.mapping(modes, "\"modes\"") {
        prompts[try mode(key)] = try prompt(value, knowing: known)
      }
    }
    guard !prompts.isEmpty else { throw yaml.problem("\"modes\" is empty", at: modes) }
    return prompts
  }

  /// A first prompt, which has to ask about the persona.
  private func prompt(_ node: Node, knowing known: Set<String>) throws(Problem) -> PromptTemplate {
    let prompt = try template(node, knowing: known)
    guard prompt.variables.contains("persona") else {
      throw yaml.problem("the prompt does not use {{persona}}", at: node, "put {{persona}} where the person belongs")
    }
    return prompt
  }

  private func mode(_ node: Node) throws(Problem) -> PromptMode {
    guard let mode = PromptMode(rawValue: node.string ?? "") else {
      throw yaml.problem(
        "unknown mode \"\((node.string ?? "?").cut(to: 40))\"", at: node,
        "the modes are: \(PromptMode.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return mode
  }

  func template(_ node: Node, knowing known: Set<String>) throws(Problem) -> PromptTemplate {
    let text = try yaml.text(node, "a prompt")
    do {
      return try PromptTemplate(text, file: yaml.file, knowing: known)
    } catch {
      throw yaml.problem(error, inside: node)
    }
  }

  private func sampling(in mapping: Node.Mapping) throws(Problem) -> Sampling {
    var sampling = Sampling()
    guard let node = mapping["sampling"] else { return sampling }
    let settings = try yaml.mapping(node, "\"sampling\"")
    try yaml.refuseUnknownKeys(of: settings, known: ["temperature", "top-p", "max-tokens", "stop"])
    sampling.temperature = try yaml.number("temperature", in: settings, range: 0...2)
    sampling.topP = try yaml.number("top-p", in: settings, range: 0...1)
    sampling.maxTokens = try yaml.number("max-tokens", in: settings, range: 1...1_000_000).map { Int($0) }
    if let stop = settings["stop"] {
      for node in stop.scalar != nil ? [stop] : try yaml.list(stop, "\"stop\"") {
        sampling.stop.append(try yaml.text(node, "\"stop\""))
      }
    }
    return sampling
  }
}
