import Foundation
import LanguageModels
import PersonaRecords
import RunLedger
import Synchronization
import TestSupport
import Testing

/// A run over numbers: every item ends once, in order, whatever happens in between.
@Suite struct RunTests {
  /// Answers with the number asked about; may fail, stop the run or wait.
  private final class NumberModel: LanguageModel {
    let name = "numbers"
    let endpointDescription = "in the test"
    private let asked = Mutex<[Int]>([])
    private let body: @Sendable (Int) async throws -> Void
    var calls: [Int] { asked.withLock { $0 } }

    init(body: @escaping @Sendable (Int) async throws -> Void = { _ in }) { self.body = body }

    func reply(to request: ModelRequest) async throws -> ModelReply {
      let number = Int(request.messages[0].content) ?? -1
      asked.withLock { $0.append(number) }
      try await body(number)
      return ModelReply(
        text: "answer \(number)", usage: .init(promptTokens: 10, completionTokens: 2), model: "numbers-1")
    }
  }

  private static func description(_ settings: [(String, String)] = [("verbs", "read")]) -> RunDescription {
    RunDescription(
      command: "test", version: "1", identity: [.init("input", "numbers")],
      settings: settings.map { .init($0.0, $0.1) }, prompts: [.init("p", "abc")])
  }

  private static func request(_ number: Int) -> ModelRequest {
    ModelRequest(model: "numbers", messages: [Message(role: .user, content: String(number))])
  }

  private static func settle(_ number: Int, _ answer: Answer) -> Settlement {
    switch answer {
    case .failed(let problem): return .failed(Rejection(id: String(number), reason: "call", detail: problem.what))
    case .reply(let reply):
      if number % 7 == 3 { return .rejected(Rejection(id: String(number), reason: "seven", text: reply.text)) }
      var settlement = Settlement()
      settlement.add(Rejection(id: String(number), reason: reply.text))
      return settlement
    }
  }

  /// Runs over `0..<count` and completes.
  /// - Returns: whether it was stopped.
  private static func run(
    _ folder: TemporaryFolder, _ model: NumberModel, count: Int, width: Int = 16, store: ReplyStore?,
    beginning: Run.Beginning = .goOn, description: RunDescription = description(), offset: Int = 0,
    recordLimit: Int? = nil, isStopping: @escaping @Sendable () -> Bool = { false },
    look: (Run) throws -> Void = { _ in }
  ) async throws -> Bool {
    let run = try await Run.open(description, in: folder.file("runs"), beginning)
    do {
      var numbers = (0..<count).makeIterator()
      let isStopped = try await run.process(
        width: width, desk: ReplyDesk(model, store: store), recordLimit: recordLimit, isStopping: isStopping,
        next: { numbers.next().map { .question($0, identity: UInt64($0 + offset)) } },
        request: { (number: Int) in request(number) },
        proceed: { number, calls in .settled(settle(number, calls[0].answer)) },
        onProgress: { _ in })
      if !isStopped { try await run.complete() }
      try look(run)
      try await run.settle(spent: nil)
      try run.close()
      return isStopped
    } catch {
      try? await run.settle(spent: nil)
      try? run.close()
      throw error
    }
  }

