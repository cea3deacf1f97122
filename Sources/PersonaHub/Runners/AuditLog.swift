import Foundation
import LanguageModels
import PersonaRecords
import ShardFiles

/// A file of JSON lines that says which prompt went where and when: for those who must be able to tell. No keys, ever.
actor AuditLog: CallAudit {
  private let handle: FileHandle
  private var isBroken = false

  /// Appends to the file.
  /// - Throws: `Problem` when it cannot be written to.
  init(path: String) throws(Problem) {
    let files = FileManager.default
    guard files.fileExists(atPath: path) || files.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw Problem(
        "the audit log cannot be written", at: .init(file: path), advice: "name another file with --audit",
        consequence: .wrongUsage)
    }
    self.handle = handle
    _ = try? handle.seekToEnd()
  }

  func sending(_ request: ModelRequest, to endpoint: ChatEndpoint, isRetry: Bool) async {
    guard !isBroken else { return }
    var line = JSONLine()
    line.object { line in
      line.member("time", Date().formatted(.iso8601))
      line.member("to", endpoint.displayURL)
      line.member("model", endpoint.modelName ?? request.model)
      line.member("request", request.key.description)
      line.member("retry", isRetry)
      if let input = request.embeddings {
        line.key("texts")
        line.array { line in for text in isRetry ? [] : input.texts { line.value(text) } }
        return
      }
      line.key("messages")
      // A retry sends the same words; the request's key finds them.
      line.value(isRetry ? [] : request.messages)
    }
    do {
      try handle.write(contentsOf: Data(line.bytes + [UInt8(ascii: "\n")]))
    } catch {
      isBroken = true
    }
  }
}
