import Foundation
import PersonaRecords
import TestSupport
import Testing

/// Recipes as their users run them: every one in every mode offline, calls that feed on calls, conversations, panels.
@Suite struct RecipeRunTests {
  private static let recipes = [
    "classification-data", "code-problem", "dialogue-scene", "instruction", "knowledge", "logic", "math",
    "math-professional", "npc", "reaction", "reading-material", "ruozhiba", "spatial-logic", "tool", "tool-code",
  ]

  /// A hub of the shipped texts and those related to them.
  private func withHub(_ body: (Program) async throws -> Void) async throws {
    try await inFreshFolder { program in
      try program.write("texts.jsonl", SampleTexts.jsonLines)
      #expect(try await program.run("derive", "texts.jsonl").code == 0)
      #expect(try await program.run("expand", "--rounds", "2").code == 0)
      try await body(program)
    }
  }

  @Test func theListIsWhole() async throws {
    try await inFreshFolder { program in
      let listed = try await program.run("recipes", "list").out.split(separator: "\n").map {
        String($0.split(separator: "\t")[0])
      }
      #expect(Set(listed) == Set(Self.recipes + ["judge"]))
      for recipe in listed {
        let checked = try await program.run("recipes", "check", recipe, "--json")
        let modes = recipe == "judge" ? 1 : 3
        #expect(checked.code == 0 && checked.out.split(separator: "\n").count == modes, "\(recipe): \(checked.err)")
      }
    }
  }

  @Test func dryRunsOfConversationsAndPanelsAskNothing() async throws {
    try await withHub { program in
      try program.write(
        "i.jsonl", "{\"persona\":\"A smith\",\"text\":\"How do I temper a blade?\"}\nno row\n")
      try program.write("q.yaml", "question: Tea or coffee?\nchoices: [tea, coffee]\n")
      let before = try program.contents(of: ".")
      let model = ["--model", "m", "--price", "1,2", "--rpm", "2", "--max-tokens", "200", "--dry-run", "--json"]
      func plan(_ arguments: String...) async throws -> Program.Result {
        let result = try await program.run(arguments + model)
        #expect(result.code == 0, "\(result.err)")
        return result
      }
      let talk = try await plan("converse", "i.jsonl", "--turns", "3", "-o", "c.jsonl")
      #expect(talk.count("conversations") == 1 && talk.count("unreadable") == 1 && talk.count("calls") == 5)
      #expect(talk.count("completionTokens") == 5 * 150 && talk.json["minutesLow"] as? Double == 2.5)
      #expect((talk.json["prompt"] as? String)?.contains("temper a blade") == true)
      // Each call sees what was said before it: the fillers alone are 0 + 1 + 2 + 3 + 4 messages of 150 tokens.
      #expect(talk.count("promptTokens") > 10 * 150)
      let most = try #require(talk.json["costUSDHigh"] as? Double)
      let about = try #require(talk.json["costUSD"] as? Double)
      #expect(about > 0 && most > about && talk.json["costUSDLow"] == nil)
      let pair = try await plan("converse", "--with", "persona", "--count", "4", "--turns", "2", "-o", "t.jsonl")
      #expect(pair.count("conversations") == 4 && pair.count("calls") == 16)
      let panel = try await plan("panel", "--question", "q.yaml", "--size", "6", "-o", "a.jsonl")
      #expect(panel.count("members") == 6 && panel.count("calls") == 6)
      #expect((panel.json["prompt"] as? String)?.contains("Tea or coffee?") == true)
      #expect(panel.json["costUSD"] is Double && panel.json["minutesLow"] as? Double == 3)
      #expect(try program.contents(of: ".") == before)
    }
  }

