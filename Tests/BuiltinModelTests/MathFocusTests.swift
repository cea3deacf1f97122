import BuiltinModel
import PersonaRecords
import Testing

/// A recipe's focus and difficulty choose the families, and nothing else changes.
struct MathFocusTests {
  private static let persona = "A fish auctioneer in a harbour town who can judge cod at a glance"

  private func problems(focus: String? = nil, difficulty: String? = nil) -> [(
    text: String, answer: String, numbers: [Int]
  )] {
    (UInt64(0)..<400).map { seed in
      let (text, answer) = BuiltinModel.mathProblem(
        persona: Self.persona, seed: seed, focus: focus, difficulty: difficulty)
      return (text, answer, text.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) })
    }
  }

  @Test(arguments: [
    "geometry", "probability", "finance", "finance and probability", "number theory", "statistics", "calculus",
  ])
  func aFocusHasSeveralFamilies(focus: String) {
    let endings = Set(problems(focus: focus).map { String($0.text.suffix(22)) })
    #expect(endings.count >= 4, "\(endings)")
    for problem in problems(focus: focus) {
      #expect(problem.text.hasPrefix("Math problem: ") && !problem.answer.isEmpty)
      #expect(problem.text.filter { $0 == "?" }.count <= 2 && !problem.text.contains("Answer"))
    }
  }

  @Test func focusAndDifficultyAreReadFromTheInstruction() {
    let plain = RecipePersonas.ask(Self.persona, "Begin with the words \"Math problem:\".", seed: 5)
    let focused = RecipePersonas.ask(
      Self.persona, "Focus: probability\nBegin with the words \"Math problem:\".", seed: 5)
    #expect(plain != focused && focused.hasPrefix("Math problem: "))
    #expect(plain == BuiltinModel.mathProblem(persona: Self.persona, seed: 5 &+ StableHash.mix(0)).text)
    let unknown = RecipePersonas.ask(Self.persona, "Focus: moonlight\nBegin with the words \"Math problem:\".", seed: 5)
    #expect(unknown == plain)
  }

  @Test func factorialsEndInTheCountedZeros() throws {
    let found = problems(difficulty: "olympiad").filter { $0.text.contains("With how many zeros") }
    try #require(!found.isEmpty)
    for problem in found {
      let n = problem.numbers.last ?? 0
      var product: [Int] = [1]
      for factor in 2...n {
        var carry = 0
        product = product.map { digit in
          let value = digit * factor + carry
          carry = value / 10
          return value % 10
        }
        while carry > 0 {
          product.append(carry % 10)
          carry /= 10
        }
      }
      #expect("\(product.prefix { $0 == 0 }.count)" == problem.answer)
    }
  }

  @Test func theLargestAmountThatCannotBeBoughtIsFoundByTrying() throws {
    let found = problems(focus: "number theory").filter { $0.text.contains("cannot be bought exactly") }
    try #require(!found.isEmpty)
    for problem in found {
      let (a, b) = (problem.numbers[0], problem.numbers[1])
      let missing = (1...300).filter { amount in !(0...(amount / a)).contains { (amount - $0 * a) % b == 0 } }
      #expect(Int(problem.answer) == missing.last, "\(problem)")
    }
  }

  @Test func leftOverContainersAreCountedByTrying() throws {
    let found = problems(focus: "probability").filter { $0.text.contains("left over") && $0.numbers[0] <= 5 }
    try #require(!found.isEmpty)
    for problem in found {
      let n = problem.numbers[0]
      var total = 1
      for _ in 0..<n { total *= n }
      let hits = (0..<total).count { code in
        var rest = code
        var used = Set<Int>()
        for _ in 0..<n {
          used.insert(rest % n)
          rest /= n
        }
        return used.count == n - 1
      }
      let parts = problem.answer.split(separator: "/").compactMap { Int($0) }
      #expect(parts.count == 2 && parts[0] * total == hits * parts[1], "\(problem)")
    }
  }

  @Test func theFundAndTheInvestmentAreWorthWhatInterestMakesOfThem() throws {
    for problem in problems(focus: "finance") where problem.text.contains("compounded yearly") {
      let (base, rate) = (Double(problem.numbers[0]), Double(problem.numbers[1]) / 100)
      var sum = 0.0
      for _ in 1...3 { sum = (sum + base) * (1 + rate) }
      let value = try #require(Double(problem.answer))
      #expect(abs(value - sum) < 1e-6)
    }
  }

  @Test func smallestCostsAreSmallest() throws {
    let found = problems(focus: "calculus").filter { $0.text.contains("C(x)") }
    try #require(!found.isEmpty)
    for problem in found {
      let parts = problem.answer.components("and")
      let (x, best) = (try #require(parts.first), try #require(parts.last))
      let (top, slope) = (Double(problem.numbers[0]), Double(problem.numbers[1]))
      let cost = { (x: Double) in top / x + slope * x }
      #expect(abs(cost(x) - best) < 1e-9 && cost(x * 1.01) > best && cost(x * 0.99) > best)
    }
  }
}

extension String {
  fileprivate func components(_ word: String) -> [Double] {
    split(separator: " ").filter { $0 != word }.compactMap { Double($0) }
  }
}
