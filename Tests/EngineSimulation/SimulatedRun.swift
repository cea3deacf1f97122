import LanguageModels
import PersonaRecords
import RunLedger

/// `Run.open`, `Run.process` and `FlowRun.close` in simulated time, effect by effect: one process of a run.
final class SimulatedRun {
  enum End {
    case complete
    /// Stopped by somebody; goes on later.
    case interrupted
    case trouble(Trouble)
  }

  private unowned let world: World
  private let disk: SimulatedDisk
  private let model: SimulatedModel
  private let desk: SimulatedDesk
  private let files: [SimulatedFile]
  private var core: RunCore
  /// As the ledger has it.
  private var progress: RunProgress
  private let start: Duration
  private let ended: (End) -> Void

  private var input: Int
  private var isEnded = false
  private var isStopped = false
  private var failure: Trouble?
  private var inbox: [(number: Int, result: Result<Settlement, Trouble>)] = []
  private var line: CallLine<(number: Int, prompt: Int)>
  private var isWaiting = false
  private var isWaitingForRoom = false
  /// Items of the last round that needed no call.
  private var settledAtOnce = 0
  private var isCancelled = false

  /// Opens the run: cuts the files to what the ledger says, and forgets what was set down.
  init(_ world: World, server: SimulatedServer, life: Int, ended: @escaping (End) -> Void) throws {
    self.world = world
    self.ended = ended
    let disk = world.disk
    self.disk = disk
    start = world.timeline.now
    var progress = RunProgress()
    if let line = disk.ledger.progress {
      guard let read = try? RunProgress(json: JSONValue(utf8: line)) else { throw Trouble.damaged("progress") }
      progress = read
    }
    if progress.isComplete, progress.failed.total > 0 {
      var anew = RunProgress()
      anew.spentDollars = progress.spentDollars
      anew.spentTokens = progress.spentTokens
      progress = anew
      world.encounters[.startsOver] += 1
    }
    files = try progress.lengths.enumerated().map { place, length in
      world.encounters[.bytesCutOff] += max(0, disk.files[place].bytes.count - length)
      guard let file = try SimulatedFile(disk, place, validLength: length) else {
        throw Trouble.damaged("file \(place) is shorter than the ledger says")
      }
      return file
    }
    for file in files { try file.sync() }
    try disk.change { $0.waiting = [:] }
    let line = progress.jsonLine
    try disk.change { $0.progress = line }
    let granted = disk.ledger.granted
    let spentBefore = CallBudget.Amount(
      dollars: max(progress.spentDollars, granted?.dollars ?? 0),
      tokens: max(progress.spentTokens, granted?.tokens ?? 0))
    if world.isDollarLimited {
      world.check(spentBefore.dollars >= world.charged.dollars - 1e-9, "less is counted as spent than was charged")
    }
    if world.isTokenLimited {
      world.check(spentBefore.tokens >= world.charged.tokens, "fewer tokens are counted than were charged")
    }
    model = SimulatedModel(world, server: server, life: life, spentBefore: spentBefore)
    desk = SimulatedDesk(world, model: model)
    self.progress = progress
    let weather = world.weather
    self.line = CallLine(width: weather.width, ahead: weather.ahead, outstanding: weather.outstanding)
    core = RunCore(
      limits: .init(
        width: weather.outstanding, held: weather.held, commitItems: weather.commitItems, commitTime: weather.commitTime
      ),
      progress: progress)
    core.recordLimit = weather.recordLimit
    input = progress.emitted
    let digest = world.workload.items.prefix(input).reduce(UInt64(0)) { RunProgress.digest($0, adding: $1.identity) }
    world.check(digest == progress.digest, "the items that the ledger counts are not the first of the input")
  }

  func begin() { round() }

  /// First Ctrl-C: what is in flight comes to its end.
  func interrupt() { isStopping = true }

  /// Second Ctrl-C.
  func cancel() {
    isCancelled = true
    desk.isCancelled = true
    model.cancelAll()
  }

  private var isStopping = false

  // MARK: Asking

