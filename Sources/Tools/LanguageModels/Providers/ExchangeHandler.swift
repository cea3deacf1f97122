import NIOCore
import NIOHTTP1

/// Why an exchange came to no answer, beside the network's own errors.
enum ExchangeError: Error {
  /// Not finished in time.
  case timedOut
  /// The server closed the connection before the end of its reply.
  case closed
  /// The reply has more bytes than are read.
  case tooLong
}

/// The last handler of a connection: runs one call at a time.
final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  struct Request: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer
    let timeout: TimeAmount
    let maximumBytes: Int
  }

  private struct Exchange {
    let continuation: CheckedContinuation<ChatTransport.Answer, any Error>
    let maximumBytes: Int
    var timer: Scheduled<Void>?
    var head: HTTPResponseHead?
    var body: [UInt8] = []
  }

  private var context: ChannelHandlerContext?
  private var exchange: Exchange?
  private let whenFree: (ExchangeHandler, any Channel) -> Void

  /// - Parameter whenFree: told that the connection can take the next call.
  init(whenFree: @escaping (ExchangeHandler, any Channel) -> Void) { self.whenFree = whenFree }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  // MARK: From the transport, on the event loop

  func begin(_ request: Request, _ continuation: CheckedContinuation<ChatTransport.Answer, any Error>) {
    guard let context, context.channel.isActive, exchange == nil else {
      continuation.resume(throwing: ExchangeError.closed)
      return
    }
    var exchange = Exchange(continuation: continuation, maximumBytes: request.maximumBytes)
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    exchange.timer = context.eventLoop.scheduleTask(in: request.timeout) { handler.value.fail(ExchangeError.timedOut) }
    self.exchange = exchange
    context.write(wrapOutboundOut(.head(request.head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
    // One flush: head and body leave together.
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func cancel() { fail(CancellationError()) }

  // MARK: From the network

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      // 103 and its like come before the reply itself.
      if head.status.code >= 200 { exchange?.head = head }
    case .body(var part):
      guard let exchange, exchange.head != nil else { return }
      guard exchange.body.count + part.readableBytes <= exchange.maximumBytes else {
        fail(ExchangeError.tooLong)
        return
      }
      self.exchange?.body.append(contentsOf: part.readBytes(length: part.readableBytes) ?? [])
    case .end:
      guard let ended = exchange, let head = ended.head else { return }
      exchange = nil
      ended.timer?.cancel()
      if head.isKeepAlive { whenFree(self, context.channel) } else { context.close(promise: nil) }
      ended.continuation.resume(
        returning: .init(status: Int(head.status.code), headers: head.headers, body: ended.body))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(ExchangeError.closed)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A reply that breaks off is first seen by the parser.
    if let parser = error as? HTTPParserError, parser == .invalidEOFState {
      fail(ExchangeError.closed)
    } else {
      fail(error)
    }
    context.close(promise: nil)
  }

  /// Ends the call, and the connection with it: what would still come belongs to nobody.
  private func fail(_ error: any Error) {
    guard let failed = exchange else { return }
    exchange = nil
    failed.timer?.cancel()
    context?.close(promise: nil)
    failed.continuation.resume(throwing: error)
  }
}
