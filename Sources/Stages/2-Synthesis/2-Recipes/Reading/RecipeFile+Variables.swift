package import PersonaRecords
import Yams

extension RecipeFile {
  private static let kinds = ["value", "choose", "range", "column", "text", "file", "when"]

  /// The variables there are, and whether these are all: where a name cannot be read, any other may be meant by it.
  struct KnownVariables {
    var all: [Variable] = []
    var areAll = true

    /// Where variables are not known, nothing that is named is a mistake.
    func has(_ name: String) -> Bool { !areAll || all.contains { $0.name == name } }
  }

  /// `variables:`, each a name with one way to draw it. One that cannot be read is known by its name, and has no value.
  func variables(in recipe: YAMLFile.Block) -> KnownVariables {
    var variables = KnownVariables()
    guard let node = recipe["variables"] else { return variables }
    guard let mapping = yaml.mapping(node, "\"variables\"") else {
      variables.areAll = false
      return variables
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      let kind = kind(value, earlier: variables)
      guard Recipe.isName(name), name != "persona", name != "demonstrations" else {
        yaml.note(
          "\"\(name.cut(to: 40))\" cannot name a variable", at: key,
          "use letters, digits and hyphens; persona and demonstrations are taken")
        variables.areAll = false
        continue
      }
      variables.all.append(Variable(name: name, kind: kind ?? .unread))
    }
    return variables
  }

  /// The texts of one variable's files may not be longer: a prompt has to hold them.
  static var longestBlock: Int { 200_000 }

  private func kind(_ node: Node, earlier: KnownVariables) -> Variable.Kind? {
    // A scalar or a list alone is what it looks like: `tone: dry`, `season: [spring, autumn]`.
    if node.scalar != nil { return yaml.text(node, "a value").map { .value($0.collapsingWhitespace()) } }
    if node.sequence != nil { return choices(node).map { .choose($0) } }
    guard let mapping = yaml.mapping(node, "a variable") else { return nil }
    let said = Self.kinds.filter { mapping[$0] != nil }
    guard said.count == 1, let kind = said.first, let value = mapping[kind] else {
      yaml.note(
        said.isEmpty ? "a variable needs a way to be drawn" : "a variable is drawn one way", at: node,
        "say one of: \(Self.kinds.joined(separator: ", "))")
      return nil
    }
    let companions = ["range": ["step"], "column": ["of"], "when": ["is", "otherwise"]][kind] ?? []
    guard let block = yaml.block(node, "a variable", known: [kind] + companions) else { return nil }
    switch kind {
    case "value": return yaml.text(value, "\"value\"").map { .value($0.collapsingWhitespace()) }
    case "choose": return choices(value).map { .choose($0) }
    case "range": return range(value, in: block)
    case "column": return column(value, in: block).map { .choose($0) }
    case "text":
      return yaml.text(value, "\"text\"").map { .block($0.trimmingWhitespace(), title: "the recipe's own") }
    case "file":
      return yaml.text(value, "\"file\"").flatMap { path in
        self.block(of: path, at: value).map { .block($0, title: path) }
      }
    default: return depends(value, in: block, earlier: earlier)
    }
  }

  private func block(of path: String, at node: Node) -> String? {
    guard let text = read(path, namedAt: node, sources.text) else { return nil }
    do {
      return try Self.block(text, path: path)
    } catch {
      yaml.note(error, ofFileNamedAt: node)
      return nil
    }
  }

  /// What a file holds that a node names.
  private func read<Content>(
    _ path: String, namedAt node: Node?, _ source: (String) throws(Problem) -> Content
  ) -> Content? {
    do {
      return try source(path)
    } catch {
      yaml.note(
        "\(path): \(error.what)\(error.cause.isEmpty ? "" : " (\(error.cause))")", at: node,
        "check the path; it is looked for beside the recipe")
      return nil
    }
  }

  /// A file's text as a prompt can hold it.
  package static func block(_ text: String, path: String) throws(Problem) -> String {
    guard text.utf8.count <= longestBlock else {
      throw Problem(
        "the text is \(text.utf8.count) bytes long, and a prompt holds at most \(longestBlock)", at: .init(file: path),
        advice: "cut it to what the model needs to know", consequence: .wrongUsage)
    }
    let trimmed = text.trimmingWhitespace()
    guard !trimmed.isEmpty else {
      throw Problem("the text is empty", at: .init(file: path), consequence: .wrongUsage)
    }
    return trimmed
  }

