import LanguageModels
import PersonaRecords
import Testing

/// What the scheduler does when calls fail, endpoints go away, and the money ends.
@Suite struct SchedulerFaultTests {
  // MARK: Tries

  @Test func aBrokenCallIsTriedAgainAndThenGivenUp() {
    var bench = SchedulerBench(limits: RetryLimits(attempts: 4))
    bench.submit(0..<1)
    while !bench.flying.isEmpty {
      bench.endAll(.faulty(pause: nil))
      while bench.flying.isEmpty, bench.sleep() {}
    }
    #expect(bench.sent.count == 4 && bench.givenUp == [0: 4])
    #expect(bench.scheduler.stop == nil)
  }

  @Test func waitsAreDrawnBelowTheirCeilingAndFollowFromTheSeed() {
    func waits(_ seed: UInt64) -> [Duration] {
      var bench = SchedulerBench(limits: RetryLimits(attempts: 9), seed: seed)
      bench.submit(0..<1)
      for _ in 0..<8 {
        bench.endAll(.faulty(pause: nil))
        bench.advance(by: .seconds(61))
        bench.advance(by: .seconds(61))
      }
      return bench.waits
    }
    var shares: [Double] = []
    for seed in 0..<100 as Range<UInt64> {
      let drawn = waits(seed)
      #expect(drawn.count == 8)
      for (place, wait) in drawn.enumerated() {
        let ceiling = RetryLimits().ceiling(afterFailures: place + 1)
        #expect(wait >= .zero && wait <= ceiling)
        shares.append(wait / ceiling)
      }
      #expect(drawn == waits(seed))
    }
    // Evenly drawn: the mean of 800 draws lies within 4 standard errors of a half.
    let mean = shares.reduce(0, +) / Double(shares.count)
    #expect(abs(mean - 0.5) < 4 * 0.2887 / Double(shares.count).squareRoot())
  }

  @Test func aBadRequestFailsOnlyItsItem() {
    var bench = SchedulerBench([.init(concurrency: 1)])
    bench.submit(0..<30)
    for id in 0..<30 { bench.end(id, id.isMultiple(of: 2) ? .rejected : .fine) }
    #expect(bench.sent.map(\.id) == Array(0..<30))
    #expect(bench.abandoned.isEmpty && bench.givenUp.isEmpty && bench.scheduler.stop == nil)
  }

  @Test func aCallThatIsAskedInAnotherWayGoesOutFirstAndCostsNoTry() {
    var bench = SchedulerBench([.init(concurrency: 1)])
    bench.submit(0..<3)
    bench.end(0, .reshaped)
    #expect(bench.sent.map(\.id) == [0, 0] && bench.waits.isEmpty)
  }

  @Test func threeCallsInARowThatUseUpTheirTriesEndTheEndpoint() {
    var bench = SchedulerBench([.init(concurrency: 4)], limits: RetryLimits(attempts: 2))
    bench.submit(0..<10)
    while bench.scheduler.stop == nil {
      bench.endAll(.faulty(pause: nil))
      if !bench.sleep() { break }
    }
    #expect(bench.scheduler.stop?.reason == .outOfOrder)
    #expect(bench.givenUp.count == CallScheduler.exhaustedLimit - 1)
    bench.endAll(.fine)
    #expect(bench.abandoned.values.allSatisfy { $0 == .outOfOrder })
  }

  // MARK: Endpoints that are away

  @Test func anEndpointThatIsAwayIsAskedByOneCallAtATime() {
    var bench = SchedulerBench([.init(concurrency: 32)])
    bench.submit(0..<200)
    bench.end(0, .fine)
    bench.now = .seconds(1)
    // Until the fifth failure others still go out.
    while !bench.flying.isEmpty { bench.endAll(.unreachable(pause: nil)) }
    #expect(bench.scheduler.width(of: 0) == 1 && bench.sent.count < 42)
    var probes = 0
    while bench.now < .seconds(200) {
      #expect(bench.flying.count <= 1)
      probes += bench.flying.count
      bench.endAll(.unreachable(pause: nil))
      if !bench.sleep() { break }
    }
    // Patient, and not asleep.
    #expect((5...40).contains(probes))
    while bench.flying.isEmpty, bench.sleep() {}
    bench.endAll(.fine)
    #expect(bench.flying.count > 1 && bench.scheduler.stop == nil)
  }

  @Test func aShortOutageOfACrowdIsNotAnsweredWithALongSilence() {
    var bench = SchedulerBench([.init(concurrency: 64)])
    bench.submit(0..<500)
    bench.end(0, .fine)
    bench.now = .seconds(1)
    // All in flight fail together, and so does the first one that looks again.
    while !bench.flying.isEmpty { bench.endAll(.unreachable(pause: nil)) }
    while bench.flying.isEmpty, bench.sleep() {}
    bench.endAll(.unreachable(pause: nil))
    while bench.flying.isEmpty, bench.sleep() {}
    #expect(bench.now < .seconds(5))
    bench.endAll(.fine)
    #expect(bench.flying.count > 1)
  }

  @Test func patienceEnds() {
    var bench = SchedulerBench([.init(concurrency: 4)])
    bench.submit(0..<20)
    bench.end(0, .fine)
    while bench.scheduler.stop == nil {
      bench.endAll(.unreachable(pause: nil))
      if bench.flying.isEmpty, !bench.sleep() { break }
    }
    #expect(bench.scheduler.stop?.reason == .unreachable)
    #expect(bench.now >= .seconds(300) && bench.now < .seconds(400))
    #expect(bench.abandoned.count == 19)
  }

