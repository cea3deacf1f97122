import Charts
import Testing

struct NumberTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1 000"), (1_234_567, "1 234 567"), (-4200, "−4 200"),
    (Int.min, "−9 223 372 036 854 775 808"),
  ])
  func numbersAreGroupedByThrees(number: Int, expected: String) {
    #expect(NumberText.grouped(number) == expected.replacing(" ", with: "\u{202F}"))
  }

  @Test(arguments: [
    (0, 2, "0"), (0.5, 2, "0.5"), (0.126, 2, "0.13"), (-0.001, 2, "0"), (-1.5, 1, "-1.5"), (99.999, 2, "100"),
    (1.05, 3, "1.05"), (12, 0, "12"), (.nan, 2, "0"), (.infinity, 1, "0"),
  ])
  func decimalsAreShort(number: Double, places: Int, expected: String) {
    #expect(NumberText.decimal(number, places: places) == expected)
  }

  @Test(arguments: [
    (800, "800"), (1200, "1 200"), (12_500, "12.5 k"), (3e6, "3 M"), (2.5e9, "2.5 G"), (4e12, "4 T"), (2e18, "2e18"),
  ])
  func axesHaveShortNumbers(number: Double, expected: String) {
    #expect(NumberText.compact(number) == expected.replacing(" ", with: "\u{202F}"))
  }

  @Test func aShareThatIsThereIsNeverZeroPercent() {
    #expect(NumberText.percent(1, of: 100_000) == "<0.1%")
    #expect(NumberText.percent(0, of: 10) == "0%")
    #expect(NumberText.percent(1, of: 3) == "33%")
    #expect(NumberText.percent(1, of: 30) == "3.3%")
    #expect(NumberText.percent(1, of: 0) == "–")
  }

  @Test func ticksAreRoundAndReachTheLargestValue() {
    #expect(AxisTicks(upTo: 7, wholeNumbers: true).values == [0, 2, 4, 6, 8])
    #expect(AxisTicks(upTo: 240).values == [0, 100, 200, 300])
    #expect(AxisTicks(upTo: 0).values == [0, 1])
    #expect(AxisTicks(upTo: 1, wholeNumbers: true).values == [0, 1])
    #expect(AxisTicks(upTo: .nan).values == [0, 1])
    var largest = 1e-9
    while largest < 1e18 {
      let ticks = AxisTicks(upTo: largest)
      #expect(ticks.end >= largest * (1 - 1e-9), "\(largest)")
      #expect((2...6).contains(ticks.values.count), "\(largest)")
      largest *= 1.7
    }
  }

  @Test func everyElementIsClosedAndEveryTextEscaped() {
    var markup = Markup()
    markup.element("p", ["title": "a \"b\" & 'c'"]) { markup in
      markup.text("1 < 2\r\u{1B}\u{85}")
      markup.empty("br")
      markup.element("i") { _ in }
    }
    #expect(
      markup.xml
        == "<p title=\"a &quot;b&quot; &amp; &#39;c&#39;\">1 &lt; 2\n␛\u{FFFD}<br/><i></i></p>")
  }

  @Test func anyScalarCanBeWritten() throws {
    var text = String.UnicodeScalarView()
    var value: UInt32 = 0
    while value < 0x11_0000 {
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
      // Every scalar of the first plane's start and of the noncharacters' neighbourhood, a sample of the rest.
      value += value < 0x3000 || value & 0xFFFF >= 0xFD00 ? 1 : 97
    }
    #expect(ParsedMarkup("<p title=\"\(String(text).escapedForMarkup())\"></p>") != nil)
  }
}
