import Foundation
import PersonaHub
import PersonaRecords

/// A summary as the table that ends every run.
enum SummaryTable {
  static func text(_ summary: Summary, elapsed: Duration) -> String {
    var rows: [(String, String)] = summary.figures.map { ($0.label, show($0.value)) }
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    rows.append(("time", String(format: "%.1f s", seconds)))
    let width = max(24, rows.map { $0.0.count }.max() ?? 0)
    var lines = [summary.title]
    lines += rows.map { "  \($0.0.padding(toLength: width, withPad: " ", startingAt: 0))  \($0.1)" }
    for breakdown in summary.breakdowns where !breakdown.tally.names.isEmpty {
      lines.append("  \(breakdown.label)")
      for (name, count) in breakdown.tally.ranked {
        lines.append(
          "    \(name.padding(toLength: max(width - 2, name.count), withPad: " ", startingAt: 0))  \(grouped(count))")
      }
    }
    for file in summary.files {
      lines.append("  \(file.label.padding(toLength: width, withPad: " ", startingAt: 0))  \(file.path)")
    }
    lines += summary.notes.map { "  note: \($0)" }
    lines += summary.next.map { "  next: \($0)" }
    return lines.joined(separator: "\n")
  }

  private static func show(_ value: JSONValue) -> String {
    if let number = value.intValue { return grouped(number) }
    return value.stringValue ?? value.line
  }
}
