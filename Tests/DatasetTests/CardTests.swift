import Dataset
import Foundation
import PersonaRecords
import Testing

struct CardTests {
  private func counts(of instances: [SynthesizedInstance]) throws -> DatasetCounts {
    let reading = ExampleReading(format: .messages)
    var counts = DatasetCounts(parts: 2)
    for (number, instance) in instances.enumerated() {
      counts.take(try reading.example(of: instance), pair: .asked, part: number % 2)
    }
    return counts
  }

  private func card(_ counts: DatasetCounts, title: String = "bees", license: String = "other") -> String {
    DatasetCard(
      title: title, format: .messages, files: [.init(split: "train", name: "train.jsonl", rows: counts.rows)],
      counts: counts,
      sampling: counts.recipes.map {
        .init(recipe: $0.recipe, call: "answer", stated: "temperature=0.5 stop=[\"|\"]", typed: "not known")
      }, license: license, settings: [("format", "messages")]
    ).markdown()
  }

  @Test func everyNumberIsCountedInTheRows() throws {
    let counts = try counts(of: [.sample(), .sample(text: "Two?"), .sample(persona: "A baker", recipe: "logic")])
    #expect(counts.rows == 3)
    #expect(counts.rowsOfParts == [2, 1])
    #expect(counts.personaCount == 2)
    let text = card(counts)
    for part in [
      "| prompt tokens | 9 |", "| completion tokens | 6 |", "as the rows state it | 0.75 |", "| some-model | 3 |",
      "| math | zero-shot | `\(String(repeating: "ab", count: 32))` | 2 |", "| logic | zero-shot |", "n<1K",
      "synthetic",
      "4 to 15, mean 11", "license: other", "Not chosen yet",
      "| logic | zero-shot | answer | temperature=0.5 stop=[\"\\|\"] | not known |",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(!text.contains("is not a language model"))
  }

  @Test func textOfOthersStaysInItsCell() throws {
    var hostile = SynthesizedInstance.sample(recipe: "a | b\n# <script>", model: "builtin")
    hostile.finishReason = "`"
    let text = card(try counts(of: [hostile]), title: "x\"\n---\nevil: yes", license: "cc by: 4")
    #expect(!text.contains("<script>"))
    #expect(!text.contains("\n# <"))
    #expect(text.contains("a \\| b"))
    #expect(text.components(separatedBy: "\n---\n").count == 2, "the front matter ends once")
    #expect(text.contains("license: \"cc by: 4\""))
    #expect(text.contains("`builtin` is not a language model"))
  }

  @Test func trainerEntriesAreAddedToWhatIsThere() throws {
    let entry = try #require(TrainerIndex.entry(of: .messages, file: "train.jsonl", extent: .init()))
    let first = try TrainerIndex.merged([("bees", entry)], into: nil)
    let mine = #"{"other":{"hf_hub_url":"x/y","n":1.50},"bees":{"file_name":"old"},"last":[]}"#
    let merged = try TrainerIndex.merged([("bees", entry)], into: Array(mine.utf8))
    let value = try JSONValue(utf8: Array(merged.utf8))
    #expect(value.objectValue?.map(\.key) == ["other", "bees", "last"])
    #expect(value["other"]?.line == #"{"hf_hub_url":"x/y","n":1.50}"#)
    #expect(value["bees"] == (try JSONValue(utf8: Array(first.utf8)))["bees"])
    #expect(try TrainerIndex.merged([("bees", entry)], into: Array(merged.utf8)) == merged)
    for broken in ["[]", "{", "null"] {
      #expect(throws: Problem.self) { try TrainerIndex.merged([("bees", entry)], into: Array(broken.utf8)) }
    }
  }

  @Test func alpacaEntriesNameOnlyColumnsThatAreThere() throws {
    let plain = try #require(TrainerIndex.entry(of: .alpaca, file: "a.jsonl", extent: .init()))
    #expect(plain["columns"]?.objectValue?.map(\.key) == ["prompt", "query", "response"])
    var extent = ExampleWriting.Extent()
    extent.hasSystem = true
    extent.hasHistory = true
    let full = try #require(TrainerIndex.entry(of: .alpaca, file: "a.jsonl", extent: extent))
    #expect(full["columns"]?.objectValue?.map(\.key) == ["prompt", "query", "response", "system", "history"])
    #expect(TrainerIndex.entry(of: .personahub, file: "a.jsonl", extent: extent) == nil)
  }
}
