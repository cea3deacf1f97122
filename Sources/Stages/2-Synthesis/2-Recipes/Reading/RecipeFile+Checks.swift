import PersonaRecords
import Yams

extension RecipeFile {
  /// Each check is a name, or a name with what it is told: `- length: { minimum: 60 }`.
  /// - Parameter parts: of the answer that is checked; nil where they could not be read.
  func checks(in block: YAMLFile.Block, variables: KnownVariables, parts: [String]?) -> [Check] {
    guard let node = block["checks"], let entries = yaml.list(node, "\"checks\"") else { return [] }
    return entries.compactMap { check($0, variables: variables, parts: parts) }
  }

  private func check(_ entry: Node, variables: KnownVariables, parts: [String]?) -> Check? {
    guard entry.mapping.map({ $0.count == 1 }) ?? true else {
      yaml.note("one check per entry of the list", at: entry, "begin each with \"- \"")
      return nil
    }
    let name = entry.string ?? entry.mapping?.keys.first?.string ?? ""
    guard let shape = knownChecks[name] else {
      yaml.note(
        "unknown check \"\(name.cut(to: 40))\"", at: entry,
        "the checks are: \(knownChecks.keys.sorted().joined(separator: ", "))")
      return nil
    }
    var check = Check(name: name)
    var told: YAMLFile.Block?
    if let node = entry.mapping?.values.first {
      let known = shape.limits.keys.sorted() + shape.words.keys.sorted()
      guard let block = yaml.block(node, "what \(name) is told", known: known) else { return nil }
      told = block
      for (limit, range) in shape.limits { check.limits[limit] = yaml.number(limit, in: block, range: range) }
      for (word, choices) in shape.words {
        guard let value = block[word], let text = yaml.text(value, "\"\(word)\"") else { continue }
        inspect(text, word: word, choices: choices, at: value, variables: variables, parts: parts)
        check.words[word] = text
      }
    }
    refuseEmptiness(of: check, shape, told: told, at: entry)
    return check
  }

  /// Notes what would let everything or nothing pass. What was said and could not be read counts as said.
  private func refuseEmptiness(of check: Check, _ shape: CheckShape, told: YAMLFile.Block?, at entry: Node) {
    let name = check.name
    if told?.hasUnknownKey != true {
      let missing = shape.required.sorted().filter { told?[$0] == nil }
      for key in missing { yaml.note("\(name) needs \"\(key)\"", at: entry, "write - \(name): { \(key): … }") }
      if !shape.oneOf.isEmpty, shape.oneOf.allSatisfy({ told?[$0] == nil }) {
        yaml.note(
          "\(name) says no limit, so it would let everything pass", at: entry,
          "say at least one of: \(shape.oneOf.sorted().joined(separator: ", "))")
      }
    }
    if let low = check.limits["minimum"], let high = check.limits["maximum"], low > high {
      yaml.note("\(name): the minimum is above the maximum, so nothing can pass", at: entry)
    }
  }

  private func inspect(
    _ text: String, word: String, choices: Set<String>?, at node: Node, variables: KnownVariables, parts: [String]?
  ) {
    let names = Check.variables(in: text)
    for name in names where !variables.has(name) {
      yaml.note(
        "there is no variable \"\(name.cut(to: 40))\"", at: node,
        "the variables are: \(variables.all.map(\.name).joined(separator: ", "))")
    }
    guard names.isEmpty else { return }
    if word == "of" || word == "tests" || word == "code" {
      guard let parts, !parts.contains(text) else { return }
      yaml.note(
        "the answer has no part \"\(text.cut(to: 40))\"", at: node,
        parts.isEmpty ? "leave it out" : "its parts are: \(parts.joined(separator: ", "))")
    } else if let choices, !choices.contains(text) {
      yaml.note(
        "\"\(text.cut(to: 40))\" is none of what may stand here", at: node,
        "one of: \(choices.sorted().joined(separator: ", ").cut(to: 300)), or a variable as \"{{name}}\"")
    }
  }
}
