import Embeddings
import Foundation
import LanguageModels
import PersonaRecords
import ShardFiles

/// What is installed, what is missing, and how to get it.
public struct Diagnosis: Sendable {
  public struct Finding: Sendable {
    public let name: String
    public let isFine: Bool
    /// Whether the main job cannot be done without it.
    public let isNeeded: Bool
    public let detail: String
  }

  public let findings: [Finding]

  /// Looks at this machine; nothing is changed, and no key is printed.
  public init(environment given: [String: String]? = nil) {
    let environment = given ?? ProcessInfo.processInfo.environment
    var findings: [Finding] = []
    func add(_ name: String, needed: Bool = false, _ look: () throws(Problem) -> String) {
      do throws(Problem) {
        findings.append(Finding(name: name, isFine: true, isNeeded: needed, detail: try look()))
      } catch {
        let advice = error.advice.isEmpty ? "" : "; \(error.advice)"
        findings.append(Finding(name: name, isFine: false, isNeeded: needed, detail: "\(error.what)\(advice)"))
      }
    }
    add("prompts, recipes and demo texts", needed: true) { () throws(Problem) in try ShippedFiles.folder().path }
    add("DuckDB (parquet, hub sql)") { () throws(Problem) in try DuckDBProgram.locate().path }
    add("embedding model (embed, dedup --semantic)") { () throws(Problem) in
      try ModelFolder.locate(environment: environment).path
    }
    add("model endpoint (\(ChatEndpoint.urlVariable))") { () throws(Problem) in
      guard let url = environment[ChatEndpoint.urlVariable], !url.isEmpty else {
        return "not set: builtin answers, which is no language model"
      }
      return try ChatEndpoint(url: url, environment: environment).displayURL
    }
    add("key (\(ChatEndpoint.keyVariable))") { () throws(Problem) in
      environment[ChatEndpoint.keyVariable].map { $0.isEmpty ? "empty" : "set" } ?? "not set; local servers need none"
    }
    add("working folder", needed: true) { () throws(Problem) in
      let folder = FileManager.default.currentDirectoryPath
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw Problem("\(folder) cannot be written to", advice: "work in another folder")
      }
      let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
      let free = (attributes?[.systemFreeSize] as? NSNumber)?.doubleValue
      return free.map { String(format: "%.1f GB free", $0 / 1e9) } ?? "writable"
    }
    findings.append(
      Finding(
        name: "cores", isFine: true, isNeeded: false, detail: String(ProcessInfo.processInfo.activeProcessorCount)))
    self.findings = findings
  }

  /// Whether the main job can be done.
  public var isWorking: Bool { findings.allSatisfy { $0.isFine || !$0.isNeeded } }
}
