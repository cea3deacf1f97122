import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Connections to one server, each used for one call at a time and kept for the next.
///
/// The general HTTP client costs some 55 µs of processor time per call, half of the whole engine, because it serves any
/// request; this one knows its only request: a POST whose body is at hand. Head and body leave in one write. Redirects,
/// cookies, compression and proxies are not its business.
final class ChatTransport: Sendable {
  struct Answer {
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]
  }

  private let host: String
  private let port: Int
  private let tls: NIOSSLContext?
  private let connectTimeout: TimeAmount
  private let state = Mutex(State())

  private struct State {
    /// Connections that wait for a call; the one used last is used next, so that few stay warm.
    var idle: [Connection] = []
    var open: [ObjectIdentifier: any Channel] = [:]
    var isClosed = false

    /// One on this thread's own event loop, if there is one.
    mutating func takeIdle() -> Connection? {
      while !idle.isEmpty {
        let near = idle.lastIndex { $0.channel.eventLoop.inEventLoop }
        let connection = idle.remove(at: near ?? idle.count - 1)
        if connection.channel.isActive { return connection }
      }
      return nil
    }
  }

  /// A connection with the handler that runs its calls.
  struct Connection: Sendable {
    let channel: any Channel
    let exchange: NIOLoopBound<ExchangeHandler>
  }

  /// - Throws: what the TLS library throws when the system's certificates cannot be read.
  init(host: String, port: Int, usesTLS: Bool, connectTimeout: Duration) throws {
    self.host = host
    self.port = port
    tls = usesTLS ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
    self.connectTimeout = TimeAmount(connectTimeout)
  }

  /// Sends one request and returns when its reply is read to the end.
  /// - Parameters:
  ///   - head: method, path and headers, all but the length.
  ///   - timeout: from sending the request to the last byte of its reply; connecting has its own.
  /// - Throws: `ExchangeError`, the network library's errors, `CancellationError`.
  func send(_ head: HTTPRequestHead, body: [UInt8], timeout: TimeAmount, maximumBytes: Int) async throws -> Answer {
    let connection = try await connection()
    var head = head
    head.headers.add(name: "content-length", value: String(body.count))
    let request = ExchangeHandler.Request(
      head: head, body: ByteBuffer(bytes: body), timeout: timeout, maximumBytes: maximumBytes)
    let loop = connection.channel.eventLoop
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        if loop.inEventLoop {
          connection.exchange.value.begin(request, continuation)
        } else {
          loop.execute { connection.exchange.value.begin(request, continuation) }
        }
      }
    } onCancel: {
      loop.execute { connection.exchange.value.cancel() }
    }
  }

  /// Closes every connection; calls under way end with an error.
  func close() async {
    let channels = state.withLock { state in
      state.isClosed = true
      state.idle = []
      return Array(state.open.values)
    }
    for channel in channels { try? await channel.close().get() }
  }

  private func connection() async throws -> Connection {
    if let idle = state.withLock({ $0.takeIdle() }) { return idle }
    let ours = MultiThreadedEventLoopGroup.currentEventLoop
    let group: any EventLoopGroup = ours ?? MultiThreadedEventLoopGroup.singleton
    let channel = try await ClientBootstrap(group: group)
      .connectTimeout(connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { [tls, host] channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls {
            // An address in digits has no name that a certificate could be asked for.
            let name = host.allSatisfy { $0.isNumber || $0 == "." || $0 == ":" } ? nil : host
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
          }
          try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
          try pipeline.addHandler(
            ExchangeHandler { [weak self] handler, channel in
              self?.giveBack(
                Connection(channel: channel, exchange: NIOLoopBound(handler, eventLoop: channel.eventLoop)))
            })
        }
      }
      .connect(host: host, port: port).get()
    let exchange = try await channel.eventLoop.submit {
      NIOLoopBound(
        try channel.pipeline.syncOperations.handler(type: ExchangeHandler.self), eventLoop: channel.eventLoop)
    }.get()
    register(channel)
    return Connection(channel: channel, exchange: exchange)
  }

  private func register(_ channel: any Channel) {
    let isClosed = state.withLock { state in
      state.open[ObjectIdentifier(channel)] = channel
      return state.isClosed
    }
    if isClosed { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { [weak self] _ in self?.forget(channel) }
  }

  private func forget(_ channel: any Channel) {
    state.withLock { state in
      state.open[ObjectIdentifier(channel)] = nil
      state.idle.removeAll { $0.channel === channel }
    }
  }

  private func giveBack(_ connection: Connection) {
    state.withLock { state in if !state.isClosed { state.idle.append(connection) } }
  }
}
