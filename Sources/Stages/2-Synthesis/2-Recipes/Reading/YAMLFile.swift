import PersonaRecords
import Yams

/// A YAML text whose mistakes are named with line and column.
struct YAMLFile {
  let file: String
  /// The text itself: blocks lose their indentation when they are read, and a column counts it.
  let source: String
  /// Where examples of the format are to be seen.
  static let advice = "compare with: persona-hub recipes show math"

  /// The text's only document.
  func root() throws(Problem) -> Node {
    do {
      guard let node = try Yams.compose(yaml: source) else {
        throw Problem("the recipe is empty", at: .init(file: file), advice: Self.advice, consequence: .wrongUsage)
      }
      return node
    } catch let problem as Problem {
      throw problem
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _), .composer(_, let what, let mark, _):
        throw Problem(
          "not YAML: \(what)", at: .init(file: file, line: mark.line, column: mark.column), advice: Self.advice,
          consequence: .wrongUsage)
      case .duplicatedKeysInMapping(let keys, let context):
        throw Problem(
          "the key \(keys.map { "\"\($0.cut(to: 40))\"" }.joined(separator: ", ")) stands there twice",
          at: .init(file: file, line: context.mark.line, column: context.mark.column), advice: "leave one of them out",
          consequence: .wrongUsage)
      default: throw notYAML("\(error)")
      }
    } catch {
      throw notYAML("\(error)")
    }
  }

  private func notYAML(_ why: String) -> Problem {
    Problem("not YAML: \(why)", at: .init(file: file), advice: Self.advice, consequence: .wrongUsage)
  }

  func problem(_ what: String, at node: Node?, _ advice: String = YAMLFile.advice) -> Problem {
    Problem(
      what, at: .init(file: file, line: node?.mark?.line, column: node?.mark?.column), advice: advice,
      consequence: .wrongUsage)
  }

  /// A problem of the text inside a node, whose lines count from 1.
  func problem(_ inner: Problem, inside node: Node) -> Problem {
    var problem = inner
    problem.place.file = file
    problem.consequence = .wrongUsage
    let start = node.mark?.line ?? 1
    // The text of a block begins on the line below its `|`.
    let isBlock = node.scalar.map { $0.style == .literal || $0.style == .folded } ?? false
    let line = start + (inner.place.line ?? 1) - (isBlock ? 0 : 1)
    problem.place.line = line
    problem.place.column = column(of: inner, inLine: line) ?? node.mark?.column
    return problem
  }

  /// Where the tag that a problem quotes stands in its line, counted from 1.
  private func column(of problem: Problem, inLine line: Int) -> Int? {
    let lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let start = problem.what.firstRange(of: "{{"), lines.indices.contains(line - 1) else { return nil }
    let quoted = problem.what[start.lowerBound...].prefix { $0 != "}" && $0 != "…" }
    let text = lines[line - 1]
    return text.firstRange(of: String(quoted)).map { text.distance(from: text.startIndex, to: $0.lowerBound) + 1 }
  }

  func mapping(_ node: Node, _ what: String) throws(Problem) -> Node.Mapping {
    guard let mapping = node.mapping else { throw problem("\(what) should be keys and values", at: node) }
    return mapping
  }

  func list(_ node: Node, _ what: String) throws(Problem) -> [Node] {
    guard let sequence = node.sequence else { throw problem("\(what) should be a list", at: node) }
    return Array(sequence)
  }

  func refuseUnknownKeys(of mapping: Node.Mapping, known: [String]) throws(Problem) {
    for (key, _) in mapping where !known.contains(key.string ?? "") {
      throw problem(
        "unknown key \"\((key.string ?? "?").cut(to: 40))\"", at: key,
        "the keys here are: \(known.joined(separator: ", "))")
    }
  }

  func text(_ key: String, in mapping: Node.Mapping, of parent: Node) throws(Problem) -> String {
    guard let node = mapping[key] else { throw problem("key \"\(key)\" is missing", at: parent) }
    return try text(node, "\"\(key)\"")
  }

  func text(_ node: Node, _ what: String) throws(Problem) -> String {
    guard let text = node.string, node.scalar != nil else { throw problem("\(what) should be a text", at: node) }
    return text
  }

  func number(
    _ key: String, in mapping: Node.Mapping, range: ClosedRange<Double>
  ) throws(Problem) -> Double? {
    guard let node = mapping[key] else { return nil }
    guard let number = node.string.flatMap(Double.init), range.contains(number) else {
      throw problem(
        "\"\(key)\" should be a number from \(Variable.Kind.spelling(range.lowerBound)) to "
          + Variable.Kind.spelling(range.upperBound), at: node)
    }
    return number
  }

  /// A node as JSON: quoted texts are texts, plain `true`, `false`, `null` and numbers are what they look like.
  func json(_ node: Node) throws(Problem) -> JSONValue {
    if let mapping = node.mapping {
      var members: [JSONValue.Member] = []
      for (key, value) in mapping { members.append(.init(try text(key, "a key"), try json(value))) }
      return .object(members)
    }
    if let sequence = node.sequence {
      var elements: [JSONValue] = []
      for element in sequence { elements.append(try json(element)) }
      return .array(elements)
    }
    let text = try text(node, "a value")
    guard node.scalar?.style == .plain || node.scalar?.style == .any else { return .string(text) }
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null", "~", "": return .null
    default:
      if let whole = Int(text) { return .number(String(whole)) }
      if text.first?.isLetter == false, let number = Double(text), number.isFinite { return .number(String(number)) }
      return .string(text)
    }
  }
}
