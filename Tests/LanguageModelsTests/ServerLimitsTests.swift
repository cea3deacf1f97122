import LanguageModels
import Testing

@Suite struct ServerLimitsTests {
  @Test(arguments: [
    ("6m0s", 360_000), ("1.5s", 1500), ("20ms", 20), ("1h2m", 3_720_000), ("2d", 172_800_000), ("0", 0), ("12", 12_000),
    ("0.25", 250), ("1m0.5s", 60_500),
  ]) func durationsAreReadAsServersWriteThem(text: String, milliseconds: Int) {
    #expect(ServerLimits.duration(text) == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "s", "-1", "5x", "1..2s", "nan", "inf", "1e400", "12s!", "ms20", "1 s"])
  func anythingElseIsNotRead(text: String) {
    #expect(ServerLimits.duration(text) == nil)
  }

  @Test(arguments: [0, 5, 9]) func upperEndsOfTheWaitsDouble(failures: Int) {
    let limits = RetryLimits()
    let seconds = [0: 1, 5: 16, 9: 60][failures] ?? 0
    #expect(limits.ceiling(afterFailures: failures) == .seconds(seconds))
    #expect(RetryLimits(attempts: 0).attempts == 1)
  }
}
