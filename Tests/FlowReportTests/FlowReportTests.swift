import Charts
import FlowReport
import Foundation
import PersonaRecords
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct FlowReportTests {
  @Test func thePageIsWellFormed() throws {
    let page = try #require(ParsedPage(FlowReport(.sample).html()))
    #expect(page.elementCounts["section"] == 7)
    #expect(page.elementCounts["article"] == 2)
    #expect(page.elementCounts["h1"] == 1)
    #expect(page.ids.count == Set(page.ids).count, "every id once")
    for target in page.links { #expect(page.ids.contains(String(target.dropFirst())), "\(target) leads nowhere") }
  }

  @Test func theCountsStandInThePage() throws {
    let text = try #require(ParsedPage(FlowReport(.sample).html())).text
    for number in [64, 256, 1642, 121, 163, 1358, 48, 1521] {
      #expect(text.contains(NumberText.grouped(number)), "\(number)")
    }
    #expect(text.contains("64 texts gave 256 personas; following their relations over 2 rounds"))
  }

  @Test func aTextThroughTheWholeFlowCanBeRead() throws {
    let text = try #require(ParsedPage(FlowReport(.sample).html())).text
    let parts = [
      "notes.txt:3", "Bed 12: temperature down", "would write this text", "A night nurse", "patient",
      "A child who asks for whales", "math", "for the persona of round 1", "How many whales",
    ]
    var rest = text[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) is missing or out of order")
      rest = rest[range.upperBound...]
    }
  }

  @Test func aDuplicateIsShownBesideTheOneKept() throws {
    let text = try #require(ParsedPage(FlowReport(.sample).html())).text
    #expect(text.contains("Kept instead, similarity 0.917:"))
    #expect(text.contains("A nurse on the night ward"))
  }

  @Test(arguments: [
    "<script>alert('x')</script>", "\"><img src=x onerror=alert(1)>", "]]></style></title><!-- --><?php ?>",
    "&lt;b&gt; &amp; &#0; &bogus;", "\u{0}\u{1}\u{B}\u{1B}[31m\u{7F}\u{85}",
    "\u{202E}desrever \u{2066}no end \u{2067}", "javascript:alert(1)", "a\r\nb\rc\u{2028}d",
  ])
  func hostileTextIsOnlyText(hostile: String) throws {
    let plain = try #require(ParsedPage(FlowReport(.filled(with: "plain")).html()))
    let html = FlowReport(.filled(with: hostile)).html()
    let page = try #require(ParsedPage(html))
    // A bar whose label is long has a second rectangle under it; all else must be equal.
    #expect(
      page.elementCounts.filter { $0.key != "rect" } == plain.elementCounts.filter { $0.key != "rect" },
      "no text becomes an element")
    #expect(page.attributeNames == plain.attributeNames, "no text becomes an attribute")
    #expect(!html.contains("<script") && !html.contains("<img"))
    let allowed: Set<Unicode.Scalar> = ["\n"]
    #expect(html.unicodeScalars.allSatisfy { $0.value >= 0x20 || allowed.contains($0) })
  }

  @Test func aScriptInATextIsShown() throws {
    let page = try #require(ParsedPage(FlowReport(.filled(with: "<script>alert('x')</script>")).html()))
    #expect(page.text.contains("<script>alert('x')</script>"))
  }

  @Test func textsHaveTheirOwnDirectionAndLanguage() {
    let html = FlowReport(.sample).html()
    #expect(html.contains("<blockquote dir=\"auto\" lang=\"ar\">"))
    #expect(html.contains("<bdi>"))
    var content = FlowReport.Content.sample
    content.examples[0].language = "\" onload=\"x"
    #expect(!FlowReport(content).html().contains("lang=\"&quot;"), "what is no language code is no attribute")
  }

  @Test func hugeTextsAreCut() throws {
    let html = FlowReport(.filled(with: String(repeating: "words and words ", count: 100_000))).html()
    #expect(html.utf8.count < 100_000)
    let marks = FlowReport(.filled(with: "Z" + String(repeating: "\u{0301}", count: 1_000_000))).html()
    #expect(marks.utf8.count < 100_000)
    #expect(!marks.contains(String(repeating: "\u{0301}", count: 13)))
  }

  @Test func theSameContentGivesTheSameBytes() {
    #expect(FlowReport(.sample).html() == FlowReport(.sample).html())
    var shuffled = FlowReport.Content.sample
    shuffled.languages.reverse()
    shuffled.lengths.reverse()
    #expect(FlowReport(shuffled).html() == FlowReport(.sample).html(), "the order of tallies does not matter")
  }

  @Test func thePageLoadsNothing() throws {
    let html = FlowReport(.sample).html()
    for loading in ["http://", "https://", "//cdn", "url(", "@import", "<script", "<link", "<iframe", "src="] {
      #expect(!html.contains(loading), "\(loading)")
    }
    #expect(html.contains("default-src &#39;none&#39;"))
  }

  @Test func chartsAndTablesCanBeHeard() throws {
    let page = try #require(ParsedPage(FlowReport(.sample).html()))
    #expect(page.charts.count >= 5)
    #expect(page.charts.allSatisfy { $0["role"] == "img" && !($0["aria-label"] ?? "").isEmpty })
    #expect(page.elementCounts["caption"] == page.elementCounts["table"])
  }

  @Test func nothingAtAllIsAPageToo() throws {
    let content = FlowReport.Content(
      title: "",
      counts: .init(
        documentsRead: 0, personasDerived: 0, personasAfterExpansion: 0, droppedByFilter: 0, duplicates: 0,
        keptInHub: 0, instances: 0), model: "")
    let page = try #require(ParsedPage(FlowReport(content).html()))
    #expect(page.text.contains("No texts were read."))
    #expect(page.elementCounts["section"] == 2)
  }

  @Test func onlyTheEmbeddedModelHasTheNote() {
    let note = "is not a language model"
    #expect(FlowReport(.sample).html().contains(note))
    var content = FlowReport.Content.sample
    content.model = "gpt-4o"
    #expect(!FlowReport(content).html().contains(note))
  }

  @Test func setAsideSaysHowManyMoreThereAre() throws {
    var content = FlowReport.Content.sample
    content.setAside = [
      .init(Problem("this line is no JSON", at: .init(file: "a.jsonl", line: 17), cause: "column 4"))
    ]
    content.setAsideTotal = 23
    let text = try #require(ParsedPage(FlowReport(content).html())).text
    #expect(text.contains("23 records of the input could not be used"))
    #expect(text.contains("The first one is listed."))
    #expect(text.contains("this line is no JSON (column 4)"))
  }
}

