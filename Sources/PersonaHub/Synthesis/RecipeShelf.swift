import Checks
import Foundation
public import PersonaRecords
package import Recipes

/// The recipes there are: those that come with the program, and the user's files.
public enum RecipeShelf {
  /// One line of `recipes list`.
  public struct Entry: Sendable {
    public let name: String
    public let summary: String
    public let modes: [String]
    public let checks: [String]
    /// The file, as it is copied to make one's own.
    public let source: String
  }

  public static func entries() throws(Problem) -> [Entry] {
    var entries: [Entry] = []
    for name in try ShippedFiles.names(in: "recipes") { entries.append(try entry(name)) }
    return entries
  }

  /// - Parameter name: of a shipped recipe, or the path of a YAML file.
  public static func entry(_ name: String) throws(Problem) -> Entry {
    let recipe = try recipe(name)
    return Entry(
      name: recipe.name, summary: recipe.summary, modes: recipe.prompts.keys.sorted().map(\.rawValue),
      checks: recipe.checks.map(\.name), source: recipe.source)
  }

  /// - Throws: `Problem` with file and line when the recipe is not there or is wrong.
  package static func recipe(_ name: String) throws(Problem) -> Recipe {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    if !isPath {
      let known = try ShippedFiles.names(in: "recipes")
      guard known.contains(name) else {
        throw Problem(
          "there is no recipe \"\(name.cut(to: 40))\"",
          advice: "use one of \(known.joined(separator: ", ")), or the path of your own YAML file",
          consequence: .wrongUsage)
      }
      return try RecipeFile.read(
        try ShippedFiles.text("recipes/\(name).yaml"), file: "\(name).yaml", knownChecks: OutputCheck.limitNames)
    }
    let text: String
    do {
      text = try String(contentsOfFile: name, encoding: .utf8)
    } catch {
      throw Problem(
        "the recipe cannot be read", at: .init(file: name), advice: "check the path given with --recipe",
        cause: error.localizedDescription)
    }
    return try RecipeFile.read(text, file: name, knownChecks: OutputCheck.limitNames)
  }
}
