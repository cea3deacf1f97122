import Foundation
import HubStore
import PersonaRecords
import Testing

@Suite struct StatisticsTests {
  @Test func everythingIsCounted() throws {
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    var personas = (0..<6).map { Sample.persona($0) }
    personas[1].origin.verb = "like"
    personas.append(
      Persona(text: "Ein Müller", origin: .init(kind: .imported, file: "p.jsonl", row: 1), model: "other"))
    personas.append(Sample.child(7, of: personas[0].id))
    personas.append(Sample.child(8, of: personas[0].id, iteration: 2))
    try hub.append(personas + [Sample.persona(0, row: 77)])
    try hub.drop(stage: "quality-filter", operation: HubOperation("filter")) { _, row in
      row == 2 || row == 3 ? Verdict(id: "", stage: "", keep: false, reason: row == 2 ? "too-short" : "refusal") : nil
    }
    let statistics = try hub.statistics()
    #expect(statistics.rows == 7 && statistics.droppedRows == 2 && statistics.furtherOrigins == 1)
    #expect(statistics.byIteration.map { "\($0.name) \($0.rows)" } == ["0 5", "1 1", "2 1"])
    #expect(statistics.byOriginKind.map { "\($0.name) \($0.rows)" } == ["text 4", "relation 2", "import 1"])
    #expect(statistics.byModel.map { "\($0.name) \($0.rows)" } == ["builtin 6", "other 1"])
    #expect(statistics.byVerb.map { "\($0.name) \($0.rows)" } == ["read 3", "like 1"])
    #expect(
      statistics.droppedByReason.map { "\($0.stage) \($0.reason) \($0.rows)" } == [
        "quality-filter refusal 1", "quality-filter too-short 1",
      ])
    #expect(statistics.byteCount == hub.manifest.byteCount)
    #expect(statistics.lengths.quantile(0) == 10)
    let json = try JSONValue(text: statistics.json)
    #expect(json["characters"]?["shortest"]?.intValue == 10)
    #expect(json["byVerb"]?.arrayValue?.first?["verb"]?.stringValue == "read")
  }

  @Test func anEmptyHubHasStatisticsToo() throws {
    let folder = try TemporaryFolder()
    let statistics = try Hub.openOrCreate(at: folder.at("hub")).statistics()
    #expect(statistics.rows == 0 && statistics.lengths.quantile(0.5) == 0 && statistics.lengths.mean == 0)
    #expect(statistics.lengths.histogram(step: 10).isEmpty)
  }

  @Test func theHistogramHasNoGapsAndLosesNothing() throws {
    let folder = try TemporaryFolder()
    let hub = try Hub.openOrCreate(at: folder.at("hub"))
    try hub.append(
      [1, 2, 3, 45].map { Persona(text: String(repeating: "x", count: $0), origin: .init(kind: .imported)) })
    let histogram = try hub.statistics().lengths.histogram(step: 10)
    #expect(histogram.map(\.from) == [0, 10, 20, 30, 40] && histogram.map(\.rows) == [3, 0, 0, 0, 1])
  }
}
