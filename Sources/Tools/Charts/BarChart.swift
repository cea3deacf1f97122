/// Horizontal bars, one per row, with the label and the value written out.
///
/// Lengths are proportional to the values and start at 0. Short labels stand beside the bars; when one is longer than
/// `besideLimit`, all stand above theirs, so that long names in any script keep their room.
package struct BarChart: Sendable, Equatable {
  package struct Bar: Sendable, Equatable {
    package var label: String
    /// Not negative; anything else is drawn as 0.
    package var value: Double
    /// A few words after the value, for example its share.
    package var note: String
    package var tone: Tone

    package init(_ label: String, _ value: Double, note: String = "", tone: Tone = .main) {
      self.label = label
      self.value = value
      self.note = note
      self.tone = tone
    }
  }

  package var title: String
  package var bars: [Bar]

  package init(title: String, bars: [Bar]) {
    self.title = title
    self.bars = bars
  }

  /// Widest label, in half ems, that still stands beside its bar.
  static let besideLimit = 15
  /// Percent of the width that half an em takes on the narrowest screen (350 pixels, letters of 13 pixels).
  static let percentPerUnit = 1.9

  /// Where bars start and how long the longest is, in percent of the width.
  private struct Layout {
    var start: Double
    var length: Double
  }

  /// The layout with labels beside the bars, when labels and values leave the bars enough room.
  private var besideLayout: Layout? {
    let widest = bars.map { Label.width($0.label) }.max() ?? 0
    guard widest <= Self.besideLimit else { return nil }
    let widestValue = bars.map { Label.width(NumberText.plain($0.value) + $0.note) + 1 }.max() ?? 0
    let start = max(14, Double(widest) * Self.percentPerUnit + 2)
    let length = 100 - start - Double(widestValue) * Self.percentPerUnit - 4
    return length >= 30 ? Layout(start: start, length: length) : nil
  }

  package func picture() -> Picture {
    guard !bars.isEmpty else { return .nothing(title: title) }
    let largest = bars.map { Self.length($0.value) }.max() ?? 0
    let beside = besideLayout
    let rowHeight = beside == nil ? 42.0 : 27.0
    return Picture(height: Double(bars.count) * rowHeight, summary: summary) { markup in
      for (row, bar) in bars.enumerated() {
        let share = largest > 0 ? Self.length(bar.value) / largest : 0
        let top = Double(row) * rowHeight
        markup.element("g") { markup in
          markup.element("title", text: Self.words(bar))
          if let beside {
            Self.drawBeside(bar, share: share, top: top, layout: beside, in: &markup)
          } else {
            Self.drawBelow(bar, share: share, top: top, in: &markup)
          }
        }
      }
    }
  }

  private static func drawBeside(
    _ bar: Bar, share: Double, top: Double, layout: Layout, in markup: inout Markup
  ) {
    markup.element(
      "text", ["x": "0", "y": Picture.pixels(top + 18)], text: Label.shortened(bar.label, to: besideLimit))
    rectangle(bar, start: layout.start, length: share * layout.length, top: top + 6, height: 16, in: &markup)
    let end = Picture.percent(layout.start + share * layout.length)
    markup.element("text", ["x": end, "dx": "8", "y": Picture.pixels(top + 18)]) { value(of: bar, in: &$0) }
  }

  private static func drawBelow(_ bar: Bar, share: Double, top: Double, in markup: inout Markup) {
    markup.element("text", ["x": "0", "y": Picture.pixels(top + 15)], text: Label.shortened(bar.label, to: 40))
    markup.element("text", ["x": "100%", "y": Picture.pixels(top + 15), "text-anchor": "end"]) {
      value(of: bar, in: &$0)
    }
    markup.empty(
      "rect",
      ["class": "track", "x": "0", "y": Picture.pixels(top + 22), "width": "100%", "height": "8", "rx": "2"])
    rectangle(bar, start: 0, length: share * 100, top: top + 22, height: 8, in: &markup)
  }

  private static func rectangle(
    _ bar: Bar, start: Double, length: Double, top: Double, height: Double, in markup: inout Markup
  ) {
    markup.empty(
      "rect",
      [
        "class": "bar \(bar.tone.rawValue)", "x": Picture.percent(start), "y": Picture.pixels(top),
        "width": Picture.percent(length), "height": Picture.pixels(height), "rx": "2",
      ])
  }

  private static func value(of bar: Bar, in markup: inout Markup) {
    markup.element("tspan", ["class": "number"], text: NumberText.plain(bar.value))
    if !bar.note.isEmpty { markup.element("tspan", ["class": "quiet", "dx": "6"], text: bar.note) }
  }

  private static func length(_ value: Double) -> Double { value.isFinite && value > 0 ? value : 0 }

  private static func words(_ bar: Bar) -> String {
    "\(bar.label): \(NumberText.plain(bar.value))" + (bar.note.isEmpty ? "" : " (\(bar.note))")
  }

  private var summary: String { "\(title). " + bars.map(Self.words).joined(separator: "; ") }
}

extension Picture {
  /// One quiet line where a chart has nothing to show.
  static func nothing(title: String) -> Picture {
    Picture(height: 28, summary: "\(title). Nothing to show") { markup in
      markup.element("text", ["class": "quiet", "x": "0", "y": "18"], text: "Nothing to show")
    }
  }
}
