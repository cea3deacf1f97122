/// The frame that all our reports share: one file that loads nothing and runs no script.
///
/// It says so to the browser (a content security policy), so that a hostile text could do nothing even if it got past the
/// escaping. It is well-formed XML, holds no time, path or random name of its own, and equal content gives equal bytes.
package struct ReportPage {
  /// A part of the page and its entry in the table of contents.
  package struct Section {
    package var id: String
    package var title: String
    package var write: (inout Markup) -> Void

    package init(id: String, title: String, write: @escaping (inout Markup) -> Void) {
      self.id = id
      self.title = title
      self.write = write
    }
  }

  /// A few words above the title.
  package var eyebrow: String
  package var title: String
  /// What the page says, in a few plain sentences.
  package var lead: String
  /// What has to be known before anything else; nothing if it writes nothing.
  package var note: (inout Markup) -> Void
  package var sections: [Section]

  package init(
    eyebrow: String, title: String, lead: String, sections: [Section],
    note: @escaping (inout Markup) -> Void = { _ in }
  ) {
    self.eyebrow = eyebrow
    self.title = title
    self.lead = lead
    self.sections = sections
    self.note = note
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
    page.element("title", text: Excerpt.of(title, limit: 160))
    page.element("style") { $0.raw(Self.styleSheet + Picture.styleSheet) }
  }

  private func writeHeader(in page: inout Markup) {
    page.raw("\n")
    page.element("header") { page in
      page.element("p", ["class": "eyebrow"], text: eyebrow)
      page.element("h1", ["dir": "auto"], text: Excerpt.of(title, limit: 160))
      page.element("p", ["class": "lead"], text: lead)
      note(&page)
      page.element("nav", ["aria-label": "On this page"]) { page in
        page.element("ol") { page in
          for section in sections {
            page.element("li") { $0.element("a", ["href": "#\(section.id)"], text: section.title) }
          }
        }
      }
    }
  }
}

extension Markup {
  /// A figure, with a caption if there is one.
  package mutating func figure(caption: String = "", content: (inout Markup) -> Void) {
    element("figure") { page in
      content(&page)
      if !caption.isEmpty { page.element("figcaption", text: caption) }
    }
  }

  /// A table that stays one for screen readers where the style sheet stacks its cells on a narrow screen: browsers
  /// forget what a table is once its `display` changes, so the roles are written out.
  package mutating func table(
    caption: String, columns: [(title: String, kind: String)], rows: (inout Markup) -> Void
  ) {
    element("table", ["role": "table"]) { page in
      page.element("caption", text: caption)
      page.element("thead", ["role": "rowgroup"]) { page in
        page.element("tr", ["role": "row"]) { page in
          for column in columns {
            page.element("th", ["scope": "col", "role": "columnheader", "class": column.kind], text: column.title)
          }
        }
      }
      page.element("tbody", ["role": "rowgroup"]) { rows(&$0) }
    }
  }
}
