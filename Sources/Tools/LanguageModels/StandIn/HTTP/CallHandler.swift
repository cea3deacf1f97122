import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// One connection: collects requests, asks the desk, and does to the socket what the desk says, one request at a time.
///
/// Writes bytes instead of HTTP parts: half an answer and an answer in drips are then what they say, and a whole answer is
/// one write. All of it runs on the connection's event loop.
final class CallHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let desk: Desk
  private let workers: NIOThreadPool
  private let start: NIODeadline
  /// Head and body of the answer that any chat completion gets, where requests need not be read.
  private let cannedBytes: ByteBuffer?

  private var context: ChannelHandlerContext?
  private var incoming: IncomingCall?
  private var waiting = CircularBuffer<IncomingCall>()
  private var isAnswering = false

  init(desk: Desk, workers: NIOThreadPool, start: NIODeadline, cannedBytes: ByteBuffer?) {
    self.desk = desk
    self.workers = workers
    self.start = start
    self.cannedBytes = cannedBytes
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is HTTPParserError {
      let answer = Refusal(message: "This is not HTTP/1.1").answer
      write(answer.head(keepsConnection: false) + answer.body, thenClose: true)
    } else {
      context.close(promise: nil)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head)
    case .body(let part): collect(part)
    case .end:
      guard let call = incoming else { return }
      incoming = nil
      if isAnswering { waiting.append(call) } else { answer(call) }
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    var call = IncomingCall(method: head.method.rawValue, target: head.uri)
    call.keepsConnection = head.isKeepAlive
    if cannedBytes == nil || call.path != Self.chatPath {
      call.authorization = head.headers.first(name: "authorization")
      call.contentType = head.headers.first(name: "content-type") ?? ""
      if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
        write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
      }
    }
    incoming = call
  }

  private func collect(_ part: ByteBuffer) {
    guard cannedBytes == nil || incoming?.path != Self.chatPath, incoming?.isTooLarge == false else { return }
    if (incoming?.body.count ?? 0) + part.readableBytes > desk.settings.maximumBodyBytes {
      incoming?.body = []
      incoming?.isTooLarge = true
    } else {
      incoming?.body.append(contentsOf: part.readableBytesView)
    }
  }

  private static let chatPath = "/v1/chat/completions"

  // MARK: Answers

  private func answer(_ call: IncomingCall) {
    guard let eventLoop = context?.eventLoop else { return }
    isAnswering = true
    let arrival = NIODeadline.now()
    if let cannedBytes, call.path == Self.chatPath, call.method == "POST", call.keepsConnection {
      desk.chatCalls.add(1, ordering: .relaxed)
      wait(desk.settings.delay.lowerBound, since: arrival) { $0.finish(with: cannedBytes) }
      return
    }
    let moment = Moment(
      uptime: .nanoseconds((arrival - start).nanoseconds), unixSeconds: Int(Date().timeIntervalSince1970))
    if desk.settings.cannedReply != nil {
      deliver(desk.delivery(for: call, at: moment), to: call, since: arrival)
      return
    }
    let desk = desk
    // Builtin reads and writes for a while; the connections of this event loop go on meanwhile.
    workers.runIfActive(eventLoop: eventLoop) { desk.delivery(for: call, at: moment) }
      .assumeIsolated().whenSuccess { [self] delivery in deliver(delivery, to: call, since: arrival) }
  }

  private func deliver(_ delivery: Delivery, to call: IncomingCall, since arrival: NIODeadline) {
    wait(delivery.delay, since: arrival) { $0.perform(delivery, keepsConnection: call.keepsConnection) }
  }

  /// Goes on at once, or when so much time has passed since the call came in.
  private func wait(_ delay: Duration, since arrival: NIODeadline, then act: @escaping (CallHandler) -> Void) {
    let deadline = arrival + TimeAmount(delay)
    guard let eventLoop = context?.eventLoop, delay > .zero, deadline > .now() else {
      act(self)
      return
    }
    eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in act(self) }
  }

  private func perform(_ delivery: Delivery, keepsConnection: Bool) {
    let answer = delivery.answer
    let head = answer.head(keepsConnection: keepsConnection)
    switch delivery.manner {
    case .whole: finish(with: ByteBuffer(bytes: head + answer.body), keepsConnection: keepsConnection)
    case .half: write(head + answer.body.prefix(answer.body.count / 2), thenClose: true)
    case .reset: reset()
    // The request stays open until the client or the server gives up.
    case .stall: break
    case .drip(let pause):
      drip((head + answer.body)[...], pause: TimeAmount(pause), keepsConnection: keepsConnection)
    }
  }

  private func finish(with bytes: ByteBuffer, keepsConnection: Bool = true) {
    guard let context else { return }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    isAnswering = false
    if !keepsConnection {
      context.close(promise: nil)
    } else if let next = waiting.popFirst() {
      answer(next)
    }
  }

  private func write(_ bytes: [UInt8], thenClose: Bool = false) {
    guard let context else { return }
    let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)))
    if thenClose { written.assumeIsolated().whenComplete { [self] _ in self.context?.close(promise: nil) } }
  }

  private func reset() {
    guard let context, let socket = context.channel as? any SocketOptionProvider else { return }
    // Closing with a linger time of zero sends a reset instead of an orderly end.
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated()
      .whenComplete { [self] _ in self.context?.close(promise: nil) }
  }

  /// Small enough that a short answer takes many of them.
  private static let dripBytes = 16

  private func drip(_ rest: ArraySlice<UInt8>, pause: TimeAmount, keepsConnection: Bool) {
    guard let context else { return }
    let piece = rest.prefix(Self.dripBytes)
    guard piece.count < rest.count else {
      finish(with: ByteBuffer(bytes: piece), keepsConnection: keepsConnection)
      return
    }
    write(Array(piece))
    context.eventLoop.assumeIsolated().scheduleTask(in: pause) { [self] in
      drip(rest.dropFirst(piece.count), pause: pause, keepsConnection: keepsConnection)
    }
  }
}
