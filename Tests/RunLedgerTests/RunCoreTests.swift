import PersonaRecords
import RunLedger
import Testing

@Suite struct RunCoreTests {
  private typealias Step = RunCore.Step

  private static func settlement(_ number: Int, records: Int = 1) -> Settlement {
    var settlement = Settlement()
    for _ in 0..<records { settlement.add(Rejection(id: String(number), reason: "fine")) }
    return settlement
  }

  private static func core(width: Int = 4, held: Int = 1024, commitItems: Int = 1000) -> RunCore {
    RunCore(limits: .init(width: width, held: held, commitItems: commitItems), progress: RunProgress())
  }

  /// A core with its ledger in memory: does what it says until it has nothing more to say.
  private struct Desk {
    var core: RunCore
    var waiting: [Int: RunCore.Entry] = [:]
    var written: [String] = []
    var commits: [Int] = []
    var spills = 0
    var fetches = 0
    var mostHeld = 0

    init(_ core: RunCore) { self.core = core }

    mutating func advance(now: Duration = .zero) {
      mostHeld = max(mostHeld, core.heldCount)
      while let step = core.nextStep(now: now) {
        switch step {
        case .write(let settlement): written.append(String(decoding: settlement.lines, as: UTF8.self))
        case .spill(let entries):
          spills += 1
          for entry in entries { waiting[entry.number] = entry }
        case .fetch(let first, let limit):
          fetches += 1
          var entries: [RunCore.Entry] = []
          while entries.count < limit, let entry = waiting[first + entries.count] { entries.append(entry) }
          core.fetched(entries)
        case .commit:
          commits.append(core.progress.emitted)
          waiting = waiting.filter { $0.key >= core.progress.emitted }
          core.committed(now: now)
        }
        mostHeld = max(mostHeld, core.heldCount)
      }
    }
  }

  @Test func resultsAreWrittenInTheOrderOfTheInput() {
    var desk = Desk(Self.core())
    let numbers = (0..<4).map { desk.core.admit(identity: UInt64($0)) }
    #expect(numbers == [0, 1, 2, 3])
    #expect(desk.core.freeSlots == 0 && desk.core.inFlight == 4)
    for number in [2, 1, 3] {
      desk.core.settled(number, Self.settlement(number))
      desk.advance()
    }
    #expect(desk.written.isEmpty && desk.core.heldCount == 3 && desk.core.freeSlots == 3)
    desk.core.settled(0, Self.settlement(0))
    desk.advance()
    #expect(desk.written == (0..<4).map { String(decoding: Self.settlement($0).lines, as: UTF8.self) })
    #expect(desk.core.isIdle && desk.core.progress.emitted == 4 && desk.core.progress.records == 4)
  }

  @Test func aSecondWordAboutAnItemIsNotHeard() {
    var desk = Desk(Self.core())
    _ = desk.core.admit(identity: 1)
    desk.core.settled(0, Self.settlement(0))
    desk.core.settled(0, Self.settlement(0))
    desk.advance()
    desk.core.settled(0, Self.settlement(0))
    desk.advance()
    #expect(desk.written.count == 1 && desk.core.heldCount == 0)
  }

  @Test func whatWaitsTooLongIsSetDownAndFetchedAgain() {
    var desk = Desk(Self.core(width: 8, held: 10))
    _ = desk.core.admit(identity: 0)
    for number in 1..<700 {
      _ = desk.core.admit(identity: UInt64(number))
      desk.core.settled(number, Self.settlement(number))
      desk.advance()
    }
    #expect(desk.spills > 50 && desk.written.isEmpty && desk.core.heldCount <= 10)
    desk.core.settled(0, Self.settlement(0))
    desk.advance()
    #expect(desk.written == (0..<700).map { String(decoding: Self.settlement($0).lines, as: UTF8.self) })
    #expect(desk.fetches >= 2 && desk.mostHeld <= 10 + 8)
  }

  @Test func anyOrderOfRepliesGivesTheSameOutputWithinTheMemory() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let width = 1 + random.below(20)
      let held = 1 + random.below(30)
      var desk = Desk(Self.core(width: width, held: held, commitItems: 1 + random.below(50)))
      var running: [Int] = []
      var next = 0
      while next < 400 || !running.isEmpty {
        while next < 400, desk.core.freeSlots > 0 {
          running.append(desk.core.admit(identity: UInt64(next)))
          next += 1
        }
        // The oldest is slow.
        let place = running.count > 1 && random.below(20) > 0 ? 1 + random.below(running.count - 1) : 0
        let number = running.remove(at: place)
        desk.core.settled(number, Self.settlement(number))
        desk.advance()
      }
      #expect(desk.written == (0..<400).map { String(decoding: Self.settlement($0).lines, as: UTF8.self) })
      #expect(desk.mostHeld <= held + width, "seed \(seed)")
      #expect(desk.core.isIdle)
    }
  }

  @Test func filesAreMadeDurableByCountAndByTime() {
    var desk = Desk(Self.core(width: 100, commitItems: 10))
    for number in 0..<25 {
      _ = desk.core.admit(identity: UInt64(number))
      desk.core.settled(number, Self.settlement(number))
    }
    desk.advance()
    // After every write comes the question, so nothing waits for more than ten.
    #expect(desk.commits.count == 1 && desk.core.progress.emitted == 25)
    _ = desk.core.admit(identity: 25)
    desk.core.settled(25, Self.settlement(25))
    desk.advance(now: .milliseconds(500))
    #expect(desk.commits.count == 1)
    desk.advance(now: .seconds(2))
    #expect(desk.commits == [25, 26])
    desk.advance(now: .seconds(9))
    #expect(desk.commits == [25, 26])
  }

  @Test func theRunEndsAtItsRecordLimit() {
    var desk = Desk(Self.core(width: 10))
    desk.core.recordLimit = 5
    for number in 0..<8 {
      _ = desk.core.admit(identity: UInt64(number))
      desk.core.settled(number, Self.settlement(number, records: 2))
    }
    desk.advance()
    #expect(desk.written.count == 3 && desk.core.progress.records == 6)
    #expect(desk.core.isFull && desk.core.isIdle && desk.core.freeSlots == 0)
  }

  @Test func nothingBehindAnItemWithoutAnEndIsWritten() {
    var desk = Desk(Self.core())
    for number in 0..<3 { _ = desk.core.admit(identity: UInt64(number)) }
    desk.core.settled(0, Self.settlement(0))
    desk.core.settled(2, Self.settlement(2))
    desk.advance()
    #expect(desk.written.count == 1 && !desk.core.isIdle)
  }

  @Test func progressSurvivesItsOwnLine() throws {
    var desk = Desk(Self.core())
    _ = desk.core.admit(identity: 7)
    desk.core.settled(0, .rejected(Rejection(id: "7", reason: "short")))
    desk.advance()
    desk.core.written(lengths: [1, 2, 3])
    desk.core.spent(dollars: 0.1, tokens: 12)
    let line = desk.core.progress.jsonLine
    #expect(try RunProgress(json: JSONValue(utf8: line)) == desk.core.progress)
    var settlement = Self.settlement(3)
    settlement.failure = Rejection(id: "3", reason: "call", detail: "späte\nZeile")
    #expect(try Settlement(json: JSONValue(utf8: settlement.jsonLine)) == settlement)
  }
}
