import Checks
import LanguageModels
public import PersonaRecords
import Recipes

/// What a recipe would ask, for somebody: to be looked at before anything is asked.
public struct RecipeRendering: Sendable {
  public let mode: String
  public let prompt: String
  /// Estimated from the bytes; see `TokenEstimate`.
  public let promptTokens: Int

  public static let samplePersona =
    "A night-shift train dispatcher who keeps bees on the roof of the signal box and writes down every delay"

  /// The first step's prompt in each mode.
  /// - Throws: everything that is wrong with the recipe, in the order of its file, with line and column.
  public static func all(of name: String, persona: String, values: [String] = []) throws(Problems) -> [RecipeRendering]
  {
    let recipe = try RecipeShelf.checked(name)
    do {
      return try all(of: recipe, persona: persona, values: values)
    } catch {
      throw Problems(error)
    }
  }

  private static func all(of recipe: Recipe, persona: String, values: [String]) throws(Problem) -> [RecipeRendering] {
    let pairs = values.map { text in
      let place = text.firstIndex(of: "=") ?? text.endIndex
      return (name: String(text[..<place]), text: String(text[place...].dropFirst()))
    }
    let recipe = try recipe.setting(pairs, blocks: [])
    for step in recipe.steps { _ = try OutputChecker(checks: step.checks) }
    let somebody = Persona(text: persona, origin: .init(kind: .imported))
    var renderings: [RecipeRendering] = []
    for mode in recipe.modes where recipe.obstacle(to: mode) == nil {
      let request = try recipe.request(
        step: 0, of: recipe.assignment(of: somebody, number: 0, seed: 0), after: [], mode: mode, model: "",
        overrides: Sampling(), seed: 0)
      renderings.append(
        RecipeRendering(
          mode: mode.rawValue,
          prompt: request.messages.map { "--- \($0.role.rawValue) ---\n\($0.content)" }.joined(separator: "\n"),
          promptTokens: request.estimatedPromptTokens))
    }
    return renderings
  }

  public var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("mode", mode)
      line.member("promptTokens", promptTokens)
      line.member("prompt", prompt)
    }
    return line.text
  }
}

extension RecipeShelf {
  /// A recipe to begin with, under a name of the user's.
  public static func beginning(named name: String) throws(Problem) -> String {
    try ShippedFiles.text("recipe-beginning.yaml").replacing("NAME", with: name)
  }

  /// The JSON Schema of recipe files.
  public static func editorSchema() throws(Problem) -> String { try ShippedFiles.text("recipe.schema.json") }
}
