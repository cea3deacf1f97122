import Checks
import PersonaRecords
import Testing

/// Each check rejects what it is there for, and lets its honest neighbours pass.
@Suite struct CheckTests {
  private static let persona = "A harbour pilot who guides container ships through the narrow Elbe estuary at night"

  private func reason(_ name: String, _ limits: [String: Double] = [:], _ output: String) throws -> String? {
    try OutputChecker(checks: [Check(name: name, limits: limits)])
      .firstFailure(of: CheckedOutput(output, persona: Self.persona))?.reason
  }

  @Test(arguments: [
    ("length", "Too short."), ("no-solution", "A tank fills in 3 hours.\n\nSolution: divide by 3."),
    ("no-solution", "How far? **Answer:** 12 km"), ("no-solution", "Find x.\n答案：3"),
    ("no-solution", "Compute it. \\boxed{7}"), ("no-solution", "What is 2+2?\nThe answer is 4."),
    ("questions", "How far? How fast? How long? 3"), ("questions", "(a) Find x.\n(b) Find y.\n(c) Find z."),
    ("has-number", "How many ships pass the lock?"), ("no-introduction", "As a pilot, I want a checklist."),
    ("no-introduction", "作为一名引航员，我想要一份清单"),
    (
      "no-persona-copy",
      "I am a harbour pilot who guides container ships through the narrow Elbe estuary at night, so help."
    ),
    ("no-refusal", "I'm sorry, but I cannot help with that."), ("no-refusal", "抱歉，我无法回答。"),
    ("no-prompt-leak", "Here it is: <persona> a pilot"),
    ("no-prompt-leak", "Ask at most two questions. A ship of 3 t."),
  ])
  func eachCheckRejectsItsFault(name: String, output: String) throws {
    let limits = [
      "length": ["minimum": 60.0], "questions": ["maximum": 2.0], "no-persona-copy": ["maximum-share": 0.8],
    ]
    #expect(try reason(name, limits[name] ?? [:], output) == name)
  }

  @Test(arguments: [
    (
      "no-solution",
      "A saline solution is 40% salt. How much water must be added to 3 litres? Give the answer in litres."
    ),
    ("no-solution", "The solution in tank A holds 3 kg. Which tank empties first?"),
    ("questions", "A ship sails at 12 knots. How far does it get in 3 hours? And in 5?"),
    ("has-number", "三艘船和 4 艘驳船"), ("has-number", "船有三艘"), ("no-introduction", "Asa pilots the ship. 3 ships follow."),
    ("no-persona-copy", "A pilot boards a container ship at night. The tide turns in 3 hours."),
    ("no-refusal", "Write a letter that says sorry to a ship owner for a delay of 3 hours."),
    ("length", "甲板上有十二个集装箱，每个重三吨，船最多载重四十吨，请问还能装几个？"),
  ])
  func honestOutputsPass(name: String, output: String) throws {
    let limits = [
      "length": ["minimum": 60.0], "questions": ["maximum": 2.0], "no-persona-copy": ["maximum-share": 0.8],
    ]
    #expect(try reason(name, limits[name] ?? [:], output) == nil)
  }

  /// With all that a check may compare with.
  private func failure(
    _ name: String, limits: [String: Double] = [:], words: [String: String] = [:], _ text: String,
    persona: String = CheckTests.persona, parts: [String: String] = [:], values: [String: String] = [:],
    demonstrations: [String] = []
  ) throws -> String? {
    try OutputChecker(
      checks: [Check(name: name, limits: limits, words: words)],
      instructions: "Write one thing that arises in the world of this person and that nobody else would think of."
    ).firstFailure(
      of: CheckedOutput(text, persona: persona, parts: parts, values: values, demonstrations: demonstrations))?.reason
  }

