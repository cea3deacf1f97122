import Charts
import Testing

struct BarChartTests {
  @Test(arguments: ["short", "a label that is much too long to stand beside its bar"])
  func barsAreAsLongAsTheirValuesSay(label: String) throws {
    let bars = [4.0, 2, 1, 0].map { BarChart.Bar(label, $0) }
    let parsed = try #require(ParsedMarkup(BarChart(title: "Bars", bars: bars).picture().element))
    let widths = parsed.numbers("width", of: "rect", class: "bar")
    let longest = try #require(widths.first)
    #expect(longest > 30)
    for (width, share) in zip(widths, [1, 0.5, 0.25, 0]) {
      #expect(abs(width - longest * share) < 0.002)
    }
  }

  @Test func valuesThatAreNoLengthsAreDrawnAsNothing() throws {
    let bars = [-5, .nan, .infinity, 0].map { BarChart.Bar("odd", $0) }
    let picture = BarChart(title: "Bars", bars: bars).picture()
    let parsed = try #require(ParsedMarkup(picture.element))
    #expect(parsed.numbers("width", of: "rect", class: "bar") == [0, 0, 0, 0])
    #expect(!picture.element.contains("nan") && !picture.element.contains("inf"))
  }

  @Test(arguments: [1, 1e9, 1e18, 1e300]) func oneValueFillsTheRoomAtAnySize(value: Double) throws {
    let parsed = try #require(
      ParsedMarkup(BarChart(title: "Bars", bars: [.init("only", value), .init("half", value / 2)]).picture().element))
    let widths = parsed.numbers("width", of: "rect", class: "bar")
    #expect(widths.count == 2)
    #expect(abs(widths[0] - 2 * widths[1]) < 0.002)
  }

  @Test func nothingIsSaidPlainly() throws {
    let parsed = try #require(ParsedMarkup(BarChart(title: "Bars", bars: []).picture().element))
    #expect(parsed.text.contains("Nothing to show"))
  }

  @Test func longAndForeignLabelsAreCutAndKeptInFullForTheReader() throws {
    let label = String(repeating: "日本語", count: 60)
    let parsed = try #require(ParsedMarkup(BarChart(title: "Bars", bars: [.init(label, 1)]).picture().element))
    #expect(parsed.text.contains(label), "the title of the row holds the whole label")
    #expect(parsed.text.contains("…"))
    let zalgo = "Z" + String(repeating: "\u{0301}", count: 10_000)
    #expect(ParsedMarkup(BarChart(title: "Bars", bars: [.init(zalgo, 1)]).picture().element) != nil)
  }

  @Test func labelsAreEscaped() throws {
    let hostile = "<script>alert(\"x\")</script>&\u{0}'"
    let picture = BarChart(title: hostile, bars: [.init(hostile, 1, note: hostile)]).picture()
    #expect(!picture.element.contains("<script"))
    let parsed = try #require(ParsedMarkup(picture.element))
    #expect(parsed.text.contains("<script>alert(\"x\")</script>&␀'"))
  }

  @Test func theSummaryHoldsEveryValue() {
    let summary = BarChart(title: "Languages", bars: [.init("English", 1200, note: "75%"), .init("中文", 400)])
      .picture().summary
    #expect(summary == "Languages. English: 1\u{202F}200 (75%); 中文: 400")
  }

  @Test func aFileOfItsOwnIsCompleteAndLoadsNothing() throws {
    let file = BarChart(title: "Bars", bars: [.init("one", 1)]).picture().file
    let parsed = try #require(ParsedMarkup(file))
    #expect(parsed.elements.first?.attributes["xmlns"] == "http://www.w3.org/2000/svg")
    #expect(parsed.all("style").count == 1)
    #expect(!file.contains("url(") && !file.contains("@import"))
  }
}

struct HistogramTests {
  @Test func everySampleIsInExactlyOneBin() {
    var random = SplitMix(state: 7)
    for round in 0..<200 {
      let samples = (0..<(1 + round % 40)).map { _ in
        Histogram.Sample(
          value: Int(random.next() % UInt64(1 + round * round * 10)), count: 1 + Int(random.next() % 9))
      }
      let histogram = Histogram(title: "H", unit: "characters", samples: samples)
      #expect(histogram.bins.reduce(0) { $0 + $1.count } == samples.reduce(0) { $0 + $1.count }, "round \(round)")
      #expect(zip(histogram.bins, histogram.bins.dropFirst()).allSatisfy { $0.end == $1.start }, "round \(round)")
      for (place, bin) in histogram.bins.enumerated() {
        let inside = samples.filter { $0.value >= bin.start && ($0.value < bin.end || bin.isOpenEnded) }
        #expect(inside.reduce(0) { $0 + $1.count } == bin.count, "round \(round), bin \(place)")
      }
    }
  }

