import Embeddings
import HubStore
import LanguageModels
import PersonaRecords
import RunLedger
import SimilarityKernels
import VectorFiles

extension Embedding {
  /// Who makes vectors, open, and what these are to say that they are of.
  struct OpenModel: Sendable {
    enum Source: Sendable {
      case inProcess(EmbeddingModel)
      case endpoint(ModelDoor)
    }

    let source: Source
    /// Which model it is, as people call it.
    let name: String
    /// All that makes its vectors what they are; never an address, for a server may move.
    let identity: String
    /// Numbers in a vector; nil where the first one will tell.
    let dimensions: Int?

    func description(_ settings: Settings, _ dimension: Int, source: String) -> VectorDescription {
      VectorDescription(
        model: identity, dimension: dimension, element: settings.isHalfPrecision ? .float16 : .float32, source: source)
    }

    /// The vector of one text, to compare with those of `dimension` numbers.
    /// - Throws: `Problem` when it cannot be had, or is of another size.
    func vector(of text: String, dimension: Int) async throws -> [Float] {
      switch source {
      case .inProcess(let embedder): return try await embedder.embed([text])
      case .endpoint(let door):
        let batch = TextBatch(first: 0, ids: ["the text"], texts: [text])
        let reply = try await door.desk.answer(to: batch.request(model: name, dimensions: dimensions))
        let numbers = PackedVectors.numbers(in: reply.text) ?? []
        guard numbers.count == dimension else {
          throw Problem(
            "the endpoint gave the text a vector of \(numbers.count) numbers, and those of the hub have \(dimension)",
            advice: "name the model they are of with --embedding-name and --dimensions", consequence: .stopRun)
        }
        return numbers
      }
    }
  }

  /// What became of texts.
  struct Made: Sendable {
    /// Vectors in all.
    let rows: Int
    let dimension: Int
    /// Those that were not there before.
    var added = 0
    /// What an endpoint was asked.
    var progress: RunProgress?
  }

  /// Opens the model of the settings for the time of `body`.
  /// - Throws: `Problem` when there is none, or its endpoint cannot be used; and what `body` throws.
  func withModel<Value: Sendable>(
    _ context: FlowContext, _ body: (OpenModel) async throws -> Value
  ) async throws -> Value {
    guard let endpoint = settings.endpoint else {
      let model = try EmbeddingModel.locate(settings.modelFolder)
      return try await body(
        OpenModel(
          source: .inProcess(model), name: model.name,
          identity: "\(model.name) sha256:\(model.identity.fingerprint.prefix(32))", dimensions: model.dimensions))
    }
    guard endpoint.name != "builtin" else {
      throw Problem(
        "builtin has no vectors",
        advice: "leave out --embedding-name for the sentence model in this process, or name one of an endpoint",
        consequence: .wrongUsage)
    }
    var context = context
    context.model = endpoint
    return try await ModelDoor.withDoor(context) { door in
      let cut = settings.dimensions.map { " dimensions=\($0)" } ?? ""
      return try await body(
        OpenModel(
          source: .endpoint(door), name: door.model.name, identity: "\(door.model.name) endpoint\(cut)",
          dimensions: settings.dimensions))
    }
  }

  /// Asks an endpoint for the vectors of rows, and finishes their file.
  /// - Parameters:
  ///   - place: where the vectors go, for the run's name.
  ///   - dimension: that of the vectors which are there already.
  ///   - begun: brings a file that was opened to the start of `rows`.
  func ask(
    _ model: OpenModel, _ context: FlowContext, place: String, path: String, _ source: String, rows: Range<Int>,
    dimension: Int?, open: @escaping () throws -> (() throws -> NamedText?),
    begun: (VectorFileWriter) throws(Problem) -> Void = { _ throws(Problem) in }
  ) async throws -> Made {
    guard case .endpoint(let door) = model.source else { preconditionFailure("only an endpoint is asked") }
    guard !rows.isEmpty else {
      throw Problem("there is no text to embed", advice: "check the file, and the key of its texts with --key")
    }
    // A file that was begun for another model is refused before anything is paid for.
    if let other = try VectorFile.readDescription(of: "\(path).part") {
      _ = try VectorFileWriter(
        path: path, description: model.description(settings, model.dimensions ?? other.dimension, source: source))
    }
    var context = context
    context.model = door.settings
    let run = EmbeddingRun(
      door: door, model: model, context: context, place: place, source: source, rows: rows, dimension: dimension,
      open: open)
    var found = 0
    let progress = try await run.write { dimension in
      found = dimension
      let writer = try VectorFileWriter(path: path, description: model.description(settings, dimension, source: source))
      try begun(writer)
      return writer
    }
    return Made(rows: rows.upperBound, dimension: found, added: rows.count, progress: progress)
  }

  func describe(_ model: OpenModel, _ made: Made, in summary: inout Summary) {
    if let progress = made.progress, case .endpoint(let door) = model.source {
      FlowRun.describe(progress, door, in: &summary)
    } else {
      summary.add("model", "model", model.identity)
    }
    summary.add("dimensions", "numbers in a vector", made.dimension)
  }

  // MARK: Plans

  /// What embedding a file would ask of an endpoint; nothing is asked or written.
  public func plan(_ job: FileJob, _ context: FlowContext) throws -> Outcome {
    var rows = try LineFilePass(input: job.input, output: nil, key: job.key).rows()
    return try plan {
      while let event = try rows.next() {
        if case .row(let row, _, _) = event { return NamedText(id: row.id, text: row.text) }
      }
      return nil
    }
  }

  /// The same for the personas of a hub that have no vectors yet.
  public func plan(_ context: FlowContext) throws -> Outcome {
    let hub = try Hub.open(at: context.hubPath)
    let start = settings.endpoint.flatMap { HubVectors(hub, model: $0.name).longestStart() }?.rows ?? 0
    let personas = hub.personas()
    return try plan(from: start) { try personas.next().map { NamedText(id: "\($0.id)", text: $0.text) } }
  }

  private func plan(from first: Int = 0, read: @escaping () throws -> NamedText?) throws -> Outcome {
    var batches = try TextBatches(from: first, read: read)
    var plan = CallPlan()
    let name = settings.endpoint?.name ?? ""
    while let batch = try batches.next() {
      plan.add(batch.request(model: name, dimensions: settings.dimensions), expected: 0)
    }
    var summary = Summary(title: "\(FlowStep.embed.rawValue), dry run")
    summary.add("texts", "texts to embed", batches.row - first)
    if let endpoint = settings.endpoint {
      plan.describe(in: &summary, model: endpoint)
      summary.add("model", "model", name)
    } else {
      summary.notes.append("the model is in this process: nothing is asked, and nothing is paid")
    }
    return Outcome(summary: summary)
  }
}
