import Charts

/// One page that tells how texts became a hub and a data set: content in, HTML out.
///
/// What `ReportPage` promises holds for it: one file, well-formed, and equal content gives equal bytes.
package struct FlowReport: Sendable {
  package let content: Content

  package init(_ content: Content) {
    self.content = content
  }

  /// The page, UTF-8 text to be written as it is.
  package func html() -> String {
    ReportPage(eyebrow: "persona-hub · report of a run", title: content.title, lead: lead, sections: sections) { page in
      if content.model == "builtin" { writeBuiltinNote(in: &page) }
    }.html()
  }

  /// The parts that have something to say, in reading order.
  private var sections: [ReportPage.Section] {
    var sections = [ReportPage.Section(id: "flow", title: "From texts to a data set", write: writeFlow)]
    if !content.rounds.isEmpty {
      sections.append(ReportPage.Section(id: "rounds", title: "Personas per round", write: writeRounds))
    }
    if !content.drops.isEmpty || !content.rejectedInstances.isEmpty {
      sections.append(ReportPage.Section(id: "dropped", title: "What was dropped, and why", write: writeDrops))
    }
    if !(content.languages.isEmpty && content.scripts.isEmpty && content.lengths.isEmpty) {
      sections.append(ReportPage.Section(id: "hub", title: "Who is in the hub", write: writeHub))
    }
    if !content.examples.isEmpty {
      sections.append(ReportPage.Section(id: "examples", title: "Examples", write: writeExamples))
    }
    if content.setAsideTotal > 0 {
      sections.append(ReportPage.Section(id: "set-aside", title: "Input set aside", write: writeSetAside))
    }
    sections.append(ReportPage.Section(id: "settings", title: "Settings", write: writeSettings))
    return sections
  }

  /// The whole run in a few plain sentences.
  private var lead: String {
    let counts = content.counts
    guard counts.documentsRead > 0 || counts.personasAfterExpansion > 0 else { return "No texts were read." }
    let rounds = content.rounds.filter { $0.iteration > 0 }.count
    var text = "\(Self.count(counts.documentsRead, "text")) gave \(Self.count(counts.personasDerived, "persona"))"
    if counts.personasAfterExpansion > counts.personasDerived {
      let during = rounds > 0 ? " over \(Self.count(rounds, "round"))" : ""
      text += "; following their relations\(during) made that \(NumberText.grouped(counts.personasAfterExpansion))"
    }
    text += ". "
    let dropped = counts.droppedByFilter + counts.duplicates
    if dropped > 0 {
      text +=
        "\(NumberText.grouped(counts.droppedByFilter)) did not pass the quality rules and "
        + "\(NumberText.grouped(counts.duplicates)) repeated another, which leaves "
        + "\(NumberText.grouped(counts.keptInHub)) in the hub. "
    } else {
      text += "\(NumberText.grouped(counts.keptInHub)) are in the hub. "
    }
    if counts.instances > 0 {
      text += "From these, \(Self.count(counts.instances, "checked instance")) of a data set "
      text += counts.instances == 1 ? "was made." : "were made."
    }
    return text
  }

  private func writeBuiltinNote(in page: inout Markup) {
    page.element("aside", ["class": "note", "aria-label": "About the model"]) { page in
      page.element("p") { page in
        page.element("strong") { page in
          page.text("The model of this run, ")
          page.element("code", text: "builtin")
          page.text(", is not a language model.")
        }
        page.text(
          " It is a deterministic text analyser with word lists and templates, there so that everything can be tried "
            + "without a network or a key. What it wrote shows how the flow works, not how well a language model writes."
        )
      }
    }
  }

  /// `1 text`, `2 texts`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(NumberText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
