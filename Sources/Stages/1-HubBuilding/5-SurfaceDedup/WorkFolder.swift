import Foundation
package import PersonaRecords
import ShardFiles

/// Where a run that does not fit into memory keeps its work in progress: a folder that the run makes when it needs it, and
/// that goes when the run is done. After a crash it stays, and the same command goes on from what is finished in it.
package struct WorkFolder: Sendable {
  package let path: String
  /// Names the input and the settings: a folder with another stamp belongs to another run, and is emptied.
  package let stamp: String

  package init(path: String, stamp: String) {
    self.path = path
    self.stamp = stamp
  }

  /// Makes the folder, empty.
  /// - Throws: `Problem` when it cannot be made.
  func make() throws(Problem) -> String {
    remove()
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "this folder for work in progress cannot be made", at: .init(file: path),
        advice: "give --memory more than the rows need, or write to another place",
        cause: error.localizedDescription)
    }
    return path
  }

  /// Removes the folder and what is in it.
  package func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }

  func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  /// Checks that so many bytes can be written.
  /// - Throws: `Problem`, before anything is written.
  package func checkRoom(for byteCount: Int) throws(Problem) {
    let folder = (path as NSString).deletingLastPathComponent
    guard let free = WorkFiles.freeBytes(at: folder.isEmpty ? "." : folder), free < byteCount else { return }
    throw Problem(
      "this needs about \(byteCount / 1_000_000) MB on the disk for work in progress and output, and \(free / 1_000_000) MB are free",
      at: .init(file: path), advice: "free some space, write to another disk, or give more --memory",
      consequence: .stopResumable)
  }
}
