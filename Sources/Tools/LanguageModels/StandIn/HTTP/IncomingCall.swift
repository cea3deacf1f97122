/// One request as it came in.
package struct IncomingCall: Sendable {
  var method: String
  /// Without the query.
  var path: String
  var query: [String: String] = [:]
  /// The header as sent; it goes no further than the comparison with the key.
  package var authorization: String?
  package var contentType = ""
  package var body: [UInt8] = []
  var isTooLarge = false
  var keepsConnection = true

  package init(method: String, target: String) {
    self.method = method
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts.first ?? "")
    for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      query[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
    }
  }
}

/// When something happens: on a clock that never jumps, and on the calendar for what answers say of themselves.
package struct Moment: Sendable {
  /// Since the server started.
  var uptime: Duration
  var unixSeconds: Int

  package init(uptime: Duration, unixSeconds: Int) {
    self.uptime = uptime
    self.unixSeconds = unixSeconds
  }
}

/// What a request is for.
enum Route: Sendable, Equatable {
  case health
  case models
  case chat
  case embeddings
  case listFiles
  case uploadFile
  case file(String)
  case fileContent(String)
  case deleteFile(String)
  case listBatches
  case createBatch
  case batch(String)
  case cancelBatch(String)

  /// - Throws: `Refusal` with 404 or 405.
  static func of(method: String, path: String) throws(Refusal) -> Route {
    let parts = path.split(separator: "/").map(String.init)
    let found: (method: String, route: Route)? =
      switch parts {
      case ["health"]: ("GET", .health)
      case ["v1", "models"]: ("GET", .models)
      case ["v1", "chat", "completions"]: ("POST", .chat)
      case ["v1", "embeddings"]: ("POST", .embeddings)
      case ["v1", "files"]: method == "POST" ? ("POST", .uploadFile) : ("GET", .listFiles)
      case ["v1", "batches"]: method == "POST" ? ("POST", .createBatch) : ("GET", .listBatches)
      default: rooted(parts, method)
      }
    guard let found else {
      throw Refusal(status: 404, message: "Invalid URL (\(method) \(path.prefix(120)))")
    }
    guard found.method == method else {
      throw Refusal(
        status: 405, message: "Not allowed to \(method) on \(path.prefix(120)); use \(found.method)",
        code: "method_not_supported")
    }
    return found.route
  }

  /// Routes with an id in them.
  private static func rooted(_ parts: [String], _ method: String) -> (method: String, route: Route)? {
    guard parts.count >= 3, parts[0] == "v1" else { return nil }
    switch (parts[1], parts.count, parts.last) {
    case ("files", 3, let id?): return method == "DELETE" ? ("DELETE", .deleteFile(id)) : ("GET", .file(id))
    case ("files", 4, "content"): return ("GET", .fileContent(parts[2]))
    case ("batches", 3, let id?): return ("GET", .batch(id))
    case ("batches", 4, "cancel"): return ("POST", .cancelBatch(parts[2]))
    default: return nil
    }
  }
}
