import Checks
import LanguageModels
import PersonaRecords
import Recipes
import RunLedger

/// Turns a reply into an instance, or says which check it failed. Depends on nothing but the reply, so it runs beside the
/// calls.
struct InstanceReading: Sendable {
  let recipe: Recipe
  let mode: PromptMode
  let checker: OutputChecker
  let prices: PriceList
  let model: String

  func settle(_ persona: Persona, _ request: ModelRequest, _ answer: Answer) -> Settlement {
    let id = persona.id.description
    switch answer {
    case .failed(let problem): return .failed(Rejection(id: id, reason: "call", detail: problem.description))
    case .reply(let reply):
      switch read(reply, persona: persona.text) {
      case .failure(let failure):
        return .rejected(Rejection(id: id, reason: failure.reason, detail: failure.detail, text: reply.text))
      case .text(let text):
        var settlement = Settlement()
        settlement.add(instance(text, reply, persona, request))
        return settlement
      }
    }
  }

  private enum Reading {
    case text(String)
    case failure(CheckFailure)
  }

  private func read(_ reply: ModelReply, persona: String) -> Reading {
    if let reason = reply.rejectionReason {
      return .failure(CheckFailure(reason: reason, detail: "the model stopped with \"\(reply.finishReason)\""))
    }
    guard let body = recipe.body(of: reply.text) else {
      return .failure(CheckFailure(reason: "marker-missing", detail: "it does not start with \"\(recipe.marker)\""))
    }
    if body.isEmpty { return .failure(CheckFailure(reason: "empty", detail: "nothing but white space")) }
    if let failure = checker.firstFailure(of: body, persona: persona) { return .failure(failure) }
    return .text(body)
  }

  private func instance(
    _ text: String, _ reply: ModelReply, _ persona: Persona, _ request: ModelRequest
  ) -> SynthesizedInstance {
    let usage = TokenUsage(promptTokens: reply.usage.promptTokens, completionTokens: reply.usage.completionTokens)
    return SynthesizedInstance(
      id: itemKey(persona, request), recipe: recipe.name, recipeHash: recipe.hash, mode: mode.rawValue,
      personaID: persona.id, persona: persona.text, messages: request.messages, text: text, reasoning: reply.reasoning,
      fields: [], model: reply.model, finishReason: reply.finishReason, usage: usage,
      costInDollars: model == "builtin" ? 0 : prices.cost(of: usage, model: model) ?? 0)
  }

  /// The item's name: reply key, recipe and persona, so that an edited recipe makes new items and the same one never two.
  private func itemKey(_ persona: Persona, _ request: ModelRequest) -> String {
    let parts = "\(request.key)\u{0}\(recipe.hash)\u{0}\(persona.id)"
    return ReplyKey(hashing: Array(parts.utf8)).description
  }
}
