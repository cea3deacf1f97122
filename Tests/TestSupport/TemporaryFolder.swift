import Foundation

/// A fresh folder that is removed, with all that is in it, when the last one who holds it lets go.
package final class TemporaryFolder: Sendable {
  /// Absolute path without a slash at the end.
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "persona-hub-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    // The real path: on macOS the temporary folder is a symbolic link, and messages name the real one.
    self.path = url.resolvingSymlinksInPath().path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder; it need not exist.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = URL(filePath: file(name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return file(name)
  }

  package func bytes(of name: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: file(name)))) }

  package func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

  /// Paths of all files below the folder, relative to it, sorted.
  package func files() -> [String] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      // Safe: the flag outlives the call that writes it.
      return unsafe FileManager.default.fileExists(atPath: file(name), isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}
