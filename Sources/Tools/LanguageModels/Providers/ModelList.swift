import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import PersonaRecords

extension ChatEndpoint {
  /// The one model that the server serves, for those who named none.
  ///
  /// - Throws: `Problem`: the server cannot be reached or gives no list (stop, resumable), or it serves several models
  ///   (wrong usage, with the first names).
  package func onlyModel() async throws -> String {
    let names = try await modelNames()
    if names.count == 1 { return names[0] }
    let some = names.prefix(5).joined(separator: ", ").cut(to: 200)
    throw Problem(
      names.isEmpty
        ? "\(displayURL) does not say which models it serves" : "\(displayURL) serves several models: \(some)",
      advice: "name one with \(options.model)", consequence: .wrongUsage)
  }

  private func modelNames() async throws -> [String] {
    let url = chatURL.replacing("/chat/completions", with: "/models", maxReplacements: 1)
    var call = HTTPClientRequest(url: url)
    call.headers.add(name: "accept", value: "application/json")
    call.headers.add(name: "user-agent", value: "persona-hub")
    if let key { call.headers.add(name: "authorization", value: key.authorization) }
    let status: Int
    let body: [UInt8]
    do {
      let response = try await HTTPClient.shared.execute(call, timeout: TimeAmount(requestTimeout))
      status = Int(response.status.code)
      body = Array(try await response.body.collect(upTo: maximumReplyBytes).readableBytesView)
    } catch {
      throw Problem(
        "\(displayURL) cannot be reached", advice: "check that the server runs and that the address is right",
        consequence: .stopResumable, cause: redact(String(describing: error)).cut())
    }
    guard status != 401, status != 403 else {
      throw Problem(
        "\(host) refused the \(key.map { "key in \($0.variable)" } ?? "request without a key") (\(status))",
        advice: "set \(Self.keyVariable) to a key that the server takes", consequence: .stopResumable)
    }
    let list = (try? JSONValue(utf8: body))?["data"]?.arrayValue ?? []
    return status == 200 ? list.compactMap { $0["id"]?.stringValue } : []
  }
}
