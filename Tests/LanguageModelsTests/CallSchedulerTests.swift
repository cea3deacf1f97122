import LanguageModels
import PersonaRecords
import Testing

/// How many calls go out, when, and where, while all is well or too much.
@Suite struct CallSchedulerTests {
  @Test func theConcurrencyGrowsToItsMaximumAndNoFurther() {
    var bench = SchedulerBench([.init(concurrency: 800)])
    bench.submit(0..<20_000)
    #expect(bench.flying.count == 256)
    for _ in 0..<20 {
      bench.endAll(.fine)
      #expect(bench.flying.count <= 800)
    }
    #expect(bench.scheduler.width(of: 0) == 800)
    var small = SchedulerBench([.init(concurrency: 3)])
    small.submit(0..<50)
    for _ in 0..<10 { small.endAll(.fine) }
    #expect(small.flying.count == 3)
  }

  @Test func manySignsOfOneCrowdDecreaseItOnce() {
    var bench = SchedulerBench([.init(concurrency: 100)])
    bench.submit(0..<100)
    bench.now = .seconds(1)
    // Those that go out at the moment of the decrease belong to the same crowd.
    while !bench.flying.isEmpty { bench.endAll(.throttled(pause: nil)) }
    #expect(bench.scheduler.width(of: 0) == 70)
    while bench.flying.isEmpty, bench.sleep() {}
    bench.now += .seconds(1)
    bench.endAll(.throttled(pause: nil))
    #expect(bench.scheduler.width(of: 0) == 49)
  }

  @Test func afterADecreaseItGrowsByOneARound() {
    var bench = SchedulerBench([.init(concurrency: 100)])
    bench.submit(0..<10_000)
    bench.now = .seconds(1)
    bench.end(0, .throttled(pause: nil))
    #expect(bench.scheduler.width(of: 0) == 70)
    bench.endAll(.fine)
    bench.advance(by: .seconds(5))
    let before = bench.scheduler.width(of: 0)
    for _ in 0..<10 { bench.endAll(.fine) }
    #expect((before + 8...before + 11).contains(bench.scheduler.width(of: 0)))
  }

  @Test func aLevelThatIsNotUsedDoesNotGrow() {
    var bench = SchedulerBench([.init(concurrency: 800)])
    for id in 0..<500 {
      bench.submit(id..<id + 1)
      bench.endAll(.fine)
    }
    #expect(bench.scheduler.width(of: 0) == 256)
  }

  @Test(arguments: [1, 7, 60, 600]) func noMinuteSeesMoreRequestsThanTheLimit(perMinute: Int) {
    var bench = SchedulerBench([.init(concurrency: 50, requestsPerMinute: perMinute)])
    bench.submit(0..<perMinute * 4)
    while bench.now < .seconds(400) {
      bench.endAll(.fine)
      if bench.flying.isEmpty, !bench.sleep() { break }
    }
    #expect(bench.sent.count >= perMinute * 3)
    for (place, call) in bench.sent.enumerated() {
      let minute = bench.sent[place...].prefix { $0.moment < call.moment + .seconds(60) }
      #expect(minute.count <= perMinute)
    }
  }

  @Test func noMinuteSeesMoreTokensThanTheLimit() {
    var bench = SchedulerBench([.init(concurrency: 50, tokensPerMinute: 6000)])
    bench.submit(0..<400, worst: .init(tokens: 700))
    while bench.now < .seconds(400) {
      bench.endAll(.success(cost: .init(tokens: 100)))
      if bench.flying.isEmpty, !bench.sleep() { break }
    }
    // A hundred tokens were needed of the seven hundred that were set aside.
    #expect(bench.sent.count >= 180)
    for (place, call) in bench.sent.enumerated() {
      let minute = bench.sent[place...].prefix { $0.moment < call.moment + .seconds(60) }
      #expect(minute.count * 100 <= 6000)
    }
  }

