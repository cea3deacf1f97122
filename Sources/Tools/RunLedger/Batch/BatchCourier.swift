import Foundation
import LanguageModels
import PersonaRecords

/// Takes one batch from its file to its replies: does what its journey says, and is as patient as told.
struct BatchCourier: Sendable {
  let client: BatchClient
  let ledger: LedgerDatabase
  let folder: RunFolder
  let desk: ReplyDesk
  let settings: BatchSettings
  let limits: RetryLimits
  let cost: @Sendable (ModelReply.Usage, _ priceFactor: Double) -> CallBudget.Amount
  let isStopping: @Sendable () -> Bool
  let onNotice: @Sendable (String) -> Void
  let onLook: @Sendable (BatchRecord) -> Void

  /// How a journey ended in this process.
  struct Arrival: Sendable {
    /// Written down so far as it is under way; its end is still to be written.
    var record: BatchRecord
    var causes: [ReplyKey: String] = [:]
    var answered: Set<ReplyKey> = []
    var isAboutWaitingBatches = false
  }

  /// - Returns: how far it came: to its end, or under way when it was stopped.
  /// - Throws: `Problem` when the provider is given up or refuses; `CancellationError`. What was written down holds.
  func carry(_ record: BatchRecord, isNew: Bool) async throws -> Arrival {
    var journey = BatchJourney(record, isNew: isNew)
    var patience = Patience(limits: limits, seed: UInt64(record.number))
    var arrival = Arrival(record: record)
    var looks = 0
    var opened: BatchReturn?
    if record.mayBePaid, record.endpoint != client.endpoint.displayURL { throw elsewhere(record) }
    while true {
      let step = journey.next()
      if case .write(let written) = step {
        try await ledger.setBatch(written)
        continue
      }
      if step == .end { break }
      if isStopping() { break }
      do {
        switch step {
        case .write, .end: break
        case .findFile:
          let found = try await client.findFile(name: fileName(record), byteCount: record.byteCount)
          journey.handle(.foundFile(found))
        case .upload:
          guard BatchFile.requests(at: folder.batchPath(record.number), of: record) != nil else {
            journey.handle(.givenUp("its file was changed or is gone"))
            continue
          }
          let id = try await client.upload(folder.batchPath(record.number), name: fileName(record))
          journey.handle(.uploaded(id))
        case .findBatch: journey.handle(.foundBatch(try await client.findBatch(mark: record.mark)))
        case .deleteFile(let id):
          try await client.deleteFile(id)
          journey.handle(.deletedFile)
        case .create(let fileID):
          journey.handle(.created(try await client.create(fileID: fileID, mark: record.mark)))
        case .look(let id):
          // One that an earlier process began may be over by now; one that was begun just now is not.
          if looks > 0 || record.phase != .created { try await pause(settings.interval(afterLooks: looks)) }
          if isStopping() { continue }
          looks += 1
          journey.handle(.looked(try await client.batch(id)))
          onLook(journey.record)
        case .fetch:
          var found = opened ?? open(journey.record)
          defer { opened = found }
          try await fetch(journey.record, into: &found, isStrict: patience.tries + 1 < limits.attempts)
          arrival.causes = found.causes
          arrival.answered = found.answered
          journey.handle(.fetched(found.yield))
        }
        patience.succeeded()
      } catch let failure as BatchClient.PassingFailure {
        journey.handle(.broke(isAnswered: failure.isAnswered))
        guard let wait = patience.failed(pause: failure.retryAfter) else {
          throw client.lost(failure, tries: patience.tries)
        }
        onNotice("batch \(record.number): \(client.endpoint.host) \(failure.what); next try in \(Self.seconds(wait)) s")
        try await pause(wait)
      }
    }
    arrival.record = journey.record
    arrival.isAboutWaitingBatches = journey.isAboutWaitingBatches
    return arrival
  }

  private func fileName(_ record: BatchRecord) -> String {
    "persona-hub-\(record.mark.replacing("/", with: "-")).jsonl"
  }

  private func open(_ record: BatchRecord) -> BatchReturn {
    let factor = record.priceFactor
    return BatchReturn(
      requests: BatchFile.requests(at: folder.batchPath(record.number), of: record), model: desk.model.name,
      endpoint: client.endpoint, cost: { cost($0, factor) })
  }

  /// Fetches what is not read yet.
  private func fetch(_ record: BatchRecord, into found: inout BatchReturn, isStrict: Bool) async throws {
    let files = [
      (record.outputFileID, folder.batchOutputPath(record.number), record.completed),
      (record.errorFileID, folder.batchErrorPath(record.number), 0),
    ]
    for (id, path, minimum) in files {
      guard let id, !found.read.contains(id) else { continue }
      try await client.download(id, to: path)
      do {
        try await found.read(path, named: id, minimum: minimum, isStrict: isStrict, keep: desk.keep)
      } catch is BatchReturn.Torn {
        throw client.unreadable("a file that is not whole")
      }
    }
  }

  /// Sleeps in short pieces, so that Ctrl-C is heard.
  private func pause(_ time: Duration) async throws {
    let end = ContinuousClock.now + time
    while !isStopping() {
      let left = end - ContinuousClock.now
      guard left > .zero else { return }
      try await Task.sleep(for: min(left, .milliseconds(100)))
    }
  }

  private static func seconds(_ time: Duration) -> String {
    let tenths = Int((time / .milliseconds(100)).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func elsewhere(_ record: BatchRecord) -> Problem {
    Problem(
      "batch \(record.number) of this run was sent to \(record.endpoint), and this command asks \(client.endpoint.displayURL)",
      at: .init(file: folder.path),
      advice:
        "fetch it with that address (--model-url), or begin a new run with --new, which pays for its requests again",
      consequence: .wrongUsage)
  }
}

/// How long a provider that does not answer is tried: so often, and once it has answered so long.
private struct Patience {
  let limits: RetryLimits
  private(set) var tries = 0
  private var hasAnswered = false
  private var firstFailure = ContinuousClock.now
  private var random: SeededRandom

  init(limits: RetryLimits, seed: UInt64) {
    self.limits = limits
    random = SeededRandom(seed: seed, purpose: "batch")
  }

  mutating func succeeded() {
    tries = 0
    hasAnswered = true
  }

  /// - Returns: how long to wait before the next try; nil to give up.
  mutating func failed(pause: Duration?) -> Duration? {
    if tries == 0 { firstFailure = .now }
    tries += 1
    let isPatient = hasAnswered && ContinuousClock.now - firstFailure < limits.patience
    guard tries < limits.attempts || isPatient, pause ?? .zero <= limits.longestRetryAfter else { return nil }
    let drawn = limits.ceiling(afterFailures: tries) * (Double(random.below(1001)) / 1000)
    return max(pause ?? .zero, drawn)
  }
}
