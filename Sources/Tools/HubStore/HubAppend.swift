package import PersonaRecords
import ShardFiles

/// Personas on their way into a hub: all of them arrive with `commit`, or none.
///
/// ```swift
/// let append = try hub.beginAppend()
/// for persona in personas { try append.add(persona) }
/// try append.commit(HubOperation("import", settings: ["file": "personas.jsonl"]))
/// ```
/// Rows go to disk as they come; until `commit` no manifest names them. An append that is let go without `commit` is
/// abandoned. Memory: see `KnownRows`, 34 to 51 bytes per row that the hub has or had.
package final class HubAppend {
  /// What became of one persona.
  package enum Outcome: Sendable, Equatable {
    case added
    /// The hub has it; a new origin is noted in the lineage.
    case repeated
    /// The hub had it and dropped it; a new origin is noted in the lineage.
    case droppedBefore
  }

  /// What was counted so far.
  package struct Counts: Sendable, Equatable {
    package var added = 0
    package var repeated = 0
    package var droppedBefore = 0
    /// Repeats whose origin was not known.
    package var newOrigins = 0
  }

  package private(set) var counts = Counts()
  private let hub: Hub
  private let lock: FileLock
  private var known: KnownRows
  private let segments: PartWriter
  private let lineage: PartWriter
  private var isOpen = true

  init(_ hub: Hub, lock: FileLock, rowsPerSegment: Int) throws(Problem) {
    self.hub = hub
    self.lock = lock
    let manifest = hub.manifest
    known = try KnownRows(of: hub)
    segments = PartWriter(hub, .segment, firstNumber: manifest.nextSegment, rowsPerFile: rowsPerSegment)
    lineage = PartWriter(hub, .lineage, firstNumber: manifest.lineage.count, rowsPerFile: rowsPerSegment)
  }

  deinit { abandon() }

  /// Whether the hub has this id, had it, or will have it after `commit`.
  package func contains(_ id: PersonaID) -> Bool { known.contains(id) }

  /// Adds a persona unless its id is or was in the hub; then only an origin that is new is noted.
  ///
  /// - Throws: `Problem` that rejects this row when it is related to a persona the hub never had, or is far too long;
  ///   any other means that the append cannot go on, and should be abandoned.
  @discardableResult
  package func add(_ persona: Persona) throws(Problem) -> Outcome {
    precondition(isOpen, "an append takes rows until it is committed or abandoned")
    if persona.origin.kind == .relation {
      guard let parent = PersonaID(persona.origin.parent), known.contains(parent) else {
        throw Problem(
          "this persona is related to \"\(persona.origin.parent.cut())\", which the hub never had",
          at: .init(field: "origin.parent"), advice: "add the parent first, or import the row without its origin",
          consequence: .rejectRow)
      }
    }
    guard known.contains(persona.id) else {
      let line = persona.jsonLine
      try Self.checkLength(of: line)
      try segments.write(line[...])
      known.insert(persona.id)
      _ = known.insertOrigin(on: line, .segment, id: persona.id)
      counts.added += 1
      return .added
    }
    let line = FurtherOrigin(of: persona).jsonLine
    try Self.checkLength(of: line)
    if known.insertOrigin(on: line, .lineage, id: persona.id) {
      try lineage.write(line[...])
      counts.newOrigins += 1
    }
    if known.kept.contains(persona.id.word) {
      counts.repeated += 1
      return .repeated
    }
    counts.droppedBefore += 1
    return .droppedBefore
  }

  /// Longer lines could not be read back by everyone; and no description of a person needs them.
  private static func checkLength(of line: [UInt8]) throws(Problem) {
    guard line.count > Hub.maximumLineBytes else { return }
    throw Problem(
      "this persona takes \(line.count) bytes, and at most \(Hub.maximumLineBytes) are kept",
      advice: "shorten the description, or check that the row is a persona", consequence: .rejectRow)
  }

  /// Makes the rows part of the hub and lets other writers in.
  ///
  /// Nothing is written when no row and no origin is new and the same command stands in the history, so that a command
  /// that runs twice changes nothing. The history gets the counts of the caller, then those of the append.
  ///
  /// - Returns: whether the hub changed.
  /// - Throws: `Problem` when something cannot be written; the hub is then as it was before, and the append is
  ///   abandoned.
  @discardableResult
  package func commit(_ operation: HubOperation) throws(Problem) -> Bool {
    precondition(isOpen, "an append is committed once")
    defer { abandon() }
    var manifest = hub.manifest
    let newSegments = try segments.finish()
    let newLineage = try lineage.finish()
    manifest.segments += newSegments
    manifest.lineage += newLineage
    manifest.nextSegment += newSegments.count
    guard !newSegments.isEmpty || !newLineage.isEmpty || !manifest.hasEntered(operation) else { return false }
    var entry = operation
    entry.add(count: "added", counts.added)
    entry.add(count: "repeated", counts.repeated)
    entry.add(count: "droppedBefore", counts.droppedBefore)
    entry.add(count: "newOrigins", counts.newOrigins)
    manifest.history.append(entry)
    try hub.commit(manifest)
    return true
  }

  /// Lets go of everything that was added; the hub stays as it was. Does nothing after `commit`.
  package func abandon() {
    guard isOpen else { return }
    isOpen = false
    segments.abandon()
    lineage.abandon()
    hub.removeGarbage()
    lock.release()
  }
}

extension Hub {
  /// Begins to add personas; until `commit` or `abandon` no other process can write.
  /// - Parameter rowsPerSegment: smaller than usual only in tests.
  /// - Throws: `Problem` when another process is writing, or a file of the hub is damaged.
  package func beginAppend(rowsPerSegment: Int = Hub.rowsPerSegment) throws(Problem) -> HubAppend {
    let lock = try beginWriting()
    do throws(Problem) {
      return try HubAppend(self, lock: lock, rowsPerSegment: rowsPerSegment)
    } catch {
      lock.release()
      throw error
    }
  }
}
