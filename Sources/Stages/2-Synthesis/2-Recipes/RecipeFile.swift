import Crypto
import Foundation
import LanguageModels
package import PersonaRecords
import Yams

/// Reads a recipe from YAML and names what is wrong with it, with the line.
package enum RecipeFile {
  /// - Parameters:
  ///   - text: the file's content.
  ///   - file: its name, for messages.
  ///   - knownChecks: names of the checks there are, each with the limits it takes.
  /// - Throws: `Problem` with file and line; nothing is half read.
  package static func read(_ text: String, file: String, knownChecks: [String: [String]]) throws(Problem) -> Recipe {
    let root = try node(of: text, file: file)
    guard let mapping = root.mapping else {
      throw Problem("a recipe is a list of keys and values", at: place(file, root), advice: advice)
    }
    try refuseUnknownKeys(
      of: mapping, known: ["name", "description", "modes", "sampling", "answer", "checks"], file: file)
    let name = try string("name", in: mapping, file: file)
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
      throw Problem(
        "the name \"\(name.cut(to: 40))\" may hold letters, digits and hyphens only", at: place(file, mapping["name"]),
        advice: "choose a name such as math-finance")
    }
    return Recipe(
      name: name, summary: try string("description", in: mapping, file: file),
      hash: SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined(),
      prompts: try prompts(in: mapping, file: file), sampling: try sampling(in: mapping, file: file),
      marker: try marker(in: mapping, file: file),
      checks: try checks(in: mapping, file: file, known: knownChecks), source: text)
  }

  private static let advice = "compare with: persona-hub recipes show math"

  private static func node(of text: String, file: String) throws(Problem) -> Node {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw Problem("the recipe is empty", at: .init(file: file), advice: advice)
      }
      return node
    } catch let problem as Problem {
      throw problem
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _), .composer(_, let what, let mark, _):
        throw Problem(
          "not YAML: \(what), column \(mark.column)", at: .init(file: file, line: mark.line), advice: advice)
      default: throw Problem("not YAML: \(error)", at: .init(file: file), advice: advice)
      }
    } catch {
      throw Problem("not YAML: \(error)", at: .init(file: file), advice: advice)
    }
  }

  private static func place(_ file: String, _ node: Node?) -> Problem.Place {
    .init(file: file, line: node?.mark?.line)
  }

  private static func refuseUnknownKeys(of mapping: Node.Mapping, known: [String], file: String) throws(Problem) {
    for (key, _) in mapping where !known.contains(key.string ?? "") {
      throw Problem(
        "unknown key \"\((key.string ?? "?").cut(to: 40))\"", at: place(file, key),
        advice: "the keys here are: \(known.joined(separator: ", "))")
    }
  }

  private static func string(_ key: String, in mapping: Node.Mapping, file: String) throws(Problem) -> String {
    guard let node = mapping[key] else {
      throw Problem("key \"\(key)\" is missing", at: .init(file: file), advice: advice)
    }
    guard let text = node.string else {
      throw Problem("\"\(key)\" should be a text", at: place(file, node), advice: advice)
    }
    return text
  }

  private static func prompts(
    in mapping: Node.Mapping, file: String
  ) throws(Problem) -> [PromptMode: PromptTemplate] {
    guard let modes = mapping["modes"]?.mapping, !modes.isEmpty else {
      throw Problem("key \"modes\" is missing or empty", at: place(file, mapping["modes"]), advice: advice)
    }
    var prompts: [PromptMode: PromptTemplate] = [:]
    for (key, value) in modes {
      guard let mode = PromptMode(rawValue: key.string ?? "") else {
        throw Problem(
          "unknown mode \"\((key.string ?? "?").cut(to: 40))\"", at: place(file, key),
          advice: "the modes are: \(PromptMode.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard let text = value.string else {
        throw Problem("a prompt should be a text", at: place(file, value), advice: advice)
      }
      do {
        prompts[mode] = try PromptTemplate(text, file: file, knowing: Recipe.promptVariables)
      } catch {
        // Lines inside the block are counted from the block's own start; say which prompt instead.
        throw Problem(error.what, at: place(file, value), advice: error.advice, cause: "in the \(mode.rawValue) prompt")
      }
    }
    return prompts
  }

  private static func sampling(in mapping: Node.Mapping, file: String) throws(Problem) -> Sampling {
    var sampling = Sampling()
    guard let node = mapping["sampling"] else { return sampling }
    guard let settings = node.mapping else {
      throw Problem("\"sampling\" should be keys and values", at: place(file, node), advice: advice)
    }
    try refuseUnknownKeys(of: settings, known: ["temperature", "top-p", "max-tokens"], file: file)
    sampling.temperature = try number("temperature", in: settings, range: 0...2, file: file)
    sampling.topP = try number("top-p", in: settings, range: 0...1, file: file)
    sampling.maxTokens = try number("max-tokens", in: settings, range: 1...1_000_000, file: file).map { Int($0) }
    return sampling
  }

  private static func number(
    _ key: String, in mapping: Node.Mapping, range: ClosedRange<Double>, file: String
  ) throws(Problem) -> Double? {
    guard let node = mapping[key] else { return nil }
    guard let number = node.float ?? node.int.map(Double.init), range.contains(number) else {
      throw Problem(
        "\"\(key)\" should be a number from \(range.lowerBound) to \(range.upperBound)", at: place(file, node),
        advice: advice)
    }
    return number
  }

  private static func marker(in mapping: Node.Mapping, file: String) throws(Problem) -> String {
    guard let node = mapping["answer"] else { return "" }
    guard let answer = node.mapping else {
      throw Problem("\"answer\" should be keys and values", at: place(file, node), advice: advice)
    }
    try refuseUnknownKeys(of: answer, known: ["marker"], file: file)
    return try string("marker", in: answer, file: file)
  }

  /// Each check is a name, or a name with its limits: `- length: { minimum: 60 }`.
  private static func checks(
    in mapping: Node.Mapping, file: String, known: [String: [String]]
  ) throws(Problem) -> [Check] {
    guard let list = mapping["checks"] else { return [] }
    guard let entries = list.sequence else {
      throw Problem("\"checks\" should be a list", at: place(file, list), advice: advice)
    }
    var checks: [Check] = []
    for entry in entries {
      let name = entry.string ?? entry.mapping?.keys.first?.string ?? ""
      guard let limitNames = known[name] else {
        throw Problem(
          "unknown check \"\(name.cut(to: 40))\"", at: place(file, entry),
          advice: "the checks are: \(known.keys.sorted().joined(separator: ", "))")
      }
      var check = Check(name: name)
      if let limits = entry.mapping?.values.first {
        guard let pairs = limits.mapping else {
          throw Problem("the limits of \(name) should be keys and numbers", at: place(file, limits), advice: advice)
        }
        try refuseUnknownKeys(of: pairs, known: limitNames, file: file)
        for limit in limitNames {
          check.limits[limit] = try number(limit, in: pairs, range: 0...10_000_000, file: file)
        }
      }
      if let low = check.limits["minimum"], let high = check.limits["maximum"], low > high {
        throw Problem(
          "\(name): the minimum is above the maximum, so nothing can pass", at: place(file, entry), advice: advice)
      }
      checks.append(check)
    }
    return checks
  }
}
