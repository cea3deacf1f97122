package import PersonaRecords

/// Something that differs from instance to instance beside the persona: drawn by seed, put into the prompt, and recorded.
package struct Variable: Sendable, Equatable {
  /// Where its values come from.
  package indirect enum Kind: Sendable, Equatable {
    case value(String)
    case choose([Choice])
    /// Numbers from `low` to `high`, both ends included, `step` apart.
    case range(low: Double, high: Double, step: Double)
    /// A text of its own length, which stands in a prompt between tags.
    case block(String, title: String)
    /// Another kind for each value of an earlier variable; nothing where none is said.
    case depends(on: String, cases: [String: Kind], otherwise: Kind?)
  }

  package struct Choice: Sendable, Equatable {
    package let text: String
    package let weight: Double
  }

  package let name: String
  package internal(set) var kind: Kind

  /// A long text is put between tags, where it cannot be taken for the prompt's own words.
  package var isBlock: Bool {
    if case .block = kind { true } else { false }
  }
}

/// What was drawn for one variable.
package struct DrawnValue: Sendable, Equatable {
  package let name: String
  /// As it stands in the prompt.
  package let text: String
  /// As it stands in the instance's `fields`; of one type for one variable.
  package let field: JSONValue
}

extension Variable.Kind {
  /// Draws a value.
  /// - Parameter earlier: what was drawn for the variables before.
  func draw(_ random: inout SeededRandom, earlier: [DrawnValue]) -> (text: String, field: JSONValue) {
    switch self {
    case .value(let text): return (text, .string(text))
    case .block(let text, let title): return (text, .string(title))
    case .choose(let choices):
      let text = Self.pick(choices, &random)
      return (text, .string(text))
    case .range(let low, let high, let step):
      let steps = Int(((high - low) / step + 1e-9).rounded(.down))
      let spelling = Self.spelling(low + Double(random.below(steps + 1)) * step)
      return (spelling, .number(spelling))
    case .depends(let name, let cases, let otherwise):
      let said = earlier.first { $0.name == name }?.text ?? ""
      guard let kind = cases[said] ?? otherwise else { return ("", .string("")) }
      // Always text: another case may not be a number.
      let text = kind.draw(&random, earlier: earlier).text
      return (text, .string(text))
    }
  }

  private static func pick(_ choices: [Variable.Choice], _ random: inout SeededRandom) -> String {
    var place = random.unit() * choices.reduce(0) { $0 + $1.weight }
    for choice in choices {
      place -= choice.weight
      if place < 0 { return choice.text }
    }
    return choices.last { $0.weight > 0 }?.text ?? ""
  }

  /// Six decimals at most, and none that are not needed.
  static func spelling(_ number: Double) -> String {
    let millionths = (number * 1e6).rounded()
    guard abs(millionths) < 1e15 else { return String(number) }
    let whole = Int(millionths)
    guard !whole.isMultiple(of: 1_000_000) else { return String(whole / 1_000_000) }
    let digits = String(abs(whole) % 1_000_000)
    var decimals = String(repeating: "0", count: 6 - digits.count) + digits
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(whole < 0 ? "-" : "")\(abs(whole) / 1_000_000).\(decimals)"
  }
}

extension Recipe {
  /// The recipe with some variables set by the user.
  ///
  /// - Parameters:
  ///   - values: name and text, `--set name=text`.
  ///   - blocks: name, text and title, `--set-file name=FILE`.
  /// - Throws: `Problem` where there is no such variable, or a number is wanted.
  package func setting(
    _ values: [(name: String, text: String)], blocks: [(name: String, text: String, title: String)]
  ) throws(Problem) -> Recipe {
    var recipe = self
    for (name, text) in values {
      let place = try place(of: name)
      let old = variables[place]
      if old.isBlock {
        recipe.variables[place].kind = .block(
          try RecipeFile.block(text, path: "--set \(name)"), title: text.cut(to: 60))
      } else if case .range = old.kind {
        guard let number = Double(text), number.isFinite else {
          throw Problem(
            "\(name) should be a number, and \"\(text.cut(to: 40))\" is none", advice: "write for example \(name)=5",
            consequence: .wrongUsage)
        }
        recipe.variables[place].kind = .range(low: number, high: number, step: 1)
      } else {
        recipe.variables[place].kind = .value(text.collapsingWhitespace())
      }
    }
    for (name, text, title) in blocks {
      let place = try place(of: name)
      guard variables[place].isBlock else {
        throw Problem(
          "\(name) is a short value of recipe \(self.name), no text of a file", advice: "use --set \(name)=VALUE",
          consequence: .wrongUsage)
      }
      recipe.variables[place].kind = .block(text, title: title)
    }
    return recipe
  }

  private func place(of name: String) throws(Problem) -> Int {
    if let place = variables.firstIndex(where: { $0.name == name }) { return place }
    let known = variables.map(\.name).joined(separator: ", ")
    throw Problem(
      "recipe \(self.name) has no variable \"\(name.cut(to: 40))\"",
      advice: known.isEmpty ? "it has none at all" : "its variables are: \(known)", consequence: .wrongUsage)
  }
}
