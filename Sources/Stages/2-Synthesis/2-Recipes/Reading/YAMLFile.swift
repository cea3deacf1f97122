import JSONSchemas
import PersonaRecords
import Yams

/// A YAML text whose mistakes are named with line and column.
///
/// What is wrong is noted and reading goes on: whatever cannot be read comes back as nil, noted, and whoever wanted it has
/// nothing more to say about it.
struct YAMLFile {
  let file: String
  /// The text itself: blocks lose their indentation when they are read, and a column counts it.
  let source: String
  let mistakes = MistakeList()
  /// Where examples of the format are to be seen.
  static let advice = "compare with: persona-hub recipes show math"

  /// Keys and values, with the node that they stand at.
  struct Block {
    let node: Node
    let mapping: Node.Mapping
    /// Whether a key stands there that nothing knows: it may be the misspelt name of one that is missing.
    let hasUnknownKey: Bool

    subscript(key: String) -> Node? { mapping[key] }
  }

  /// The text's only document.
  func root() -> Node? {
    do {
      guard let node = try Yams.compose(yaml: source) else {
        mistakes.add(
          Problem("the recipe is empty", at: .init(file: file), advice: Self.advice, consequence: .wrongUsage))
        return nil
      }
      return node
    } catch let error as YamlError {
      mistakes.add(problem(of: error))
    } catch {
      mistakes.add(notYAML("\(error)"))
    }
    return nil
  }

