import Foundation
import Panel
import PersonaRecords
import Testing

@Suite struct PanelTests {
  private static func question(_ text: String) throws(Problem) -> PanelQuestion {
    try PanelQuestion(reading: text, file: "q.yaml")
  }

  private static func answer(_ choice: String, _ rating: Int?, _ reasons: [String], stratum: String = "en")
    -> PanelResult.Answer
  {
    .init(
      persona: "A <b>person</b>", stratum: stratum, text: "I say \(choice) | and I mean it, whatever the others say.",
      choice: choice, rating: rating, reasons: reasons)
  }

  @Test func questionsAreRead() throws {
    #expect(try Self.question("Is it fair: yes or no?\n").text == "Is it fair: yes or no?")
    let full = try Self.question("question: Fair?\nchoices: [yes, no]\nscale: [1, 5]\n")
    #expect(full.choices == ["yes", "no"] && full.scale == 1...5)
    #expect(full.schema["properties"]?["rating"]?["maximum"]?.intValue == 5)
    #expect(full.schema["required"]?.arrayValue?.count == 4)
  }

  @Test(arguments: [
    ("", nil), ("question: ''", 1), ("question: a\nchoices: [yes]", 2), ("question: a\nchoices: [x, x]", 2),
    ("question: a\nscale: [5, 1]", 2), ("question: a\nscale: 5", 2), ("question: a\nchoice: [a, b]", 2),
  ])
  func badQuestionsAreNamed(text: String, line: Int?) {
    do {
      _ = try Self.question(text)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.place.line == line && !error.advice.isEmpty, "\(error)")
    }
  }

  /// Wilson's interval holds the true share in about 95 of 100 samples, for middling and for small shares.
  @Test(arguments: [0.5, 0.1, 0.02])
  func intervalsHoldWhatTheyPromise(truth: Double) {
    var random = SeededRandom(seed: 7, purpose: "panel \(truth)")
    var holding = 0
    let rounds = 4000
    for _ in 0..<rounds {
      let count = (0..<120).count { _ in random.unit() < truth }
      let interval = PanelResult.Share(name: "", count: count, total: 120).interval
      #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
      if interval.contains(truth) { holding += 1 }
    }
    #expect((0.92...0.985).contains(Double(holding) / Double(rounds)), "\(holding) of \(rounds)")
  }

  @Test func answersAreCounted() throws {
    let question = try Self.question("question: Fair?\nchoices: [yes, no]\nscale: [1, 3]")
    let answers = [
      Self.answer("yes", 3, ["costs too much", "Costs too much"]), Self.answer("yes", 2, ["it costs too much"]),
      Self.answer("no", 1, ["no time"], stratum: "fi"), Self.answer("yes", 2, ["no time", "unfair to nurses"]),
    ]
    let result = PanelResult(question: question, answers: answers, stratifiedBy: "language")
    #expect(result.choices().map(\.count) == [3, 1])
    #expect(result.choices(in: "fi").map(\.count) == [0, 1])
    let ratings = try #require(result.ratings)
    #expect(ratings.mean == 2 && ratings.counts.map(\.count) == [1, 2, 1])
    // Two wordings of one reason are one group, and a member counts once in it.
    let reasons = result.reasons
    #expect(reasons.map(\.share.count).sorted(by: >) == [2, 2, 1])
    #expect(reasons.contains { $0.share.name.lowercased().contains("costs too much") && $0.share.count == 2 })
    let report = PanelReport(result, model: "m").text
    #expect(report.contains("| yes | 3 | 75.0% | 30.1% to 95.4% |"), "\(report)")
    #expect(!report.contains("<b>") && report.contains("\\| and I mean it"))
    #expect(report.contains("No person was asked"))
  }

  @Test func nobodyAnsweredIsAReportToo() throws {
    let result = PanelResult(question: try Self.question("Fair?"), answers: [], stratifiedBy: "")
    #expect(result.ratings == nil && result.reasons.isEmpty)
    #expect(PanelReport(result, model: "m").text.contains("0 personas answered"))
  }
}
