import PersonaRecords
import ShardFiles

/// Writes lines into new files of one kind, each full file durable before the next begins.
///
/// Nothing is made on disk before the first line. Until a manifest names its files they are garbage.
final class PartWriter {
  private let hub: Hub
  private let kind: HubManifest.Part.Kind
  private let stage: String
  private let rowsPerFile: Int
  private var number: Int
  private var shard: (writer: ShardWriter, path: String)?
  private var parts: [HubManifest.Part] = []

  init(_ hub: Hub, _ kind: HubManifest.Part.Kind, firstNumber: Int, stage: String = "", rowsPerFile: Int) {
    precondition(rowsPerFile > 0, "a file holds at least one row")
    self.hub = hub
    self.kind = kind
    self.number = firstNumber
    self.stage = stage
    self.rowsPerFile = rowsPerFile
  }

  func write(_ line: ArraySlice<UInt8>) throws(Problem) {
    if shard == nil { try beginFile() }
    guard let (writer, path) = shard else { return }
    try hub.step(.writeRow(path: path))
    try writer.append(line: line)
    if writer.rows == rowsPerFile { try finishFile() }
  }

  /// Makes the last file durable too, and says which files were written.
  func finish() throws(Problem) -> [HubManifest.Part] {
    try finishFile()
    return parts
  }

  /// Gives up the file at hand; files that were finished stay as garbage until somebody clears it.
  func abandon() {
    shard?.writer.abandon()
    shard = nil
  }

  private func beginFile() throws(Problem) {
    let path = HubFileName(kind, number: number, stage: stage).path
    try hub.step(.beginFile(path: path))
    try Hub.makeFolder("\(hub.path)/\(kind.rawValue)")
    shard = (try ShardWriter(path: "\(hub.path)/\(path)", packsWithZstd: true), path)
    number += 1
  }

  private func finishFile() throws(Problem) {
    guard let (writer, path) = shard else { return }
    try hub.step(.finishFile(path: path))
    let summary = try writer.commit()
    shard = nil
    parts.append(
      HubManifest.Part(
        kind: kind, path: path, rows: summary.rows, byteCount: summary.byteCount, sha256: summary.sha256))
  }
}