  private static func lines(_ folder: TemporaryFolder, _ name: String, run: String? = nil) throws -> [String] {
    let runs = try FileManager.default.contentsOfDirectory(atPath: folder.file("runs")).sorted()
    let path = "\(folder.file("runs"))/\(run ?? runs.last ?? "")/\(name)"
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private static func expected(_ count: Int) -> [String] {
    (0..<count).filter { $0 % 7 != 3 }.map { Rejection(id: String($0), reason: "answer \($0)").jsonLine }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private func withStore(_ body: (TemporaryFolder, ReplyStore) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let store = try await ReplyStore(path: folder.file("replies.sqlite"))
    try await body(folder, store)
    try await store.close()
  }

  @Test(arguments: [1, 7, 256]) func linesStandInTheOrderOfTheInputWhateverOrderRepliesComeIn(width: Int) async throws {
    try await withStore { (folder, store) async throws in
      let model = NumberModel { number in
        var random = SeededRandom(seed: UInt64(number))
        if random.below(10) == 0 { try await Task.sleep(for: .microseconds(random.below(3000))) }
      }
      #expect(try await !Self.run(folder, model, count: 500, width: width, store: store))
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(500))
      #expect(try Self.lines(folder, "rejected.jsonl").count == 71)
      #expect(model.calls.count == 500)
    }
  }

  @Test func oneSlowReplyNeitherBlocksTheOthersNorStaysInTheirWay() async throws {
    try await withStore { (folder, store) async throws in
      let gate = Gate()
      let model = NumberModel { if $0 == 5 { await gate.wait() } }
      let running = Task { try await Self.run(folder, model, count: 6000, width: 200, store: store) }
      // All others come to their end while item 5 is out: more than what is held in memory.
      #expect(await eventually { model.calls.count == 6000 })
      gate.open()
      #expect(try await !running.value)
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(6000))
    }
  }