  @Test func aWrongAddressIsFoundOutAfterTheTriesOfOneCall() {
    var bench = SchedulerBench([.init(concurrency: 1)], limits: RetryLimits(attempts: 3))
    bench.submit(0..<5)
    for _ in 0..<50 where bench.scheduler.stop == nil {
      bench.endAll(.unreachable(pause: nil))
      while bench.flying.isEmpty, bench.sleep() {}
    }
    #expect(bench.scheduler.stop?.reason == .unreachable)
    #expect(bench.abandoned.count == 5)
  }

  @Test func aPauseThatIsTooLongIsNotWaitedFor() {
    var bench = SchedulerBench()
    bench.submit(0..<3)
    bench.end(1, .throttled(pause: .seconds(3600)))
    #expect(bench.scheduler.stop?.reason == .throttled)
    bench.endAll(.throttled(pause: nil))
    #expect(bench.abandoned.count == 3)
  }

  // MARK: Fail-over

  @Test func aRefusedKeyAtOneEndpointLeavesTheOthersAtWork() {
    var bench = SchedulerBench([.init(concurrency: 5), .init(concurrency: 5)])
    bench.submit(0..<40)
    let refused = bench.flying.filter { $0.endpoint == 0 }.map(\.id)
    for id in refused { bench.end(id, .refused) }
    while !bench.flying.isEmpty {
      #expect(bench.flying.allSatisfy { $0.endpoint == 1 })
      bench.endAll(.fine)
    }
    #expect(Set(bench.sent.filter { $0.endpoint == 1 }.map(\.id)) == Set(0..<40))
    #expect(bench.abandoned.isEmpty && bench.scheduler.stop == nil)
  }

  @Test func whenNoEndpointIsLeftEveryWaitingCallHearsTheReason() {
    var bench = SchedulerBench([.init(concurrency: 2), .init(concurrency: 2)])
    bench.submit(0..<20)
    let places = bench.flying
    bench.end(places[0].id, .refused)
    for call in places[1...] where call.endpoint == places[0].endpoint { bench.end(call.id, .refused) }
    #expect(bench.abandoned.isEmpty)
    bench.end(bench.flying[0].id, .refused)
    #expect(bench.abandoned.count == 19)
    // The last one in flight still comes to its end, and a late one hears it at once.
    bench.endAll(.fine)
    bench.submit(20..<21)
    #expect(bench.abandoned[20] == .refused && bench.scheduler.waitingCount == 0)
  }

  @Test func aCallThatFailedSomewhereTriesElsewhere() {
    var bench = SchedulerBench([.init(concurrency: 5), .init(concurrency: 5)])
    bench.submit(0..<1)
    let first = bench.sent[0].endpoint
    bench.endAll(.unreachable(pause: nil))
    while bench.flying.isEmpty, bench.sleep() {}
    #expect(bench.sent[1].endpoint != first)
  }

  // MARK: Money

  @Test func nothingIsSentBeforeItsCeilingIsWrittenDown() {
    var bench = SchedulerBench(budget: CallBudget(tokenLimit: 1000))
    bench.submit(0..<30)
    #expect(bench.sent.isEmpty && bench.grants == [.init(tokens: 100)])
    bench.grant(bench.grants[0])
    #expect(bench.sent.count == 1 && bench.grants.count == 2)
  }

  @Test func theBudgetHoldsWithCallsInFlight() {
    var bench = SchedulerBench(budget: CallBudget(tokenLimit: 1000))
    bench.submit(0..<100)
    var done = 0
    while bench.scheduler.stop == nil {
      while done < bench.grants.count {
        bench.grant(bench.grants[done])
        done += 1
      }
      #expect(bench.scheduler.budget.spent.tokens + bench.flying.count * 100 <= 1000)
      guard let call = bench.flying.first else { break }
      bench.end(call.id, .fine)
    }
    #expect(bench.scheduler.stop?.reason == .budget)
    #expect(bench.scheduler.budget.spent.tokens > 900)
    #expect(bench.sent.count + bench.abandoned.count == 100)
  }

  @Test func whatABrokenCallMayHaveCostIsCounted() {
    var bench = SchedulerBench(limits: RetryLimits(attempts: 2))
    bench.submit(0..<3)
    bench.end(0, .faulty(pause: nil), mayHaveCost: true)
    bench.end(1, .faulty(pause: nil))
    bench.end(2, .cancelled, mayHaveCost: true)
    #expect(bench.scheduler.budget.spent.tokens == 200)
  }

  @Test(arguments: [
    CallScheduler.Ending.throttled(pause: .seconds(3600)), .unreachable(pause: .seconds(3600)), .faulty(pause: nil),
    .throttled(pause: nil), .refused, .reshaped,
  ]) func whatFailsAfterTheRunWasStoppedComesToItsEndToo(ending: CallScheduler.Ending) {
    var bench = SchedulerBench(
      [.init(concurrency: 4), .init(concurrency: 4)], limits: RetryLimits(attempts: 1))
    bench.submit(0..<20)
    bench.halt(.budget)
    bench.endAll(ending)
    #expect(bench.abandoned.count + bench.givenUp.count == 20 && bench.flying.isEmpty)
    #expect(bench.scheduler.stop?.reason == .budget)
  }

  @Test func aHaltAbandonsWhatWaits() {
    var bench = SchedulerBench([.init(concurrency: 2)])
    bench.submit(0..<10)
    bench.halt(.budget)
    #expect(bench.abandoned.count == 8)
    bench.endAll(.fine)
    #expect(bench.scheduler.inFlight(at: 0) == 0 && bench.sent.count == 2)
  }
}
