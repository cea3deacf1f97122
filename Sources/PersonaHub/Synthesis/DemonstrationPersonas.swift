import Foundation
import LanguageModels
import PersonaRecords
import Recipes
import RunLedger
import ShardFiles
import TextToPersona

/// The personas of demonstrations that have none: derived from each by Text-to-Persona, once, and kept.
///
/// The paper infers them for instructions of a real set before it shows both. Source: arXiv 2406.20094, Section 4.3.
struct DemonstrationPersonas {
  let context: FlowContext
  let choice: RecipeChoice

  /// What stands for a persona that is not known yet, in a plan.
  static func placeholders(in demonstrations: Demonstrations, _ choice: RecipeChoice) -> Demonstrations {
    guard choice.infersPersonas else { return demonstrations }
    var shown = demonstrations
    for place in shown.all.indices where shown.all[place].persona.isEmpty {
      shown.all[place].persona = "(to be inferred from the demonstration)"
    }
    return shown
  }

  /// The recipe with a persona for each demonstration, where this mode shows them and they are to be inferred.
  /// - Throws: `Problem` when none at all can be inferred.
  func fill(_ recipe: Recipe, _ mode: PromptMode, _ door: ModelDoor) async throws -> Recipe {
    guard choice.infersPersonas, mode == .personaEnhancedFewShot else { return recipe }
    var demonstrations = recipe.demonstrations
    let places = demonstrations.all.indices.filter { demonstrations.all[$0].persona.isEmpty }
    guard !places.isEmpty else { return recipe }
    let path = keptPath(places.map { demonstrations.all[$0].output }, model: door.model.name)
    var known: [String: String] = [:]
    if FileManager.default.fileExists(atPath: path) {
      for row in try SmallFiles.rows(path) {
        if let output = row["output"]?.stringValue { known[output] = row["persona"]?.stringValue }
      }
    } else {
      known = try await infer(places.map { demonstrations.all[$0].output }, door)
      try keep(known, in: path, order: places.map { demonstrations.all[$0].output })
    }
    for place in places { demonstrations.all[place].persona = known[demonstrations.all[place].output] ?? "" }
    // One that the model had no persona for cannot be shown; the others can.
    let without = demonstrations.all.count { $0.persona.isEmpty }
    demonstrations.all.removeAll { $0.persona.isEmpty }
    if without > 0 {
      context.onMessage("\(without) demonstrations are left out: no persona could be inferred for them")
    }
    return recipe.demonstrating(demonstrations)
  }

  private func infer(_ outputs: [String], _ door: ModelDoor) async throws -> [String: String] {
    let prompt = try ShippedPrompt.read("derive", variables: TextToPersona.promptVariables).template
    var settings = TextToPersona.Settings(model: door.model.name)
    // Who would send this, or write it: the paper's question to a demonstration.
    settings.verbs = ["write"]
    settings.seed = context.seed
    let stage = TextToPersona(settings: settings, prompt: prompt)
    var personas: [String: String] = [:]
    // All at once: the scheduler behind the desk knows how many calls the endpoint bears.
    try await withThrowingTaskGroup(of: (String, Persona?).self) { group in
      for (place, output) in outputs.enumerated() {
        let document = Document(
          id: "demonstration:\(place + 1)", text: output, source: .init(file: "demonstrations", row: place + 1))
        guard let question = stage.questions(about: document).first else { continue }
        let desk = door.desk
        group.addTask {
          let reply = try await desk.answer(to: stage.request(for: question))
          guard case .personas(let found) = stage.read(reply, to: question) else { return (output, nil) }
          return (output, found.first)
        }
      }
      for try await (output, persona) in group {
        if context.isStopping() { throw Stopped() }
        if let persona { personas[output] = persona.text }
        context.onProgress(
          FlowProgress(step: "inferring personas of demonstrations", done: personas.count, total: outputs.count))
      }
    }
    return personas
  }

  private func keptPath(_ outputs: [String], model: String) -> String {
    let name = HexDigits.sha256(of: (outputs + [model, String(context.seed)]).joined(separator: "\u{0}").utf8)
    return "\(context.hubPath)/demonstrations/\(name.prefix(16)).jsonl"
  }

  private func keep(_ personas: [String: String], in path: String, order: [String]) throws {
    try FileManager.default.createDirectory(
      atPath: "\(context.hubPath)/demonstrations", withIntermediateDirectories: true)
    let writer = try ShardWriter(path: path)
    for output in order {
      var line = JSONLine()
      line.object { line in
        line.member("persona", personas[output] ?? "")
        line.member("output", output)
      }
      try writer.append(line: line.bytes)
    }
    _ = try writer.commit()
  }
}
