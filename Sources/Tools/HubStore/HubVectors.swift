import Crypto
import Foundation
package import PersonaRecords
import SimilarityKernels
import VectorFiles

/// The vectors of a hub's personas, in the order of the hub: one file for each model in `vectors/MODEL/`.
///
/// A file's name says which personas it is of: a hash of the segments it covers. So a file that another state of the hub had
/// is seen to be of another state, whenever a crash came; the next write removes it. Rows that are appended to the hub leave a
/// file that covers its start, and only the rest is embedded anew; a drop copies the vectors of what stays.
package struct HubVectors: Sendable {
  /// The longest start of the hub that has vectors.
  package struct Start: Sendable, Equatable {
    package let path: String
    package let rows: Int
  }

  private let hub: Hub
  private let folder: String

  /// - Parameter model: the model's name, without what tells its versions apart: those are not to be mixed, and a file says
  ///   which one it is of.
  package init(_ hub: Hub, model: String) {
    self.hub = hub
    folder = "\(hub.path)/vectors/\(Self.folderName(of: model))"
  }

  /// Where the vectors of all personas stand, or would.
  package var path: String { "\(folder)/\(Self.name(of: hub.manifest.segments[...])).npy" }

  /// What the description of these vectors says they are of.
  package var source: String { "hub:\(Self.name(of: hub.manifest.segments[...]))" }

  package func makeFolder() throws(Problem) { try Hub.makeFolder(folder) }

  /// The longest start of the hub that has whole vectors; nil when there are none.
  package func longestStart() -> Start? {
    let segments = hub.manifest.segments
    for count in stride(from: segments.count, to: 0, by: -1) {
      let path = "\(folder)/\(Self.name(of: segments.prefix(count))).npy"
      if FileManager.default.fileExists(atPath: path) {
        return Start(path: path, rows: segments.prefix(count).reduce(0) { $0 + $1.rows })
      }
    }
    return nil
  }

  /// Removes the files that covered less: the whole one is there.
  package func removeShorter() {
    let whole = Self.name(of: hub.manifest.segments[...])
    for name in Self.names(in: folder) where Self.stem(of: name) != whole {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  // MARK: Names

  /// 16 hex digits for a list of segments.
  static func name(of segments: ArraySlice<HubManifest.Part>) -> String {
    var hash = SHA256()
    for segment in segments { hash.update(data: Data("\(segment.sha256)\n".utf8)) }
    return HexDigits.of(hash.finalize().prefix(8))
  }

  private static func folderName(of model: String) -> String {
    let name = String(
      model.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }.prefix(80))
    // A name of dots alone would be another folder.
    return name.allSatisfy { $0 == "." } ? "model" : name
  }

  /// The first 16 digits of a name of ours; nil for files of somebody else.
  private static func stem(of name: String) -> String? {
    guard let dot = name.firstIndex(of: "."), name[dot...].hasPrefix(".npy") else { return nil }
    let stem = name[..<dot]
    return stem.utf8.count == 16 && stem.allSatisfy(\.isHexDigit) ? String(stem) : nil
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { stem(of: $0) != nil }.sorted()
  }

  private static func folders(of hub: Hub) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(hub.path)/vectors")) ?? []).sorted()
  }

  // MARK: What becomes of them

  /// Files of vectors that cover no start of this manifest; paths below the hub's folder.
  static func garbage(of hub: Hub, beside manifest: HubManifest) -> [String] {
    let folders = folders(of: hub)
    guard !folders.isEmpty else { return [] }
    let covering = Set(manifest.segments.indices.map { name(of: manifest.segments[...$0]) })
    return folders.flatMap { folder in
      names(in: "\(hub.path)/vectors/\(folder)").filter { !covering.contains(stem(of: $0) ?? "") }
        .map { "vectors/\(folder)/\($0)" }
    }
  }

  /// Writes the vectors of the rows that stay, for every model that has vectors of all rows. They count from the moment at
  /// which the new manifest stands.
  static func carryOver(_ hub: Hub, from old: HubManifest, to new: HubManifest, isKept: [Bool]) throws(Problem) {
    for folder in folders(of: hub) {
      let start = "\(hub.path)/vectors/\(folder)"
      let path = "\(start)/\(name(of: old.segments[...])).npy"
      // Vectors that cannot be read are made anew when they are asked for; they do not stand in the way of a drop.
      guard let file = try? VectorFile.open(path, rows: isKept.count), let description = file.description else {
        continue
      }
      let stem = name(of: new.segments[...])
      var kept = description
      kept.source = "hub:\(stem)"
      let writer = try VectorFileWriter(path: "\(start)/\(stem).npy", description: kept)
      // A row of an earlier try that was cut off stays: it is the same row.
      let rows = isKept.indices.lazy.filter { isKept[$0] }.dropFirst(writer.resumedRows)
      try writer.append(rows: rows, of: file.vectors)
      try writer.finish()
    }
  }
}
