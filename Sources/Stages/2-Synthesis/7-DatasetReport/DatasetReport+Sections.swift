import Charts
import PersonaRecords

// Sizes, habits, JSON, adherence.
extension DatasetReport {
  func writeSizes(in page: inout Markup) {
    let measures = content.measures
    for (title, unit, counts) in [
      ("Length in words", "words", measures.words), ("Length in characters", "characters", measures.characters),
    ] {
      guard let spread = Spread(counts) else { continue }
      page.element("h3", text: title)
      page.figure(
        caption:
          "From \(NumberText.grouped(spread.smallest)) to \(NumberText.grouped(spread.largest)); half of the texts have "
          + "\(NumberText.grouped(spread.low)) to \(NumberText.grouped(spread.high)), the middle one "
          + "\(NumberText.grouped(spread.median))."
      ) { page in
        let samples = counts.map { Histogram.Sample(value: $0.key, count: $0.value) }
        page.raw(Histogram(title: title, unit: unit, samples: samples).picture().element)
      }
    }
    page.element("h3", text: "Languages, guessed")
    let ranked = measures.languages.ranked
    var bars = ranked.prefix(13).map { name, count in
      BarChart.Bar(LanguageNames.name(of: name), Double(count), note: share(count))
    }
    let others = ranked.dropFirst(13)
    if !others.isEmpty {
      let count = others.reduce(0) { $0 + $1.count }
      bars.append(.init("\(others.count) others", Double(count), note: share(count)))
    }
    page.figure { $0.raw(BarChart(title: "Languages", bars: bars).picture().element) }
  }

  func writeHabits(in page: inout Markup) {
    let openings = content.measures.openings
    page.element(
      "p",
      text:
        "A model that is asked the same thing again and again falls into habits. Words are compared without case and "
        + "punctuation."
        + (openings.error + content.measures.phrases.error > 0
          ? " Rare ones were forgotten on the way, so a count may be too low by \(max(openings.error, content.measures.phrases.error))."
          : ""))
    page.element("div", ["class": "columns"]) { page in
      Self.bars(
        "First four words", openings.top(12).map { ($0.key, $0.entry.count) }, share: share,
        nothing: "No four words open two texts.", in: &page)
      Self.bars(
        "Phrases that stand in the most rows", content.phrases.prefix(12).map { ($0.text, $0.rows) }, share: share,
        nothing: "No five words in a row stand in two texts.", in: &page)
    }
  }

  private static func bars(
    _ title: String, _ counts: [(name: String, count: Int)], share: (Int) -> String, nothing: String,
    in page: inout Markup
  ) {
    page.element("div") { page in
      page.element("h3", text: title)
      guard !counts.isEmpty else { return page.element("p", text: nothing) }
      let bars = counts.map { BarChart.Bar(Excerpt.of($0.name, limit: 80), Double($0.count), note: share($0.count)) }
      page.figure { $0.raw(BarChart(title: title, bars: bars).picture().element) }
    }
  }

  func writeJSON(in page: inout Markup) {
    let json = content.measures.json
    var figures = [
      ("begin like an object or an array", json.begun), ("valid JSON", json.valid),
      ("encoded twice", json.encodedTwice),
      ("in a code fence", json.fenced),
    ]
    if content.measures.schema != nil {
      figures.append(("have exactly the keys of \(content.schemaName)", json.keysMatch))
      figures.append(("fit \(content.schemaName) in full", json.fitting))
      if let copies = content.nearCopies { figures.append(("of these, near-copies of an earlier row", copies.fitting)) }
    }
    page.table(caption: "Texts that are JSON", columns: [("Texts that", "file"), ("Rows", "count"), ("Share", "case")])
    { page in
      for (name, count) in figures { Self.row(name, NumberText.grouped(count), share(count), in: &page) }
    }
    let failures = json.failures.top(40, least: 1)
    guard !failures.isEmpty else { return }
    page.table(
      caption: "Why the others do not, with one case for each reason",
      columns: [("Reason", "file"), ("Rows", "count"), ("One case", "case")]
    ) { page in
      for (reason, entry) in failures {
        page.element("tr", ["role": "row"]) { page in
          page.element("th", ["scope": "row", "role": "rowheader", "class": "file"]) { page in
            page.element("bdi", text: Excerpt.of(reason, limit: 240))
          }
          page.element("td", ["role": "cell", "class": "count"], text: NumberText.grouped(entry.count))
          page.element("td", ["role": "cell", "class": "case"]) { page in
            page.element("span", ["class": "quiet"], text: "Row \(NumberText.grouped(entry.first))")
            Self.quote(content.texts[entry.first], in: &page)
          }
        }
      }
    }
  }

  func writeAdherence(in page: inout Markup) {
    guard let adherence = content.adherence else { return page.element("p", text: content.adherenceNote) }
    let (low, high) = adherence.interval
    page.element(
      "p",
      text:
        "Texts and personas as vectors (\(adherence.model)). A text made with a persona in mind should be nearer in meaning "
        + "to it than to another persona of the data set, drawn by chance. It is a measure of subject, not of quality; "
        + "the model knows English best, and reads the beginning of long texts only.")
    Self.adherenceTable(adherence, low: low, high: high, in: &page)
    page.table(
      caption: "The \(adherence.worst.count) rows farthest from their personas",
      columns: [("Row and persona", "file"), ("Cosine", "count"), ("Text", "case")]
    ) { page in
      for row in adherence.worst {
        page.element("tr", ["role": "row"]) { page in
          page.element("th", ["scope": "row", "role": "rowheader", "class": "file"]) { page in
            page.element("span", ["class": "quiet"], text: "Row \(NumberText.grouped(row.row))")
            page.element("p", ["dir": "auto", "class": "quote"], text: Excerpt.of(row.persona, limit: 200))
          }
          page.element("td", ["role": "cell", "class": "count"], text: NumberText.decimal(row.own, places: 3))
          page.element("td", ["role": "cell", "class": "case"]) { Self.quote(row.text, in: &$0) }
        }
      }
    }
  }

  private static func adherenceTable(_ adherence: Adherence, low: Double, high: Double, in page: inout Markup) {
    func percent(_ share: Double) -> String { NumberText.decimal(share * 100, places: 1) + "%" }
    page.table(caption: "Measured", columns: [("Figure", "file"), ("Value", "count"), ("", "case")]) { page in
      row("rows measured", NumberText.grouped(adherence.measured), "", in: &page)
      row(
        "nearer to its own persona", percent(adherence.share), "95% interval: \(percent(low)) to \(percent(high))",
        in: &page)
      row("median cosine to its own persona", NumberText.decimal(adherence.medianOwn, places: 3), "", in: &page)
      row("median cosine to another persona", NumberText.decimal(adherence.medianOther, places: 3), "", in: &page)
    }
  }
}
