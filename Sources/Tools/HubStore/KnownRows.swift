import PersonaRecords

/// The ids a hub has and had, and the origins it knows, in memory.
///
/// 16 bytes of id and 8 of origin in tables that are at most 70% full: 34 to 51 bytes per persona, dropped persona and
/// further origin; about 4 GB for 100 million. Two different origins share a fingerprint with a chance of about
/// n² / 2^65: 3 in 10,000 that, among 100 million, one further origin is taken for known and not recorded. Ids are
/// compared in full.
struct KnownRows {
  private(set) var kept: FlatSet<UInt128>
  private(set) var dropped: FlatSet<UInt128>
  private var origins: FlatSet<UInt64>

  /// Reads all rows of a hub.
  /// - Throws: `Problem` when a file is damaged.
  init(of hub: Hub) throws(Problem) {
    let manifest = hub.manifest
    kept = FlatSet(reserving: manifest.rowCount)
    dropped = FlatSet(reserving: manifest.droppedRowCount)
    origins = FlatSet(reserving: manifest.rowCount + manifest.droppedRowCount + manifest.lineageRowCount)
    let reader = PartLineReader(hub, manifest.parts)
    while let line = try reader.next() {
      guard let kind = reader.part?.kind, let id = HubLine.id(of: line, kind),
        let fingerprint = HubLine.originFingerprint(of: line, kind, id: id)
      else { throw reader.damaged("this is not a row as the hub writes it") }
      switch kind {
      case .segment: kept.insert(id.word)
      case .dropped: dropped.insert(id.word)
      case .lineage: break
      }
      origins.insert(fingerprint)
    }
  }

  /// Whether the hub has this id, or had it.
  func contains(_ id: PersonaID) -> Bool { kept.contains(id.word) || dropped.contains(id.word) }

  mutating func insert(_ id: PersonaID) { kept.insert(id.word) }

  /// Notes an origin; false when it was known.
  /// - Parameter line: the persona or further origin as a line.
  mutating func insertOrigin(on line: [UInt8], _ kind: HubManifest.Part.Kind, id: PersonaID) -> Bool {
    guard let fingerprint = HubLine.originFingerprint(of: line[...], kind, id: id) else { return false }
    return origins.insert(fingerprint)
  }
}
