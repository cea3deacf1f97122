import HubStore
import LanguageModels
import PersonaRecords
import Recipes
import Sampler

extension Synthesis {
  /// The settings as they are meant, and the rendered prompt of the first persona; nothing is asked or written.
  public func plan() throws -> Outcome {
    let mode = try settings.recipe.promptMode()
    let recipe = try settings.recipe.read(seed: context.seed)
    let hub = try Hub.opened(for: context)
    // Personas that are still to be inferred are shown as what they are.
    let shown = recipe.demonstrating(DemonstrationPersonas.placeholders(in: recipe.demonstrations, settings.recipe))
    let work = try RecipeWork(shown, mode: mode, model: context.model.name, context: context)
    var plan = CallPlan()
    for candidate in try sample(hub, settings.count) {
      for number in 0..<settings.perPersona {
        let request = try work.request(for: work.assignment(of: candidate.row, number: number))
        // A problem or an instruction is some 150 tokens; what follows reads it and is about as long.
        for _ in recipe.steps { plan.add(request, expected: 150) }
      }
    }
    var summary = Summary(title: "synthesize \(recipe.name), dry run")
    summary.add("personas", "personas in the hub", hub.manifest.rowCount)
    plan.describe(in: &summary, model: context.model)
    for (name, value) in described(work) where !value.isEmpty { summary.add(name, name, value) }
    summary.add("prompt", "first prompt", plan.firstPrompt)
    return Outcome(summary: summary)
  }
}
