/// How often values of each size occur, as columns over an axis of round numbers.
package struct Histogram: Sendable, Equatable {
  /// One value and how often it occurs, so that a hub of millions is passed in as a few hundred pairs.
  package struct Sample: Sendable, Equatable {
    package var value: Int
    package var count: Int

    package init(value: Int, count: Int) {
      self.value = value
      self.count = count
    }
  }

  /// Values from `start` up to but without `end`; the last one may take everything above.
  package struct Bin: Sendable, Equatable {
    package var start: Int
    package var end: Int
    package var count: Int
    package var isOpenEnded = false
  }

  package var title: String
  /// What the values measure, for example "characters".
  package var unit: String
  package let bins: [Bin]

  /// - Parameter samples: in any order; values below 0 and counts below 1 are left out.
  package init(title: String, unit: String, samples: [Sample], about binCount: Int = 32) {
    self.title = title
    self.unit = unit
    // Clamped far above anything real, so that sums of damaged values stay in range.
    let limit = 1 << 50
    self.bins = Self.bins(
      of: samples.filter { $0.value >= 0 && $0.count > 0 }
        .map { Sample(value: min($0.value, limit), count: min($0.count, limit)) },
      about: binCount)
  }

  static let plotStart = 10.0
  static let plotHeight = 150.0

  package func picture() -> Picture {
    let tallest = bins.map(\.count).max() ?? 0
    guard tallest > 0, let first = bins.first, let last = bins.last else { return .nothing(title: title) }
    let axis = AxisTicks(upTo: Double(tallest), wholeNumbers: true)
    let top = 18.0
    let floor = top + Self.plotHeight
    let slot = (100 - Self.plotStart) / Double(bins.count)
    return Picture(height: floor + 42, summary: summary) { markup in
      for tick in axis.values {
        let y = floor - tick / axis.end * Self.plotHeight
        markup.empty(
          "line",
          [
            "class": tick == 0 ? "base" : "grid", "x1": "0", "x2": "100%", "y1": Picture.pixels(y),
            "y2": Picture.pixels(y),
          ])
        if tick > 0 {
          markup.element(
            "text", ["class": "quiet", "x": "0", "y": Picture.pixels(y - 4)], text: NumberText.compact(tick))
        }
      }
      for (place, bin) in bins.enumerated() {
        let height = Double(bin.count) / axis.end * Self.plotHeight
        markup.element("g") { markup in
          markup.element("title", text: words(bin))
          markup.empty(
            "rect",
            [
              "class": "bar main", "x": Picture.percent(Self.plotStart + (Double(place) + 0.06) * slot),
              "y": Picture.pixels(floor - height), "width": Picture.percent(slot * 0.88),
              "height": Picture.pixels(height),
            ])
        }
      }
      drawAxis(from: first.start, to: last, floor: floor, in: &markup)
      markup.element(
        "text", ["class": "quiet", "x": "100%", "y": Picture.pixels(floor + 36), "text-anchor": "end"],
        text: last.isOpenEnded ? "\(unit); the last column holds \(NumberText.grouped(last.start)) and more" : unit)
    }
  }

  /// Round numbers under the edges of the columns they belong to.
  private func drawAxis(from start: Int, to last: Bin, floor: Double, in markup: inout Markup) {
    let width = max(1, (bins.first?.end ?? 1) - start)
    let spread = Double(width * bins.count)
    let step = AxisTicks.roundStep(spread / 6, wholeNumbers: true)
    var tick = (Double(start) / step).rounded(.up) * step
    while tick <= Double(start) + spread {
      let share = (tick - Double(start)) / spread
      // At the right end an open column goes on, so a number there would lie.
      if !(last.isOpenEnded && tick > Double(last.start)) {
        let isFirst = share == 0
        markup.element(
          "text",
          [
            "class": "quiet", "x": Picture.percent(Self.plotStart + share * (100 - Self.plotStart)),
            "y": Picture.pixels(floor + 18), "text-anchor": isFirst ? "start" : share > 0.99 ? "end" : "middle",
          ], text: NumberText.compact(tick) + (last.isOpenEnded && Int(tick) == last.start ? "+" : ""))
      }
      tick += step
    }
  }

  private static func bins(of samples: [Sample], about binCount: Int) -> [Bin] {
    let sorted = samples.sorted { ($0.value, $0.count) < ($1.value, $1.count) }
    guard let smallest = sorted.first?.value, let largest = sorted.last?.value else { return [] }
    // A few giants must not squeeze all others into one column: they share the last one.
    let usual = quantile(0.99, of: sorted)
    let end = largest > smallest + 3 * max(1, usual - smallest) ? usual : largest
    let rough = Double(end - smallest + 1) / Double(max(1, binCount))
    let width = Int(AxisTicks.roundStep(rough, wholeNumbers: true).rounded())
    var start = smallest / width * width
    var count = max(1, (end - start) / width + 1)
    // One lone column would fill the whole width and look like much.
    if count < 7 {
      start = max(0, start - (7 - count) / 2 * width)
      count = 7
    }
    if end < largest { count += 1 }
    var bins = (0..<count).map { Bin(start: start + $0 * width, end: start + ($0 + 1) * width, count: 0) }
    for sample in sorted {
      bins[min((sample.value - start) / width, count - 1)].count += sample.count
    }
    bins[count - 1].isOpenEnded = largest >= bins[count - 1].end
    return bins
  }

  private static func quantile(_ share: Double, of sorted: [Sample]) -> Int {
    let total = sorted.reduce(0.0) { $0 + Double($1.count) }
    var seen = 0.0
    for sample in sorted {
      seen += Double(sample.count)
      if seen >= share * total { return sample.value }
    }
    return sorted.last?.value ?? 0
  }

  private func words(_ bin: Bin) -> String {
    let range =
      bin.isOpenEnded
      ? "\(NumberText.grouped(bin.start)) and more"
      : bin.end - bin.start == 1
        ? NumberText.grouped(bin.start)
        : "\(NumberText.grouped(bin.start))–\(NumberText.grouped(bin.end - 1))"
    return "\(range) \(unit): \(NumberText.grouped(bin.count))"
  }

  private var summary: String {
    "\(title). " + bins.filter { $0.count > 0 }.map(words).joined(separator: "; ")
  }
}