  @Test func everyMistakeOfARecipeIsNamed() async throws {
    try await inFreshFolder { program in
      try program.write(
        "six.yaml",
        """
        name: two words
        variables: { tone: { choose: [] } }
        prompt: "{{persona}} {{tune}}"
        sampling: { temperature: 9 }
        checks: [no-nonsense, length: { minimum: 3, of: title }]

        """)
      let places = ["1:7", "2:30", "3:22", "4:26", "5:10", "5:49"].map { "six.yaml:\($0)" }
      let told = try await program.run("recipes", "check", "six.yaml")
      #expect(told.code == 64 && told.out.isEmpty && told.err.hasSuffix("six.yaml: 7 mistakes\n"), "\(told.err)")
      let heads = told.err.split(separator: "\n").filter { $0.hasPrefix("persona-hub: ") }
      #expect(heads.first == "persona-hub: six.yaml:1:1: key \"description\" is missing")
      for (head, place) in zip(heads.dropFirst(), places) {
        #expect(head.hasPrefix("persona-hub: \(place): "), "\(head)")
      }
      let listed = try await program.run("recipes", "check", "six.yaml", "--json")
      let mistakes = try listed.out.split(separator: "\n").map { try JSONValue(text: String($0)) }
      #expect(listed.code == 64 && mistakes.count == 7, "\(listed.out)")
      for (mistake, head) in zip(mistakes, heads) {
        let place = "\(mistake["line"]?.intValue ?? 0):\(mistake["column"]?.intValue ?? 0)"
        #expect(head == "persona-hub: six.yaml:\(place): \(mistake["problem"]?.stringValue ?? "")")
        #expect(mistake["fix"]?.stringValue?.isEmpty == false)
      }
      // A run says the first one.
      let run = try await program.run("synthesize", "--recipe", "six.yaml", "--count", "1", "-o", "o.jsonl")
      #expect(run.code == 64 && run.err.contains("description"), "\(run.err)")
    }
  }

  @Test(arguments: ["zero-shot", "few-shot", "persona-enhanced-few-shot"])
  func everyRecipeRunsOfflineInEveryMode(mode: String) async throws {
    try await withHub { program in
      for recipe in Self.recipes {
        let result = try await program.run(
          "synthesize", "--recipe", recipe, "--mode", mode, "--count", "22", "-o", "\(recipe).jsonl", "--json")
        #expect(result.code == 0, "\(recipe): \(result.err)")
        #expect(result.count("accepted") >= 20, "\(recipe), \(mode): \(result.out)")
        var shapes: Set<String> = []
        var texts: Set<String> = []
        for line in try program.lines("\(recipe).jsonl") {
          let instance = try SynthesizedInstance(json: try JSONValue(text: line))
          #expect(instance.mode == mode && instance.recipe == recipe && !instance.text.isEmpty)
          let prompt = instance.messages.map(\.content).joined()
          #expect(prompt.contains("<examples>") == (mode != "zero-shot"))
          texts.insert(instance.text)
          shapes.insert(instance.fields.map { "\($0.key):\($0.value.kindName)" }.joined(separator: ","))
        }
        #expect(texts.count == result.count("accepted"))
        #expect(shapes.count == 1, "fields of one recipe have one shape: \(shapes)")
      }
    }
  }

  @Test func instancesPerPersonaDifferAndNearCopiesAreReplaced() async throws {
    try await withHub { program in
      let result = try await program.run(
        "synthesize", "--recipe", "math", "--count", "4", "--per-persona", "3", "--accepted", "30", "--near-copies",
        "0.6",
        "-o", "o.jsonl", "--json")
      #expect(result.count("accepted") == 30, "\(result.out)")
      #expect(result.count("passed") == 30 + result.count("nearCopies"))
      let lines = try program.lines("o.jsonl")
      #expect(lines.count == 30 && Set(lines).count == 30)
      // The same command again changes nothing; on another number of calls at once neither.
      let bytes = try program.read("o.jsonl")
      try await program.run(
        "synthesize", "--recipe", "math", "--count", "4", "--per-persona", "3", "--accepted", "30", "--near-copies",
        "0.6",
        "-o", "other.jsonl", "--concurrency", "1")
      #expect(try program.read("other.jsonl") == bytes)
    }
  }

