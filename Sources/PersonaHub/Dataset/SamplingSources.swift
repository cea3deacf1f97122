import Dataset
import Foundation
import LanguageModels
import PersonaRecords
import Recipes
import RunLedger

/// How the rows of a data set were sampled, which no row tells: as their recipes state it, and as it was typed for the runs
/// that made them.
struct SamplingSources {
  static let unknown = "not known"
  static let nothing = "nothing"

  /// By the hash of their files.
  private let recipes: [String: Recipe]
  private let runs: [RunDescription]
  /// The inputs of the export, as runs name their outputs.
  private let outputs: Set<String>

  /// - Parameters:
  ///   - paths: recipes of the user's; those that come with the program are known.
  ///   - hub: the hub whose runs may have made the inputs.
  /// - Throws: `Problem` where a recipe cannot be read. Runs that cannot are left out: they tell nothing.
  init(recipes paths: [String], hub: String, inputs: [String]) throws(Problem) {
    var recipes: [String: Recipe] = [:]
    for name in try ShippedFiles.names(in: "recipes") + paths {
      let recipe = try RecipeShelf.recipe(name)
      recipes[recipe.hash] = recipe
    }
    self.recipes = recipes
    runs = RunFolder.all(in: "\(hub)/runs").compactMap { try? $0.description() }
    outputs = Set(inputs.map { HubPlace.of($0, hub: hub) })
  }

  /// A row for each call that rows of a recipe took.
  func uses(of counts: DatasetCounts) -> [DatasetCard.SamplingUse] {
    counts.recipes.flatMap { count in
      let made = runs(of: count.recipe)
      let typed = Set(made.compactMap { Self.setting("sampling", $0) }).sorted().map { $0.isEmpty ? Self.nothing : $0 }
      var calls = (recipes[count.recipe.hash]?.steps ?? []).map { step in
        (name: step.name, stated: step.sampling.described.isEmpty ? Self.nothing : step.sampling.described)
      }
      if calls.isEmpty {
        // Conversations have no recipe, and state nothing.
        calls = [("all", made.contains { $0.command == "converse" } ? Self.nothing : Self.unknown)]
      }
      // Which words the judge's recipe had is not written down.
      if made.contains(where: { Self.setting("judge", $0) != nil }) { calls.append(("judge", Self.unknown)) }
      return calls.map { call in
        DatasetCard.SamplingUse(
          recipe: count.recipe, call: call.name, stated: call.stated,
          typed: typed.isEmpty ? Self.unknown : typed.joined(separator: "; or: "))
      }
    }
  }

  /// The runs that may have made the rows of a recipe: those that wrote an input where there are such, else all that asked it.
  private func runs(of recipe: DatasetCounts.RecipeUse) -> [RunDescription] {
    let asked = runs.filter { run in
      guard Self.setting("mode", run).map({ $0 == recipe.mode }) ?? true else { return false }
      return Self.setting("recipeHash", run) == recipe.hash
        || run.command == recipe.name && run.prompts.contains { $0.value == recipe.hash }
    }
    let wrote = asked.filter { run in run.identity.contains { $0.name == "output" && outputs.contains($0.value) } }
    return wrote.isEmpty ? asked : wrote
  }

  private static func setting(_ name: String, _ run: RunDescription) -> String? {
    run.settings.first { $0.name == name }?.value
  }
}

extension Sampling {
  /// As it is typed and told: `temperature=0.7 max-tokens=400`; empty where all is left to the server.
  var described: String {
    var parts: [String] = []
    if let temperature { parts.append("temperature=\(temperature)") }
    if let topP { parts.append("top-p=\(topP)") }
    if let maxTokens { parts.append("max-tokens=\(maxTokens)") }
    if !stop.isEmpty { parts.append("stop=\(JSONValue.array(stop.map { .string($0) }).line)") }
    if !extra.isEmpty { parts.append("extra-body=\(JSONValue.object(extra).line)") }
    return parts.joined(separator: " ")
  }
}
