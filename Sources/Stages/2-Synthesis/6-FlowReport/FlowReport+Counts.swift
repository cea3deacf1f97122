import Charts

// The parts that are made of counts: the flow, the rounds, the hub.
extension FlowReport {
  func writeFlow(in page: inout Markup) {
    let chart = flowChart
    let isEmpty = chart.stages.allSatisfy { $0.value <= 0 }
    page.figure(caption: isEmpty ? "" : "Thickness is proportional to the count.") { page in
      page.element("div", ["class": "wide"]) { $0.raw(chart.widePicture().element) }
      page.element("div", ["class": "narrow"]) { $0.raw(chart.narrowPicture().element) }
    }
  }

  private var flowChart: FlowChart {
    let counts = content.counts
    var stages = [
      FlowChart.Stage("documents read", counts.documentsRead),
      FlowChart.Stage("personas derived", counts.personasDerived),
      FlowChart.Stage(
        "personas after expansion", counts.personasAfterExpansion,
        losses: [FlowChart.Loss("dropped by filter", counts.droppedByFilter)]),
    ]
    let passed = max(0, counts.personasAfterExpansion - counts.droppedByFilter)
    let copies = [FlowChart.Loss("duplicates", counts.duplicates, tone: .copy)]
    if counts.droppedByFilter > 0 {
      stages.append(FlowChart.Stage("passed the filter", passed, losses: copies))
    } else {
      stages[2].losses = copies
    }
    stages.append(FlowChart.Stage("kept in the hub", counts.keptInHub))
    stages.append(FlowChart.Stage("instances made", counts.instances))
    return FlowChart(title: "From texts to a data set", stages: stages)
  }

  func writeRounds(in page: inout Markup) {
    page.element(
      "p",
      text: "New personas in each round of Persona-to-Persona. A round asks who is close to the personas of the round "
        + "before it; a description that was seen earlier does not count again.")
    let bars = content.rounds.map { round in
      BarChart.Bar(round.iteration == 0 ? "From texts" : "Round \(round.iteration)", Double(round.newPersonas))
    }
    page.figure { page in
      page.raw(BarChart(title: "New personas per round", bars: bars).picture().element)
    }
  }

  func writeHub(in page: inout Markup) {
    page.element("div", ["class": "columns"]) { page in
      writeTally(content.languages, title: "Languages", in: &page) { tally in
        LanguageNames.name(of: Excerpt.of(tally.name, limit: 60))
      }
      writeTally(content.scripts, title: "Scripts", in: &page) { tally in
        tally.name.isEmpty ? "Unknown" : Excerpt.of(tally.name, limit: 60)
      }
    }
    guard !content.lengths.isEmpty else { return }
    page.element("h3", text: "Length of a persona")
    let samples = content.lengths.map { Histogram.Sample(value: $0.length, count: $0.count) }
    page.figure { page in
      page.raw(Histogram(title: "Length of a persona", unit: "characters", samples: samples).picture().element)
    }
  }

  /// The most frequent values; what does not fit becomes one bar, so that nothing is left out.
  private func writeTally(
    _ tallies: [Tally], title: String, in page: inout Markup, label: (Tally) -> String
  ) {
    guard !tallies.isEmpty else { return }
    let sorted = tallies.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    let total = Double(sorted.reduce(0) { $0 + $1.count })
    let shown = sorted.count > 14 ? 13 : sorted.count
    var bars = sorted.prefix(shown).map { tally in
      BarChart.Bar(
        label(tally), Double(tally.count), note: NumberText.percent(Double(tally.count), of: total))
    }
    let others = sorted.dropFirst(shown)
    if !others.isEmpty {
      let count = Double(others.reduce(0) { $0 + $1.count })
      bars.append(
        BarChart.Bar("\(others.count) others", count, note: NumberText.percent(count, of: total)))
    }
    page.element("div") { page in
      page.element("h3", text: title)
      page.figure { $0.raw(BarChart(title: title, bars: bars).picture().element) }
    }
  }
}
