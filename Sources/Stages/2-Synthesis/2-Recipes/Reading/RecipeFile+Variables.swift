package import PersonaRecords
import Yams

extension RecipeFile {
  private static let kinds = ["value", "choose", "range", "column", "text", "file", "when"]

  /// `variables:`, each a name with one way to draw it.
  func variables(in mapping: Node.Mapping) throws(Problem) -> [Variable] {
    guard let node = mapping["variables"] else { return [] }
    var variables: [Variable] = []
    for (key, value) in try yaml.mapping(node, "\"variables\"") {
      let name = key.string ?? ""
      guard Recipe.isName(name), name != "persona", name != "demonstrations" else {
        throw yaml.problem(
          "\"\(name.cut(to: 40))\" cannot name a variable", at: key,
          "use letters, digits and hyphens; persona and demonstrations are taken")
      }
      variables.append(Variable(name: name, kind: try kind(value, earlier: variables)))
    }
    return variables
  }

  /// The texts of one variable's files may not be longer: a prompt has to hold them.
  static var longestBlock: Int { 200_000 }

  private func kind(_ node: Node, earlier: [Variable]) throws(Problem) -> Variable.Kind {
    // A scalar or a list alone is what it looks like: `tone: dry`, `season: [spring, autumn]`.
    if node.scalar != nil { return .value(try yaml.text(node, "a value").collapsingWhitespace()) }
    if node.sequence != nil { return .choose(try choices(node)) }
    let mapping = try yaml.mapping(node, "a variable")
    let said = Self.kinds.filter { mapping[$0] != nil }
    guard said.count == 1, let kind = said.first, let value = mapping[kind] else {
      throw yaml.problem(
        said.isEmpty ? "a variable needs a way to be drawn" : "a variable is drawn one way", at: node,
        "say one of: \(Self.kinds.joined(separator: ", "))")
    }
    let companions = ["range": ["step"], "column": ["of"], "when": ["is", "otherwise"]][kind] ?? []
    try yaml.refuseUnknownKeys(of: mapping, known: [kind] + companions)
    switch kind {
    case "value": return .value(try yaml.text(value, "\"value\"").collapsingWhitespace())
    case "choose": return .choose(try choices(value))
    case "range": return try range(value, in: mapping)
    case "column": return .choose(try column(value, in: mapping, of: node))
    case "text": return .block(try yaml.text(value, "\"text\"").trimmingWhitespace(), title: "the recipe's own")
    case "file":
      let path = try yaml.text(value, "\"file\"")
      return .block(try block(of: path, at: value), title: path)
    default: return try depends(value, in: mapping, of: node, earlier: earlier)
    }
  }

  private func block(of path: String, at node: Node) throws(Problem) -> String {
    let text: String
    do {
      text = try sources.text(path)
    } catch {
      throw yaml.problem(
        "\(path): \(error.what)\(error.cause.isEmpty ? "" : " (\(error.cause))")", at: node,
        "check the path; it is looked for beside the recipe")
    }
    return try Self.block(text, path: path)
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

  /// `[a, b, { value: c, weight: 3 }]`
  private func choices(_ node: Node) throws(Problem) -> [Variable.Choice] {
    var choices: [Variable.Choice] = []
    for entry in try yaml.list(node, "\"choose\"") {
      if let mapping = entry.mapping {
        try yaml.refuseUnknownKeys(of: mapping, known: ["value", "weight"])
        choices.append(
          .init(
            text: try yaml.text("value", in: mapping, of: entry).collapsingWhitespace(),
            weight: try yaml.number("weight", in: mapping, range: 0...1_000_000) ?? 1))
      } else {
        choices.append(.init(text: try yaml.text(entry, "a choice").collapsingWhitespace(), weight: 1))
      }
    }
    guard choices.contains(where: { $0.weight > 0 }) else {
      throw yaml.problem("there is nothing to choose from", at: node, "give at least one with a weight above 0")
    }
    return choices
  }

  private func range(_ node: Node, in mapping: Node.Mapping) throws(Problem) -> Variable.Kind {
    let ends = try yaml.list(node, "\"range\"").map { $0.string.flatMap(Double.init) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high, abs(low) < 1e9, abs(high) < 1e9 else {
      throw yaml.problem("a range is two numbers, the lower first", at: node, "write for example range: [1, 10]")
    }
    let step = try yaml.number("step", in: mapping, range: 0.000001...1e9) ?? 1
    return .range(low: low, high: high, step: step)
  }

  private func column(_ node: Node, in mapping: Node.Mapping, of parent: Node) throws(Problem) -> [Variable.Choice] {
    let name = try yaml.text(node, "\"column\"")
    let path = try yaml.text("of", in: mapping, of: parent)
    let rows: [JSONValue]
    do {
      rows = try sources.rows(path)
    } catch {
      throw yaml.problem(
        "\(path): \(error.what)\(error.cause.isEmpty ? "" : " (\(error.cause))")", at: mapping["of"],
        "check the path; it is looked for beside the recipe")
    }
    var choices: [Variable.Choice] = []
    for (place, row) in rows.enumerated() {
      guard let value = row[name] else {
        throw yaml.problem(
          "row \(place + 1) of \(path) has no column \"\(name.cut(to: 40))\"", at: node,
          "its columns are: \((row.objectValue?.map(\.key).joined(separator: ", ") ?? "none").cut(to: 120))")
      }
      let text = (value.stringValue ?? value.line).collapsingWhitespace()
      if !text.isEmpty { choices.append(.init(text: text, weight: 1)) }
    }
    guard !choices.isEmpty else { throw yaml.problem("the column \(name) of \(path) is empty", at: node) }
    return choices
  }

  /// `{ when: season, is: { summer: […], winter: … }, otherwise: … }`
  private func depends(
    _ node: Node, in mapping: Node.Mapping, of parent: Node, earlier: [Variable]
  ) throws(Problem) -> Variable.Kind {
    let name = try yaml.text(node, "\"when\"")
    guard let other = earlier.first(where: { $0.name == name }) else {
      throw yaml.problem(
        "there is no variable \"\(name.cut(to: 40))\" above this one", at: node,
        "name one that stands before it: \(earlier.map(\.name).joined(separator: ", "))")
    }
    guard let cases = mapping["is"] else { throw yaml.problem("key \"is\" is missing", at: parent) }
    var kinds: [String: Variable.Kind] = [:]
    for (key, value) in try yaml.mapping(cases, "\"is\"") {
      let said = key.string ?? ""
      if case .choose(let choices) = other.kind, !choices.contains(where: { $0.text == said }) {
        throw yaml.problem(
          "\(name) is never \"\(said.cut(to: 40))\"", at: key,
          "it is one of: \(choices.map(\.text).joined(separator: ", "))")
      }
      kinds[said] = try shortKind(value, earlier: earlier)
    }
    let otherwise = try mapping["otherwise"].map { node throws(Problem) in try self.shortKind(node, earlier: earlier) }
    return .depends(on: name, cases: kinds, otherwise: otherwise)
  }

  private func shortKind(_ node: Node, earlier: [Variable]) throws(Problem) -> Variable.Kind {
    let kind = try kind(node, earlier: earlier)
    if case .block = kind {
      throw yaml.problem("a text of its own length cannot depend on another variable", at: node, "use a short value")
    }
    return kind
  }
}
