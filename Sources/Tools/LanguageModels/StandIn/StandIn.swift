import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import PersonaRecords

/// A model server on this machine that speaks OpenAI's chat completions, files and batches, with builtin behind it, and
/// fails as told: for tests, dry runs and measurements. Nothing it says comes from a language model.
package struct StandIn: Sendable {
  /// The base address as clients want it, such as `http://127.0.0.1:8000/v1`.
  package let url: String
  package let port: Int

  /// Serves for the time of `body`, and closes every connection when it ends.
  /// - Throws: `Problem` when the address cannot be used or the call log not be written, and what `body` throws.
  package static func with<Value: Sendable>(
    _ settings: StandInSettings, _ body: (StandIn) async throws -> Value
  ) async throws -> Value {
    let log = try settings.logPath.map { path throws(Problem) in try CallLog(path: path) }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(settings.eventLoops ?? System.coreCount, 1))
    let workers = NIOThreadPool(numberOfThreads: max(System.coreCount, 1))
    workers.start()
    let desk = Desk(settings: settings, log: log) { work in
      workers.submit { state in if state == .active { work() } }
    }
    let outcome: Result<Value, any Error>
    do {
      let listener = try await listen(desk, group: group, workers: workers)
      let port = listener.localAddress?.port ?? settings.port
      let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
      outcome = .success(try await body(StandIn(url: "http://\(host):\(port)/v1", port: port)))
    } catch {
      outcome = .failure(error)
    }
    desk.stop()
    // Workers first: none must answer on a loop that is gone.
    try? await workers.shutdownGracefully()
    try? await group.shutdownGracefully()
    let value = try outcome.get()
    try log?.close()
    return value
  }

  private static func listen(
    _ desk: Desk, group: MultiThreadedEventLoopGroup, workers: NIOThreadPool
  ) async throws -> any Channel {
    let start = NIODeadline.now()
    let cannedBytes = desk.answersUnread ? cannedAnswer(desk.settings) : nil
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
          try pipeline.addHandler(
            CallHandler(desk: desk, workers: workers, start: start, cannedBytes: cannedBytes))
        }
      }
    do {
      return try await bootstrap.bind(host: desk.settings.host, port: desk.settings.port).get()
    } catch {
      throw Problem(
        "cannot listen on \(desk.settings.host):\(desk.settings.port)",
        advice: "choose another port with --port, or 0 for any that is free", cause: "\(error)")
    }
  }

  private static func cannedAnswer(_ settings: StandInSettings) -> ByteBuffer {
    let completion = Completion(
      to: .any, id: "chatcmpl-canned", createdAt: 0, seed: settings.seed, canned: settings.cannedReply)
    let answer = completion.answer
    return ByteBuffer(bytes: answer.head(keepsConnection: true) + answer.body)
  }
}