  @Test func theUsersSettingsReachThePrompt() async throws {
    try await withHub { program in
      try program.write("world.md", "The Fog Coast. Roles: fog-seller, bell-diver. Places: Mute Harbour, Bell Rock.")
      let npc = try await program.run(
        "preview", "--recipe", "npc", "--lore", "world.md", "--count", "1", "--set", "lore=ignored")
      #expect(npc.code == 0 && npc.out.contains("<lore>\nThe Fog Coast."), "\(npc.err)")
      let math = try await program.run(
        "preview", "--recipe", "math", "--count", "2", "--set", "focus=geometry", "--set", "difficulty=olympiad")
      #expect(math.out.contains("Focus: geometry\nDifficulty: olympiad"))
      for wrong in [
        ["--recipe", "math", "--set", "fokus=x"], ["--recipe", "math", "--mode", "many-shot"], ["--recipe", "maths"],
        ["--recipe", "judge", "--mode", "few-shot"], ["--recipe", "npc", "--lore", "missing.md"],
        ["--recipe", "math", "--judge", "npc"],
      ] {
        let refused = try await program.run(["synthesize", "-o", "x.jsonl", "--count", "1"] + wrong)
        #expect(refused.code == 64 || refused.code == 1, "\(wrong): \(refused.code)")
        #expect(refused.err.contains("fix:"), "\(refused.err)")
        #expect(!program.exists("x.jsonl"))
      }
      try program.write("huge.md", String(repeating: "lore ", count: 2 << 20))
      let huge = try await program.run("synthesize", "--recipe", "npc", "--lore", "huge.md", "-o", "x.jsonl")
      #expect(huge.code == 64 && huge.err.contains("10485760 bytes"), "\(huge.err)")
    }
  }

  @Test func personasOfDemonstrationsAreInferredOnceAndKept() async throws {
    try await withHub { program in
      let demos = SampleTexts.passages.prefix(5).map { "{\"instruction\":\"\($0)\"}\n" }.joined()
      try program.write("demos.jsonl", demos)
      let words = [
        "synthesize", "--recipe", "instruction", "--mode", "persona-enhanced-few-shot", "--demonstrations",
        "demos.jsonl",
        "--count", "3", "-o", "o.jsonl",
      ]
      let refused = try await program.run(words)
      #expect(refused.code == 64 && refused.err.contains("--infer-personas"))
      let result = try await program.run(words + ["--infer-personas"])
      #expect(result.code == 0, "\(result.err)")
      let folder = program.folder.appending(path: "hub/demonstrations")
      let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(kept.count == 1)
      let rows = try program.lines("hub/demonstrations/\(kept[0])").map { try JSONValue(text: $0) }
      #expect(rows.count == 5 && rows.allSatisfy { !($0["persona"]?.stringValue ?? "").isEmpty })
      let shown = rows.compactMap { $0["persona"]?.stringValue }
      for line in try program.lines("o.jsonl") {
        let instance = try SynthesizedInstance(json: try JSONValue(text: line))
        let prompt = instance.messages.last?.content ?? ""
        #expect(shown.count { prompt.contains("<persona>\n\($0)\n</persona>") } == 2, "two of them are shown")
      }
      try program.write("bad.jsonl", "{\"x\":1}\n")
      let bad = try await program.run(
        "synthesize", "--recipe", "math", "--mode", "few-shot", "--demonstrations", "bad.jsonl", "-o", "x.jsonl")
      #expect(bad.code == 64 && bad.err.contains("bad.jsonl:1"), "\(bad.err)")
    }
  }

  /// A server that answers the two calls of tool-code, and counts who asked what.
  @Test func laterCallsFeedOnEarlierOnesAndSurviveKills() async throws {
    let interface = """
      {"name":"Rope log","description":"Writes down which rope held which ship and when.","function_name":"log_rope",\
      "input_args":{"ship":{"type":"string","description":"Its name","required":true}},"return":{"type":"object"},"depend":[]}
      """
    let code =
      "```python\ndef log_rope(ship, client):\n    \"\"\"Writes down a rope. \(String(repeating: "x", count: 120))\"\"\"\n    return client.log(ship)\n```"
    let script: ModelServer.Answer = { call in
      try? await Task.sleep(for: .milliseconds(30))
      return .text(call.lastMessage.contains("<interface>") ? code : interface)
    }
    try await ModelServer.with(answer: script) { server in
      try await inFreshFolder { program in
        var program = program
        program.environment = ["OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"]
        let personas = (0..<60).map { "{\"persona\":\"Worker \($0) of the old harbour who ties up ships at night\"}\n" }
        try program.write("personas.jsonl", personas.joined())
        #expect(try await program.run("hub", "import", "personas.jsonl").code == 0)
        let words = [
          "synthesize", "--recipe", "tool-code", "--count", "60", "--near-copies", "off", "-o", "o.jsonl",
          "--concurrency",
          "4",
        ]
        for pause in [250, 500, 700] {
          let running = try program.start(words)
          try await Task.sleep(for: .milliseconds(pause))
          running.signal(SIGKILL)
          _ = await running.end()
        }
        let result = try await program.run(words + ["--json"])
        #expect(result.code == 0 && result.count("accepted") == 60, "\(result.err) \(result.out)")
        #expect(result.count("replies") == 120)
        let bodies = server.calls.map(\.body)
        // What was in flight when it was killed, and one group of replies, may be asked again; no more.
        #expect(bodies.count <= 120 + 3 * (4 + 8), "\(bodies.count) calls for 120 replies")
        for line in try program.lines("o.jsonl") {
          let instance = try SynthesizedInstance(json: try JSONValue(text: line))
          let fields = JSONValue.object(instance.fields)
          #expect(fields["code"]?.stringValue?.hasPrefix("def log_rope") == true)
          #expect(fields["function_name"]?.stringValue == "log_rope")
          #expect(instance.usage.promptTokens == 22, "both calls are counted")
        }
        let other = try await program.run(words.map { $0 == "o.jsonl" ? "p.jsonl" : $0 } + ["--json"])
        #expect(other.count("replayed") == 120 || other.code == 0)
        #expect(server.calls.count == bodies.count, "the same calls are never paid for twice")
        #expect(try program.read("p.jsonl") == program.read("o.jsonl"))
      }
    }
  }