  @Test func aPauseThatTheServerAsksForHoldsAllItsCalls() {
    var bench = SchedulerBench([.init(concurrency: 100)])
    bench.submit(0..<40)
    bench.now = .seconds(1)
    bench.end(3, .throttled(pause: .seconds(7)))
    bench.end(4, .fine)
    let count = bench.sent.count
    while bench.now < .seconds(8), bench.sleep() {}
    #expect(bench.sent[count...].allSatisfy { $0.moment >= .seconds(8) && $0.moment < .seconds(9) })
    // The call that was turned away goes out first.
    #expect(bench.sent.dropFirst(count).first?.id == 3)
  }

  @Test func whatTheServerSaysIsLeftOfItsLimitsIsObeyed() {
    var bench = SchedulerBench([.init(concurrency: 1)])
    bench.submit(0..<3)
    bench.end(0, .fine, told: ServerLimits(remainingRequests: 0, requestsReset: .seconds(20)))
    #expect(bench.flying.isEmpty && bench.wakes == [.seconds(20)])
    bench.sleep()
    bench.end(1, .fine, told: ServerLimits(remainingRequests: 5, remainingTokens: 0, tokensReset: .seconds(3)))
    #expect(bench.flying.isEmpty)
    bench.sleep()
    #expect(bench.sent.map(\.moment) == [.zero, .seconds(20), .seconds(23)])
  }

  @Test func endpointsGetCallsByTheirWeight() {
    var bench = SchedulerBench([.init(weight: 3, concurrency: 90), .init(weight: 1, concurrency: 90)])
    bench.submit(0..<40)
    let first = bench.sent.count { $0.endpoint == 0 }
    #expect(first == 30)
    bench.submit(40..<2000)
    for _ in 0..<5 { bench.endAll(.fine) }
    // Full is full, whatever the weight.
    #expect(bench.scheduler.inFlight(at: 0) <= 90 && bench.scheduler.inFlight(at: 1) <= 90)
  }

  @Test func aCallThatIsWithdrawnIsNotSent() {
    var bench = SchedulerBench([.init(concurrency: 2)])
    bench.submit(0..<6)
    bench.withdraw(3)
    // One in flight is not withdrawn; its task ends it.
    bench.withdraw(0)
    #expect(bench.scheduler.inFlight(at: 0) == 2)
    bench.end(0, .cancelled)
    bench.endAll(.fine)
    bench.endAll(.fine)
    #expect(bench.sent.map(\.id) == [0, 1, 2, 4, 5])
    #expect(bench.scheduler.waitingCount == 0)
  }

  @Test func aWithdrawnCallThatWaitsForItsNextTryIsForgotten() {
    var bench = SchedulerBench()
    bench.submit(0..<1)
    bench.end(0, .faulty(pause: nil))
    bench.withdraw(0)
    bench.advance(by: .seconds(100))
    #expect(bench.sent.count == 1 && bench.scheduler.waitingCount == 0)
  }

  @Test func withdrawingACallThatWasTriedBeforeHidesNoOther() {
    var bench = SchedulerBench([.init(concurrency: 3)])
    bench.submit(0..<6)
    // Number 0 comes back to the queue while 1 and 2 are in flight, and waits behind a pause.
    bench.now = .seconds(1)
    bench.end(0, .throttled(pause: .seconds(5)))
    bench.withdraw(0)
    bench.endAll(.fine)
    while bench.now < .seconds(30), bench.sleep() { bench.endAll(.fine) }
    while !bench.flying.isEmpty { bench.endAll(.fine) }
    #expect(Set(bench.sent.map(\.id)) == [0, 1, 2, 3, 4, 5])
  }

  @Test func withdrawingManyKeepsTheOthersInOrder() {
    var random = SeededRandom(seed: 5)
    var bench = SchedulerBench([.init(concurrency: 4)])
    bench.submit(0..<3000)
    var gone: Set<Int> = []
    for _ in 0..<200 {
      let id = random.below(3000)
      if !bench.sent.contains(where: { $0.id == id }) {
        bench.withdraw(id)
        gone.insert(id)
      }
      bench.endAll(.fine)
    }
    while !bench.flying.isEmpty { bench.endAll(.fine) }
    #expect(bench.sent.map(\.id) == (0..<3000).filter { !gone.contains($0) })
  }
}
