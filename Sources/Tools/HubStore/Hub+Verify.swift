package import PersonaRecords
import ShardFiles

/// What a check of a whole hub found.
package struct HubVerification: Sendable, Equatable {
  /// One thing that is not as it should be.
  package struct Finding: Sendable, Equatable {
    /// Below the hub's folder.
    package var file: String
    /// Counted from 1; 0 when the whole file is meant.
    package var row: Int
    package var what: String
  }

  /// Findings listed at most; `findingCount` counts them all.
  package static let listedFindings = 100

  package var files = 0
  package var rows = 0
  package var droppedRows = 0
  package var furtherOrigins = 0
  package var byteCount = 0
  package var findings: [Finding] = []
  package var findingCount = 0
  /// Files that no manifest names: what a crash or a writer at work leaves. The next write removes them.
  package var garbage: [String] = []

  /// Whether every file is as it was written and everything fits together; garbage does no harm.
  package var isClean: Bool { findingCount == 0 }

  mutating func add(_ file: String, row: Int = 0, _ what: String) {
    findingCount += 1
    if findings.count < Self.listedFindings { findings.append(Finding(file: file, row: row, what: what)) }
  }
}

extension Hub {
  /// Reads everything again and checks that it is as it was written and fits together.
  ///
  /// Each file: there, size, SHA-256 and rows as in `hub.json`; each row readable, its id that of its description,
  /// and no id twice; parents and representatives are or were in the hub; further origins belong to ids that are or
  /// were there. Reads all files twice. Memory: about 34 bytes per row.
  ///
  /// - Throws: `Problem` only when the manifest itself cannot be read.
  package func verify() throws(Problem) -> HubVerification {
    try reload()
    var check = HubCheck(self)
    check.run()
    return check.report
  }
}

/// The state of one `verify`.
private struct HubCheck {
  private(set) var report = HubVerification()
  private let hub: Hub
  private let manifest: HubManifest
  private var ids: FlatSet<UInt128>
  /// False when some file could not be read: then an unknown id says nothing.
  private var knowsAllIDs = true

  init(_ hub: Hub) {
    self.hub = hub
    manifest = hub.manifest
    ids = FlatSet(reserving: manifest.rowCount + manifest.droppedRowCount)
  }

  mutating func run() {
    report.garbage = hub.garbage(beside: manifest)
    if let highest = manifest.segments.compactMap({ HubFileName(path: $0.path)?.number }).max(),
      highest >= manifest.nextSegment
    {
      report.add("hub.json", "the next segment would be number \(manifest.nextSegment), and \(highest) is in use")
    }
    let readable = manifest.parts.filter { checkBytes(of: $0) }
    for part in readable where part.kind != .lineage { collectIDs(of: part) }
    for part in readable { checkRows(of: part) }
  }

  /// False when the file cannot be read through, so that its rows need not be looked at.
  private mutating func checkBytes(of part: HubManifest.Part) -> Bool {
    report.files += 1
    report.byteCount += part.byteCount
    do throws(Problem) {
      try ShardCheck.verify(
        hub.path(of: part), against: ShardSummary(rows: part.rows, byteCount: part.byteCount, sha256: part.sha256))
      return true
    } catch {
      report.add(part.path, error.what)
      knowsAllIDs = knowsAllIDs && part.kind == .lineage
      return false
    }
  }

  private mutating func collectIDs(of part: HubManifest.Part) {
    forEachLine(of: part) { check, line, row in
      guard let id = HubLine.id(of: line, part.kind) else {
        check.knowsAllIDs = false
        return
      }
      if !check.ids.insert(id.word) { check.report.add(part.path, row: row, "the id \(id) stands twice") }
    }
  }

  private mutating func checkRows(of part: HubManifest.Part) {
    forEachLine(of: part) { check, line, row in
      do {
        let json = try JSONValue(utf8: line)
        switch part.kind {
        case .segment:
          check.report.rows += 1
          check.checkOrigin(try Persona(json: json).origin, part, row)
        case .dropped:
          check.report.droppedRows += 1
          check.check(try DroppedPersona(json: json), part, row)
        case .lineage:
          check.report.furtherOrigins += 1
          let origin = try FurtherOrigin(json: json)
          check.checkKnown(origin.id.description, "the persona that arose once more", part, row)
          check.checkOrigin(origin.origin, part, row)
        }
      } catch let problem as Problem {
        check.report.add(part.path, row: row, problem.what)
      } catch {
        check.report.add(part.path, row: row, "this row is not JSON: \(error)")
      }
    }
  }

  private mutating func check(_ dropped: DroppedPersona, _ part: HubManifest.Part, _ row: Int) {
    checkOrigin(dropped.persona.origin, part, row)
    let verdict = dropped.verdict
    if verdict.id != dropped.persona.id.description {
      report.add(part.path, row: row, "the verdict is about \(verdict.id.cut()), the row is \(dropped.persona.id)")
    }
    if verdict.keep { report.add(part.path, row: row, "a row that was dropped has a verdict that keeps it") }
    if !verdict.representative.isEmpty { checkKnown(verdict.representative, "the representative", part, row) }
  }

  private mutating func checkOrigin(_ origin: Persona.Origin, _ part: HubManifest.Part, _ row: Int) {
    if origin.kind == .relation { checkKnown(origin.parent, "the parent", part, row) }
  }

  private mutating func checkKnown(_ digits: String, _ role: String, _ part: HubManifest.Part, _ row: Int) {
    guard knowsAllIDs else { return }
    guard let id = PersonaID(digits), ids.contains(id.word) else {
      report.add(part.path, row: row, "\(role) \"\(digits.cut())\" is neither in the hub nor among the dropped")
      return
    }
  }

  private mutating func forEachLine(
    of part: HubManifest.Part, _ body: (inout HubCheck, ArraySlice<UInt8>, _ row: Int) -> Void
  ) {
    let reader = PartLineReader(hub, [part])
    do throws(Problem) {
      while let line = try reader.next() { body(&self, line, reader.row) }
    } catch {
      knowsAllIDs = false
      report.add(part.path, error.what)
    }
  }
}
