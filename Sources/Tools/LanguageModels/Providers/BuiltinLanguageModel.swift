import BuiltinModel
import PersonaRecords

/// The embedded text analyser behind the same door as the language models: no network, no key, and always the same reply.
public struct BuiltinLanguageModel: LanguageModel {
  private let analyser = BuiltinModel()

  public init() {}

  public var name: String { "builtin" }
  public var endpointDescription: String { "builtin (in this process)" }
  public var repliesAreWorthKeeping: Bool { false }

  /// Answers at once, on the calling task; ask from several tasks to use several cores.
  ///
  /// The requested model name, temperature and length are not looked at. A request without a seed is answered as with
  /// seed 0. Token counts follow `TokenEstimate`.
  public func reply(to request: ModelRequest) async throws -> ModelReply {
    guard request.embeddings == nil else {
      throw Problem(
        "builtin has no vectors", advice: "leave out --embedding-name for the sentence model in this process",
        consequence: .wrongUsage)
    }
    let text = analyser.answer(
      messages: request.messages.map { BuiltinModel.Message(role: $0.role.rawValue, content: $0.content) },
      schemaName: request.format?.name ?? "", schema: request.format?.schema, seed: request.sampling.seed ?? 0,
      sampleNumber: request.sampleNumber)
    return ModelReply(
      text: text, finishReason: "stop",
      usage: ModelReply.Usage(
        promptTokens: TokenEstimate.of(request.messages), completionTokens: TokenEstimate.of(text), isEstimated: true),
      model: name)
  }
}
