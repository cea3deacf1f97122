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

  /// A model that is open, and what vectors are to say that they are of.
  struct OpenModel {
    let embedder: any Embedder
    let identity: String

    func description(_ settings: Settings, source: String) -> VectorDescription {
      VectorDescription(
        model: identity, dimension: embedder.dimensions, element: settings.isHalfPrecision ? .float16 : .float32,
        source: source)
    }
  }

  func openModel() throws(Problem) -> OpenModel {
    let model = try EmbeddingModel.locate(settings.modelFolder)
    return OpenModel(embedder: model, identity: "\(model.name) sha256:\(model.identity.fingerprint.prefix(32))")
  }

  // MARK: A file

  /// Embeds the rows of a file.
  /// - Throws: `Problem` when there is no model, or the vectors that were begun are of other texts; `Stopped`.
  public func run(_ job: FileJob, _ context: FlowContext) async throws -> Outcome {
    let model = try openModel()
    let texts = try survey(job, context)
    let vectors = try await write(job, texts, model, context)
    var summary = Summary(title: FlowStep.embed.rawValue)
    summary.add("read", "rows read", texts.rows + texts.unreadable)
    summary.add("embedded", "rows embedded now", vectors.added)
    summary.add("vectors", "vectors in all", vectors.rows)
    summary.add("unreadable", "rows passed over", texts.unreadable)
    describe(model, in: &summary)
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
    survey.source = "sha256:" + hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    return survey
  }

  /// The vectors of a file's rows: those that stand there, or new ones.
  func write(
    _ job: FileJob, _ texts: Survey, _ model: OpenModel, _ context: FlowContext
  ) async throws -> (rows: Int, added: Int) {
    let wanted = model.description(settings, source: texts.source)
    if try VectorFile.readDescription(of: job.output)?.source == texts.source,
      let there = try? VectorFile.open(job.output, wanted: wanted, rows: texts.rows)
    {
      return (there.vectors.count, 0)
    }
    let writer = try VectorFileWriter(path: job.output, description: wanted)
    var rows = try LineFilePass(input: job.input, output: nil, key: job.key).rows()
    let added = try await append(to: writer, total: texts.rows, model, context) {
      while let event = try rows.next() { if case .row(let row, _, _) = event { return row.text } }
      return nil
    }
    guard writer.rows == texts.rows else {
      throw Problem("this file changed while it was read", at: .init(file: job.input), advice: "run this again")
    }
    try writer.finish()
    return (writer.rows, added)
  }

  // MARK: A hub

  /// Embeds the personas of a hub that have no vectors yet.
  public func run(_ context: FlowContext) async throws -> Outcome {
    let model = try openModel()
    let hub = try Hub.open(at: context.hubPath)
    let (file, added) = try await vectors(of: hub, model, context)
    var summary = Summary(title: FlowStep.embed.rawValue)
    summary.add("embedded", "personas embedded now", added)
    summary.add("vectors", "vectors in all", file.vectors.count)
    describe(model, in: &summary)
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
  ) async throws -> (file: VectorFile, added: Int) {
    let shelf = HubVectors(hub, model: model.embedder.name)
    let total = hub.manifest.rowCount
    let wanted = model.description(settings, source: shelf.source)
    let start = shelf.longestStart()
    if let start {
      // Vectors of another version of the model are refused here, before anything is written beside them.
      var known = wanted
      known.source = try VectorFile.readDescription(of: start.path)?.source ?? ""
      let file = try VectorFile.open(start.path, wanted: known, rows: start.rows)
      if start.rows == total, file.path == shelf.path { return (file, 0) }
    }
    try shelf.makeFolder()
    let writer = try VectorFileWriter(path: shelf.path, description: wanted)
    if let start, writer.rows < start.rows { try copy(start, to: writer) }
    let personas = hub.personas()
    let added = try await append(to: writer, total: total, model, context) { try personas.next()?.text }
    guard writer.rows == total else {
      throw Problem("the hub changed while it was read", at: .init(file: hub.path), advice: "run this again")
    }
    try writer.finish()
    shelf.removeShorter()
    return (try VectorFile.open(shelf.path, wanted: wanted, rows: total), added)
  }

  private func copy(_ start: HubVectors.Start, to writer: VectorFileWriter) throws(Problem) {
    let old = try VectorFile.open(start.path, rows: start.rows).vectors
    var numbers: [Float] = []
    for row in writer.rows..<start.rows {
      numbers += old.vector(row)
      guard numbers.count >= 1 << 20 || row == start.rows - 1 else { continue }
      try writer.append(numbers)
      numbers.removeAll(keepingCapacity: true)
    }
  }

  // MARK: Both

  private static let textsAtOnce = 512
  private static let commitTime = Duration.seconds(5)

  /// Embeds the texts behind those that the writer has.
  /// - Throws: `Stopped` after what is done was committed.
  private func append(
    to writer: VectorFileWriter, total: Int, _ model: OpenModel, _ context: FlowContext,
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
      try writer.append(try await model.embedder.embed(texts))
      context.onProgress(FlowProgress(step: FlowStep.embed.rawValue, done: writer.rows, total: total))
      if ContinuousClock.now - lastCommit > Self.commitTime {
        try writer.commit()
        lastCommit = .now
      }
    }
  }

  private func describe(_ model: OpenModel, in summary: inout Summary) {
    summary.add("model", "model", model.identity)
    summary.add("dimensions", "numbers in a vector", model.embedder.dimensions)
  }
}
