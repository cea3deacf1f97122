import DatasetReport
import Embeddings
import PersonaRecords

/// A sample of rows, each as likely as any other, in memory that does not grow with the rows.
struct PairSample {
  /// A text and the persona it was made for.
  struct Pair {
    let line: Int
    let persona: String
    let text: String
  }

  let limit: Int
  private(set) var seen = 0
  private var random: SeededRandom
  private var chosen: [Pair] = []

  init(limit: Int, seed: UInt64) {
    self.limit = limit
    random = SeededRandom(seed: seed, purpose: "adherence sample")
  }

  /// The sample, in the order of the rows.
  var pairs: [Pair] { chosen.sorted { $0.line < $1.line } }

  /// Reservoir sampling: row n takes somebody's place with chance limit / n.
  mutating func take(_ pair: Pair) {
    guard limit > 0 else { return }
    seen += 1
    if chosen.count < limit {
      chosen.append(pair)
    } else {
      let place = random.below(seen)
      if place < limit { chosen[place] = pair }
    }
  }
}

extension DatasetReporting {
  /// Texts per call of the model: enough for all cores, and few enough to tell progress.
  private static let batchSize = 256

  /// Measures how near texts are to their personas.
  /// - Returns: the measure; or nil, and why there is none.
  /// - Throws: `Problem` when there is no sentence model; `Stopped`.
  func adherence(
    _ pairs: [PairSample.Pair], _ watch: (String, Int) throws -> Void
  ) async throws -> (DatasetReport.Adherence?, String) {
    guard Set(pairs.map(\.persona)).count > 1 else {
      return (nil, "Adherence needs rows of at least two personas; name the persona's key with --persona-key.")
    }
    let model = try EmbeddingModel.locate(settings.modelFolder)
    let personas = try await vectors(of: pairs.map(\.persona), model, from: 0, watch)
    let texts = try await vectors(of: pairs.map(\.text), model, from: pairs.count, watch)
    let size = model.dimensions
    func cosine(_ text: Int, _ persona: Int) -> Double {
      var sum: Float = 0
      for place in 0..<size { sum += texts[text * size + place] * personas[persona * size + place] }
      return Double(sum)
    }
    var random = SeededRandom(seed: settings.seed, purpose: "adherence")
    let rows = pairs.indices.map { row in
      var other = random.below(pairs.count)
      // Ends: there are two personas at least.
      while pairs[other].persona == pairs[row].persona { other = random.below(pairs.count) }
      return DatasetReport.Adherence.Row(
        row: pairs[row].line, own: cosine(row, row), other: cosine(row, other), persona: pairs[row].persona,
        text: pairs[row].text)
    }
    return (DatasetReport.Adherence(model: model.name, rows: rows), "")
  }

  private func vectors(
    of texts: [String], _ model: EmbeddingModel, from done: Int, _ watch: (String, Int) throws -> Void
  ) async throws -> [Float] {
    var vectors: [Float] = []
    vectors.reserveCapacity(texts.count * model.dimensions)
    for start in stride(from: 0, to: texts.count, by: Self.batchSize) {
      try watch("report: embedding", done + start)
      vectors += try await model.embed(Array(texts[start..<min(start + Self.batchSize, texts.count)]))
    }
    return vectors
  }
}