  @Test func aStoppedRunGoesOnWithoutAskingAgain() async throws {
    try await withStore { (folder, store) async throws in
      let first = NumberModel()
      #expect(try await Self.run(folder, first, count: 300, store: store, isStopping: { first.calls.count >= 100 }))
      #expect((100..<200).contains(first.calls.count))
      let second = NumberModel()
      #expect(try await !Self.run(folder, second, count: 300, store: store))
      #expect(first.calls.count + second.calls.count == 300)
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(300))
    }
  }

  @Test func whatACrashLeftBeyondTheLedgerIsCutOff() async throws {
    try await withStore { (folder, store) async throws in
      let first = NumberModel()
      _ = try await Self.run(folder, first, count: 300, store: store, isStopping: { first.calls.count >= 100 })
      let run = try FileManager.default.contentsOfDirectory(atPath: folder.file("runs"))[0]
      let handle = try #require(FileHandle(forWritingAtPath: "\(folder.file("runs"))/\(run)/records.jsonl"))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"half\":".utf8))
      try handle.close()
      _ = try await Self.run(folder, NumberModel(), count: 300, store: store)
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(300))
    }
  }

  @Test func aFileThatSomebodyShortenedIsNamed() async throws {
    try await withStore { (folder, store) async throws in
      _ = try await Self.run(folder, NumberModel(), count: 30, store: store)
      let run = try FileManager.default.contentsOfDirectory(atPath: folder.file("runs"))[0]
      try Data().write(to: URL(fileURLWithPath: "\(folder.file("runs"))/\(run)/records.jsonl"))
      let problem = await #expect(throws: Problem.self) {
        try await Self.run(folder, NumberModel(), count: 30, store: store)
      }
      #expect(problem?.what.contains("the run's ledger says") == true)
    }
  }

  @Test func aProblemThatEndsTheRunKeepsWhatWasInFlight() async throws {
    try await withStore { (folder, store) async throws in
      let model = NumberModel { if $0 == 60 { throw Problem("the purse is empty", consequence: .stopResumable) } }
      let problem = await #expect(throws: Problem.self) {
        try await Self.run(folder, model, count: 300, width: 8, store: store)
      }
      #expect(problem?.what == "the purse is empty")
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(60))
      let second = NumberModel()
      _ = try await Self.run(folder, second, count: 300, store: store)
      // Number 60 twice, nothing else.
      #expect(model.calls.count + second.calls.count == 301)
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(300))
    }
  }

  @Test func failedItemsAloneAreAskedAgainByTheSameCommand() async throws {
    try await withStore { (folder, store) async throws in
      let model = NumberModel { if $0 % 50 == 10 { throw Problem("no answer", consequence: .retry) } }
      _ = try await Self.run(folder, model, count: 200, store: store)
      #expect(try Self.lines(folder, "failed.jsonl").count == 4)
      let second = NumberModel()
      _ = try await Self.run(folder, second, count: 200, store: store)
      #expect(second.calls.sorted() == [10, 60, 110, 160])
      #expect(try Self.lines(folder, "failed.jsonl").isEmpty)
      #expect(try Self.lines(folder, "records.jsonl") == Self.expected(200))
    }
  }

  @Test func otherSettingsAreRefusedWithTheDifferenceAndNewBeginsBeside() async throws {
    try await withStore { (folder, store) async throws in
      _ = try await Self.run(folder, NumberModel(), count: 30, store: store)
      let other = Self.description([("verbs", "write")])
      let problem = await #expect(throws: Problem.self) {
        try await Self.run(folder, NumberModel(), count: 30, store: store, description: other)
      }
      #expect(problem?.what.contains("verbs was \"read\", and is \"write\" now") == true)
      #expect(problem?.consequence == .wrongUsage)
      let model = NumberModel()
      _ = try await Self.run(folder, model, count: 30, store: store, beginning: .anew, description: other)
      #expect(model.calls.isEmpty)
      _ = try await Self.run(folder, model, count: 30, store: store, beginning: .goOnOrBeside)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("runs")).count == 3)
    }
  }

  @Test func anInputThatChangedIsNoticedBeforeAnyCall() async throws {
    try await withStore { (folder, store) async throws in
      let first = NumberModel()
      _ = try await Self.run(folder, first, count: 300, store: store, isStopping: { first.calls.count >= 100 })
      let second = NumberModel()
      let problem = await #expect(throws: Problem.self) {
        try await Self.run(folder, second, count: 300, store: store, offset: 1)
      }
      #expect(problem?.what.contains("the input is not what it was") == true)
      let shorter = await #expect(throws: Problem.self) {
        try await Self.run(folder, second, count: 10, store: store)
      }
      #expect(shorter?.what.contains("the input is not what it was") == true)
      #expect(second.calls.isEmpty)
    }
  }

  @Test func theRunEndsAtItsRecordLimit() async throws {
    try await withStore { (folder, store) async throws in
      _ = try await Self.run(folder, NumberModel(), count: 300, store: store, recordLimit: 50)
      #expect(try Self.lines(folder, "records.jsonl") == Array(Self.expected(300).prefix(50)))
      let second = NumberModel()
      _ = try await Self.run(folder, second, count: 300, store: store, recordLimit: 50)
      #expect(second.calls.isEmpty)
    }
  }

  @Test func twoProcessesDoNotWorkOnOneRun() async throws {
    try await withStore { (folder, store) async throws in
      let run = try await Run.open(Self.description(), in: folder.file("runs"))
      let problem = await #expect(throws: Problem.self) {
        try await Self.run(folder, NumberModel(), count: 3, store: store)
      }
      #expect(problem?.what.contains("another process") == true)
      try run.close()
    }
  }

  @Test func aLedgerThatIsNoneOrNewerIsRefused() async throws {
    try await withStore { (folder, store) async throws in
      _ = try await Self.run(folder, NumberModel(), count: 30, store: store)
      let run = try FileManager.default.contentsOfDirectory(atPath: folder.file("runs"))[0]
      let path = "\(folder.file("runs"))/\(run)/ledger.sqlite"
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      // The version stands in bytes 60 to 63 of the file's head.
      var newer = whole
      newer[63] = 9
      try newer.write(to: URL(fileURLWithPath: path))
      let tooNew = await #expect(throws: Problem.self) {
        try await Self.run(folder, NumberModel(), count: 30, store: store)
      }
      #expect(tooNew?.what.contains("newer version (format 9") == true)
      var torn = whole
      for place in 100..<whole.count { torn[place] = 0x5A }
      try torn.write(to: URL(fileURLWithPath: path))
      let damaged = await #expect(throws: Problem.self) {
        try await Self.run(folder, NumberModel(), count: 30, store: store)
      }
      #expect(damaged?.what.contains("damaged") == true, "\(String(describing: damaged))")
      #expect(damaged?.advice.contains("--new") == true)
    }
  }
}