  @Test func columnsAreAsTallAsTheirCounts() throws {
    let histogram = Histogram(
      title: "H", unit: "characters", samples: [.init(value: 1, count: 40), .init(value: 3, count: 10)])
    let heights = try #require(ParsedMarkup(histogram.picture().element)).numbers("height", of: "rect", class: "bar")
    let seen = heights.filter { $0 > 0 }
    #expect(seen.count == 2)
    #expect(abs(seen[0] - 4 * seen[1]) < 0.05)
  }

  @Test func aFewGiantsShareTheLastColumn() throws {
    let histogram = Histogram(
      title: "H", unit: "characters",
      samples: (50..<150).map { .init(value: $0, count: 100) } + [.init(value: 5_000_000, count: 3)])
    let last = try #require(histogram.bins.last)
    #expect(last.isOpenEnded && last.count == 3)
    #expect(histogram.bins.count < 60)
    #expect(histogram.picture().summary.contains("and more characters: 3"))
  }

  @Test func oddSamplesAreDrawn() {
    let cases: [[Histogram.Sample]] = [
      [], [.init(value: 0, count: 1)], [.init(value: -3, count: 4)], [.init(value: 5, count: 0)],
      [.init(value: .max, count: .max), .init(value: 0, count: .max)], [.init(value: 77, count: 1_000_000_000)],
    ]
    for samples in cases {
      let picture = Histogram(title: "H", unit: "characters", samples: samples).picture()
      #expect(ParsedMarkup(picture.element) != nil)
    }
    #expect(Histogram(title: "H", unit: "u", samples: []).picture().summary == "H. Nothing to show")
  }
}

struct FlowChartTests {
  private let chart = FlowChart(
    title: "Flow",
    stages: [
      .init("texts", 100), .init("personas", 400, losses: [.init("poor", 100), .init("copies", 50, tone: .copy)]),
      .init("hub", 250), .init("instances", 0),
    ])

  @Test func bandsAreAsThickAsTheirCounts() throws {
    let wide = try #require(ParsedMarkup(chart.widePicture().element))
    let narrow = try #require(ParsedMarkup(chart.narrowPicture().element))
    for (parsed, side) in [(wide, "height"), (narrow, "width")] {
      let bars = parsed.numbers(side, of: "rect", class: "main")
      #expect(bars.count == 4)
      for (bar, share) in zip(bars, [0.25, 1, 0.625, 0]) {
        #expect(abs(bar - bars[1] * share) < 0.002)
      }
      #expect(parsed.numbers(side, of: "rect", class: "loss").allSatisfy { abs($0 - bars[1] / 4) < 0.002 })
      #expect(parsed.numbers(side, of: "rect", class: "copy").allSatisfy { abs($0 - bars[1] / 8) < 0.002 })
      #expect(parsed.all("path", class: "ribbon").count == 5)
    }
  }

  @Test func theSummaryTellsTheFlow() {
    #expect(
      chart.widePicture().summary
        == "Flow. 100 texts; 400 personas (then 100 poor, 50 copies); 250 hub; 0 instances")
  }

  @Test func oddFlowsAreDrawn() {
    let flows: [[FlowChart.Stage]] = [
      [], [.init("one", 1)], [.init("nothing", 0), .init("nothing", 0)], [.init("less", -4), .init("more", .max)],
      [.init("small", 1, losses: [.init("more than there was", 9)]), .init("left", 1)],
      [.init(String(repeating: "unbroken", count: 40), 5, losses: [.init("<b>", 2)]), .init("", 3)],
    ]
    for stages in flows {
      let chart = FlowChart(title: "<Flow>", stages: stages)
      #expect(ParsedMarkup(chart.widePicture().element) != nil)
      #expect(ParsedMarkup(chart.narrowPicture().element) != nil)
      #expect(!chart.widePicture().element.contains("nan"))
    }
  }
}

/// Enough chance for a test that prints its round.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
