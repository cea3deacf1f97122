import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PersonaRecords
import Synchronization

/// A model behind an OpenAI-compatible chat completions server.
///
/// One request becomes one call, and further tries where a failure may pass (`RetryPlan`). Structured output is asked for
/// as strongly as the server allows, and what it allows is remembered per model. Requests of one model share a pool of
/// `concurrency` connections. Redirects are not followed, so the key goes to the stated address and nowhere else.
///
/// Opened with `withModel(…)`, which closes the connections on the way out.
package final class OpenAIChatModel: LanguageModel {
  /// What was sent, counted.
  package struct Traffic: Sendable, Equatable {
    /// Tries that were sent, retries and fall-backs included.
    package var sent = 0
    /// Tries after a failure.
    package var retries = 0

    package init(sent: Int = 0, retries: Int = 0) {
      self.sent = sent
      self.retries = retries
    }
  }

  package let name: String
  package let endpoint: ChatEndpoint
  private let client: HTTPClient
  private let judge: ResponseJudge
  private let clock: any Clock<Duration>
  private let seed: UInt64
  private let onRetry: @Sendable (String) -> Void
  private let state = Mutex(State())

  private struct State: Sendable {
    var structuredOutput: [String: StructuredOutput] = [:]
    var outage = OutageDetector()
    var traffic = Traffic()
  }

  /// - Parameters:
  ///   - name: the model's name as the server knows it.
  ///   - clock: what waiting between tries is measured with. (Time-outs of the network are the network library's.)
  ///   - seed: of the jitter between tries; it has no influence on replies.
  ///   - onRetry: told, in one line without line end, of each wait before another try.
  private init(
    name: String, endpoint: ChatEndpoint, clock: any Clock<Duration>, seed: UInt64,
    onRetry: @escaping @Sendable (String) -> Void
  ) {
    self.name = name
    self.endpoint = endpoint
    self.judge = ResponseJudge(endpoint: endpoint)
    self.clock = clock
    self.seed = seed
    self.onRetry = onRetry
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: TimeAmount(endpoint.connectTimeout)))
    // The library opens 8 connections per host unless told, whatever the number of tasks.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, endpoint.concurrency)
    // A refused connection should reach `RetryPlan` at once instead of being tried again underneath it.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.tracing.tracer = nil
    self.client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Opens a model for the time of `body`.
  /// - Throws: what `body` throws.
  package static func withModel<Value>(
    _ name: String, at endpoint: ChatEndpoint, clock: any Clock<Duration> = ContinuousClock(), seed: UInt64 = 0,
    onRetry: @escaping @Sendable (String) -> Void = { _ in }, isolation: isolated (any Actor)? = #isolation,
    body: (OpenAIChatModel) async throws -> Value
  ) async throws -> Value {
    let model = OpenAIChatModel(name: name, endpoint: endpoint, clock: clock, seed: seed, onRetry: onRetry)
    do {
      let value = try await body(model)
      try await model.client.shutdown()
      return value
    } catch {
      // The first error is the one to report; closing sockets has nothing to add to it.
      try? await model.client.shutdown()
      throw error
    }
  }

  package var endpointDescription: String { endpoint.displayURL }
  package var traffic: Traffic { state.withLock { $0.traffic } }

  package func reply(to request: ModelRequest) async throws -> ModelReply {
    var plan = RetryPlan(
      limits: endpoint.retries, random: SeededRandom(seed: seed, purpose: request.key.description))
    while true {
      try Task.checkCancellation()
      let output = state.withLock { state in
        state.traffic.sent += 1
        return state.structuredOutput[request.model] ?? .schema
      }
      switch try await attempt(request, as: output) {
      case .reply(let reply):
        state.withLock { $0.outage.succeeded() }
        return reply
      case .rejectsFormat(let problem):
        guard let weaker = output.weaker else { throw problem }
        // Another request may have found this out already, or more.
        state.withLock { state in
          if (state.structuredOutput[request.model] ?? .schema).rawValue < weaker.rawValue {
            state.structuredOutput[request.model] = weaker
          }
        }
      case .final(let problem):
        throw problem
      case .passing(let failure):
        guard case .wait(let pause) = plan.failed(retryAfter: failure.retryAfter) else {
          let outage = state.withLock { $0.outage.exhausted() }
          throw judge.exhausted(failure, tries: plan.failures, outage: outage)
        }
        onRetry(
          "\(endpoint.host) \(failure.what); next try in \(pause.roundedToTenths) s "
            + "(\(plan.failures + 1) of \(plan.limits.attempts))")
        try await clock.sleep(for: pause)
        state.withLock { $0.traffic.retries += 1 }
      }
    }
  }

  /// Sends the request once.
  /// - Throws: `CancellationError` only.
  private func attempt(_ request: ModelRequest, as output: StructuredOutput) async throws -> AttemptOutcome {
    var call = HTTPClientRequest(url: endpoint.chatURL)
    call.method = .POST
    call.headers.add(name: "content-type", value: "application/json")
    call.headers.add(name: "accept", value: "application/json")
    call.headers.add(name: "user-agent", value: "persona-hub")
    if let key = endpoint.key { call.headers.add(name: "authorization", value: key.authorization) }
    call.body = .bytes(ByteBuffer(bytes: ChatCompletionBody.write(request, as: output)))
    do {
      let deadline = ContinuousClock.now + endpoint.requestTimeout
      let response = try await client.execute(call, timeout: TimeAmount(endpoint.requestTimeout))
      guard let body = try await body(of: response, until: deadline) else {
        return .final(
          Problem(
            "\(endpoint.host) sent a reply of more than \(endpoint.maximumReplyBytes) bytes, and it was not read to its end",
            advice: "lower --max-tokens, or look at what the model writes", consequence: .rejectRow))
      }
      return judge.judge(
        status: Int(response.status.code), headers: response.headers, body: body, request: request,
        now: Int(Date().timeIntervalSince1970))
    } catch {
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      return NetworkFailure.outcome(of: error, endpoint: endpoint)
    }
  }

  /// The reply's body; nil when it is longer than allowed.
  ///
  /// The library's own deadline ends with the head of a reply: a server that sends a byte now and then would hold a
  /// request for ever.
  private func body(of response: HTTPClientResponse, until deadline: ContinuousClock.Instant) async throws -> [UInt8]? {
    let limit = endpoint.maximumReplyBytes
    return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      group.addTask {
        var body: [UInt8] = []
        for try await part in response.body {
          guard body.count + part.readableBytes <= limit else { return nil }
          body.append(contentsOf: part.readableBytesView)
        }
        return body
      }
      group.addTask {
        try await Task.sleep(until: deadline, clock: .continuous)
        throw HTTPClientError.deadlineExceeded
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
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
