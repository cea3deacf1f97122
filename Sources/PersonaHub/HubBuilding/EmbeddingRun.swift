import LanguageModels
import PersonaRecords
import RunLedger
import ShardFiles
import Synchronization
import VectorFiles

/// The vectors of texts from an endpoint: a run of the engine over batches of texts, and then the file of vectors.
///
/// The run's records name the replies; the numbers stand in the reply store and, once all are there, in the file. A batch
/// that the server refuses is asked again text by text, so that one text that is too long costs no other its vector.
struct EmbeddingRun {
  let door: ModelDoor
  let model: Embedding.OpenModel
  let context: FlowContext
  /// Where the vectors go, without the place of the hub.
  let place: String
  /// Names the texts, as the file's description does.
  let source: String
  /// The rows that are asked about.
  let rows: Range<Int>
  /// Numbers that a vector must have because others have so many; nil takes what the first has.
  let dimension: Int?
  /// Begins to read all texts anew.
  let open: () throws -> (() throws -> NamedText?)

  /// Asks for what is missing, and writes the file.
  /// - Parameter begin: opens the file for vectors of so many numbers; rows before `rows` are in it then.
  /// - Returns: what the run came to.
  /// - Throws: `Problem` when a text got no vector, and what the engine throws; `Stopped`. The file is not whole then, and the
  ///   same command goes on.
  func write(begin: (Int) throws -> VectorFileWriter) async throws -> RunProgress {
    let run = try await door.begin(description, .goOn)
    do {
      if try await ask(run) { throw Stopped() }
      try await refuseGaps(run)
      let writer = try await assemble(run, begin)
      guard writer.rows == rows.upperBound else { throw changed(run) }
      try writer.finish()
    } catch {
      try? await run.close()
      throw error
    }
    try await run.complete()
    return run.progress
  }

  private var description: RunDescription {
    RunDescription(
      command: FlowStep.embed.rawValue, version: Version.current,
      identity: [
        .init("vectors", place), .init("texts", source), .init("first", String(rows.lowerBound)),
        .init("model", model.name), .init("dimensions", model.dimensions.map(String.init) ?? ""),
      ],
      settings: [
        .init("textsPerRequest", String(TextBatches.textLimit)),
        .init("bytesPerRequest", String(TextBatches.byteLimit)),
      ], prompts: [])
  }

  // MARK: Asking

  /// - Returns: whether it was stopped before the end.
  private func ask(_ run: FlowRun) async throws -> Bool {
    let watch = ReplyWatch(dimension: dimension, hasAnswers: run.progress.records > 0)
    var batches = try TextBatches(from: rows.lowerBound, read: try open())
    if try await ask(run, watch, next: { try batches.next() }) { return true }
    let refused = try refusedRanges(run)
    guard !refused.isEmpty else { return false }
    return try await ask(run, watch, next: TextBatches.singles(of: refused, read: try open()))
  }

  private func ask(_ run: FlowRun, _ watch: ReplyWatch, next: () throws -> TextBatch?) async throws -> Bool {
    let name = model.name
    let dimensions = model.dimensions
    var row = rows.lowerBound
    return try await run.ask(
      next: {
        guard let batch = try next() else { return nil }
        row = batch.first + batch.texts.count
        return .question(batch, identity: batch.identity)
      },
      again: { { nil } },
      request: { (batch: TextBatch) in batch.request(model: name, dimensions: dimensions) },
      settle: { batch, request, answer in try watch.settle(batch, request, answer) },
      describe: { _ in
        FlowProgress(step: FlowStep.embed.rawValue, done: row - rows.lowerBound, total: rows.count)
      })
  }

  /// Rows of the batches that the server refused.
  private func refusedRanges(_ run: FlowRun) throws -> [Range<Int>] {
    guard run.progress.lengths[1] > 0 else { return [] }
    return try records(of: run.folder.rejectedPath) { try Rejection(json: $0) }.compactMap { rejection in
      let ends = rejection.id.split(separator: "-").compactMap { Int($0) }
      return ends.count == 2 && ends[0] >= 1 && ends[0] <= ends[1] ? ends[0] - 1..<ends[1] : nil
    }
  }

  private func records<Record>(of path: String, _ read: (JSONValue) throws -> Record) throws -> [Record] {
    var records: [Record] = []
    let reader = try JSONLinesReader(path: path)
    while let event = try reader.next() {
      switch event {
      case .row(let row): records.append(try read(row.value))
      case .rejected(let problem): throw problem
      }
    }
    return records
  }

  /// Vectors stand in the order of the rows, so a file with gaps would be one of other rows.
  private func refuseGaps(_ run: FlowRun) async throws {
    guard run.progress.failed.total > 0 else { return }
    let failures = try records(of: run.folder.failedPath) { try Rejection(json: $0) }
    let refused = failures.count { $0.reason == ReplyWatch.refused }
    // Complete in the ledger: the same command then asks again for these alone.
    try await run.run.complete()
    guard let first = failures.first else { return }
    let isLasting = refused == failures.count
    throw Problem(
      isLasting
        ? "the server refused \(failures.count == 1 ? "a text" : "\(failures.count) texts"): \(first.id.cut())"
        : "\(failures.count) requests got no vectors; the first is of \(first.id.cut())",
      at: .init(file: run.folder.failedPath),
      advice: isLasting
        ? "shorten or remove it, or name a model that takes it; the vectors of the others are kept"
        : "the same command asks for these again; the vectors of the others are kept",
      consequence: isLasting ? .stopRun : .stopResumable, cause: first.detail)
  }

  // MARK: The file

