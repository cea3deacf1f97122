/// Keeps a record of what was sent where.
package protocol CallAudit: Sendable {
  /// A request goes out; returns when that is written down.
  func sending(_ request: ModelRequest, to endpoint: ChatEndpoint, isRetry: Bool) async
}
