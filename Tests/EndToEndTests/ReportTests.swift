import Foundation
import PersonaRecords
import Testing

/// `report`, on files of our own and on files like those released with the paper.
@Suite struct ReportTests {
  private static let tool =
    #"{\\n\\\"name\\\": \\\"NAME\\\", \\\"description\\\": \\\"d\\\", \\\"function_name\\\": \\\"f\\\", "#
    + #"\\\"input_args\\\": [\\\"a\\\"], \\\"return\\\": {\\\"x\\\": \\\"y\\\"}, \\\"depend\\\": \\\"none\\\"}"#

  /// Rows as released: JSON inside a JSON string inside JSON.
  private static func row(_ inner: String) -> String {
    #"{"input persona": "A <script>alert(1)</script> writer", "synthesized text": "\""# + inner
      + #"\"", "description": "tool development"}"# + "\n"
  }

  @Test func toolInterfacesOfTheReleasedShapeAreReadAndCounted() async throws {
    try await inFreshFolder { program in
      let names = ["Tide Table", "Ferry Plan", "Bread Scale", "Ferry Plan"]
      var rows = names.map { Self.row(Self.tool.replacing("NAME", with: $0)) }
      rows.append(Self.row(Self.tool.replacing("function_name", with: "function_names")))
      rows.append(Self.row(#"{'single': 'quotes'}"#))
      rows.append(Self.row(#"```json\\n"# + Self.tool + #"\\n```"#))
      rows.append(Self.row("No JSON at all"))
      try program.write("tools.jsonl", rows.joined())
      let result = try await program.run("report", "tools.jsonl", "--tools", "-o", "r.html", "--json")
      #expect(result.code == 0, "\(result.err)")
      let report = try JSONValue(utf8: Array(result.out.utf8))
      #expect(report["key"]?.stringValue == "synthesized text")
      #expect(report["rows"]?.intValue == 8)
      #expect(report["exactRepeats"]?.intValue == 1)
      let json = try #require(report["json"])
      #expect(json["encodedTwice"]?.intValue == 8)
      #expect(json["fenced"]?.intValue == 1)
      #expect(json["valid"]?.intValue == 6)
      #expect(json["keysMatch"]?.intValue == 5)
      #expect(json["fitting"]?.intValue == 5)
      let failures = json["failures"]?.arrayValue ?? []
      #expect(failures.map { $0["exampleRow"]?.intValue } == [5, 6, 8])
      #expect(failures.first?["reason"]?.stringValue == "the value lacks function_name")
      // "NAME" in a fence has the words of no other row; the second "Ferry Plan" repeats row 2.
      #expect(report["nearCopies"]?["first"]?.arrayValue?.first?["of"]?.intValue == 2)
      let page = try program.read("r.html")
      #expect(!page.contains("<script"))
      #expect(page.hasPrefix("<!DOCTYPE html>"))
    }
  }

  @Test func nearCopiesAreThoseOfDedup() async throws {
    try await inFreshFolder { program in
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      try await program.run("derive", "texts.jsonl", "--every-verb", "--quiet")
      try await program.run("synthesize", "--recipe", "math", "--count", "30", "-o", "math.jsonl", "--quiet")
      for threshold in ["0.9", "0.5"] {
        let report = try await program.run("report", "math.jsonl", "--near", threshold, "--json", "--quiet")
        let dedup = try await program.run(
          "dedup", "math.jsonl", "--key", "text", "--threshold", threshold, "--method", "exact", "-o", "kept.jsonl",
          "--json")
        let copies = try JSONValue(utf8: Array(report.out.utf8))["nearCopies"]
        #expect(copies?["count"]?.intValue == dedup.count("dropped"))
      }
      // Exported files are data sets too; what the assistant says there is the text of the instances.
      let texts = try JSONValue(utf8: Array(try await program.run("report", "math.jsonl", "--json").out.utf8))["words"]
      for format in ["messages", "sharegpt", "alpaca", "text", "personahub"] {
        try await program.run("export", "math.jsonl", "-o", "\(format).jsonl", "--format", format, "--quiet")
        let report = try await program.run("report", "\(format).jsonl", "--json", "--quiet")
        #expect(try JSONValue(utf8: Array(report.out.utf8))["words"] == texts, "\(format)")
      }
      let one = try await program.run("report", "math.jsonl", "-o", "one.html", "--json")
      let two = try await program.run("report", "math.jsonl", "-o", "two.html", "--json")
      #expect(one.out == two.out)
      #expect(try program.read("one.html") == program.read("two.html"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: program.folder.path).allSatisfy { !$0.contains("work") })
    }
  }

  @Test func badInputIsCountedAndEndsNothing() async throws {
    try await inFreshFolder { program in
      try program.write(
        "bad.jsonl", "x\n\0\0\n{\"other\":1}\n{\"text\":7}\n{\"text\":\"I'm sorry, but I can't\"}\n[]\n")
      let result = try await program.run("report", "bad.jsonl", "--json", "--allow-failures", "100%", "-o", "r.html")
      #expect(result.code == 0, "\(result.err)")
      #expect(result.count("rows") == 1)
      #expect(result.count("unreadable") == 5)
      #expect(result.count("refusals") == 1)
      #expect(try await program.run("report", "bad.jsonl", "--quiet").code == 2)
      try program.write("empty.jsonl", "")
      let empty = try await program.run("report", "empty.jsonl", "--json", "-o", "e.html")
      #expect(empty.code == 0, "\(empty.err)")
      #expect(empty.count("rows") == 0)
      try program.write("schema.json", "{\"pattern\":\"x\"}")
      for (arguments, code) in [
        (["report", "absent.jsonl"], 1), (["report", "-"], 64), (["report"], 64),
        (["report", "bad.jsonl", "--near", "2"], 64), (["report", "bad.jsonl", "--tools", "--schema", "s"], 64),
        (["report", "bad.jsonl", "--schema", "schema.json"], 64), (["report", "bad.jsonl", "--schema", "absent"], 64),
      ] as [([String], Int32)] {
        let result = try await program.run(arguments)
        #expect(result.code == code, "\(arguments): \(result.code) \(result.err)")
      }
    }
  }

  @Test func adherenceNeedsPersonasAndFindsThem() async throws {
    try await inFreshFolder { program in
      guard
        FileManager.default.fileExists(
          atPath: Program.package.appending(path: ".tools/all-MiniLM-L6-v2/config.json").path)
      else { return }
      let pairs = [
        ("A night nurse on a cancer ward", "How many millilitres of morphine are in the drip of patient 4?"),
        ("A beekeeper in the hills", "A hive loses 40 bees a day to mites. When are half of them gone?"),
        ("A baker of rye bread", "The dough rises by a third each hour. How long until the loaf is twice as large?"),
        ("A teacher of Welsh to children", "Twelve pupils learn five Welsh words each. How many words are that?"),
      ]
      func rows(_ shift: Int) -> String {
        pairs.indices.map { place in
          #"{"persona":"\#(pairs[place].0)","text":"\#(pairs[(place + shift) % pairs.count].1)"}"# + "\n"
        }.joined()
      }
      try program.write("own.jsonl", rows(0))
      try program.write("others.jsonl", rows(1))
      var medians: [Double] = []
      for name in ["own", "others"] {
        let result = try await program.run("report", "\(name).jsonl", "--adherence", "--json")
        #expect(result.code == 0, "\(result.err)")
        let adherence = try #require(try JSONValue(utf8: Array(result.out.utf8))["adherence"])
        #expect(adherence["measured"]?.intValue == 4)
        if name == "own" { #expect(adherence["nearerToOwn"]?.intValue == 4) }
        medians.append(adherence["medianOwn"]?.doubleValue ?? 0)
      }
      #expect(medians[0] > medians[1])
      try program.write("one.jsonl", "{\"persona\":\"A\",\"text\":\"x\"}\n")
      let one = try await program.run("report", "one.jsonl", "--adherence", "--json")
      #expect(one.code == 0 && one.out.contains("adherenceNote"))
    }
  }
}
