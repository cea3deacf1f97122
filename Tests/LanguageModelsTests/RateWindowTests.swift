import LanguageModels
import PersonaRecords
import Testing

@Suite struct RateWindowTests {
  /// What one window let through, each with its moment.
  private struct Taken {
    var moment: Duration
    var amount: Int
  }

  /// The most that any sixty seconds saw, wherever they begin.
  private func busiestMinute(_ taken: [Taken]) -> Int {
    var busiest = 0
    var sum = 0
    var first = 0
    for one in taken {
      sum += one.amount
      while taken[first].moment <= one.moment - .seconds(60) {
        sum -= taken[first].amount
        first += 1
      }
      busiest = max(busiest, sum)
    }
    return busiest
  }

  /// Takes as fast as the window lets it.
  private func takeAll(_ window: inout RateWindow, from start: Duration = .zero, until end: Duration) -> [Taken] {
    var taken: [Taken] = []
    var now = start
    while true {
      let moment = window.moment(for: 1, now: now)
      guard moment < end else { return taken }
      now = moment
      window.take(1, now: now)
      taken.append(Taken(moment: now, amount: 1))
    }
  }

  @Test(arguments: [1, 2, 3, 10, 60, 500, 3000]) func noMinuteSeesMoreThanTheLimit(perMinute: Int) {
    var window = RateWindow(perMinute: perMinute)
    let taken = takeAll(&window, until: .seconds(600))
    #expect(busiestMinute(taken) <= perMinute)
    // And it gives nearly all that it may.
    #expect(taken.count >= perMinute * 9)
  }

  @Test(arguments: [1, 3, 60, 500]) func aProcessThatGoesOnForAnotherKeepsTheLimit(perMinute: Int) {
    var taken: [Taken] = []
    for life in 0..<40 {
      // A new process knows nothing of what the old one sent.
      var window = RateWindow(perMinute: perMinute)
      let start = Duration.seconds(17 * life)
      let sent = takeAll(&window, until: .seconds(17))
      taken += sent.map { Taken(moment: $0.moment + start, amount: 1) }
    }
    #expect(busiestMinute(taken) <= perMinute)
  }

  @Test func aQuietTimeIsNotSavedUp() {
    var window = RateWindow(perMinute: 600)
    let quiet = Duration.seconds(3600)
    let taken = takeAll(&window, from: quiet, until: quiet + .seconds(1))
    #expect((30...41).contains(taken.count))
  }

  @Test func largeAmountsOfUnknownSizeKeepTheLimitInEveryMinute() {
    for seed in 0..<50 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let limit = 5000 + random.below(50_000)
      var window = RateWindow(perMinute: limit)
      var taken: [Taken] = []
      // Calls in flight: when they end, and what they took and turn out to take.
      var running: [(end: Duration, place: Int, worst: Int, actual: Int)] = []
      var now = Duration.zero
      while now < .seconds(400) {
        for call in running where call.end <= now {
          window.correct(by: call.worst - call.actual, takenAt: taken[call.place].moment)
          taken[call.place].amount = call.actual
        }
        running.removeAll { $0.end <= now }
        let worst = 100 + random.below(6000)
        let moment = window.moment(for: worst, now: now)
        if moment <= now {
          window.take(worst, now: now)
          let actual = random.below(3) == 0 ? worst : random.below(worst)
          let end = now + .milliseconds(200 + random.below(40_000))
          running.append((end, taken.count, worst, actual))
          taken.append(Taken(moment: now, amount: actual))
        } else {
          let next = running.map(\.end).min() ?? moment
          now = max(now, min(moment, next))
        }
      }
      #expect(busiestMinute(taken) <= limit, "seed \(seed)")
    }
  }

  @Test func moreThanAMinuteHoldsGoesOutAlone() {
    var window = RateWindow(perMinute: 1000)
    let first = window.moment(for: 5000, now: .seconds(10))
    #expect(first == .seconds(10))
    window.take(5000, now: first)
    let second = window.moment(for: 5000, now: first)
    #expect(second >= .seconds(70))
    let third = window.moment(for: 5000, now: second)
    #expect(third == second)
  }

  @Test func whatWasNotNeededIsGivenBack() {
    var window = RateWindow(perMinute: 1000)
    let start = Duration.seconds(60)
    window.take(1000, now: start)
    let before = window.moment(for: 50, now: start)
    #expect(before > start + .seconds(59))
    window.correct(by: 1000, takenAt: start)
    let after = window.moment(for: 50, now: start)
    #expect(after == start)
  }
}
