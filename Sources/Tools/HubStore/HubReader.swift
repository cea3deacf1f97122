package import PersonaRecords

/// Reads the rows of a hub in order, holding one at a time.
///
/// It reads the files that the manifest named when it was made. When another process drops rows meanwhile, those files
/// go away under it, and `next()` says so.
package final class HubReader<Row: HubRow> {
  private let lines: PartLineReader

  init(_ hub: Hub, _ parts: [HubManifest.Part]) {
    self.lines = PartLineReader(hub, parts)
  }

  /// The next row; nil behind the last.
  /// - Throws: `Problem` when a file is missing or damaged, with file and row.
  package func next() throws(Problem) -> Row? {
    guard let line = try lines.next() else { return nil }
    return try lines.record(Row.self, from: line)
  }
}
