import PersonaRecords
import StandInServer
import Testing

@Suite struct LimitTests {
  @Test func aMinutesWorthComesAtOnceAndThenEvenly() {
    var limits = RateLimits(requestsPerMinute: 60)
    for _ in 0..<60 { #expect(limits.admit(tokens: 0, at: .zero) == .admitted) }
    #expect(limits.admit(tokens: 0, at: .zero) == .wait(.seconds(1), of: "requests"))
    #expect(limits.admit(tokens: 0, at: .milliseconds(400)) == .wait(.milliseconds(600), of: "requests"))
    #expect(limits.admit(tokens: 0, at: .seconds(1)) == .admitted)
    #expect(limits.admit(tokens: 0, at: .seconds(1)) == .wait(.seconds(1), of: "requests"))
  }

  @Test func whoWaitsAsLongAsToldIsLetIn() {
    for limit in [1, 7, 60, 500, 9999] {
      var limits = RateLimits(requestsPerMinute: limit, tokensPerMinute: limit * 10)
      var now = Duration.zero
      for call in 0..<200 {
        let tokens = call % (limit * 10) + 1
        while true {
          guard case .wait(let pause, _) = limits.admit(tokens: tokens, at: now) else { break }
          #expect(pause > .zero)
          now += pause
          #expect(limits.admit(tokens: tokens, at: now) == .admitted)
          break
        }
      }
    }
  }

  @Test func tokensRunOutByThemselvesAndCanFallBelowNothing() {
    var limits = RateLimits(requestsPerMinute: 1000, tokensPerMinute: 600)
    #expect(limits.admit(tokens: 500, at: .zero) == .admitted)
    limits.charge(tokens: 400)
    #expect(limits.admit(tokens: 100, at: .zero) == .wait(.seconds(40), of: "tokens"))
    #expect(limits.admit(tokens: 601, at: .zero) == .neverFits)
    #expect(limits.admit(tokens: 100, at: .seconds(40)) == .admitted)
  }

  @Test func headersSayWhatIsLeft() {
    var limits = RateLimits(requestsPerMinute: 60, tokensPerMinute: 6000)
    _ = limits.admit(tokens: 3000, at: .zero)
    let headers = Dictionary(uniqueKeysWithValues: limits.headers.map { ($0.0, $0.1) })
    #expect(headers["x-ratelimit-limit-requests"] == "60")
    #expect(headers["x-ratelimit-remaining-requests"] == "59")
    #expect(headers["x-ratelimit-reset-requests"] == "1s")
    #expect(headers["x-ratelimit-limit-tokens"] == "6000")
    #expect(headers["x-ratelimit-remaining-tokens"] == "3000")
    #expect(headers["x-ratelimit-reset-tokens"] == "30s")
  }

  @Test func aCallTooManyGets429WithPauseAndHeaders() {
    var settings = StandInSettings()
    settings.requestsPerMinute = 2
    let desk = Desk(settings)
    #expect(desk.chat(mathBody()).header("x-ratelimit-remaining-requests") == "1")
    #expect(desk.chat(mathBody()).answer.status == 200)
    let refused = desk.chat(mathBody(), at: .seconds(10))
    #expect(refused.answer.status == 429)
    #expect(refused.header("retry-after") == "20")
    #expect(refused.header("retry-after-ms") == "20000")
    #expect(refused.header("x-ratelimit-remaining-requests") == "0")
    #expect(refused.json["error"]?["type"]?.stringValue == "requests")
    #expect(desk.chat(mathBody(), at: .seconds(30)).answer.status == 200)
  }

  @Test func answersCountAgainstTheTokens() {
    var settings = StandInSettings()
    settings.tokensPerMinute = 1000
    let desk = Desk(settings)
    let first = desk.chat(mathBody())
    let used = first.json["usage"]?["total_tokens"]?.intValue ?? 0
    #expect(used > 50)
    let second = desk.chat(mathBody("another person"))
    let left = second.header("x-ratelimit-remaining-tokens").flatMap { Int($0) } ?? 0
    #expect(left <= 1000 - used - 20)
  }

  @Test(arguments: [
    ("50ms", Duration.milliseconds(50)), ("1.5s", .milliseconds(1500)), ("2m", .seconds(120)), ("0", .zero),
    ("6m0s", .seconds(360)), ("1h2m3s", .seconds(3723)),
  ])
  func timesAreRead(text: String, duration: Duration) throws {
    #expect(try DurationText.read(text) == duration)
  }

  @Test(arguments: ["", "5", "ms", "-1s", "1 s", "1d", "1s2", "nan s", "infs", "99999999999h", "1e3s"])
  func whatIsNoTimeIsWrongUsage(text: String) {
    #expect(throws: Problem.self) { try DurationText.read(text) }
  }

  @Test func rangesAndSpellings() throws {
    #expect(try DurationText.readRange("20ms..200ms") == .milliseconds(20) ... .milliseconds(200))
    #expect(try DurationText.readRange("20ms") == .milliseconds(20) ... .milliseconds(20))
    #expect(throws: Problem.self) { try DurationText.readRange("2s..1s") }
    let spellings: [(Duration, String)] = [
      (.milliseconds(20), "20ms"), (.seconds(1), "1s"), (.milliseconds(1250), "1.25s"), (.seconds(360), "6m0s"),
      (.seconds(3723), "1h2m3s"), (.zero, "0ms"), (.microseconds(1), "1ms"),
    ]
    for (duration, text) in spellings { #expect(DurationText.spelled(duration) == text) }
  }
}
