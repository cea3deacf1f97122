import PersonaRecords
import Synchronization

/// Files and batches.
extension Desk {
  /// Answers one request about files or batches, unless a fault of these routes strikes first.
  func batchDelivery(_ call: IncomingCall, _ route: Route, at now: Moment) -> Delivery {
    let form = route == .uploadFile ? MultipartForm(body: call.body, contentType: call.contentType) : nil
    // Of an upload the file alone counts: its form has another boundary every time.
    let hash = StableHash.of((form?["file"]?.bytes ?? call.body) + Array("\(call.method) \(call.path)".utf8))
    let asked = countAsking(hash, isNeeded: !settings.batchFaults.isEmpty || log != nil)
    let fault = settings.batchFaults.draw(seed: settings.seed, hash: hash, asked: asked)
    let answer: HTTPAnswer
    if let fault, !fault.strikesAfterTheWork {
      answer = HTTPAnswer(200, [])
    } else {
      do throws(Refusal) {
        answer = try batchAnswer(call, route, form, at: now)
      } catch {
        answer = error.answer
      }
    }
    let delivery = FaultyDelivery.of(answer, fault: fault, settings: settings)
    note(call, hash: hash, asked: asked, outcome: fault?.rawValue ?? "answered", status: delivery.sentStatus)
    return delivery
  }

  private func batchAnswer(
    _ call: IncomingCall, _ route: Route, _ form: MultipartForm?, at now: Moment
  ) throws(Refusal) -> HTTPAnswer {
    switch route {
    case .uploadFile: return try upload(form, at: now)
    case .listFiles:
      return list(state.withLock { state in state.shelf.fileIDs.compactMap { try? state.shelf.file($0) } }, call) {
        $0.write(to: &$1)
      } id: {
        $0.id
      }
    case .file(let id):
      return Self.answer(try file(id)) { $0.write(to: &$1) }
    case .fileContent(let id):
      return HTTPAnswer(200, try file(id).bytes, type: "application/octet-stream")
    case .deleteFile(let id):
      try onShelf { (shelf) throws(Refusal) in try shelf.deleteFile(id) }
      return .json { line in
        line.member("id", id)
        line.member("object", "file")
        line.member("deleted", true)
      }
    case .createBatch: return try createBatch(call, at: now)
    case .listBatches:
      return list(
        state.withLock { state in
          state.shelf.batchIDs.reversed().compactMap { try? state.shelf.batch($0, at: now) }
        }, call
      ) {
        $0.write(to: &$1, at: now)
      } id: {
        $0.id
      }
    case .batch(let id):
      return Self.answer(try onShelf { (shelf) throws(Refusal) in try shelf.batch(id, at: now) }) {
        $0.write(to: &$1, at: now)
      }
    case .cancelBatch(let id):
      return Self.answer(try onShelf { (shelf) throws(Refusal) in try shelf.cancel(id, at: now) }) {
        $0.write(to: &$1, at: now)
      }
    case .health, .models, .chat, .embeddings: throw Refusal(status: 404, message: "Invalid URL")
    }
  }

  private func onShelf<Value: Sendable>(
    _ body: (inout BatchShelf) throws(Refusal) -> Value
  ) throws(Refusal) -> Value {
    try state.withLock { (state) throws(Refusal) in try body(&state.shelf) }
  }

  private func file(_ id: String) throws(Refusal) -> BatchShelf.StoredFile {
    try onShelf { (shelf) throws(Refusal) in try shelf.file(id) }
  }

  private static func answer<Thing>(_ thing: Thing, _ write: (Thing, inout JSONLine) -> Void) -> HTTPAnswer {
    var line = JSONLine()
    write(thing, &line)
    return HTTPAnswer(200, line.bytes)
  }

  /// A page of a list: `limit` things behind the one named by `after`.
  private func list<Thing>(
    _ things: [Thing], _ call: IncomingCall, write: (Thing, inout JSONLine) -> Void, id: (Thing) -> String
  ) -> HTTPAnswer {
    let start = call.query["after"].flatMap { after in things.firstIndex { id($0) == after } }.map { $0 + 1 } ?? 0
    let limit = min(max(call.query["limit"].flatMap { Int($0) } ?? 20, 1), 10_000)
    let page = things[start...].prefix(limit)
    return .json { line in
      line.member("object", "list")
      line.key("data")
      line.array { line in for thing in page { write(thing, &line) } }
      line.member("first_id", page.first.map { .string(id($0)) } ?? .null)
      line.member("last_id", page.last.map { .string(id($0)) } ?? .null)
      line.member("has_more", page.endIndex < things.endIndex)
    }
  }

