import PersonaRecords
import SimilarityKernels

/// What a panel answered, counted.
package struct PanelResult: Sendable {
  /// One member's answer.
  package struct Answer: Sendable {
    package let persona: String
    package let stratum: String
    package let text: String
    package let choice: String
    package let rating: Int?
    package let reasons: [String]

    package init(persona: String, stratum: String, text: String, choice: String, rating: Int?, reasons: [String]) {
      self.persona = persona
      self.stratum = stratum
      self.text = text
      self.choice = choice
      self.rating = rating
      self.reasons = reasons
    }
  }

  /// A count with its share of the whole.
  package struct Share: Sendable, Equatable {
    package let name: String
    package let count: Int
    package let total: Int

    package init(name: String, count: Int, total: Int) {
      self.name = name
      self.count = count
      self.total = total
    }

    package var value: Double { total == 0 ? 0 : Double(count) / Double(total) }

    /// Where the share lies with 95% confidence, were the members drawn at random from a large hub (Wilson's interval,
    /// which stays inside 0 to 1 and is honest for small numbers).
    package var interval: ClosedRange<Double> {
      guard total > 0 else { return 0...1 }
      let z = 1.959963984540054
      let n = Double(total)
      let middle = (value + z * z / (2 * n)) / (1 + z * z / n)
      let half = z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
      return max(0, middle - half)...min(1, middle + half)
    }
  }

  package struct Ratings: Sendable, Equatable {
    package let mean: Double
    /// Half the width of the mean's 95% interval.
    package let margin: Double
    package let counts: [Share]
  }

  /// Reasons that say the same in other words, under the one that is said most.
  package struct ReasonGroup: Sendable {
    package let share: Share
    /// Other wordings in the group.
    package let others: [String]
  }

  package let question: PanelQuestion
  package let answers: [Answer]
  package let stratifiedBy: String

  package init(question: PanelQuestion, answers: [Answer], stratifiedBy: String) {
    self.question = question
    self.answers = answers
    self.stratifiedBy = stratifiedBy
  }

  /// Shares of the choices, in the question's order; of one stratum, or of all.
  package func choices(in stratum: String? = nil) -> [Share] {
    let asked = stratum.map { name in answers.filter { $0.stratum == name } } ?? answers
    return question.choices.map { choice in
      Share(name: choice, count: asked.count { $0.choice == choice }, total: asked.count)
    }
  }

  package var strata: [String] { Set(answers.map(\.stratum)).sorted() }

  package var ratings: Ratings? {
    let values = answers.compactMap(\.rating)
    guard let scale = question.scale, !values.isEmpty else { return nil }
    let n = Double(values.count)
    let mean = Double(values.reduce(0, +)) / n
    let spread = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let margin = values.count < 2 ? 0 : 1.959963984540054 * (spread / (n - 1) / n).squareRoot()
    return Ratings(
      mean: mean, margin: margin,
      counts: scale.map { value in
        Share(name: String(value), count: values.count { $0 == value }, total: values.count)
      })
  }

  /// Jaccard similarity of words from which on two reasons count as one.
  private static let sameReason = 0.5

  /// Reasons by how many members give them, the most frequent first.
  package var reasons: [ReasonGroup] {
    var wordings: [String: (text: String, members: Set<Int>)] = [:]
    for (member, answer) in answers.enumerated() {
      for reason in answer.reasons {
        let text = reason.collapsingWhitespace()
        let key = text.lowercased().trimmingWhitespace()
        guard !key.isEmpty else { continue }
        wordings[key, default: (text, [])].members.insert(member)
      }
    }
    let ranked = wordings.sorted { ($1.value.members.count, $0.key) < ($0.value.members.count, $1.key) }
    var groups: [(words: Set<UInt64>, text: String, members: Set<Int>, others: [String])] = []
    for (key, wording) in ranked {
      let words = Set(orderedWordHashes(of: key))
      let place = groups.firstIndex { group in
        let common = group.words.intersection(words).count
        let all = group.words.count + words.count - common
        return all > 0 && Double(common) >= Self.sameReason * Double(all)
      }
      if let place {
        groups[place].members.formUnion(wording.members)
        groups[place].others.append(wording.text)
      } else {
        groups.append((words, wording.text, wording.members, []))
      }
    }
    return groups.map { group in
      ReasonGroup(
        share: Share(name: group.text, count: group.members.count, total: answers.count), others: group.others)
    }.sorted { ($1.share.count, $0.share.name) < ($0.share.count, $1.share.name) }
  }

  /// Answers to be quoted: of each choice some, neither too short nor too long, in the order of the sample.
  package func quotes(of choice: String?, count: Int) -> [Answer] {
    let theirs = answers.filter { choice == nil || $0.choice == choice }
    let fit = theirs.filter { (40...320).contains($0.text.count) }
    return Array((fit.isEmpty ? theirs : fit).prefix(count))
  }
}