extension FlowReport.Content {
  static let sample = FlowReport.Content(
    title: "Demo",
    counts: .init(
      documentsRead: 64, personasDerived: 256, personasAfterExpansion: 1642, droppedByFilter: 121, duplicates: 163,
      keptInHub: 1358, instances: 48),
    rounds: [
      .init(iteration: 0, newPersonas: 256), .init(iteration: 1, newPersonas: 700),
      .init(iteration: 2, newPersonas: 686),
    ],
    drops: [
      .init(
        kind: .filter, reason: "too-short", explanation: "Fewer than 4 words.", count: 121,
        example: .init(text: "A nurse")),
      .init(
        kind: .duplicate, reason: "near-copy", count: 163,
        example: .init(
          text: "A nurse on a night ward", representative: "A nurse on the night ward", similarity: 0.91666)),
    ],
    rejectedInstances: [.init(kind: .check, reason: "solution-inside", count: 2)],
    languages: [.init(name: "en", count: 900), .init(name: "ar", count: 229), .init(name: "ja", count: 229)],
    scripts: [.init(name: "Latin", count: 900), .init(name: "Arabic", count: 458)],
    lengths: (40..<160).map { .init(length: $0, count: 1 + $0 % 11) },
    examples: [
      .init(
        text: "Night shift notes. Bed 12: temperature down to 37.9 after the second dose.", file: "notes.txt", row: 3,
        language: "en", verb: "write", persona: "A night nurse",
        relations: [.init(name: "patient", persona: "A child who asks for whales")],
        instances: [.init(recipe: "math", text: "Math problem: How many whales are left?", iteration: 1)]),
      .init(
        text: "المحكمة، بعد الاطلاع على الأوراق", file: "ruling.txt", row: 0, language: "ar", verb: "read",
        persona: "محامية شابة تدافع عن المستأجرين"),
    ],
    setAside: [.init(file: "a.jsonl", row: 17, reason: "this line is no JSON")],
    model: "builtin", settings: [.init("seed", "1"), .init("surface threshold", "0.9")])

  /// A page in which every text a user can bring is the same.
  static func filled(with text: String) -> FlowReport.Content {
    FlowReport.Content(
      title: text, counts: sample.counts, rounds: sample.rounds,
      drops: [
        .init(
          kind: .duplicate, reason: text, explanation: text, count: 3,
          example: .init(text: text, representative: text, similarity: 0.95))
      ],
      languages: [.init(name: text, count: 1)], scripts: [.init(name: text, count: 1)], lengths: sample.lengths,
      examples: [
        .init(
          text: text, file: text, row: 1, language: text, verb: text, persona: text,
          relations: [.init(name: text, persona: text)], instances: [.init(recipe: text, text: text, iteration: 1)])
      ],
      setAside: [.init(file: text, row: 1, reason: text)], model: text, settings: [.init(text, text)])
  }
}

/// A page as Foundation's XML parser sees it; nil where it is not well-formed.
private final class ParsedPage: NSObject, XMLParserDelegate {
  private(set) var elementCounts: [String: Int] = [:]
  private(set) var attributeNames: Set<String> = []
  private(set) var ids: [String] = []
  private(set) var links: [String] = []
  private(set) var charts: [[String: String]] = []
  private(set) var text = ""

  init?(_ html: String) {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
    attributes attributeDict: [String: String]
  ) {
    elementCounts[elementName, default: 0] += 1
    for (name, value) in attributeDict {
      attributeNames.insert("\(elementName) \(name)")
      if name == "id" { ids.append(value) }
      if name == "href" { links.append(value) }
    }
    if attributeDict["class"] == "chart" { charts.append(attributeDict) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
