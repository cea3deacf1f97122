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
    let deadline: NIODeadline
    var head: HTTPResponseHead?
    var body: [UInt8] = []
  }

  private var context: ChannelHandlerContext?
  private var exchange: Exchange?
  /// Fires at the deadline of the call it was set for, or of one before it: one timer serves many calls in a row.
  private var timer: Scheduled<Void>?
  private let whenFree: (ExchangeHandler, any Channel) -> Void

  /// - Parameter whenFree: told that the connection can take the next call.
  init(whenFree: @escaping (ExchangeHandler, any Channel) -> Void) { self.whenFree = whenFree }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    timer?.cancel()
    timer = nil
  }

  // MARK: From the transport, on the event loop

  func begin(_ request: Request, _ continuation: CheckedContinuation<ChatTransport.Answer, any Error>) {
    guard let context, context.channel.isActive, exchange == nil else {
      continuation.resume(throwing: ExchangeError.closed)
      return
    }
    exchange = Exchange(
      continuation: continuation, maximumBytes: request.maximumBytes, deadline: .now() + request.timeout)
    if timer == nil { setTimer() }
    context.write(wrapOutboundOut(.head(request.head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
    // One flush: head and body leave together.
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func cancel() { fail(CancellationError()) }

  private func setTimer() {
    guard let context, let exchange else { return }
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: exchange.deadline) { handler.value.timeIsUp() }
  }

  private func timeIsUp() {
    timer = nil
    guard let exchange else { return }
    // Every call has the same time, so a later one's deadline lies ahead.
    if exchange.deadline <= .now() { fail(ExchangeError.timedOut) } else { setTimer() }
  }

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
    context?.close(promise: nil)
    failed.continuation.resume(throwing: error)
  }
}