  /// `[a, b, { value: c, weight: 3 }]`; nil where one of them cannot be read.
  private func choices(_ node: Node) -> [Variable.Choice]? {
    guard let entries = yaml.list(node, "\"choose\"") else { return nil }
    let before = yaml.mistakes.count
    let choices = entries.compactMap { choice($0) }
    guard yaml.mistakes.count == before else { return nil }
    guard choices.contains(where: { $0.weight > 0 }) else {
      yaml.note("there is nothing to choose from", at: node, "give at least one with a weight above 0")
      return nil
    }
    return choices
  }

  private func choice(_ node: Node) -> Variable.Choice? {
    guard node.mapping != nil else {
      return yaml.text(node, "a choice").map { .init(text: $0.collapsingWhitespace(), weight: 1) }
    }
    guard let block = yaml.block(node, "a choice", known: ["value", "weight"]) else { return nil }
    let weight = yaml.number("weight", in: block, range: 0...1_000_000) ?? 1
    return yaml.text("value", in: block).map { .init(text: $0.collapsingWhitespace(), weight: weight) }
  }

  private func range(_ node: Node, in block: YAMLFile.Block) -> Variable.Kind? {
    let step = yaml.number("step", in: block, range: 0.000001...1e9) ?? 1
    guard let ends = yaml.list(node, "\"range\"")?.map({ $0.string.flatMap(Double.init) }) else { return nil }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high, abs(low) < 1e9, abs(high) < 1e9 else {
      yaml.note("a range is two numbers, the lower first", at: node, "write for example range: [1, 10]")
      return nil
    }
    return .range(low: low, high: high, step: step)
  }

  private func column(_ node: Node, in block: YAMLFile.Block) -> [Variable.Choice]? {
    let name = yaml.text(node, "\"column\"")
    guard let path = yaml.text("of", in: block), let rows = read(path, namedAt: block["of"], sources.rows), let name
    else { return nil }
    var choices: [Variable.Choice] = []
    for (place, row) in rows.enumerated() {
      guard let value = row[name] else {
        yaml.note(
          "row \(place + 1) of \(path) has no column \"\(name.cut(to: 40))\"", at: node,
          "its columns are: \((row.objectValue?.map(\.key).joined(separator: ", ") ?? "none").cut(to: 120))")
        return nil
      }
      let text = (value.stringValue ?? value.line).collapsingWhitespace()
      if !text.isEmpty { choices.append(.init(text: text, weight: 1)) }
    }
    guard !choices.isEmpty else {
      yaml.note("the column \(name) of \(path) is empty", at: node)
      return nil
    }
    return choices
  }

  /// `{ when: season, is: { summer: […], winter: … }, otherwise: … }`
  private func depends(_ node: Node, in block: YAMLFile.Block, earlier: KnownVariables) -> Variable.Kind? {
    let name = yaml.text(node, "\"when\"") ?? ""
    let other = earlier.all.first { $0.name == name }
    if other == nil, earlier.areAll, !name.isEmpty {
      yaml.note(
        "there is no variable \"\(name.cut(to: 40))\" above this one", at: node,
        "name one that stands before it: \(earlier.all.map(\.name).joined(separator: ", "))")
    }
    let otherwise = block["otherwise"].flatMap { shortKind($0, earlier: earlier) }
    guard let cases = yaml.value("is", in: block).flatMap({ yaml.mapping($0, "\"is\"") }) else { return nil }
    var kinds: [String: Variable.Kind] = [:]
    for (key, value) in cases {
      let said = key.string ?? ""
      if case .choose(let choices)? = other?.kind, !choices.contains(where: { $0.text == said }) {
        yaml.note(
          "\(name) is never \"\(said.cut(to: 40))\"", at: key,
          "it is one of: \(choices.map(\.text).joined(separator: ", "))")
      }
      kinds[said] = shortKind(value, earlier: earlier)
    }
    return .depends(on: name, cases: kinds, otherwise: otherwise)
  }

  private func shortKind(_ node: Node, earlier: KnownVariables) -> Variable.Kind? {
    let kind = kind(node, earlier: earlier)
    if case .block? = kind {
      yaml.note("a text of its own length cannot depend on another variable", at: node, "use a short value")
      return nil
    }
    return kind
  }
}

extension Variable.Kind {
  /// In the place of one that could not be read, in a recipe that nobody gets.
  fileprivate static var unread: Variable.Kind { .value("") }
}
