/// A finished drawing: as an element inside a page, or as a file of its own.
///
/// Drawings have a fixed height and take the whole width they are given: positions along the width are percentages,
/// so that letters keep their size on a telephone and on a wide screen alike.
package struct Picture: Sendable, Equatable {
  /// In CSS pixels.
  package let height: Double
  /// What the picture says, in words, for those who cannot see it.
  package let summary: String
  let body: String

  init(height: Double, summary: String, draw: (inout Markup) -> Void) {
    var body = Markup()
    draw(&body)
    self.height = height
    self.summary = summary
    self.body = body.xml
  }

  /// The `svg` element for a page whose style sheet contains `styleSheet`.
  package var element: String {
    var markup = Markup()
    markup.element(
      "svg",
      [
        "class": "chart", "role": "img", "aria-label": summary, "width": "100%",
        "height": NumberText.decimal(height, places: 1),
      ]
    ) { $0.raw(body) }
    return markup.xml
  }

  /// A complete SVG file with its own colours.
  package var file: String {
    var markup = Markup()
    markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img", "aria-label": summary,
        "width": "100%", "height": NumberText.decimal(height, places: 1),
      ]
    ) { markup in
      markup.element("style") { $0.raw(Self.colours + Self.styleSheet) }
      markup.raw(body)
    }
    return markup.xml + "\n"
  }

  /// Percent of the width, as the drawings write it.
  static func percent(_ share: Double) -> String { NumberText.decimal(share, places: 3) + "%" }

  /// Pixels of the height.
  static func pixels(_ length: Double) -> String { NumberText.decimal(length, places: 2) }

  /// Rules for the classes in the drawings; a page may set the `--chart-…` colours.
  package static let styleSheet = """
    .chart{display:block;overflow:visible;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    .chart text{fill:var(--chart-ink);font-size:13px;font-variant-numeric:tabular-nums;unicode-bidi:isolate}
    .chart .quiet{fill:var(--chart-quiet);font-size:12px}
    .chart .number{font-weight:600}
    .chart .large{font-size:20px;font-weight:600;letter-spacing:-.01em}
    .chart .largest{font-size:26px;font-weight:600;letter-spacing:-.015em}
    .chart .track{fill:var(--chart-track)}
    .chart .grid{stroke:var(--chart-track);stroke-width:1}
    .chart .base{stroke:var(--chart-quiet);stroke-width:1;opacity:.6}
    .chart .main{fill:var(--chart-main)}
    .chart .loss{fill:var(--chart-loss)}
    .chart .copy{fill:var(--chart-copy)}
    .chart text.loss,.chart text.copy,.chart tspan.loss,.chart tspan.copy{font-weight:600}
    .chart .ribbon{opacity:.2}
    """

  private static let colours = """
    .chart{--chart-ink:#22262b;--chart-quiet:#5c6570;--chart-track:#e6e3dc;--chart-main:#2f6690;\
    --chart-loss:#a4472f;--chart-copy:#86661a}
    @media (prefers-color-scheme:dark){.chart{--chart-ink:#e7e4de;--chart-quiet:#a2a9b2;--chart-track:#30353b;\
    --chart-main:#7fb0d6;--chart-loss:#e0937a;--chart-copy:#d3b25f}}

    """
}

/// What a mark stands for; the colour follows.
package enum Tone: String, Sendable {
  case main
  /// Something that left.
  case loss
  /// Something that left because it repeats another.
  case copy
}
