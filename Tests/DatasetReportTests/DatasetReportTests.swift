import DatasetReport
import Foundation
import JSONSchemas
import PersonaRecords
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct DatasetReportTests {
  @Test func countsAreExactUntilThereAreTooManyAndThenAtLeastNearlySo() {
    let seed: UInt64 = 3
    var random = SeededRandom(seed: seed)
    var exact: [Int: Int] = [:]
    var wide = FrequentCounter<Int>(limit: 100_000)
    var narrow = FrequentCounter<Int>(limit: 200)
    for place in 0..<50_000 {
      // A few come often, most hardly ever.
      let key = random.below(2) == 0 ? random.below(10) : random.below(20_000)
      exact[key, default: 0] += 1
      wide.count(key, at: place)
      narrow.count(key, at: place)
    }
    #expect(wide.error == 0)
    #expect(wide.entries.mapValues(\.count) == exact, "seed \(seed)")
    #expect(narrow.error > 0 && narrow.entries.count <= 200)
    let best = Set(exact.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10).map(\.key))
    #expect(Set(narrow.top(10).map(\.key)) == best, "seed \(seed)")
    for (key, entry) in narrow.entries {
      let count = exact[key] ?? 0
      #expect(entry.count <= count && entry.count >= count - narrow.error, "seed \(seed): \(key)")
    }
  }

  private func measures(of texts: [String], schema: JSONSchema? = nil) -> DatasetMeasures {
    var measures = DatasetMeasures(schema: schema)
    for (row, text) in texts.enumerated() { measures.take(JSONReading(text), row: row + 1, isRefusal: text == "no") }
    return measures
  }

  @Test func overlappingRunsAreOnePhrase() {
    let texts = (0..<9).map { "Number \($0) says: take one step at a time and breathe, said \($0 * 7)" }
    let measures = measures(of: texts + ["nothing of the kind here at all"])
    let phrases = measures.phrases.phrases(
      5, texts: Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($0.offset + 1, $0.element) }))
    #expect(
      phrases == [
        .init(words: "says take one step at a time and breathe said".split(separator: " ").map(String.init), rows: 9)
      ])
  }

  @Test func rowsAreCountedAsTheyAre() throws {
    let measures = measures(of: ["", " \n", "no", "A b  c", "a B c", "A b c", "one two three four five"])
    #expect(measures.rows == 7)
    #expect(measures.empty == 2)
    #expect(measures.refusals == 1 && measures.firstRefusals == [3])
    #expect(measures.repeats == 1 && measures.firstRepeats == [6])
    let words = try #require(Spread(measures.words))
    #expect((words.smallest, words.median, words.largest) == (1, 3, 5))
    #expect(measures.openings.entries.keys.sorted() == ["one two three four"])
    #expect(Spread([:]) == nil)
  }

  @Test func theIntervalIsWilsons() {
    func adherence(_ nearer: Int, of total: Int) -> DatasetReport.Adherence {
      .init(
        model: "m",
        rows: (0..<total).map {
          .init(row: $0, own: $0 < nearer ? 0.9 : 0.1, other: 0.5, persona: "p", text: "t")
        })
    }
    // Known values: 8 of 10 gives 49.0% to 94.3%.
    let known = adherence(8, of: 10).interval
    #expect(abs(known.low - 0.4902) < 1e-4 && abs(known.high - 0.9433) < 1e-4)
    #expect(adherence(10, of: 10).interval.high == 1)
    #expect(adherence(0, of: 10).interval.low == 0)
    #expect(adherence(8, of: 10).worst.map(\.row).prefix(3) == [8, 9, 0])
    #expect(adherence(1, of: 2).medianOwn == 0.5)
  }

  @Test func hostileTextStaysText() throws {
    let hostile = "<script>alert(1)</script> & \"quotes\" ]]> \u{0}\u{202E}"
    var content = DatasetReport.Content(
      title: hostile, key: hostile,
      measures: measures(of: [hostile, hostile + " more", "{\"<img src=x>\": }", hostile], schema: .toolInterface))
    content.unreadable[hostile] = 2
    content.schemaName = hostile
    content.phrases = [.init(words: [hostile], rows: 2)]
    content.texts = [1: hostile, 2: hostile, 3: "{\"<img src=x>\": }"]
    var copies = DatasetReport.NearCopies(threshold: "0.9")
    copies.count = 1
    copies.first = [.init(row: 2, of: 1, similarity: 0.95)]
    content.nearCopies = copies
    content.adherence = .init(
      model: hostile, rows: [.init(row: 1, own: 0.1, other: 0.2, persona: hostile, text: hostile)])
    let html = DatasetReport(content).html()
    #expect(!html.contains("<script") && !html.contains("<img"))
    #expect(html.contains("&lt;script&gt;"))
    #expect(XMLParser(data: Data(html.utf8)).parse(), "well-formed")
    #expect(html == DatasetReport(content).html())
    let json = try JSONValue(utf8: Array(DatasetReport(content).json().utf8))
    #expect(json["title"]?.stringValue == hostile)
    #expect(json["nearCopies"]?["first"]?.arrayValue?.first?["of"]?.intValue == 1)
  }

  @Test func aDataSetWithoutRowsHasAPageToo() {
    let html = DatasetReport(.init(title: "empty.jsonl", key: "text", measures: measures(of: []))).html()
    #expect(XMLParser(data: Data(html.utf8)).parse())
    #expect(html.contains("There are no rows"))
  }
}