  private func round() {
    var batch: [(number: Int, prompt: Int)] = []
    settledAtOnce = 0
    if !isEnded || line.hasUnmade, !core.isFull, isStopping || isCancelled { isStopped = true }
    let free = failure == nil && !isEnded && !isStopped ? min(line.room, 64, core.freeSlots) : 0
    for _ in 0..<max(0, free) {
      guard input < world.workload.items.count else {
        isEnded = true
        break
      }
      let item = world.workload.items[input]
      input += 1
      let number = core.admit(identity: item.identity)
      if let prompt = item.prompt {
        batch.append((number, prompt))
      } else {
        core.settled(number, Workload.unasked(number))
        settledAtOnce += 1
      }
    }
    guard !batch.isEmpty else { return advance { [weak self] in self?.afterRound($0) } }
    desk.known(batch.map(\.prompt)) { [weak self] known in
      guard let self else { return }
      var unknown: [(number: Int, prompt: Int)] = []
      for (item, reply) in zip(batch, known) {
        if let reply {
          core.settled(item.number, settled(item.number, reply, isReplayed: true))
          settledAtOnce += 1
        } else {
          unknown.append(item)
        }
      }
      for _ in 0..<line.append(unknown) { world.hop { [weak self] in self?.makeCalls() } }
      advance { [weak self] in self?.afterRound($0) }
    }
  }

  private func settled(_ number: Int, _ reply: ModelReply, isReplayed: Bool) -> Settlement {
    var settlement = Workload.settle(number, reply)
    settlement.replies = 1
    settlement.replayed = isReplayed ? 1 : 0
    return settlement
  }

  private func makeCalls() {
    if isStopping {
      line.close()
      return wake()
    }
    let call = line.next()
    if isWaitingForRoom, line.isShort { wake() }
    guard let (number, prompt) = call else {
      if line.callers == 0 { desk.hurry() }
      return
    }
    desk.ask(prompt) { [weak self] result in
      guard let self else { return }
      switch result {
      case .success(let said):
        let settlement = settled(number, said.reply, isReplayed: said.isShared)
        if said.isKept {
          put(number, .success(settlement))
        } else {
          desk.keep(prompt, said.reply) { [weak self] in self?.put(number, $0.map { _ in settlement }) }
        }
      case .failure(.item(let reason)): put(number, .success(Workload.failed(number, reason)))
      case .failure(let trouble): put(number, .failure(trouble))
      }
      world.hop { [weak self] in self?.makeCalls() }
    }
  }

  private func put(_ number: Int, _ result: Result<Settlement, Trouble>) {
    inbox.append((number, result))
    if case .failure = result { line.close() }
    wake()
  }

  private func wake() {
    guard isWaiting else { return }
    isWaiting = false
    isWaitingForRoom = false
    world.hop { [weak self] in self?.take() }
  }

  private func afterRound(_ trouble: Trouble?) {
    failure = failure ?? trouble
    if failure != nil || isStopped || core.isFull { line.close() }
    let mayRead = failure == nil && !isEnded && !isStopped && core.freeSlots > 0
    if mayRead, line.expected == 0 || (line.room > 0 && inbox.isEmpty) {
      return world.hop { [weak self] in self?.round() }
    }
    guard line.expected > 0 else {
      if line.hasUnmade, !core.isFull { isStopped = true }
      return finish()
    }
    if !inbox.isEmpty || (mayRead && line.isShort) { return take() }
    isWaiting = true
    isWaitingForRoom = mayRead
  }

  private func take() {
    let entries = inbox
    inbox = []
    line.took(entries.count)
    for (number, result) in entries {
      switch result {
      case .success(let settlement): core.settled(number, settlement)
      case .failure(let trouble): failure = failure ?? trouble
      }
    }
    round()
  }

  // MARK: Writing

  /// Does what the core says until it has nothing more to say, or a step fails.
  private func advance(_ done: @escaping (Trouble?) -> Void) {
    let limits = core.limits
    // After the last write, or one that failed, nothing is set down, and what is in flight still comes in.
    let isOver = failure != nil || core.isFull
    let most = limits.held + limits.width * (isOver ? 2 : 1) + settledAtOnce
    world.check(core.heldCount <= most, "\(core.heldCount) results are held of \(limits.held)")
    let fails: (any Error) -> Void = { done(.of($0)) }
    while let step = core.nextStep(now: world.timeline.now - start) {
      switch step {
      case .write(let settlement):
        do {
          for (file, line) in zip(files, Workload.lines(settlement)) where !line.isEmpty { try file.append(line) }
        } catch {
          return fails(error)
        }
      case .spill(let entries):
        return transact(.spills, fails) { ledger in
          for entry in entries { ledger.waiting[entry.number] = (entry.identity, entry.settlement.jsonLine) }
        } then: { [weak self] in
          self?.advance(done)
        }
      case .fetch(let first, let limit):
        return fetch(first, limit, fails) { [weak self] in self?.advance(done) }
      case .commit:
        return commit(fails) { [weak self] in
          guard let self else { return }
          core.committed(now: world.timeline.now - start)
          advance(done)
        }
      }
    }
    done(nil)
  }

