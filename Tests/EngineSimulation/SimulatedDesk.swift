import LanguageModels
import PersonaRecords
import RunLedger

/// `ReplyDesk` over `ReplyStore` in simulated time: a look into the store, a call, a group commit, in the same order.
final class SimulatedDesk {
  /// What was said, and whether nothing is left to be done; else `keep` is called with it.
  struct Said {
    let reply: ModelReply
    let isShared: Bool
    let isKept: Bool
  }

  typealias Answered = (Result<Said, Trouble>) -> Void
  /// Who follows is told the reply, nil where the one it followed was cancelled, or the trouble.
  private typealias Follower = (Result<ModelReply?, Trouble>) -> Void

  private struct Waiting {
    let prompt: Int
    let reply: ModelReply
    let kept: (Result<ModelReply, Trouble>) -> Void
  }

  private unowned let world: World
  private let model: SimulatedModel
  private var requests = RequestsUnderWay<Follower>()
  private var commits: GroupCommit
  private var waiting: [Waiting] = []
  var isCancelled = false

  init(_ world: World, model: SimulatedModel) {
    self.world = world
    self.model = model
    commits = GroupCommit(limits: world.weather.group)
  }

  /// The replies that are kept already.
  func known(_ prompts: [Int], _ found: @escaping ([ModelReply?]) -> Void) {
    requests.announce(prompts.map(Workload.key))
    look(prompts) { [weak self] replies in
      guard let self else { return }
      for (prompt, reply) in zip(prompts, replies) where reply != nil {
        requests.dismiss(Workload.key(prompt))
        world.encounters[.repliesReplayed] += 1
      }
      found(replies)
    }
  }

  func ask(_ prompt: Int, isAnnounced: Bool = true, _ answered: @escaping Answered) {
    switch requests.begin(Workload.key(prompt), isAnnounced: isAnnounced) {
    case .leads: lead(prompt, answered)
    case .has(let reply):
      world.encounters[.repliesShared] += 1
      answered(.success(Said(reply: reply, isShared: true, isKept: true)))
    case .follows:
      let isFollowing = requests.follow(Workload.key(prompt)) { [weak self] result in
        switch result {
        case .success(nil): self?.askForItself(prompt, answered)
        case .success(.some(let reply)):
          self?.world.encounters[.repliesShared] += 1
          answered(.success(Said(reply: reply, isShared: true, isKept: true)))
        case .failure(let trouble): answered(.failure(trouble))
        }
      }
      if !isFollowing { askForItself(prompt, answered) }
    }
  }

  /// Who was followed has been cancelled, or was done just now; this request has not.
  private func askForItself(_ prompt: Int, _ answered: @escaping Answered) {
    if isCancelled { return answered(.failure(.cancelled)) }
    look([prompt]) { [weak self] replies in
      if let reply = replies[0] { return answered(.success(Said(reply: reply, isShared: true, isKept: true))) }
      self?.ask(prompt, isAnnounced: false, answered)
    }
  }

  private func lead(_ prompt: Int, _ answered: @escaping Answered) {
    let failed = { [weak self] (trouble: Trouble) in
      self?.endLead(prompt, .failure(trouble))
      answered(.failure(trouble))
    }
    if isCancelled { return failed(.cancelled) }
    model.ask(prompt) { result in
      switch result {
      case .success(let reply): answered(.success(Said(reply: reply, isShared: false, isKept: false)))
      case .failure(let trouble): failed(trouble)
      }
    }
  }

  private func endLead(_ prompt: Int, _ result: Result<ModelReply, Trouble>) {
    for follower in requests.ended(Workload.key(prompt), try? result.get()) {
      world.hop {
        switch result {
        case .success(let reply): follower(.success(reply))
        case .failure(.cancelled): follower(.success(nil))
        case .failure(let trouble): follower(.failure(trouble))
        }
      }
    }
  }

  private func look(_ prompts: [Int], _ found: @escaping ([ModelReply?]) -> Void) {
    world.hop { [weak self] in
      guard let self else { return }
      let replies = prompts.map { prompt in
        self.world.disk.store[Workload.key(prompt)].flatMap { try? ModelReply(json: JSONValue(utf8: $0)) }
      }
      world.hop { found(replies) }
    }
  }

  // MARK: Storing

  func keep(_ prompt: Int, _ reply: ModelReply, then: @escaping (Result<ModelReply, Trouble>) -> Void) {
    waiting.append(
      Waiting(prompt: prompt, reply: reply) { [weak self] kept in
        self?.endLead(prompt, kept)
        then(kept)
      })
    perform(commits.arrived())
  }

  func hurry() { perform(commits.hurry()) }

  private func perform(_ action: GroupCommit.Action) {
    switch action {
    case .none: break
    case .startTimer(let time):
      world.timeline.after(time) { [weak self] in
        guard let self else { return }
        perform(commits.timerFired())
      }
    case .commit(let count):
      let group = Array(waiting.prefix(count))
      waiting.removeFirst(count)
      world.hop { [weak self] in self?.commit(group) }
    }
  }

  private func commit(_ group: [Waiting]) {
    let result: Result<Void, Trouble>
    do {
      try world.disk.keep(group.map { (Workload.key($0.prompt), $0.reply.jsonLine) })
      for reply in group { world.acknowledge(reply.prompt) }
      world.encounters[.storeCommits] += 1
      result = .success(())
    } catch {
      for reply in group { world.allowAnother(reply.prompt) }
      world.encounters[.storeCommitsLost] += 1
      result = .failure(.disk)
    }
    world.hop { [weak self] in
      for reply in group { reply.kept(result.map { reply.reply }) }
      guard let self else { return }
      perform(commits.committed())
    }
  }
}
