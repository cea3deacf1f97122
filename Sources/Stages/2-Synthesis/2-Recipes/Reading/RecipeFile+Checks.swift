import PersonaRecords
import Yams

extension RecipeFile {
  /// Each check is a name, or a name with what it is told: `- length: { minimum: 60 }`.
  func checks(in mapping: Node.Mapping, variables: [Variable], parts: [String]) throws(Problem) -> [Check] {
    guard let node = mapping["checks"] else { return [] }
    var checks: [Check] = []
    for entry in try yaml.list(node, "\"checks\"") {
      guard entry.mapping.map({ $0.count == 1 }) ?? true else {
        throw yaml.problem("one check per entry of the list", at: entry, "begin each with \"- \"")
      }
      let name = entry.string ?? entry.mapping?.keys.first?.string ?? ""
      guard let shape = knownChecks[name] else {
        throw yaml.problem(
          "unknown check \"\(name.cut(to: 40))\"", at: entry,
          "the checks are: \(knownChecks.keys.sorted().joined(separator: ", "))")
      }
      checks.append(
        try check(name, shape, told: entry.mapping?.values.first, at: entry, variables: variables, parts: parts))
    }
    return checks
  }

  private func check(
    _ name: String, _ shape: CheckShape, told node: Node?, at entry: Node, variables: [Variable], parts: [String]
  ) throws(Problem) -> Check {
    var check = Check(name: name)
    var told: Node.Mapping?
    if let node {
      let pairs = try yaml.mapping(node, "what \(name) is told")
      try yaml.refuseUnknownKeys(of: pairs, known: shape.limits.keys.sorted() + shape.words.keys.sorted())
      told = pairs
      for (limit, range) in shape.limits { check.limits[limit] = try yaml.number(limit, in: pairs, range: range) }
      for (word, choices) in shape.words {
        guard let value = pairs[word] else { continue }
        let text = try yaml.text(value, "\"\(word)\"")
        try inspect(text, word: word, choices: choices, at: value, variables: variables, parts: parts)
        check.words[word] = text
      }
    }
    for missing in shape.required.sorted() where told?[missing] == nil {
      throw yaml.problem(
        "\(name) needs \"\(missing)\"", at: entry, "write - \(name): { \(missing): … }")
    }
    if !shape.oneOf.isEmpty, check.limits.keys.allSatisfy({ !shape.oneOf.contains($0) }) {
      throw yaml.problem(
        "\(name) says no limit, so it would let everything pass", at: entry,
        "say at least one of: \(shape.oneOf.sorted().joined(separator: ", "))")
    }
    if let low = check.limits["minimum"], let high = check.limits["maximum"], low > high {
      throw yaml.problem("\(name): the minimum is above the maximum, so nothing can pass", at: entry)
    }
    return check
  }

  private func inspect(
    _ text: String, word: String, choices: Set<String>?, at node: Node, variables: [Variable], parts: [String]
  ) throws(Problem) {
    let names = Check.variables(in: text)
    for name in names where !variables.contains(where: { $0.name == name }) {
      throw yaml.problem(
        "there is no variable \"\(name.cut(to: 40))\"", at: node,
        "the variables are: \(variables.map(\.name).joined(separator: ", "))")
    }
    guard names.isEmpty else { return }
    if word == "of" || word == "tests" || word == "code" {
      guard parts.contains(text) else {
        throw yaml.problem(
          "the answer has no part \"\(text.cut(to: 40))\"", at: node,
          parts.isEmpty ? "leave it out" : "its parts are: \(parts.joined(separator: ", "))")
      }
    } else if let choices, !choices.contains(text) {
      throw yaml.problem(
        "\"\(text.cut(to: 40))\" is none of what may stand here", at: node,
        "one of: \(choices.sorted().joined(separator: ", ").cut(to: 300)), or a variable as \"{{name}}\"")
    }
  }
}
