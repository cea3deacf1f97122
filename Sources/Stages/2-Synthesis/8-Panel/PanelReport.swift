import PersonaRecords

/// The report of a panel, as Markdown.
package struct PanelReport: Sendable {
  private let result: PanelResult
  private let model: String

  package init(_ result: PanelResult, model: String) {
    self.result = result
    self.model = model
  }

  package var text: String {
    var lines = ["# Panel", ""]
    lines += result.question.shown.split(whereSeparator: \.isNewline).map { "> \(Self.plain(String($0)))" }
    lines += ["", "\(result.answers.count) personas answered; the model is \(Self.plain(model)).", ""]
    lines += choices
    lines += ratings
    lines += reasons
    lines += quotes
    lines += Self.limits
    if !result.stratifiedBy.isEmpty {
      lines += [
        "",
        "The panel was spread evenly over the values of \(Self.plain(result.stratifiedBy)), so the shares of the whole panel weigh "
          + "each of them alike, however many personas of the hub have it: read the shares by \(Self.plain(result.stratifiedBy)).",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var choices: [String] {
    guard !result.question.choices.isEmpty else { return [] }
    var lines = ["## Choices", "", "| choice | members | share | 95% interval |", "|---|---|---|---|"]
    for share in result.choices() {
      lines.append(
        "| \(Self.plain(share.name)) | \(share.count) | \(Self.percent(share.value)) | \(Self.interval(share)) |")
    }
    lines.append("")
    guard !result.stratifiedBy.isEmpty, result.strata.count > 1 else { return lines }
    lines += ["### By \(Self.plain(result.stratifiedBy))", ""]
    lines.append(
      "| \(Self.plain(result.stratifiedBy)) | members |"
        + result.question.choices.map { " \(Self.plain($0)) |" }.joined())
    lines.append("|---|---|" + String(repeating: "---|", count: result.question.choices.count))
    for stratum in result.strata {
      let shares = result.choices(in: stratum)
      lines.append(
        "| \(stratum.isEmpty ? "(none)" : Self.plain(stratum)) | \(shares.first?.total ?? 0) |"
          + shares.map { " \(Self.percent($0.value)) (\(Self.interval($0))) |" }.joined())
    }
    return lines + [""]
  }

  private var ratings: [String] {
    guard let ratings = result.ratings else { return [] }
    var lines = [
      "## Rating", "",
      "Mean \(Self.decimal(ratings.mean)), give or take \(Self.decimal(ratings.margin)) (95% interval of the mean).",
      "",
      "| rating | members | share |", "|---|---|---|",
    ]
    for share in ratings.counts { lines.append("| \(share.name) | \(share.count) | \(Self.percent(share.value)) |") }
    return lines + [""]
  }

  private var reasons: [String] {
    let groups = result.reasons
    guard !groups.isEmpty else { return [] }
    var lines = [
      "## Reasons", "", "| reason | members | share | 95% interval | also said as |", "|---|---|---|---|---|",
    ]
    for group in groups.prefix(20) {
      let others = group.others.prefix(3).map { Self.plain($0) }.joined(separator: "; ")
      lines.append(
        "| \(Self.plain(group.share.name)) | \(group.share.count) | \(Self.percent(group.share.value)) "
          + "| \(Self.interval(group.share)) | \(others) |")
    }
    if groups.count > 20 { lines.append("\n\(groups.count - 20) further reasons are in the answers.") }
    return lines + [""]
  }

  private var quotes: [String] {
    var lines = ["## In their words", ""]
    let kinds: [String?] = result.question.choices.isEmpty ? [nil] : result.question.choices
    for choice in kinds {
      for answer in result.quotes(of: choice, count: choice == nil ? 6 : 3) {
        lines.append(
          "- \(choice.map { "**\(Self.plain($0))**: " } ?? "")“\(Self.plain(answer.text.collapsingWhitespace()))”")
        lines.append("  (\(Self.plain(answer.persona.cut(to: 160))))")
      }
    }
    return lines + [""]
  }

  private static let limits = [
    "## What this can show and what it cannot", "",
    "No person was asked. A language model wrote what it takes for the answers of described people, so this shows which "
      + "views and reasons the model connects with whom, and it can bring up concerns, wordings and groups that a survey "
      + "should not forget. It does not show what share of any population thinks so: the personas are no sample of one, the "
      + "model's training decides what they say, models flatten differences within groups and lean towards what is said "
      + "often, and another model or another wording may turn the result round. The intervals say how much the shares would "
      + "differ for other personas of the same hub and the same model, and nothing else. Do not publish them as opinions of "
      + "people.",
  ]

  /// Text of others inside a table or a line of Markdown.
  private static func plain(_ text: String) -> String {
    text.collapsingWhitespace().replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("|", with: "\\|")
  }

  static func percent(_ value: Double) -> String { "\(decimal(value * 100))%" }

  private static func interval(_ share: PanelResult.Share) -> String {
    "\(percent(share.interval.lowerBound)) to \(percent(share.interval.upperBound))"
  }

  /// One decimal.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
