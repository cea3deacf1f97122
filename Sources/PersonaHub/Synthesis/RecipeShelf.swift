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
    do {
      return try checked(name)
    } catch {
      throw error.first
    }
  }

  /// A recipe that comes with the program and is no file of the shelf; the files it names lie beside the shelf's folder.
  static func recipe(reading text: String, file: String) throws(Problem) -> Recipe {
    try RecipeFile.read(
      text, file: file, knownChecks: OutputCheck.shapes, sources: .beside(try ShippedFiles.folder().path))
  }

  /// The same as `recipe(_:)`, with all mistakes where it is wrong.
  package static func checked(_ name: String) throws(Problems) -> Recipe {
    let source: (text: String, file: String, folder: String)
    do {
      source = try text(of: name)
    } catch {
      throw Problems(error)
    }
    return try RecipeFile.check(
      source.text, file: source.file, knownChecks: OutputCheck.shapes, sources: .beside(source.folder))
  }

  /// A recipe's file; what it names lies beside its folder.
  private static func text(of name: String) throws(Problem) -> (text: String, file: String, folder: String) {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    if !isPath {
      let known = try ShippedFiles.names(in: "recipes")
      guard known.contains(name) else {
        throw Problem(
          "there is no recipe \"\(name.cut(to: 40))\"",
          advice: "use one of \(known.joined(separator: ", ")), or the path of your own YAML file",
          consequence: .wrongUsage)
      }
      return (try ShippedFiles.text("recipes/\(name).yaml"), "\(name).yaml", try ShippedFiles.folder().path)
    }
    do {
      let folder = URL(fileURLWithPath: name).deletingLastPathComponent().path
      return (try String(contentsOfFile: name, encoding: .utf8), name, folder)
    } catch {
      throw Problem(
        "the recipe cannot be read", at: .init(file: name), advice: "check the path given with --recipe",
        consequence: .wrongUsage, cause: error.localizedDescription)
    }
  }
}
