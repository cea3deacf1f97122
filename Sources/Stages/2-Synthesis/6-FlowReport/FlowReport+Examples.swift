import Charts
import PersonaRecords

// Cards that follow one text through the whole flow.
extension FlowReport {
  func writeExamples(in page: inout Markup) {
    page.element(
      "p",
      text: "Each card follows one text: the persona it implies, the people around that persona, and what was "
        + "written for one of them.")
    for (place, example) in content.examples.enumerated() {
      page.raw("\n")
      page.element("article", ["class": "card", "aria-labelledby": "example-\(place + 1)"]) { page in
        page.element("h3", ["id": "example-\(place + 1)"]) { page in
          page.text("Example \(place + 1)")
          page.element("span", ["class": "quiet"]) { page in
            page.text(LanguageNames.name(of: Excerpt.of(example.language, limit: 40)) + " · ")
            page.element("bdi", text: Self.place(of: example))
          }
        }
        page.element("div", ["class": "card-body"]) { page in
          writeText(of: example, in: &page)
          writeChain(of: example, in: &page)
        }
        for instance in example.instances { write(instance, in: &page) }
      }
    }
  }

  private static func place(of example: Example) -> String {
    let file = Excerpt.of(example.file, limit: 120)
    return example.row > 0 ? "\(file):\(example.row)" : file
  }

  private func writeText(of example: Example, in page: inout Markup) {
    page.element("div", ["class": "source"]) { page in
      page.element("p", ["class": "step"], text: "Text")
      let text = Excerpt.of(example.text, limit: 520)
      if let tag = LanguageNames.tag(example.language) {
        page.element("blockquote", ["dir": "auto", "lang": tag], text: text)
      } else {
        page.element("blockquote", ["dir": "auto"], text: text)
      }
    }
  }

  private func writeChain(of example: Example, in page: inout Markup) {
    page.element("div") { page in
      page.element("p", ["class": "step"], text: example.relations.isEmpty ? "Persona" : "Persona and relations")
      page.element("ol", ["class": "chain"]) { page in
        page.element("li", ["class": "first"]) { page in
          page.element("span", ["class": "relation"]) { page in
            page.text("would ")
            page.element("bdi", text: Excerpt.of(example.verb, limit: 40))
            page.text(" this text")
          }
          page.element("p", ["dir": "auto"], text: Excerpt.of(example.persona, limit: 400))
        }
        for relation in example.relations.prefix(PaperSettings.expansionIterations) {
          page.element("li") { page in
            page.element("span", ["class": "relation"]) {
              $0.element("bdi", text: Excerpt.of(relation.name, limit: 80))
            }
            page.element("p", ["dir": "auto"], text: Excerpt.of(relation.persona, limit: 400))
          }
        }
      }
    }
  }

  private func write(_ instance: Instance, in page: inout Markup) {
    page.element("div", ["class": "instance"]) { page in
      page.element("p", ["class": "step"]) { page in
        page.element("bdi", text: Excerpt.of(instance.recipe, limit: 60))
        page.element(
          "span", ["class": "quiet"],
          text: instance.iteration == 0
            ? "for the persona of the text" : "for the persona of round \(instance.iteration)")
      }
      page.element("p", ["dir": "auto", "class": "made"], text: Excerpt.of(instance.text, limit: 1200))
    }
  }
}
