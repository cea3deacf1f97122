import Foundation
import PersonaRecords
import QualityFilter

/// The labelled rows of `Benchmarks/filter-labels`, and how the filter does on them.
struct LabelledPersonas {
  struct Row {
    let text: String
    /// The rule it should be dropped by; nil: it should stay.
    let label: Rule?
    let verdict: Rule?
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let rows: [Row]

  init(_ fileName: String) throws {
    let file = Self.root.appending(path: "Benchmarks/filter-labels/\(fileName)")
    let filter = QualityFilter()
    rows = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { line in
      var parser = JSONParser(Array(line))
      let value = try parser.parse()
      let text = try value.string("persona")
      return Row(text: text, label: Rule(rawValue: try value.string("rule")), verdict: filter.firstBrokenRule(in: text))
    }
  }

  /// Lines of the Markdown table: one per rule that is labelled or was given, then all drops whatever their reason.
  var table: [String] {
    var lines = Rule.allCases.compactMap { rule -> String? in
      let labelled = rows.count { $0.label == rule }
      let given = rows.count { $0.verdict == rule }
      guard labelled + given > 0 else { return nil }
      let right = rows.count { $0.label == rule && $0.verdict == rule }
      return line("`\(rule.rawValue)`", labelled: labelled, given: given, right: right)
    }
    lines.append(
      line(
        "dropped at all", labelled: rows.count { $0.label != nil }, given: rows.count { $0.verdict != nil },
        right: rows.count { $0.label != nil && $0.verdict != nil }))
    return lines
  }

  var precision: Double { share(of: { $0.verdict != nil }) }
  var recall: Double { share(of: { $0.label != nil }) }

  private func share(of isCounted: (Row) -> Bool) -> Double {
    let counted = rows.filter(isCounted)
    return Double(counted.count { $0.label != nil && $0.verdict != nil }) / Double(max(1, counted.count))
  }

  private func line(_ name: String, labelled: Int, given: Int, right: Int) -> String {
    "| \(name) | \(labelled) | \(given) | \(ratio(right, given)) | \(ratio(right, labelled)) |"
  }

  private func ratio(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let hundredths = (part * 200 + whole) / (whole * 2)
    return hundredths == 100 ? "1.00" : "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
  }
}
