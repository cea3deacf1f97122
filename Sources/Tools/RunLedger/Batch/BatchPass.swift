import Foundation
package import LanguageModels
import PersonaRecords

/// A pass over a run's input before it is asked call by call: what has no reply yet is sent in batches, and their replies
/// are put into the reply store.
///
/// The run itself comes afterwards and finds the replies there, so the order of the output, what is counted and how a run
/// goes on are its matter alone. Batches that an earlier process began are fetched first or beside new ones.
///
/// Memory: the keys of the batches under way, 16 bytes each, and those of requests that got no reply.
package struct BatchPass {
  /// What the run's owner provides.
  package struct Surroundings: Sendable {
    package var worst: @Sendable (ModelRequest) -> CallBudget.Amount
    package var cost: @Sendable (ModelReply.Usage, _ priceFactor: Double) -> CallBudget.Amount
    /// Told what a batch has cost, once it is written down.
    package var onSpent: @Sendable (CallBudget.Amount) -> Void
    package var audit: (any CallAudit)?
    package var isStopping: @Sendable () -> Bool
    /// Told of waits, in one line.
    package var onNotice: @Sendable (String) -> Void
    /// Told of the life of each batch, in one line.
    package var onMessage: @Sendable (String) -> Void
    /// Told how many requests of the batches under way are answered, of how many.
    package var onProgress: @Sendable (_ done: Int, _ total: Int) -> Void

    package init(
      worst: @escaping @Sendable (ModelRequest) -> CallBudget.Amount,
      cost: @escaping @Sendable (ModelReply.Usage, _ priceFactor: Double) -> CallBudget.Amount,
      onSpent: @escaping @Sendable (CallBudget.Amount) -> Void, audit: (any CallAudit)?,
      isStopping: @escaping @Sendable () -> Bool,
      onNotice: @escaping @Sendable (String) -> Void, onMessage: @escaping @Sendable (String) -> Void,
      onProgress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) {
      self.worst = worst
      self.cost = cost
      self.onSpent = onSpent
      self.audit = audit
      self.isStopping = isStopping
      self.onNotice = onNotice
      self.onMessage = onMessage
      self.onProgress = onProgress
    }
  }

  /// What a pass came to.
  package struct Ending: Sendable {
    /// Whether it was asked to stop.
    package var isStopped = false
    /// Batches that are still at the provider.
    package var underWay = 0
    /// Whether requests were left out because the budget did not hold them.
    package var isOutOfBudget = false
    /// Why requests have no reply, as far as it is known.
    package var causes: [ReplyKey: String] = [:]
    package var answered = 0
  }

  let run: Run
  let desk: ReplyDesk
  let client: BatchClient
  let settings: BatchSettings
  let limits: RetryLimits
  let around: Surroundings

  private var budget: CallBudget
  private var ending = Ending()
  /// Requests that are in a batch or were in one that did not answer them.
  private var asked: Set<ReplyKey> = []
  /// Requests read and not yet in a batch.
  private var waiting: [(request: ModelRequest, key: ReplyKey)] = []
  private var waitingFrom = 0
  private var isInputRead = false
  /// Nothing is left that could be sent.
  private var isAllSent = false
  private var output = StructuredOutput.schema
  private var atOnce: Int
  private var batchLimits: BatchLimits
  private var lastNumber = 0
  private let tally = BatchTally()

  /// - Parameter budget: as it stands, with all that was spent before.
  package init(
    _ run: Run, desk: ReplyDesk, client: BatchClient, settings: BatchSettings, limits: RetryLimits, budget: CallBudget,
    around: Surroundings
  ) {
    self.run = run
    self.desk = desk
    self.client = client
    self.settings = settings
    self.limits = limits
    self.budget = budget
    self.around = around
    atOnce = max(1, settings.atOnce)
    batchLimits = settings.limits
  }

  /// - Parameters:
  ///   - open: begins to read the input anew from its first item.
  ///   - request: what is asked about an item.
  /// - Throws: what reading throws; a `Problem` when the provider cannot be used. What was begun goes on there, and the
  ///   next pass finds it.
  package mutating func run<Question: Sendable>(
    open: () throws -> (() throws -> RunItem<Question>?), request: (Question) throws -> ModelRequest
  ) async throws -> Ending {
    let known = try await known()
    var goesAgain = try await pass(known.underWay, hasUnknown: known.hasUnknown, open: open, request: request)
    while goesAgain, !ending.isStopped {
      goesAgain = try await pass([], hasUnknown: false, open: open, request: request)
    }
    return ending
  }

  /// The batches of earlier processes that are under way.
  private mutating func known() async throws -> (underWay: [BatchRecord], hasUnknown: Bool) {
    var underWay: [BatchRecord] = []
    var hasUnknown = false
    for var record in try await run.ledger.batchRecords() {
      lastNumber = max(lastNumber, record.number)
      if record.rejectsFormat { weaken(from: record.output) }
      guard record.isUnderWay else {
        remove(record)
        continue
      }
      guard settings.begins || record.mayBePaid else {
        record.phase = .failed
        record.reason = "not sent: the run went on without --batch"
        try await run.ledger.setBatch(record)
        remove(record)
        continue
      }
      budget.reserve(record.worst)
      underWay.append(record)
      if let requests = BatchFile.requests(at: run.folder.batchPath(record.number), of: record) {
        asked.formUnion(requests.keys)
      } else {
        hasUnknown = true
      }
    }
    return (underWay, hasUnknown)
  }

  /// - Returns: whether requests that got no reply are worth another pass.
  private mutating func pass<Question: Sendable>(
    _ underWay: [BatchRecord], hasUnknown: Bool, open: () throws -> (() throws -> RunItem<Question>?),
    request: (Question) throws -> ModelRequest
  ) async throws -> Bool {
    var next = settings.begins ? try input(open) : { nil }
    isInputRead = !settings.begins
    isAllSent = isInputRead
    waiting = []
    waitingFrom = 0
    var hasUnknown = hasUnknown
    var goesAgain = false
    let courier = courier()
    try await withThrowingTaskGroup(of: BatchCourier.Arrival.self) { group in
      var running = 0
      for record in underWay {
        tally.begin(record)
        group.addTask { try await courier.carry(record, isNew: false) }
        running += 1
      }
      while true {
        // Where it is not known what is under way, nothing new is begun: it might be asked twice.
        while !hasUnknown, !isAllSent, running < atOnce, !around.isStopping() {
          guard let record = try await gather(&next, request) else { break }
          tally.begin(record)
          group.addTask { try await courier.carry(record, isNew: true) }
          running += 1
        }
        guard running > 0, let arrival = try await group.next() else { break }
        running -= 1
        if running == 0 { hasUnknown = false }
        if try await take(arrival) { goesAgain = true }
      }
    }
    if around.isStopping() { ending.isStopped = true }
    return goesAgain
  }

  private func courier() -> BatchCourier {
    let tally = tally
    let onProgress = around.onProgress
    return BatchCourier(
      client: client, ledger: run.ledger, folder: run.folder, desk: desk, settings: settings, limits: limits,
      cost: around.cost, isStopping: around.isStopping, onNotice: around.onNotice,
      onLook: { record in
        let (done, total) = tally.look(record)
        onProgress(done, total)
      })
  }

  // MARK: The end of a batch

  /// Writes down how a batch ended, and what it cost.
  /// - Returns: whether its requests are worth another pass.
  private mutating func take(_ arrival: BatchCourier.Arrival) async throws -> Bool {
    let record = arrival.record
    guard !record.isUnderWay else {
      ending.underWay += record.mayBePaid ? 1 : 0
      return false
    }
    budget.settle(reserved: record.worst, spent: record.spent)
    run.progress.spentDollars += record.spent.dollars
    run.progress.spentTokens += record.spent.tokens
    try await run.ledger.setBatch(
      record.number, String(decoding: record.jsonLine, as: UTF8.self), with: run.progress)
    around.onSpent(record.spent)
    ending.answered += record.answered
    asked.subtract(arrival.answered)
    // Those that were looked up before their reply was there are not looked up again.
    waiting = waiting[min(waitingFrom, waiting.count)...].filter { !arrival.answered.contains($0.key) }
    waitingFrom = 0
    ending.causes.merge(arrival.causes) { $1 }
    let requests = BatchFile.requests(at: run.folder.batchPath(record.number), of: record)
    remove(record)
    let missing = record.requests - record.answered
    around.onMessage(
      "batch \(record.number): \(record.status.isEmpty ? record.phase.rawValue : record.status), \(record.answered) answered"
        + (missing > 0 ? ", \(missing) not" : "") + (record.reason.isEmpty ? "" : " (\(record.reason))"))
    if record.phase == .failed {
      for key in requests?.keys ?? [:].keys { ending.causes[key] = "the batch failed: \(record.reason)" }
    }
    if record.rejectsFormat, weaken(from: record.output) {
      asked.subtract(requests?.keys ?? [:].keys)
      return settings.begins
    }
    if arrival.isAboutWaitingBatches, atOnce > 1 || record.requests > 1 {
      // The account holds less at a time than we sent: the same requests again, fewer batches beside, then smaller ones.
      if atOnce > 1 { atOnce /= 2 } else { batchLimits.requests = max(1, record.requests / 2) }
      asked.subtract(requests?.keys ?? [:].keys)
      return settings.begins
    }
    return false
  }

  /// - Returns: whether structured output can be asked for less strongly than in that batch.
  @discardableResult
  private mutating func weaken(from used: StructuredOutput) -> Bool {
    guard let weaker = used.weaker else { return false }
    if weaker.rawValue > output.rawValue { output = weaker }
    return true
  }

  private func remove(_ record: BatchRecord) {
    let folder = run.folder
    for path in [
      folder.batchPath(record.number), folder.batchOutputPath(record.number), folder.batchErrorPath(record.number),
    ] {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  // MARK: Gathering

  /// The input from the first item that has not come to its end.
  private func input<Question: Sendable>(
    _ open: () throws -> (() throws -> RunItem<Question>?)
  ) throws -> () throws -> RunItem<Question>? {
    let next = try open()
    for _ in 0..<max(0, run.progressAtOpen.emitted - run.taken) {
      if try next() == nil { break }
    }
    return next
  }

  /// Writes the next batch's file and its record.
  /// - Returns: nil when there is nothing to send, or the budget does not hold a request now.
  private mutating func gather<Question: Sendable>(
    _ next: inout () throws -> RunItem<Question>?, _ request: (Question) throws -> ModelRequest
  ) async throws -> BatchRecord? {
    let number = lastNumber + 1
    let model = client.endpoint.modelName ?? desk.model.name
    var file: BatchFile?
    var isFull = false
    while !isFull, !around.isStopping() {
      guard let (asking, key) = try await following(&next, request) else {
        isAllSent = isInputRead
        break
      }
      let line = BatchLine.write(asking, key: key, model: model, as: output)
      var worst = around.worst(asking)
      worst.dollars *= settings.priceFactor
      if !budget.holds((file?.worst ?? CallBudget.Amount()) + worst) {
        if file == nil, budget.reserved == CallBudget.Amount() {
          ending.isOutOfBudget = true
          isAllSent = true
        }
        break
      }
      if file == nil {
        file = try BatchFile(path: run.folder.batchPath(number), limits: batchLimits)
      }
      if file?.takes(byteCount: line.count) == false {
        // A line that fits into no batch is asked in a call of its own.
        if file?.keys.isEmpty == false {
          isFull = true
          continue
        }
      } else {
        await around.audit?.sending(asking, to: client.endpoint, isRetry: false)
        try file?.append(line, key: key, worst: worst)
      }
      waitingFrom += 1
      asked.insert(key)
    }
    guard let file else { return nil }
    guard !file.keys.isEmpty, !around.isStopping() else {
      file.abandon()
      asked.subtract(file.keys)
      return nil
    }
    return try await begin(number, file)
  }

  private mutating func begin(_ number: Int, _ file: BatchFile) async throws -> BatchRecord {
    let sha256 = try file.commit()
    var random = SystemRandomNumberGenerator()
    // The number alone would find a batch of another hub with the same settings under the same account.
    let mark = "\(run.folder.name)/\(number)/\(sha256.prefix(16))/\(String(random.next(), radix: 16))"
    var record = BatchRecord(
      number: number, mark: mark, requests: file.keys.count, byteCount: file.byteCount, sha256: sha256,
      endpoint: client.endpoint.displayURL, worst: file.worst, priceFactor: settings.priceFactor)
    record.output = output
    try await run.ledger.setBatch(record)
    lastNumber = number
    budget.reserve(record.worst)
    around.onMessage("batch \(number): \(record.requests) requests")
    return record
  }

  /// The next request that has no reply and is in no batch; it stays the next until `waitingFrom` moves on.
  private mutating func following<Question: Sendable>(
    _ next: inout () throws -> RunItem<Question>?, _ request: (Question) throws -> ModelRequest
  ) async throws -> (ModelRequest, ReplyKey)? {
    while true {
      while waitingFrom < waiting.count {
        let entry = waiting[waitingFrom]
        if !asked.contains(entry.key) { return entry }
        waitingFrom += 1
      }
      guard !isInputRead, !around.isStopping() else { return nil }
      var read: [(request: ModelRequest, key: ReplyKey)] = []
      while read.count < 256 {
        guard let item = try next() else {
          isInputRead = true
          break
        }
        guard case .question(let question, _) = item else { continue }
        let asking = try request(question)
        let key = asking.key
        if !asked.contains(key) { read.append((asking, key)) }
      }
      let isKept = try await desk.isKept(read.map(\.key))
      waiting = zip(read, isKept).filter { !$0.1 }.map(\.0)
      waitingFrom = 0
    }
  }
}
