import LanguageModels
import PersonaRecords
import Testing

@Suite struct RetryPlanTests {
  @Test(arguments: 0..<50) func waitsGrowUpToTheirCeilingAndThenThePlanGivesUp(seed: UInt64) {
    var plan = RetryPlan(limits: .init(attempts: 9, longestDelay: .seconds(20)), random: SeededRandom(seed: seed))
    for ceiling in [1, 2, 4, 8, 16, 20, 20, 20] {
      guard case .wait(let pause) = plan.failed() else {
        Issue.record("gave up too early")
        return
      }
      #expect(pause >= .zero && pause < .seconds(ceiling))
    }
    let last = plan.failed()
    #expect(last == .giveUp)
    #expect(plan.failures == 9)
  }

  @Test func theSameSeedGivesTheSameWaits() {
    let waits = { (seed: UInt64) in
      var plan = RetryPlan(limits: .init(), random: SeededRandom(seed: seed))
      return (0..<6).map { _ in plan.failed() }
    }
    #expect(waits(1) == waits(1))
    #expect(waits(1) != waits(2))
  }

  @Test func aServerThatSaysHowLongIsWaitedForUnlessItIsTooLong() {
    var plan = RetryPlan(limits: .init(), random: SeededRandom(seed: 1))
    guard case .wait(let pause) = plan.failed(retryAfter: .seconds(30)) else {
      Issue.record("gave up")
      return
    }
    #expect(pause >= .seconds(30) && pause < .seconds(31))
    let last = plan.failed(retryAfter: .seconds(121))
    #expect(last == .giveUp)
  }

  @Test func oneTryMeansNone() {
    var plan = RetryPlan(limits: .init(attempts: 1), random: SeededRandom(seed: 1))
    let only = plan.failed()
    #expect(only == .giveUp)
    #expect(RetryPlan.Limits(attempts: 0).attempts == 1)
  }

  @Test func anEndpointIsOutOfOrderAfterThreeRequestsInARow() {
    var outage = OutageDetector()
    var verdicts = [outage.exhausted(), outage.exhausted()]
    outage.succeeded()
    for _ in 0..<3 { verdicts.append(outage.exhausted()) }
    #expect(verdicts == [false, false, false, false, true])
  }

  @Test(arguments: [
    ("3", nil, Duration.seconds(3)), (" 0 ", nil, .zero), ("1.5", nil, .milliseconds(1500)),
    ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:30 GMT", .seconds(7)),
    ("Sun, 06 Nov 1994 08:49:37 GMT", nil, .seconds(784_111_777 - 784_111_000)),
    ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 09:00:00 GMT", .zero),
  ])
  func retryAfterIsReadAsSecondsOrDate(text: String, date: String?, expected: Duration) {
    #expect(RetryAfter.read(text, date: date, now: 784_111_000) == expected)
  }

  @Test(arguments: ["", "soon", "-3", "nan", "inf", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Brr 1994 08:49:37 GMT"])
  func retryAfterThatCannotBeReadCountsAsNone(text: String) {
    #expect(RetryAfter.read(text, date: nil, now: 0) == nil)
  }

  @Test func millisecondsBeatSeconds() {
    #expect(RetryAfter.read("2", milliseconds: "250", date: nil, now: 0) == .milliseconds(250))
    #expect(RetryAfter.read("1e300", date: nil, now: 0) == .seconds(1_000_000_000))
  }

  @Test func datesAreCountedThroughLeapYears() {
    #expect(RetryAfter.secondsSince1970("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(RetryAfter.secondsSince1970("Tue, 29 Feb 2000 12:00:00 GMT") == 951_825_600)
    #expect(RetryAfter.secondsSince1970("Fri, 01 Mar 2024 00:00:00 GMT") == 1_709_251_200)
  }
}