  private func fetch(
    _ first: Int, _ limit: Int, _ fails: @escaping (any Error) -> Void, _ done: @escaping () -> Void
  ) {
    world.encounters[.fetches] += 1
    world.hop { [weak self] in
      guard let self else { return }
      var entries: [RunCore.Entry] = []
      while entries.count < limit, let row = disk.ledger.waiting[first + entries.count] {
        guard let settlement = try? Settlement(json: JSONValue(utf8: row.line)) else {
          return fails(Trouble.damaged("a result that was set down cannot be read"))
        }
        entries.append(.init(number: first + entries.count, identity: row.identity, settlement: settlement))
      }
      guard !entries.isEmpty else { return fails(Trouble.damaged("item \(first) was not set down")) }
      core.fetched(entries)
      world.hop(done)
    }
  }

  /// First the files, then the word that they are valid.
  private func commit(_ fails: @escaping (any Error) -> Void, _ done: @escaping () -> Void) {
    syncFiles(0, fails) { [weak self] in
      guard let self else { return }
      core.written(lengths: files.map(\.length))
      core.spent(dollars: model.spent.dollars, tokens: model.spent.tokens)
      let written = core.progress
      transact(.ledgerCommits, fails) { ledger in
        ledger.progress = written.jsonLine
        ledger.waiting = ledger.waiting.filter { $0.key >= written.emitted }
      } then: { [weak self] in
        self?.progress = written
        done()
      }
    }
  }

  private func syncFiles(_ place: Int, _ fails: @escaping (any Error) -> Void, _ done: @escaping () -> Void) {
    guard place < files.count else { return done() }
    world.hop { [weak self] in
      guard let self else { return }
      do { try files[place].sync() } catch { return fails(error) }
      syncFiles(place + 1, fails, done)
    }
  }

  /// One transaction of the ledger: it happens after a while, and is known a while later.
  private func transact(
    _ kind: Encounters.Kind?, _ fails: @escaping (any Error) -> Void,
    _ body: @escaping (inout SimulatedDisk.Ledger) -> Void, then done: @escaping () -> Void
  ) {
    world.hop { [weak self] in
      guard let self else { return }
      do { try disk.change(body) } catch { return world.hop { fails(error) } }
      if let kind { world.encounters[kind] += 1 }
      world.hop(done)
    }
  }

  // MARK: The end

  private func finish() {
    let fails: (any Error) -> Void = { [weak self] error in
      guard let self else { return }
      failure = failure ?? .of(error)
      settle(.trouble(failure ?? .of(error)))
    }
    advance { [weak self] trouble in
      guard let self else { return }
      // A step that failed is not followed by a commit.
      if let trouble { return fails(trouble) }
      commit(fails) { [weak self] in
        guard let self else { return }
        if let failure { return settle(.trouble(failure)) }
        if isStopped { return settle(.interrupted) }
        progress.isComplete = true
        let line = progress.jsonLine
        transact(nil, fails) {
          $0.progress = line
        } then: { [weak self] in
          self?.settle(.complete)
        }
      }
    }
  }

  /// What was spent is exact from here on. A run that could not be closed has still come to its end.
  private func settle(_ end: End) {
    progress.spentDollars = model.spent.dollars
    progress.spentTokens = model.spent.tokens
    let line = progress.jsonLine
    let gone: (any Error) -> Void = { [weak self] _ in self?.ended(end) }
    transact(nil, gone) {
      $0.progress = line
    } then: { [weak self] in
      self?.transact(nil, gone) {
        $0.granted = nil
      } then: { [weak self] in
        self?.ended(end)
      }
    }
  }
}
