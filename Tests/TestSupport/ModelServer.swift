import NIOCore
import NIOHTTP1
import NIOPosix
package import PersonaRecords
import Synchronization

/// A real HTTP server on the loopback interface that speaks `/v1/chat/completions`, `/v1/embeddings` and `/v1/models`,
/// answers as a script says, breaks in every way that servers break, and remembers what it was asked.
///
/// Listens on a port that the system chooses, so tests and whole binaries can use it side by side.
package final class ModelServer: Sendable {
  /// One request as it came in.
  package struct Call: Sendable {
    /// From 0, in the order of arrival; requests for the list of models are not counted.
    package let number: Int
    package let path: String
    package let headers: [String: String]
    package let body: String
    /// The body as JSON; null where it is none.
    package let json: JSONValue

    package var model: String { json["model"]?.stringValue ?? "" }
    package var messages: [JSONValue] { json["messages"]?.arrayValue ?? [] }
    package var lastMessage: String { messages.last?["content"]?.stringValue ?? "" }
    /// The texts whose vectors are asked for.
    package var texts: [String] { json["input"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    /// `json_schema`, `json_object`, or `""`.
    package var responseFormat: String { json["response_format"]?["type"]?.stringValue ?? "" }
  }

  package typealias Answer = @Sendable (Call) async -> ServerAnswer

  /// What clients put before `/chat/completions`, for example `http://127.0.0.1:40123/v1`.
  package let url: String
  private let channel: any Channel
  private let log: CallLog

  private init(channel: any Channel, log: CallLog) {
    self.channel = channel
    self.log = log
    self.url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/v1"
  }

  /// Requests so far, in the order of arrival.
  package var calls: [Call] { log.calls }

  /// Runs a server for the time of `body`.
  /// - Parameters:
  ///   - models: what `/v1/models` lists.
  ///   - answer: decides what each chat request gets.
  package static func with<Value>(
    models: [String] = ["test-model"], answer: @escaping Answer, isolation: isolated (any Actor)? = #isolation,
    body: (ModelServer) async throws -> Value
  ) async throws -> Value {
    let server = try await start(models: models, answer: answer)
    do {
      let value = try await body(server)
      try await server.stop()
      return value
    } catch {
      try? await server.stop()
      throw error
    }
  }

  /// Runs a server that gives these answers in turn, and then `after` for good.
  package static func with<Value>(
    script: [ServerAnswer], after: ServerAnswer = .text("fine"), isolation: isolated (any Actor)? = #isolation,
    body: (ModelServer) async throws -> Value
  ) async throws -> Value {
    try await with(answer: { $0.number < script.count ? script[$0.number] : after }, isolation: isolation, body: body)
  }

  /// Runs a server that answers every chat request alike.
  package static func with<Value>(
    always answer: ServerAnswer, isolation: isolated (any Actor)? = #isolation,
    body: (ModelServer) async throws -> Value
  ) async throws -> Value {
    try await with(script: [], after: answer, isolation: isolation, body: body)
  }

  /// Starts a server; the caller stops it.
  package static func start(models: [String] = ["test-model"], answer: @escaping Answer) async throws -> ModelServer {
    let log = CallLog()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // No error handler of the library's own: it would answer what should be a broken connection.
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(CallHandler(log: log, models: models, answer: answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return ModelServer(channel: channel, log: log)
  }

  /// Closes the listening socket and every connection.
  package func stop() async throws {
    try? await channel.close().get()
    for connection in log.connections { try? await connection.close().get() }
  }
}

/// What the server saw, shared by its connections.
final class CallLog: Sendable {
  private struct State {
    var calls: [ModelServer.Call] = []
    var connections: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())

  var calls: [ModelServer.Call] { state.withLock { $0.calls } }
  var connections: [any Channel] { state.withLock { Array($0.connections.values) } }

  func add(path: String, headers: [String: String], body: String) -> ModelServer.Call {
    state.withLock { state in
      let call = ModelServer.Call(
        number: state.calls.count, path: path, headers: headers, body: body,
        json: (try? JSONValue(text: body)) ?? .null)
      state.calls.append(call)
      return call
    }
  }

  func opened(_ channel: any Channel) { state.withLock { $0.connections[ObjectIdentifier(channel)] = channel } }
  func closed(_ channel: any Channel) { state.withLock { $0.connections[ObjectIdentifier(channel)] = nil } }
}