  private func assemble(_ run: FlowRun, _ begin: (Int) throws -> VectorFileWriter) async throws -> VectorFileWriter {
    var pieces = try records(of: run.folder.recordsPath) { try EmbeddedPiece(json: $0) }
    // Texts that were asked alone come behind the batches.
    pieces.sort { $0.first < $1.first }
    var end = rows.lowerBound
    for piece in pieces {
      guard piece.first == end else { throw changed(run) }
      end += piece.count
    }
    guard end == rows.upperBound, let first = pieces.first else { throw changed(run) }
    let dimension = try await numbers(of: [first])[0].count / first.count
    let writer = try begin(dimension)
    var waiting = pieces.drop { $0.first + $0.count <= writer.rows }
    var lastCommit = ContinuousClock.now
    while !waiting.isEmpty {
      let some = Array(waiting.prefix(8))
      waiting = waiting.dropFirst(8)
      for (piece, numbers) in zip(some, try await numbers(of: some)) {
        guard numbers.count == piece.count * dimension else {
          throw ReplyWatch.mixed(numbers.count / piece.count, dimension)
        }
        try writer.append(Array(numbers[(max(writer.rows - piece.first, 0) * dimension)...]))
      }
      let isStopping = context.isStopping()
      if isStopping || ContinuousClock.now - lastCommit > .seconds(5) {
        try writer.commit()
        lastCommit = .now
      }
      if isStopping { throw Stopped() }
      context.onProgress(
        FlowProgress(step: "\(FlowStep.embed.rawValue): writing", done: writer.rows, total: rows.upperBound))
    }
    return writer
  }

  private func numbers(of pieces: [EmbeddedPiece]) async throws -> [[Float]] {
    try zip(pieces, try await door.desk.kept(pieces.map(\.key))).map { piece, reply in
      guard let numbers = reply.flatMap({ PackedVectors.numbers(in: $0.text) }),
        !numbers.isEmpty, numbers.count.isMultiple(of: piece.count)
      else {
        throw Problem(
          "the reply for rows \(piece.first + 1) to \(piece.first + piece.count) is no longer in the reply store",
          advice: "with --new what is missing is asked for again; another --reply-store may have it")
      }
      return numbers
    }
  }

  private func changed(_ run: FlowRun) -> Problem {
    Problem(
      "the texts changed while they were embedded", at: .init(file: run.folder.path),
      advice: "run this again; vectors that are kept are not asked for again")
  }
}

/// Rows whose vectors are one reply in the reply store: a line of the run's records.
private struct EmbeddedPiece: JSONLineRecord {
  let first: Int
  let count: Int
  let key: ReplyKey

  init(first: Int, count: Int, key: ReplyKey) {
    self.first = first
    self.count = count
    self.key = key
  }

  func write(to line: inout JSONLine) {
    line.object { line in
      line.member("first", first)
      line.member("count", count)
      line.member("reply", key.description)
    }
  }

  init(json: JSONValue) throws(Problem) {
    first = try json.int("first")
    count = try json.int("count")
    guard first >= 0, count > 0, let key = ReplyKey(hex: Array(try json.string("reply").utf8)) else {
      throw Problem("a record of this run is damaged", advice: "begin a new run with --new; replies are reused")
    }
    self.key = key
  }
}

/// What all replies of a run have to have in common.
private final class ReplyWatch: Sendable {
  static let refused = "refused"
  /// A server that refuses the first so many requests will refuse all.
  private static let refusalLimit = 8

  private struct State {
    var dimension: Int?
    var hasAnswers: Bool
    var refusals = 0
  }

  private let state: Mutex<State>

  init(dimension: Int?, hasAnswers: Bool) { state = Mutex(State(dimension: dimension, hasAnswers: hasAnswers)) }

  /// - Throws: `Problem` that ends the run: vectors of several sizes, or a server that refuses everything.
  func settle(_ batch: TextBatch, _ request: ModelRequest, _ answer: Answer) throws -> Settlement {
    switch answer {
    case .reply(let reply):
      try answered(PackedVectors.numberCount(in: reply.text) / batch.texts.count)
      var settlement = Settlement()
      settlement.add(EmbeddedPiece(first: batch.first, count: batch.texts.count, key: request.key))
      return settlement
    case .failed(let problem):
      let isRefused = problem.consequence == .rejectRow
      if isRefused { try refused(problem) }
      let rejection = Rejection(
        id: batch.name, reason: isRefused ? Self.refused : "call", detail: problem.description, row: batch.first + 1)
      return isRefused && batch.texts.count > 1 ? .rejected(rejection) : .failed(rejection)
    }
  }

  private func answered(_ dimension: Int) throws(Problem) {
    let known = state.withLock { state in
      state.hasAnswers = true
      state.dimension = state.dimension ?? dimension
      return state.dimension
    }
    if let known, known != dimension { throw Self.mixed(dimension, known) }
  }

  private func refused(_ problem: Problem) throws(Problem) {
    let isHopeless = state.withLock { state in
      state.refusals += 1
      return !state.hasAnswers && state.refusals >= Self.refusalLimit
    }
    guard isHopeless else { return }
    throw Problem(
      "the first \(Self.refusalLimit) requests for vectors were all refused: \(problem.what)",
      advice: "see what the server says; it may not take --dimensions, or this model have no vectors",
      consequence: .stopRun, cause: problem.cause)
  }

  static func mixed(_ one: Int, _ other: Int) -> Problem {
    Problem(
      "the endpoint sent vectors of \(one) numbers beside others of \(other)",
      advice: "check that all servers have the same model; --no-cache asks again for what is kept",
      consequence: .stopRun)
  }
}
