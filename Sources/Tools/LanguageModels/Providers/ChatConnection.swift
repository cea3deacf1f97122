import Foundation
import NIOCore
import NIOHTTP1
import PersonaRecords
import Synchronization

/// One OpenAI-compatible server: sends a request once, and says what it came to.
///
/// Structured output is asked for as strongly as the server allows, and what it allows is remembered per model.
/// Redirects are not followed, so the key goes to the stated address and nowhere else.
final class ChatConnection: Sendable {
  let endpoint: ChatEndpoint
  private let transport: ChatTransport
  private let judge: ResponseJudge
  private let head: HTTPRequestHead
  private let timeout: TimeAmount
  private let structuredOutput = Mutex<[String: StructuredOutput]>([:])
  private let embeddingsHead: HTTPRequestHead
  /// Whether the server refused vectors in base64.
  private let sendsNumbers = Mutex(false)

  /// - Throws: what the TLS library throws when the system's certificates cannot be read.
  init(_ endpoint: ChatEndpoint) throws {
    self.endpoint = endpoint
    transport = try ChatTransport(
      host: endpoint.hostName, port: endpoint.port, usesTLS: endpoint.usesTLS,
      connectTimeout: endpoint.connectTimeout)
    judge = ResponseJudge(endpoint: endpoint)
    timeout = TimeAmount(endpoint.requestTimeout)
    var headers = HTTPHeaders()
    headers.add(name: "host", value: endpoint.host)
    headers.add(name: "content-type", value: "application/json")
    headers.add(name: "accept", value: "application/json")
    headers.add(name: "user-agent", value: "persona-hub")
    if let key = endpoint.key { headers.add(name: "authorization", value: key.authorization) }
    head = HTTPRequestHead(version: .http1_1, method: .POST, uri: endpoint.chatPath, headers: headers)
    embeddingsHead = HTTPRequestHead(version: .http1_1, method: .POST, uri: endpoint.embeddingsPath, headers: headers)
  }

  /// Closes the connections.
  func close() async { await transport.close() }

  /// Sends the request once.
  /// - Throws: `CancellationError` only.
  func send(_ request: ModelRequest) async throws -> Attempt {
    let model = endpoint.modelName ?? request.model
    if let input = request.embeddings { return try await send(input, model: model, for: request) }
    let output = structuredOutput.withLock { $0[model] ?? .schema }
    let body = ChatCompletionBody.write(request, model: model, as: output)
    var judged = request
    // In words alone there is no format that a server could reject.
    if output == .words { judged.format = nil }
    let attempt = try await post(body, to: head, for: judged)
    guard case .rejectsFormat = attempt.outcome, let weaker = output.weaker else { return attempt }
    // Another request may have found this out already, or more.
    structuredOutput.withLock { known in
      if (known[model] ?? .schema).rawValue < weaker.rawValue { known[model] = weaker }
    }
    return attempt
  }

  private func send(_ input: EmbeddingInput, model: String, for request: ModelRequest) async throws -> Attempt {
    let asNumbers = sendsNumbers.withLock { $0 }
    let body = EmbeddingsBody.write(input, model: model, asNumbers: asNumbers)
    let attempt = try await post(body, to: embeddingsHead, for: request, asksForBase64: !asNumbers)
    if case .rejectsFormat = attempt.outcome { sendsNumbers.withLock { $0 = true } }
    return attempt
  }

  private func post(
    _ body: [UInt8], to head: HTTPRequestHead, for request: ModelRequest, asksForBase64: Bool = false
  ) async throws -> Attempt {
    do {
      let answer = try await transport.send(
        head, body: body, timeout: timeout, maximumBytes: endpoint.maximumReplyBytes)
      let outcome = judge.judge(
        status: answer.status, headers: answer.headers, body: answer.body, request: request,
        asksForBase64: asksForBase64, now: { Int(Date().timeIntervalSince1970) })
      // A body that cannot be read is paid for like any other.
      return Attempt(
        outcome: outcome, told: judge.limits(answer.headers), mayHaveCost: (200..<300).contains(answer.status))
    } catch ExchangeError.tooLong {
      return Attempt(outcome: .final(judge.tooLong(request)), mayHaveCost: true)
    } catch {
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      let outcome = NetworkFailure.outcome(of: error, endpoint: endpoint)
      // The server may have answered where the connection broke; one that was never made costs nothing.
      if case .passing(let failure) = outcome, failure.kind == .faulty {
        return Attempt(outcome: outcome, mayHaveCost: true)
      }
      return Attempt(outcome: outcome)
    }
  }
}

/// One sending of a request: what it came to, and what the server said of its limits.
struct Attempt: Sendable {
  let outcome: AttemptOutcome
  var told: ServerLimits?
  /// Whether the server may have done its work, so that no reply is not the same as no cost.
  var mayHaveCost = false
}

extension TimeAmount {
  /// The duration in whole nanoseconds.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .seconds(seconds) + .nanoseconds(attoseconds / 1_000_000_000)
  }
}

extension Duration {
  /// Seconds with one decimal, for messages.
  var roundedToTenths: String {
    let tenths = Int((self / .milliseconds(100)).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
