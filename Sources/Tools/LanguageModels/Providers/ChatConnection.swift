import AsyncHTTPClient
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
  private let client: HTTPClient
  private let judge: ResponseJudge
  private let headers: HTTPHeaders
  private let structuredOutput = Mutex<[String: StructuredOutput]>([:])

  init(_ endpoint: ChatEndpoint, client: HTTPClient) {
    self.endpoint = endpoint
    self.client = client
    judge = ResponseJudge(endpoint: endpoint)
    var headers = HTTPHeaders()
    headers.add(name: "content-type", value: "application/json")
    headers.add(name: "accept", value: "application/json")
    headers.add(name: "user-agent", value: "persona-hub")
    if let key = endpoint.key { headers.add(name: "authorization", value: key.authorization) }
    self.headers = headers
  }

  /// The network library set up for calls that others schedule: as many connections as calls, no retries underneath.
  /// - Parameter concurrency: connections to one host at most.
  static func client(concurrency: Int, connectTimeout: Duration) -> HTTPClient {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: TimeAmount(connectTimeout)))
    // The library opens 8 connections per host unless told, whatever the number of tasks.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, concurrency)
    // A refused connection should reach the scheduler at once instead of being tried again underneath it.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.tracing.tracer = nil
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Sends the request once.
  /// - Throws: `CancellationError` only.
  func send(_ request: ModelRequest) async throws -> Attempt {
    let model = endpoint.modelName ?? request.model
    let output = structuredOutput.withLock { $0[model] ?? .schema }
    let body = ChatCompletionBody.write(request, model: model, as: output)
    var judged = request
    // In words alone there is no format that a server could reject.
    if output == .words { judged.format = nil }
    let attempt = try await post(body, for: judged)
    guard case .rejectsFormat = attempt.outcome, let weaker = output.weaker else { return attempt }
    // Another request may have found this out already, or more.
    structuredOutput.withLock { known in
      if (known[model] ?? .schema).rawValue < weaker.rawValue { known[model] = weaker }
    }
    return attempt
  }

  private func post(_ body: [UInt8], for request: ModelRequest) async throws -> Attempt {
    do {
      let call = try HTTPClient.Request(
        url: endpoint.chatURL, method: .POST, headers: headers, body: .byteBuffer(ByteBuffer(bytes: body)))
      // The deadline covers the whole exchange: a server that sends a byte now and then holds no call for ever.
      let task = client.execute(
        request: call, delegate: ResponseAccumulator(request: call, maxBodySize: endpoint.maximumReplyBytes),
        deadline: .now() + TimeAmount(endpoint.requestTimeout))
      let response = try await withTaskCancellationHandler {
        try await task.futureResult.get()
      } onCancel: {
        task.cancel()
      }
      let outcome = judge.judge(
        status: Int(response.status.code), headers: response.headers,
        body: response.body.map { Array($0.readableBytesView) } ?? [], request: request,
        now: { Int(Date().timeIntervalSince1970) })
      return Attempt(outcome: outcome, told: judge.limits(response.headers))
    } catch is ResponseAccumulator.ResponseTooBigError {
      return Attempt(outcome: .final(judge.tooLong()))
    } catch {
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      return Attempt(outcome: NetworkFailure.outcome(of: error, endpoint: endpoint))
    }
  }
}

/// One sending of a request: what it came to, and what the server said of its limits.
struct Attempt: Sendable {
  let outcome: AttemptOutcome
  var told: ServerLimits?
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
