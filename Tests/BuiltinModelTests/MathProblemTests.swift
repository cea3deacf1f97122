import BuiltinModel
import PersonaRecords
import Testing

struct MathProblemTests {
  private static let personas = [
    "A fish auctioneer in a harbour town who can judge cod at a glance", "A school cook who feeds two hundred children",
    "A materials engineer who studies hydrogen uptake in steel", "一位退休教师", "",
  ]

  private struct Item {
    var text: String
    var answer: String
    var numbers: [Int]
  }

  /// Many problems, with the whole numbers of the part after the opening sentence.
  private static let items: [Item] = personas.flatMap { persona in
    (UInt64(0)..<400).map { seed in
      let (text, answer) = BuiltinModel.mathProblem(persona: persona, seed: seed)
      let numbers = text.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) }
      return Item(text: text, answer: answer, numbers: numbers)
    }
  }

  private func items(with phrase: String) throws -> [Item] {
    let found = Self.items.filter { $0.text.contains(phrase) }
    try #require(!found.isEmpty, "no problem has \"\(phrase)\"")
    return found
  }

  @Test func everyProblemHasItsMarkerAndAtMostTwoQuestions() {
    for item in Self.items {
      #expect(item.text.hasPrefix("Math problem: "))
      let questions = item.text.filter { $0 == "?" }.count
      #expect(questions <= 2)
      #expect(questions >= 1 || item.text.contains("Express its volume"))
      #expect(!item.answer.isEmpty && !item.answer.contains("-"), "\(item.text) \(item.answer)")
      #expect(!item.text.contains("Answer"))
    }
  }

  @Test func thereAreDozensOfFamilies() {
    // Texts without their numbers and names of things: what is left tells the families apart.
    let endings = Set(Self.items.map { String($0.text.suffix(24)) })
    #expect(endings.count > 40)
  }

  @Test func sharesInARatioAreWholeAndRight() throws {
    for item in try items(with: "in the ratio") {
      let n = item.numbers
      #expect(n[2] * n[0] % (n[0] + n[1]) == 0)
      #expect(Int(item.answer) == n[2] * n[0] / (n[0] + n[1]))
    }
  }

  @Test func percentagesLeaveWholeThings() throws {
    for item in try items(with: "do not meet the standard") {
      let n = item.numbers
      #expect(n[0] * n[1] % 100 == 0)
      #expect(Int(item.answer) == n[0] - n[0] * n[1] / 100)
    }
  }

  @Test func teamsAreCountedRight() throws {
    for item in try items(with: "picks a team of") {
      let n = item.numbers
      // Counted one by one, as subsets of the given size.
      let count = (0..<(1 << n[0])).reduce(0) { $0 + ($1.nonzeroBitCount == n[1] ? 1 : 0) }
      #expect(Int(item.answer) == count)
    }
  }

  @Test func remaindersFitAndNoSmallerNumberDoes() throws {
    for item in try items(with: "smallest possible number") {
      let n = item.numbers
      let smallest = (1...1_000).first { $0 % n[0] == n[1] && $0 % n[2] == n[3] }
      #expect(Int(item.answer) == smallest)
    }
  }

  @Test func theBestOrderOfJobsIsTheBestOfAll() throws {
    for item in try items(with: "sum of the four finishing times") {
      let jobs = Array(item.numbers.prefix(4))
      var best = Int.max
      for a in 0..<4 {
        for b in 0..<4 where b != a {
          for c in 0..<4 where c != a && c != b {
            let d = 6 - a - b - c
            best = min(best, 4 * jobs[a] + 3 * jobs[b] + 2 * jobs[c] + jobs[d])
          }
        }
      }
      #expect(Int(item.answer) == best)
    }
  }

  @Test func theFencedAreaIsTheLargest() throws {
    for item in try items(with: "rope to mark off") {
      let rope = item.numbers[0]
      let best = (1..<(rope / 2)).map { $0 * (rope - 2 * $0) }.max()
      #expect(Int(item.answer) == best)
    }
  }

  @Test func bothDeliveriesMeetOnTheirFirstCommonDay() throws {
    for item in try items(with: "on the same day again") {
      let n = item.numbers
      #expect(Int(item.answer) == (1...1_000).first { $0 % n[0] == 0 && $0 % n[1] == 0 })
    }
  }

  @Test func differentDiceAreCountedFaceByFace() throws {
    for item in try items(with: "roll a fair die") {
      let faces = item.numbers[0]
      let parts = item.answer.split(separator: "/").compactMap { Int($0) }
      #expect(parts.count == 2 && parts[0] * faces * faces == (faces * faces - faces) * parts[1])
    }
  }

  @Test func workIsFinishedAtARealTime() throws {
    for item in try items(with: "24-hour clock") {
      let parts = item.answer.split(separator: ":").compactMap { Int($0) }
      #expect(parts.count == 2 && parts[0] < 24 && parts[1] < 60)
      let n = item.numbers
      #expect(parts[0] * 60 + parts[1] == n[0] * 60 + n[1] + n[2] * n[3] + n[4])
    }
  }

  @Test func theSameSeedGivesTheSameProblem() {
    for seed in UInt64(0)..<20 {
      #expect(
        BuiltinModel.mathProblem(persona: Self.personas[0], seed: seed)
          == BuiltinModel.mathProblem(persona: Self.personas[0], seed: seed))
    }
  }
}
