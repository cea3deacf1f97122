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
    /// What may be set with `--set`, and how it is drawn else.
    public let variables: [String]
    /// Calls per instance.
    public let steps: Int
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
      name: recipe.name, summary: recipe.summary, modes: recipe.modes.map(\.rawValue),
      checks: recipe.steps.flatMap { $0.checks.map(\.name) }, variables: recipe.variables.map(\.name),
      steps: recipe.steps.count, source: recipe.source)
  }

  /// - Throws: `Problem` with file, line and column when the recipe is not there or is wrong.
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
      return try recipe(reading: try ShippedFiles.text("recipes/\(name).yaml"), file: "\(name).yaml")
    }
    let text: String
    do {
      text = try String(contentsOfFile: name, encoding: .utf8)
    } catch {
      throw Problem(
        "the recipe cannot be read", at: .init(file: name), advice: "check the path given with --recipe",
        consequence: .wrongUsage, cause: error.localizedDescription)
    }
    let folder = URL(fileURLWithPath: name).deletingLastPathComponent().path
    return try RecipeFile.read(text, file: name, knownChecks: OutputCheck.shapes, sources: .beside(folder))
  }

  /// A recipe that comes with the program; the files it names lie beside its folder.
  static func recipe(reading text: String, file: String) throws(Problem) -> Recipe {
    try RecipeFile.read(
      text, file: file, knownChecks: OutputCheck.shapes, sources: .beside(try ShippedFiles.folder().path))
  }
}
