import Crypto
import Embeddings
import Foundation
import HubStore
import PersonaRecords
import SimilarityKernels
import VectorFiles

/// Gives texts their vectors: those of a hub, or of any JSON lines file.
///
/// Vectors are written as they come, and after an interruption the same command goes on with those that are there.
public struct Embedding: Sendable {
  public struct Settings: Sendable {
    /// The model's folder; nil for the one that `make` installs.
    public var modelFolder: String?
    /// A model behind an endpoint in the folder's place; see `ModelSettings.embeddings`.
    public var endpoint: ModelSettings?
    /// Numbers that the endpoint is asked for in each vector; nil leaves it to the model. (The paper: 512.)
    public var dimensions: Int?
    /// Half precision: two bytes for each number, and cosines that are off by less than 0.001.
    public var isHalfPrecision = true

    public init() {}
  }

  let settings: Settings

  public init(settings: Settings) { self.settings = settings }

  /// A JSON lines file and where the vectors of its readable rows go, in their order.
  public struct FileJob: Sendable {
    public var input: String
    public var output: String
    public var key = "persona"

    public init(input: String, output: String) {
      self.input = input
      self.output = output
    }
  }

  // MARK: A file

  /// Embeds the rows of a file.
  /// - Throws: `Problem` when there is no model, or the vectors that were begun are of other texts; `Stopped`.
  public func run(_ job: FileJob, _ context: FlowContext) async throws -> Outcome {
    try await withModel(context) { model in try await run(job, model, context) }
  }

  private func run(_ job: FileJob, _ model: OpenModel, _ context: FlowContext) async throws -> Outcome {
    let texts = try survey(job, context)
    let vectors = try await write(job, texts, model, context)
    var summary = Summary(title: FlowStep.embed.rawValue)
    summary.add("read", "rows read", texts.rows + texts.unreadable)
    summary.add("embedded", "rows embedded now", vectors.added)
    summary.add("vectors", "vectors in all", vectors.rows)
    summary.add("unreadable", "rows passed over", texts.unreadable)
    describe(model, vectors, in: &summary)
    summary.add(file: job.output, "vectors, a NumPy array")
    summary.add(file: VectorFile.descriptionPath(of: job.output), "what they are of")
    summary.next = ["persona-hub dedup \(job.input) --semantic 0.9 --vectors \(job.output) -o kept.jsonl"]
    return Outcome(
      summary: summary,
      failures: FailureCount(failed: texts.unreadable, total: texts.rows + texts.unreadable))
  }

  /// What a first reading of a file says.
  struct Survey {
    var rows = 0
    var unreadable = 0
    /// Names the texts, and their order.
    var source = ""
  }

  func survey(_ job: FileJob, _ context: FlowContext) throws -> Survey {
    var survey = Survey()
    var hash = SHA256()
    var rows = try LineFilePass(input: job.input, output: nil, key: job.key).rows()
    while let event = try rows.next() {
      guard case .row(let row, _, _) = event else {
        survey.unreadable += 1
        continue
      }
      survey.rows += 1
      hash.update(data: Data("\(row.text.utf8.count)\n\(row.text)".utf8))
      guard row.index.isMultiple(of: 4096) else { continue }
      if context.isStopping() { throw Stopped() }
      context.onProgress(FlowProgress(step: "\(FlowStep.embed.rawValue): reading", done: row.index))
    }
    survey.source = "sha256:" + HexDigits.of(hash.finalize())
    return survey
  }

  /// The vectors of a file's rows: those that stand there, or new ones.
  func write(
    _ job: FileJob, _ texts: Survey, _ model: OpenModel, _ context: FlowContext
  ) async throws -> Made {
    let known = try VectorFile.readDescription(of: job.output)
    if known?.source == texts.source, let dimension = model.dimensions ?? known?.dimension,
      let there = try? VectorFile.open(
        job.output, wanted: model.description(settings, dimension, source: texts.source), rows: texts.rows)
    {
      return Made(rows: there.vectors.count, dimension: dimension)
    }
    func open() throws -> (() throws -> NamedText?) {
      var rows = try LineFilePass(input: job.input, output: nil, key: job.key).rows()
      return {
        while let event = try rows.next() {
          if case .row(let row, _, _) = event { return NamedText(id: row.id, text: row.text) }
        }
        return nil
      }
    }
    guard case .inProcess(let embedder) = model.source else {
      return try await ask(
        model, context, place: context.place(of: job.output), path: job.output, texts.source,
        rows: 0..<texts.rows, dimension: nil, open: open)
    }
    let writer = try VectorFileWriter(
      path: job.output, description: model.description(settings, embedder.dimensions, source: texts.source))
    let next = try open()
    let added = try await append(to: writer, total: texts.rows, embedder, context) { try next()?.text }
    guard writer.rows == texts.rows else {
      throw Problem("this file changed while it was read", at: .init(file: job.input), advice: "run this again")
    }
    try writer.finish()
    return Made(rows: writer.rows, dimension: embedder.dimensions, added: added)
  }

