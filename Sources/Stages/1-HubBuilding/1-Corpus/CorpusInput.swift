import Foundation
import PersonaRecords

/// Something the user named: a file, a folder, a pattern such as `texts/*.jsonl.gz`, or `-` for standard input.
package struct CorpusInput: Sendable, Equatable {
  package var path: String
  /// Stands in `Document.source.file`: the path as typed unless given.
  package var label: String

  package init(_ path: String, label: String? = nil) {
    self.path = path
    var name = label ?? (path == "-" ? "stdin" : path)
    while name.count > 1 && name.hasSuffix("/") { name.removeLast() }
    self.label = name
  }
}

/// One file to be read.
struct CorpusFile: Equatable {
  var path: String
  var label: String
  /// nil where it cannot be known.
  var byteCount: Int?
}

extension CorpusInput {
  /// The files meant, in a fixed order, and what is wrong where there are none.
  func files() -> (files: [CorpusFile], rejections: [CorpusRejection]) {
    if path == "-" { return ([CorpusFile(path: path, label: label, byteCount: nil)], []) }
    guard let isFolder = Self.isFolder(path) else {
      if path.contains(where: { "*?[".contains($0) }) { return matches() }
      // Opening it tells the reason: it is absent, or a folder above it may not be entered.
      return ([CorpusFile(path: path, label: label, byteCount: nil)], [])
    }
    guard isFolder else { return ([Self.file(path, label: label)], []) }
    var files: [CorpusFile] = []
    var rejections: [CorpusRejection] = []
    Self.walk(path, label: label, into: &files, rejections: &rejections)
    if files.isEmpty && rejections.isEmpty {
      rejections.append(
        CorpusRejection(file: label, reason: "this folder holds no files", advice: "name a folder with texts in it"))
    }
    return (files, rejections)
  }

  /// Whether a folder stands there, links followed; nil when nothing does that can be seen.
  private static func isFolder(_ path: String) -> Bool? {
    var answer: ObjCBool = false
    // Safe: the answer is written during the call only.
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &answer)
    return exists ? answer.boolValue : nil
  }

  private static func file(_ path: String, label: String) -> CorpusFile {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return CorpusFile(path: path, label: label, byteCount: (attributes?[.size] as? NSNumber)?.intValue)
  }

  /// Files below a folder, by name; hidden ones and half-written shards are passed over, links to folders not followed.
  private static func walk(
    _ folder: String, label: String, into files: inout [CorpusFile], rejections: inout [CorpusRejection]
  ) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      rejections.append(
        CorpusRejection(
          file: label, reason: "no permission to list this folder",
          advice: "give your user access to it, or leave it out"))
      return
    }
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      if name.hasPrefix(".") || name.hasSuffix(".writing") { continue }
      let path = "\(folder)/\(name)"
      let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
      if kind == .typeDirectory {
        walk(path, label: "\(label)/\(name)", into: &files, rejections: &rejections)
      } else {
        if kind == .typeSymbolicLink && isFolder(path) == true { continue }
        files.append(file(path, label: "\(label)/\(name)"))
      }
    }
  }

  private func matches() -> (files: [CorpusFile], rejections: [CorpusRejection]) {
    var found = unsafe glob_t()
    // Safe: glob fills `found`, whose strings are copied below and freed at the end.
    let status = unsafe glob(path, 0, nil, &found)
    defer { unsafe globfree(&found) }
    var paths: [String] = []
    if status == 0 {
      for place in 0..<Int(unsafe found.gl_pathc) {
        if let name = unsafe found.gl_pathv[place] { paths.append(unsafe String(cString: name)) }
      }
    }
    guard !paths.isEmpty else {
      return (
        [],
        [
          CorpusRejection(
            file: label, reason: "no file matches this pattern",
            advice: "check the pattern; a folder's files are all read when the folder itself is named")
        ]
      )
    }
    var files: [CorpusFile] = []
    var rejections: [CorpusRejection] = []
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let inner = CorpusInput(path).files()
      files += inner.files
      rejections += inner.rejections
    }
    return (files, rejections)
  }
}
