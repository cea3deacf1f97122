package import PersonaRecords
import ShardFiles

/// What a drop did.
package struct HubDropCounts: Sendable, Equatable {
  package var rows = 0
  package var dropped = 0
  /// Dropped rows by the reason of their verdict, most frequent first.
  package var reasons: [HubOperation.Count] = []

  package var kept: Int { rows - dropped }
}

extension Hub {
  /// Takes out the rows that `judge` gives a verdict against, and keeps them, with the verdicts, in `dropped/`.
  ///
  /// Segments before the first dropped row stay as they are; the rows from there on are copied byte for byte into new,
  /// full segments, so names sorted by alphabet stay in the order of rows. The verdict's `id` is set to the row's, and
  /// its `stage` to `stage` when it is empty. All rows leave together or, after a failure, none.
  ///
  /// The history gets the counts of `operation`, then `rows`, `kept`, `dropped` and `dropped: REASON`. When nothing was
  /// dropped and the same command stands in the history, nothing is written at all; so a command that runs twice
  /// changes nothing the second time.
  ///
  /// - Parameters:
  ///   - stage: lower-case letters, digits and `-`; part of the file's name.
  ///   - rowsPerSegment: smaller than usual only in tests.
  ///   - judge: called once for each persona in order, with its place counted from 0; nil, or a verdict with `keep`,
  ///     lets it stay.
  /// - Throws: `Problem` when another process is writing, a file is damaged or something cannot be written, and
  ///   whatever `judge` throws; the hub is then as it was before.
  @discardableResult
  package func drop(
    stage: String, operation: HubOperation, rowsPerSegment: Int = Hub.rowsPerSegment,
    judge: (Persona, _ row: Int) throws -> Verdict?
  ) throws -> HubDropCounts {
    precondition(HubFileName.isStage(stage), "a stage's name is part of a file name")
    let lock = try beginWriting()
    defer { lock.release() }
    let pass = DropPass(self, manifest, stage: stage, rowsPerSegment: rowsPerSegment)
    do {
      try pass.run(judge)
      try pass.commit(operation)
    } catch {
      pass.abandon()
      throw error
    }
    return pass.counts
  }
}

/// One pass over a hub that copies what stays from the first dropped row's segment on.
private final class DropPass {
  private(set) var counts = HubDropCounts()
  private let hub: Hub
  private let stage: String
  private var manifest: HubManifest
  private let segments: PartWriter
  private let dropped: PartWriter
  private var droppedByReason: [String: Int] = [:]
  /// For each row whether it stays.
  private var isKept: [Bool] = []
  /// Place in `manifest.segments` of the segment that holds the first dropped row.
  private var firstRewritten: Int?

  init(_ hub: Hub, _ manifest: HubManifest, stage: String, rowsPerSegment: Int) {
    self.hub = hub
    self.manifest = manifest
    self.stage = stage
    segments = PartWriter(hub, .segment, firstNumber: manifest.nextSegment, rowsPerFile: rowsPerSegment)
    dropped = PartWriter(
      hub, .dropped, firstNumber: manifest.dropped.count, stage: stage, rowsPerFile: rowsPerSegment)
  }

  func run(_ judge: (Persona, _ row: Int) throws -> Verdict?) throws {
    for (place, segment) in manifest.segments.enumerated() {
      let reader = PartLineReader(hub, [segment])
      while let line = try reader.next() {
        let persona = try reader.record(Persona.self, from: line)
        let verdict = try judge(persona, counts.rows)
        counts.rows += 1
        isKept.append(verdict?.keep ?? true)
        if var verdict, !verdict.keep {
          if firstRewritten == nil {
            firstRewritten = place
            try copyStart(of: segment, rows: reader.row - 1)
          }
          verdict.id = persona.id.description
          if verdict.stage.isEmpty { verdict.stage = stage }
          try dropped.write(DroppedPersona(verdict: verdict, persona: persona).jsonLine[...])
          counts.dropped += 1
          droppedByReason[verdict.reason, default: 0] += 1
        } else if firstRewritten != nil {
          try segments.write(line)
        }
      }
    }
    counts.reasons = droppedByReason.map { HubOperation.Count(name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// The rows of a segment that had passed before its first dropped row was met.
  private func copyStart(of segment: HubManifest.Part, rows: Int) throws(Problem) {
    let reader = PartLineReader(hub, [segment])
    while reader.row < rows, let line = try reader.next() { try segments.write(line) }
  }

  func commit(_ operation: HubOperation) throws(Problem) {
    let newSegments = try segments.finish()
    let newDropped = try dropped.finish()
    let old = manifest
    if let firstRewritten {
      manifest.segments = manifest.segments.prefix(firstRewritten) + newSegments
      manifest.nextSegment += newSegments.count
      manifest.dropped += newDropped
    } else if manifest.hasEntered(operation) {
      return
    }
    var entry = operation
    entry.add(count: "rows", counts.rows)
    entry.add(count: "kept", counts.kept)
    entry.add(count: "dropped", counts.dropped)
    for reason in counts.reasons { entry.add(count: "dropped: \(reason.name)", reason.count) }
    manifest.history.append(entry)
    if firstRewritten != nil { try HubVectors.carryOver(hub, from: old, to: manifest, isKept: isKept) }
    try hub.commit(manifest)
  }

  func abandon() {
    segments.abandon()
    dropped.abandon()
    hub.removeGarbage()
  }
}
