import Charts

/// One page that tells how texts became a hub and a data set: content in, HTML out.
///
/// The page is a single file that loads nothing, runs no script and says so to the browser (a content security
/// policy), so that a hostile text could do nothing even if it got past the escaping. It is well-formed XML, holds no
/// time, path or random name of its own, and equal content gives equal bytes.
package struct FlowReport: Sendable {
  package let content: Content

  package init(_ content: Content) {
    self.content = content
  }

  /// The page, UTF-8 text to be written as it is.
  package func html() -> String {
    var page = Markup()
    page.raw("<!DOCTYPE html>\n")
    page.element("html", ["lang": "en"]) { page in
      page.element("head") { writeHead(in: &$0) }
      page.raw("\n")
      page.element("body") { page in
        writeHeader(in: &page)
        page.element("main") { page in
          for section in sections {
            page.raw("\n")
            page.element("section", ["id": section.id, "aria-labelledby": "\(section.id)-title"]) { page in
              page.element("h2", ["id": "\(section.id)-title"], text: section.title)
              section.write(&page)
            }
          }
        }
        page.raw("\n")
        page.element("footer") { page in
          page.element(
            "p",
            text: "Written by persona-hub. This page is one file: it loads nothing, runs no script, and can be sent on."
          )
        }
      }
    }
    page.raw("\n")
    return page.xml
  }

  /// A part of the page and its entry in the table of contents.
  struct Section {
    var id: String
    var title: String
    var write: (inout Markup) -> Void
  }

  /// The parts that have something to say, in reading order.
  private var sections: [Section] {
    var sections = [Section(id: "flow", title: "From texts to a data set", write: writeFlow)]
    if !content.rounds.isEmpty {
      sections.append(Section(id: "rounds", title: "Personas per round", write: writeRounds))
    }
    if !content.drops.isEmpty || !content.rejectedInstances.isEmpty {
      sections.append(Section(id: "dropped", title: "What was dropped, and why", write: writeDrops))
    }
    if !(content.languages.isEmpty && content.scripts.isEmpty && content.lengths.isEmpty) {
      sections.append(Section(id: "hub", title: "Who is in the hub", write: writeHub))
    }
    if !content.examples.isEmpty {
      sections.append(Section(id: "examples", title: "Examples", write: writeExamples))
    }
    if content.setAsideTotal > 0 {
      sections.append(Section(id: "set-aside", title: "Input set aside", write: writeSetAside))
    }
    sections.append(Section(id: "settings", title: "Settings", write: writeSettings))
    return sections
  }

  // MARK: - Head and header

  private func writeHead(in page: inout Markup) {
    page.empty("meta", ["charset": "utf-8"])
    page.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    page.empty("meta", ["name": "color-scheme", "content": "light dark"])
    page.empty(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      ])
    page.element("title", text: Excerpt.of(content.title, limit: 160))
    page.element("style") { $0.raw(Self.styleSheet + Picture.styleSheet) }
  }

  private func writeHeader(in page: inout Markup) {
    page.raw("\n")
    page.element("header") { page in
      page.element("p", ["class": "eyebrow"], text: "persona-hub · report of a run")
      page.element("h1", ["dir": "auto"], text: Excerpt.of(content.title, limit: 160))
      page.element("p", ["class": "lead"], text: lead)
      if content.model == "builtin" { writeBuiltinNote(in: &page) }
      page.element("nav", ["aria-label": "On this page"]) { page in
        page.element("ol") { page in
          for section in sections {
            page.element("li") { $0.element("a", ["href": "#\(section.id)"], text: section.title) }
          }
        }
      }
    }
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
