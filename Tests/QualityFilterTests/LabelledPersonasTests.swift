import Foundation
import Testing

/// Precision and recall on rows that were labelled by hand, against the tables in docs/filter.md.
@Suite struct LabelledPersonasTests {
  @Test(arguments: ["labels.jsonl", "held-out.jsonl"]) func theTablesOfTheDocsAreWhatTheFilterDoes(file: String) throws
  {
    let page = try String(contentsOf: LabelledPersonas.root.appending(path: "docs/filter.md"), encoding: .utf8)
    let table = try LabelledPersonas(file).table.joined(separator: "\n")
    let isInDocs = page.contains(table)
    #expect(isInDocs, "docs/filter.md should hold, for \(file):\n\(table)")
  }

  @Test func thereAreEnoughLabelledRows() throws {
    let development = try LabelledPersonas("labels.jsonl").rows.count
    let heldOut = try LabelledPersonas("held-out.jsonl").rows.count
    #expect(development + heldOut >= 300)
    #expect(heldOut >= 60)
  }

  @Test func fewGoodPersonasGoAndMostPoorOnesDo() throws {
    for file in ["labels.jsonl", "held-out.jsonl"] {
      let labelled = try LabelledPersonas(file)
      #expect(labelled.precision >= 0.95)
      #expect(labelled.recall >= 0.75)
    }
  }
}
