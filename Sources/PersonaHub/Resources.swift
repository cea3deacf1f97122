public import Foundation
public import PersonaRecords

/// The files that come with the program: prompts, recipes and the demo's texts.
///
/// They lie beside the executable in `persona-hub_PersonaHub.resources`, where both the build and `make install` put
/// them. The accessor that the package manager generates would end the process when they are missing; this one says
/// what to do.
public enum ShippedFiles {
  /// The folder with `prompts/`, `recipes/` and `demo-corpus/`.
  /// - Throws: `Problem` when the folder is not beside the executable.
  public static func folder() throws(Problem) -> URL {
    let bundle = "persona-hub_PersonaHub.resources"
    var candidates: [URL] = []
    if let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() {
      candidates.append(executable.deletingLastPathComponent())
      candidates.append(executable.deletingLastPathComponent().appending(path: "../share/persona-hub"))
    }
    candidates.append(Bundle.main.bundleURL)
    for candidate in candidates {
      let folder = candidate.appending(path: bundle).appending(path: "Resources").standardizedFileURL
      if FileManager.default.fileExists(atPath: folder.path) { return folder }
    }
    throw Problem(
      "the folder \(bundle) is not beside the program", at: .init(file: candidates.first?.path),
      advice: "install with `make install`, which copies both, or run the program from its build folder")
  }

  /// The text of one shipped file, for example `prompts/derive.md`.
  public static func text(_ path: String) throws(Problem) -> String {
    let url = try folder().appending(path: path)
    do {
      return try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw Problem(
        "a file of the installation is missing", at: .init(file: url.path), advice: "install again with `make install`",
        cause: error.localizedDescription)
    }
  }

  /// Names (without ending) of the files in one folder, sorted.
  public static func names(in folder: String) throws(Problem) -> [String] {
    let url = try self.folder().appending(path: folder)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return files.filter { !$0.hasPrefix(".") }.map { ($0 as NSString).deletingPathExtension }.sorted()
  }
}