  private func problem(of error: YamlError) -> Problem {
    switch error {
    case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _), .composer(_, let what, let mark, _):
      Problem(
        "not YAML: \(what)", at: .init(file: file, line: mark.line, column: mark.column), advice: Self.advice,
        consequence: .wrongUsage)
    case .duplicatedKeysInMapping(let keys, let context):
      Problem(
        "the key \(keys.map { "\"\($0.cut(to: 40))\"" }.joined(separator: ", ")) stands there twice",
        at: .init(file: file, line: context.mark.line, column: context.mark.column), advice: "leave one of them out",
        consequence: .wrongUsage)
    default: notYAML("\(error)")
    }
  }

  private func notYAML(_ why: String) -> Problem {
    Problem("not YAML: \(why)", at: .init(file: file), advice: Self.advice, consequence: .wrongUsage)
  }

  /// Notes what is wrong with a node.
  func note(_ what: String, at node: Node?, _ advice: String = YAMLFile.advice) {
    mistakes.add(
      Problem(
        what, at: .init(file: file, line: node?.mark?.line, column: node?.mark?.column), advice: advice,
        consequence: .wrongUsage))
  }

  /// Notes a problem of the text inside a node, whose lines count from 1.
  func note(_ inner: Problem, inside node: Node) {
    var problem = inner
    problem.place.file = file
    problem.consequence = .wrongUsage
    let start = node.mark?.line ?? 1
    // The text of a block begins on the line below its `|`.
    let isBlock = node.scalar.map { $0.style == .literal || $0.style == .folded } ?? false
    let line = start + (inner.place.line ?? 1) - (isBlock ? 0 : 1)
    problem.place.line = line
    problem.place.column = column(of: inner, inLine: line) ?? node.mark?.column
    mistakes.add(problem)
  }

  /// Notes a problem of another file, which a node names.
  func note(_ problem: Problem, ofFileNamedAt node: Node) {
    mistakes.add(problem, atLine: node.mark?.line, column: node.mark?.column)
  }

  /// Where the tag that a problem quotes stands in its line, counted from 1.
  private func column(of problem: Problem, inLine line: Int) -> Int? {
    let lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let start = problem.what.firstRange(of: "{{"), lines.indices.contains(line - 1) else { return nil }
    let quoted = problem.what[start.lowerBound...].prefix { $0 != "}" && $0 != "…" }
    let text = lines[line - 1]
    return text.firstRange(of: String(quoted)).map { text.distance(from: text.startIndex, to: $0.lowerBound) + 1 }
  }

  func mapping(_ node: Node, _ what: String) -> Node.Mapping? {
    if node.mapping == nil { note("\(what) should be keys and values", at: node) }
    return node.mapping
  }

  /// A mapping of which all keys are known; each that is not is noted.
  func block(_ node: Node, _ what: String, known: [String]) -> Block? {
    guard let mapping = mapping(node, what) else { return nil }
    var hasUnknownKey = false
    for (key, _) in mapping where !known.contains(key.string ?? "") {
      hasUnknownKey = true
      note(
        "unknown key \"\((key.string ?? "?").cut(to: 40))\"", at: key,
        "the keys here are: \(known.joined(separator: ", "))")
    }
    return Block(node: node, mapping: mapping, hasUnknownKey: hasUnknownKey)
  }

  func list(_ node: Node, _ what: String) -> [Node]? {
    guard let sequence = node.sequence else {
      note("\(what) should be a list", at: node)
      return nil
    }
    return Array(sequence)
  }

  /// What has to stand in a block. Where an unknown key stands beside it, that is the mistake, and not this one.
  func value(_ key: String, in block: Block) -> Node? {
    if let node = block[key] { return node }
    if !block.hasUnknownKey { note("key \"\(key)\" is missing", at: block.node) }
    return nil
  }

  func text(_ key: String, in block: Block) -> String? { value(key, in: block).flatMap { text($0, "\"\(key)\"") } }

  func text(_ node: Node, _ what: String) -> String? {
    guard let text = node.string, node.scalar != nil else {
      note("\(what) should be a text", at: node)
      return nil
    }
    return text
  }

  /// A number; nil where none is said, too.
  func number(_ key: String, in block: Block, range: ClosedRange<Double>) -> Double? {
    guard let node = block[key] else { return nil }
    guard let number = node.string.flatMap(Double.init), range.contains(number) else {
      note(
        "\"\(key)\" should be a number from \(Variable.Kind.spelling(range.lowerBound)) to "
          + Variable.Kind.spelling(range.upperBound), at: node)
      return nil
    }
    return number
  }

  /// A node as JSON: quoted texts are texts, plain `true`, `false`, `null` and numbers are what they look like.
  func json(_ node: Node) -> JSONValue? {
    if let mapping = node.mapping {
      var members: [JSONValue.Member] = []
      for (key, value) in mapping {
        guard let key = text(key, "a key"), let value = json(value) else { return nil }
        members.append(.init(key, value))
      }
      return .object(members)
    }
    if let sequence = node.sequence {
      var elements: [JSONValue] = []
      for element in sequence {
        guard let element = json(element) else { return nil }
        elements.append(element)
      }
      return .array(elements)
    }
    guard let text = text(node, "a value") else { return nil }
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

extension YAMLFile {
  /// The node at a place of what another one says as JSON; the nearest there is.
  func node(at place: JSONPointer, in root: Node) -> Node {
    var node = root
    for step in place.steps {
      switch step {
      case .key(let key): node = node.mapping?[key] ?? node
      case .index(let index):
        guard let elements = node.sequence, elements.indices.contains(index) else { return node }
        node = elements[index]
      }
    }
    return node
  }
}

/// The mistakes of one file, noted while it is read.
final class MistakeList {
  private var found: [(line: Int, column: Int, problem: Problem)] = []

  var isEmpty: Bool { found.isEmpty }

  /// How many there are by now: reading that adds none went well.
  var count: Int { found.count }

  func add(_ problem: Problem) { add(problem, atLine: problem.place.line, column: problem.place.column) }

  func add(_ problem: Problem, atLine line: Int?, column: Int?) { found.append((line ?? 0, column ?? 0, problem)) }

  /// In the order of the file; those of one place in the order in which they were noted.
  var inOrder: [Problem] {
    found.enumerated().sorted { one, other in
      (one.element.line, one.element.column, one.offset) < (other.element.line, other.element.column, other.offset)
    }.map(\.element.problem)
  }
}