  @Test func conversationsGoOnAndKeepSecrets() async throws {
    try await withHub { program in
      #expect(
        try await program.run("synthesize", "--recipe", "instruction", "--count", "12", "-o", "i.jsonl").code == 0)
      let first = try program.lines("i.jsonl")
      try program.write("i.jsonl", (first + ["{\"text\":\"no persona\"}", "no JSON"]).joined(separator: "\n") + "\n")
      let result = try await program.run(
        "converse", "i.jsonl", "--turns", "3", "-o", "c.jsonl", "--json", "--allow-failures", "50%")
      #expect(result.code == 0 && result.count("failed") == 2, "\(result.err) \(result.out)")
      let lines = try program.lines("c.jsonl")
      #expect(lines.count == first.count)
      for line in lines {
        let instance = try SynthesizedInstance(json: try JSONValue(text: line))
        #expect(instance.messages.count >= 2 && instance.messages.last?.role == .assistant)
        let turns = JSONValue.object(instance.fields)["turns"]?.stringValue
        #expect(try JSONValue(text: turns ?? "").arrayValue?.count == instance.messages.count)
      }
      let talks = try await program.run(
        "converse", "--with", "persona", "--count", "5", "--turns", "2", "--topic", "bread", "-o", "t.jsonl", "--json")
      #expect(talks.code == 0 && talks.count("accepted") == 5, "\(talks.err)")
      let exported = try await program.run("export", "t.jsonl", "-o", "messages.jsonl", "--format", "messages")
      #expect(exported.code == 0, "\(exported.err)")
      #expect(try program.lines("messages.jsonl").count == 5)
      #expect(try await program.run("converse", "-o", "x.jsonl").code == 64)
    }
  }

  @Test func aPanelIsAskedAndCounted() async throws {
    try await withHub { program in
      try program.write("q.yaml", "question: Should the quay be closed at night?\nchoices: [yes, no]\nscale: [1, 5]\n")
      let result = try await program.run(
        "panel", "--question", "q.yaml", "--size", "24", "--stratify", "language", "-o", "a.jsonl", "--json")
      #expect(result.code == 0 && result.count("accepted") >= 20, "\(result.err) \(result.out)")
      let choices = result.json["choices"] as? [String: Int] ?? [:]
      #expect(choices.values.reduce(0, +) == result.count("accepted"))
      let report = try program.read("a.md")
      #expect(report.contains("### By language") && report.contains("No person was asked"))
      try program.write("bad.yaml", "question: a\nchoices: [one]\n")
      let bad = try await program.run("panel", "--question", "bad.yaml", "-o", "b.jsonl")
      #expect(bad.code == 64 && bad.err.contains("bad.yaml:2"), "\(bad.err)")
    }
  }

  @Test func aNewRecipeRunsAsItIs() async throws {
    try await withHub { program in
      try program.write("card.yaml", try await program.run("recipes", "new", "card").out)
      for mode in ["zero-shot", "few-shot", "persona-enhanced-few-shot"] {
        let result = try await program.run(
          "synthesize", "--recipe", "card.yaml", "--mode", mode, "--count", "8", "-o", "\(mode).jsonl", "--json")
        #expect(result.code == 0 && result.count("passed") >= 7, "\(result.err) \(result.out)")
      }
    }
  }
}
