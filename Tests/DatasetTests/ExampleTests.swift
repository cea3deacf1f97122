import Dataset
import PersonaRecords
import Testing

/// What of an instance becomes a training example, and how it is written.
struct ExampleTests {
  private func lines(
    _ format: DatasetFormat, _ instances: [SynthesizedInstance], pair: TrainingPair? = nil, outputField: String? = nil,
    keepsSystem: Bool? = nil
  ) throws -> [String] {
    let reading = ExampleReading(format: format, pair: pair, outputField: outputField, keepsSystem: keepsSystem)
    let examples = try instances.map { try reading.example(of: $0) }
    var extent = ExampleWriting.Extent()
    for example in examples { extent.take(example) }
    let writing = ExampleWriting(format: format, extent: extent)
    return examples.map { String(decoding: writing.line($0), as: UTF8.self) }
  }

  @Test func askedIsTheDefaultAndKeepsTheSystemMessage() throws {
    let row =
      #"{"messages":[{"role":"system","content":"You write problems."},{"role":"user","content":"Write one."},"#
      + #"{"role":"assistant","content":"How many hives?"}]}"#
    #expect(try lines(.messages, [.sample()]) == [row])
    #expect(try lines(.openai, [.sample()]) == [row])
    let dropped = try lines(.messages, [.sample()], keepsSystem: false)[0]
    #expect(!dropped.contains("system"))
  }

  @Test func anOutputFieldMakesTheTextAQuestion() throws {
    let solved = SynthesizedInstance.sample(fields: [.init("solution", .string("Nine.")), .init("n", .number("9"))])
    #expect(
      try lines(.messages, [solved], outputField: "solution")
        == [#"{"messages":[{"role":"user","content":"How many hives?"},{"role":"assistant","content":"Nine."}]}"#])
    #expect(
      try lines(.alpaca, [solved], outputField: "n")
        == [#"{"instruction":"How many hives?","input":"","output":"9"}"#])
    #expect(try lines(.text, [solved], outputField: "solution") == [#"{"text":"How many hives?\n\nNine."}"#])
  }

  @Test func turnsBecomeAConversationInEveryFormat() throws {
    let talk = SynthesizedInstance.conversation(4)
    #expect(
      try lines(.sharegpt, [talk])
        == [
          #"{"conversations":[{"from":"human","value":"say 0"},{"from":"gpt","value":"say 1"},"#
            + #"{"from":"human","value":"say 2"},{"from":"gpt","value":"say 3"}]}"#
        ])
    #expect(
      try lines(.alpaca, [talk])
        == [#"{"instruction":"say 2","input":"","output":"say 3","history":[["say 0","say 1"]]}"#])
  }

  /// A loader infers types from the first rows: a key that comes later, or not always, breaks it.
  @Test func allAlpacaRowsOfADataSetHaveTheSameKeys() throws {
    let rows = try lines(.alpaca, [.sample(), .conversation(2), .conversation(6)])
    for row in rows {
      let keys = try JSONValue(utf8: Array(row.utf8)).objectValue?.map(\.key)
      #expect(keys == ["instruction", "input", "output", "system", "history"])
    }
  }

  @Test func theReleasedKeysAndTheParquetColumns() throws {
    #expect(
      try lines(.personahub, [.sample()])
        == [
          #"{"input persona":"A beekeeper who counts mites","synthesized text":"How many hives?","description":"math"}"#
        ])
    let row = try JSONValue(utf8: Array(try lines(.parquet, [.sample()])[0].utf8))
    #expect(row.objectValue?.map(\.key) == ["id", "recipe", "personaID", "persona", "messages"])
  }

  @Test func whatCannotBeExportedSaysWhy() {
    func reason(
      _ format: DatasetFormat, _ instance: SynthesizedInstance, pair: TrainingPair? = nil, outputField: String? = nil
    ) -> String {
      let reading = ExampleReading(format: format, pair: pair, outputField: outputField)
      do throws(ExportRefusal) {
        _ = try reading.example(of: instance)
        return ""
      } catch {
        return error.reason
      }
    }
    func turns(_ text: String) -> SynthesizedInstance { .sample(fields: [.init("turns", .string(text))]) }
    for format in [DatasetFormat.openai, .alpaca, .sharegpt] {
      #expect(reason(format, .sample(), pair: .promptOnly) == "no-answer")
      #expect(reason(format, .conversation(3)) == "no-answer")
      #expect(reason(format, .conversation(4)) == "")
    }
    #expect(reason(.messages, .sample(), pair: .promptOnly) == "")
    #expect(reason(.messages, .conversation(3)) == "")
    #expect(reason(.messages, .sample(), pair: .conversation) == "no-turns")
    #expect(reason(.messages, .sample(text: " \n\u{3000}")) == "empty-text")
    #expect(reason(.text, .sample(text: "")) == "empty-text")
    #expect(reason(.messages, .sample(messages: [])) == "nothing-asked")
    #expect(reason(.messages, .sample(), outputField: "solution") == "output-missing")
    #expect(reason(.messages, .sample(fields: [.init("s", .object([]))]), outputField: "s") == "output-missing")
    for broken in [
      "", "nonsense", "[]", "{}", "[1]", #"[{"role":"user"}]"#, #"[{"role":"assistant","content":"x"}]"#,
      #"[{"role":"user","content":" "}]"#, #"[{"role":"user","content":"x"},{"role":"user","content":"y"}]"#,
      #"[{"role":"tool","content":"x"}]"#, #"[{"role":"system","content":"x"}]"#,
    ] { #expect(reason(.messages, turns(broken)) == "turns-broken", "\(broken)") }
  }
}
