import Foundation
package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder beside the place where several files shall stand, in which they are made and from which they move when all are whole.
///
/// A kill leaves nothing but the folder, `NAME.PID.writing`, which the next one of the same name removes.
package final class StagingFolder {
  /// Where the files are made.
  package let path: String
  private let target: String
  private var isFinished = false

  /// - Parameter target: the file or folder that the work is for; its folder must be there.
  /// - Throws: `Problem` when nothing can be written beside it.
  package init(beside target: String) throws(Problem) {
    self.target = target
    path = "\(target).\(getpid()).writing"
    Self.removeLeftovers(of: target)
    try? FileManager.default.removeItem(atPath: path)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    } catch {
      throw Problem(
        "nothing can be written beside this", at: .init(file: target),
        advice: "make its folder, or write to another place", cause: error.localizedDescription)
    }
  }

  deinit {
    if !isFinished { abandon() }
  }

  /// Gives up: nothing stays.
  package func abandon() {
    isFinished = true
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the making.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Gives the whole folder its name at once.
  /// - Throws: `Problem`; nothing stands there then.
  package func becomeFolder() throws(Problem) {
    try Self.sync(path)
    guard SystemCall.move(path, to: target) == 0 else { throw Problem.system(errno, doing: "write", path: target) }
    isFinished = true
    try Self.sync(Self.folder(of: target))
  }

  /// Moves files to their places, one by one in this order; each takes the place of what stood there.
  /// - Throws: `Problem`; each file is the old one or the new one then, never half of either.
  package func move(_ files: [(name: String, target: String)]) throws(Problem) {
    for file in files {
      guard SystemCall.move(self.file(file.name), to: file.target) == 0 else {
        throw Problem.system(errno, doing: "write", path: file.target)
      }
    }
    for folder in Set(files.map { Self.folder(of: $0.target) }).sorted() { try Self.sync(folder) }
    abandon()
  }

  /// Makes sure that a file, or the names in a folder, are on the disk.
  package static func sync(_ path: String) throws(Problem) {
    let descriptor = SystemCall.openForReading(path)
    guard descriptor >= 0 else { throw Problem.system(errno, doing: "write", path: path) }
    defer { close(descriptor) }
    // Some network file systems cannot sync a folder and say so with EINVAL: there is nothing more to do then.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw Problem.system(errno, doing: "write", path: path)
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  /// Removes what killed processes left of this name; the folders of processes that live stay.
  private static func removeLeftovers(of target: String) {
    let folder = folder(of: target)
    let name = target.split(separator: "/").last ?? ""
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where entry.hasPrefix(name + ".") && entry.hasSuffix(".writing") {
      let digits = entry.dropFirst(name.count + 1).dropLast(".writing".count)
      guard let process = Int32(digits), kill(process, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
    }
  }
}
