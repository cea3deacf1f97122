import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import PersonaRecords

/// One connection of `ModelServer`: collects a request, asks the script, and does what it says to the socket.
final class CallHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let log: CallLog
  private let models: [String]
  private let answer: ModelServer.Answer
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()

  init(log: CallLog, models: [String], answer: @escaping ModelServer.Answer) {
    self.log = log
    self.models = models
    self.answer = answer
  }

  func channelActive(context: ChannelHandlerContext) {
    log.opened(context.channel)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    log.closed(context.channel)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.clear()
    case .body(var part): body.writeBuffer(&part)
    case .end:
      guard let head else { return }
      self.head = nil
      handle(head, body: String(buffer: body), on: Connection(context: context))
    }
  }

  private func handle(_ head: HTTPRequestHead, body: String, on connection: Connection) {
    let path = String(head.uri.prefix { $0 != "?" })
    guard path.hasSuffix("/chat/completions") || path.hasSuffix("/embeddings") else {
      connection.perform(path.hasSuffix("/models") ? modelList : .status(404, "{\"error\":\"no such page\"}"))
      return
    }
    var headers: [String: String] = [:]
    for (name, value) in head.headers { headers[name.lowercased()] = value }
    let call = log.add(path: head.uri, headers: headers, body: body)
    let answer = answer
    // Ends with the script's answer; `ModelServer.stop` closes the connection under it if nobody waits any longer.
    Task {
      let chosen = await answer(call)
      connection.perform(chosen)
    }
  }

  private var modelList: ServerAnswer {
    .json(
      .object([
        .init("object", .string("list")),
        .init(
          "data", .array(models.map { .object([.init("id", .string($0)), .init("object", .string("model"))]) })),
      ]))
  }
}

/// The socket's side of one request; may be used from any thread.
private struct Connection: Sendable {
  private let channel: any Channel

  init(context: ChannelHandlerContext) { self.channel = context.channel }

  func perform(_ answer: ServerAnswer) {
    switch answer.act {
    case .send(let status, let headers, let body):
      write(head(status, headers, length: body.count))
      write(.body(.byteBuffer(ByteBuffer(bytes: body))))
      channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    case .reset:
      // Closing with a linger time of zero sends a reset instead of an orderly end.
      guard let options = channel as? any SocketOptionProvider else { return }
      options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    case .stall: break
    case .cut(let status, let body, let count):
      write(head(status, [("content-type", "application/json")], length: body.count))
      channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: body.prefix(count)))))
        .whenComplete { _ in channel.close(promise: nil) }
    case .drip(let body, let milliseconds):
      write(head(200, [("content-type", "application/json")], length: body.count))
      drip(body[...], pause: .milliseconds(Int64(milliseconds)))
    }
  }

  private func head(_ status: Int, _ headers: [(String, String)], length: Int) -> HTTPServerResponsePart {
    var fields = HTTPHeaders(headers)
    fields.add(name: "content-length", value: String(length))
    return .head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields))
  }

  private func write(_ part: HTTPServerResponsePart) { channel.write(part, promise: nil) }

  private func drip(_ rest: ArraySlice<UInt8>, pause: TimeAmount) {
    guard let byte = rest.first else {
      channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
      return
    }
    channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: [byte])))).whenSuccess {
      // Stops by itself when the client has gone: the next write fails.
      channel.eventLoop.scheduleTask(in: pause) { drip(rest.dropFirst(), pause: pause) }
    }
  }
}
