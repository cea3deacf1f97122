import LanguageModels
import PersonaRecords
import RunLedger
import Synchronization
import TestSupport
import Testing

@Suite struct ReplyDeskTests {
  /// Answers with the number of the call; waits or fails on demand.
  private final class CountingModel: LanguageModel {
    let name = "counting"
    let endpointDescription = "in the test"
    let repliesAreWorthKeeping: Bool
    private let state = Mutex(0)
    private let body: @Sendable (Int) async throws -> Void
    var calls: Int { state.withLock { $0 } }

    init(worthKeeping: Bool = true, body: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
      self.repliesAreWorthKeeping = worthKeeping
      self.body = body
    }

    func reply(to request: ModelRequest) async throws -> ModelReply {
      let call = state.withLock { calls in
        calls += 1
        return calls
      }
      try await body(call)
      return ModelReply(
        text: "call \(call)", usage: .init(promptTokens: 10, completionTokens: 2), model: "counting-1")
    }
  }

  private func request(_ text: String, sample: Int = 0) -> ModelRequest {
    ModelRequest(model: "counting", messages: [Message(role: .user, content: text)], sampleNumber: sample)
  }

  private func withStore<Value>(_ body: (ReplyStore, TemporaryFolder) async throws -> Value) async throws -> Value {
    let folder = try TemporaryFolder()
    let store = try await ReplyStore(path: folder.file("replies.sqlite"))
    let value = try await body(store, folder)
    try await store.close()
    return value
  }

  @Test func aRequestIsAskedOnceAndReplayedInALaterRun() async throws {
    try await withStore { (store, _) async throws in
      let first = CountingModel()
      let remembering = ReplyDesk(first, store: store)
      let replies = try await [remembering.reply(to: request("a")), remembering.reply(to: request("a"))]
      #expect(replies.map(\.text) == ["call 1", "call 1"])
      #expect(
        remembering.counts
          == .init(called: 1, replayed: 1, failed: 0))
      let later = CountingModel()
      #expect(try await ReplyDesk(later, store: store).reply(to: request("a")) == replies[0])
      #expect(later.calls == 0)
    }
  }

  @Test func samplesOfOnePromptAreSeveralReplies() async throws {
    try await withStore { (store, _) async throws in
      let model = ReplyDesk(CountingModel(), store: store)
      var texts: [String] = []
      for sample in 0..<3 { texts.append(try await model.reply(to: request("a", sample: sample)).text) }
      #expect(texts == ["call 1", "call 2", "call 3"])
    }
  }

  @Test func equalRequestsAtTheSameTimeCostOneCall() async throws {
    try await withStore { (store, _) async throws in
      let gate = Gate()
      let counting = CountingModel { _ in await gate.wait() }
      let model = ReplyDesk(counting, store: store)
      let asking = (0..<8).map { _ in Task { try await model.reply(to: request("a")).text } }
      #expect(await eventually { counting.calls == 1 })
      gate.open()
      for task in asking { #expect(try await task.value == "call 1") }
      #expect(counting.calls == 1)
      #expect(model.counts.called == 1 && model.counts.replayed == 7)
    }
  }

  @Test func whatIsAnsweredBetweenTheLookAndTheCallIsNotAskedAgain() async throws {
    try await withStore { (store, _) async throws in
      let desk = ReplyDesk(CountingModel(), store: store)
      // Both are looked for before either is asked; a slow task asks when the other's reply is kept already.
      let first = request("a")
      _ = try await desk.known([first.key, first.key])
      #expect(try await desk.askAndKeep(first).isShared == false)
      let second = try await desk.askAndKeep(first)
      #expect(second.isShared && second.reply.text == "call 1")
      #expect(desk.counts == .init(called: 1, replayed: 1, failed: 0))
    }
  }

  @Test func aFailureIsNotRememberedAndReachesAllWhoWaited() async throws {
    try await withStore { (store, _) async throws in
      let counting = CountingModel { call in if call == 1 { throw Problem("no", consequence: .rejectRow) } }
      let model = ReplyDesk(counting, store: store)
      await #expect(throws: Problem.self) { try await model.reply(to: request("a")) }
      #expect(try await model.reply(to: request("a")).text == "call 2")
      #expect(model.counts.failed == 1 && model.counts.called == 1)
    }
  }

  @Test func whoFollowsACancelledRequestAsksForItself() async throws {
    try await withStore { (store, _) async throws in
      let counting = CountingModel { call in
        guard call == 1 else { return }
        // Ends by cancellation only.
        try await Task.sleep(for: .seconds(3600))
      }
      let model = ReplyDesk(counting, store: store)
      let leader = Task { try await model.reply(to: request("a")) }
      #expect(await eventually { counting.calls == 1 })
      let follower = Task { try await model.reply(to: request("a")).text }
      for _ in 0..<100 { await Task.yield() }
      leader.cancel()
      await #expect(throws: CancellationError.self) { try await leader.value }
      #expect(try await follower.value == "call 2")
    }
  }

  @Test func askingAgainReplacesWhatWasKept() async throws {
    try await withStore { (store, _) async throws in
      let counting = CountingModel()
      _ = try await ReplyDesk(counting, store: store).reply(to: request("a"))
      #expect(
        try await ReplyDesk(counting, store: store, asksAgain: true).reply(to: request("a")).text == "call 2")
      #expect(try await ReplyDesk(counting, store: store).reply(to: request("a")).text == "call 2")
    }
  }

  @Test func repliesNotWorthKeepingAreNotKept() async throws {
    try await withStore { (store, _) async throws in
      let model = ReplyDesk(CountingModel(worthKeeping: false), store: store)
      _ = try await (model.reply(to: request("a")), model.reply(to: request("a")))
      #expect(model.counts.called == 2)
      #expect(try await store.count() == 0)
    }
    let without = ReplyDesk(CountingModel(), store: nil)
    #expect(try await without.reply(to: request("a")).text == "call 1")
  }

  @Test func manyAreLookedUpTogether() async throws {
    try await withStore { (store, _) async throws in
      let desk = ReplyDesk(CountingModel(), store: store)
      _ = try await desk.reply(to: request("a"))
      let keys = ["b", "a", "c"].map { request($0).key }
      #expect(try await desk.known(keys).map { $0?.text } == [nil, "call 1", nil])
      #expect(try await ReplyDesk(CountingModel(), store: store, asksAgain: true).known(keys).allSatisfy { $0 == nil })
    }
  }
}

extension ReplyDesk {
  /// As a run does it: a look into the store, and a call where nothing is found.
  fileprivate func reply(to request: ModelRequest) async throws -> ModelReply {
    if keepsReplies, let known = try await known([request.key])[0] { return known }
    return try await askAndKeep(request).reply
  }

  /// Returns when the reply is on the disk.
  fileprivate func askAndKeep(_ request: ModelRequest) async throws -> (reply: ModelReply, isShared: Bool) {
    let said = try await ask(request, key: request.key)
    if said.isKept { return (said.reply, said.isShared) }
    let reply = try await withCheckedThrowingContinuation { continuation in
      keep(said.reply, for: request.key) { kept in continuation.resume(with: kept.map { $0 ?? said.reply }) }
    }
    return (reply, said.isShared)
  }
}
