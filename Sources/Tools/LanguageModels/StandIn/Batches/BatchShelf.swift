import PersonaRecords

/// All files and batches of one server, in memory: gone when it stops. Pure: every event comes with its time.
struct BatchShelf: Sendable {
  struct StoredFile: Sendable {
    let id: String
    let name: String
    let purpose: String
    let createdAt: Int
    let bytes: [UInt8]

    func write(to line: inout JSONLine) {
      line.object { line in
        line.member("id", id)
        line.member("object", "file")
        line.member("bytes", bytes.count)
        line.member("created_at", createdAt)
        line.member("filename", name)
        line.member("purpose", purpose)
        line.member("status", "processed")
      }
    }
  }

  private var files: [String: StoredFile] = [:]
  private var batches: [String: Batch] = [:]
  /// Both in the order in which they came.
  private(set) var fileIDs: [String] = []
  private(set) var batchIDs: [String] = []
  private var created = 0
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  private mutating func freshID(_ prefix: String) -> String {
    created += 1
    let word = String(StableHash.mix(seed &+ UInt64(created)), radix: 16)
    return prefix + String(repeating: "0", count: 16 - word.count) + word
  }

  // MARK: Files

  mutating func addFile(_ bytes: [UInt8], name: String, purpose: String, at now: Moment) -> StoredFile {
    let file = StoredFile(
      id: freshID("file-"), name: name, purpose: purpose, createdAt: now.unixSeconds, bytes: bytes)
    files[file.id] = file
    fileIDs.append(file.id)
    return file
  }

  func file(_ id: String) throws(Refusal) -> StoredFile {
    guard let file = files[id] else { throw Self.unknown("File", id) }
    return file
  }

  mutating func deleteFile(_ id: String) throws(Refusal) {
    guard files.removeValue(forKey: id) != nil else { throw Self.unknown("File", id) }
    fileIDs.removeAll { $0 == id }
  }

  // MARK: Batches

  /// A batch that validates; the work on its input is the caller's.
  mutating func addBatch(json: JSONValue, time: Duration, at now: Moment) throws(Refusal) -> Batch {
    guard let input = json["input_file_id"]?.stringValue else {
      throw Refusal(
        message: "Missing required parameter: 'input_file_id'", parameter: "input_file_id",
        code: "missing_required_parameter")
    }
    guard json["endpoint"]?.stringValue == "/v1/chat/completions" else {
      throw Refusal(
        message: "Invalid value for 'endpoint': this server knows /v1/chat/completions", parameter: "endpoint",
        code: "invalid_value")
    }
    guard let window = json["completion_window"]?.stringValue, window == "24h" else {
      throw Refusal(
        message: "Invalid value for 'completion_window': 24h is the only one", parameter: "completion_window",
        code: "invalid_value")
    }
    guard try file(input).purpose == "batch" else {
      throw Refusal(
        message: "The file \(input) was uploaded for another purpose than batch", parameter: "input_file_id")
    }
    let batch = Batch(
      id: freshID("batch_"), inputFileID: input, endpoint: "/v1/chat/completions", window: window,
      metadata: json["metadata"] ?? .null, createdAt: now, time: time)
    batches[batch.id] = batch
    batchIDs.append(batch.id)
    return batch
  }

  /// The batch as it stands now; its files are made at the first look at it after its end.
  mutating func batch(_ id: String, at now: Moment) throws(Refusal) -> Batch {
    guard var batch = batches[id] else { throw Self.unknown("Batch", id) }
    let status = batch.status(at: now.uptime)
    guard batch.finished == nil, status == .completed || status == .cancelled,
      case .done(let outcomes) = batch.result ?? .done([])
    else { return batch }
    // A batch cancelled before its work was done has no lines to show yet, and will have none.
    let lines = outcomes.prefix(batch.doneCount(at: now.uptime))
    batch.outputFileID = makeFile(lines.filter { !$0.isError }, "\(id)_output.jsonl", at: now)
    batch.errorFileID = makeFile(lines.filter(\.isError), "\(id)_error.jsonl", at: now)
    let failed = lines.count { $0.isError }
    batch.finished = (lines.count - failed, failed)
    // The files hold the lines now; what is left is their number.
    batch.result = .done(outcomes.map { _ in .lost })
    batches[id] = batch
    return batch
  }

  private mutating func makeFile(_ outcomes: [BatchLineOutcome], _ name: String, at now: Moment) -> String? {
    let bytes = outcomes.flatMap { (outcome) -> [UInt8] in outcome.line.map { $0 + [0x0A] } ?? [] }
    guard !bytes.isEmpty else { return nil }
    return addFile(bytes, name: name, purpose: "batch_output", at: now).id
  }

  mutating func finish(_ id: String, with result: Batch.Result) {
    // A batch whose files were made is over; work that comes later changes nothing.
    guard batches[id]?.finished == nil else { return }
    batches[id]?.result = result
  }

  mutating func cancel(_ id: String, at now: Moment) throws(Refusal) -> Batch {
    let current = try batch(id, at: now)
    let status = current.status(at: now.uptime)
    guard [.validating, .inProgress, .finalizing].contains(status) else {
      throw Refusal(
        status: 409, message: "Cannot cancel a batch with status '\(status.rawValue)'.", code: "invalid_status")
    }
    batches[id]?.cancelledAt = now.uptime
    return try batch(id, at: now)
  }

  private static func unknown(_ what: String, _ id: String) -> Refusal {
    Refusal(status: 404, message: "No such \(what) object: \(id.prefix(64))", parameter: "id")
  }
}