  private func upload(_ form: MultipartForm?, at now: Moment) throws(Refusal) -> HTTPAnswer {
    guard let form else { throw Refusal(message: "The body should be a form (multipart/form-data)") }
    guard let file = form["file"] else {
      throw Refusal(
        message: "Missing required parameter: 'file'", parameter: "file", code: "missing_required_parameter")
    }
    guard let purpose = form["purpose"].map({ String(decoding: $0.bytes, as: UTF8.self) }), !purpose.isEmpty else {
      throw Refusal(
        message: "Missing required parameter: 'purpose'", parameter: "purpose", code: "missing_required_parameter")
    }
    let stored = state.withLock { $0.shelf.addFile(file.bytes, name: file.fileName, purpose: purpose, at: now) }
    return Self.answer(stored) { $0.write(to: &$1) }
  }

  private func createBatch(_ call: IncomingCall, at now: Moment) throws(Refusal) -> HTTPAnswer {
    guard let json = try? JSONValue(utf8: call.body) else {
      throw Refusal(message: "We could not parse the JSON body of your request")
    }
    let time = settings.batchTime
    let batch = try onShelf { (shelf) throws(Refusal) in try shelf.addBatch(json: json, time: time, at: now) }
    let input = try file(batch.inputFileID).bytes
    background { [self] in
      let result = work(on: batch, input: input)
      state.withLock { $0.shelf.finish(batch.id, with: result) }
    }
    return Self.answer(batch) { $0.write(to: &$1, at: now) }
  }

  /// All lines of a batch, in an order that is not that of its input: a provider promises none.
  private func work(on batch: Batch, input: [UInt8]) -> Batch.Result {
    do throws(BatchInput.Fault) {
      let requests = try BatchInput(
        input, endpoint: batch.endpoint, maximumLines: settings.maximumBatchLines
      ).requests
      var outcomes: [BatchLineOutcome] = []
      for (place, request) in requests.enumerated() {
        if isStopping.load(ordering: .relaxed) { break }
        outcomes.append(outcome(of: request, requestID: "req_\(batch.id.dropFirst(6))_\(place)", in: batch))
      }
      var random = SeededRandom(seed: settings.seed, purpose: "batch order")
      outcomes.shuffle(using: &random)
      return .done(outcomes)
    } catch {
      return .refused(error)
    }
  }

  private func outcome(of request: BatchInput.Request, requestID: String, in batch: Batch) -> BatchLineOutcome {
    let name = request.customID
    let hash = StableHash.of(request.body.line.utf8)
    let asked = countAsking(hash, isNeeded: !settings.faults.isEmpty || log != nil)
    let fault = settings.faults.draw(seed: settings.seed, hash: hash, asked: asked)
    let outcome: (line: BatchLineOutcome, name: String, status: Int)
    do throws(Refusal) {
      let call = try ChatCall(json: request.body)
      outcome = answered(
        call, fault: fault, request: (name, requestID), id: "chatcmpl-\(CallLog.hexadecimal(hash))-\(asked)",
        createdAt: batch.createdAt.unixSeconds)
    } catch {
      let line = BatchLineOutcome(
        customID: name, requestID: requestID, status: error.status, body: error.errorLine)
      outcome = (line, "bad-request", error.status)
    }
    note(route: "batch", hash: hash, asked: asked, outcome: outcome.name, status: outcome.status)
    return outcome.line
  }

  /// In a batch there is no connection to break: what would break it becomes an error of the line, and what would
  /// never end loses the line.
  private func answered(
    _ call: ChatCall, fault: Fault?, request: (name: String, id: String), id: String, createdAt: Int
  ) -> (BatchLineOutcome, String, Int) {
    let name = fault?.rawValue ?? "answered"
    switch fault {
    case .stall: return (.lost, name, 0)
    case .reset, .half, .json, .prose, .html, .empty:
      let line = BatchLineOutcome(
        customID: request.name, requestID: request.id, code: "server_error",
        message: "The request could not be answered.")
      return (line, name, 0)
    case .tooManyRequests, .tooManyRequestsWithPause, .serverError, .unavailable:
      let refusal =
        fault == .serverError || fault == .unavailable
        ? Refusal(status: 500, message: "The server had an error while processing your request", type: "server_error")
        : Refusal.rateLimit("requests", wait: nil, headers: [])
      let line = BatchLineOutcome(
        customID: request.name, requestID: request.id, status: refusal.status, body: refusal.errorLine)
      return (line, name, refusal.status)
    default:
      let completion = Completion(
        to: call, id: id, createdAt: createdAt, seed: settings.seed, canned: settings.cannedReply, fault: fault)
      var body = JSONLine()
      completion.write(to: &body)
      return (BatchLineOutcome(customID: request.name, requestID: request.id, status: 200, body: body), name, 200)
    }
  }
}
