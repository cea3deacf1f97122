import Foundation
import LanguageModels
import PersonaRecords
import Recipes

/// Which recipe is used and how, as the user says it.
public struct RecipeChoice: Sendable {
  /// Name of a shipped recipe, or path of a YAML file.
  public var recipe: String
  public var mode = "zero-shot"
  /// Variables that are set instead of drawn.
  public var values: [(name: String, text: String)] = []
  /// Long texts from files.
  public var files: [(name: String, path: String)] = []
  /// A JSON lines, CSV or TSV file of demonstrations in the recipe's place.
  public var demonstrations: String?
  /// Key of the output in that file; nil takes the first of the usual ones.
  public var demonstrationKey: String?
  /// Demonstrations in one prompt; nil leaves it to the recipe.
  public var shots: Int?
  /// Demonstrations that are drawn from a longer file, at most.
  public var pool = 64
  /// Has the model derive the personas of demonstrations that have none.
  public var infersPersonas = false
  /// A recipe that judges what passed, as a last step.
  public var judge: String?
  /// The score that the judge must give at least; nil leaves it to the judge's recipe.
  public var leastScore: Double?

  public init(_ recipe: String) { self.recipe = recipe }

  /// Keys that texts usually stand under.
  private static let usualKeys = ["output", "text", "instruction", "synthesized text", "prompt", "content"]

  /// The recipe as it is meant; demonstrations may still be without personas.
  /// - Throws: `Problem` that names what does not fit.
  func read(seed: UInt64) throws(Problem) -> Recipe {
    var recipe = try RecipeShelf.recipe(self.recipe)
    var blocks: [(name: String, text: String, title: String)] = []
    for (name, path) in files {
      let text = try RecipeFile.block(try Self.text(path), path: path)
      blocks.append((name, text, path.split(separator: "/").last.map(String.init) ?? path))
    }
    recipe = try recipe.setting(values, blocks: blocks)
    var shown = recipe.demonstrations
    if let path = demonstrations { shown.all = try pool(of: path, for: recipe, seed: seed) }
    if let shots { shown.count = shots }
    recipe = recipe.demonstrating(shown)
    guard let judge else { return recipe }
    return try recipe.judged(by: try RecipeShelf.recipe(judge), minimum: leastScore)
  }

  /// A file of the user's, or one of the worlds that come with the program, by its name.
  private static func text(_ path: String) throws(Problem) -> String {
    if !path.contains("/"), !FileManager.default.fileExists(atPath: path),
      try ShippedFiles.names(in: "worlds").contains(path)
    {
      return try ShippedFiles.text("worlds/\(path).md")
    }
    return try SmallFiles.text(path)
  }

  func promptMode() throws(Problem) -> PromptMode {
    guard let mode = PromptMode(rawValue: mode) else {
      throw Problem(
        "there is no mode \"\(mode.cut(to: 40))\"",
        advice: "the modes are: \(PromptMode.allCases.map(\.rawValue).joined(separator: ", "))",
        consequence: .wrongUsage)
    }
    return mode
  }

  private func pool(of path: String, for recipe: Recipe, seed: UInt64) throws(Problem) -> [Demonstration] {
    var rows = try SmallFiles.rows(path)
    let key = demonstrationKey ?? Self.usualKeys.first { rows.first?[$0]?.stringValue != nil } ?? "output"
    if rows.count > pool {
      var random = SeededRandom(seed: seed, purpose: "demonstrations of \(recipe.name)")
      for place in 0..<pool { rows.swapAt(place, place + random.below(rows.count - place)) }
      rows = Array(rows.prefix(pool))
    }
    return try DemonstrationKeys(output: key).demonstrations(of: rows, file: path, form: recipe.steps[0].form)
  }

  /// What differs from the recipe as it stands, for the description of a run.
  func described(_ recipe: Recipe) -> [(String, String)] {
    var list: [(String, String)] = []
    for (name, text) in values { list.append(("set \(name)", text)) }
    for (name, _) in files {
      guard case .block(let text, let title)? = recipe.variables.first(where: { $0.name == name })?.kind else {
        continue
      }
      list.append(("file \(name)", "\(title) \(HexDigits.sha256(of: text.utf8).prefix(16))"))
    }
    if demonstrations != nil || shots != nil {
      let text = recipe.demonstrations.all.map { "\($0.persona)\u{0}\($0.output)" }.joined(separator: "\u{0}")
      list.append(
        ("demonstrations", "\(recipe.demonstrations.count) of \(HexDigits.sha256(of: text.utf8).prefix(16))"))
    }
    if infersPersonas { list.append(("infersPersonas", "true")) }
    if let judge { list.append(("judge", "\(judge) \(leastScore.map { "\($0)" } ?? "")")) }
    return list
  }
}
