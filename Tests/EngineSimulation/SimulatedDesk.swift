import LanguageModels
import PersonaRecords
import RunLedger

/// `ReplyDesk` over `ReplyStore` in simulated time: a look into the store, a call, a group commit, in the same order.
final class SimulatedDesk {
  typealias Answered = (Result<(reply: ModelReply, isShared: Bool), Trouble>) -> Void
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
      answered(.success((reply, true)))
    case .follows:
      let isFollowing = requests.follow(Workload.key(prompt)) { [weak self] result in
        switch result {
        case .success(nil): self?.askForItself(prompt, answered)
        case .success(.some(let reply)):
          self?.world.encounters[.repliesShared] += 1
          answered(.success((reply, true)))
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
      if let reply = replies[0] { return answered(.success((reply, true))) }
      self?.ask(prompt, isAnnounced: false, answered)
    }
  }

  private func lead(_ prompt: Int, _ answered: @escaping Answered) {
    let ends = { [weak self] (result: Result<ModelReply, Trouble>) in
      guard let self else { return }
      let followers = requests.ended(Workload.key(prompt), try? result.get())
      for follower in followers {
        world.hop {
          switch result {
          case .success(let reply): follower(.success(reply))
          case .failure(.cancelled): follower(.success(nil))
          case .failure(let trouble): follower(.failure(trouble))
          }
        }
      }
      answered(result.map { ($0, false) })
    }
    if isCancelled { return ends(.failure(.cancelled)) }
    model.ask(prompt) { [weak self] result in
      guard case .success(let reply) = result else { return ends(result) }
      self?.keep(Waiting(prompt: prompt, reply: reply, kept: ends))
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

  private func keep(_ reply: Waiting) {
    waiting.append(reply)
    perform(commits.arrived())
  }

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