  @Test func copiesOfDemonstrationsAreFound() throws {
    let shown = "The baker counts forty rolls and sells all but seven of them before noon on Sunday."
    let copy = "The baker counts forty rolls and sells all but seven of them before ten."
    #expect(
      try failure("no-demonstration-copy", copy, demonstrations: ["Another one.", shown]) == "no-demonstration-copy")
    #expect(try failure("no-demonstration-copy", copy, demonstrations: []) == nil)
    #expect(
      try failure(
        "no-demonstration-copy", "A smith counts nails, all but nine, on a rainy Monday.", demonstrations: [shown])
        == nil)
  }

  @Test func thePromptsOwnWordsAreFound() throws {
    let leak = "Sure: one thing that arises in the world of this person and that nobody else would think of is fog."
    #expect(try failure("no-prompt-leak", leak) == "no-prompt-leak")
    #expect(try failure("no-prompt-leak", "One thing that arises in this world is fog.") == nil)
  }

  @Test(arguments: ["<script>alert(1)</script>", "a <IMG src=x onerror=y>", "[x](javascript:alert(1))", "<iframe>"])
  func markupIsFound(text: String) throws {
    #expect(try failure("no-markup", text) == "no-markup")
    #expect(try failure("no-markup", "if a < b and b > c, then <b>bold</b> is only layout") == nil)
  }

  @Test func circlesAreFound() throws {
    let sentence = "The tide comes in at seven o'clock. "
    #expect(try failure("no-repetition", String(repeating: sentence, count: 3)) == "no-repetition")
    #expect(try failure("no-repetition", "and so on and so on and so on and so on and so on") == "no-repetition")
    #expect(try failure("no-repetition", "the the the the the") == "no-repetition")
    #expect(try failure("no-repetition", sentence + "Then it goes. " + sentence) == nil)
    let chinese = "夜里引航员带着集装箱船穿过狭窄的河口"
    #expect(try failure("no-repetition", "\(chinese)。\(chinese)！\(chinese)") == "no-repetition")
    #expect(try failure("no-repetition", "\(chinese)。\(chinese)，水位够深。\(chinese)吗？") == nil)
  }

  @Test func languagesAreCompared() throws {
    let german = "Der Lotse fährt bei Nacht mit dem Schiff durch die Mündung, und das Wasser ist nicht tief genug."
    let chinese = "夜里引航员带着集装箱船穿过狭窄的河口，水位不够深怎么办？"
    #expect(try failure("language", words: ["is": "persona"], german) == "language")
    #expect(try failure("language", words: ["is": "German"], german) == nil)
    #expect(
      try failure("language", words: ["is": "{{language}}"], german, values: ["language": "Chinese"]) == "language")
    #expect(try failure("language", words: ["is": "{{language}}"], chinese, values: ["language": "Chinese"]) == nil)
    #expect(try failure("language", words: ["is": "persona"], "OK 42", persona: chinese) == nil, "no telling")
  }

  @Test func wordsAreFoundAsWords() throws {
    let text = "My complaint is about the complaints desk."
    #expect(try failure("omits", words: ["words": "{{label}}"], text, values: ["label": "complaint"]) == "omits")
    #expect(try failure("omits", words: ["words": "plain, desks"], text) == nil)
    #expect(try failure("uses", words: ["words": "harbour, the complaints desk"], text) == nil)
    #expect(try failure("uses", words: ["words": "harbour, tide"], text) == "uses")
  }

  @Test func scenesAreCounted() throws {
    let scene = "PILOT: Slow.\n(pause)\n**MATE:** Why?\nPILOT: Fog.\nMATE: I see nothing.\n"
    let limits = ["minimum": 4.0, "maximum": 6.0, "speakers": 2.0]
    #expect(try failure("turns", limits: limits, scene) == nil)
    #expect(try failure("turns", limits: limits, "PILOT: Slow.\nMATE: Why?") == "turns")
    #expect(try failure("turns", limits: limits, scene + "COOK: Soup!") == "turns")
    #expect(try failure("turns", limits: limits, String(repeating: scene, count: 2)) == "turns")
  }

  @Test func pythonIsParsedAndRun() throws {
    let code = "def double(x):\n    return 2 * x"
    let tests = "assert double(2) == 4\nassert double(0) == 0"
    let words = ["code": "code", "tests": "tests"]
    func verdict(_ code: String, _ tests: String) throws -> String? {
      try failure("tests-pass", limits: ["minimum": 2], words: words, "t", parts: ["code": code, "tests": tests])
    }
    #expect(try failure("code-parses", code) == nil)
    #expect(try failure("code-parses", "def double(x:\n  return") == "code-parses")
    #expect(try verdict(code, tests) == nil)
    #expect(try verdict("def double(x):\n    return x", tests) == "tests-pass")
    #expect(try verdict(code, "assert double(2) == 4") == "tests-pass", "too few")
    #expect(try verdict(code, "assert True\nassert 1 == 1") == "tests-pass", "they test nothing")
    #expect(try verdict("import time\nwhile True: time.sleep(1)", tests) == "tests-pass", "it never ends")
  }

  @Test func scoresAreCompared() throws {
    let words = ["of": "score"]
    #expect(try failure("score", limits: ["minimum": 3], words: words, "t", parts: ["score": "2"]) == "score")
    #expect(try failure("score", limits: ["minimum": 3], words: words, "t", parts: ["score": "3"]) == nil)
    #expect(try failure("score", limits: ["minimum": 3], words: words, "t", parts: ["score": "three"]) == "score")
  }

  @Test func aCheckLooksAtThePartThatItNames() throws {
    let parts = ["title": "T", "text": String(repeating: "x", count: 50)]
    let words = ["of": "title"]
    #expect(
      try failure("length", limits: ["minimum": 10], words: words, "long enough as a whole", parts: parts) == "length")
    #expect(try failure("length", limits: ["minimum": 10], words: ["of": "text"], "T", parts: parts) == nil)
  }

  @Test func cluesOfAPuzzleAreNoQuestions() throws {
    let puzzle =
      "Three boats.\n1. The red one is first.\n2. The blue one is not last.\n3. One is white.\nWhich is last?"
    #expect(try failure("questions", limits: ["maximum": 2], puzzle) == "questions")
    #expect(try failure("questions", limits: ["maximum": 2], words: ["counting": "marks"], puzzle) == nil)
  }
}
