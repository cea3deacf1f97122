import Charts
import PersonaRecords

/// The report of a data set, ours or anybody's: what was counted in its texts, as one page or as JSON.
package struct DatasetReport: Sendable {
  package let content: Content

  /// Near-copies that the page shows; their texts have to be in `content.texts`.
  package static let shownCopies = 12

  package init(_ content: Content) { self.content = content }

  private var measures: DatasetMeasures { content.measures }

  /// The page, UTF-8 text to be written as it is.
  package func html() -> String {
    ReportPage(eyebrow: "persona-hub · report of a data set", title: content.title, lead: lead, sections: sections)
      .html()
  }

  private var sections: [ReportPage.Section] {
    var sections = [ReportPage.Section(id: "rows", title: "Rows", write: writeRows)]
    guard measures.rows > 0 else { return sections }
    if content.nearCopies != nil || measures.repeats > 0 {
      sections.append(.init(id: "copies", title: "Repeats and near-copies", write: writeCopies))
    }
    sections.append(.init(id: "sizes", title: "Lengths and languages", write: writeSizes))
    sections.append(.init(id: "habits", title: "What comes again and again", write: writeHabits))
    if measures.json.begun > 0 || measures.schema != nil {
      sections.append(.init(id: "json", title: "JSON", write: writeJSON))
    }
    if content.adherence != nil || !content.adherenceNote.isEmpty {
      sections.append(.init(id: "adherence", title: "Is the persona in the text?", write: writeAdherence))
    }
    return sections
  }

  private var lead: String {
    guard measures.rows > 0 else { return "There are no rows with a text at \"\(content.key)\"." }
    var text = "\(Self.count(measures.rows, "row")) with a text at \"\(content.key)\". "
    if measures.schema != nil {
      text +=
        "\(NumberText.grouped(measures.json.fitting)) (\(share(measures.json.fitting))) fit \(content.schemaName). "
    }
    if let copies = content.nearCopies {
      text +=
        copies.count == 0
        ? "No row nearly repeats the words of another. "
        : "\(NumberText.grouped(copies.count)) (\(share(copies.count))) nearly repeat the words of another row, "
          + "\(NumberText.grouped(measures.repeats)) of them exactly. "
    }
    if measures.refusals > 0 {
      text += "\(Self.count(measures.refusals, "row")) \(measures.refusals == 1 ? "opens" : "open") like a refusal. "
    }
    if let adherence = content.adherence {
      text +=
        "In \(NumberText.decimal(adherence.share * 100, places: 1))% of the rows measured the text is "
        + "nearer in meaning to its own persona than to another."
    }
    return text
  }

  /// With a decimal, for 99.8% is not 100%.
  func share(_ count: Int) -> String {
    let percent = Double(count) / Double(max(measures.rows, 1)) * 100
    if count > 0, percent < 0.1 { return "<0.1%" }
    if count < measures.rows, percent >= 99.95 { return ">99.9%" }
    return NumberText.decimal(percent, places: 1) + "%"
  }

  /// `1 row`, `2 rows`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(NumberText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  // MARK: Rows

  private func writeRows(in page: inout Markup) {
    var figures: [(String, Int, String)] = [
      ("rows with a text", measures.rows, ""),
      ("lines that could not be read", content.unreadable.total, ""),
      ("empty texts", measures.empty, share(measures.empty)),
      ("texts that repeat an earlier one exactly, white space aside", measures.repeats, share(measures.repeats)),
      ("texts that open like a refusal", measures.refusals, share(measures.refusals)),
    ]
    if let copies = content.nearCopies {
      figures.insert(
        (
          "rows whose words nearly repeat those of an earlier row (\(copies.threshold))", copies.count,
          share(copies.count)
        ),
        at: 4)
    }
    page.table(caption: "What was counted", columns: [("Figure", "file"), ("Rows", "count"), ("Share", "case")]) {
      page in
      for (name, count, share) in figures { Self.row(name, NumberText.grouped(count), share, in: &page) }
    }
    guard content.unreadable.total > 0 else { return }
    page.table(
      caption: "Lines that could not be read", columns: [("Reason", "file"), ("Lines", "count"), ("", "case")]
    ) {
      page in
      for (name, count) in content.unreadable.ranked.prefix(12) {
        Self.row(name, NumberText.grouped(count), "", in: &page)
      }
    }
  }

  /// A row of three cells.
  static func row(_ name: String, _ count: String, _ text: String, in page: inout Markup) {
    page.element("tr", ["role": "row"]) { page in
      page.element("th", ["scope": "row", "role": "rowheader", "class": "file"]) { page in
        page.element("bdi", text: Excerpt.of(name, limit: 240))
      }
      page.element("td", ["role": "cell", "class": "count"], text: count)
      page.element("td", ["role": "cell", "class": "case"]) { page in
        if !text.isEmpty { page.element("bdi", text: Excerpt.of(text, limit: 320)) }
      }
    }
  }

  // MARK: Copies

  private func writeCopies(in page: inout Markup) {
    guard let copies = content.nearCopies else { return }
    page.element(
      "p",
      text:
        "Two texts are near-copies when the Jaccard similarity of their sets of words is at least \(copies.threshold); of "
        + "each cluster the first row stays. All pairs are found, none is estimated.")
    let rest = max(0, copies.count - measures.repeats)
    page.figure { page in
      page.raw(
        BarChart(
          title: "Copies",
          bars: [
            .init("different", Double(measures.rows - copies.count), note: share(measures.rows - copies.count)),
            .init(
              "exact repeats", Double(min(measures.repeats, copies.count)), note: share(measures.repeats), tone: .copy),
            .init("near-copies", Double(rest), note: share(rest), tone: .copy),
          ]
        ).picture().element)
    }
    let shown = copies.shown(Self.shownCopies)
    guard !shown.isEmpty else { return }
    page.table(
      caption: shown.count < copies.count
        ? "\(shown.count) of \(NumberText.grouped(copies.count))" : "All of them",
      columns: [("Row", "file"), ("Similarity", "count"), ("Text, and the row it repeats", "case")]
    ) { page in
      for copy in shown {
        page.element("tr", ["role": "row"]) { page in
          page.element(
            "th", ["scope": "row", "role": "rowheader", "class": "file"],
            text: "\(NumberText.grouped(copy.row)) repeats \(NumberText.grouped(copy.of))")
          page.element("td", ["role": "cell", "class": "count"], text: NumberText.decimal(copy.similarity, places: 3))
          page.element("td", ["role": "cell", "class": "case"]) { page in
            Self.quote(content.texts[copy.row], in: &page)
            page.element("p", ["class": "quiet kept"], text: "Stays:")
            Self.quote(content.texts[copy.of], in: &page)
          }
        }
      }
    }
  }

  static func quote(_ text: String?, in page: inout Markup) {
    guard let text else { return }
    page.element("p", ["dir": "auto", "class": "quote"], text: Excerpt.of(text, limit: 240))
  }
}
