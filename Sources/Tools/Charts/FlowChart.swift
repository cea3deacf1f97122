/// Counts from stage to stage: bands whose thickness is proportional to the count, and what leaves bends off.
///
/// Counts may grow as well as shrink (one text gives several personas). A stage's losses leave between it and the next.
package struct FlowChart: Sendable, Equatable {
  /// What left between one stage and the next.
  package struct Loss: Sendable, Equatable {
    package var label: String
    package var value: Int
    package var tone: Tone

    package init(_ label: String, _ value: Int, tone: Tone = .loss) {
      self.label = label
      self.value = value
      self.tone = tone
    }
  }

  package struct Stage: Sendable, Equatable {
    package var label: String
    package var value: Int
    package var losses: [Loss]

    package init(_ label: String, _ value: Int, losses: [Loss] = []) {
      self.label = label
      self.value = value
      self.losses = losses
    }
  }

  package var title: String
  package var stages: [Stage]

  package init(title: String, stages: [Stage]) {
    self.title = title
    self.stages = stages
  }

  /// Thickness of the largest count: pixels of height from left to right, percent of width from top to bottom.
  static let tallest = 170.0
  static let widest = 100.0
  /// Depth of a stage's bar along the flow: percent of the width, and pixels of the height.
  static let barWidth = 1.4
  static let barHeight = 12.0
  static let lastHeadingWidth = 13.0

  /// Left to right, for at least 700 pixels of width.
  package func widePicture() -> Picture {
    guard let last = stages.indices.last else { return .nothing(title: title) }
    // The last bar stands a little before the right edge: its heading needs room too.
    let slot = (100 - Self.lastHeadingWidth) / Double(max(1, stages.count - 1))
    let top = 74.0
    var bands = Markup()
    var words = Markup()
    var bottom = top
    for (place, stage) in stages.enumerated() {
      let x = Double(place) * slot
      let thickness = self.thickness(of: stage.value, full: Self.tallest)
      drawHeading(stage, x: x, in: &words)
      rectangle("bar main", x: x, y: top, width: Self.barWidth, height: thickness, in: &bands)
      bottom = max(bottom, top + thickness)
      guard place < last else { continue }
      let nextX = x + slot
      let next = self.thickness(of: stages[place + 1].value, full: Self.tallest)
      let start = x + Self.barWidth
      let staying = self.staying(of: stage, full: Self.tallest)
      ribbon(Self.across(from: start, top, top + staying, to: nextX, top, top + next), tone: .main, in: &bands)
      var leaving = top + staying
      var sink = top + max(next, 30) + 34
      for loss in stage.losses where loss.value > 0 {
        let lost = self.thickness(of: loss.value, full: Self.tallest)
        ribbon(
          Self.across(from: start, leaving, min(leaving + lost, top + thickness), to: nextX, sink, sink + lost),
          tone: loss.tone, in: &bands)
        rectangle("bar \(loss.tone.rawValue)", x: nextX, y: sink, width: Self.barWidth, height: lost, in: &bands)
        drawLoss(loss, x: Picture.percent(nextX), y: sink + lost + 18, anchor: "start", in: &words)
        leaving += lost
        sink += lost + 58
        bottom = max(bottom, sink - 24)
      }
    }
    return picture(height: bottom + 4, bands: bands, words: words)
  }

  /// Top to bottom, for telephones.
  package func narrowPicture() -> Picture {
    guard let last = stages.indices.last else { return .nothing(title: title) }
    var bands = Markup()
    var words = Markup()
    var y = 24.0
    for (place, stage) in stages.enumerated() {
      let width = thickness(of: stage.value, full: Self.widest)
      words.element("text", ["x": "0", "y": Picture.pixels(y - 6)]) { markup in
        markup.element("tspan", ["class": "large"], text: NumberText.grouped(stage.value))
        markup.element("tspan", ["dx": "6"], text: Label.shortened(stage.label, to: 34))
      }
      rectangle("bar main", x: 0, y: y, width: width, height: Self.barHeight, in: &bands)
      guard place < last else { break }
      let lost = stage.losses.filter { $0.value > 0 }
      let start = y + Self.barHeight
      let nextY = y + 70 + 20 * Double(lost.count)
      let next = thickness(of: stages[place + 1].value, full: Self.widest)
      let staying = self.staying(of: stage, full: Self.widest)
      ribbon(Self.down(from: start, 0, staying, to: nextY, 0, next), tone: .main, in: &bands)
      var leaving = staying
      var sink = start + 26
      for loss in lost {
        let part = thickness(of: loss.value, full: Self.widest)
        let left = 100 - part
        ribbon(
          Self.down(from: start, leaving, min(leaving + part, width), to: sink, left, 100), tone: loss.tone,
          in: &bands)
        rectangle("bar \(loss.tone.rawValue)", x: left, y: sink, width: part, height: 5, in: &bands)
        drawLossInOneLine(loss, y: sink + 19, in: &words)
        leaving += part
        sink += 26
      }
      y = nextY
    }
    return picture(height: y + Self.barHeight + 4, bands: bands, words: words)
  }

  // MARK: - Sizes

  /// Proportional to the count, but never so thin that it disappears.
  private func thickness(of value: Int, full: Double) -> Double {
    let largest = stages.map(\.value).max() ?? 0
    guard value > 0, largest > 0 else { return 0 }
    return max(Double(value) / Double(largest) * full, full * 0.006)
  }

  /// The part of a stage's bar from which the next stage comes.
  private func staying(of stage: Stage, full: Double) -> Double {
    let lost = stage.losses.reduce(0.0) { $0 + Double(max(0, $1.value)) }
    let share = stage.value > 0 ? max(0, 1 - lost / Double(stage.value)) : 0
    return thickness(of: stage.value, full: full) * share
  }

  // MARK: - Marks

  private static func across(
    from x: Double, _ top: Double, _ bottom: Double, to endX: Double, _ endTop: Double, _ endBottom: Double
  ) -> String {
    let middle = (x + endX) / 2
    return "M\(point(x, top))C\(point(middle, top)) \(point(middle, endTop)) \(point(endX, endTop))"
      + "V\(number(endBottom))C\(point(middle, endBottom)) \(point(middle, bottom)) \(point(x, bottom))Z"
  }

  private static func down(
    from y: Double, _ left: Double, _ right: Double, to endY: Double, _ endLeft: Double, _ endRight: Double
  ) -> String {
    let middle = (y + endY) / 2
    return "M\(point(left, y))C\(point(left, middle)) \(point(endLeft, middle)) \(point(endLeft, endY))"
      + "H\(number(endRight))C\(point(endRight, middle)) \(point(right, middle)) \(point(right, y))Z"
  }

  private static func point(_ x: Double, _ y: Double) -> String { "\(number(x)),\(number(y))" }

  private static func number(_ value: Double) -> String { NumberText.decimal(value, places: 3) }

  private func ribbon(_ path: String, tone: Tone, in markup: inout Markup) {
    markup.empty("path", ["class": "ribbon \(tone.rawValue)", "d": path])
  }

  private func rectangle(
    _ kind: String, x: Double, y: Double, width: Double, height: Double, in markup: inout Markup
  ) {
    markup.empty(
      "rect",
      [
        "class": kind, "x": Self.number(x), "y": Self.number(y), "width": Self.number(width),
        "height": Self.number(height),
      ])
  }

  // MARK: - Words

  /// The largest letters in which the longest number still keeps to its own column.
  private var headingSize: String {
    let longest = stages.map { NumberText.grouped($0.value).count }.max() ?? 0
    return longest <= 7 ? "largest" : longest <= 10 ? "large" : "number"
  }

  private func drawHeading(_ stage: Stage, x: Double, in markup: inout Markup) {
    let x = Picture.percent(x)
    markup.element("text", ["class": headingSize, "x": x, "y": "24"], text: NumberText.grouped(stage.value))
    for (row, line) in Label.wrapped(stage.label, to: 19, lines: 2).enumerated() {
      markup.element("text", ["x": x, "y": Picture.pixels(44 + 16 * Double(row))], text: line)
    }
  }

  private func drawLoss(_ loss: Loss, x: String, y: Double, anchor: String, in markup: inout Markup) {
    markup.element(
      "text", ["class": loss.tone.rawValue, "x": x, "y": Picture.pixels(y), "text-anchor": anchor],
      text: "−\u{202F}\(NumberText.grouped(loss.value))")
    markup.element(
      "text", ["class": "quiet", "x": x, "y": Picture.pixels(y + 16), "text-anchor": anchor],
      text: Label.shortened(loss.label, to: 22))
  }

  private func drawLossInOneLine(_ loss: Loss, y: Double, in markup: inout Markup) {
    markup.element("text", ["x": "100%", "y": Picture.pixels(y), "text-anchor": "end"]) { markup in
      markup.element(
        "tspan", ["class": loss.tone.rawValue], text: "−\u{202F}\(NumberText.grouped(loss.value))")
      markup.element("tspan", ["class": "quiet", "dx": "6"], text: Label.shortened(loss.label, to: 30))
    }
  }

  /// The bands are drawn in percent of the width and pixels of the height; the inner view stretches them to fit,
  /// which letters must not be.
  private func picture(height: Double, bands: Markup, words: Markup) -> Picture {
    Picture(height: height, summary: summary) { markup in
      markup.element(
        "svg",
        [
          "width": "100%", "height": Picture.pixels(height), "viewBox": "0 0 100 \(Picture.pixels(height))",
          "preserveAspectRatio": "none",
        ]
      ) { $0.raw(bands.xml) }
      markup.raw(words.xml)
    }
  }

  private var summary: String {
    let parts = stages.map { stage in
      let lost = stage.losses.filter { $0.value > 0 }.map { "\(NumberText.grouped($0.value)) \($0.label)" }
      return "\(NumberText.grouped(stage.value)) \(stage.label)"
        + (lost.isEmpty ? "" : " (then \(lost.joined(separator: ", ")))")
    }
    return "\(title). " + parts.joined(separator: "; ")
  }
}
