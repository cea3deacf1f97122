import Foundation
import HubStore
import PersonaRecords
import ShardFiles

/// Looking at a hub: counts, search, one persona with its lineage, and the check of everything.
public struct HubInspection: Sendable {
  private let path: String
  private let onProgress: @Sendable (FlowProgress) -> Void

  public init(hubPath: String, onProgress: @escaping @Sendable (FlowProgress) -> Void = { _ in }) {
    path = hubPath
    self.onProgress = onProgress
  }

  /// A result as text for people and as one JSON object.
  public struct Answer: Sendable {
    public let text: String
    public let json: String
    /// False when the answer is bad news: a hub that is damaged.
    public var isGood = true
  }

  // MARK: Counts

  public func statistics() throws -> Answer {
    let statistics = try Hub.open(at: path).statistics()
    var lines = [
      "\(statistics.rows) personas in \(statistics.segments) segments, \(statistics.byteCount) bytes",
      "\(statistics.droppedRows) dropped, \(statistics.furtherOrigins) repeats in the lineage",
    ]
    let lengths = statistics.lengths
    lines.append(
      "characters: shortest \(lengths.quantile(0)), median \(lengths.quantile(0.5)), longest \(lengths.quantile(1))")
    for (title, groups) in [
      ("by iteration", statistics.byIteration), ("by origin", statistics.byOriginKind), ("by verb", statistics.byVerb),
      ("by model", statistics.byModel),
    ] where !groups.isEmpty {
      lines.append(title)
      lines += groups.map { "  \($0.name.isEmpty ? "(none)" : $0.name)  \($0.rows)" }
    }
    if !statistics.droppedByReason.isEmpty {
      lines.append("dropped, by stage and reason")
      lines += statistics.droppedByReason.map { "  \($0.stage), \($0.reason)  \($0.rows)" }
    }
    return Answer(text: lines.joined(separator: "\n"), json: statistics.json)
  }

  // MARK: Search

  /// Personas whose description holds the words, best first; one answer per hit.
  public func search(_ query: String, limit: Int) throws -> [Answer] {
    try Hub.open(at: path).search(query, limit: limit, progress: indexing).map { hit in
      Answer(
        text: "\(hit.persona.id)  \(hit.persona.text)", json: String(decoding: hit.jsonLine, as: UTF8.self))
    }
  }

  // MARK: One persona

  /// A persona with the chain of relations back to its text, and its children. `id` may be cut to a unique beginning.
  public func show(_ id: String) throws -> Answer {
    let entry = try Hub.open(at: path).show(id, progress: indexing)
    let persona = entry.member.persona
    var lines = ["\(persona.id)", persona.text]
    if let verdict = entry.member.verdict {
      lines.append("dropped by \(verdict.stage): \(verdict.reason)" + Self.likeness(of: verdict))
    }
    lines.append("iteration \(persona.iteration), model \(persona.model.isEmpty ? "unknown" : persona.model)")
    lines.append("origin")
    var child = persona
    for ancestor in entry.ancestors {
      lines.append(
        "  is \(child.origin.relation.isEmpty ? "related" : child.origin.relation) to \(Self.line(ancestor))")
      child = ancestor.persona
    }
    lines.append("  \(Self.origin(entry.root))")
    if !entry.furtherOrigins.isEmpty {
      lines.append("arose \(entry.furtherOrigins.count) more times")
      lines += entry.furtherOrigins.map { "  \(Self.origin($0.origin))" }
    }
    if entry.childCount > 0 {
      lines.append("children: \(entry.childCount)")
      lines += entry.children.map { "  \($0.relation.isEmpty ? "related" : $0.relation): \(Self.line($0.member))" }
      if entry.children.count < entry.childCount {
        lines.append("  and \(entry.childCount - entry.children.count) more")
      }
    }
    return Answer(text: lines.joined(separator: "\n"), json: entry.json)
  }

  private static func line(_ member: HubEntry.Member) -> String {
    let dropped = member.verdict.map { " (dropped: \($0.reason))" } ?? ""
    return "\(member.persona.id.description.prefix(8)) \(member.persona.text.cut(to: 160))\(dropped)"
  }

  private static func likeness(of verdict: Verdict) -> String {
    guard !verdict.representative.isEmpty else { return "" }
    return ", \(String(format: "%.3f", verdict.similarity)) like \(verdict.representative)"
  }

  private static func origin(_ origin: Persona.Origin) -> String {
    switch origin.kind {
    case .text:
      "would \(origin.verb) passage \(origin.passage) of document \(origin.document) (\(origin.file), row \(origin.row))"
    case .relation: "\(origin.relation) of \(origin.parent)"
    case .imported: origin.file.isEmpty ? "imported" : "imported from \(origin.file), row \(origin.row)"
    }
  }

  // MARK: Check

  /// Reads everything again and says what is not as it was written.
  public func verify() throws -> Answer {
    let report = try Hub.open(at: path).verify()
    var lines = [
      "\(report.files) files, \(report.rows) personas, \(report.droppedRows) dropped rows, "
        + "\(report.furtherOrigins) further origins, \(report.byteCount) bytes"
    ]
    lines += report.findings.map { finding in
      "\(path)/\(finding.file)\(finding.row > 0 ? ":\(finding.row)" : ""): \(finding.what)"
    }
    if report.findingCount > report.findings.count {
      lines.append("and \(report.findingCount - report.findings.count) more")
    }
    if !report.garbage.isEmpty {
      lines.append(
        "\(report.garbage.count) files that no manifest names: \(report.garbage.joined(separator: ", ").cut())")
      lines.append("  they do no harm; the next write removes them")
    }
    lines.append(report.isClean ? "the hub is whole" : "the hub is damaged: \(report.findingCount) findings")
    if !report.isClean { lines.append("  fix: restore the files named above from a copy") }
    return Answer(text: lines.joined(separator: "\n"), json: report.json, isGood: report.isClean)
  }

  // MARK: Export

  /// Every persona in the order of the hub, one line each.
  /// - Parameter onlyDescription: `{"persona": …}` alone, as in the data released with the paper.
  public func export(
    onlyDescription: Bool, isStopping: () -> Bool, onLine: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Outcome {
    let hub = try Hub.open(at: path)
    var count = 0
    try hub.forEachPersona { persona, row in
      if row.isMultiple(of: 4096) {
        if isStopping() { throw Stopped() }
        onProgress(FlowProgress(step: "export", done: row, total: hub.manifest.rowCount))
      }
      if onlyDescription {
        var line = JSONLine()
        line.object { $0.member("persona", persona.text) }
        try onLine(line.bytes[...])
      } else {
        try onLine(persona.jsonLine[...])
      }
      count = row + 1
    }
    var summary = Summary(title: "export")
    summary.add("written", "personas written", count)
    return Outcome(summary: summary)
  }

  /// The segments in their order, for tools that read them directly.
  public func segmentPaths() throws -> [String] {
    let hub = try Hub.open(at: path)
    return hub.manifest.segments.map { hub.path(of: $0) }
  }

  /// The files of dropped rows.
  public func droppedPaths() throws -> [String] {
    let hub = try Hub.open(at: path)
    return hub.manifest.dropped.map { hub.path(of: $0) }
  }

  private var indexing: @Sendable (Int, Int) -> Void {
    let onProgress = onProgress
    return { done, total in onProgress(FlowProgress(step: "index", done: done, total: total)) }
  }
}
