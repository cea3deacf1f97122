import Checks
import PersonaRecords
import Testing

/// Each check rejects what it is there for, and lets its honest neighbours pass.
@Suite struct CheckTests {
  private static let persona = "A harbour pilot who guides container ships through the narrow Elbe estuary at night"

  private func reason(_ name: String, _ limits: [String: Double] = [:], _ output: String) -> String? {
    OutputChecker(checks: [Check(name: name, limits: limits)]).firstFailure(of: output, persona: Self.persona)?.reason
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
  func eachCheckRejectsItsFault(name: String, output: String) {
    let limits = [
      "length": ["minimum": 60.0], "questions": ["maximum": 2.0], "no-persona-copy": ["maximum-share": 0.8],
    ]
    #expect(reason(name, limits[name] ?? [:], output) == name)
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
  func honestOutputsPass(name: String, output: String) {
    let limits = [
      "length": ["minimum": 60.0], "questions": ["maximum": 2.0], "no-persona-copy": ["maximum-share": 0.8],
    ]
    #expect(reason(name, limits[name] ?? [:], output) == nil)
  }
}