  // MARK: A hub

  /// Embeds the personas of a hub that have no vectors yet.
  public func run(_ context: FlowContext) async throws -> Outcome {
    try await withModel(context) { model in try await run(model, context) }
  }

  private func run(_ model: OpenModel, _ context: FlowContext) async throws -> Outcome {
    let hub = try Hub.open(at: context.hubPath)
    let (file, made) = try await vectors(of: hub, model, context)
    var summary = Summary(title: FlowStep.embed.rawValue)
    summary.add("embedded", "personas embedded now", made.added)
    summary.add("vectors", "vectors in all", file.vectors.count)
    describe(model, made, in: &summary)
    summary.add(file: file.path, "vectors, a NumPy array")
    summary.next = [
      "persona-hub dedup --semantic 0.9 --hub \(context.hubPath)",
      "persona-hub hub search --semantic \"somebody who repairs boats\" --hub \(context.hubPath)",
    ]
    return Outcome(summary: summary)
  }

  /// The vectors of all personas of a hub; those that are missing are made.
  func vectors(
    of hub: Hub, _ model: OpenModel, _ context: FlowContext
  ) async throws -> (file: VectorFile, made: Made) {
    let shelf = HubVectors(hub, model: model.name)
    let total = hub.manifest.rowCount
    let start = shelf.longestStart()
    var dimension = model.dimensions
    if let start {
      // Vectors of another version of the model are refused here, before anything is written beside them, or asked for.
      let known = try VectorFile.readDescription(of: start.path)
      dimension = dimension ?? known?.dimension
      let file = try VectorFile.open(
        start.path, wanted: model.description(settings, dimension ?? 0, source: known?.source ?? ""), rows: start.rows)
      if start.rows == total, file.path == shelf.path {
        return (file, Made(rows: total, dimension: file.vectors.dimension))
      }
    }
    try shelf.makeFolder()
    guard case .inProcess(let embedder) = model.source else {
      let made = try await ask(
        model, context, place: "hub", path: shelf.path, shelf.source, rows: (start?.rows ?? 0)..<total,
        dimension: start == nil ? nil : dimension,
        open: {
          let personas = hub.personas()
          return { try personas.next().map { NamedText(id: "\($0.id)", text: $0.text) } }
        },
        begun: { writer throws(Problem) in
          if let start, writer.rows < start.rows { try copy(start, to: writer) }
        })
      shelf.removeShorter()
      let wanted = model.description(settings, made.dimension, source: shelf.source)
      return (try VectorFile.open(shelf.path, wanted: wanted, rows: total), made)
    }
    let wanted = model.description(settings, embedder.dimensions, source: shelf.source)
    let writer = try VectorFileWriter(path: shelf.path, description: wanted)
    if let start, writer.rows < start.rows { try copy(start, to: writer) }
    let personas = hub.personas()
    let added = try await append(to: writer, total: total, embedder, context) { try personas.next()?.text }
    guard writer.rows == total else {
      throw Problem("the hub changed while it was read", at: .init(file: hub.path), advice: "run this again")
    }
    try writer.finish()
    shelf.removeShorter()
    return (
      try VectorFile.open(shelf.path, wanted: wanted, rows: total),
      Made(rows: total, dimension: embedder.dimensions, added: added)
    )
  }

  private func copy(_ start: HubVectors.Start, to writer: VectorFileWriter) throws(Problem) {
    let old = try VectorFile.open(start.path, rows: start.rows).vectors
    try writer.append(rows: writer.rows..<start.rows, of: old)
  }

  // MARK: In this process

  private static let textsAtOnce = 512
  private static let commitTime = Duration.seconds(5)

  /// Embeds the texts behind those that the writer has.
  /// - Throws: `Stopped` after what is done was committed.
  private func append(
    to writer: VectorFileWriter, total: Int, _ embedder: EmbeddingModel, _ context: FlowContext,
    next: () throws -> String?
  ) async throws -> Int {
    var passed = 0
    while passed < writer.rows, try next() != nil { passed += 1 }
    let before = writer.rows
    var lastCommit = ContinuousClock.now
    while true {
      if context.isStopping() {
        try writer.commit()
        throw Stopped()
      }
      var texts: [String] = []
      while texts.count < Self.textsAtOnce, let text = try next() { texts.append(text) }
      guard !texts.isEmpty else { return writer.rows - before }
      try writer.append(try await embedder.embed(texts))
      context.onProgress(FlowProgress(step: FlowStep.embed.rawValue, done: writer.rows, total: total))
      if ContinuousClock.now - lastCommit > Self.commitTime {
        try writer.commit()
        lastCommit = .now
      }
    }
  }
}
