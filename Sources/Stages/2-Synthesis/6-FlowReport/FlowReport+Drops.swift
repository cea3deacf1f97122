import Charts

// What left, and what never got in.
extension FlowReport {
  func writeDrops(in page: inout Markup) {
    page.element(
      "p",
      text: "Nothing is deleted without a reason: every dropped row is kept beside the hub with the rule that "
        + "dropped it.")
    let drops = content.drops
    if !drops.isEmpty {
      writeBars(drops, title: "Dropped personas by reason", in: &page)
      writeTable(drops, caption: "Dropped personas, with one case for each reason", in: &page)
    }
    if !content.rejectedInstances.isEmpty {
      page.element("h3", text: "Instances that did not pass the checks")
      writeTable(
        content.rejectedInstances, caption: "Rejected instances, with one case for each reason", in: &page)
    }
  }

  private func writeBars(_ drops: [Drop], title: String, in page: inout Markup) {
    let total = Double(drops.reduce(0) { $0 + $1.count })
    let bars = drops.map { drop in
      BarChart.Bar(
        Excerpt.of(drop.reason, limit: 80), Double(drop.count), note: NumberText.percent(Double(drop.count), of: total),
        tone: drop.kind == .duplicate ? .copy : .loss)
    }
    page.figure { $0.raw(BarChart(title: title, bars: bars).picture().element) }
  }

  private func writeTable(_ drops: [Drop], caption: String, in page: inout Markup) {
    page.table(
      caption: caption, columns: [("Reason", "reason"), ("Rows", "count"), ("One case", "case")]
    ) { page in
      for drop in drops {
        page.element("tr", ["role": "row"]) { page in
          page.element("th", ["scope": "row", "role": "rowheader", "class": "reason"]) { page in
            page.element("span", ["class": "tag \(drop.kind.rawValue)"], text: Self.name(of: drop.kind))
            page.element("bdi", text: Excerpt.of(drop.reason, limit: 80))
            if !drop.explanation.isEmpty {
              page.element("span", ["class": "quiet"], text: Excerpt.of(drop.explanation, limit: 240))
            }
          }
          page.element("td", ["role": "cell", "class": "count"], text: NumberText.grouped(drop.count))
          page.element("td", ["role": "cell", "class": "case"]) { page in
            if let example = drop.example { write(example, in: &page) }
          }
        }
      }
    }
  }

  private func write(_ example: Drop.Case, in page: inout Markup) {
    page.element("p", ["dir": "auto", "class": "quote"], text: Excerpt.of(example.text, limit: 280))
    guard !example.representative.isEmpty else { return }
    page.element("p", ["class": "quiet kept"]) { page in
      page.text("Kept instead")
      if example.similarity > 0 {
        page.text(", similarity \(NumberText.decimal(example.similarity, places: 3))")
      }
      page.text(":")
    }
    page.element("p", ["dir": "auto", "class": "quote"], text: Excerpt.of(example.representative, limit: 280))
  }

  private static func name(of kind: Drop.Kind) -> String {
    switch kind {
    case .filter: "filter"
    case .duplicate: "duplicate"
    case .check: "check"
    }
  }

  func writeSetAside(in page: inout Markup) {
    let shown = content.setAside.count
    let total = content.setAsideTotal
    page.element(
      "p",
      text: "\(Self.count(total, "record")) of the input could not be used; the rest went on without "
        + (total == 1 ? "it." : "them.")
        + (shown == 0 || shown == total
          ? "" : shown == 1 ? " The first one is listed." : " The first \(NumberText.grouped(shown)) are listed."))
    guard shown > 0 else { return }
    page.table(
      caption: "Records set aside", columns: [("File", "file"), ("Row", "count"), ("Reason", "case")]
    ) { page in
      for record in content.setAside {
        page.element("tr", ["role": "row"]) { page in
          page.element("th", ["scope": "row", "role": "rowheader", "class": "file"]) { page in
            page.element("bdi", text: Excerpt.of(record.file, limit: 160))
          }
          page.element(
            "td", ["role": "cell", "class": "count"], text: record.row > 0 ? NumberText.grouped(record.row) : "–")
          page.element(
            "td", ["role": "cell", "class": "case", "dir": "auto"], text: Excerpt.of(record.reason, limit: 320))
        }
      }
    }
  }

  func writeSettings(in page: inout Markup) {
    page.table(
      caption: "Settings of this run", columns: [("Setting", "file"), ("Value", "case")]
    ) { page in
      for setting in [Setting("model", content.model)] + content.settings {
        page.element("tr", ["role": "row"]) { page in
          page.element("th", ["scope": "row", "role": "rowheader", "class": "file"]) { page in
            page.element("bdi", text: Excerpt.of(setting.name, limit: 80))
          }
          page.element("td", ["role": "cell", "class": "case"]) { page in
            page.element("bdi", text: Excerpt.of(setting.value, limit: 240))
          }
        }
      }
    }
  }
}
