import Embeddings
import Foundation
import HubStore
import PersonaRecords
import SimilarityKernels
import VectorFiles

/// What the vectors of a hub are good for: personas by meaning, those near to one, those far from each other, and pairs of a
/// wanted similarity. Vectors that are missing are made first.
public struct MeaningSearch: Sendable {
  private let embedding: Embedding
  private let context: FlowContext

  public init(embedding: Embedding.Settings, context: FlowContext) {
    self.embedding = Embedding(settings: embedding)
    self.context = context
  }

  private struct Open {
    let hub: Hub
    let model: Embedding.OpenModel
    let vectors: VectorRows
    let catalogue: HubCatalogue
  }

  private func withOpen<Value: Sendable>(_ body: (Open) async throws -> Value) async throws -> Value {
    try await embedding.withModel(context) { model in
      let hub = try Hub.open(at: context.hubPath)
      let vectors = try await embedding.vectors(of: hub, model, context).file.vectors
      let onProgress = context.onProgress
      let catalogue = try hub.catalogue { onProgress(FlowProgress(step: "index", done: $0, total: $1)) }
      return try await body(Open(hub: hub, model: model, vectors: vectors, catalogue: catalogue))
    }
  }

  private var loop: ParallelLoop { ParallelLoop(threads: max(1, ProcessInfo.processInfo.activeProcessorCount)) }

  /// The personas whose vectors are nearest to a text's, the nearest first. All are looked at: the answer is exact.
  public func nearest(to text: String, count: Int) async throws -> [HubInspection.Answer] {
    try await withOpen { open in
      let vector = try await open.model.vector(of: text, dimension: open.vectors.dimension)
      return try answers(open.vectors.nearest(to: vector, count: count, loop), open)
    }
  }

  /// The personas nearest to one of the hub, which is not among them.
  /// - Parameter id: may be cut to a unique beginning.
  public func nearest(toPersona id: String, count: Int) async throws -> [HubInspection.Answer] {
    try await withOpen { open in
      let persona = try open.catalogue.show(id).member.persona
      guard let row = try open.catalogue.row(of: persona.id) else {
        throw Problem(
          "\(persona.id) was dropped from the hub, and has no vector in it",
          advice: "search for its words: persona-hub hub search --semantic \"…\"", consequence: .wrongUsage)
      }
      return try answers(open.vectors.nearest(toRow: row, count: count, loop), open)
    }
  }

  private func answers(_ near: [NearRow], _ open: Open) throws -> [HubInspection.Answer] {
    let personas = try open.catalogue.personas(at: near.map(\.row))
    return zip(near, personas).map { near, persona in
      var line = JSONLine()
      line.object { line in
        line.member("cosine", Self.rounded(near.cosine))
        line.key("persona")
        persona.write(to: &line)
      }
      return HubInspection.Answer(
        text: "\(Self.digits(near.cosine))  \(persona.id)  \(persona.text)", json: line.text)
    }
  }

  /// Personas that are far from each other, in the order in which they were chosen (greedy k-center).
  public func diverse(_ count: Int, onLine: (ArraySlice<UInt8>) throws -> Void) async throws -> Outcome {
    try await withOpen { open in
      let chosen = try DiverseRows.choose(count, of: open.vectors, seed: context.seed, loop) { done in
        if context.isStopping() { throw Stopped() }
        context.onProgress(FlowProgress(step: "sample", done: done, total: count))
      }
      for persona in try open.catalogue.personas(at: chosen.map(\.row)) { try onLine(persona.jsonLine[...]) }
      var summary = Summary(title: "sample, diverse")
      summary.add("read", "personas looked at", open.vectors.count)
      summary.add("sampled", "personas drawn", chosen.count)
      if let last = chosen.last, chosen.count > 1 {
        summary.add("nearest", "largest cosine of the last to one before it", Self.rounded(last.cosine))
      }
      return Outcome(summary: summary)
    }
  }

  /// Pairs of personas of a wanted similarity, one JSON object each.
  public func pairs(
    cosine: Double, tolerance: Double, count: Int, onLine: (ArraySlice<UInt8>) throws -> Void
  ) async throws -> Outcome {
    try await withOpen { open in
      let found = try SimilarPairs.find(
        cosine: Float(cosine), tolerance: Float(tolerance), count: count, in: open.vectors, seed: context.seed, loop
      ) { pairs, rows in
        if context.isStopping() { throw Stopped() }
        context.onProgress(FlowProgress(step: "sample: \(pairs) pairs", done: rows, total: open.vectors.count))
      }
      for pair in found.pairs {
        let personas = try open.catalogue.personas(at: [pair.one, pair.other])
        var line = JSONLine()
        line.object { line in
          line.member("cosine", Self.rounded(pair.cosine))
          for (name, persona) in zip(["one", "other"], personas) {
            line.key(name)
            persona.write(to: &line)
          }
        }
        try onLine(line.bytes[...])
      }
      var summary = Summary(title: "sample, pairs")
      summary.add("compared", "personas compared with each other", found.comparedRows)
      summary.add("found", "pairs of this similarity among them", found.pairCount)
      summary.add("sampled", "pairs drawn", found.pairs.count)
      if found.pairs.count < count, found.comparedRows == open.vectors.count {
        summary.notes.append("the hub has no more pairs with a cosine of \(cosine) ± \(tolerance)")
      }
      return Outcome(summary: summary)
    }
  }

  private static func rounded(_ cosine: Float) -> Double { Double((cosine * 10_000).rounded()) / 10_000 }
  private static func digits(_ cosine: Float) -> String { String(format: "%.4f", Double(cosine)) }
}
