import LanguageModels
import PersonaRecords
import Testing

@Suite struct RetryAfterTests {
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
